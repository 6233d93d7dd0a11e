import { randomBytes } from 'node:crypto';
import mysql, { type Connection } from 'mysql2/promise';
import { afterAll, beforeAll, describe, inject, it, onTestFinished } from 'vitest';
import { type MariadbEngine, startMariadb } from '../../scripts/engines/mariadb.ts';
import { hasBinaries } from '../../scripts/engines.ts';
import { FAULT_ROUNDS, followFault } from '../support/faults/faultTable.ts';
import { startTcpProxy } from '../support/faults/tcpProxy.ts';
import {
  createDatabase,
  dropDatabase,
  hasRealStores,
  startTestApp,
  type TestApp,
} from '../support/harness.ts';
import type { Response } from '../support/http.ts';

const POOL_SIZE = 5;
const times = <T>(count: number, make: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));
const outcome = ({ status, body }: Response): string | number => body?.code ?? status;
const is = (expected: string | number) => (answer: Response) => outcome(answer) === expected;
const isUnavailable = is('store_unavailable');

describe.skipIf(!hasRealStores || !hasBinaries())(
  'with a MariaDB that fails',
  { repeats: FAULT_ROUNDS - 1 },
  () => {
    let mariadb: MariadbEngine;
    const user = `app_${randomBytes(4).toString('hex')}`;
    const password = 'the first password';
    beforeAll(async () => {
      mariadb = await startMariadb();
      await onServer(mariadb, connection => grant(connection));
    });
    afterAll(async () => {
      await mariadb?.stop();
    });

    type Login = { host: string; port: number; user: string; password: string };
    async function onServer<T>(
      { host, port, user, password }: Login,
      act: (connection: Connection) => Promise<T>,
    ): Promise<T> {
      const connection = await mysql.createConnection({
        host,
        port,
        user,
        password,
        multipleStatements: true,
      });
      try {
        return await act(connection);
      } finally {
        connection.destroy();
      }
    }
    /** Without administrative rights, as those go past read_only and max_connections. */
    const grant = (connection: Connection) =>
      connection.query(
        `CREATE USER '${user}'@'127.0.0.1' IDENTIFIED BY '${password}'; GRANT ALL ON \`test%\`.* TO '${user}'@'127.0.0.1'`,
      );
    const onMariadb = (sql: string) => onServer(mariadb, connection => connection.query(sql));

    async function start(port = mariadb.port): Promise<{ app: TestApp; token: string; id: number }> {
      const app = await startTestApp('real', {
        DB_HOST: '127.0.0.1',
        DB_PORT: String(port),
        DB_USER: user,
        DB_PASSWORD: password,
        DB_POOL_SIZE: String(POOL_SIZE),
        DB_TIMEOUT_MS: '2000',
      });
      onTestFinished(() => app.close());
      const person = await app.register();
      return { app, token: await app.login(person), id: person.id };
    }
    async function killConnections(admin: Connection, { env }: TestApp): Promise<void> {
      const [rows] = await admin.query<mysql.RowDataPacket[]>('SHOW PROCESSLIST');
      // One that has ended meanwhile cannot be killed.
      for (const { Id, db } of rows) if (db === env.DB_NAME) await admin.query(`KILL ${Id}`).catch(() => {});
    }
    const profile = (app: TestApp, token: string) => app.call('GET', '/auth/profile', { token });
    const rename = (app: TestApp, token: string) =>
      app.call('PATCH', '/auth/profile', { token, body: { name: randomBytes(4).toString('hex') } });
    /** Has every connection of the pool opened, with its statements prepared. */
    const fillPool = (app: TestApp, token: string) =>
      Promise.all(times(4 * POOL_SIZE, i => (i % 2 ? profile(app, token) : rename(app, token))));

    it('demoted: the pool goes over to the new primary, and no request fails', async ({ task }) => {
      const fault = followFault(task, 'MariaDB demoted to read-only, host leads to another');
      const primary = inject('engines').mariadb;
      if (!primary) throw new Error('there is no second server');
      const proxy = await startTcpProxy(mariadb.port);
      onTestFinished(() => proxy.close());
      const { app, token, id } = await start(proxy.port);
      await fillPool(app, token);
      const row = "(id, name, email, password) VALUES (?, 'Ada', 'on@the.new.one', 'x')";
      const there = {
        ...app.env,
        DB_PORT: primary.port,
        DB_USER: primary.user,
        DB_PASSWORD: primary.password,
      };
      await createDatabase(there);
      onTestFinished(async () => {
        await dropDatabase(there);
        await onServer(primary, connection => connection.query(`DROP USER '${user}'@'127.0.0.1'`));
      });
      await onServer(primary, async connection => {
        await grant(connection);
        await connection.query(`INSERT INTO ${app.env.DB_NAME}.users ${row}`, [id]);
      });
      try {
        await onMariadb('SET GLOBAL read_only = 1');
        proxy.redirect(primary.port);
        fault.tried();
        await fault.recovered(() => rename(app, token), is(200));
        await Promise.all(times(4 * POOL_SIZE, () => fault.judge(rename(app, token), is(200))));
        const answers = await Promise.all(times(4 * POOL_SIZE, () => profile(app, token)));
        for (const answer of answers) fault.note(answer, answer.body.user?.email === 'on@the.new.one');
      } finally {
        await onMariadb('SET GLOBAL read_only = 0');
        proxy.redirect(mariadb.port);
      }
    });

    it.for([
      {
        name: 'MariaDB with all its connections taken',
        inflict: async (admin: Connection, app: TestApp) => {
          await admin.query('SET GLOBAL max_connections = 10');
          const login = { host: '127.0.0.1', port: mariadb.port, user, password };
          const taken: Connection[] = [];
          // All but the place of `admin`: the app may have opened a connection meanwhile.
          while (taken.length < 9) {
            const connection = await mysql.createConnection(login).catch(() => null);
            if (connection) taken.push(connection);
            else await killConnections(admin, app);
          }
          return async () => {
            for (const connection of taken) connection.destroy();
            await admin.query('SET GLOBAL max_connections = 151');
          };
        },
      },
      {
        name: 'MariaDB with another password',
        inflict: async (admin: Connection) => {
          await admin.query(`ALTER USER '${user}'@'127.0.0.1' IDENTIFIED BY 'the second password'`);
          return () => admin.query(`ALTER USER '${user}'@'127.0.0.1' IDENTIFIED BY '${password}'`);
        },
      },
      {
        name: 'MariaDB with no room for prepared statements',
        inflict: async (admin: Connection) => {
          await admin.query('SET GLOBAL max_prepared_stmt_count = 0');
          return () => admin.query('SET GLOBAL max_prepared_stmt_count = 16382');
        },
      },
      {
        name: 'MariaDB without the table',
        inflict: async (admin: Connection, { env }: TestApp) => {
          await admin.query(`RENAME TABLE ${env.DB_NAME}.users TO ${env.DB_NAME}.gone`);
          return () => admin.query(`RENAME TABLE ${env.DB_NAME}.gone TO ${env.DB_NAME}.users`);
        },
      },
    ])('$name: 503, and right again with the first request after', async ({ name, inflict }, { task }) => {
      const fault = followFault(task, name);
      const { app, token } = await start();
      await fillPool(app, token);
      const { host, port, user, password } = mariadb;
      const admin = await mysql.createConnection({ host, port, user, password });
      onTestFinished(() => admin.destroy());
      // Without its connections, whose statements are prepared, the pool needs new ones.
      await killConnections(admin, app);
      const mend = await inflict(admin, app);
      fault.tried();
      try {
        await Promise.all(
          times(4 * POOL_SIZE, i =>
            fault.judge(i % 2 ? profile(app, token) : rename(app, token), isUnavailable),
          ),
        );
      } finally {
        await mend();
      }
      await fault.recovered(() => rename(app, token), is(200));
      await Promise.all(times(4 * POOL_SIZE, () => fault.judge(profile(app, token), is(200))));
    });
  },
);
