import type { Router } from 'express';
import type { createAdminController } from '../controllers/admin.controller.ts';
import { auditQuery, usersQuery } from '../controllers/admin.schemas.ts';
import { sessionsQuery } from '../controllers/session.schemas.ts';
import { methodNotAllowed } from '../middlewares/methodNotAllowed.ts';
import { validate } from '../middlewares/validate.ts';
import { withQuery } from '../middlewares/withQuery.ts';
import type { Guards } from './auth.routes.ts';

/** What administrators see and do, under /auth. */
export function adminRoutes(
  router: Router,
  acts: ReturnType<typeof createAdminController>,
  { token, signedToken, admin, bodies }: Guards,
): void {
  const others = methodNotAllowed();
  const reads = [token, admin].flat();
  const changes = [signedToken, admin].flat();
  const user = '/admin/users/:id';

  router.route('/admin/users').get(reads, withQuery(usersQuery, acts.users)).all(others);
  router.route(user).get(reads, withQuery(sessionsQuery, acts.user)).all(others);
  router.route(`${user}/lock`).post(changes, acts.lock).all(others);
  router.route(`${user}/unlock`).post(changes, acts.unlock).all(others);
  router.route(`${user}/reset-password`).post(changes, acts.sendResetLink).all(others);
  router.route(`${user}/roles`).put(changes, validate(bodies.setRoles), acts.setRoles).all(others);
  router.route(`${user}/sessions`).delete(changes, acts.endSessions).all(others);
  router.route(`${user}/sessions/:sid`).delete(changes, acts.endSession).all(others);
  router.route(`${user}/mfa`).delete(changes, acts.removeSecondFactor).all(others);
  router.route('/admin/audit').get(reads, withQuery(auditQuery, acts.audit)).all(others);
}
