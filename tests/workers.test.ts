import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { parseEnv } from '../config/env.ts';
import { bareEnvironment, freePort, programFolder, type RunningProcess, run } from './support/checkout.ts';
import { createDatabase, dropDatabase, hasRealStores, testSettings } from './support/harness.ts';

interface Line {
  msg: string;
  worker?: number;
  pid?: number;
  origin?: string;
  pause_ms?: number;
}

describe.skipIf(!hasRealStores)('WEB_CONCURRENCY=2', () => {
  const settings = {
    ...(testSettings('real', { WEB_CONCURRENCY: '2', PORT: '0' }) as Record<string, string>),
    SIGNATURE_KEY: 'short',
  };
  let directory: string;
  let remove: () => Promise<void>;
  const running: RunningProcess[] = [];

  beforeAll(async () => {
    await createDatabase(parseEnv(settings));
    ({ directory, remove } = await programFolder());
  });
  afterEach(async () => {
    for (const { killAll, exited } of running.splice(0)) {
      try {
        killAll('SIGKILL');
      } catch {} // all of them have ended
      await exited;
    }
  });
  afterAll(async () => {
    await dropDatabase(parseEnv(settings));
    await remove();
  });

  function start(overrides: Record<string, string> = {}): RunningProcess {
    const started = run(process.execPath, ['dist/server.js'], {
      cwd: directory,
      env: bareEnvironment({ ...settings, ...overrides }),
    });
    running.push(started);
    return started;
  }

  const logged = (server: RunningProcess, msg: string): Line[] =>
    server
      .output()
      .split('\n')
      .filter(line => line.startsWith('{') && line.endsWith('}'))
      .map(line => JSON.parse(line) as Line)
      .filter(line => line.msg === msg);

  /** Resolves with what the first `count` workers said when they listened. */
  async function listening(server: RunningProcess, count: number): Promise<Line[]> {
    await server.printed('"msg":"listening"', count);
    return logged(server, 'listening');
  }

  const answers = (origin = '') => fetch(new URL('/health/live', origin)).then(({ ok }) => ok);
  const pidOf = (line: Line | undefined) => line?.pid ?? Number.NaN;

  it('runs two processes on one port, with one banner and one warning', async () => {
    const server = start();
    const [first, second] = await listening(server, 2);
    expect(new Set([first?.pid, second?.pid, server.child.pid]).size).toBe(3);
    expect([first?.worker, second?.worker].sort()).toEqual([1, 2]);
    expect(second?.origin).toBe(first?.origin);
    expect(await answers(first?.origin)).toBe(true);
    await server.printed('A signed request');
    expect(server.output().match(/A signed request/g)).toHaveLength(1);
    expect(server.output().match(/SIGNATURE_KEY is shorter/g)).toHaveLength(1);
    server.child.kill('SIGTERM');
    expect(await server.exited).toBe(0);
  });

  it('replaces a worker that dies, after a pause that grows', async () => {
    const server = start();
    let lines = await listening(server, 2);
    const [{ origin } = {}] = lines;
    for (const signal of ['SIGKILL', 'SIGKILL', 'SIGTERM'] as const) {
      process.kill(pidOf(lines.at(-1)), signal);
      lines = await listening(server, lines.length + 1);
      expect(await answers(origin)).toBe(true);
    }
    expect(lines.map(line => line.worker).sort()).toEqual([1, 2, 3, 4, 5]);
    expect(new Set(lines.map(line => line.origin)).size).toBe(1);
    expect(logged(server, 'worker ended').map(line => line.pause_ms)).toEqual([100, 200, 400]);

    // Nothing is left of it when it is told to stop while its workers are being replaced.
    for (const line of [lines[0], lines.at(-1)]) process.kill(pidOf(line), 'SIGKILL');
    await server.printed('"msg":"worker ended"', 5);
    server.child.kill('SIGTERM');
    expect(await server.exited).toBe(0);
  });

  it('adds the metrics up over its workers, and forgets nothing of one that dies', async () => {
    const port = await freePort();
    const server = start({ METRICS_PORT: String(port) });
    const lines = await listening(server, 2);
    await server.printed('"metrics listening"');

    const ownPort = () => fetch(`http://127.0.0.1:${port}/metrics`).then(answer => answer.text());
    const value = (text: string, series: string) =>
      Number(new RegExp(`^${series.replaceAll(/[{}"]/g, '\\$&')} (\\S+)$`, 'm').exec(text)?.[1] ?? 0);
    const live = 'auth_http_request_duration_seconds_count{route="/health/live",method="GET",status="200"}';
    const limit = 'auth_db_pool_limit';

    // Connections go round, so both workers have a share.
    for (let i = 0; i < 20; i++) {
      const answer = await fetch(new URL('/health/live', lines[0]?.origin), {
        headers: { Connection: 'close' },
      });
      await answer.arrayBuffer();
    }
    await expect.poll(async () => value(await ownPort(), live)).toBe(20);
    const text = await ownPort();
    expect(value(text, limit)).toBe(2 * 10);
    expect(value(text, 'auth_dependency_up{dependency="redis"}')).toBe(1);

    process.kill(pidOf(lines[0]), 'SIGKILL');
    await listening(server, 3);
    await answers(lines[0]?.origin);
    await expect.poll(async () => value(await ownPort(), live)).toBe(21);
    expect(value(await ownPort(), limit)).toBe(2 * 10);
    server.child.kill('SIGTERM');
    expect(await server.exited).toBe(0);
  });

  it('answers a scrape at one worker with the sum of all', async () => {
    const server = start();
    const lines = await listening(server, 2);
    const scrape = () => fetch(new URL('/metrics', lines[0]?.origin)).then(answer => answer.text());
    const scrapes = await Promise.all([scrape(), scrape(), scrape()]);
    for (const text of scrapes) expect(text).toMatch(/^auth_db_pool_limit 20$/m);
    server.child.kill('SIGTERM');
    expect(await server.exited).toBe(0);
  });

  it('ends with its primary, even if that is killed', async () => {
    const server = start();
    await listening(server, 2);
    server.child.kill('SIGKILL');
    // The workers hold the output open: it closes with the last of them.
    expect(await server.exited).toBe(null);
    expect(
      logged(server, 'closed')
        .map(line => line.worker)
        .sort(),
    ).toEqual([1, 2]);
  });

  it('keeps to the delay when the whole process group is told to stop', async () => {
    const server = start({ SHUTDOWN_DELAY_MS: '3000' });
    const [{ origin } = {}] = await listening(server, 2);
    server.killAll('SIGTERM');
    await server.printed('"msg":"closing"', 2);
    const ready = await fetch(new URL('/health/ready', origin));
    expect([ready.status, await ready.json()]).toMatchObject([503, { status: 'shutting_down' }]);
    server.killAll('SIGINT');
    expect(await server.exited).toBe(0);
  });

  it('says once why it cannot start', async () => {
    const held = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void held.close());
    await once(held, 'listening');
    const taken = String((held.address() as AddressInfo).port);
    const missing = String(await freePort());
    for (const [overrides, reason] of [
      [{ PORT: taken }, 'EADDRINUSE'],
      [
        { DB_PORT: missing, STARTUP_TIMEOUT_MS: '100' },
        `The database at 127.0.0.1:${missing} cannot be used`,
      ],
    ] as const) {
      const server = start(overrides);
      expect(await server.exited).toBe(1);
      expect(server.output().split(reason)).toHaveLength(2);
    }
  });
});
