import { type RequestHandler, Router } from 'express';
import { accountRoutes } from '../../routes/account.routes.ts';
import { adminRoutes } from '../../routes/admin.routes.ts';
import { authRoutes, type Guards } from '../../routes/auth.routes.ts';
import { docsRoutes } from '../../routes/docs.routes.ts';
import { healthRoutes } from '../../routes/health.routes.ts';
import { metricsRoutes } from '../../routes/metrics.routes.ts';
import { mfaRoutes } from '../../routes/mfa.routes.ts';
import { oidcRoutes } from '../../routes/oidc.routes.ts';
import { recoveryRoutes } from '../../routes/recovery.routes.ts';
import { serviceRoutes } from '../../routes/service.routes.ts';
import { sessionRoutes } from '../../routes/session.routes.ts';
import { wellKnownRoutes } from '../../routes/wellKnown.routes.ts';

export interface Endpoint {
  method: string;
  path: string;
  /** The names of its guards and of its handler in the controller, in their order. */
  handlers: string[];
}

/** Every endpoint of routes/. */
export function everyEndpoint(): Endpoint[] {
  const auth = Router();
  const guards = stub<Guards>();
  serviceRoutes(auth, stub(), guards);
  authRoutes(auth, stub(), guards);
  sessionRoutes(auth, stub(), guards, 'body');
  mfaRoutes(auth, stub(), guards);
  recoveryRoutes(auth, stub(), guards);
  accountRoutes(auth, stub(), guards);
  oidcRoutes(auth, stub(), guards, []);
  adminRoutes(auth, stub(), guards);
  return [
    ...endpointsOf('/auth', auth),
    ...endpointsOf('/health', healthRoutes(stub())),
    ...[metricsRoutes(stub()), wellKnownRoutes(stub()), docsRoutes(stub())].flatMap(router =>
      endpointsOf('', router),
    ),
  ];
}

/** Stands for any handlers or guards, named after its property: routes are only read here. */
function stub<T extends object>(): T {
  const named = (name: string) => {
    const handler: RequestHandler = (_req, _res, next) => next();
    return Object.defineProperty(handler, 'name', { value: name });
  };
  return new Proxy({}, { get: (_, name) => named(String(name)) }) as T;
}

function endpointsOf(mount: string, router: Router): Endpoint[] {
  return router.stack.flatMap(({ route }) => {
    const handlers = new Map<string, string[]>();
    for (const { method, name } of route?.stack ?? []) {
      if (method) handlers.set(method, [...(handlers.get(method) ?? []), name]);
    }
    return [...handlers].map(([method, names]) => ({
      method: method.toUpperCase(),
      path: mount + route?.path,
      handlers: names,
    }));
  });
}
