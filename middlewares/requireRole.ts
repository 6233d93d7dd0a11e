import type { RequestHandler } from 'express';
import { ApiError } from '../errors.ts';

/**
 * Accepts a caller whose access token has the role (RFC 9068, section 2.2.3.1). It stands behind a guard that sets
 * `req.auth`. A change of roles revokes the token, so the role of an accepted token is current.
 * @throws {ApiError} `insufficient_role`
 */
export function requireRole(role: string): RequestHandler {
  return function requireRole(req, _res, next) {
    if (!req.auth.roles.includes(role)) {
      throw new ApiError('insufficient_role', { detail: `This request needs the role ${role}.` });
    }
    next();
  };
}
