import type { Router } from 'express';
import type { createServiceController } from '../controllers/service.controller.ts';
import { methodNotAllowed } from '../middlewares/methodNotAllowed.ts';
import { validate } from '../middlewares/validate.ts';
import type { Guards } from './auth.routes.ts';

/** Token checks for other services, under /auth. They stand before the limit for addresses: a service asks often. */
export function serviceRoutes(
  router: Router,
  services: ReturnType<typeof createServiceController>,
  { signedSmall, tokenOnly, bodies }: Guards,
): void {
  const others = methodNotAllowed();

  router.route('/verify').get(tokenOnly, services.verify).all(others);
  router.route('/introspect').post(signedSmall, validate(bodies.introspect), services.introspect).all(others);
}
