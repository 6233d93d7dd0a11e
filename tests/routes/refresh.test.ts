import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backends, startTestApp, type TestApp } from '../support/harness.ts';

interface Tokens {
  access_token: string;
  refresh_token: string;
  refresh_expires_in: number;
  session: { id: string; expires_at: string };
  user: { id: number };
}

async function login(app: TestApp, user?: { email: string; password: string }): Promise<Tokens> {
  const { email, password } = user ?? (await app.register());
  return (await app.call('POST', '/auth/login', { body: { email, password } })).body;
}

const refresh = (app: TestApp, refresh_token: string, headers = {}) =>
  app.call('POST', '/auth/refresh', { body: { refresh_token }, headers });

const statusOf = async (app: TestApp, token: string) =>
  (await app.call('GET', '/auth/profile', { token })).status;

describe.each(backends)('refresh tokens on %s stores', backend => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(backend, { CONCURRENT_LOGIN: 'true' });
  });
  afterAll(() => app.close());

  it('come with the login, opaque and plain', async () => {
    const first = await login(app);
    expect(first.refresh_token).toMatch(/^[\w-]{96}$/);
    expect(first.refresh_expires_in).toBe(604_800);
    expect(Date.parse(first.session.expires_at)).toBe(app.clock.now() + 604_800_000);
  });

  it('are rotated: the new tokens live, the old access token is dead', async () => {
    const first = await login(app);
    const { status, body } = await refresh(app, first.refresh_token);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      token_type: 'Bearer',
      expires_in: 3600,
      user: { id: first.user.id },
      ended_sessions: 0,
    });
    expect(body.session.id).toBe(first.session.id);
    expect(body.refresh_token).not.toBe(first.refresh_token);
    expect(await statusOf(app, first.access_token)).toBe(401);
    expect(await statusOf(app, body.access_token)).toBe(200);
  });

  it('go on after the access token has expired', async () => {
    const first = await login(app);
    app.clock.advance(3_600_000);
    expect(await statusOf(app, first.access_token)).toBe(401);
    const { body } = await refresh(app, first.refresh_token);
    expect(await statusOf(app, body.access_token)).toBe(200);
  });

  it('give the same successor again to whoever lost the answer', async () => {
    const first = await login(app);
    const answer = await refresh(app, first.refresh_token);
    app.clock.advance(9_999);
    const again = await refresh(app, first.refresh_token);
    expect(again.status).toBe(200);
    expect(again.body.refresh_token).toBe(answer.body.refresh_token);
    expect(again.body.access_token).toBe(answer.body.access_token);
    expect(await statusOf(app, answer.body.access_token)).toBe(200);
  });

  it('end the session when the leeway is over', async () => {
    const first = await login(app);
    const { body } = await refresh(app, first.refresh_token);
    app.clock.advance(10_000);
    const reused = await refresh(app, first.refresh_token);
    expect([reused.status, reused.body.code]).toEqual([401, 'refresh_reused']);
    expect(await statusOf(app, body.access_token)).toBe(401);
    expect((await refresh(app, body.refresh_token)).body.code).toBe('refresh_invalid');
  });

  it('end the session when they are two generations old, within the leeway too', async () => {
    const first = await login(app);
    const second = await refresh(app, first.refresh_token);
    const third = await refresh(app, second.body.refresh_token);
    expect((await refresh(app, first.refresh_token)).body.code).toBe('refresh_reused');
    expect(await statusOf(app, third.body.access_token)).toBe(401);
  });

  it('tell of a reuse with the address and user agent of both uses, and without the token', async () => {
    const first = await login(app);
    await refresh(app, first.refresh_token, { 'User-Agent': 'owner' });
    app.clock.advance(10_000);
    await refresh(app, first.refresh_token, { 'User-Agent': 'thief' });
    const line = () =>
      app
        .logged()
        .split('\n')
        .filter(text => text.includes('"refresh.reused"'))
        .map(text => JSON.parse(text))
        .find(({ session_id }) => session_id === first.session.id);
    // Told when the answer is out.
    await expect.poll(line).toMatchObject({
      level: 40,
      msg: 'audit',
      user_id: first.user.id,
      ip: '127.0.0.1',
      user_agent: 'thief',
      detail: { last_ip: '127.0.0.1', last_user_agent: 'owner' },
    });
    expect(app.logged()).not.toContain(first.refresh_token);
  });

  it('of other sessions live on after a reuse', async () => {
    const user = await app.register();
    const stolen = await login(app, user);
    const bystander = await login(app, user);
    await refresh(app, stolen.refresh_token);
    app.clock.advance(10_000);
    await refresh(app, stolen.refresh_token);
    expect(await statusOf(app, bystander.access_token)).toBe(200);
  });

  it.each([
    ['the tag', -1],
    ['the secret', 60],
    ['the session id', 12],
    ['the user id', 2],
  ])('with a change in %s are invalid and end nothing', async (_, at) => {
    const { refresh_token: token, access_token } = await login(app);
    const index = at < 0 ? token.length + at : at;
    const forged = token.slice(0, index) + (token[index] === 'A' ? 'B' : 'A') + token.slice(index + 1);
    const answer = await refresh(app, forged);
    expect([answer.status, answer.body.code]).toEqual([401, 'refresh_invalid']);
    expect(await statusOf(app, access_token)).toBe(200);
    expect((await refresh(app, token)).status).toBe(200);
  });

  it.each(['', 'x', '-'.repeat(96), 'a'.repeat(5000)])('of another form are invalid: %.20s', async token => {
    expect((await refresh(app, token)).body.code).toBe('refresh_invalid');
  });

  it.each([{}, { refresh_token: 1 }, { refresh_token: null }, { refresh_token: ['x'] }])(
    'are needed: %j is not valid',
    async body => {
      const answer = await app.call('POST', '/auth/refresh', { body });
      expect([answer.status, answer.body.code]).toEqual([422, 'validation_failed']);
    },
  );

  it('need a signature', async () => {
    const { refresh_token } = await login(app);
    const answer = await app.call('POST', '/auth/refresh', { body: { refresh_token }, sign: false });
    expect(answer.body.code).toBe('signature_missing');
    expect((await refresh(app, refresh_token)).status).toBe(200);
  });

  it.each(['logout', 'logout-all'])('are dead after %s', async path => {
    const { access_token: token, refresh_token } = await login(app);
    await app.call('POST', `/auth/${path}`, { token });
    expect((await refresh(app, refresh_token)).body.code).toBe('refresh_invalid');
  });

  it('are dead after a password change, the one it gives is not', async () => {
    const user = await app.register();
    const before = await login(app, user);
    const changed = await app.call('POST', '/auth/change-password', {
      token: before.access_token,
      body: { current_password: user.password, new_password: 'a new password' },
    });
    expect((await refresh(app, before.refresh_token)).body.code).toBe('refresh_invalid');
    expect((await refresh(app, changed.body.refresh_token)).status).toBe(200);
  });

  it('expire when they are not used in time', async () => {
    const { refresh_token } = await login(app);
    app.clock.advance(604_800_000 - 1);
    const kept = await refresh(app, refresh_token);
    expect(kept.status).toBe(200);
    if (backend === 'embedded') {
      app.clock.advance(604_800_000);
      expect((await refresh(app, kept.body.refresh_token)).body.code).toBe('refresh_invalid');
    }
  });

  it.runIf(backend === 'real')('are kept only as a SHA-256, and for as long as the session', async () => {
    const { redis } = app.stores;
    const { refresh_token, session, user } = await login(app);
    const key = `session:${user.id}:${session.id}`;
    const fields = await redis?.run(key, ['HGETALL', key]);
    expect(fields).toHaveProperty('refresh', createHash('sha256').update(refresh_token).digest('hex'));
    expect(JSON.stringify(fields)).not.toContain(refresh_token);
    const ttl = await redis?.run(key, ['TTL', key]);
    expect(ttl).toBeGreaterThan(604_700);
    expect(ttl).toBeLessThanOrEqual(604_800);
  });
});

describe.each(backends)('refresh settings on %s stores', backend => {
  async function withApp(settings: Record<string, string>, test: (app: TestApp) => Promise<void>) {
    const app = await startTestApp(backend, settings);
    try {
      await test(app);
    } finally {
      await app.close();
    }
  }

  it('REFRESH_TOKEN_TTL=0 gives no refresh token and no such route', () =>
    withApp({ REFRESH_TOKEN_TTL: '0' }, async app => {
      const answer = await login(app);
      expect(answer).not.toHaveProperty('refresh_token');
      expect(answer).not.toHaveProperty('refresh_expires_in');
      expect(Date.parse(answer.session.expires_at)).toBe(
        Math.floor(app.clock.now() / 1000) * 1000 + 3_600_000,
      );
      expect((await refresh(app, 'x')).status).toBe(404);
    }));

  it('REFRESH_LEEWAY=0 takes every second use for a reuse', () =>
    withApp({ REFRESH_LEEWAY: '0' }, async app => {
      const first = await login(app);
      await refresh(app, first.refresh_token);
      expect((await refresh(app, first.refresh_token)).body.code).toBe('refresh_reused');
    }));

  it('REFRESH_REUSE_SCOPE=user ends every session of the user', () =>
    withApp({ REFRESH_REUSE_SCOPE: 'user', REFRESH_LEEWAY: '0', CONCURRENT_LOGIN: 'true' }, async app => {
      const user = await app.register();
      const stolen = await login(app, user);
      const other = await login(app, user);
      const stranger = await login(app);
      await refresh(app, stolen.refresh_token);
      await refresh(app, stolen.refresh_token);
      expect(await statusOf(app, other.access_token)).toBe(401);
      expect(await statusOf(app, stranger.access_token)).toBe(200);
    }));

  it('SESSION_MAX_AGE bounds the session however often it is refreshed', () =>
    withApp({ SESSION_MAX_AGE: '7200', JWT_EXPIRES_IN: '3600' }, async app => {
      const first = await login(app);
      expect(first.refresh_expires_in).toBe(7200);
      app.clock.advance(5_400_000);
      const { body } = await refresh(app, first.refresh_token);
      expect(body.refresh_expires_in).toBe(1800);
      expect(body.expires_in).toBeLessThanOrEqual(1800);
      app.clock.advance(1_800_000);
      expect(await statusOf(app, body.access_token)).toBe(401);
      expect((await refresh(app, body.refresh_token)).body.code).toBe('refresh_invalid');
    }));
});
