import { stringToSign } from '../signing/canonical.ts';
import { SIGNATURE_LABEL, signatureBase } from '../signing/messageSignature.ts';
import type { AuthApiError } from './errors.ts';

/** The outcome: a value, or why the API refused. */
export interface Answer<T> {
  value: T;
  refusal?: AuthApiError | undefined;
}

/** Sends a request once; these headers replace others of the same name. */
export type Attempt<T> = (headers: Record<string, string>) => Promise<Answer<T>>;

/** The signed parts of a request. */
export interface Signable {
  /** In capitals. */
  method: string;
  /** As in the request line, without the query. */
  path: string;
  /** The text that is sent; empty without a body. */
  body: string;
  /** With its question mark; empty without a query. */
  query?: string;
  /** The header Authorization that is sent with it. */
  authorization?: string | undefined;
}

/** `x-signature`, or HTTP Message Signatures (RFC 9421). */
export type SignatureScheme = 'x-signature' | 'rfc9421';

interface SignerOptions {
  secret: string;
  /** Unix time in milliseconds, as this machine has it. */
  now: () => number;
  /** Whose key it is, where the API knows several clients. */
  clientId?: string | undefined;
  scheme?: SignatureScheme | undefined;
  /** The URL of the API. */
  baseUrl: string;
}

const UNSIGNED = new Set(['GET', 'HEAD', 'OPTIONS']);
/** The smallest timestamp with 13 digits. A clock that starts at 1970 is so corrected by the API. */
const FIRST_TIMESTAMP = 1_000_000_000_000;
const HMAC = { name: 'HMAC', hash: 'SHA-256' };

/** Whether the method only reads: such requests are not signed and can be repeated. */
export function isSafe(method: string): boolean {
  return UNSIGNED.has(method);
}

/**
 * Signs with HMAC-SHA256 (RFC 2104) by way of Web Crypto.
 * @throws {TypeError} without Web Crypto: pages have it only over HTTPS or from localhost
 */
export function createSigner({ secret, now, clientId, scheme, baseUrl }: SignerOptions) {
  if (!globalThis.crypto?.subtle) throw new TypeError('Web Crypto needs a page from HTTPS or localhost');
  const bytes = new TextEncoder();
  const key = crypto.subtle.importKey('raw', bytes.encode(secret), HMAC, false, ['sign']);
  /** The API's clock minus ours, in milliseconds. */
  let offset = 0;
  let lastTimestamp = 0;

  async function hmac(text: string): Promise<Uint8Array> {
    return new Uint8Array(await crypto.subtle.sign('HMAC', await key, bytes.encode(text)));
  }

  async function messageSignatureHeaders({ body, ...parts }: Signable): Promise<Record<string, string>> {
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes.encode(body)));
    const contentDigest = body === '' ? undefined : `sha-256=:${base64(digest)}:`;
    const { base, signatureInput } = signatureBase({
      ...parts,
      authority: new URL(baseUrl).host,
      contentType: body === '' ? undefined : 'application/json',
      contentDigest,
      created: Math.max(0, Math.floor((now() + offset) / 1000)),
      nonce: crypto.randomUUID(),
      keyid: clientId ?? 'default',
    });
    return {
      'Signature-Input': signatureInput,
      Signature: `${SIGNATURE_LABEL}=:${base64(await hmac(base))}:`,
      ...(contentDigest && { 'Content-Digest': contentDigest }),
    };
  }

  async function signatureHeaders(request: Signable): Promise<Record<string, string>> {
    if (scheme === 'rfc9421') return messageSignatureHeaders(request);
    // Each timestamp is later than the one before: the second of two equal requests in one millisecond would be a replay.
    lastTimestamp = Math.max(lastTimestamp + 1, Math.floor(now() + offset), FIRST_TIMESTAMP);
    const timestamp = String(lastTimestamp);
    const mac = await hmac(stringToSign({ ...request, timestamp }));
    const signature = Array.from(mac, byte => byte.toString(16).padStart(2, '0')).join('');
    return {
      'X-Signature': signature,
      'X-Timestamp': timestamp,
      ...(clientId !== undefined && { 'X-Client-Id': clientId }),
    };
  }

  return {
    /**
     * Signs and sends a request. When the API refuses the time, the clock is corrected by its response, and the
     * request is sent again.
     */
    async send<T>(request: Signable, attempt: Attempt<T>): Promise<Answer<T>> {
      if (isSafe(request.method)) return attempt({});
      const signedWith = offset;
      const answer = await attempt(await signatureHeaders(request));
      const serverTime = answer.refusal?.problem.server_time;
      if (answer.refusal?.code !== 'signature_expired' || typeof serverTime !== 'number') return answer;
      // Another call may have corrected the clock. To do it twice would repeat a timestamp.
      if (offset === signedWith) {
        offset = serverTime - now();
        lastTimestamp = 0;
      }
      return attempt(await signatureHeaders(request));
    },
  };
}

function base64(data: Uint8Array): string {
  return btoa(String.fromCharCode(...data));
}
