import type { Router } from 'express';
import type { createMfaController } from '../controllers/mfa.controller.ts';
import { methodNotAllowed } from '../middlewares/methodNotAllowed.ts';
import { validate } from '../middlewares/validate.ts';
import type { Guards } from './auth.routes.ts';

/** The second factor, under /auth. */
export function mfaRoutes(
  router: Router,
  mfa: ReturnType<typeof createMfaController>,
  { signed, signedToken, bodies }: Guards,
): void {
  const others = methodNotAllowed();

  router.route('/login/mfa').post(signed, validate(bodies.loginMfa), mfa.login).all(others);
  router
    .route('/mfa/totp')
    .post(signedToken, validate(bodies.enrolTotp), mfa.enrol)
    .delete(signedToken, validate(bodies.disableTotp), mfa.disable)
    .all(others);
  router.route('/mfa/totp/confirm').post(signedToken, validate(bodies.confirmTotp), mfa.confirm).all(others);
}
