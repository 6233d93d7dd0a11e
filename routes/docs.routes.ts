import { Router } from 'express';
import type { createDocsController } from '../controllers/docs.controller.ts';
import { methodNotAllowed } from '../middlewares/methodNotAllowed.ts';
import { pagePolicy } from '../middlewares/pagePolicy.ts';

/** What describes the API: the reference page, the error codes and the OpenAPI document. */
export function docsRoutes(docs: ReturnType<typeof createDocsController>): Router {
  const router = Router({ caseSensitive: true });
  const others = methodNotAllowed();
  const policy = pagePolicy();
  router.route('/docs').get(policy, docs.page).all(others);
  router.route('/docs/assets/:file').get(policy, docs.asset).all(others);
  router.route('/docs/errors').get(docs.errors).all(others);
  router.route('/openapi.json').get(docs.openApi).all(others);
  return router;
}
