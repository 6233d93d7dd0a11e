import { stringToSign } from './canonical.js';

const HMAC = { name: 'HMAC', hash: 'SHA-256' };
const utf8 = new TextEncoder();

/**
 * Signs requests with Web Crypto. The key stays in this closure, where no script can read it back.
 */
export function createSigner() {
  /** @type {CryptoKey | null} */
  let key = null;
  let clientId = '';

  return {
    /**
     * @param {string} secret SIGNATURE_KEY, or the key of the client
     * @param {string} client the id of the client; empty for SIGNATURE_KEY
     * @throws {TypeError} where the browser has no Web Crypto
     */
    async useKey(secret, client) {
      key = await crypto.subtle.importKey('raw', utf8.encode(secret), HMAC, false, ['sign']);
      clientId = client;
    },

    /**
     * The headers that sign a request, and the string that they sign; nothing where there is no key.
     * @param {{ method: string, path: string, body: string }} parts
     * @returns {Promise<{ headers: Record<string, string>, signed: string, timestamp: number } | null>}
     */
    async sign(parts) {
      if (!key) return null;
      const timestamp = Date.now();
      const signed = stringToSign({ ...parts, timestamp });
      const mac = new Uint8Array(await crypto.subtle.sign('HMAC', key, utf8.encode(signed)));
      const hex = Array.from(mac, byte => byte.toString(16).padStart(2, '0')).join('');
      const headers = { 'X-Timestamp': String(timestamp), 'X-Signature': hex };
      return { headers: clientId ? { ...headers, 'X-Client-Id': clientId } : headers, signed, timestamp };
    },
  };
}
