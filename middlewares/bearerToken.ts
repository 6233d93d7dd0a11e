import type { Request } from 'express';
import { ApiError } from '../errors.ts';
import { countHeader } from './countHeader.ts';

const SCHEME = 'bearer';
const MAX_LENGTH = 4096;

/**
 * The credentials of `Authorization: Bearer …` (RFC 6750, section 2.1). Every step takes linear time, whatever was sent.
 * @returns null where the header is there, but is no single bearer token of at most 4,096 characters
 * @throws {ApiError} `token_missing` without the header, or with another scheme
 */
export function bearerToken(req: Request): string | null {
  const header = req.headers.authorization ?? '';
  const isBearer = header.slice(0, SCHEME.length).toLowerCase() === SCHEME;
  if (!isBearer || !(header.length === SCHEME.length || header[SCHEME.length] === ' ')) {
    throw new ApiError('token_missing');
  }
  if (header.length > MAX_LENGTH || countHeader(req, 'authorization') !== 1) return null;
  // Split, not trimmed: spaces are all that may stand around a token.
  const [token, ...more] = header
    .slice(SCHEME.length)
    .split(' ')
    .filter(part => part !== '');
  return token === undefined || more.length > 0 ? null : token;
}
