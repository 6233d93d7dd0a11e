import { Router } from 'express';
import type { createHealthController } from '../controllers/health.controller.ts';
import { methodNotAllowed } from '../middlewares/methodNotAllowed.ts';

/** Everything under /health. */
export function healthRoutes(health: ReturnType<typeof createHealthController>): Router {
  const router = Router({ caseSensitive: true });
  router.route('/live').get(health.live).all(methodNotAllowed());
  router.route('/ready').get(health.ready).all(methodNotAllowed());
  return router;
}
