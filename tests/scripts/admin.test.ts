import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { admin as adminProgram } from '../../scripts/admin/admin.ts';
import { auditRows } from '../support/administrator.ts';
import { bareEnvironment, programFolder, run } from '../support/checkout.ts';
import { backends, type TestApp } from '../support/harness.ts';
import { callProgram, type ProgramsApp, startProgramsApp } from '../support/programs.ts';

describe.each(backends)('npm run admin on %s stores', backend => {
  let programs: ProgramsApp;
  let app: TestApp;
  beforeAll(async () => {
    programs = await startProgramsApp(backend);
    ({ app } = programs);
  });
  afterAll(() => programs.close());

  async function admin(...args: string[]) {
    const { code, output } = await callProgram(adminProgram, args, programs.settings());
    return { code, output: output.trim() };
  }
  const rolesOf = async (id: number) => (await app.models.users.findById(id))?.roles;

  it('grants and revokes, tells the user, and lists', async () => {
    const [ada, bea] = [await app.register(), await app.register()];
    expect((await admin('list')).output).toBe('Nobody has a role.');
    const granted = await admin('grant', ada.email, 'admin');
    expect(granted).toEqual({
      code: 0,
      output: expect.stringContaining(`${ada.email} has the roles admin.`),
    });
    await admin('grant', bea.email, 'admin');
    await admin('grant', bea.email, 'auditor');
    expect(await rolesOf(bea.id)).toEqual(['admin', 'auditor']);
    const { output } = await admin('list');
    expect(output.split('\n').map(line => line.replace(/ granted \S+ /, ' '))).toEqual([
      `admin  ${ada.email} (user ${ada.id}), by the operator`,
      `admin  ${bea.email} (user ${bea.id}), by the operator`,
      `auditor  ${bea.email} (user ${bea.id}), by the operator`,
    ]);
    expect((await admin('revoke', ada.email, 'admin')).output).toContain(`${ada.email} has no role.`);
    const last = await admin('revoke', bea.email, 'admin');
    expect(last).toEqual({ code: 1, output: expect.stringMatching(/^admin: roles would leave nobody .*$/) });
    expect(await rolesOf(bea.id)).toEqual(['admin', 'auditor']);
    const subjects = programs.smtp.mails.map(({ to, headers }) => [to, headers.subject]);
    expect(subjects).toContainEqual([[ada.email], 'Your roles were changed']);
    expect(
      await app.stores.db.query("SELECT event FROM audit_log WHERE event = 'roles.changed'"),
    ).toHaveLength(4);
  });

  it('ends by itself with an exit code and its output, started as a program', async () => {
    const { directory, remove } = await programFolder();
    onTestFinished(remove);
    const { email, id } = await app.register();
    await expect.poll(() => auditRows(app, 'account.registered', id)).toHaveLength(1);
    const start = async (...args: string[]) => {
      const program = run(process.execPath, ['dist/scripts/admin.js', ...args], {
        cwd: directory,
        env: bareEnvironment(programs.settings()),
      });
      let stdout = '';
      program.child.stdout?.on('data', chunk => {
        stdout += chunk;
      });
      return { code: await program.exited, output: program.output(), stdout };
    };
    const [granted, csv, refused] = await Promise.all([
      start('grant', email, 'editor'),
      start('audit', '--csv', '--event', 'account.registered', '--user', String(id)),
      start('grant', email, 'Editor'),
    ]);
    expect(granted).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`${email} has the roles editor.`),
    });
    expect(csv).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^time,event,.*\r\n\S+,account\.registered,/),
    });
    expect(refused).toMatchObject({
      code: 1,
      stdout: '',
      output: expect.stringMatching(/^admin: a role has 1 to 32/),
    });
    expect(programs.smtp.mails.map(({ to }) => to)).toContainEqual([email]);
  });

  it('ends the tokens in a running server, or says that a restart does', async () => {
    const user = await app.register();
    const token = await app.login(user);
    const { output } = await admin('grant', user.email, 'editor');
    const { status, body } = await app.call('GET', '/auth/profile', { token });
    if (backend === 'real') {
      expect([status, body.reason]).toEqual([401, 'roles_changed']);
      expect(output).not.toContain('restart');
    } else {
      expect(status).toBe(200);
      expect(output).toContain('restart it');
    }
  });

  it('says in one line what is wrong', async () => {
    const user = await app.register();
    for (const [args, message] of [
      [[], 'give a command:'],
      [['toString'], 'give a command:'],
      [['grant', user.email], 'give an address and a role:'],
      [['grant', user.email, 'Admin'], 'a role has 1 to 32 characters'],
      [['grant', 'nobody@example.com', 'admin'], 'no user has the address nobody@example.com'],
    ] as const) {
      const { code, output } = await admin(...args);
      expect(code).toBe(1);
      expect(output).toMatch(new RegExp(`^admin: ${message}`));
      expect(output).not.toContain('    at ');
    }
    expect(await rolesOf(user.id)).toEqual([]);
  });
});
