import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAuthClient } from '../../client/index.ts';
import { eventually } from '../support/eventually.ts';
import { backends, type RegisteredUser, startTestApp, type TestApp } from '../support/harness.ts';
import { client } from '../support/session.models.ts';
import { totp } from '../support/totp.ts';

function claimsOf(token: string) {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
}

describe.each(backends)('roles on %s stores', backend => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(backend, { CONCURRENT_LOGIN: 'true' });
  });
  afterAll(() => app.close());

  const profile = (token: string) => app.call('GET', '/auth/profile', { token });
  const logIn = async ({ email, password }: RegisteredUser) =>
    (await app.call('POST', '/auth/login', { body: { email, password } })).body;
  const refresh = async (refresh_token: string) =>
    (await app.call('POST', '/auth/refresh', { body: { refresh_token } })).body;
  const setRoles = (userId: number, ...roles: string[]) => app.models.roles.set(userId, () => roles, client);

  it('are in the access token and in the introspection, and nowhere in the user', async () => {
    const user = await app.register();
    await setRoles(user.id, 'editor', 'auditor');
    const { access_token: token, user: shown } = await logIn(user);
    expect(claimsOf(token)).toMatchObject({ roles: ['auditor', 'editor'] });
    expect(Object.keys(shown)).not.toContain('roles');
    const { body } = await app.call('POST', '/auth/introspect', { body: { token } });
    expect(body).toMatchObject({ active: true, roles: ['auditor', 'editor'] });
    expect(claimsOf(await app.login(await app.register()))).not.toHaveProperty('roles');
  });

  it('changed: every token of the user is refused, and a refresh gives the new roles', async () => {
    const user = await app.register();
    const other = await app.login(await app.register());
    const logins = [await logIn(user), await logIn(user)];
    await setRoles(user.id, 'editor');
    for (const { access_token, refresh_token } of logins) {
      const { status, body, headers } = await profile(access_token);
      expect([status, body.code, body.reason]).toEqual([401, 'token_revoked', 'roles_changed']);
      expect(headers['www-authenticate']).toContain('invalid_token');
      const renewed = await refresh(refresh_token);
      expect(claimsOf(renewed.access_token)).toMatchObject({ roles: ['editor'] });
      expect((await profile(renewed.access_token)).status).toBe(200);
      expect((await profile(access_token)).body).not.toHaveProperty('reason');
    }
    expect((await profile(other)).status).toBe(200);
    const { sessions } = (await app.call('GET', '/auth/sessions', { token: await app.login(user) })).body;
    expect(sessions).toHaveLength(3);
  });

  it('set to what they are revoke nothing', async () => {
    const user = await app.register();
    await setRoles(user.id, 'editor');
    const token = await app.login(user);
    await setRoles(user.id, 'editor', 'editor');
    expect((await profile(token)).status).toBe(200);
  });

  it('keep the second factor of a session: a refresh and a change of the password have the same amr', async () => {
    const user = await app.register();
    await app.verifyEmail(user);
    const token = await app.login(user);
    const { secret } = (
      await app.call('POST', '/auth/mfa/totp', { token, body: { password: user.password } })
    ).body;
    const code = () => ({ code: totp(secret, app.clock.now()) });
    await app.call('POST', '/auth/mfa/totp/confirm', { token, body: code() });
    app.clock.advance(30_000);
    const { mfa_token } = await logIn(user);
    const { body: strong } = await app.call('POST', '/auth/login/mfa', { body: { mfa_token, ...code() } });
    const amr = ['pwd', 'otp', 'mfa'];
    expect(claimsOf(strong.access_token).amr).toEqual(amr);
    const renewed = await refresh(strong.refresh_token);
    expect(claimsOf(renewed.access_token).amr).toEqual(amr);
    const { body: changed } = await app.call('POST', '/auth/change-password', {
      token: renewed.access_token,
      body: { current_password: user.password, new_password: 'another long password' },
    });
    expect(claimsOf(changed.access_token).amr).toEqual(amr);
  });

  it('changed: the client library refreshes by itself', async () => {
    const user = await app.register();
    const auth = createAuthClient({
      baseUrl: app.origin,
      signatureKey: app.env.SIGNATURE_KEY,
      now: app.clock.now,
    });
    await auth.login({ email: user.email, password: user.password });
    await setRoles(user.id, 'editor');
    expect((await auth.profile()).user.id).toBe(user.id);
  });

  it('are told in the audit trail with both ids, and to the user without the address of the administrator', async () => {
    const [admin, user] = [await app.register(), await app.register()];
    await app.verifyEmail(user);
    await app.models.roles.set(user.id, () => ['editor'], { ...client, ip: '203.0.113.9', by: admin.id });
    const token = await app.login(user);
    const told = await eventually(async () => {
      const { events } = (await app.call('GET', '/auth/activity', { token })).body;
      const found = events.find(({ event }: { event: string }) => event === 'roles.changed');
      expect(found).toBeDefined();
      return found;
    });
    expect(told).toMatchObject({ ip: '', user_agent: '' });
    const [row] = await app.stores.db.query(
      "SELECT ip, detail FROM audit_log WHERE event = 'roles.changed' AND user_id = ?",
      [user.id],
    );
    expect(row?.ip).toBe('203.0.113.9');
    expect(JSON.parse(String(row?.detail))).toEqual({ roles: 'editor', by: String(admin.id) });
    const mail = await eventually(() => {
      const found = app.mails.find(({ to, subject }) => to === user.email && subject.includes('roles'));
      return found ?? Promise.reject(new Error('no mail yet'));
    });
    expect(mail.text).toContain('An administrator changed');
    expect(mail.text).not.toContain('203.0.113.9');
  });

  it('go with the account', async () => {
    const user = await app.register();
    await setRoles(user.id, 'editor');
    const token = await app.login(user);
    await app.call('DELETE', '/auth/account', { token, body: { password: user.password } });
    const rows = await app.stores.db.query('SELECT role FROM user_roles WHERE user_id = ?', [user.id]);
    expect(rows).toEqual([]);
  });
});
