import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';

declare global {
  namespace Express {
    interface Request {
      /** Set by {@link requestId}. It is in every log line and every error response. */
      id: string;
    }
  }
}

const WELL_FORMED = /^[\w.-]{1,128}$/;

/** Uses a well-formed X-Request-Id, or makes one, and sends it back. */
export function requestId(): RequestHandler {
  return function requestId(req, res, next) {
    const given = req.get('X-Request-Id');
    req.id = given !== undefined && WELL_FORMED.test(given) ? given : randomUUID();
    res.setHeader('X-Request-Id', req.id);
    next();
  };
}
