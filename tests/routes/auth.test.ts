import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { backends, startTestApp, type TestApp } from '../support/harness.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

describe.each(backends)('the core endpoints on %s stores', backend => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(backend);
  });
  afterAll(() => app.close());

  it('registers a user, who is answered without the hash', async () => {
    const body = { name: ' Grace ', email: 'Grace@Example.COM', password: 'correct horse' };
    const answer = await app.call('POST', '/auth/register', {
      body: { ...body, password_confirmation: body.password },
    });
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      user: {
        id: expect.any(Number),
        name: 'Grace',
        email: 'grace@example.com',
        created_at: expect.stringMatching(ISO_TIME),
        updated_at: expect.stringMatching(ISO_TIME),
      },
    });
    expect(Date.parse(answer.body.user.created_at)).toBe(Math.floor(app.clock.now() / 1000) * 1000);
  });

  it('answers a login with a token, the user and the session', async () => {
    const user = await app.register();
    const answer = await app.call('POST', '/api/auth/login', {
      body: { email: user.email, password: user.password },
    });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      token_type: 'Bearer',
      expires_in: 3600,
      refresh_token: expect.stringMatching(/^[\w-]{96}$/),
      refresh_expires_in: 604_800,
      user: expect.objectContaining({ id: user.id, email: user.email }),
      session: { id: expect.stringMatching(UUID), expires_at: expect.stringMatching(ISO_TIME) },
      ended_sessions: 0,
    });
    const [, payload = ''] = answer.body.access_token.split('.');
    const seconds = Math.floor(app.clock.now() / 1000);
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toEqual({
      sub: String(user.id),
      jti: expect.stringMatching(UUID),
      sid: answer.body.session.id,
      iat: seconds,
      exp: seconds + 3600,
      iss: 'express-auth-api',
      aud: 'express-auth-api',
    });
  });

  it('shows and changes the profile', async () => {
    const user = await app.register();
    const token = await app.login(user);
    const renamed = await app.call('PATCH', '/auth/profile', { token, body: { name: 'Countess' } });
    expect([renamed.status, renamed.body.user.name]).toEqual([200, 'Countess']);
    const shown = await app.call('GET', '/auth/profile', { token });
    expect([shown.status, shown.body]).toEqual([200, { user: renamed.body.user }]);
  });

  it('shows the profile whatever If-None-Match says, because no response may be stored', async () => {
    const token = await app.login(await app.register());
    const shown = await app.call('GET', '/auth/profile', { token, headers: { 'If-None-Match': '*' } });
    expect([shown.status, shown.body]).toEqual([200, { user: expect.any(Object) }]);
  });

  it('kills the token with the logout', async () => {
    const token = await app.login(await app.register());
    const logout = await app.call('POST', '/auth/logout', { token });
    expect([logout.status, logout.text]).toEqual([204, '']);
    const after = await app.call('GET', '/auth/profile', { token });
    expect([after.status, after.body.code]).toEqual([401, 'token_revoked']);
  });

  it('changes the password: the old one and every earlier token are dead, the new token lives', async () => {
    const user = await app.register();
    const earlier = await app.login(user);
    const changed = await app.call('POST', '/auth/change-password', {
      token: earlier,
      body: { current_password: user.password, new_password: 'a new password' },
    });
    expect([changed.status, changed.body.ended_sessions]).toEqual([200, 1]);
    expect((await app.call('GET', '/auth/profile', { token: earlier })).body.code).toBe('token_revoked');
    expect((await app.call('GET', '/auth/profile', { token: changed.body.access_token })).status).toBe(200);
    const old = await app.call('POST', '/auth/login', {
      body: { email: user.email, password: user.password },
    });
    expect([old.status, old.body.code]).toEqual([401, 'invalid_credentials']);
    expect(await app.login({ email: user.email, password: 'a new password' })).toBeTruthy();
  });

  it('refuses to change the password without the current one, and changes nothing', async () => {
    const user = await app.register();
    const token = await app.login(user);
    const body = { current_password: 'not this one', new_password: 'a new password' };
    const refused = await app.call('POST', '/auth/change-password', { token, body });
    expect([refused.status, refused.body.code]).toEqual([401, 'invalid_credentials']);
    expect((await app.call('GET', '/auth/profile', { token })).status).toBe(200);
    expect(await app.login(user)).toBeTruthy();
  });

  it('refuses an address that is taken, in any case of letters', async () => {
    const user = await app.register({ email: 'taken@example.com' });
    const again = await app.call('POST', '/auth/register', { body: { ...user, email: 'TAKEN@example.com' } });
    expect([again.status, again.body.code]).toEqual([409, 'email_taken']);
    expect(await app.login({ ...user, email: 'Taken@Example.com' })).toBeTruthy();
  });

  it('accepts a token no longer than it lives', async () => {
    const token = await app.login(await app.register());
    app.clock.advance(3_599_000);
    expect((await app.call('GET', '/auth/profile', { token })).status).toBe(200);
    app.clock.advance(1_000);
    const late = await app.call('GET', '/auth/profile', { token });
    expect([late.status, late.body.code]).toEqual([401, 'token_expired']);
  });

  it('answers liveness, and readiness with a line per dependency', async () => {
    expect((await app.call('GET', '/health/live')).body).toEqual({ status: 'ok' });
    const up = { status: 'up', ms: expect.any(Number) };
    const ready = await app.call('GET', '/health/ready');
    expect([ready.status, ready.body]).toEqual([
      200,
      { status: 'ok', checks: backend === 'real' ? { database: up, redis: up } : { database: up } },
    ]);
  });

  it('checks each dependency once for any number of readiness requests', async () => {
    let checks = 0;
    const { db } = app.stores;
    const counted = vi.spyOn(db, 'query').mockImplementation(async sql => {
      if (sql === 'SELECT 1') checks++;
      return [];
    });
    const answers = await Promise.all(Array.from({ length: 200 }, () => app.call('GET', '/health/ready')));
    counted.mockRestore();
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(checks).toBeLessThan(20);
  });

  it('answers 404 for unknown paths and 405 with Allow for unknown methods', async () => {
    const unknown = await app.call('GET', '/auth/nothing');
    expect([unknown.status, unknown.body.code]).toEqual([404, 'not_found']);
    const wrong = await app.call('PUT', '/auth/profile', { sign: false });
    expect([wrong.status, wrong.body.code]).toEqual([405, 'method_not_allowed']);
    expect(wrong.headers.allow).toBe('GET, PATCH, HEAD, OPTIONS');
    const options = await app.call('OPTIONS', '/auth/login');
    expect([options.status, options.headers.allow]).toEqual([204, 'POST, OPTIONS']);
  });
});

describe.each(backends)('CONCURRENT_LOGIN on %s stores', backend => {
  it.each([
    ['false', 1, [0, 1, 1, 1]],
    ['3', 3, [0, 0, 0, 1]],
    ['true', 4, [0, 0, 0, 0]],
  ])('%s leaves %i of four logins alive, the latest', async (setting, living, ended) => {
    const app = await startTestApp(backend, { CONCURRENT_LOGIN: setting });
    try {
      const user = await app.register();
      const bystander = await app.login(await app.register());
      const tokens: string[] = [];
      for (const expected of ended) {
        app.clock.advance(1);
        const { body } = await app.call('POST', '/auth/login', {
          body: { email: user.email, password: user.password },
        });
        expect(body.ended_sessions).toBe(expected);
        tokens.push(body.access_token);
      }
      const statuses = [];
      for (const token of tokens) statuses.push((await app.call('GET', '/auth/profile', { token })).status);
      expect(statuses).toEqual(tokens.map((_, i) => (i < 4 - living ? 401 : 200)));
      expect((await app.call('GET', '/auth/profile', { token: bystander })).status).toBe(200);
    } finally {
      await app.close();
    }
  });
});
