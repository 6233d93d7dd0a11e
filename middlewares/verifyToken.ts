import type { Request, RequestHandler } from 'express';
import { ApiError } from '../errors.ts';
import { bearerToken } from '../http/headers.ts';
import type { SessionModel } from '../models/session/session.model.ts';
import type { AccessClaims } from '../models/session/token.model.ts';

declare global {
  namespace Express {
    interface Request {
      /** The claims of the caller, set by {@link verifyToken}. */
      auth: AccessClaims;
    }
  }
}

/**
 * Checks the bearer token (RFC 6750) and changes nothing.
 * @throws {ApiError} `token_missing`, `token_invalid`, `token_expired`, `token_revoked`, `store_unavailable`
 */
export function authenticateBy(sessions: SessionModel): (req: Request) => Promise<AccessClaims> {
  return async function authenticate(req) {
    const token = bearerToken(req);
    if (token === null) throw new ApiError('token_invalid');
    return sessions.authenticate(token);
  };
}

interface Options {
  authenticate: (req: Request) => Promise<AccessClaims>;
  /** Called with the claims of each accepted request. */
  markUsed?: (claims: AccessClaims) => void;
}

/** Accepts a request whose bearer token is valid and on the allowlist. Refuses as {@link authenticateBy} does. */
export function verifyToken({ authenticate, markUsed }: Options): RequestHandler {
  return async function verifyToken(req, _res, next) {
    req.auth = await authenticate(req);
    markUsed?.(req.auth);
    next();
  };
}
