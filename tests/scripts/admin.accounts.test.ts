import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { admin as adminProgram } from '../../scripts/admin/admin.ts';
import { auditRows, registerAdmin, turnOnSecondFactor } from '../support/administrator.ts';
import { freePort } from '../support/checkout.ts';
import { backends, type TestApp } from '../support/harness.ts';
import { callProgram, type ProgramsApp, startProgramsApp } from '../support/programs.ts';

describe.each(backends)('npm run admin for accounts on %s stores', backend => {
  let programs: ProgramsApp;
  let app: TestApp;
  beforeAll(async () => {
    programs = await startProgramsApp(backend);
    ({ app } = programs);
  });
  afterAll(() => programs.close());

  async function adminWith(overrides: Record<string, string>, ...args: string[]) {
    const { code, output } = await callProgram(adminProgram, args, programs.settings(overrides));
    return { code, output: output.trim() };
  }
  const admin = (...args: string[]) => adminWith({}, ...args);
  const logIn = ({ email, password }: { email: string; password: string }) =>
    app.call('POST', '/auth/login', { body: { email, password } });

  it('lists users, and finds them by the beginning of address or name', async () => {
    const user = await app.register({ name: 'Grace Hopper' });
    for (const search of [user.email, user.email.slice(0, 8).toUpperCase(), 'grace h']) {
      const { code, output } = await admin('users', search);
      expect([code, output]).toEqual([0, `${user.id}  ${user.email}  Grace Hopper  not verified`]);
    }
    expect((await admin('users')).output).toContain(user.email);
    expect((await admin('users', 'nobody')).output).toBe('No user begins like this.');
  });

  it('shows a user by address and by id', async () => {
    const user = await app.register();
    await turnOnSecondFactor(app, user);
    for (const who of [user.email, String(user.id)]) {
      const { code, output } = await admin('show', who);
      expect(code).toBe(0);
      expect(output).toContain(`user ${user.id}: ${user.email}, Ada Lovelace`);
      expect(output).toContain('verified, second factor');
      expect(output).toMatch(backend === 'real' ? /^session [\da-f-]{36} {2}/m : /not known here/);
    }
  });

  it('locks and unlocks, in the audit trail and by mail as the operator', async () => {
    const user = await app.register();
    const token = await app.login(user);
    const locked = await admin('lock', user.email);
    expect([locked.code, locked.output.split('\n')[0]]).toEqual([0, `${user.email} is locked.`]);
    expect((await logIn(user)).body.code).toBe('account_disabled');
    const { status } = await app.call('GET', '/auth/profile', { token });
    if (backend === 'real') expect(status).toBe(401);
    else expect(locked.output).toContain('restart it');
    expect((await admin('users', user.email)).output).toContain('  locked  ');
    expect((await admin('unlock', String(user.id))).code).toBe(0);
    expect((await logIn(user)).status).toBe(200);
    expect(await auditRows(app, 'account.disabled', user.id)).toEqual([
      { reason: null, ip: '', detail: { by: null } },
    ]);
    expect(programs.smtp.mails.map(({ to, headers }) => [to[0], headers.subject])).toEqual(
      expect.arrayContaining([
        [user.email, 'Your account was locked'],
        [user.email, 'Your account was unlocked'],
      ]),
    );
  });

  it('refuses a refresh after a lock, also where sessions are in the server', async () => {
    const user = await app.register();
    const { refresh_token } = (await logIn(user)).body;
    await admin('lock', user.email);
    const { body } = await app.call('POST', '/auth/refresh', { body: { refresh_token } });
    expect(body.code).toBe('refresh_invalid');
  });

  it('does not lock the last administrator', async () => {
    const { email } = await registerAdmin(app);
    const { code, output } = await admin('lock', email);
    expect([code, output]).toEqual([
      ...[1, 'admin: roles would leave nobody with the role admin: give it to another user first'],
    ]);
  });

  it('lists and ends sessions, or says where they are', async () => {
    const user = await app.register();
    const session = (await logIn(user)).body.session.id;
    await logIn(user);
    const list = await admin('sessions', user.email);
    const one = await admin('sessions', user.email, '--end', session);
    const again = await admin('sessions', user.email, '--end', session);
    const all = await admin('sessions', user.email, '--end-all');
    if (backend === 'real') {
      expect(list.output.split('\n')).toHaveLength(2);
      expect(one.output).toBe(`Session ${session} of ${user.email} ended.`);
      expect(again).toEqual({ code: 1, output: 'admin: The user has no live session with this id.' });
      expect(all.output).toBe(`1 sessions of ${user.email} ended.`);
      expect((await admin('sessions', user.email)).output).toBe('No sessions.');
    } else {
      for (const { code, output } of [list, one, again, all]) {
        expect([code, output]).toEqual([
          ...[1, 'admin: sessions are in the server process: restart it to end them'],
        ]);
      }
    }
  });

  it('shows and exports the audit trail', async () => {
    const user = await app.register();
    await logIn({ ...user, password: 'wrong horse battery' });
    await app.models.admin.endSessions(user.id, { ip: '', userAgent: '', requestId: 'test', by: 5 });
    await expect.poll(() => auditRows(app, 'login.failed', user.id)).toHaveLength(1);
    const { output } = await admin('audit', '--user', user.email, '--event', 'login.failed');
    expect(output).toMatch(
      new RegExp(`^\\d{4}-\\d\\d-\\d\\dT\\S+Z {2}login\\.failed {2}user ${user.id} {2}wrong_password`),
    );
    const csv = await admin('audit', '--csv', '--user', String(user.id), '--from', '2020-01-01');
    expect(csv.code).toBe(0);
    const lines = csv.output.split('\r\n');
    expect(lines[0]).toBe('time,event,user_id,session_id,reason,ip,user_agent,request_id,id,detail');
    expect(lines.slice(1).map(line => line.split(',')[1])).toEqual(
      expect.arrayContaining(['login.failed', 'account.registered']),
    );
    expect((await admin('audit', '--event', 'no.event')).output).toBe('There is no such event.');
  });

  if (backend === 'embedded') {
    it('prints no character that controls the terminal', async () => {
      const { insertId } = await app.stores.db.run('INSERT INTO users (name, email) VALUES (?, ?)', [
        ...['Eve \u001b[2J\u202e\nnext', 'eve@example.com'],
      ]);
      for (const args of [
        ['users', 'eve@'],
        ['show', String(insertId)],
      ]) {
        expect((await admin(...args)).output).not.toMatch(/\p{Cc}(?<!\n)|\p{Cf}/u);
      }
    });

    it('says in one line what is wrong', async () => {
      const user = await app.register();
      for (const [args, message] of [
        [['show'], 'give an address or an id:'],
        [['show', 'nobody@example.com'], 'no user has the address nobody@example.com'],
        [['lock', '2100000000'], 'no user has the id 2100000000'],
        [['unlock', '0'], 'no user has the address 0'],
        [['lock', user.email, '--csv'], "Unknown option '--csv'"],
        [['sessions', user.email, '--end'], "Option '--end <value>' argument missing"],
        [['sessions', user.email, '--end', 'x', '--end-all'], 'give --end or --end-all, not both'],
        [['audit', '--from', 'yesterday'], '--from must be a time in ISO 8601'],
        [['audit', '--event', 'x', '--ip', 'y'], '--event must be the name of an event; --ip must be'],
        [['audit', '--user', 'nobody@example.com'], 'no user has the address'],
      ] as const) {
        const { code, output } = await admin(...args);
        expect([args, code, output.startsWith(`admin: ${message}`)]).toEqual([args, 1, true]);
        expect(output).not.toContain('    at ');
      }
    });
  }

  if (backend === 'real') {
    it('shows what it can while Redis is down, and locks nobody', async () => {
      const user = await app.register();
      const down = { REDIS_URL: `redis://127.0.0.1:${await freePort()}`, REDIS_TIMEOUT_MS: '300' };
      const shown = await adminWith(down, 'show', user.email);
      expect(shown.code).toBe(0);
      expect(shown.output).toContain('Sessions: not known, because Redis does not answer.');
      const locked = await adminWith(down, 'lock', user.email);
      expect(locked.code).toBe(1);
      expect(locked.output.split('\n').at(-1)).toMatch(/^admin: /);
      expect((await app.models.users.findById(user.id))?.isDisabled).toBe(false);
    });
  }
});
