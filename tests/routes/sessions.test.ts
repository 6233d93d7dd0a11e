import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backends, startTestApp, type TestApp } from '../support/harness.ts';
import { modelsOf } from '../support/session.models.ts';

interface Login {
  access_token: string;
  session: { id: string; expires_at: string };
  user: { id: number };
}

async function login(
  app: TestApp,
  user: { email: string; password: string },
  device_name?: string,
): Promise<Login> {
  const { email, password } = user;
  const body = { email, password, ...(device_name && { device_name }) };
  return (await app.call('POST', '/auth/login', { body, headers: { 'User-Agent': 'test browser' } })).body;
}

const list = async (app: TestApp, token: string) =>
  (await app.call('GET', '/auth/sessions', { token })).body.sessions;
const statusOf = async (app: TestApp, token: string) =>
  (await app.call('GET', '/auth/profile', { token })).status;

describe.each(backends)('the device list on %s stores', backend => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(backend, { CONCURRENT_LOGIN: 'true' });
  });
  afterAll(() => app.close());

  it('shows each session with its device, the caller’s own marked, the latest first', async () => {
    const user = await app.register();
    const phone = await login(app, user, 'Phone');
    const startedAt = new Date(app.clock.now()).toISOString();
    app.clock.advance(5_000);
    const laptop = await login(app, user);
    expect(await list(app, phone.access_token)).toEqual([
      expect.objectContaining({ id: laptop.session.id, current: false, device_name: null }),
      {
        id: phone.session.id,
        current: true,
        device_name: 'Phone',
        ip: '127.0.0.1',
        user_agent: 'test browser',
        created_at: startedAt,
        last_used_at: startedAt,
        expires_at: phone.session.expires_at,
      },
    ]);
  });

  describe('in pages', () => {
    const page = (token: string, query = '', path = '/auth/sessions') =>
      app.call('GET', `${path}${query}`, { token });
    const idsOf = ({ body }: Awaited<ReturnType<typeof page>>): string[] =>
      body.sessions.map(({ id }: { id: string }) => id);

    /** Logs in so often. Two logins in a row are in the same millisecond. */
    async function loggedIn(count: number) {
      const user = await app.register();
      const logins: Login[] = [];
      for (let i = 0; i < count; i++) {
        app.clock.advance(i % 2);
        logins.push(await login(app, user));
      }
      return logins;
    }
    const tokenOf = (logins: Login[], i: number) => logins[i]?.access_token ?? '';

    it('is whole up to 20, then has the cursor of the next page', async () => {
      const logins = await loggedIn(20);
      const whole = await page(tokenOf(logins, 0));
      expect(Object.keys(whole.body)).toEqual(['sessions']);
      expect(idsOf(whole)).toHaveLength(20);
      expect(idsOf(await page(tokenOf(logins, 0), '?limit=100', '/api/auth/sessions'))).toEqual(idsOf(whole));
    });

    it('has every session once, in the order of the whole list, and marks the current one', async () => {
      const logins = await loggedIn(23);
      const token = tokenOf(logins, 4);
      const whole = await page(token, '?limit=100');
      expect(idsOf(whole).sort()).toEqual(logins.map(({ session }) => session.id).sort());
      const first = await page(token);
      expect(idsOf(first)).toHaveLength(20);
      const second = await page(token, `?cursor=${first.body.next}`);
      expect(second.body.next).toBeUndefined();
      expect([...first.body.sessions, ...second.body.sessions]).toEqual(whole.body.sessions);

      const all = [];
      let query = '?limit=2';
      for (;;) {
        const { body } = await page(token, query);
        all.push(...body.sessions);
        if (!body.next) break;
        query = `?limit=2&cursor=${body.next}`;
      }
      expect(all).toEqual(whole.body.sessions);
      expect(all.filter(({ current }) => current).map(({ id }) => id)).toEqual([logins[4]?.session.id]);
    });

    it('goes on after the session of the cursor was ended', async () => {
      const logins = await loggedIn(4);
      const token = tokenOf(logins, 0);
      const whole = idsOf(await page(token));
      const first = await page(token, '?limit=2');
      for (const id of idsOf(first).filter(id => id !== logins[0]?.session.id))
        await app.call('DELETE', `/auth/sessions/${id}`, { token });
      expect(idsOf(await page(token, `?cursor=${first.body.next}`))).toEqual(whole.slice(2));
    });

    it('refuses the cursor of another user, and one that was changed', async () => {
      const mine = await loggedIn(2);
      const theirs = await loggedIn(2);
      const { next } = (await page(tokenOf(theirs, 0), '?limit=1')).body;
      const own = (await page(tokenOf(mine, 0), '?limit=1')).body.next;
      for (const cursor of [next, own.slice(1), `${own}A`, `B${own.slice(1)}`, own.replace(/.$/, '_')]) {
        const { status, body } = await page(tokenOf(mine, 0), `?cursor=${cursor}`);
        expect([status, body.code, body.errors[0].path]).toEqual([422, 'validation_failed', 'cursor']);
      }
    });

    it.each([
      ['limit=0', 'limit'],
      ['limit=101', 'limit'],
      ['limit=1.5', 'limit'],
      ['limit=', 'limit'],
      ['limit=5&limit=5', 'limit'],
      ['cursor=', 'cursor'],
      ['cursor=%00', 'cursor'],
      ["cursor=' OR 1=1", 'cursor'],
      ['cursor=a&cursor=b', 'cursor'],
      [`cursor=${'_'.repeat(38)}`, 'cursor'],
      ['limit=x&cursor=x', 'limit', 'cursor'],
    ])('refuses ?%s', async (query, ...paths) => {
      const { access_token: token } = await login(app, await app.register());
      const { status, body } = await page(token, `?${query.replaceAll(' ', '%20')}`);
      expect([status, body.code]).toEqual([422, 'validation_failed']);
      expect(body.errors.map(({ path }: { path: string }) => path)).toEqual(paths);
    });
  });

  it('notes the last use, at most once a minute', async () => {
    const user = await app.register();
    const { access_token: token } = await login(app, user);
    const lastUse = async () => {
      const [session] = await list(app, token);
      return Date.parse(session.last_used_at);
    };
    const loggedInAt = app.clock.now();
    app.clock.advance(59_000);
    await statusOf(app, token);
    expect(await lastUse()).toBe(loggedInAt);
    app.clock.advance(60_000);
    await statusOf(app, token);
    await expect.poll(lastUse).toBe(loggedInAt + 119_000);
  });

  it('ends one session at once, and only that', async () => {
    const user = await app.register();
    const mine = await login(app, user);
    const lost = await login(app, user);
    const token = mine.access_token;
    expect((await app.call('DELETE', `/auth/sessions/${lost.session.id}`, { token })).status).toBe(204);
    expect(await statusOf(app, lost.access_token)).toBe(401);
    expect(await list(app, token)).toHaveLength(1);
    const again = await app.call('DELETE', `/auth/sessions/${lost.session.id}`, { token });
    expect([again.status, again.body.code]).toEqual([404, 'not_found']);
  });

  it.each(['4f6c9d2e-0000-4000-8000-000000000000', 'x', '..%2f', '%00', '*'])(
    'knows no session %s',
    async id => {
      const { access_token: token } = await login(app, await app.register());
      const { status } = await app.call('DELETE', `/auth/sessions/${id}`, { token });
      expect([400, 404]).toContain(status);
      expect(await statusOf(app, token)).toBe(200);
    },
  );

  it('ends no session of another user', async () => {
    const other = await login(app, await app.register());
    const { access_token: token } = await login(app, await app.register());
    expect((await app.call('DELETE', `/auth/sessions/${other.session.id}`, { token })).status).toBe(404);
    expect(await statusOf(app, other.access_token)).toBe(200);
  });

  it('logs out everywhere, or everywhere else', async () => {
    const user = await app.register();
    const tokens = [];
    for (let i = 0; i < 3; i++) tokens.push((await login(app, user)).access_token);
    const [token = '', ...others] = tokens;
    const elsewhere = await app.call('POST', '/auth/logout-all', { token, body: { keep_current: true } });
    expect([elsewhere.status, elsewhere.body]).toEqual([200, { ended_sessions: 2 }]);
    for (const other of others) expect(await statusOf(app, other)).toBe(401);
    expect(await statusOf(app, token)).toBe(200);
    expect((await app.call('POST', '/auth/logout-all', { token })).body).toEqual({ ended_sessions: 1 });
    expect(await statusOf(app, token)).toBe(401);
  });

  it.each([{ keep_current: 'yes' }, { keep_current: 1 }, { keep_current: null }])(
    'refuses %j',
    async body => {
      const { access_token: token } = await login(app, await app.register());
      expect((await app.call('POST', '/auth/logout-all', { token, body })).body.code).toBe(
        'validation_failed',
      );
      expect(await statusOf(app, token)).toBe(200);
    },
  );

  it.runIf(backend === 'real').each(['DELETE /auth/sessions/:id', 'POST /auth/logout-all'])(
    'ends the tokens at once on every process: %s',
    async request => {
      const { access_token: token, session } = await login(app, await app.register());
      const elsewhere = modelsOf(app).sessions;
      expect((await elsewhere.authenticate(token)).sessionId).toBe(session.id);
      const [method = '', path = ''] = request.replace(':id', session.id).split(' ');
      await app.call(method, path, { token });
      await expect(elsewhere.authenticate(token)).rejects.toMatchObject({ code: 'token_revoked' });
    },
  );

  it('keeps the device name over a password change, also of one among many', async () => {
    const user = await app.register();
    const { access_token: token } = await login(app, user, 'Phone');
    for (let i = 0; i < 25; i++) await login(app, user, 'Laptop');
    const body = { current_password: user.password, new_password: 'a new password' };
    const changed = await app.call('POST', '/auth/change-password', { token, body });
    const sessions = await list(app, changed.body.access_token);
    expect(sessions).toEqual([expect.objectContaining({ device_name: 'Phone', current: true })]);
  });

  it('forgets what has expired', async () => {
    const user = await app.register();
    await login(app, user);
    app.clock.advance(604_800_000);
    const { access_token: token } = await login(app, user);
    expect(await list(app, token)).toHaveLength(1);
  });

  it.runIf(backend === 'real')('leaves nothing in Redis without a time to live', async () => {
    const user = await app.register();
    for (let i = 0; i < 3; i++) await login(app, user);
    const { access_token: token } = await login(app, user);
    await app.call('POST', '/auth/logout-all', { token, body: { keep_current: true } });
    await app.call('POST', '/auth/refresh', { body: { refresh_token: 'x' } });
    const { redis } = app.stores;
    const keys = (await redis?.run('', ['KEYS', `*:${user.id}*`])) as string[];
    expect(keys.map(key => key.split(':')[0]).sort()).toEqual(['generation', 'jwt', 'session', 'sessions']);
    for (const key of keys) expect(await redis?.run(key, ['TTL', key]), key).toBeGreaterThan(0);
  });
});

describe.each(backends)('CONCURRENT_LOGIN_POLICY=deny on %s stores', backend => {
  it('refuses the login over the limit, ends nothing, and lets in again after a logout', async () => {
    const app = await startTestApp(backend, { CONCURRENT_LOGIN: '2', CONCURRENT_LOGIN_POLICY: 'deny' });
    try {
      const user = await app.register();
      const first = await login(app, user);
      const second = await login(app, user);
      const { status, body } = await app.call('POST', '/auth/login', {
        body: { email: user.email, password: user.password },
      });
      expect([status, body.code]).toEqual([409, 'session_limit']);
      const wrong = await app.call('POST', '/auth/login', { body: { email: user.email, password: 'wrong' } });
      expect(wrong.body.code).toBe('invalid_credentials');
      expect(await statusOf(app, first.access_token)).toBe(200);
      expect(await statusOf(app, second.access_token)).toBe(200);
      await app.call('POST', '/auth/logout', { token: first.access_token });
      expect((await login(app, user)).access_token).toBeTruthy();
    } finally {
      await app.close();
    }
  });

  it('does not stand in the way of a password change', async () => {
    const app = await startTestApp(backend, { CONCURRENT_LOGIN: 'false', CONCURRENT_LOGIN_POLICY: 'deny' });
    try {
      const user = await app.register();
      const { access_token: token } = await login(app, user);
      const body = { current_password: user.password, new_password: 'a new password' };
      expect((await app.call('POST', '/auth/change-password', { token, body })).status).toBe(200);
    } finally {
      await app.close();
    }
  });
});
