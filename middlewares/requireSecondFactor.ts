import type { RequestHandler } from 'express';
import { ApiError } from '../errors.ts';

/**
 * Accepts a caller who used a second factor in this session, as the claim `amr` says (RFC 8176). It stands behind a guard
 * that sets `req.auth`.
 * @throws {ApiError} `mfa_required_for_admin`
 */
export function requireSecondFactor(): RequestHandler {
  return function requireSecondFactor(req, _res, next) {
    if (!req.auth.amr.includes('mfa')) throw new ApiError('mfa_required_for_admin');
    next();
  };
}
