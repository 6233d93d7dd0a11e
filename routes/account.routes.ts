import type { Router } from 'express';
import type { createAccountController } from '../controllers/account.controller.ts';
import { activityQuery } from '../controllers/account.schemas.ts';
import { methodNotAllowed } from '../middlewares/methodNotAllowed.ts';
import { validate } from '../middlewares/validate.ts';
import { withQuery } from '../middlewares/withQuery.ts';
import type { Guards } from './auth.routes.ts';

/** Activity and closing, under /auth. */
export function accountRoutes(
  router: Router,
  account: ReturnType<typeof createAccountController>,
  { token, signedToken, bodies }: Guards,
): void {
  const others = methodNotAllowed();

  router.route('/activity').get(token, withQuery(activityQuery, account.activity)).all(others);
  router.route('/account').delete(signedToken, validate(bodies.closeAccount), account.close).all(others);
}
