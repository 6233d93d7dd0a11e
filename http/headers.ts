import type { IncomingMessage } from 'node:http';
import { ApiError } from '../errors.ts';

const SCHEME = 'bearer';
const MAX_LENGTH = 4096;

/**
 * How often a header field was sent. Node's `headers` shows only one of several. Its `headersDistinct` costs more than any
 * other part of a check, and fails on a header named `__proto__` in older releases.
 * @param name in lower case
 */
export function countHeader({ rawHeaders }: Pick<IncomingMessage, 'rawHeaders'>, name: string): number {
  let times = 0;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const field = rawHeaders[i];
    if (field?.length === name.length && field.toLowerCase() === name) times++;
  }
  return times;
}

/**
 * The credentials of `Authorization: Bearer …` (RFC 6750, section 2.1). Every step takes linear time, whatever was sent.
 * @returns null where the header is there, but is no single bearer token of at most 4,096 characters
 * @throws {ApiError} `token_missing` without the header, or with another scheme
 */
export function bearerToken(req: Pick<IncomingMessage, 'headers' | 'rawHeaders'>): string | null {
  const header = req.headers.authorization ?? '';
  const isBearer = header.slice(0, SCHEME.length).toLowerCase() === SCHEME;
  if (!isBearer || !(header.length === SCHEME.length || header[SCHEME.length] === ' ')) {
    throw new ApiError('token_missing');
  }
  if (header.length > MAX_LENGTH || countHeader(req, 'authorization') !== 1) return null;
  // Split, not trimmed: only spaces may stand around a token.
  const [token, ...more] = header
    .slice(SCHEME.length)
    .split(' ')
    .filter(part => part !== '');
  return token === undefined || more.length > 0 ? null : token;
}
