import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Router } from 'express';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openApiDocument } from '../../openapi/document.ts';
import { operations } from '../../openapi/operations.ts';
import type { Guards } from '../../routes/auth.routes.ts';
import { docsRoutes } from '../../routes/docs.routes.ts';
import { section } from '../docs/markdown.ts';
import { startTestApp, type TestApp } from '../support/harness.ts';
import type { Response } from '../support/http.ts';
import { checkResponse, type OpenApiDocument } from '../support/openapi.ts';

let app: TestApp;
let document: OpenApiDocument & { [member: string]: unknown };
beforeAll(async () => {
  app = await startTestApp('embedded');
  document = (await app.call('GET', '/openapi.json')).body;
});
afterAll(() => app.close());

/** The part of a layer that Express' types leave out. */
interface Mount {
  match(path: string): { path: string } | false;
}

/** Every endpoint that Express has. One under `/auth` and `/api/auth` is found under the first. */
function routesOf(router: Router, mount = ''): string[] {
  return router.stack.flatMap(layer => {
    const { route } = layer;
    if (route) {
      const methods = new Set(route.stack.flatMap(({ method }) => method ?? []));
      return [...methods].map(
        method => `${method.toUpperCase()} ${mount}${route.path.replace(/:(\w+)/g, '{$1}')}`,
      );
    }
    const { stack } = layer.handle as Partial<Router>;
    if (!stack) return [];
    const place = ['/auth', '/health', ''].find(path => {
      const found = (layer as unknown as Mount).match(`${path}/any`);
      return found && found.path === path;
    });
    if (place === undefined) throw new Error('a router is mounted where this test does not look');
    return routesOf(layer.handle as unknown as Router, mount + place);
  });
}

const endpoints = () =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    Object.keys(item).map(method => `${method.toUpperCase()} ${path}`),
  );

describe('/openapi.json', () => {
  it('has every endpoint, and no other', () => {
    const rows = [...section('docs/api.md', 'Endpoints').matchAll(/^\| `([A-Z]+ \S+)` /gm)];
    const documented = rows.map(([, endpoint = '']) => endpoint.replace(/:(\w+)/g, '{$1}'));
    expect(endpoints().sort()).toEqual(documented.sort());
    expect(Object.keys(operations).sort()).toEqual(documented.sort());
  });

  it('has every route of Express, and no other', () => {
    expect(routesOf(app.express.router).sort()).toEqual(endpoints().sort());
    expect(() => routesOf(Router().use('/other', app.express.router))).toThrow(
      'where this test does not look',
    );
  });

  it('is not made where a route has no entry in operations.ts', () => {
    const router = docsRoutes({ openApi() {}, errors() {}, page() {}, asset() {} });
    router.get('/extra', () => {});
    expect(() => openApiDocument({ '': [router] }, { admin: [] } as unknown as Guards)).toThrow(
      'has no GET /extra',
    );
  });

  it('shows the body as it is checked, and what the request needs', () => {
    expect(document.paths['/auth/change-password']?.post).toMatchObject({
      security: [{ signature: [], timestamp: [], accessToken: [] }],
      requestBody: {
        required: true,
        content: {
          'application/json': { schema: { required: ['current_password', 'new_password'] } },
        },
      },
    });
    expect(document.paths['/auth/activity']?.get).toMatchObject({
      security: [{ accessToken: [] }],
      parameters: [
        { name: 'limit', in: 'query', schema: { default: '20' } },
        { name: 'cursor', in: 'query' },
      ],
    });
  });

  it('is written as JSON once, not for each request', async () => {
    const other = await startTestApp('embedded');
    const stringify = vi.spyOn(JSON, 'stringify');
    try {
      const texts: string[] = [];
      for (let i = 0; i < 3; i++) texts.push(await (await fetch(`${other.origin}/openapi.json`)).text());
      expect(new Set(texts).size).toBe(1);
      expect(stringify.mock.results.filter(({ value }) => value === texts[0])).toHaveLength(1);
    } finally {
      stringify.mockRestore();
      await other.close();
    }
  });

  it('describes the process as it is set up', async () => {
    const other = await startTestApp('embedded', { REFRESH_TOKEN_TTL: '0', METRICS_PORT: '0' });
    try {
      const { paths } = (await other.call('GET', '/openapi.json')).body;
      expect(paths).not.toHaveProperty(['/auth/refresh']);
      expect(paths).not.toHaveProperty(['/metrics']);
    } finally {
      await other.close();
    }
  });

  it.each([
    [{}, 404],
    [{ DOCS: 'true' }, 200],
  ])('in production with %o is %i', async (settings, status) => {
    const other = await startTestApp('embedded', {
      NODE_ENV: 'production',
      ALLOW_EMBEDDED: 'true',
      ...settings,
    });
    try {
      expect((await other.call('GET', '/openapi.json')).status).toBe(status);
    } finally {
      await other.close();
    }
  });

  it('passes the linter, but for redirects and for the paths of providers beside others', () => {
    const folder = mkdtempSync(join(tmpdir(), 'openapi-'));
    try {
      const file = join(folder, 'openapi.json');
      writeFileSync(file, JSON.stringify(document));
      const environment = {
        ...process.env,
        REDOCLY_TELEMETRY: 'off',
        REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
      };
      const program = 'node_modules/@redocly/cli/bin/cli.js';
      const options = ['lint', file, '--extends=recommended', '--format=json'];
      const output = execFileSync(process.execPath, [program, ...options], {
        env: environment,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      const { totals, problems } = JSON.parse(output.slice(output.indexOf('{')));
      expect(totals).toMatchObject({ errors: 0 });
      const found = problems.map(
        ({ ruleId, location }: { ruleId: string; location: { pointer: string }[] }) =>
          `${ruleId} ${location[0]?.pointer.replaceAll('~1', '/').replace(/^#\/paths\//, '')}`,
      );
      // A browser is redirected, with 302 alone. No provider can have the name `identities`.
      expect(found.sort()).toEqual([
        'no-ambiguous-paths /auth/oidc/{provider}/callback',
        'no-ambiguous-paths /auth/oidc/{provider}/link',
        'no-ambiguous-paths /auth/oidc/{provider}/start',
        'operation-2xx-response /auth/oidc/{provider}/callback/get/responses',
        'operation-2xx-response /auth/oidc/{provider}/start/get/responses',
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('the check of responses', () => {
  const response = (status: number, mediaType: string, body: unknown) =>
    ({ status, headers: { 'content-type': mediaType }, text: JSON.stringify(body) }) as unknown as Response;
  const live = (res: Response) => () => checkResponse(document, 'GET', '/health/live', res);

  it('refuses other members, statuses, media types and codes', () => {
    expect(live(response(200, 'application/json', { status: 'ok' }))).not.toThrow();
    expect(live(response(200, 'application/json', { status: 'ok', more: 1 }))).toThrow('not as documented');
    expect(live(response(404, 'application/json', {}))).toThrow('not documented');
    expect(live(response(200, 'text/html', ''))).toThrow('media type');
    const problem = { type: '', title: '', status: 400, detail: '', request_id: '' };
    const of = (code: string) => live(response(400, 'application/problem+json', { ...problem, code }));
    expect(of('malformed_request')).not.toThrow();
    expect(of('malformed_json')).toThrow('not as documented');
  });
});
