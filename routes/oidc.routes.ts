import type { RequestHandler, Router } from 'express';
import type { createOidcController } from '../controllers/oidc.controller.ts';
import { callbackQuery, startQuery } from '../controllers/oidc.schemas.ts';
import { methodNotAllowed } from '../middlewares/methodNotAllowed.ts';
import { validate } from '../middlewares/validate.ts';
import { withQuery } from '../middlewares/withQuery.ts';
import type { Guards } from './auth.routes.ts';

/** Some providers have codes of more than 1,000 characters. */
const MAX_CALLBACK_QUERY = 8192;

/**
 * Sign-in with OpenID Providers, under /auth.
 * @param limits of the address, for the requests that make requests to a provider
 */
export function oidcRoutes(
  router: Router,
  oidc: ReturnType<typeof createOidcController>,
  { signed, token, signedToken, bodies }: Guards,
  limits: RequestHandler[],
): void {
  const others = methodNotAllowed();

  router.route('/oidc').get(oidc.list).all(others);
  router.route('/oidc/token').post(signed, validate(bodies.oidcToken), oidc.token).all(others);
  router.route('/oidc/identities').get(token, oidc.listIdentities).all(others);
  router.route('/oidc/identities/:id').delete(signedToken, oidc.unlink).all(others);
  router
    .route('/oidc/:provider/start')
    .get(...limits, withQuery(startQuery, oidc.start))
    .all(others);
  router
    .route('/oidc/:provider/callback')
    .get(...limits, withQuery(callbackQuery, oidc.callback, MAX_CALLBACK_QUERY))
    .all(others);
  router
    .route('/oidc/:provider/link')
    .post(signedToken, validate(bodies.linkIdentity), oidc.link)
    .all(others);
}
