import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAccountModel } from '../../models/account/account.model.ts';
import { createErasureModel } from '../../models/account/erasure.model.ts';
import { createLogger } from '../../telemetry/logger.ts';
import { eventually } from '../support/eventually.ts';
import { backends, type RegisteredUser, startTestApp, type TestApp } from '../support/harness.ts';
import { device, modelsOf } from '../support/session.models.ts';
import { sideBySide } from '../support/sideBySide.ts';
import { totp } from '../support/totp.ts';

const personalTables = ['totp_secrets', 'recovery_codes', 'account_links', 'mail_pace', 'verified_emails'];
const MINUTE = 60_000;

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
  const close = (token: string, password: string, code?: string) =>
    app.call('DELETE', '/auth/account', { token, body: { password, code } });
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
    for (const table of personalTables) {
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
    const links = () => rows('SELECT * FROM account_links WHERE user_id = ?', user.id);
    await expect.poll(links).toHaveLength(1); // to verify the address
    const { secret } = await enrol(user, token);
    const { mfa_token } = (await login(user)).body;
    await post('forgot-password', { email: user.email });
    await expect.poll(links).toHaveLength(2);
    await expect.poll(async () => (await audited(user.id)).length).toBe(6);

    app.clock.advance(30_000);
    const answer = await close(token, user.password, totp(secret, app.clock.now()));
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

  /** Turns a second factor on. */
  async function enrol(user: RegisteredUser, token: string) {
    await app.verifyEmail(user);
    const { secret } = (await post('mfa/totp', { password: user.password }, token)).body;
    const code = totp(secret, app.clock.now());
    const { recovery_codes } = (await post('mfa/totp/confirm', { code }, token)).body;
    return { secret, code, recoveryCode: recovery_codes[0] as string };
  }
  const gone = (id: number) =>
    expect
      .poll(async () => {
        const left = await Promise.all(
          personalTables.map(table => rows(`SELECT user_id FROM ${table} WHERE user_id = ?`, id)),
        );
        const erased = await rows('SELECT erased_at FROM erasures WHERE user_id = ?', id);
        return [left.flat(), erased.every(row => row.erased_at !== null)];
      })
      .toEqual([[], true]);

  it('asks for a code where a second factor is on', async () => {
    const user = await app.register();
    const token = await app.login(user);
    const { secret, code } = await enrol(user, token);
    expect(await close(token, user.password)).toMatchObject({
      status: 422,
      body: { code: 'validation_failed', errors: [{ path: 'code', message: expect.any(String) }] },
    });
    for (const wrong of ['000000', code, 'no recovery code'])
      expect(await close(token, user.password, wrong)).toMatchObject({
        status: 401,
        body: { code: 'invalid_credentials' },
      });
    app.clock.advance(30_000);
    const next = totp(secret, app.clock.now());
    expect((await close(token, 'wrong horse', next)).body.code).toBe('invalid_credentials');
    expect((await close(token, user.password, '')).body.errors[0].path).toBe('code');
    expect(await profile(token)).toBe(200);
    expect((await close(token, user.password, `${next.slice(0, 3)} ${next.slice(3)}`)).status).toBe(204);
    await expectGone(user.id);
  });

  it('takes a recovery code, and no notice of a code where there is no factor', async () => {
    const [ada, bea] = [await app.register(), await app.register()];
    const token = await app.login(ada);
    const { recoveryCode } = await enrol(ada, token);
    expect((await close(token, ada.password, recoveryCode)).status).toBe(204);
    expect((await close(await app.login(bea), bea.password, '123456')).status).toBe(204);
    await expectGone(ada.id);
    await expectGone(bea.id);
  });

  it('uses one code also where it must begin anew', async () => {
    const user = await app.register();
    const token = await app.login(user);
    const { recoveryCode } = await enrol(user, token);
    const models = modelsOf(app);
    let runs = 0;
    const accounts = createAccountModel({
      ...models,
      sessions: {
        ...models.sessions,
        endAllAndRun: (...args) =>
          runs++ === 0 ? Promise.resolve(null) : models.sessions.endAllAndRun(...args),
      },
    });
    await accounts.close(models.tokens.verify(token), user.password, { recoveryCode }, device);
    expect(runs).toBe(2);
    await expectGone(user.id);
  });

  it('is told to the address it had, with nothing that a stranger chose', async () => {
    const headers = { 'User-Agent': 'see evil.example' };
    const body = (user: RegisteredUser) => ({ password: user.password });
    const mailTo = async ({ email }: RegisteredUser) => {
      const closed = () => app.mails.filter(({ to, subject }) => to === email && /was closed/.test(subject));
      await expect.poll(closed).toHaveLength(1);
      return closed()[0]?.text;
    };
    const stranger = await app.register({ name: 'Win at evil.example' });
    const owner = await app.register({ name: 'Ada Lovelace' });
    await app.verifyEmail(owner);
    for (const user of [stranger, owner]) {
      const token = await app.login(user);
      expect((await app.call('DELETE', '/auth/account', { token, headers, body: body(user) })).status).toBe(
        204,
      );
    }
    expect(await mailTo(owner)).toMatch(
      /Hello Ada Lovelace,[\s\S]*UTC, from 127\.0\.0\.1, with see evil\.example/,
    );
    const text = await mailTo(stranger);
    expect(text).toMatch(/Hello,[\s\S]*UTC, from 127\.0\.0\.1\n/);
    expect(text).not.toMatch(/evil/);
    expect(app.logged()).not.toContain(owner.email);
  });

  /** An account as a process leaves it that dies after the row in `users` was anonymized. */
  async function halfClosed(): Promise<RegisteredUser> {
    const user = await app.register();
    await expect.poll(() => audited(user.id)).not.toEqual([]);
    await enrol(user, await app.login(user));
    const { erasure, users } = modelsOf(app);
    await erasure.plan(user.id);
    await users.anonymize(user.id);
    return user;
  }

  it('that was begun by a process that died is finished by the others', async () => {
    const user = await halfClosed();
    expect(await rows('SELECT user_id FROM totp_secrets WHERE user_id = ?', user.id)).toHaveLength(1);
    app.clock.advance(5000);
    await gone(user.id);
    await expect.poll(async () => (await audited(user.id)).every(({ ip }) => ip === '')).toBe(true);

    // What another process was just writing goes in a second turn; then there is nothing left to do.
    await app.stores.db.run(
      "INSERT INTO verified_emails (user_id, email, verified_at) VALUES (?, 'late@example.com', CURRENT_TIMESTAMP)",
      [user.id],
    );
    app.clock.advance(MINUTE);
    await expect.poll(() => rows('SELECT user_id FROM erasures WHERE user_id = ?', user.id)).toEqual([]);
    await expectGone(user.id);
  });

  it('that came to nothing leaves the account as it is, and is forgotten after an hour', async () => {
    const user = await app.register();
    const token = await app.login(user);
    await enrol(user, token);
    await modelsOf(app).erasure.plan(user.id);
    const due = async () =>
      String((await rows('SELECT due_at FROM erasures WHERE user_id = ?', user.id))[0]?.due_at);
    const before = await due();
    app.clock.advance(5000);
    await expect.poll(due).not.toBe(before);
    app.clock.advance(30 * MINUTE);
    expect(await rows('SELECT user_id FROM totp_secrets WHERE user_id = ?', user.id)).toHaveLength(1);
    expect(await profile(token)).toBe(200);
    app.clock.advance(31 * MINUTE);
    await expect.poll(() => rows('SELECT user_id FROM erasures WHERE user_id = ?', user.id)).toEqual([]);
    expect(await rows('SELECT user_id FROM totp_secrets WHERE user_id = ?', user.id)).toHaveLength(1);
  });

  it('is finished by one of several processes, whatever many there are to finish', async () => {
    const ids: number[] = [];
    for (let i = 0; i < 45; i++) ids.push((await app.register()).id);
    const { erasure, users } = modelsOf(app);
    for (const id of ids) {
      await erasure.plan(id);
      await users.anonymize(id);
    }
    app.clock.advance(5000);
    const forgotten: number[] = [];
    const audit = {
      async forget(id: number) {
        forgotten.push(id);
      },
    };
    const others = Array.from({ length: 3 }, () =>
      createErasureModel({ db: app.stores.db, audit, log: createLogger('silent'), now: app.clock.now }),
    );
    for (const other of others) other.start(10);
    const left = `SELECT user_id FROM erasures WHERE erased_at IS NULL AND user_id IN (${ids.join(', ')})`;
    await expect.poll(() => app.stores.db.query(left)).toEqual([]);
    await Promise.all(others.map(other => other.stop()));
    expect(new Set(forgotten).size).toBe(forgotten.length);
    expect(forgotten.length).toBeGreaterThan(0);
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
    // What the login has written meanwhile is removed a minute later.
    app.clock.advance(61_000);
    await eventually(() => expectGone(user.id));
  });

  it('that can remove only a part is done, and the account dead', async () => {
    const user = await app.register();
    const token = await app.login(user);
    await app.stores.db.run('ALTER TABLE recovery_codes RENAME TO away');
    expect((await close(token, user.password)).status).toBe(204);
    expect((await audited(user.id)).every(({ ip }) => ip === '')).toBe(true);
    expect((await login(user)).body.code).toBe('invalid_credentials');
    expect(await profile(token)).toBe('token_revoked');
    await app.stores.db.run("INSERT INTO away (user_id, batch, code_hash) VALUES (?, 'a', 'b')", [user.id]);
    await app.stores.db.run('ALTER TABLE away RENAME TO recovery_codes');
    app.clock.advance(5000);
    await gone(user.id);
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
    const closedIds: number[] = [];
    async function round(i: number): Promise<void> {
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
        return;
      }
      closedIds.push(user.id);
      const given = [first, token, ...others.map(({ body }) => body.access_token ?? first)];
      for (const each of given) expect(await profile(each)).toBe('token_revoked');
      for (const password of [user.password, next]) {
        expect((await login({ ...user, password })).body.code).toBe('invalid_credentials');
      }
    }
    await sideBySide(24, 8, round);
    expect(closedIds.length).toBeGreaterThanOrEqual(12);
    // What requests have written meanwhile is removed a minute later.
    app.clock.advance(61_000);
    for (const id of closedIds) await eventually(() => expectGone(id));
  });
});

it.each(backends)('unlocks the address for who registers it next, on %s stores', async backend => {
  const app = await startTestApp(backend, { LOCKOUT_FAILURES: '3', CONCURRENT_LOGIN: 'true' });
  try {
    const user = await app.register();
    const token = await app.login(user);
    const login = (password: string) =>
      app.call('POST', '/auth/login', { body: { email: user.email, password } });
    for (let i = 0; i < 3; i++) await login('wrong horse');
    expect((await login(user.password)).body.code).toBe('account_locked');
    const body = { password: user.password };
    expect((await app.call('DELETE', '/auth/account', { token, body })).status).toBe(204);
    await app.register(user);
    expect((await login(user.password)).status).toBe(200);
  } finally {
    await app.close();
  }
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
