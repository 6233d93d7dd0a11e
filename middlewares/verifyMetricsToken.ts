import { createHash, timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';
import { ApiError } from '../errors.ts';
import { bearerToken } from '../http/headers.ts';

/**
 * Accepts this one bearer token (RFC 6750), compared in constant time. Refuses with `token_missing` or
 * `token_invalid`.
 */
export function verifyMetricsToken(token: string): RequestHandler {
  const expected = digest(token);
  return function verifyMetricsToken(req, _res, next) {
    const given = bearerToken(req);
    if (given === null || !timingSafeEqual(digest(given), expected)) throw new ApiError('token_invalid');
    next();
  };
}

/** A value of fixed length. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
