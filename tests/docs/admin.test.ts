import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditRows, registerAdmin } from '../support/administrator.ts';
import { bareEnvironment, run, sharedBuild } from '../support/checkout.ts';
import { startTestApp, type TestApp } from '../support/harness.ts';
import { codeBlocks, section } from './markdown.ts';

const PAGE = 'docs/admin.md';

describe('the commands of docs/admin.md', () => {
  let app: TestApp;
  let folder: string;
  beforeAll(async () => {
    app = await startTestApp('embedded');
    folder = await mkdtemp(join(tmpdir(), 'admin-'));
  });
  afterAll(async () => {
    await app.close();
    await rm(folder, { recursive: true });
  });

  /**
   * Runs the commands of a section as they are printed, with the files in the test's folder.
   * @param functions of the shell, for programs to run instead
   */
  async function runCommands(
    heading: string,
    environment: Record<string, string> = {},
    functions = '',
  ): Promise<string> {
    const blocks = codeBlocks(section(PAGE, heading)).filter(({ language }) => language === 'sh');
    expect(blocks).toHaveLength(1);
    const script = (blocks[0]?.code ?? '')
      .replaceAll('audit.csv', join(folder, 'audit.csv'))
      .replaceAll('http://127.0.0.1:3000', app.origin);
    const env = bareEnvironment({ ...app.settings, ...environment });
    const program = run('sh', ['-ec', `${functions}\n${script}`], { env });
    expect(await program.exited, program.output()).toBe(0);
    return program.output();
  }

  it('make the first administrator, and do from a terminal what they say', async () => {
    const ada = await app.register({ email: 'ada@example.com' });
    expect(await runCommands('The first administrator')).toContain('admin  ada@example.com');
    expect((await app.models.users.findById(ada.id))?.roles).toEqual(['admin']);
    await registerAdmin(app); // so that Ada is not the last one
    // The commands above have shown what npm starts. The compiled program is the same and starts much faster.
    const compiled = join(await sharedBuild(), 'dist/scripts/admin.js');
    const npm = `npm() { while [ "$1" != -- ]; do shift; done; shift; node ${compiled} "$@"; }`;
    const output = await runCommands('From a terminal', {}, npm);
    expect(output).toContain('ada@example.com is locked.');
    expect(output).toContain('ada@example.com is not locked.');
    expect(output).toMatch(/account\.disabled {2}user \d+ {2}by the operator/);
    const csv = await readFile(join(folder, 'audit.csv'), 'utf8');
    expect(csv).toMatch(/^time,event,user_id/);
    expect(csv).toContain(',account.disabled,');
  });

  it('export the audit trail', async () => {
    const { token } = await registerAdmin(app);
    const user = await app.register();
    await app.call('POST', '/auth/login', { body: { email: user.email, password: 'wrong horse battery' } });
    await expect.poll(() => auditRows(app, 'login.failed', user.id)).toHaveLength(1);
    await runCommands('Audit trail', { TOKEN: token });
    const lines = (await readFile(join(folder, 'audit.csv'), 'utf8')).trim().split('\r\n');
    expect(lines.slice(1).map(line => line.split(',')[1])).toEqual(['login.failed']);
    expect(existsSync('audit.csv')).toBe(false);
  });
});
