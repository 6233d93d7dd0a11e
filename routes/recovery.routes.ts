import type { Router } from 'express';
import type { createRecoveryController } from '../controllers/recovery.controller.ts';
import { methodNotAllowed } from '../middlewares/methodNotAllowed.ts';
import { validate } from '../middlewares/validate.ts';
import type { Guards } from './auth.routes.ts';

/** Links in mails, under /auth. */
export function recoveryRoutes(
  router: Router,
  recovery: ReturnType<typeof createRecoveryController>,
  { signed, signedToken, bodies }: Guards,
): void {
  const others = methodNotAllowed();

  router.route('/verify-email').post(signed, validate(bodies.verifyEmail), recovery.verifyEmail).all(others);
  router.route('/verify-email/resend').post(signedToken, recovery.resendVerification).all(others);
  router
    .route('/forgot-password')
    .post(signed, validate(bodies.forgotPassword), recovery.forgotPassword)
    .all(others);
  router
    .route('/reset-password')
    .post(signed, validate(bodies.resetPassword), recovery.resetPassword)
    .all(others);
}
