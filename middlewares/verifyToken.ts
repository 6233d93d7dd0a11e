import type { Request, RequestHandler } from 'express';
import { ApiError } from '../errors.ts';
import type { SessionModel } from '../models/session/session.model.ts';
import type { AccessClaims } from '../models/session/token.model.ts';
import { timesSent } from './timesSent.ts';

declare global {
  namespace Express {
    interface Request {
      /** Who is asking; there behind {@link verifyToken}. */
      auth: AccessClaims;
    }
  }
}

const BEARER = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+) *$/i;
const MAX_LENGTH = 4096;

/**
 * Lets a request through whose bearer token (RFC 6750) is genuine and on the allowlist.
 * Refuses with `token_missing`, `token_invalid`, `token_expired`, `token_revoked` or `store_unavailable`.
 */
export function verifyToken(sessions: SessionModel): RequestHandler {
  return async function verifyToken(req, _res, next) {
    req.auth = await sessions.authenticate(bearerToken(req));
    next();
  };
}

function bearerToken(req: Request): string {
  const header = req.headers.authorization;
  if (header === undefined || !/^Bearer(?: |$)/i.test(header)) throw new ApiError('token_missing');
  const token = header.length <= MAX_LENGTH ? BEARER.exec(header)?.[1] : undefined;
  if (token === undefined || timesSent(req, 'authorization') > 1) throw new ApiError('token_invalid');
  return token;
}
