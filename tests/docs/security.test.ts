import { describe, expect, it } from 'vitest';
import { everyEndpoint } from '../support/endpoints.ts';
import { startTestApp } from '../support/harness.ts';
import { section } from './markdown.ts';

describe('docs/api.md', () => {
  it('lists every endpoint with the guards that it has, and no other', () => {
    const routes = everyEndpoint().map(({ method, path, handlers: [first = '', second] }) => {
      const names = first.replace(/(Only|Small)$/, '') + (second === 'admin' ? ' admin' : '');
      const guard = Object.values(guardOf).find(guard => guard === names);
      return `${method} ${path} ${guard ?? ''}`.trim();
    });
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
