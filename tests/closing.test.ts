import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backends, type RegisteredUser, startTestApp, type TestApp } from './harness.ts';
import { totp } from './totp.ts';

describe.each(backends)('closing an account on %s stores', backend => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(backend, {
      CONCURRENT_LOGIN: 'true',
      HASH_QUEUE_LIMIT: '1000',
      LOCKOUT_FAILURES: '0',
      LOG_LEVEL: 'info',
    });
  });
  afterAll(() => app.close());

  const post = (path: string, body: object, token?: string) =>
    app.call('POST', `/auth/${path}`, { body, ...(token && { token }) });
  const login = ({ email, password }: RegisteredUser) => post('login', { email, password });
  const close = (token: string, password: string) =>
    app.call('DELETE', '/auth/account', { token, body: { password } });
  const rows = (sql: string, id: number) => app.stores.db.query(sql, [id]);
  const audited = (id: number) =>
    rows('SELECT event, ip, user_agent, detail FROM audit_log WHERE user_id = ? ORDER BY id', id);
  const profile = async (token: string) => {
    const { status, body } = await app.call('GET', '/auth/profile', { token });
    return body.code ?? status;
  };

  /** Whether anything personal is left of a user. */
  async function expectGone(id: number): Promise<void> {
    const [row] = await rows('SELECT id, name, email, password FROM users WHERE id = ?', id);
    expect(row).toEqual({ id, name: null, email: null, password: null });
    for (const table of ['totp_secrets', 'recovery_codes', 'account_tokens', 'verified_emails']) {
      expect(await rows(`SELECT user_id FROM ${table} WHERE user_id = ?`, id)).toEqual([]);
    }
  }

  it('ends every session and leaves nothing personal behind', async () => {
    const user = await app.register();
    const other = await app.register();
    const kept = await app.login(other);
    const tokens = [await app.login(user), await app.login(user)];
    const token = tokens[0] ?? '';
    const { refresh_token } = (await login(user)).body;
    const { secret } = (await post('mfa/totp', {}, token)).body;
    await post('mfa/totp/confirm', { code: totp(secret, app.clock.now()) }, token);
    const { mfa_token } = (await login(user)).body;
    await post('forgot-password', { email: user.email });
    await expect.poll(() => rows('SELECT * FROM account_tokens WHERE user_id = ?', user.id)).toHaveLength(2);
    await expect.poll(async () => (await audited(user.id)).length, { timeout: 30_000 }).toBe(6);

    const answer = await close(token, user.password);
    expect([answer.status, answer.text]).toEqual([204, '']);
    await expectGone(user.id);
    for (const each of tokens) expect(await profile(each)).toBe('token_revoked');
    expect((await post('refresh', { refresh_token })).body.code).toBe('refresh_invalid');
    app.clock.advance(30_000);
    const step = await post('login/mfa', { mfa_token, code: totp(secret, app.clock.now()) });
    expect(step.body.code).toBe('token_invalid');
    expect((await login(user)).body.code).toBe('invalid_credentials');
    expect((await close(token, user.password)).body.code).toBe('token_revoked');

    await expect.poll(async () => (await audited(user.id)).at(-1)?.event).toBe('account.closed');
    const trail = await audited(user.id);
    expect(trail.map(({ event }) => event)).toEqual(
      expect.arrayContaining(['account.registered', 'session.started', 'mfa.enabled', 'session.ended']),
    );
    for (const row of trail) expect(row).toMatchObject({ ip: '', user_agent: '', detail: null });
    expect(await profile(kept)).toBe(200);
    expect((await audited(other.id)).every(({ ip }) => ip === '127.0.0.1')).toBe(true);
  });

  it('frees the address at once, for somebody else', async () => {
    const user = await app.register();
    const token = await app.login(user);
    expect((await close(token, user.password)).status).toBe(204);
    const next = await app.register({ email: user.email, password: 'quite another one' });
    expect(next.id).not.toBe(user.id);
    expect((await login(user)).body.code).toBe('invalid_credentials');
    expect(await profile(await app.login(next))).toBe(200);
    expect(await profile(token)).toBe('token_revoked');
  });

  it('asks for the current password', async () => {
    const user = await app.register();
    const token = await app.login(user);
    expect((await close(token, 'wrong horse')).body.code).toBe('invalid_credentials');
    expect((await close(token, '')).body.code).toBe('invalid_credentials');
    const faulty = await app.call('DELETE', '/auth/account', { token, body: {} });
    expect([faulty.status, faulty.body.errors[0].path]).toEqual([422, 'password']);
    expect((await app.call('DELETE', '/auth/account', { body: { password: 'x' } })).body.code).toBe(
      'token_missing',
    );
    expect((await app.call('DELETE', '/auth/account', { token, body: user, sign: false })).body.code).toBe(
      'signature_missing',
    );
    expect(await profile(token)).toBe(200);
    await expect
      .poll(async () => (await audited(user.id)).map(({ event }) => event))
      .toContain('account.close_failed');
    await app.login(user);
  });

  it('that the database refuses leaves the account as it was', async () => {
    const user = await app.register();
    const token = await app.login(user);
    const refusal =
      backend === 'real'
        ? "SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'read-only'"
        : "BEGIN SELECT RAISE(ABORT, 'read-only'); END";
    await app.stores.db.run(`CREATE TRIGGER refusal BEFORE UPDATE ON users FOR EACH ROW ${refusal}`);
    expect((await close(token, user.password)).body.code).toBe('store_unavailable');
    await app.stores.db.run('DROP TRIGGER refusal');
    expect((await close(await app.login(user), user.password)).status).toBe(204);
    await expectGone(user.id);
  });

  it('that can remove only a part is done, and the account dead', async () => {
    const user = await app.register();
    const token = await app.login(user);
    await app.stores.db.run('ALTER TABLE recovery_codes RENAME TO away');
    expect((await close(token, user.password)).status).toBe(204);
    await app.stores.db.run('ALTER TABLE away RENAME TO recovery_codes');
    expect((await login(user)).body.code).toBe('invalid_credentials');
    expect(await profile(token)).toBe('token_revoked');
    await expect
      .poll(async () => (await audited(user.id)).every(({ ip }) => ip === ''), { timeout: 30_000 })
      .toBe(true);
    await expectGone(user.id);
  });

  it('cannot be undone by what was under way', async () => {
    const user = await app.register();
    const token = await app.login(user);
    const during = [
      post('change-password', { current_password: user.password, new_password: 'quite another' }, token),
      app.call('PATCH', '/auth/profile', { token, body: { name: 'Lazarus' } }),
      login(user),
    ];
    const [closed] = await Promise.all([close(token, user.password), ...during]);
    if (closed?.status === 204) await expectGone(user.id);
  });

  it('leaves no session and no account, whatever comes at the same moment, 24 times', async () => {
    const next = 'a new password';
    async function round(i: number): Promise<number> {
      const user = await app.register();
      const first = await app.login(user);
      const { refresh_token } = (await login(user)).body;
      const token = await app.login(user);
      const change = () =>
        post('change-password', { current_password: user.password, new_password: next }, first);
      const [closed, ...others] = await Promise.all([
        close(token, user.password),
        login(user),
        post('refresh', { refresh_token }),
        login(user),
        app.call('PATCH', '/auth/profile', { token: first, body: { name: 'Lazarus' } }),
        ...(i % 2 ? [change()] : []),
      ]);
      for (const { status } of others) expect([200, 401, 503]).toContain(status);
      if (closed?.status !== 204) {
        // Then the change of the password came first.
        expect(i % 2).toBe(1);
        expect([401, 503]).toContain(closed?.status);
        return 0;
      }
      await expectGone(user.id);
      const given = [first, token, ...others.map(({ body }) => body.access_token ?? first)];
      for (const each of given) expect(await profile(each)).toBe('token_revoked');
      for (const password of [user.password, next]) {
        expect((await login({ ...user, password })).body.code).toBe('invalid_credentials');
      }
      return 1;
    }
    let closed = 0;
    for (let i = 0; i < 24; i++) closed += await round(i);
    expect(closed).toBeGreaterThanOrEqual(12);
  });
});

it.each(['body', 'cookie'] as const)('takes the cookie back, with REFRESH_DELIVERY=%s', async delivery => {
  const app = await startTestApp('embedded', { REFRESH_DELIVERY: delivery });
  try {
    const user = await app.register();
    const token = await app.login(user);
    const { headers } = await app.call('DELETE', '/auth/account', {
      token,
      body: { password: user.password },
    });
    const cookies = ([] as string[]).concat(headers['set-cookie'] ?? []);
    expect(cookies.map(cookie => cookie.split('=')[0])).toEqual(
      delivery === 'cookie' ? ['refresh_token'] : [],
    );
  } finally {
    await app.close();
  }
});
