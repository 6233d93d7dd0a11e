import type { RequestHandler, Router } from 'express';
import { describe, expect, it } from 'vitest';
import { accountRoutes } from '../../routes/account.routes.ts';
import { adminRoutes } from '../../routes/admin.routes.ts';
import { authRoutes } from '../../routes/auth.routes.ts';
import { docsRoutes } from '../../routes/docs.routes.ts';
import { healthRoutes } from '../../routes/health.routes.ts';
import { metricsRoutes } from '../../routes/metrics.routes.ts';
import { mfaRoutes } from '../../routes/mfa.routes.ts';
import { oidcRoutes } from '../../routes/oidc.routes.ts';
import { recoveryRoutes } from '../../routes/recovery.routes.ts';
import { serviceRoutes } from '../../routes/service.routes.ts';
import { sessionRoutes } from '../../routes/session.routes.ts';
import { wellKnownRoutes } from '../../routes/wellKnown.routes.ts';
import { startTestApp } from '../support/harness.ts';
import { section } from './markdown.ts';

describe('docs/api.md', () => {
  it('lists every endpoint with the guards that it has, and no other', () => {
    const guards = stub<Parameters<typeof authRoutes>[1]>();
    const routers: [string, Router][] = [
      ['/auth', authRoutes(stub(), guards)],
      ['/auth', sessionRoutes(stub(), guards, 'body')],
      ['/auth', mfaRoutes(stub(), guards)],
      ['/auth', recoveryRoutes(stub(), guards)],
      ['/auth', accountRoutes(stub(), guards)],
      ['/auth', adminRoutes(stub(), guards)],
      ['/auth', serviceRoutes(stub(), guards)],
      ['/auth', oidcRoutes(stub(), guards, [])],
      ['/health', healthRoutes(stub())],
      ['', metricsRoutes(stub())],
      ['', wellKnownRoutes(stub())],
      ['', docsRoutes(stub())],
    ];
    const routes = routers.flatMap(([mount, router]) => endpointsOf(mount, router));
    const rows = [...section('docs/api.md', 'Endpoints').matchAll(/^\| `([A-Z]+ \S+)` \| ([^|]*) \|/gm)];
    const documented = rows.map(([, endpoint = '', needs = '']) =>
      `${endpoint} ${guardOf[needs] ?? ''}`.trim(),
    );
    expect(documented.sort()).toEqual(routes.sort());
  });
});

describe('the security headers', () => {
  it('are those that docs/security.md names', async () => {
    const app = await startTestApp('embedded');
    try {
      for (const path of ['/health/live', '/auth/profile', '/nowhere']) {
        const { headers } = await app.call('GET', path);
        expect(headers, path).toMatchObject({
          'strict-transport-security': 'max-age=31536000; includeSubDomains',
          'x-content-type-options': 'nosniff',
          'referrer-policy': 'no-referrer',
        });
        const policy = headers['content-security-policy']?.split(';') ?? [];
        expect(policy).toEqual(
          expect.arrayContaining(["object-src 'none'", "base-uri 'self'", "frame-ancestors 'self'"]),
        );
      }
    } finally {
      await app.close();
    }
  });
});

/** The column "needs" of the table, as the names of the guards in routes/. */
const guardOf: Record<string, string> = {
  S: 'signed',
  T: 'token',
  'S T': 'signedToken',
  'T A': 'token admin',
  'S T A': 'signedToken admin',
};

/** Stands for any handlers or guards, named after its property: routes are only read here. */
function stub<T extends object>(): T {
  const named = (name: string) => {
    const handler: RequestHandler = (_req, _res, next) => next();
    return Object.defineProperty(handler, 'name', { value: name });
  };
  return new Proxy({}, { get: (_, name) => named(String(name)) }) as T;
}

function endpointsOf(mount: string, router: Router): string[] {
  return router.stack.flatMap(({ route }) => {
    const handlers = new Map<string, string[]>();
    for (const { method, name } of route?.stack ?? []) {
      if (method) handlers.set(method, [...(handlers.get(method) ?? []), name]);
    }
    return [...handlers].map(([method, [first = '', second]]) => {
      const names = first.replace(/(Only|Small)$/, '') + (second === 'admin' ? ' admin' : '');
      const guard = Object.values(guardOf).find(guard => guard === names);
      return `${method.toUpperCase()} ${mount}${route?.path} ${guard ?? ''}`.trim();
    });
  });
}
