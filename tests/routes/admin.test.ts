import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Administrator,
  auditRows,
  operator,
  registerAdmin,
  turnOnSecondFactor,
} from '../support/administrator.ts';
import { eventually } from '../support/eventually.ts';
import { backends, type RegisteredUser, startTestApp, type TestApp } from '../support/harness.ts';
import { totp } from '../support/totp.ts';

describe.each(backends)('the admin API on %s stores', backend => {
  let app: TestApp;
  let admin: Administrator;
  beforeAll(async () => {
    app = await startTestApp(backend, { CONCURRENT_LOGIN: 'true' });
    admin = await registerAdmin(app);
  });
  afterAll(() => app.close());

  const act = (method: string, path: string, body?: object) =>
    app.call(method, `/auth/admin/${path}`, { token: admin.token, ...(body && { body }) });
  const show = async (id: number) => (await act('GET', `users/${id}`)).body;
  const profile = (token: string) => app.call('GET', '/auth/profile', { token });
  const logIn = ({ email, password }: RegisteredUser) =>
    app.call('POST', '/auth/login', { body: { email, password } });
  const mailTo = ({ email }: { email: string }, subject: string) =>
    eventually(() => {
      const found = app.mails.find(mail => mail.to === email && mail.subject === subject);
      return found ?? Promise.reject(new Error(`no mail ${subject}`));
    });
  const by = () => String(admin.id);

  describe('GET /auth/admin/users/:id', () => {
    it('shows roles, verification, second factor, lock and sessions', async () => {
      const user = await app.register();
      expect(await show(user.id)).toEqual({
        user: {
          ...{ id: user.id, name: user.name, email: user.email },
          ...{ created_at: expect.any(String), updated_at: expect.any(String) },
          ...{ roles: [], verified: false, mfa: false, locked: false },
        },
        sessions: [],
      });
      await turnOnSecondFactor(app, user);
      await app.models.roles.set(user.id, () => ['editor'], operator);
      const shown = await show(user.id);
      expect(shown.user).toMatchObject({ roles: ['editor'], verified: true, mfa: true, locked: false });
      expect(shown.sessions).toHaveLength(1);
      expect(Object.keys(shown.sessions[0]).sort()).toEqual(
        ['created_at', 'device_name', 'expires_at', 'id', 'ip', 'last_used_at', 'user_agent'].sort(),
      );
      expect(JSON.stringify(shown)).not.toContain('$2');
    });

    it('is 404 for an unknown and for a closed account', async () => {
      const user = await app.register();
      const token = await app.login(user);
      await app.call('DELETE', '/auth/account', { token, body: { password: user.password } });
      for (const id of [user.id, 2_100_000_000]) {
        const { status, body } = await act('GET', `users/${id}`);
        expect([status, body.code]).toEqual([404, 'not_found']);
      }
    });
  });

  describe('lock and unlock', () => {
    it('end every session and every way in, until the account is unlocked', async () => {
      const user = await app.register();
      await app.verifyEmail(user);
      const session = (await logIn(user)).body;
      const { status } = await act('POST', `users/${user.id}/lock`);
      expect(status).toBe(204);
      expect((await profile(session.access_token)).body.code).toBe('token_revoked');
      const { refresh_token } = session;
      const refreshed = await app.call('POST', '/auth/refresh', { body: { refresh_token } });
      expect(refreshed.body.code).toBe('refresh_invalid');
      const refused = await logIn(user);
      expect([refused.status, refused.body.code]).toEqual([403, 'account_disabled']);
      expect(await show(user.id)).toMatchObject({ user: { locked: true }, sessions: [] });
      await mailTo(user, 'Your account was locked');

      expect((await act('POST', `users/${user.id}/unlock`)).status).toBe(204);
      expect((await logIn(user)).status).toBe(200);
      await mailTo(user, 'Your account was unlocked');
      for (const event of ['account.disabled', 'account.enabled']) {
        const rows = await eventually(async () => {
          const found = await auditRows(app, event, user.id);
          expect(found).toHaveLength(1);
          return found;
        });
        expect(rows[0]?.detail).toEqual({ by: by() });
      }
    });

    it('tell nothing without the right password', async () => {
      const user = await app.register();
      await act('POST', `users/${user.id}/lock`);
      const wrong = await logIn({ ...user, password: 'wrong horse battery' });
      expect([wrong.status, wrong.body.code]).toEqual([401, 'invalid_credentials']);
    });

    it('stand before the second factor, and after it', async () => {
      const user = await app.register();
      const secret = await turnOnSecondFactor(app, user);
      const { mfa_token } = (await logIn(user)).body;
      await act('POST', `users/${user.id}/lock`);
      expect((await logIn(user)).body.code).toBe('account_disabled');
      app.clock.advance(30_000);
      const code = totp(secret, app.clock.now());
      const second = await app.call('POST', '/auth/login/mfa', { body: { mfa_token, code } });
      expect([second.status, second.body.code]).toEqual([403, 'account_disabled']);
      expect((await show(user.id)).sessions).toEqual([]);
    });

    it('twice change nothing more', async () => {
      const user = await app.register();
      for (const path of ['lock', 'lock', 'unlock', 'unlock']) {
        expect((await act('POST', `users/${user.id}/${path}`)).status).toBe(204);
      }
      await eventually(async () => expect(await auditRows(app, 'account.enabled', user.id)).toHaveLength(1));
      expect(await auditRows(app, 'account.disabled', user.id)).toHaveLength(1);
    });

    it('are not undone by a reset of the password by mail', async () => {
      const user = await app.register();
      await act('POST', `users/${user.id}/lock`);
      await app.call('POST', '/auth/forgot-password', { body: { email: user.email } });
      const { link = '' } = await mailTo(user, 'Reset your password');
      const token = new URL(link).searchParams.get('token');
      const body = { token, new_password: 'another long password' };
      expect((await app.call('POST', '/auth/reset-password', { body })).status).toBe(204);
      const next = await logIn({ ...user, password: 'another long password' });
      expect(next.body.code).toBe('account_disabled');
    });

    it('take the role admin first, and do not give it back', async () => {
      const other = await registerAdmin(app);
      await app.models.roles.set(other.id, () => ['admin', 'editor'], operator);
      await act('POST', `users/${other.id}/lock`);
      expect((await show(other.id)).user).toMatchObject({ roles: ['editor'], locked: true });
      const again = await act('PUT', `users/${other.id}/roles`, { roles: ['admin'] });
      expect([again.status, again.body.errors]).toEqual([
        422,
        [{ path: 'roles', message: 'must not have admin while the account is locked' }],
      ]);
      await act('POST', `users/${other.id}/unlock`);
      expect((await show(other.id)).user).toMatchObject({ roles: ['editor'], locked: false });
    });
  });

  it('cannot lock, demote or close the last administrator, and a refusal revokes nothing', async () => {
    for (const [method, path, body] of [
      ['POST', `users/${admin.id}/lock`, undefined],
      ['PUT', `users/${admin.id}/roles`, { roles: ['editor'] }],
    ] as const) {
      const { status, body: problem } = await act(method, path, body);
      expect([status, problem.code, problem.errors[0].path]).toEqual([422, 'validation_failed', 'roles']);
    }
    const closing = await app.call('DELETE', '/auth/account', {
      token: admin.token,
      body: { password: admin.password },
    });
    expect([closing.status, closing.body.errors[0].path]).toEqual([422, 'roles']);
    expect((await profile(admin.token)).status).toBe(200);
    expect((await show(admin.id)).user).toMatchObject({ roles: ['admin'], locked: false });
  });

  it('lets an administrator close the own account where there is another one', async () => {
    const other = await registerAdmin(app);
    const body = { password: other.password };
    expect((await app.call('DELETE', '/auth/account', { token: other.token, body })).status).toBe(204);
    expect((await act('GET', `users/${other.id}`)).status).toBe(404);
    const holders = (await app.models.roles.list()).filter(({ role }) => role === 'admin');
    expect(holders.map(({ userId }) => userId)).toEqual([admin.id]);
  });

  describe('sessions', () => {
    it('end one at a time, and only those of the user in the path', async () => {
      const [user, other] = [await app.register(), await app.register()];
      const [first, second] = [(await logIn(user)).body, (await logIn(user)).body];
      const elsewhere = (await logIn(other)).body;
      const end = (sid: string) => act('DELETE', `users/${user.id}/sessions/${sid}`);
      expect((await end(first.session.id)).status).toBe(204);
      expect((await profile(first.access_token)).body.code).toBe('token_revoked');
      expect((await profile(second.access_token)).status).toBe(200);
      for (const sid of [first.session.id, elsewhere.session.id, 'no-session', '%2a']) {
        const { status, body } = await end(sid);
        expect([status, body.code]).toEqual([404, 'not_found']);
      }
      expect((await profile(elsewhere.access_token)).status).toBe(200);
      await eventually(async () => expect(await auditRows(app, 'session.ended', user.id)).toHaveLength(1));
      expect(await auditRows(app, 'session.ended', user.id)).toMatchObject([
        { reason: 'ended_by_admin', detail: { by: by() } },
      ]);
    });

    it('end all at once, which the user is told once and without the address of the administrator', async () => {
      const user = await app.register();
      await app.verifyEmail(user);
      const sessions = [(await logIn(user)).body, (await logIn(user)).body];
      expect((await act('DELETE', `users/${user.id}/sessions`)).status).toBe(204);
      for (const { access_token } of sessions) expect((await profile(access_token)).status).toBe(401);
      const mail = await mailTo(user, 'You were logged out');
      expect(mail.text).not.toContain('127.0.0.1');
      expect((await act('DELETE', `users/${user.id}/sessions`)).status).toBe(204);
      expect((await act('DELETE', 'users/2100000000/sessions')).status).toBe(404);

      const token = await app.login(user);
      const told = await eventually(async () => {
        const { events } = (await app.call('GET', '/auth/activity', { token })).body;
        const ended = events.filter(({ reason }: { reason?: string }) => reason === 'ended_by_admin');
        expect(ended).toHaveLength(2);
        return events;
      });
      for (const { event, ip, user_agent } of told) {
        if (/^(session\.ended|account\.sessions_ended)$/.test(event))
          expect([ip, user_agent]).toEqual(['', '']);
        if (event === 'session.started') expect(ip).not.toBe('');
      }
      expect(await auditRows(app, 'account.sessions_ended', user.id)).toMatchObject([
        { detail: { sessions: '2', by: by() } },
      ]);
      expect(
        app.mails.filter(({ to, subject }) => to === user.email && /logged out/.test(subject)),
      ).toHaveLength(1);
    });
  });

  it('sends a link to set a password, at most one a minute', async () => {
    const user = await app.register();
    const send = () => act('POST', `users/${user.id}/reset-password`);
    expect((await send()).status).toBe(204);
    const mail = await mailTo(user, 'Reset your password');
    expect(mail.text).toContain('An administrator asked');
    const refused = await send();
    expect([refused.status, refused.body.code, refused.headers['retry-after']]).toEqual([
      ...[429, 'rate_limited', '60'],
    ]);
    expect(await auditRows(app, 'password.reset_requested', user.id)).toMatchObject([
      { detail: { by: by() } },
    ]);
    app.clock.advance(61_000);
    expect((await send()).status).toBe(204);
    const token = new URL(mail.link ?? '').searchParams.get('token');
    const body = { token, new_password: 'another long password' };
    expect((await app.call('POST', '/auth/reset-password', { body })).status).toBe(204);
    expect((await act('POST', 'users/2100000000/reset-password')).status).toBe(404);
  });

  it('removes a second factor, and leaves the sessions', async () => {
    const user = await app.register();
    await turnOnSecondFactor(app, user);
    const before = (await show(user.id)).sessions.length;
    expect((await act('DELETE', `users/${user.id}/mfa`)).status).toBe(204);
    expect(await show(user.id)).toMatchObject({ user: { mfa: false } });
    expect((await show(user.id)).sessions).toHaveLength(before);
    expect((await logIn(user)).status).toBe(200);
    const again = await act('DELETE', `users/${user.id}/mfa`);
    expect([again.status, again.body.code]).toEqual([404, 'not_found']);
    await mailTo(user, 'Your second factor was removed');
    expect(await auditRows(app, 'mfa.removed', user.id)).toMatchObject([
      { reason: 'admin', detail: { by: by() } },
    ]);
  });

  it('sets roles: the next request with the earlier token is refused', async () => {
    const user = await app.register();
    const token = await app.login(user);
    const set = (...roles: unknown[]) => act('PUT', `users/${user.id}/roles`, { roles });
    expect((await set('editor', 'auditor')).status).toBe(204);
    const { body } = await profile(token);
    expect([body.code, body.reason]).toEqual(['token_revoked', 'roles_changed']);
    expect((await show(user.id)).user.roles).toEqual(['auditor', 'editor']);
    for (const bad of [
      ['Editor'],
      ['editor', 'editor'],
      ['a'.repeat(33)],
      [''],
      [1],
      [null],
      Array.from({ length: 17 }, (_, i) => `role-${i}`),
    ]) {
      const { status, body: problem } = await set(...bad);
      expect([status, problem.code]).toEqual([422, 'validation_failed']);
    }
    for (const body of [{}, { roles: 'admin' }, { roles: null }, { roles: { 0: 'admin', length: 1 } }]) {
      expect((await act('PUT', `users/${user.id}/roles`, body)).status).toBe(422);
    }
    expect((await show(user.id)).user.roles).toEqual(['auditor', 'editor']);
    expect((await set()).status).toBe(204);
    expect((await act('PUT', 'users/2100000000/roles', { roles: [] })).status).toBe(404);
  });

  it('tells in the audit trail what an administrator read', async () => {
    const user = await app.register();
    await show(user.id);
    await eventually(async () => {
      expect(await auditRows(app, 'admin.read', user.id)).toMatchObject([
        { detail: { what: 'user', by: by() } },
      ]);
    });
  });

  it('counts locked accounts', async () => {
    const user = await app.register();
    const count = async () =>
      Number(/^auth_accounts_disabled_total (\d+)$/m.exec(await app.metrics.text())?.[1]);
    const before = await count();
    await act('POST', `users/${user.id}/lock`);
    await expect.poll(count).toBe(before + 1);
  });
});

it('sends no link where mails cannot be sent, and says so', async () => {
  const app = await startTestApp('embedded', {
    NODE_ENV: 'production',
    ALLOW_EMBEDDED: 'true',
    ADMIN_REQUIRE_MFA: 'false',
  });
  try {
    const admin = await registerAdmin(app);
    const { status, body } = await app.call('POST', `/auth/admin/users/${admin.id}/reset-password`, {
      token: admin.token,
    });
    expect([status, body.code]).toEqual([404, 'not_found']);
    expect(body.detail).toContain('SMTP_URL');
  } finally {
    await app.close();
  }
});
