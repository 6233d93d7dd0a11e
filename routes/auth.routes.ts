import type { RequestHandler, Router } from 'express';
import type { createAuthController } from '../controllers/auth.controller.ts';
import type { Bodies } from '../controllers/bodies.ts';
import { methodNotAllowed } from '../middlewares/methodNotAllowed.ts';
import { validate } from '../middlewares/validate.ts';

/** The guards that routes begin with. */
export interface Guards {
  /** Needs a signature. */
  signed: RequestHandler;
  /** Needs a signature, and has a body of 8 KiB at most. */
  signedSmall: RequestHandler;
  /** Needs an access token. */
  token: RequestHandler;
  /** Needs an access token, and does not record the use of the session. */
  tokenOnly: RequestHandler;
  /** Needs both. */
  signedToken: RequestHandler;
  /** Behind a token: the role admin and, where it is required, a second factor in this session. */
  admin: RequestHandler[];
  bodies: Bodies;
}

/**
 * Registration, login, logout, profile and password, under /auth. Every method but GET, HEAD and OPTIONS needs a
 * signature.
 */
export function authRoutes(
  router: Router,
  auth: ReturnType<typeof createAuthController>,
  { signed, token, signedToken, bodies }: Guards,
): void {
  const others = methodNotAllowed();

  // Routes are tried in this order, and this one is asked for most.
  router
    .route('/profile')
    .get(token, auth.profile)
    .patch(signedToken, validate(bodies.updateProfile), auth.updateProfile)
    .all(others);
  router.route('/register').post(signed, validate(bodies.register), auth.register).all(others);
  router.route('/login').post(signed, validate(bodies.login), auth.login).all(others);
  router.route('/logout').post(signedToken, auth.logout).all(others);
  router
    .route('/change-password')
    .post(signedToken, validate(bodies.changePassword), auth.changePassword)
    .all(others);
}
