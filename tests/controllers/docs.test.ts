import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageFiles } from '../../openapi/pageFiles.ts';
import { stringToSign } from '../../signing/canonical.ts';
import { vectors } from '../../signing/vectors.ts';
import { startTestApp, type TestApp } from '../support/harness.ts';

const POLICY =
  "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data:;connect-src 'self';base-uri 'none';form-action 'none';frame-ancestors 'none'";

const names = [...pageFiles().assets.keys()];

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp('embedded');
});
afterAll(() => app.close());

const get = (path: string, headers = {}) => fetch(app.origin + path, { headers });

describe('GET /docs', () => {
  it('is a page without a script or a style of its own', async () => {
    const response = await app.call('GET', '/docs');
    expect(response.status).toBe(200);
    expect(response.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(response.text).not.toMatch(/<style|style=|<script(?![^>]* src=)| on\w+=/);
    const loaded = [...response.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url = '']) => url);
    const others = ['data:,', '/openapi.json', '/docs/errors'];
    expect(loaded.filter(url => !others.includes(url)).length).toBeGreaterThan(3);
    for (const url of loaded.filter(url => !others.includes(url)))
      expect(names.map(name => `/docs/assets/${name}`)).toContain(url);
  });

  it.each(['/docs', ...names.map(name => `/docs/assets/${name}`)])('%s has strict headers', async path => {
    const response = await get(path);
    expect(response.status).toBe(200);
    const headers = Object.fromEntries(response.headers);
    expect(headers).toMatchObject({
      'content-security-policy': POLICY,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    for (const name of ['etag', 'last-modified', 'accept-ranges']) expect(headers).not.toHaveProperty(name);
    const types: Record<string, string> = { css: 'text/css', js: 'text/javascript' };
    const type = types[path.split('.').at(-1) ?? ''] ?? 'text/html';
    expect(headers['content-type']).toBe(`${type}; charset=utf-8`);
  });

  it('leaves the policy of every other path as it is', async () => {
    for (const path of ['/openapi.json', '/health/live', '/docs/unknown']) {
      const policy = (await get(path)).headers.get('content-security-policy');
      expect(policy).toMatch(/^default-src 'self';/);
    }
  });

  it('sends a file whole, whatever part or version is asked for', async () => {
    const conditions = { Range: 'bytes=0-1', 'If-Modified-Since': new Date().toUTCString() };
    const response = await get('/docs/assets/page.js', conditions);
    expect(response.status).toBe(200);
    expect(await response.text()).toBe(readFileSync('reference/page.js', 'utf8'));
  });

  it.each([
    'page.html',
    'tsconfig.json',
    'swagger-ui.js',
    'swagger-ui-bundle.js.map',
    'PAGE.js',
    'constructor',
    '__proto__',
    '..%2Fpage.html',
    '..%2f..%2fpackage.json',
    '%2e%2e%2fpackage.json',
    '..%5cpage.html',
    'page.js%00',
    '%2Fetc%2Fpasswd',
  ])('has no file %s', async name => {
    const response = await get(`/docs/assets/${name}`);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 'not_found' });
  });

  it.each(['/docs', '/docs/assets/page.js'])('has no other method at %s', async path => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      const response = await fetch(app.origin + path, { method });
      expect(response.status).toBe(405);
      expect(response.headers.get('allow')).toBe('GET, HEAD, OPTIONS');
      expect(await response.json()).toMatchObject({ code: 'method_not_allowed' });
    }
    const head = await fetch(app.origin + path, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
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
      for (const path of ['/docs', '/docs/assets/page.js', '/docs/assets/canonical.js'])
        expect((await fetch(other.origin + path)).status).toBe(status);
    } finally {
      await other.close();
    }
  });

  it('gives the page the rule of the string to sign that the server has', async () => {
    const text = await (await get('/docs/assets/canonical.js')).text();
    const served: { stringToSign: typeof stringToSign } = await import(
      `data:text/javascript,${encodeURIComponent(text)}`
    );
    for (const parts of vectors.cases) expect(served.stringToSign(parts)).toBe(stringToSign(parts));
  });
});

describe('swagger-ui-dist', () => {
  it('brings a package that reports installations, and that package is turned off', () => {
    const { scarfSettings, allowScripts } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(scarfSettings).toEqual({ enabled: false });
    expect(allowScripts['@scarf/scarf']).toBe(false);
  });
});
