import { Router } from 'express';
import type { createDocsController } from '../controllers/docs.controller.ts';
import { methodNotAllowed } from '../middlewares/methodNotAllowed.ts';

/** What describes the API. */
export function docsRoutes(docs: ReturnType<typeof createDocsController>): Router {
  const router = Router({ caseSensitive: true });
  router.route('/openapi.json').get(docs.openApi).all(methodNotAllowed());
  router.route('/docs/errors').get(docs.errors).all(methodNotAllowed());
  return router;
}
