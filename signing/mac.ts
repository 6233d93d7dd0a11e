import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { aroundBody, type SignedParts } from './canonical.ts';

/** The key object for {@link mac}. Made once, it saves the import at each request. */
export function signatureKey(secret: string): KeyObject {
  return createSecretKey(secret, 'utf8');
}

/**
 * HMAC-SHA256 (RFC 2104, FIPS 180-4) of the string to sign: 32 bytes.
 * @param parts may have the bytes of the body, so that a received body need not be decoded
 */
export function mac(key: KeyObject, parts: Omit<SignedParts, 'body'> & { body: string | Buffer }): Buffer {
  const [before, after] = aroundBody(parts);
  return createHmac('sha256', key).update(before).update(parts.body).update(after).digest();
}

/**
 * The two headers of a signed request.
 * @param timestamp Unix time in milliseconds
 */
export function signatureHeaders(
  key: KeyObject,
  parts: SignedParts,
): { 'X-Signature': string; 'X-Timestamp': string } {
  return { 'X-Signature': mac(key, parts).toString('hex'), 'X-Timestamp': String(parts.timestamp) };
}
