import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { parseEnv } from '../config/env.ts';
import { signatureHeaders, signatureKey } from '../signing/mac.ts';
import { workerFlags } from '../workers.ts';
import { bareEnvironment, freePort, programFolder, type RunningProcess, run } from './support/checkout.ts';
import { createDatabase, dropDatabase, hasRealStores, testSettings } from './support/harness.ts';
import { startSmtpServer, tokenIn } from './support/smtpServer.ts';

let directory: string;
let remove: () => Promise<void>;
const running: RunningProcess[] = [];

beforeAll(async () => {
  ({ directory, remove } = await programFolder());
});
afterEach(async () => {
  for (const { child, exited } of running.splice(0)) {
    child.kill('SIGKILL');
    await exited;
  }
});
afterAll(() => remove());

/** The compiled server, as a container runs it. */
function server(settings: Record<string, string>): RunningProcess {
  const started = run(process.execPath, ['dist/server.js'], {
    cwd: directory,
    env: bareEnvironment(settings),
  });
  running.push(started);
  return started;
}

describe('npm start', () => {
  it('gives V8 the flags that keep garbage cheap', async () => {
    const { scripts } = JSON.parse(await readFile('package.json', 'utf8'));
    expect(scripts.start).toContain('--no-allocation-site-pretenuring --max-semi-space-size=32');
  });

  it('leaves workers the flags of their primary, which come last', () => {
    expect(workerFlags(['--max-semi-space-size=64', '--no-allocation-site-pretenuring'])).toEqual([
      '--no-allocation-site-pretenuring',
      '--max-semi-space-size=32',
      '--max-semi-space-size=64',
    ]);
  });

  it.skipIf(!hasRealStores)('gives them to workers, too', async () => {
    // What the program is started with when nobody gives flags.
    const tell = `console.log('flags', process.execArgv.join(' '));`;
    const NODE_OPTIONS = `--import data:text/javascript,${encodeURIComponent(tell)}`;
    const settings = testSettings('real', { WEB_CONCURRENCY: '2', PORT: '0' });
    const env = parseEnv(settings);
    await createDatabase(env);
    const started = server({ ...(settings as Record<string, string>), NODE_OPTIONS });
    await started.printed('flags --no-allocation-site-pretenuring --max-semi-space-size=32', 2);
    await started.printed('"listening"', 2); // a worker is told to stop only once it listens
    started.child.kill('SIGINT');
    await started.exited;
    await dropDatabase(env);
  });
});

describe('a start that cannot be', () => {
  it('lists every fault of the configuration and exits with 1', async () => {
    const refused = server({
      NODE_ENV: 'production',
      PORT: 'x',
      JWT_SECRET: 'short',
      SIGNATURE_KEY: 'default_secret',
    });
    const weak = server({ NODE_ENV: 'production', JWT_SECRET: 'short', SIGNATURE_KEY: 'default_secret' });
    expect(await refused.exited).toBe(1);
    expect(refused.output()).toContain('PORT must be a whole number');
    expect(await weak.exited).toBe(1);
    for (const fault of [
      'JWT_SECRET is shorter',
      'SIGNATURE_KEY is missing or a known',
      'DB_HOST and REDIS_URL',
    ]) {
      expect(weak.output()).toContain(fault);
    }
    expect(weak.output()).not.toContain('    at ');
  });

  it('names the port that is taken', async () => {
    const port = String(await freePort());
    const settings = { PORT: port, JWT_SECRET: 'j'.repeat(32) };
    const first = server(settings);
    await first.printed('listening');
    const second = server(settings);
    expect(await second.exited).toBe(1);
    expect(second.output()).toContain(
      `Port ${port} is in use (EADDRINUSE): stop the other program, or choose another port`,
    );
  });

  it('names the setting of the port for metrics that is taken', async () => {
    const [port, taken] = [await freePort(), await freePort()];
    const secret = { JWT_SECRET: 'j'.repeat(32) };
    const first = server({ ...secret, PORT: String(taken) });
    await first.printed('listening');
    const second = server({ ...secret, PORT: String(port), METRICS_PORT: String(taken) });
    expect(await second.exited).toBe(1);
    expect(second.output()).toContain(
      `or choose another port, for example METRICS_PORT=${taken + 1} npm start`,
    );
  });

  it('names the host and the cause when MySQL and Redis are not there', async () => {
    const port = String(await freePort());
    const alone = { STARTUP_TIMEOUT_MS: '300', JWT_SECRET: 'j'.repeat(32) };
    const noDatabase = server({ ...alone, DB_HOST: '127.0.0.1', DB_PORT: port });
    const noRedis = server({ ...alone, REDIS_URL: `redis://127.0.0.1:${port}` });
    expect(await noDatabase.exited).toBe(1);
    expect(noDatabase.output()).toMatch(
      new RegExp(`The database at 127\\.0\\.0\\.1:${port} cannot be used: .*ECONNREFUSED`),
    );
    expect(await noRedis.exited).toBe(1);
    expect(noRedis.output()).toContain(`Redis at 127.0.0.1:${port} cannot be used: `);
  });

  it.skipIf(!hasRealStores)('says how to make a missing database', async () => {
    const { mariadb } = inject('engines');
    const missing = server({
      JWT_SECRET: 'j'.repeat(32),
      DB_HOST: mariadb?.host ?? '',
      DB_PORT: String(mariadb?.port),
      DB_USER: mariadb?.user ?? '',
      DB_PASSWORD: mariadb?.password ?? '',
      DB_NAME: 'no_such_database',
    });
    expect(await missing.exited).toBe(1);
    expect(missing.output()).toContain('the database is missing: run `npm run db:setup`');
  });
});

describe.skipIf(!hasRealStores)('production on MySQL and Redis', () => {
  it('starts, logs JSON lines and no banner', async () => {
    const settings = testSettings('real', { NODE_ENV: 'production', HOST: '127.0.0.1', PORT: '0' });
    const env = parseEnv(settings);
    await createDatabase(env);
    const started = server(settings as Record<string, string>);
    await started.printed('"listening"');
    const lines = started
      .output()
      .trim()
      .split('\n')
      .map(line => JSON.parse(line));
    expect(lines.at(-1)).toMatchObject({ msg: 'listening', database: 'mysql', sessions: 'redis' });
    started.child.kill('SIGTERM');
    expect(await started.exited).toBe(0);
    await dropDatabase(env);
  });
});

describe('METRICS_PORT', () => {
  it('has /metrics alone, which PORT then has not, and goes with the server', async () => {
    const [port, metricsPort] = [await freePort(), await freePort()];
    const started = server({
      NODE_ENV: 'production',
      ALLOW_EMBEDDED: 'true',
      JWT_SECRET: 'j'.repeat(32),
      SIGNATURE_KEY: 'k'.repeat(32),
      PORT: String(port),
      METRICS_PORT: String(metricsPort),
    });
    await started.printed('"listening"');
    const status = async (port: number, path: string) =>
      (await fetch(`http://127.0.0.1:${port}${path}`)).status;
    expect(await status(metricsPort, '/metrics')).toBe(200);
    expect(await status(metricsPort, '/health/live')).toBe(404);
    expect(await status(port, '/metrics')).toBe(404);
    expect(await status(port, '/health/live')).toBe(200);
    started.child.kill('SIGTERM');
    expect(await started.exited).toBe(0);
    await expect(status(metricsPort, '/metrics')).rejects.toThrow();
  });

  it('that is taken is named', async () => {
    const port = String(await freePort());
    const taken = server({ PORT: port, METRICS_PORT: port, JWT_SECRET: 'j'.repeat(32) });
    expect(await taken.exited).toBe(1);
    expect(taken.output()).toContain('EADDRINUSE');
  });
});

describe('mails', () => {
  /** Registers, and returns the answer's status. */
  async function register(port: number, key: string): Promise<number> {
    const body = JSON.stringify({
      name: 'Ada',
      email: `${randomUUID()}@example.com`,
      password: 'correct horse',
    });
    const message = { method: 'POST', path: '/auth/register', body, timestamp: Date.now() };
    const headers = { ...signatureHeaders(signatureKey(key), message), 'Content-Type': 'application/json' };
    return (await fetch(`http://127.0.0.1:${port}/auth/register`, { method: 'POST', headers, body })).status;
  }
  const key = 'k'.repeat(32);
  const secrets = { JWT_SECRET: 'j'.repeat(32), SIGNATURE_KEY: key };

  it('are files in development, their links in the log, and those that wait are written at the stop', async () => {
    const port = await freePort();
    const started = server({ ...secrets, BCRYPT_ROUNDS: '4', PORT: String(port) });
    await started.printed('"listening"');
    const files = () => readdir(join(directory, 'data/outbox')).catch(() => []);
    const before = (await files()).length;
    for (let i = 0; i < 20; i++) expect(await register(port, key)).toBe(201);
    started.child.kill('SIGTERM');
    expect(await started.exited).toBe(0);
    expect(await files()).toHaveLength(before + 20);
    const links = started.output().match(/"link":"http:\/\/localhost:3000\/verify-email\?token=[\w-]{43}"/g);
    expect(links).toHaveLength(20);
  });

  it('go to the SMTP server in production, which is warned of no more, and no link is in the log', async () => {
    const smtp = await startSmtpServer();
    const settings = { ...secrets, NODE_ENV: 'production', ALLOW_EMBEDDED: 'true' };
    const port = await freePort();
    const start = (port: number, more: Record<string, string> = {}) =>
      server({
        ...settings,
        ...more,
        SQLITE_PATH: `data/mail.${port}.sqlite`,
        PORT: String(port),
        SHUTDOWN_DELAY_MS: '0',
      });
    const silent = start(0);
    const mailing = start(port, { SMTP_URL: smtp.url, REQUIRE_EMAIL_VERIFICATION: 'true' });
    await silent.printed('"listening"');
    expect(silent.output()).toContain('no mail can be sent');
    await mailing.printed('"listening"');
    expect(mailing.output()).not.toContain('no mail can be sent');
    expect(await register(port, key)).toBe(201);
    mailing.child.kill('SIGTERM');
    expect(await mailing.exited).toBe(0);
    expect(smtp.mails).toHaveLength(1);
    expect(mailing.output()).not.toContain(tokenIn(smtp.mails[0] ?? { text: '' }, 'verify-email'));
    await smtp.stop();
  });
});

describe('SIGTERM', () => {
  it('ends a server whose log nobody reads any more', async () => {
    const started = server({ PORT: '0', JWT_SECRET: 'j'.repeat(32) });
    await started.printed('--data-raw');
    started.child.stdout?.destroy();
    started.child.stderr?.destroy();
    started.child.kill('SIGTERM');
    expect(await started.exited).toBe(0);
  });

  it('finishes what is in flight, refuses what is new, and exits with 0', async () => {
    const port = await freePort();
    const key = 'k'.repeat(32);
    const started = server({ PORT: String(port), JWT_SECRET: 'j'.repeat(32), SIGNATURE_KEY: key });
    await started.printed('"listening"');

    const body = JSON.stringify({ name: 'Ada', email: 'sigterm@example.com', password: 'correct horse' });
    const signed = signatureHeaders(signatureKey(key), {
      method: 'POST',
      path: '/auth/register',
      body,
      timestamp: Date.now(),
    });
    const head = [
      'POST /auth/register HTTP/1.1',
      'Host: localhost',
      'Content-Type: application/json',
      `Content-Length: ${Buffer.byteLength(body)}`,
      ...Object.entries(signed).map(([name, value]) => `${name}: ${value}`),
    ].join('\r\n');
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    let answer = '';
    socket.on('data', chunk => {
      answer += chunk;
    });
    socket.write(`${head}\r\n\r\n${body.slice(0, 10)}`);
    // An answer on a second connection shows that the first, sent before, has reached the server.
    await fetch(`http://127.0.0.1:${port}/health/live`);

    started.child.kill('SIGTERM');
    await started.printed('"closing"');
    const refused = () =>
      once(
        connect(port, '127.0.0.1').on('error', () => {}),
        'connect',
      ).then(
        () => false,
        () => true,
      );
    await expect.poll(refused).toBe(true);
    socket.write(body.slice(10));
    await once(socket, 'close');
    expect(answer).toMatch(/^HTTP\/1\.1 201 /);
    expect(await started.exited).toBe(0);
  });
});
