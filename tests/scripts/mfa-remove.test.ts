import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bareEnvironment, programFolder, run } from '../support/checkout.ts';
import { backends, type RegisteredUser, type TestApp } from '../support/harness.ts';
import { type ProgramsApp, startProgramsApp } from '../support/programs.ts';
import { totp } from '../support/totp.ts';

let folder: Awaited<ReturnType<typeof programFolder>>;
beforeAll(async () => {
  folder = await programFolder();
});
afterAll(() => folder.remove());

describe.each(backends)('npm run mfa:remove on %s stores', backend => {
  let programs: ProgramsApp;
  let app: TestApp;
  beforeAll(async () => {
    programs = await startProgramsApp(backend);
    ({ app } = programs);
  });
  afterAll(() => programs.close());

  async function removeFor(...args: string[]) {
    const env = bareEnvironment(programs.settings());
    const program = run(process.execPath, ['dist/scripts/mfa-remove.js', ...args], {
      cwd: folder.directory,
      env,
    });
    return { code: await program.exited, output: program.output() };
  }
  const logIn = ({ email, password }: RegisteredUser) =>
    app.call('POST', '/auth/login', { body: { email, password } });

  it('removes the factor of this one user, audits it and tells the user', async () => {
    const users = [await app.register(), await app.register()];
    const tokens: string[] = [];
    for (const user of users) {
      await app.verifyEmail(user);
      const token = await app.login(user);
      const body = { password: user.password };
      const { secret } = (await app.call('POST', '/auth/mfa/totp', { token, body })).body;
      const code = { code: totp(secret, app.clock.now()) };
      await app.call('POST', '/auth/mfa/totp/confirm', { token, body: code });
      tokens.push(token);
    }
    const [ada, bea] = users as [RegisteredUser, RegisteredUser];
    const { mfa_token } = (await logIn(ada)).body;

    const { code, output } = await removeFor(ada.email);
    expect([code, output]).toEqual([
      0,
      expect.stringContaining(`The second factor of ${ada.email} is removed.`),
    ]);
    expect((await logIn(ada)).status).toBe(200);
    expect((await logIn(bea)).body.code).toBe('mfa_required');
    expect((await app.call('GET', '/auth/profile', { token: tokens[0] ?? '' })).status).toBe(200);
    // A login that was begun before must begin again.
    const stale = await app.call('POST', '/auth/login/mfa', { body: { mfa_token, code: '123456' } });
    expect(stale.body.code).toBe('token_invalid');

    const count = async (table: string, id: number) =>
      (await app.stores.db.query(`SELECT user_id FROM ${table} WHERE user_id = ?`, [id])).length;
    expect([await count('totp_secrets', ada.id), await count('recovery_codes', ada.id)]).toEqual([0, 0]);
    expect([await count('totp_secrets', bea.id), await count('recovery_codes', bea.id)]).toEqual([1, 10]);
    const events = await app.stores.db.query(
      "SELECT user_id, reason FROM audit_log WHERE event = 'mfa.removed' AND user_id IN (?, ?)",
      [ada.id, bea.id],
    );
    expect(events).toEqual([{ user_id: ada.id, reason: 'operator' }]);
    expect(programs.smtp.mails.map(({ to, headers }) => [to, headers.subject])).toEqual([
      [[ada.email], 'Your second factor was removed'],
    ]);

    const again = await removeFor(ada.email);
    expect([again.code, again.output]).toEqual([0, expect.stringContaining('has no second factor')]);
  });

  it('says in one line what is wrong', async () => {
    for (const [args, message] of [
      [[], 'give the e-mail address'],
      [['nobody@example.com'], 'no user has the address nobody@example.com'],
    ] as const) {
      const { code, output } = await removeFor(...args);
      expect(code).toBe(1);
      expect(output.trim()).toMatch(new RegExp(`^mfa:remove: ${message}[^\\n]*$`));
    }
  });
});
