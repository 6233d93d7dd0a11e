import type { RequestHandler } from 'express';

/** No response may be stored by a cache (RFC 9111, section 5.2.2.5). */
export function noStore(): RequestHandler {
  return function noStore(_req, res, next) {
    res.setHeader('Cache-Control', 'no-store');
    next();
  };
}
