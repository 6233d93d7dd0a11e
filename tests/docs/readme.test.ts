import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { vectors } from '../../signing/vectors.ts';
import { bareEnvironment, freePort, freshCheckout, type RunningProcess, run } from '../support/checkout.ts';
import { hasRealStores, startTestApp } from '../support/harness.ts';
import { canRun } from '../support/languages.ts';
import { codeBlocks, section } from './markdown.ts';

/** Member names, all the way down: what a response has, whatever the values. */
function shape(value: unknown): unknown {
  if (value === null) return 'null';
  if (Array.isArray(value)) return value.map(shape);
  if (typeof value !== 'object') return typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shape(inner)]));
}

describe('the tour', () => {
  let directory: string;
  let remove: () => Promise<void>;
  let server: RunningProcess;
  let port: number;

  beforeAll(async () => {
    ({ directory, remove } = await freshCheckout());
    port = await freePort();
    server = run('npm', ['start'], { cwd: directory, env: bareEnvironment({ PORT: String(port) }) });
    await server.printed('--data-raw');
    // The tour's timestamp has whole seconds, and the in-memory store takes none from before the start.
    await sleep(1000);
  });
  afterAll(async () => {
    server.killAll('SIGTERM');
    await server.exited;
    await remove();
  });

  it('prints what the README shows, line by line', async () => {
    const blocks = codeBlocks(section('README.md', 'A five-minute tour'));
    const commands = blocks.filter(({ language }) => language === 'sh').map(({ code }) => code);
    const shown = blocks.filter(({ language }) => language === 'json').map(({ code }) => JSON.parse(code));
    expect(shown).toHaveLength(commands.length);

    const script = commands
      .join('\necho @@\n')
      .replaceAll('127.0.0.1:3000', `127.0.0.1:${port}`)
      .replaceAll('/tmp/', `${directory}/`);
    await writeFile(join(directory, 'tour.sh'), script);
    const tour = run('sh', ['-e', 'tour.sh'], {
      cwd: directory,
      env: bareEnvironment({ PORT: String(port) }),
    });
    expect(await tour.exited, tour.output()).toBe(0);

    const responses = tour
      .output()
      .split('@@')
      .map(text => JSON.parse(/^\{.*\}$/m.exec(text)?.[0] ?? 'null'));
    expect(responses.map(shape)).toMatchObject(shown.map(shape) as object[]);
    const [, first, , second, ended, loggedOut] = responses;
    expect([first.ended_sessions, second.ended_sessions]).toEqual([0, 1]);
    expect([ended.code, loggedOut.code]).toEqual(['token_revoked', 'token_revoked']);
  });
});

describe('docs/signing.md', () => {
  const text = ['Test vectors and samples', 'Go, PHP and Java']
    .map(title => section('docs/signing.md', title))
    .join('');
  const [login, logout] = vectors.cases;

  it('shows the test vectors', () => {
    for (const { path, body, timestamp, signature } of [login, logout]) {
      expect(text).toContain(`| \`${path}\` | \`${body}\` | \`${timestamp}\` | \`${signature}\` |`);
    }
  });

  it.each([
    ['js', process.execPath, ['--input-type=module', '-e']],
    ['python', 'python3', ['-c']],
    ['sh', 'sh', ['-c']],
  ] as const)('has %s code that gives the first vector', async (language, command, args) => {
    const code = codeBlocks(text).find(block => block.language === language)?.code ?? '';
    const sample = run(command, [...args, code]);
    await sample.exited;
    expect(sample.output().trim()).toBe(login.signature);
  });

  // The file is named as the page says. `npm test` says at its end which languages were not there.
  it.each(
    (
      [
        { language: 'php', command: ['php', 'sign.php'] },
        { language: 'go', command: ['go', 'run', 'sign.go'] },
        { language: 'java', command: ['java', 'Sign.java'] },
      ] as const
    ).filter(({ language }) => canRun(language)),
  )('has a program in $language that gives the first vector', async ({ language, command }) => {
    const directory = await mkdtemp(join(tmpdir(), 'sample-'));
    onTestFinished(() => rm(directory, { recursive: true }));
    const [program = '', ...args] = command;
    const code = codeBlocks(text).find(block => block.language === language)?.code ?? '';
    await writeFile(join(directory, args.at(-1) ?? ''), code);
    const sample = run(program, args, { cwd: directory });
    expect(await sample.exited, sample.output()).toBe(0);
    expect(sample.output().trim().split('\n').at(-1)).toBe(login.signature);
  });
});

describe.skipIf(!hasRealStores)('docs/sessions.md', () => {
  it('has redis-cli commands that show a login', async () => {
    const app = await startTestApp('real');
    try {
      const user = await app.register();
      const token = await app.login(user);
      const { jti } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
      const [block] = codeBlocks(section('docs/sessions.md', 'The allowlist'));
      const script = (block?.code ?? '')
        .replaceAll('redis-cli', `redis-cli -u ${inject('engines').redisUrl}`)
        .replaceAll(/jwt:1:[0-9a-f-]{36}/g, `jwt:${user.id}:${jti}`);
      const shown = run('sh', ['-ec', script]);
      expect(await shown.exited).toBe(0);
      const lines = shown.output().trim().split('\n');
      expect(lines).toContain(`jwt:${user.id}:${jti}`);
      expect(lines.at(-2)).toBe('allow');
      expect(Number(lines.at(-1))).toBeGreaterThan(3590);
      expect(Number(lines.at(-1))).toBeLessThanOrEqual(3600);
    } finally {
      await app.close();
    }
  });
});
