import { createHash, generateKeyPairSync } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/harness.ts';
import {
  APP_URL,
  callbackOf,
  createUserAgent,
  type HostileProvider,
  providerSettings,
  startHostileProvider,
} from '../support/oidc.ts';
import { type RunningProvider, startOidcProvider } from '../support/oidcProvider.ts';

let honest: RunningProvider;
let hostile: HostileProvider;
let withIss: HostileProvider;
let app: TestApp;
let agent: ReturnType<typeof createUserAgent>;
beforeAll(async () => {
  [honest, hostile, withIss] = await Promise.all([
    startOidcProvider(),
    startHostileProvider(),
    startHostileProvider({ authorization_response_iss_parameter_supported: true }),
  ]);
  app = await startTestApp('embedded', {
    APP_URL,
    CONCURRENT_LOGIN: 'true',
    OIDC_PROVIDERS: providerSettings({ honest, hostile, 'with-iss': withIss }),
  });
  honest.serve([callbackOf(app, 'honest')]);
  honest.users.victim = { email: 'victim@example.com', email_verified: true };
  honest.users.attacker = { email: 'attacker@example.com', email_verified: true };
});
afterAll(async () => {
  await app?.close();
  await Promise.all([honest?.stop(), hostile?.stop(), withIss?.stop()]);
});
beforeEach(() => {
  agent = createUserAgent(app);
  honest.loggedIn = 'victim';
});

const rows = async (table: 'users' | 'identities') =>
  (await app.stores.db.query(`SELECT id FROM ${table}`)).length;

async function expectRefusedState(as: typeof agent, href: string): Promise<void> {
  const response = await as.call('GET', as.pathOf(href));
  expect([response.status, response.body.code]).toEqual([422, 'validation_failed']);
  expect(response.body.errors).toEqual([
    { path: 'state', message: expect.stringContaining('does not belong to a sign-in') },
  ]);
}

async function expectRefusedCode(as: typeof agent, page: URL): Promise<void> {
  const response = await as.token(page);
  expect([response.status, response.body.code]).toEqual([401, 'invalid_credentials']);
}

describe('a callback', () => {
  it('of another browser is refused: a login by a link of an attacker', async () => {
    const attacker = createUserAgent(app);
    honest.loggedIn = 'attacker';
    const href = await attacker.visit(await attacker.start('honest'));
    await expectRefusedState(agent, href);
    await agent.start('honest'); // also when the victim has begun a sign-in
    await expectRefusedState(agent, href);
  });

  it('is refused when it is opened twice, one after the other', async () => {
    const href = await agent.visit(await agent.start('honest'));
    expect((await agent.callback(href)).search).toMatch(/^\?code=/);
    await expectRefusedState(agent, href);
  });

  it('gives one code when it is opened twice at once', async () => {
    const href = await agent.visit(await agent.start('honest'));
    const pages = await Promise.all([agent.callback(href), agent.callback(href)]);
    expect(pages.map(page => [...page.searchParams.keys()][0]).sort()).toEqual(['code', 'error']);
  });

  it.each([
    ['another state', /state=[^&]+/, `state=${'x'.repeat(43)}`],
    ['an empty state', /state=[^&]+/, 'state='],
    ['the state of another provider', '/honest/', '/hostile/'],
  ])('with %s is refused, and the sign-in goes on', async (_, part, replacement) => {
    const href = await agent.visit(await agent.start('honest'));
    await expectRefusedState(agent, href.replace(part, replacement));
    expect((await agent.callback(href)).search).toMatch(/^\?code=/);
  });

  it('is refused after ten minutes', async () => {
    const href = await agent.visit(await agent.start('honest'));
    app.clock.advance(600_000);
    await expectRefusedState(agent, href);
  });

  it('is refused with an altered cookie, and with the cookie of another sign-in', async () => {
    const href = await agent.visit(await agent.start('honest'));
    await agent.start('honest');
    const [first, second] = agent.jar().filter(({ host }) => host === '127.0.0.1');
    const [name, value = ''] = first?.pair.split('=') ?? [];
    const values = [second?.pair.split('=')[1], `${value.slice(0, -4)}AAAA`, value.slice(0, 20), 'x.y', ''];
    for (const sealed of values) {
      const headers = { Cookie: `${name}=${sealed}` };
      expect((await app.call('GET', agent.pathOf(href), { headers })).status).toBe(422);
    }
    const headers = { Cookie: `${name}=${value}; ${name}=${value}` };
    expect((await app.call('GET', agent.pathOf(href), { headers })).status).toBe(422);
  });

  it.each(['', 'state=a&state=b', `state=${'x'.repeat(9000)}`, 'code=x', 'state=%00&code=%00&iss=%ff'])(
    'with the query %s is refused',
    async query => {
      expect((await agent.call('GET', `/auth/oidc/honest/callback?${query}`)).status).toBe(422);
    },
  );

  it('tells the page when the user or the provider refuses', async () => {
    for (const [error, code] of [
      ['access_denied', 'invalid_credentials'],
      ['temporarily_unavailable', 'store_unavailable'],
      ['<script>', 'invalid_credentials'],
    ] as const) {
      const state = new URL(await agent.start('hostile')).searchParams.get('state') ?? '';
      const query = new URLSearchParams({ state, error, error_description: 'secret text' });
      const page = await agent.callback(`${callbackOf(app, 'hostile')}?${query}`);
      expect(page.href).toBe(`${APP_URL}?error=${code}`);
    }
    expect(app.logged()).not.toContain('secret text');
  });

  it('of one browser with two tabs belongs to its own tab', async () => {
    const [first, second] = [await agent.start('honest'), await agent.start('honest', `${APP_URL}/b`)];
    const later = await agent.callback(await agent.visit(second));
    const earlier = await agent.callback(await agent.visit(first));
    expect([earlier.pathname, later.pathname]).toEqual(['/app', '/app/b']);
    expect((await agent.token(earlier)).status).toBe(200);
    expect((await agent.token(later)).status).toBe(200);
  });

  it('finds its cookie however many sign-ins a browser began', async () => {
    for (let i = 0; i < 30; i++) await agent.start('honest');
    expect(agent.jar().length).toBeLessThanOrEqual(6);
    expect((await agent.signIn('honest')).search).toMatch(/^\?code=/);
  });
});

describe('a one-time code', () => {
  it('is good once', async () => {
    const page = await agent.signIn('honest');
    const headers = {
      Cookie: agent
        .jar()
        .map(({ pair }) => pair)
        .join('; '),
    };
    const body = { code: page.searchParams.get('code') };
    const responses = await Promise.all(
      Array.from({ length: 10 }, () => app.call('POST', '/auth/oidc/token', { body, headers })),
    );
    expect(responses.map(({ status }) => status).sort()).toEqual([200, ...Array(9).fill(401)]);
    await expectRefusedCode(agent, page);
  });

  it('is good for 60 seconds', async () => {
    const [page, late] = [await agent.signIn('honest'), await agent.signIn('honest')];
    app.clock.advance(59_999);
    expect((await agent.token(page)).status).toBe(200);
    app.clock.advance(1);
    await expectRefusedCode(agent, late);
  });

  it('is worth nothing in another browser, and stays good in its own', async () => {
    const attacker = createUserAgent(app);
    const page = await agent.signIn('honest');
    await expectRefusedCode(attacker, page);
    await attacker.signIn('honest'); // a cookie of its own makes no difference
    await expectRefusedCode(attacker, page);
    expect((await agent.token(page)).status).toBe(200);
  });

  it.each([{}, { code: 1 }, { code: '' }, { code: 'x'.repeat(90_000) }, { code: 'x', device_name: '' }])(
    'in the body %j starts no session',
    async body => {
      const { status } = await agent.call('POST', '/auth/oidc/token', { body });
      expect([401, 422]).toContain(status);
    },
  );

  it('needs a signature', async () => {
    const page = await agent.signIn('honest');
    const body = { code: page.searchParams.get('code') };
    const response = await app.call('POST', '/auth/oidc/token', { body, sign: false });
    expect(response.body.code).toBe('signature_missing');
  });
});

describe('an ID token', () => {
  const second = () => Math.floor(Date.now() / 1000);

  /** What the provider should say to a sign-in of this nonce. */
  const goodClaims = (nonce: string) => ({
    ...{ iss: hostile.issuer, aud: hostile.client.client_id, nonce },
    ...{ iat: second(), exp: second() + 60, sub: 'mallory' },
    ...{ email: 'mallory@example.com', email_verified: true },
  });

  /** Signs in with this ID token. @returns the page */
  async function signInWith(idToken: (nonce: string) => string, iss?: string): Promise<URL> {
    const { searchParams } = new URL(await agent.start('hostile'));
    hostile.idToken = idToken(searchParams.get('nonce') ?? '');
    const query = new URLSearchParams({ state: searchParams.get('state') ?? '', code: 'c' });
    if (iss !== undefined) query.set('iss', iss);
    return agent.callback(`${callbackOf(app, 'hostile')}?${query}`);
  }

  it('that is good logs in', async () => {
    const page = await signInWith(nonce => hostile.sign(goodClaims(nonce)), hostile.issuer);
    expect((await agent.token(page)).status).toBe(200);
  });

  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const unsigned = (claims: object) =>
    `${[{ alg: 'none' }, claims].map(part => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.`;

  it.each<[string, (nonce: string) => string]>([
    ['of another client', nonce => hostile.sign({ ...goodClaims(nonce), aud: 'another' })],
    [
      'of several clients and of another party',
      nonce => hostile.sign({ ...goodClaims(nonce), aud: [hostile.client.client_id, 'b'], azp: 'b' }),
    ],
    ['without an audience', nonce => hostile.sign({ ...goodClaims(nonce), aud: undefined })],
    ['of another issuer', nonce => hostile.sign({ ...goodClaims(nonce), iss: honest.issuer })],
    ['that has expired', nonce => hostile.sign({ ...goodClaims(nonce), exp: second() - 60 })],
    ['without an expiry', nonce => hostile.sign({ ...goodClaims(nonce), exp: undefined })],
    ['from the future', nonce => hostile.sign({ ...goodClaims(nonce), nbf: second() + 600 })],
    ['with another nonce', () => hostile.sign(goodClaims('another'))],
    ['without a nonce', nonce => hostile.sign({ ...goodClaims(nonce), nonce: undefined })],
    ['without a subject', nonce => hostile.sign({ ...goodClaims(nonce), sub: undefined })],
    ['with a subject that is a number', nonce => hostile.sign({ ...goodClaims(nonce), sub: 1 })],
    [
      'with a subject that is too long',
      nonce => hostile.sign({ ...goodClaims(nonce), sub: 'x'.repeat(256) }),
    ],
    ['with a subject beyond ASCII', nonce => hostile.sign({ ...goodClaims(nonce), sub: 'mallory\u00a0' })],
    ['with alg none', nonce => unsigned(goodClaims(nonce))],
    [
      'signed with the client secret',
      nonce => jwt.sign(goodClaims(nonce), hostile.client.client_secret, { algorithm: 'HS256' }),
    ],
    [
      'signed with the public key as a secret',
      nonce =>
        jwt.sign(goodClaims(nonce), createHash('sha256').update('x').digest('hex'), { algorithm: 'HS256' }),
    ],
    [
      'signed with another key',
      nonce => jwt.sign(goodClaims(nonce), stranger, { algorithm: 'RS256', keyid: 'stranger' }),
    ],
    [
      'signed with another key under the right kid',
      nonce => {
        const { header } = jwt.decode(hostile.sign({}), { complete: true }) ?? {};
        return jwt.sign(goodClaims(nonce), stranger, { algorithm: 'RS256', keyid: header?.kid });
      },
    ],
    ['that is no token', () => 'x'],
    ['that is missing', () => ''],
  ])('%s is refused, and nothing is written', async (_, idToken) => {
    const before = [await rows('users'), await rows('identities')];
    const page = await signInWith(idToken);
    expect(page.href).toBe(`${APP_URL}?error=invalid_credentials`);
    expect([await rows('users'), await rows('identities')]).toEqual(before);
  });

  it('is not asked for when `iss` names another provider (RFC 9207)', async () => {
    for (const iss of [honest.issuer, `${hostile.issuer}/`]) {
      const page = await signInWith(nonce => hostile.sign(goodClaims(nonce)), iss);
      expect(page.search).toBe('?error=invalid_credentials');
    }
  });

  it('is not asked for without `iss` where the provider sends it', async () => {
    const state = new URL(await agent.start('with-iss')).searchParams.get('state') ?? '';
    const page = await agent.callback(`${callbackOf(app, 'with-iss')}?code=c&state=${state}`);
    expect(page.search).toBe('?error=invalid_credentials');
  });

  it('is in no log', async () => {
    await signInWith(nonce => hostile.sign({ ...goodClaims(nonce), aud: 'another' }));
    expect(app.logged()).toContain('a sign-in with a provider failed');
    expect(app.logged()).not.toContain(hostile.idToken);
    expect(app.logged()).not.toContain('mallory@example.com');
  });
});

describe('the code of another provider', () => {
  it('is refused: the sign-in began at one provider, and the callback comes from the other', async () => {
    // The hostile provider sends the browser on to the honest one and gets the honest code.
    const hostileState = new URL(await agent.start('hostile')).searchParams.get('state') ?? '';
    const honestCode = new URL(await agent.visit(await agent.start('honest'))).searchParams;
    const query = new URLSearchParams({
      ...{ state: hostileState, code: honestCode.get('code') ?? '', iss: honestCode.get('iss') ?? '' },
    });
    expect(honestCode.get('iss')).toBe(honest.issuer);
    const page = await agent.callback(`${callbackOf(app, 'hostile')}?${query}`);
    expect(page.search).toBe('?error=invalid_credentials');
    await expectRefusedState(agent, `${callbackOf(app, 'honest')}?${query}`);
  });
});

describe('the start', () => {
  it.each([
    'https://evil.example/app',
    '//evil.example/app',
    '/\\evil.example/app',
    'http://127.0.0.1:9@evil.example/app',
    'http://user@127.0.0.1:9/app',
    'http://127.0.0.1:99/app',
    'https://127.0.0.1:9/app',
    '/apple',
    '/',
    '/app/../admin',
    '/app/%2e%2e/admin',
    '/app/..%2fadmin',
    '/app/%5c..%5cadmin',
    'javascript:alert(1)',
    'data:text/html,x',
    '\u0000//evil.example',
    `/app/${'x'.repeat(1024)}`,
  ])('does not return to %s', async page => {
    const query = new URLSearchParams({ return_to: page });
    const response = await agent.call('GET', `/auth/oidc/honest/start?${query}`);
    expect([response.status, response.body.errors]).toEqual([
      422,
      [{ path: 'return_to', message: expect.stringContaining('below APP_URL') }],
    ]);
    expect(response.headers).not.toHaveProperty('location');
    expect(response.headers).not.toHaveProperty('set-cookie');
  });

  it.each([
    ['/app', '/app?'],
    ['/app/', '/app/?'],
    ['/app/a/b?x=1', '/app/a/b?x=1&'],
    ['\t/app/a\n', '/app/a?'],
    ['/app/ä', '/app/%C3%A4?'],
    [`${APP_URL}?code=old&error=old`, '/app?'],
  ])('returns to %j', async (page, beginning) => {
    const { origin, href } = await agent.signIn('honest', page);
    expect(href.slice(origin.length)).toContain(beginning);
    expect(new URL(href).searchParams.getAll('code')).toEqual([expect.stringMatching(/^[\w-]{43}$/)]);
  });

  it.each(['x/y?', 'x y', '[', 'x/auth/oidc'])('refuses the Host %s', async Host => {
    const response = await agent.call('GET', '/auth/oidc/honest/start');
    expect(response.status).toBe(302);
    const refused = await app.call('GET', '/auth/oidc/honest/start', { headers: { Host } });
    expect([refused.status, refused.body.code]).toEqual([400, 'malformed_request']);
  });

  it.each(['constructor', '__proto__', 'HONEST', 'honest%20', '%00', 'a'.repeat(1000)])(
    'knows no provider %s',
    async name => {
      expect((await agent.call('GET', `/auth/oidc/${name}/start`)).status).toBe(404);
    },
  );
});

describe('the metadata of a provider', () => {
  it.each([
    ['of another issuer', { issuer: 'http://127.0.0.1:1' }],
    ['without keys', { jwks_uri: undefined }],
    ['without a page to log in', { authorization_endpoint: undefined }],
    ['with a script for a page', { authorization_endpoint: 'javascript:alert(1)' }],
  ])('%s is refused with a 503', async (_, metadata) => {
    const odd = await startHostileProvider(metadata);
    const other = await startTestApp('embedded', { APP_URL, OIDC_PROVIDERS: providerSettings({ odd }) });
    try {
      const response = await other.call('GET', '/auth/oidc/odd/start');
      expect([response.status, response.body.code]).toEqual([503, 'store_unavailable']);
      expect(response.headers).not.toHaveProperty('set-cookie');
    } finally {
      await other.close();
      await odd.stop();
    }
  });
});

describe('the cookie', () => {
  it('is Secure and has a prefix in production', async () => {
    const strict = await startTestApp('embedded', {
      ...{ NODE_ENV: 'production', ALLOW_EMBEDDED: 'true', APP_URL, TRUST_PROXY: '127.0.0.1' },
      OIDC_PROVIDERS: providerSettings({ hostile }),
    });
    try {
      const headers = { 'X-Forwarded-Proto': 'https', 'X-Forwarded-Host': 'api.example.com' };
      const response = await strict.call('GET', '/auth/oidc/hostile/start', { headers });
      expect(String(response.headers['set-cookie'])).toMatch(/^__Secure-oidc_\w+=.*; HttpOnly; Secure; /);
      const { searchParams } = new URL(String(response.headers.location));
      expect(searchParams.get('redirect_uri')).toBe(
        'https://api.example.com/auth/oidc/hostile/callback', // as the browser reaches it
      );
    } finally {
      await strict.close();
    }
  });
});
