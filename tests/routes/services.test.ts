import { randomUUID } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backends, type RegisteredUser, startTestApp, type TestApp } from '../support/harness.ts';

describe.each(backends)('token checks for other services on %s stores', backend => {
  let app: TestApp;
  let user: RegisteredUser;
  beforeAll(async () => {
    app = await startTestApp(backend, { CONCURRENT_LOGIN: 'true', RATE_LIMIT: 'on', RATE_LIMIT_MAX: '200' });
    user = await app.register();
  });
  afterAll(() => app.close());

  const verify = (token?: string) => app.call('GET', '/auth/verify', token ? { token } : {});
  const introspect = (token: unknown) => app.call('POST', '/auth/introspect', { body: { token } });
  const claimsOf = (token: string) => jwt.decode(token) as jwt.JwtPayload & { sid: string };

  /** Tokens that the guard refuses, by what is wrong with them. */
  async function badTokens(): Promise<Record<string, string>> {
    const { JWT_SECRET: secret, JWT_ISSUER: issuer, JWT_AUDIENCE: audience } = app.env;
    const good = await app.login(user);
    const { sub, sid, iat = 0, exp = 0 } = claimsOf(good);
    const options = { issuer, audience, jwtid: randomUUID(), subject: sub };
    const ended = await app.login(user);
    await app.call('POST', '/auth/logout', { token: ended });
    return {
      ended,
      'never allowed': jwt.sign({ sid, iat, exp }, secret, options),
      'of another issuer': jwt.sign({ sid, iat, exp }, secret, { ...options, issuer: 'x' }),
      'of another key': jwt.sign({ sid, iat, exp }, 'x'.repeat(32), options),
      'without signature': jwt.sign({ sid, iat, exp }, '', { ...options, algorithm: 'none' }),
      expired: jwt.sign({ sid, iat: iat - 9000, exp: iat - 1 }, secret, options),
      changed: `${good.slice(0, -2)}xx`,
      long: `${'x'.repeat(5000)}.${'y'.repeat(2000)}.z`,
      empty: '',
      'no token': 'hello',
      'with a NUL': `${good}\0`,
    };
  }

  it('say who is asking, in headers, with an empty body', async () => {
    const token = await app.login(user);
    const answer = await verify(token);
    expect([answer.status, answer.text]).toEqual([200, '']);
    expect(answer.headers).toMatchObject({
      'x-auth-user-id': String(user.id),
      'x-auth-session-id': claimsOf(token).sid,
      'x-auth-email': user.email,
      'cache-control': 'no-store',
    });
    const head = await app.call('HEAD', '/auth/verify', { token });
    expect([head.status, head.headers['x-auth-user-id']]).toEqual([200, String(user.id)]);
    expect((await app.call('GET', '/api/auth/verify', { token })).status).toBe(200);
  });

  it('encode an address that a header cannot hold', async () => {
    const other = await app.register();
    const email = `zoë-${randomUUID()}@example.com`;
    await app.stores.db.run('UPDATE users SET email = ? WHERE id = ?', [email, other.id]);
    const token = await app.login({ ...other, email });
    expect((await verify(token)).headers['x-auth-email']).toBe(encodeURIComponent(email));
  });

  it('describe an active token (RFC 7662)', async () => {
    const token = await app.login(user);
    const { sub, jti, sid, iat, exp } = claimsOf(token);
    const answer = await introspect(token);
    expect([answer.status, answer.body]).toEqual([
      200,
      {
        ...{ active: true, sub, jti, sid, iat, exp },
        ...{ iss: app.env.JWT_ISSUER, aud: app.env.JWT_AUDIENCE, token_type: 'Bearer' },
      },
    ]);
  });

  it('refuse the same tokens as every other route, and introspection gives no reason', async () => {
    for (const [what, token] of Object.entries(await badTokens())) {
      const answer = await introspect(token);
      expect([what, answer.status, answer.body]).toEqual([what, 200, { active: false }]);
      if (/[^ -~]/.test(token) || token === '' || token.length > 5000) continue; // no header can have it
      const [checked, profile] = [await verify(token), await app.call('GET', '/auth/profile', { token })];
      expect([what, checked.status, checked.body.code]).toEqual([what, 401, profile.body.code]);
      expect(checked.headers).not.toHaveProperty('x-auth-user-id');
    }
    expect((await verify()).body.code).toBe('token_missing');
  });

  it('read no more than 8 KiB, because no address is held back there', async () => {
    const answer = await introspect('x'.repeat(8 * 1024));
    expect([answer.status, answer.body.code]).toEqual([413, 'payload_too_large']);
    expect(answer.body.detail).toContain('8 KiB');
  });

  it('see a logout at once', async () => {
    const token = await app.login(user);
    expect((await introspect(token)).body.active).toBe(true);
    await app.call('POST', '/auth/logout', { token });
    expect((await introspect(token)).body).toEqual({ active: false });
    expect((await verify(token)).body.code).toBe('token_revoked');
  });

  it('need a signature for introspection, and a text as token', async () => {
    const token = await app.login(user);
    const unsigned = await app.call('POST', '/auth/introspect', { body: { token }, sign: false });
    expect([unsigned.status, unsigned.body.code]).toEqual([401, 'signature_missing']);
    for (const bad of [undefined, null, 1, {}, [token]])
      expect((await introspect(bad)).body.code).toBe('validation_failed');
  });

  it('do not count as a use of the session', async () => {
    const [token, other] = [await app.login(user), await app.login(user)];
    const { sid } = claimsOf(token);
    const lastUse = async () => {
      const { body } = await app.call('GET', '/auth/sessions', { token: other });
      return (body.sessions as { id: string; last_used_at: string }[]).find(({ id }) => id === sid)
        ?.last_used_at;
    };
    const before = await lastUse();
    app.clock.advance(120_000);
    await verify(token);
    await introspect(token);
    expect(await lastUse()).toBe(before);
    await app.call('GET', '/auth/profile', { token });
    await expect.poll(lastUse).not.toBe(before);
  });

  it('are not held back by the limit for addresses, and do not count for it', async () => {
    const token = await app.login(user);
    const answers = await Promise.all(Array.from({ length: 300 }, () => introspect(token)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(answers[0]?.headers).not.toHaveProperty('ratelimit');
  });

  it('are 503 while they cannot be made', async () => {
    const broken = await startTestApp(backend, { REDIS_TIMEOUT_MS: '1000' });
    try {
      const token = await broken.login(await broken.register());
      await broken.stores.db.run('ALTER TABLE users RENAME TO out_of_reach');
      expect((await broken.call('GET', '/auth/verify', { token })).body.code).toBe('store_unavailable');
      if (!broken.stores.redis) return;
      await broken.stores.redis.close();
      const answer = await broken.call('GET', '/auth/verify', { token });
      expect([answer.status, answer.body.code]).toEqual([503, 'store_unavailable']);
    } finally {
      await broken.close();
    }
  });
});
