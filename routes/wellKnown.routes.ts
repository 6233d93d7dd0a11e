import { Router } from 'express';
import type { createWellKnownController } from '../controllers/wellKnown.controller.ts';
import { methodNotAllowed } from '../middlewares/methodNotAllowed.ts';

/** Public documents under /.well-known (RFC 8615). */
export function wellKnownRoutes(wellKnown: ReturnType<typeof createWellKnownController>): Router {
  const router = Router({ caseSensitive: true });
  router.route('/.well-known/jwks.json').get(wellKnown.jwks).all(methodNotAllowed());
  return router;
}
