import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { parseEnv } from '../../config/env.ts';
import { bareEnvironment, freePort, programFolder, type RunningProcess, run } from '../support/checkout.ts';
import { FAULT_ROUNDS, followFault } from '../support/faults/faultTable.ts';
import { createDatabase, dropDatabase, hasRealStores, testSettings } from '../support/harness.ts';
import { startLoad } from '../support/load.ts';
import { talk } from '../support/rawHttp.ts';

/** In the long form. */
const LONG_ROUNDS = Math.max(20, FAULT_ROUNDS);
const KEY = 'k'.repeat(32);
const LIVE = 'GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n';

let directory: string;
let remove: () => Promise<void>;
const running: RunningProcess[] = [];

beforeAll(async () => {
  ({ directory, remove } = await programFolder());
});
afterAll(async () => {
  for (const { child, exited } of running) {
    child.kill('SIGKILL');
    await exited;
  }
  await remove();
});

/** A server on a free port, said to be of that many processes, when all of them listen. */
async function serve(settings: Record<string, string>): Promise<{ server: RunningProcess; port: number }> {
  const port = await freePort();
  const server = run(process.execPath, ['dist/server.js'], {
    cwd: directory,
    env: bareEnvironment({ JWT_SECRET: 'j'.repeat(32), SIGNATURE_KEY: KEY, ...settings, PORT: String(port) }),
  });
  running.push(server);
  await server.printed('"listening"', Number(settings.WEB_CONCURRENCY ?? 1));
  return { server, port };
}

describe.each([
  ['one process', 1, FAULT_ROUNDS > 1 ? LONG_ROUNDS : 3],
  ['two processes', 2, FAULT_ROUNDS > 1 ? LONG_ROUNDS : 1],
])('SIGTERM under load, with %s', { concurrent: FAULT_ROUNDS === 1 }, (name, processes, rounds) => {
  const settings: Record<string, string> = {
    ...(testSettings(processes > 1 ? 'real' : 'embedded') as Record<string, string>),
    SIGNATURE_KEY: KEY,
    WEB_CONCURRENCY: String(processes),
    CONCURRENT_LOGIN: 'true',
    BCRYPT_ROUNDS: '8',
    // The default: long enough for the balancer to notice, also on a busy machine.
    SHUTDOWN_DELAY_MS: '2000',
  };
  const runs = processes === 1 || hasRealStores;
  if (runs) {
    beforeAll(() => createDatabase(parseEnv(settings)));
    afterAll(() => dropDatabase(parseEnv(settings)));
  }

  it.skipIf(!runs)(
    `loses no answer and resets no connection, in ${rounds} rounds`,
    async ({ task, expect }) => {
      const fault = followFault(task, `SIGTERM under load, ${name}`);
      for (let round = 0; round < rounds; round++) {
        fault.tried();
        const { server, port } = await serve(settings);
        const idle = talk(port, LIVE);
        const silent = talk(port, '');
        const load = startLoad(port, KEY);
        await load.warm;
        await sleep(7 * round); // another moment of the load each time

        const signalledAt = performance.now();
        server.child.kill('SIGTERM');
        const [report, code] = await Promise.all([load.over, server.exited]);
        const wait = performance.now() - signalledAt;
        fault.waited(wait);
        const after = report.answers.filter(({ startedAt }) => startedAt > (report.turnedAwayAt ?? 0));

        for (const lost of report.lost) fault.note(lost, false);
        expect(report.readiness?.status).toBe('shutting_down');
        expect(after).toEqual([]);
        expect(code).toBe(0);
        expect(wait).toBeLessThan(10_000);
        for (const { answers, ended } of await Promise.all([idle, silent])) {
          expect(ended).toBe('FIN');
          expect(answers.every(({ status }) => status === 200)).toBe(true);
        }
      }
    },
  );
});

describe('SIGTERM', { concurrent: true }, () => {
  const head = 'POST /auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n';
  const slow = () => `${head}X-Signature: ${'a'.repeat(64)}\r\nX-Timestamp: ${Date.now()}\r\n\r\n{`;

  it('cuts what does not end, with 503 where no answer was begun, and exits with 0 within 10 s', async ({
    expect,
  }) => {
    const { server, port } = await serve({});
    const stuck = talk(port, slow());
    await talk(port, LIVE.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n'));
    const signalledAt = performance.now();
    server.child.kill('SIGTERM');
    expect(await server.exited).toBe(0);
    expect(performance.now() - signalledAt).toBeLessThan(10_000);
    const { answers, ended } = await stuck;
    expect(answers).toMatchObject([
      { status: 503, headers: { 'retry-after': '5' }, body: { code: 'shutting_down' } },
    ]);
    expect(ended).toBe('FIN');
  });

  it('skips the delay when it comes twice, and for Ctrl-C', async ({ expect }) => {
    for (const signals of [['SIGTERM', 'SIGTERM'], ['SIGINT']] as const) {
      const { server } = await serve({ SHUTDOWN_DELAY_MS: '5000' });
      const signalledAt = performance.now();
      for (const signal of signals) {
        server.child.kill(signal);
        await server.printed('"closing"');
      }
      expect(await server.exited).toBe(0);
      expect(performance.now() - signalledAt).toBeLessThan(5000);
    }
  });

  it('serves a request that is just arriving, and closes idle connections', async ({ expect }) => {
    const { server, port } = await serve({});
    const received: Buffer[][] = [];
    const kept = async () => {
      const socket = connect(port, '127.0.0.1');
      const chunks: Buffer[] = [];
      received.push(chunks);
      socket.on('data', chunk => chunks.push(chunk));
      socket.write(LIVE);
      await once(socket, 'data');
      return socket;
    };
    const [idle, arriving] = [await kept(), await kept()];
    const ended = once(idle, 'end');
    arriving.write(LIVE.slice(0, 10));
    // A later request on another connection is answered, so the server has read these bytes.
    await talk(port, LIVE.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n'));
    server.child.kill('SIGTERM');
    await server.printed('"closing"');
    await ended;
    arriving.write(LIVE.slice(10));
    expect(await server.exited).toBe(0);
    const texts = received.map(chunks => Buffer.concat(chunks).toString());
    expect(texts.map(text => text.match(/HTTP\/1\.1 200 OK/g)?.length)).toEqual([1, 2]);
    expect(texts[1]?.match(/Connection: close/g)).toHaveLength(1);
  });

  it('ends a start that still waits for its stores', async ({ expect }) => {
    const server = run(process.execPath, ['dist/server.js'], {
      cwd: directory,
      env: bareEnvironment({
        JWT_SECRET: 'j'.repeat(32),
        REDIS_URL: `redis://127.0.0.1:${await freePort()}`,
        LOG_LEVEL: 'debug',
      }),
    });
    running.push(server);
    await server.printed(/redis/i);
    server.child.kill('SIGTERM');
    expect(await server.exited).toBe(0);
  });
});
