import { type RequestHandler, Router } from 'express';
import type { createMetricsController } from '../controllers/metrics.controller.ts';
import { methodNotAllowed } from '../middlewares/methodNotAllowed.ts';
import { verifyMetricsToken } from '../middlewares/verifyMetricsToken.ts';

/**
 * The path /metrics.
 * @param token what a scraper must send as its bearer; open to everybody where there is none /
 */
export function metricsRoutes(metrics: ReturnType<typeof createMetricsController>, token?: string): Router {
  const router = Router({ caseSensitive: true });
  const guards: RequestHandler[] = token === undefined ? [] : [verifyMetricsToken(token)];
  router
    .route('/metrics')
    .get(...guards, metrics.show)
    .all(methodNotAllowed());
  return router;
}
