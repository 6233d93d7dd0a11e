import type { Router } from 'express';
import type { createSessionController } from '../controllers/session.controller.ts';
import { sessionsQuery } from '../controllers/session.schemas.ts';
import { methodNotAllowed } from '../middlewares/methodNotAllowed.ts';
import { validate } from '../middlewares/validate.ts';
import { withQuery } from '../middlewares/withQuery.ts';
import type { Guards } from './auth.routes.ts';

/**
 * Sessions, under /auth.
 * @param refreshFrom where refresh tokens come from; `nowhere` where there are none, and no such route
 */
export function sessionRoutes(
  router: Router,
  sessions: ReturnType<typeof createSessionController>,
  { signed, token, signedToken, bodies }: Guards,
  refreshFrom: 'body' | 'cookie' | 'nowhere',
): void {
  const others = methodNotAllowed();

  if (refreshFrom !== 'nowhere') {
    const body = refreshFrom === 'body' ? bodies.refreshByBody : bodies.refreshByCookie;
    router.route('/refresh').post(signed, validate(body), sessions.refresh).all(others);
  }
  router.route('/sessions').get(token, withQuery(sessionsQuery, sessions.list)).all(others);
  router.route('/sessions/:id').delete(signedToken, sessions.end).all(others);
  router.route('/logout-all').post(signedToken, validate(bodies.logoutAll), sessions.logoutAll).all(others);
}
