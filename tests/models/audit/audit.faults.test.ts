import { once } from 'node:events';
import mysql, { type Connection } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { parseEnv } from '../../../config/env.ts';
import { type MariadbEngine, startMariadb } from '../../../scripts/engines/mariadb.ts';
import { hasBinaries } from '../../../scripts/engines.ts';
import { signatureHeaders, signatureKey } from '../../../signing/mac.ts';
import { readSchema } from '../../../stores/schema.ts';
import { bareEnvironment, freePort, programFolder, run } from '../../support/checkout.ts';
import {
  createDatabase,
  dropDatabase,
  hasRealStores,
  startTestApp,
  type TestApp,
  testSettings,
} from '../../support/harness.ts';

const LOGOUTS = 20;
const DB_TIMEOUT_MS = 2000;

async function on<T>(
  { host, port, user, password }: Pick<MariadbEngine, 'host' | 'port' | 'user' | 'password'>,
  act: (connection: Connection) => Promise<T>,
): Promise<T> {
  const connection = await mysql.createConnection({ host, port, user, password });
  try {
    return await act(connection);
  } finally {
    connection.destroy();
  }
}

describe.skipIf(!hasRealStores || !hasBinaries())('a database that cannot take audit rows', () => {
  let mariadb: MariadbEngine;
  let app: TestApp;

  beforeAll(async () => {
    mariadb = await startMariadb();
    // Without administrative rights, as those go past read_only.
    await on(mariadb, async connection => {
      await connection.query("CREATE USER 'app'@'127.0.0.1' IDENTIFIED BY 'app'");
      await connection.query("GRANT ALL ON `test%`.* TO 'app'@'127.0.0.1'");
    });
    app = await startTestApp('real', {
      DB_HOST: mariadb.host,
      DB_PORT: String(mariadb.port),
      DB_USER: 'app',
      DB_PASSWORD: 'app',
      DB_TIMEOUT_MS: String(DB_TIMEOUT_MS),
      CONCURRENT_LOGIN: 'true',
    });
  });
  afterAll(async () => {
    mariadb?.kill('SIGCONT');
    await app?.close();
    await mariadb?.stop();
  });

  const setReadOnly = (value: number) => on(mariadb, c => c.query(`SET GLOBAL read_only = ${value}`));

  it.each([
    {
      fault: 'is killed',
      break: async () => {
        const ended = once(mariadb.child, 'exit');
        mariadb.kill('SIGKILL');
        await ended;
      },
      mend: () => mariadb.restart(),
    },
    {
      fault: 'is stopped',
      break: async () => mariadb.kill('SIGSTOP'),
      mend: async () => mariadb.kill('SIGCONT'),
    },
    { fault: 'is read-only', break: () => setReadOnly(1), mend: () => setReadOnly(0) },
  ])('and $fault holds no request up, and gets every row once and in order', async fault => {
    const user = await app.register();
    const tokens: string[] = [];
    for (let i = 0; i < LOGOUTS; i++) tokens.push(await app.login(user));
    const rows = () =>
      app.stores.db.query('SELECT event, reason, request_id FROM audit_log WHERE user_id = ? ORDER BY id', [
        user.id,
      ]);
    await expect.poll(rows).toHaveLength(1 + LOGOUTS);

    const before = app.logged().length;
    await fault.break();
    const startedAt = performance.now();
    for (const [i, token] of tokens.entries()) {
      const headers = { 'X-Request-Id': `logout.${i}` };
      expect((await app.call('POST', '/auth/logout', { token, headers })).status).toBe(204);
    }
    // Logouts need Redis alone: one that waited for its row would take the database's whole deadline.
    expect(performance.now() - startedAt).toBeLessThan(LOGOUTS * DB_TIMEOUT_MS * 0.5);
    await expect.poll(() => app.logged().slice(before)).toContain('"audit rows cannot be written"');
    await fault.mend();

    await expect.poll(() => rows().catch(() => [])).toHaveLength(1 + 2 * LOGOUTS);
    expect((await rows()).slice(-LOGOUTS)).toEqual(
      tokens.map((_, i) => ({ event: 'session.ended', reason: 'logout', request_id: `logout.${i}` })),
    );
  });
});

describe.skipIf(!hasRealStores)('a server', () => {
  const key = 'k'.repeat(32);
  let folder: Awaited<ReturnType<typeof programFolder>>;
  beforeAll(async () => {
    folder = await programFolder();
  });
  afterAll(() => folder.remove());

  function start(settings: object) {
    const env = bareEnvironment({ ...settings });
    return run(process.execPath, ['dist/server.js'], { cwd: folder.directory, env });
  }

  it('that is told to end writes what waits', async () => {
    const port = await freePort();
    const settings = testSettings('real', {
      PORT: String(port),
      SIGNATURE_KEY: key,
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
    });
    const env = parseEnv(settings);
    const { mariadb } = inject('engines');
    await createDatabase(env);
    const server = start(settings);
    try {
      await server.printed('"listening"');
      await on(mariadb ?? expect.fail(), async connection => {
        await connection.query(`LOCK TABLES ${env.DB_NAME}.audit_log WRITE`);
        const body = JSON.stringify({ name: 'Ada', email: 'ada@example.com', password: 'correct horse' });
        const path = '/auth/register';
        const signed = signatureHeaders(signatureKey(key), {
          method: 'POST',
          path,
          body,
          timestamp: Date.now(),
        });
        const headers = { ...signed, 'Content-Type': 'application/json', Connection: 'close' };
        const { status } = await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', body, headers });
        expect(status).toBe(201);
        server.child.kill('SIGTERM');
        await server.printed('"closing"');
        await connection.query('UNLOCK TABLES');
        expect(await server.exited).toBe(0);
        expect(server.output()).not.toContain('are missing in audit_log');
        const [rows] = await connection.query(`SELECT event FROM ${env.DB_NAME}.audit_log`);
        expect(rows).toEqual([{ event: 'account.registered' }]);
      });
    } finally {
      server.child.kill('SIGKILL');
      await dropDatabase(env);
    }
  });

  it('says at the start how to make the table that an older database lacks', async () => {
    const settings = testSettings('real', { PORT: '0', SIGNATURE_KEY: key });
    const env = parseEnv(settings);
    const [users = ''] = readSchema('schema.sql').split(/(?<=;)\n/);
    await createDatabase(env, users);
    const server = start(settings);
    expect(await server.exited).toBe(1);
    expect(server.output()).toMatch(/a table of schema.sql is missing: run `npm run db:setup`/);
    await dropDatabase(env);
  });
});
