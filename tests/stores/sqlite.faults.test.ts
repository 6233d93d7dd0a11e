import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openSqlite } from '../../stores/sqlite.ts';
import { FAULT_ROUNDS, followFault } from '../support/faults/faultTable.ts';
import { mountSmallDisk } from '../support/faults/smallDisk.ts';
import { startTestApp, type TestApp } from '../support/harness.ts';
import type { Response } from '../support/http.ts';

const DEADLINE_MS = 600;
const times = <T>(count: number, make: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));
const outcome = ({ status, body }: Response): string | number => body?.code ?? status;
const is = (expected: string | number) => (answer: Response) => outcome(answer) === expected;
const isUnavailable = is('store_unavailable');

/** Another process that has the file to itself until it is told to go. */
async function lockElsewhere(path: string): Promise<() => Promise<unknown>> {
  const program = `
    import Sqlite from 'libsql';
    const db = new Sqlite(process.argv[1]);
    db.exec('BEGIN EXCLUSIVE');
    console.log('locked');
    process.stdin.resume();
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program, path], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  const ended = once(child, 'exit');
  return () => {
    child.kill('SIGKILL');
    return ended;
  };
}

describe('with a SQLite file that fails', { repeats: FAULT_ROUNDS - 1 }, () => {
  const disk = mountSmallDisk(2);
  let dir: string;
  let app: TestApp;
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'sqlite-'));
    mkdirSync(join(dir, 'data'));
    const SQLITE_PATH = join(dir, 'data', 'auth.sqlite');
    app = await startTestApp('embedded', { SQLITE_PATH, DB_TIMEOUT_MS: String(DEADLINE_MS) });
  });
  afterAll(async () => {
    await app.close();
    disk?.remove();
    rmSync(dir, { recursive: true, force: true });
  });

  const register = (to = app) =>
    to.call('POST', '/auth/register', {
      body: { name: 'Ada', email: `${Math.random()}@example.com`, password: 'correct horse' },
    });

  it('locked by another process: 503 in time, and nothing else waits', async ({ task }) => {
    const fault = followFault(task, 'SQLite file locked by another process');
    const token = await app.login(await app.register());
    const release = await lockElsewhere(app.env.SQLITE_PATH);
    onTestFinished(async () => void (await release()));
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    fault.tried();
    const answers = times(10, () => fault.judge(register(), isUnavailable));
    await fault.judge(app.call('GET', '/health/live'), is(200));
    await fault.judge(app.call('GET', '/auth/profile', { token }), is(200));
    await Promise.all(answers);
    delay.disable();
    expect(delay.max / 1e6).toBeLessThan(DEADLINE_MS);
    await release();
    await fault.recovered(() => register(), is(201));
  });

  it('moved away with its folder: 503 instead of writing to nowhere, until it is back', async ({ task }) => {
    const fault = followFault(task, 'SQLite file moved away');
    const [here, there] = [join(dir, 'data'), join(dir, 'elsewhere')];
    renameSync(here, there);
    fault.tried();
    try {
      await Promise.all(times(5, () => fault.judge(register(), isUnavailable)));
      expect(existsSync(here)).toBe(false);
    } finally {
      renameSync(there, here);
    }
    await fault.recovered(() => register(), is(201));
  });

  it.skipIf(!disk)('on a full disk: 503 to what writes, reading goes on', async ({ task }) => {
    const fault = followFault(task, 'SQLite on a full disk');
    const full = await startTestApp('embedded', { SQLITE_PATH: join(disk?.dir ?? '', 'auth.sqlite') });
    onTestFinished(() => full.close());
    const token = await full.login(await full.register());
    disk?.fill();
    fault.tried();
    try {
      // The files may still have a little room of their own.
      let refused = 0;
      for (let i = 0; i < 500 && refused < 10; i++) {
        const answer = await fault.judge(register(full), got => is(201)(got) || isUnavailable(got));
        if (isUnavailable(answer)) refused++;
      }
      expect(refused).toBe(10);
      await fault.judge(full.call('GET', '/auth/profile', { token }), is(200));
    } finally {
      disk?.empty();
    }
    await fault.recovered(() => register(full), is(201));
  });

  it('that is no database, or not to be opened, stops the start in a line', () => {
    writeFileSync(join(dir, 'text'), 'x'.repeat(10_000));
    mkdirSync(join(dir, 'folder'), { recursive: true });
    for (const [path, cause] of [
      ['text', 'file is not a database'],
      ['folder', 'Unable to open'],
      ['text/auth.sqlite', 'ENOTDIR|EEXIST'],
    ] as const) {
      const line = new RegExp(`^The SQLite file ${join(dir, path)} cannot be used: .*(${cause}).*$`);
      expect(() => openSqlite(join(dir, path), DEADLINE_MS)).toThrow(line);
    }
  });
});
