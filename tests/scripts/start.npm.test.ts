import { spawnSync } from 'node:child_process';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { bareEnvironment, freePort, type RunningProcess, run, startFolder } from '../support/checkout.ts';
import { eventually } from '../support/eventually.ts';

const folders: Awaited<ReturnType<typeof startFolder>>[] = [];
const running: RunningProcess[] = [];
// After all of them, because they run at the same time.
afterAll(async () => {
  for (const { killAll, exited } of running) {
    try {
      killAll('SIGKILL');
    } catch {} // all have ended
    await exited;
  }
  for (const { remove } of folders) await remove();
});

async function newFolder(): Promise<string> {
  const folder = await startFolder();
  folders.push(folder);
  return folder.directory;
}

function start(directory: string, argv: string[], env: Record<string, string>): RunningProcess {
  const [command = '', ...args] = argv;
  const started = run(command, args, { cwd: directory, env: bareEnvironment(env) });
  running.push(started);
  return started;
}

describe('the server of npm start', { concurrent: true }, () => {
  const answers = (port: number) =>
    fetch(`http://127.0.0.1:${port}/health/live`).then(
      ({ ok }) => ok,
      () => false,
    );

  /** Looks for longer than two of the looks that a server takes at npm. */
  async function staysUp(port: number): Promise<void> {
    for (const until = performance.now() + 2500; performance.now() < until; await sleep(100))
      expect(await answers(port)).toBe(true);
  }

  const stops = (port: number) => eventually(async () => expect(await answers(port)).toBe(false));

  it.each(['SIGKILL', 'SIGTERM'] as const)('stops when npm alone is ended by %s', async signal => {
    const port = await freePort();
    const started = start(await newFolder(), ['npm', 'start'], { PORT: String(port) });
    await started.printed('"listening"');
    expect(await answers(port)).toBe(true);
    started.child.kill(signal);
    await stops(port);
    await started.exited; // its output is closed, so no process of it is left
  });

  it('goes on when only the shell around npm has gone', async () => {
    const port = await freePort();
    const directory = await newFolder();
    const command = 'nohup npm start & echo $! > npm.pid';
    const shell = start(directory, ['sh', '-c', command], { PORT: String(port) });
    await shell.printed('"listening"');
    expect(shell.child.exitCode).toBe(0);
    await staysUp(port);
    process.kill(Number(await readFile(join(directory, 'npm.pid'), 'utf8')), 'SIGKILL');
    await stops(port);
    await shell.exited;
  });

  it('goes on in production, or started without npm', async () => {
    const port = await freePort();
    const command = 'node scripts/start.mjs & wait';
    const shell = start(await newFolder(), ['sh', '-c', command], { PORT: String(port) });
    await shell.printed('"listening"');
    shell.child.kill('SIGKILL');
    await staysUp(port);
    shell.killAll('SIGKILL');
  });
});

const script = [process.execPath, 'scripts/start.mjs'];

describe('npm start', { concurrent: true }, () => {
  it.each([
    ['18.20.0', 'is too old'],
    ['20.20.1', 'is too old'],
    ['21.7.0', 'is too old'],
    ['22.22.1', 'is too old'],
    ['24.14.0', 'is too old'],
    ['20.20.2', '"listening"'],
    ['22.30.0', '"listening"'],
    ['26.0.0', '"listening"'],
  ])('on Node.js %s prints %s', async (version, text) => {
    const fake = `Object.defineProperty(process.versions, 'node', { value: '${version}' });`;
    const NODE_OPTIONS = `--import data:text/javascript,${encodeURIComponent(fake)}`;
    const started = start(await newFolder(), script, { NODE_OPTIONS, PORT: '0' });
    await started.printed(/is too old|"listening"/);
    expect(started.output()).toContain(text);
    if (text === 'is too old') {
      expect(await started.exited).toBe(1);
      expect(started.output().trim().split('\n')).toHaveLength(1);
    } else started.child.kill('SIGTERM');
  });

  it('writes secrets the first time, says where it listens, and prints a signed request that works', async () => {
    const directory = await newFolder();
    const port = await freePort();
    const first = start(directory, script, { PORT: String(port) });
    await first.printed('--data-raw');
    const banner = first.output();
    expect(banner).toContain(`http://127.0.0.1:${port}`);
    expect(banner).toContain(`reference http://127.0.0.1:${port}/docs\n`);
    expect(banner).toContain('SQLite file data/auth.sqlite');
    expect(banner).toContain('this process');

    const curl = banner.slice(banner.indexOf('curl -sS'));
    const { stdout } = spawnSync('sh', ['-c', curl], { encoding: 'utf8' });
    expect(JSON.parse(stdout)).toMatchObject({ user: { email: 'ada@example.com' } });

    const env = await readFile(join(directory, '.env'), 'utf8');
    const [, secret] = /^JWT_SECRET=(.+)$/m.exec(env) ?? [];
    const [, key] = /^SIGNATURE_KEY=(.+)$/m.exec(env) ?? [];
    expect(secret).toMatch(/^[0-9a-f]{64}$/);
    expect(key).toMatch(/^[0-9a-f]{64}$/);
    expect(key).not.toBe(secret);
    expect(env).toMatch(/^DATA_KEY=[0-9a-f]{64}$/m);
    expect(first.output()).not.toContain('DATA_KEY');
    expect(first.output()).not.toContain(secret);
    if (process.platform !== 'win32') expect((await stat(join(directory, '.env'))).mode & 0o777).toBe(0o600);
    const postman = JSON.parse(await readFile(join(directory, 'postman_environment.local.json'), 'utf8'));
    expect(postman.values).toContainEqual(expect.objectContaining({ key: 'SIGNATURE_KEY', value: key }));
  });

  it('never touches a .env that is there', async () => {
    const directory = await newFolder();
    const text = '# mine\nJWT_SECRET=mine-and-mine-alone-32-bytes-long\nSIGNATURE_KEY=also-mine\n';
    await writeFile(join(directory, '.env'), text);
    const second = start(directory, script, { PORT: '0' });
    await second.printed('--data-raw');
    expect(await readFile(join(directory, '.env'), 'utf8')).toBe(text);
    expect(second.output()).toContain('SIGNATURE_KEY is shorter than 32 bytes');
    expect(second.output()).toContain('DATA_KEY is not set');
  });
});
