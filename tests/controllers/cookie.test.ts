import { parseSetCookie, type SetCookie } from 'cookie';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backends, type CallOptions, hasRealStores, startTestApp, type TestApp } from '../support/harness.ts';
import type { Response } from '../support/http.ts';

const PLAIN = 'refresh_token';
const PREFIXED = '__Secure-refresh_token';
const TOKEN = /^[\w-]{96}$/;

const loopback = ['localhost', 'localhost:3000', '127.0.0.1:3000', '127.9.9.9', '[::1]:3000'];
const elsewhere = [
  'auth.example.com',
  'auth.example.com:8443',
  '10.0.0.5:3000',
  '[fd00::1]:3000',
  '127.0.0.1.example.com',
  'localhost.example.com',
];

/** Long enough for stores on a machine that is busy with other tests. */
const patience = { REDIS_TIMEOUT_MS: '10000', DB_TIMEOUT_MS: '10000' };

const refused = [401, 'refresh_invalid'];

/** The one cookie that the answer sets; undefined where it sets none. */
function cookieOf(answer: Response): SetCookie | undefined {
  const [line, ...more] = [answer.headers['set-cookie'] ?? []].flat();
  expect(more).toEqual([]);
  return line === undefined ? undefined : parseSetCookie(line);
}

/** Makes method and path of a request from the id of a session. */
type Request = (sessionId: string) => readonly [method: string, path: string];

const outcomeOf = ({ status, body }: Response) => [status, body.code];

/** Everything a delivered cookie has, and nothing else: no Domain, for one. */
function delivered(path: string, maxAge: number, secure = false) {
  return {
    name: secure ? PREFIXED : PLAIN,
    value: expect.stringMatching(TOKEN),
    httpOnly: true,
    sameSite: 'strict',
    path,
    maxAge,
    expires: expect.any(Date),
    ...(secure && { secure }),
  };
}

/** That the answer takes this cookie back: browsers tell cookies apart by name and path. */
function expectCleared(answer: Response, { name, path, secure }: SetCookie): void {
  const { maxAge, expires, ...cookie } = cookieOf(answer) ?? {};
  expect(cookie).toMatchObject({ name, path, value: '', ...(secure && { secure }) });
  expect(maxAge ?? expires?.getTime()).toBeLessThanOrEqual(0);
}

async function logIn(app: TestApp, mount = '/auth', headers: Record<string, string> = {}) {
  const user = await app.register();
  const { email, password } = user;
  const answer = await app.call('POST', `${mount}/login`, { body: { email, password }, headers });
  expect(answer.status).toBe(200);
  const cookie = cookieOf(answer);
  return { user, answer, cookie, token: answer.body.access_token, sessionId: answer.body.session.id };
}

/** {@link logIn} where a cookie must come of it. */
async function logInForCookie(app: TestApp, mount?: string, headers?: Record<string, string>) {
  const { cookie, ...rest } = await logIn(app, mount, headers);
  if (!cookie?.value) throw new Error('the login set no cookie');
  return { ...rest, cookie, value: cookie.value, header: `${cookie.name}=${cookie.value}` };
}

function refresh(app: TestApp, cookie: string | null, { headers, ...options }: CallOptions = {}) {
  const sent = { ...headers, ...(cookie !== null && { Cookie: cookie }) };
  return app.call('POST', '/auth/refresh', { ...options, headers: sent });
}

describe.each(backends)('refresh tokens in a cookie, on %s stores', backend => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(backend, {
      ...patience,
      REFRESH_DELIVERY: 'cookie',
      SESSION_MAX_AGE: '1000000',
    });
  });
  afterAll(() => app.close());

  describe.each(['/auth', '/api/auth'])('under %s', mount => {
    const withoutRefreshToken = [
      'access_token',
      'ended_sessions',
      'expires_in',
      'session',
      'token_type',
      'user',
    ];

    function expectDelivery(answer: Response, maxAge: number): string {
      expect(answer.status).toBe(200);
      const cookie = cookieOf(answer);
      expect(cookie).toEqual(delivered(mount, maxAge));
      expect(Object.keys(answer.body).sort()).toEqual(withoutRefreshToken);
      expect(answer.text).not.toContain(cookie?.value);
      expect((Date.parse(answer.body.session.expires_at) - app.clock.now()) / 1000).toBe(maxAge);
      return `${cookie?.name}=${cookie?.value}`;
    }

    it('come with login, refresh and a new password, and only so, for as long as they can be used', async () => {
      const { user, answer } = await logIn(app, mount);
      const first = expectDelivery(answer, 604_800);

      app.clock.advance(500_000_000);
      const refreshed = await app.call('POST', `${mount}/refresh`, { headers: { Cookie: first } });
      const second = expectDelivery(refreshed, 500_000);
      expect(second).not.toBe(first);

      const changed = await app.call('POST', `${mount}/change-password`, {
        token: refreshed.body.access_token,
        body: { current_password: user.password, new_password: 'a new password' },
      });
      const third = expectDelivery(changed, 604_800);
      const again = await app.call('POST', `${mount}/refresh`, { headers: { Cookie: third } });
      expectDelivery(again, 604_800);
    });

    describe.each([
      ['loopback', 'localhost:3000'],
      ['another host', 'auth.example.com'],
    ])('on %s', (_, Host) => {
      const headers = { Host };

      it.each<[string, Request, number]>([
        ['logout', () => ['POST', `${mount}/logout`], 204],
        ['logout-all', () => ['POST', `${mount}/logout-all`], 200],
        ['the end of the own session', id => ['DELETE', `${mount}/sessions/${id}`], 204],
      ])('are taken back by %s', async (_, request, status) => {
        const { token, sessionId, cookie, header } = await logInForCookie(app, mount, headers);
        const answer = await app.call(...request(sessionId), { token, headers });
        expect(answer.status).toBe(status);
        expectCleared(answer, cookie);
        expect(outcomeOf(await refresh(app, header, { headers }))).toEqual(refused);
      });

      it('are taken back by a refused refresh', async () => {
        const { cookie, token } = await logInForCookie(app, mount, headers);
        await app.call('POST', `${mount}/logout`, { token });
        const sent = { ...headers, Cookie: `${cookie.name}=${cookie.value}` };
        const answer = await app.call('POST', `${mount}/refresh`, { headers: sent });
        expect(outcomeOf(answer)).toEqual(refused);
        expectCleared(answer, cookie);
      });
    });
  });

  it.each(loopback)('are not Secure for %s in development', async Host => {
    const { cookie, header } = await logInForCookie(app, '/auth', { Host });
    expect(cookie).toEqual(delivered('/auth', 604_800, false));
    expect((await refresh(app, header, { headers: { Host } })).status).toBe(200);
  });

  it.each(elsewhere)('are Secure for %s, by attribute and name', async Host => {
    const headers = { Host };
    const { cookie, value, header } = await logInForCookie(app, '/auth', headers);
    expect(cookie).toEqual(delivered('/auth', 604_800, true));
    // The prefix is what keeps a cookie out that was set without TLS.
    expect(outcomeOf(await refresh(app, `${PLAIN}=${value}`, { headers }))).toEqual(refused);
    expect((await refresh(app, header, { headers })).status).toBe(200);
  });

  it('are Secure whatever an unknown proxy says', async () => {
    const headers = {
      Host: 'auth.example.com',
      'X-Forwarded-Host': 'localhost',
      'X-Forwarded-Proto': 'http',
    };
    expect((await logIn(app, '/auth', headers)).cookie).toEqual(delivered('/auth', 604_800, true));
  });

  it('are read from among other cookies, and rotated', async () => {
    const { user, token, header } = await logInForCookie(app);
    const answer = await refresh(app, `theme=dark; ${header}; x_${header}x; lang=id`);
    expect(answer.status).toBe(200);
    expect(answer.body.user.id).toBe(user.id);
    expect(`${PLAIN}=${cookieOf(answer)?.value}`).not.toBe(header);
    expect(outcomeOf(await app.call('GET', '/auth/profile', { token }))).toEqual([401, 'token_revoked']);
    const profile = await app.call('GET', '/auth/profile', { token: answer.body.access_token });
    expect(profile.status).toBe(200);
  });

  it('come once more for a client that lost the answer', async () => {
    const { header } = await logInForCookie(app);
    const lost = cookieOf(await refresh(app, header));
    app.clock.advance(9_000);
    expect(cookieOf(await refresh(app, header))).toEqual({
      ...lost,
      maxAge: 604_791,
      expires: expect.any(Date),
    });
  });

  describe('refuse', () => {
    const changed = (value: string, at: number) =>
      value.slice(0, at) + (value[at] === 'A' ? 'B' : 'A') + value.slice(at + 1);

    async function expectRefusal(header: (value: string, other: string) => string | null) {
      const { user, token, cookie, value } = await logInForCookie(app);
      const other = await logInForCookie(app);
      const answer = await refresh(app, header(value, other.value));
      expect(outcomeOf(answer)).toEqual(refused);

      for (const alive of [token, other.token])
        expect((await app.call('GET', '/auth/profile', { token: alive })).status).toBe(200);
      const rightly = await refresh(app, `${PLAIN}=${value}`);
      expect([rightly.status, rightly.body.user?.id]).toEqual([200, user.id]);
      return { answer, cookie };
    }

    it.each<[string, (value: string) => string | null]>([
      ['no cookie', () => null],
      ['an empty cookie', () => `${PLAIN}=`],
      ['another cookie', value => `refresh=${value}`],
      ['the name of the Secure one', value => `${PREFIXED}=${value}`],
      ['the name in capitals', value => `${PLAIN.toUpperCase()}=${value}`],
    ])('%s, which spends nothing', async (_, header) => {
      await expectRefusal(header);
    });

    it.each<[string, (value: string, other: string) => string]>([
      ['a change in the user', value => `${PLAIN}=${changed(value, 7)}`],
      ['a change in the middle', value => `${PLAIN}=${changed(value, 48)}`],
      ['a change at the end', value => `${PLAIN}=${changed(value, 95)}`],
      ['a cut', value => `${PLAIN}=${value.slice(0, -4)}`],
      ['more at the end', value => `${PLAIN}=${value}AAAA`],
      ['two in one', value => `${PLAIN}=${value},${value}`],
    ])('%s, which spends nothing, and take the cookie back', async (_, header) => {
      const { answer, cookie } = await expectRefusal(header);
      expectCleared(answer, cookie);
    });

    // Whose the second one is cannot be told: a sibling host or a longer path may have set it.
    it.each<[string, (value: string, other: string) => string]>([
      ['the same twice', value => `${PLAIN}=${value}; ${PLAIN}=${value}`],
      ['a second, foreign one', (value, other) => `${PLAIN}=${value}; ${PLAIN}=${other}`],
      ['a first, foreign one', (value, other) => `${PLAIN}=${other}; ${PLAIN}=${value}`],
      ['a second, empty one', value => `${PLAIN}=${value}; ${PLAIN}=`],
      ['a first, empty one', value => `${PLAIN}=; ${PLAIN}=${value}`],
    ])('%s, which spends nothing', async (_, header) => {
      await expectRefusal(header);
    });

    it('a spent one, which takes the cookie back and ends the session', async () => {
      const { cookie, header } = await logInForCookie(app);
      const successor = cookieOf(await refresh(app, header));
      app.clock.advance(10_000);
      const reused = await refresh(app, header);
      expect(outcomeOf(reused)).toEqual([401, 'refresh_reused']);
      expectCleared(reused, cookie);
      expect(outcomeOf(await refresh(app, `${PLAIN}=${successor?.value}`))).toEqual(refused);
    });
  });

  describe('stay', () => {
    it.each<[string, (options: CallOptions) => Promise<Response>, string]>([
      [
        'unsigned',
        options => app.call('POST', '/auth/refresh', { ...options, sign: false }),
        'signature_missing',
      ],
      [
        'wrongly signed',
        options =>
          app.call('POST', '/auth/refresh', {
            ...options,
            body: '{"a":1}',
            headers: {
              ...options.headers,
              ...app.sign('POST', '/auth/refresh', '{"a":2}'),
            },
          }),
        'signature_mismatch',
      ],
      [
        'ill-formed',
        options => app.call('POST', '/auth/refresh', { ...options, body: '{' }),
        'malformed_json',
      ],
    ])('when a request is %s', async (_, send, code) => {
      const { header } = await logInForCookie(app);
      const answer = await send({ headers: { Cookie: header } });
      expect(answer.body.code).toBe(code);
      expect(cookieOf(answer)).toBeUndefined();
      expect((await refresh(app, header)).status).toBe(200);
    });

    it('when a logout, or a new password, is refused', async () => {
      const { header, token } = await logInForCookie(app);
      const headers = { Cookie: header };
      const logout = await app.call('POST', '/auth/logout', { headers });
      expect([logout.body.code, cookieOf(logout)]).toEqual(['token_missing', undefined]);
      const change = await app.call('POST', '/auth/change-password', {
        token,
        headers,
        body: { current_password: 'not this one', new_password: 'a new password' },
      });
      expect([change.body.code, cookieOf(change)]).toEqual(['invalid_credentials', undefined]);
      expect((await refresh(app, header)).status).toBe(200);
    });

    it('when the profile is shown', async () => {
      const { header, token } = await logInForCookie(app);
      const shown = await app.call('GET', '/auth/profile', { token, headers: { Cookie: header } });
      expect([shown.status, cookieOf(shown)]).toEqual([200, undefined]);
    });
  });
});

describe.each(backends)('a cookie of one of several sessions, on %s stores', backend => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(backend, {
      ...patience,
      REFRESH_DELIVERY: 'cookie',
      CONCURRENT_LOGIN: 'true',
    });
  });
  afterAll(() => app.close());

  it.each<[string, Request, CallOptions, number]>([
    ['another session ends', id => ['DELETE', `/auth/sessions/${id}`], {}, 204],
    ['all others end', () => ['POST', '/auth/logout-all'], { body: { keep_current: true } }, 200],
  ])('stays when %s', async (_, request, options, status) => {
    const { user, sessionId } = await logInForCookie(app);
    const { email, password } = user;
    const second = await app.call('POST', '/auth/login', { body: { email, password } });
    const { access_token: token } = second.body;
    const answer = await app.call(...request(sessionId), { ...options, token });
    expect([answer.status, cookieOf(answer)]).toEqual([status, undefined]);
    expect((await refresh(app, `${PLAIN}=${cookieOf(second)?.value}`)).status).toBe(200);
  });
});

describe.runIf(hasRealStores)('a cookie', () => {
  it.each(['db', 'redis'] as const)('stays when the refresh fails because %s is down', async store => {
    const settings = { REFRESH_DELIVERY: 'cookie', SIGNATURE_REPLAY: 'off', REDIS_TIMEOUT_MS: '1000' };
    const app = await startTestApp('real', settings);
    try {
      const { header } = await logInForCookie(app);
      await app.stores[store]?.close();
      const answer = await refresh(app, header);
      expect(outcomeOf(answer)).toEqual([503, 'store_unavailable']);
      expect(cookieOf(answer)).toBeUndefined();
    } finally {
      await app.close();
    }
  });
});

describe.each(backends)('refresh tokens in a cookie in production, on %s stores', backend => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(backend, {
      ...patience,
      NODE_ENV: 'production',
      ALLOW_EMBEDDED: 'true',
      REFRESH_DELIVERY: 'cookie',
    });
  });
  afterAll(() => app.close());

  it.each([...loopback, ...elsewhere])('are Secure for %s', async Host => {
    const headers = { Host };
    const { cookie, value, header, token } = await logInForCookie(app, '/auth', headers);
    expect(cookie).toEqual(delivered('/auth', 604_800, true));
    expect(outcomeOf(await refresh(app, `${PLAIN}=${value}`, { headers }))).toEqual(refused);
    const logout = await app.call('POST', '/auth/logout', { token, headers });
    expectCleared(logout, cookie);
    expect(outcomeOf(await refresh(app, header, { headers }))).toEqual(refused);
  });
});

describe.each(backends)('refresh tokens in the body, on %s stores', backend => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(backend, {
      ...patience,
      REFRESH_DELIVERY: 'body',
      CONCURRENT_LOGIN: 'true',
    });
  });
  afterAll(() => app.close());

  it('never set a cookie', async () => {
    const { user, answer: login, token: first } = await logIn(app);
    const { email, password } = user;
    const answers = [login];
    async function call(method: string, path: string, options: CallOptions, status: number) {
      const answer = await app.call(method, path, options);
      expect(answer.status).toBe(status);
      answers.push(answer);
      return answer.body;
    }

    const passwords = { current_password: password, new_password: 'a new password' };
    const logInAgain = () =>
      call('POST', '/auth/login', { body: { email, password: passwords.new_password } }, 200);
    const changed = await call('POST', '/auth/change-password', { token: first, body: passwords }, 200);
    const { refresh_token } = changed;
    const refreshed = await call('POST', '/auth/refresh', { body: { refresh_token } }, 200);
    await call('POST', '/auth/logout', { token: refreshed.access_token }, 204);
    await call('POST', '/auth/refresh', { body: { refresh_token: refreshed.refresh_token } }, 401);
    await call('POST', '/auth/refresh', { body: { refresh_token: 'x' } }, 401);
    await call('POST', '/auth/refresh', {}, 422);

    const second = await logInAgain();
    await call('DELETE', `/auth/sessions/${second.session.id}`, { token: second.access_token }, 204);
    const third = await logInAgain();
    await call('POST', '/auth/logout-all', { token: third.access_token }, 200);

    expect(answers.map(cookieOf)).toEqual(answers.map(() => undefined));
  });

  it.each([PLAIN, PREFIXED])('are not taken from a cookie %s', async name => {
    const { answer } = await logIn(app);
    const { refresh_token } = answer.body;
    const byCookie = await refresh(app, `${name}=${refresh_token}`);
    expect(outcomeOf(byCookie)).toEqual([422, 'validation_failed']);
    app.clock.advance(app.env.REFRESH_LEEWAY * 1000);
    expect((await refresh(app, null, { body: { refresh_token } })).status).toBe(200);
  });
});
