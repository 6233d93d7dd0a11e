import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseEnv } from '../../config/env.ts';
import { faultsOf, startTestApp, type TestApp } from '../support/harness.ts';
import type { Response } from '../support/http.ts';

const LISTED = ['https://app.example.com', 'http://localhost:5173'];
const [ORIGIN = ''] = LISTED;

const unlisted = [
  'https://evil.example',
  'http://app.example.com',
  'https://example.com',
  'https://sub.app.example.com',
  'https://app.example.com.evil.example',
  'https://app.example.community',
  'https://app.example.co',
  'https://evilapp.example.com',
  'https://app-example.com',
  'https://appXexample.com',
  'https://app.example.com:8443',
  'https://app.example.com:443',
  'https://app.example.com.',
  'https://app.example.com/',
  'https://user@app.example.com',
  'HTTPS://APP.EXAMPLE.COM',
  'https://app.example.com https://evil.example',
  'https://app.example.com,http://localhost:5173',
  'http://localhost',
  'http://localhost:51731',
  'http://127.0.0.1:5173',
  'file://',
  'null',
  '*',
];

const SIGNED_HEADERS = ['authorization', 'content-type', 'x-signature', 'x-timestamp'];

function corsHeaders({ headers }: Response): string[] {
  return Object.keys(headers).filter(name => name.startsWith('access-control-'));
}

/** The members of a header that is a list. */
function listed({ headers }: Response, name: string): string[] {
  return (headers[name] ?? '').split(',').map(entry => entry.trim());
}

function preflight(app: TestApp, path: string, origin: string, method: string): Promise<Response> {
  return app.call('OPTIONS', path, {
    headers: {
      Origin: origin,
      'Access-Control-Request-Method': method,
      'Access-Control-Request-Headers': SIGNED_HEADERS.join(','),
    },
  });
}

/** What a page sends, and what the API sends back when all is well and when it is not. */
const requests = [
  ['an answer', 'GET', '/health/live', 200],
  ['a refusal', 'GET', '/auth/profile', 401],
  ['a refusal of an unsigned request', 'POST', '/auth/login', 401],
  ['a path that is not there', 'GET', '/nothing', 404],
] as const;

describe('without CORS_ORIGIN', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp('embedded');
  });
  afterAll(() => app.close());

  it.each([...LISTED, 'null', 'https://evil.example'])('%s is told nothing', async origin => {
    for (const [, method, path, status] of requests) {
      const answer = await app.call(method, path, { headers: { Origin: origin }, sign: false });
      expect([answer.status, corsHeaders(answer)]).toEqual([status, []]);
    }
    for (const method of ['GET', 'POST', 'PATCH', 'DELETE']) {
      expect(corsHeaders(await preflight(app, '/auth/profile', origin, method))).toEqual([]);
    }
  });

  it('a page’s login works nevertheless, as far as the API can tell', async () => {
    const { email, password } = await app.register();
    const answer = await app.call('POST', '/auth/login', {
      body: { email, password },
      headers: { Origin: ORIGIN },
    });
    expect([answer.status, corsHeaders(answer)]).toEqual([200, []]);
  });
});

describe('with CORS_ORIGIN', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp('embedded', { CORS_ORIGIN: LISTED.join(', ') });
  });
  afterAll(() => app.close());

  describe.each(LISTED)('%s', origin => {
    it.each(requests)('may read %s', async (_, method, path, status) => {
      const answer = await app.call(method, path, { headers: { Origin: origin }, sign: false });
      expect(answer.status).toBe(status);
      expect(answer.headers['access-control-allow-origin']).toBe(origin);
      expect(answer.headers['access-control-allow-credentials']).toBe('true');
      expect(listed(answer, 'vary')).toContain('Origin');
      expect(listed(answer, 'access-control-expose-headers').sort()).toEqual([
        'RateLimit',
        'RateLimit-Policy',
        'Retry-After',
        'WWW-Authenticate',
        'X-Request-Id',
      ]);
    });

    it.each([
      ['POST', '/auth/refresh'],
      ['POST', '/api/auth/login'],
      ['PATCH', '/auth/profile'],
      ['DELETE', '/auth/sessions/1'],
      ['GET', '/auth/sessions'],
    ])('may send %s %s, signed and with a token', async (method, path) => {
      const answer = await preflight(app, path, origin, method);
      expect([answer.status, answer.text]).toEqual([204, '']);
      expect(answer.headers['access-control-allow-origin']).toBe(origin);
      expect(answer.headers['access-control-allow-credentials']).toBe('true');
      expect(listed(answer, 'access-control-allow-methods')).toContain(method);
      const allowed = listed(answer, 'access-control-allow-headers').map(name => name.toLowerCase());
      expect(allowed).toEqual(expect.arrayContaining(SIGNED_HEADERS));
      expect(listed(answer, 'vary')).toContain('Origin');
    });
  });

  it('methods and headers that the API does not have are not allowed to anyone', async () => {
    const answer = await preflight(app, '/auth/profile', ORIGIN, 'PUT');
    expect(listed(answer, 'access-control-allow-methods').sort()).toEqual(['DELETE', 'GET', 'PATCH', 'POST']);
    const headers = listed(answer, 'access-control-allow-headers').map(name => name.toLowerCase());
    const others = ['content-digest', 'signature', 'signature-input', 'x-client-id', 'x-request-id'];
    expect(headers.sort()).toEqual([...SIGNED_HEADERS, ...others].sort());
  });

  it.each(unlisted)('%s may neither send nor read', async origin => {
    for (const [, method, path, status] of requests) {
      const answer = await app.call(method, path, { headers: { Origin: origin }, sign: false });
      expect(answer.status).toBe(status);
      expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
      expect(listed(answer, 'vary')).toContain('Origin');
    }
    for (const method of ['GET', 'POST', 'PATCH', 'DELETE']) {
      const answer = await preflight(app, '/auth/profile', origin, method);
      expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
      expect(listed(answer, 'vary')).toContain('Origin');
    }
  });

  it('an answer to no page names no origin, and varies by it all the same', async () => {
    const answer = await app.call('GET', '/health/live');
    expect(answer.status).toBe(200);
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
    expect(listed(answer, 'vary')).toContain('Origin');
  });

  it('OPTIONS that is no preflight still tells the methods of the route', async () => {
    const answer = await app.call('OPTIONS', '/auth/login');
    expect([answer.status, answer.headers.allow]).toEqual([204, 'POST, OPTIONS']);
    expect((await app.call('OPTIONS', '/nothing')).status).toBe(404);
  });
});

describe('CORS_ORIGIN', () => {
  const secrets = { JWT_SECRET: 'j'.repeat(32), SIGNATURE_KEY: 's'.repeat(32) };
  const FAULT =
    'CORS_ORIGIN must be a comma-separated list of exact origins, for example https://app.example.com';

  it('is empty by default', () => {
    expect(parseEnv(secrets).CORS_ORIGIN).toEqual([]);
  });

  it.each([
    ['https://app.example.com'],
    ['https://app.example.com', 'http://localhost:5173'],
    ['http://127.0.0.1:8080', 'http://[::1]:8080', 'https://xn--bcher-kva.example'],
  ])('takes %s', (...origins) => {
    for (const separator of [',', ', ', ' , '])
      expect(parseEnv({ ...secrets, CORS_ORIGIN: origins.join(separator) }).CORS_ORIGIN).toEqual(origins);
  });

  it.each([
    '*',
    'https://*.example.com',
    'https://*',
    'null',
    'true',
    'app.example.com',
    'localhost:5173',
    '//app.example.com',
    'https://',
    'https:app.example.com',
    'https://app.example.com/',
    'https://app.example.com/login',
    'https://app.example.com?',
    'https://app.example.com#',
    'https://user@app.example.com',
    'https://app.example.com:443',
    'http://app.example.com:80',
    'https://app.example.com:70000',
    'https://App.Example.com',
    'https://bücher.example',
    'https://app.example.com https://b.example.com',
    'https://app.example.com,',
    ',https://app.example.com',
    'https://app.example.com,*',
    'https://app.example.com,https://b.example.com/',
    'ftp://app.example.com',
    'ws://app.example.com',
    'file:///srv/page.html',
    'chrome-extension://abcdefghijklmnop',
    '/^https:/',
  ])('refuses %s', CORS_ORIGIN => {
    expect(faultsOf({ ...secrets, CORS_ORIGIN })).toEqual([FAULT]);
  });
});
