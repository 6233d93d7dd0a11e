import type { RegisteredUser, TestApp } from './harness.ts';
import { client } from './session.models.ts';
import { totp } from './totp.ts';

/** The operator, as in `npm run admin`. */
export const operator = { ...client, by: null };

export interface Administrator extends RegisteredUser {
  token: string;
}

/** A user with the role admin, logged in with the password alone. */
export async function registerAdmin(app: TestApp): Promise<Administrator> {
  const user = await app.register();
  await app.models.roles.set(user.id, () => ['admin'], operator);
  return { ...user, token: await app.login(user) };
}

/** Turns the user's second factor on. @returns the secret */
export async function turnOnSecondFactor(app: TestApp, user: RegisteredUser): Promise<string> {
  await app.verifyEmail(user);
  const token = await app.login(user);
  const { body } = await app.call('POST', '/auth/mfa/totp', { token, body: { password: user.password } });
  await app.call('POST', '/auth/mfa/totp/confirm', {
    token,
    body: { code: totp(body.secret, app.clock.now()) },
  });
  return body.secret;
}

/** An access token of a login with a code. */
export async function loginWithCode(app: TestApp, user: RegisteredUser, secret: string): Promise<string> {
  app.clock.advance(30_000);
  const { email, password } = user;
  const { body } = await app.call('POST', '/auth/login', { body: { email, password } });
  const code = totp(secret, app.clock.now());
  const done = await app.call('POST', '/auth/login/mfa', { body: { mfa_token: body.mfa_token, code } });
  return done.body.access_token;
}

/** The rows of the audit trail with this event about this user. */
export async function auditRows(app: TestApp, event: string, userId: number | null) {
  const rows = await app.stores.db.query(
    'SELECT event, user_id, reason, ip, detail FROM audit_log WHERE event = ? ORDER BY id',
    [event],
  );
  return rows
    .filter(row => (row.user_id === null ? null : Number(row.user_id)) === userId)
    .map(({ reason, ip, detail }) => ({ reason, ip, detail: JSON.parse(String(detail)) }));
}
