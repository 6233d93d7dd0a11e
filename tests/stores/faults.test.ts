import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import mysql, { type Connection, type RowDataPacket } from 'mysql2/promise';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type MariadbEngine, startMariadb } from '../../scripts/engines/mariadb.ts';
import { newRedisClient, type RedisEngine, startRedis } from '../../scripts/engines/redis.ts';
import type { Engine } from '../../scripts/engines/supervise.ts';
import { hasBinaries } from '../../scripts/engines.ts';
import { FAULT_ROUNDS, followFault } from '../support/faults/faultTable.ts';
import {
  type CallOptions,
  hasRealStores,
  type RegisteredUser,
  startTestApp,
  type TestApp,
} from '../support/harness.ts';
import type { Response } from '../support/http.ts';
import { isStopped } from '../support/isStopped.ts';

const POOL_SIZE = 5;
/**
 * Small, as much of this file is waiting for it, and yet beyond what a busy machine needs for an answer. In the long form
 * that of the figures in docs/operations.md.
 */
const DEADLINE_MS = FAULT_ROUNDS > 1 ? '1500' : '750';
const PEOPLE = 6;
const UNAVAILABLE = 'store_unavailable';
const NEW_PASSWORD = 'a new password';

const times = <T>(count: number, make: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));
/** The error code of an answer, or its status where it is no error. */
const outcome = ({ status, body }: Response): string | number => body?.code ?? status;

/** Servers that tests may break: started here, never given from outside. */
describe.skipIf(!hasRealStores || !hasBinaries())(
  'with stores that fail',
  { repeats: FAULT_ROUNDS - 1 },
  () => {
    let redis: RedisEngine;
    let mariadb: MariadbEngine;
    let app: TestApp;
    /** The same stores without the replay check, whose own write would fail before any other. */
    let unclaimed: TestApp;
    const unhandled: unknown[] = [];
    const onUnhandled = (reason: unknown) => unhandled.push(reason);

    beforeAll(async () => {
      process.on('unhandledRejection', onUnhandled);
      [redis, mariadb] = await Promise.all([
        // What was acknowledged must be on disk when the process is killed; everysec may hold a write back.
        startRedis({ args: ['--appendfsync', 'always'] }),
        startMariadb(),
      ]);
      const password = randomBytes(12).toString('hex');
      // Without administrative rights, as those go past read_only.
      await onMariadb(connection =>
        connection.query(
          `CREATE USER 'app'@'127.0.0.1' IDENTIFIED BY '${password}'; GRANT ALL ON \`test%\`.* TO 'app'@'127.0.0.1'`,
        ),
      );
      const settings = {
        REDIS_URL: redis.url,
        DB_HOST: mariadb.host,
        DB_PORT: String(mariadb.port),
        DB_USER: 'app',
        DB_PASSWORD: password,
        DB_POOL_SIZE: String(POOL_SIZE),
        REDIS_TIMEOUT_MS: DEADLINE_MS,
        DB_TIMEOUT_MS: DEADLINE_MS,
        HASH_QUEUE_LIMIT: '10000',
        CONCURRENT_LOGIN: 'true',
      };
      app = await startTestApp('real', settings);
      unclaimed = await startTestApp('real', { ...settings, SIGNATURE_REPLAY: 'off' });
    });

    /** A test that failed halfway must not fail those after it. */
    afterEach(async () => {
      for (const engine of [redis, mariadb]) {
        engine.kill('SIGCONT');
        if (engine.child.signalCode) await engine.restart();
      }
    });

    afterAll(async () => {
      await Promise.all([app?.close(), unclaimed?.close()]);
      await Promise.all([redis?.stop(), mariadb?.stop()]);
      process.off('unhandledRejection', onUnhandled);
      expect(unhandled).toEqual([]);
    });

    const newClient = () => newRedisClient({ url: redis.url, socket: { reconnectStrategy: false } });

    async function onRedis<T>(act: (client: ReturnType<typeof newClient>) => Promise<T>): Promise<T> {
      const client = newClient();
      client.on('error', () => {});
      await client.connect();
      try {
        return await act(client);
      } finally {
        client.destroy();
      }
    }

    async function onMariadb<T>(act: (connection: Connection) => Promise<T>): Promise<T> {
      const { host, port, user, password } = mariadb;
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

    async function kill(engine: Engine): Promise<void> {
      const ended = once(engine.child, 'exit');
      engine.kill('SIGKILL');
      await ended;
    }

    /** Resolves when every thread of the process has come to a halt. */
    async function halt(engine: Engine): Promise<void> {
      engine.kill('SIGSTOP');
      await expect.poll(() => isStopped(engine)).toBe(true);
    }

    function call(what: string, options: CallOptions = {}, to = app): Promise<Response> {
      const [method = '', path = ''] = what.split(' ');
      return to.call(method, path, options);
    }

    const profile = (token: string, to = app) => call('GET /auth/profile', { token }, to);
    const rename = (token: string, name = 'Countess') =>
      call('PATCH /auth/profile', { token, body: { name } });
    const logIn = ({ email, password }: { email: string; password: string }, to = app) =>
      call('POST /auth/login', { body: { email, password } }, to);
    const logOut = (token: string, to = app) => call('POST /auth/logout', { token }, to);
    const register = (to = app) => {
      const email = `${randomBytes(6).toString('hex')}@example.com`;
      return call('POST /auth/register', { body: { name: 'Ada', email, password: 'correct horse' } }, to);
    };
    const changePassword = (user: RegisteredUser, token: string, to = app) =>
      call(
        'POST /auth/change-password',
        { token, body: { current_password: user.password, new_password: NEW_PASSWORD } },
        to,
      );

    function expectUnavailable(answer: Response): void {
      expect([answer.status, answer.body.code]).toEqual([503, UNAVAILABLE]);
      expect(isUnavailable(answer), JSON.stringify(answer.headers)).toBe(true);
    }

    function isUnavailable({ status, body, headers }: Response): boolean {
      return (
        status === 503 &&
        body.code === UNAVAILABLE &&
        /^[1-9]\d*$/.test(headers['retry-after'] ?? '') &&
        /^application\/problem\+json/.test(headers['content-type'] ?? '')
      );
    }
    const is = (expected: string | number) => (answer: Response) => outcome(answer) === expected;

    /** The app's stores hold as many connections as it may have, and all of them work. */
    async function expectNoLeak(token: string): Promise<void> {
      const answers = await Promise.all(times(20 * POOL_SIZE, () => profile(token)));
      expect(new Set(answers.map(outcome))).toEqual(new Set([200]));
      // One for each app, one that asks.
      await expect.poll(() => onRedis(async client => (await client.clientList()).length)).toBe(3);
      await expect.poll(async () => (await connectionsOf(app)).length).toBeLessThanOrEqual(POOL_SIZE);
    }

    /** The ids of its connections to MariaDB. */
    async function connectionsOf({ env }: TestApp): Promise<number[]> {
      return onMariadb(async connection => {
        const [rows] = await connection.query<RowDataPacket[]>('SHOW PROCESSLIST');
        return rows.filter(({ db }) => db === env.DB_NAME).map(({ Id }) => Id);
      });
    }

    async function hashOf({ id }: RegisteredUser, { env } = app): Promise<string> {
      return onMariadb(async connection => {
        const [rows] = await connection.query<RowDataPacket[]>(
          `SELECT password FROM ${env.DB_NAME}.users WHERE id = ${id}`,
        );
        return String(rows[0]?.password);
      });
    }

    interface Visit {
      what: keyof typeof permitted;
      answer: string | number;
      /** In which phase the request was sent, and in which it was answered. */
      from: Phase;
      to: Phase;
      ms: number;
    }
    type Phase = 'up' | 'breaking' | 'down' | 'mending' | 'up again';

    /** What each request of the traffic may be answered while everything works. */
    const permitted = {
      register: 201,
      'log in': 200,
      'log in with a wrong password': 'invalid_credentials',
      profile: 200,
      'log out': 204,
      'profile after logout': 'token_revoked',
      live: 200,
      ready: 200,
    } as const;

    /** People who register, log in, look at their profile and log out, again and again. */
    function startTraffic(people: number) {
      const visits: Visit[] = [];
      let phase: Phase = 'up';
      let going = true;

      async function visit(what: Visit['what'], asked: Promise<Response>): Promise<Response> {
        const from = phase;
        const askedAt = performance.now();
        const answer = await asked;
        visits.push({ what, answer: outcome(answer), from, to: phase, ms: performance.now() - askedAt });
        return answer;
      }

      async function live(): Promise<void> {
        while (going) {
          const user = { email: `${randomBytes(6).toString('hex')}@example.com`, password: 'correct horse' };
          const registration = call('POST /auth/register', { body: { name: 'Ada', ...user } });
          const { status } = await visit('register', registration);
          await visit('live', call('GET /health/live'));
          await visit('ready', call('GET /health/ready'));
          if (status !== 201) continue;
          await visit('log in with a wrong password', logIn({ ...user, password: 'wrong horse' }));
          const { body } = await visit('log in', logIn(user));
          if (!body.access_token) continue;
          await visit('profile', profile(body.access_token));
          const logout = await visit('log out', logOut(body.access_token));
          if (logout.status === 204) await visit('profile after logout', profile(body.access_token));
        }
      }

      const finished = Promise.all(times(people, live));
      return {
        visits,
        enter: (next: Phase) => {
          phase = next;
        },
        reached: (what: Visit['what'], count: number) =>
          expect
            .poll(() => visits.filter(seen => seen.what === what && seen.from === phase).length)
            .toBeGreaterThanOrEqual(count),
        async stop() {
          going = false;
          await finished;
        },
      };
    }

    const redisFault = { broken: 'redis', works: 'database', unconcerned: ['live'] };
    const mariadbFault = {
      broken: 'database',
      works: 'redis',
      unconcerned: ['live', 'log out', 'profile after logout'],
    };

    describe.each([
      {
        name: 'Redis killed',
        ...redisFault,
        inflict: () => kill(redis),
        stands: () => redis.child.signalCode === 'SIGKILL',
        mend: () => redis.restart(),
      },
      {
        name: 'Redis stopped',
        ...redisFault,
        inflict: () => halt(redis),
        stands: () => isStopped(redis),
        async mend() {
          redis.kill('SIGCONT');
          await onRedis(client => client.ping());
        },
      },
      {
        name: 'MariaDB killed',
        ...mariadbFault,
        inflict: () => kill(mariadb),
        stands: () => mariadb.child.signalCode === 'SIGKILL',
        mend: () => mariadb.restart(),
      },
      {
        name: 'MariaDB stopped',
        ...mariadbFault,
        inflict: () => halt(mariadb),
        stands: () => isStopped(mariadb),
        async mend() {
          mariadb.kill('SIGCONT');
          await onMariadb(connection => connection.query('SELECT 1'));
        },
      },
    ])('$name', ({ name, broken, works, unconcerned, inflict, stands, mend }) => {
      it('answers 503 to all that needs it, and is back with it', async ({ task }) => {
        const fault = followFault(task, name);
        const user = await app.register();
        const tokens = await Promise.all(times(30, () => app.login(user)));
        const [kept = '', revoked = '', ...spare] = tokens;
        expect((await logOut(revoked)).status).toBe(204);

        const traffic = startTraffic(PEOPLE);
        onTestFinished(() => traffic.stop());
        try {
          await traffic.reached('profile after logout', PEOPLE);
          traffic.enter('breaking');
          await inflict();
          traffic.enter('down');
          fault.tried();

          // That all of these settle before the server is mended is what "bounded" means.
          const needy = [
            ...times(10, () => profile(kept)),
            ...times(5, () => rename(kept)),
            ...times(5, () => register()),
            ...times(5, () => logIn(user)),
            ...times(5, () => logIn({ ...user, password: 'wrong horse' })),
            ...times(3, () => logIn({ ...user, email: 'nobody@example.com' })),
            ...times(2, () => changePassword(user, kept)),
            ...(broken === 'redis' ? spare.slice(0, 5).map(token => logOut(token)) : []),
          ];
          await Promise.all(needy.map(asked => fault.judge(asked, isUnavailable)));

          // A result is shared for a second.
          await expect.poll(async () => (await call('GET /health/ready')).status).toBe(503);
          const ready = await call('GET /health/ready');
          expect([ready.status, ready.body]).toEqual([
            503,
            {
              status: 'unavailable',
              checks: {
                [broken]: { status: 'down', ms: expect.any(Number) },
                [works]: { status: 'up', ms: expect.any(Number) },
              },
            },
          ]);
          expect(ready.headers['retry-after']).toMatch(/^[1-9]\d*$/);
          expect((await call('GET /health/live')).status).toBe(200);
          // What can be known without the store is still said.
          expect(outcome(await profile('not.a.token'))).toBe('token_invalid');
          expect(outcome(await call('POST /auth/login', { body: {}, sign: false }))).toBe(
            'signature_missing',
          );
          if (broken === 'database') {
            const [token = ''] = spare;
            expect((await logOut(token)).status).toBe(204);
            expect(outcome(await profile(token))).toBe('token_revoked');
          }
          await traffic.reached('register', PEOPLE);
          expect(stands()).toBe(true);
        } finally {
          traffic.enter('mending');
          await mend();
          traffic.enter('up again');
        }

        await fault.recovered(() => profile(kept), is(200));
        expect(outcome(await profile(revoked))).toBe('token_revoked');
        expect(outcome(await logIn(user))).toBe(200);
        await expect.poll(async () => (await call('GET /health/ready')).status).toBe(200);
        for (const token of spare.slice(5)) expect(outcome(await profile(token))).toBe(200);
        await traffic.reached('profile after logout', PEOPLE);
        await traffic.stop();

        for (const seen of traffic.visits) {
          const { what, from, to, ms } = seen;
          const expected: (string | number)[] = [];
          if (what === 'ready') expected.push(200, 503);
          else if (unconcerned.includes(what)) expected.push(permitted[what]);
          else if (from === 'down' && to === 'down') expected.push(UNAVAILABLE);
          else if ((from === 'up' && to === 'up') || from === 'up again') expected.push(permitted[what]);
          else expected.push(permitted[what], UNAVAILABLE);
          fault.note(seen, expected.includes(seen.answer));
          if (from === 'breaking' || from === 'down') fault.waited(ms);
        }
        expect(app.logged()).not.toContain('internal_error');
        await expectNoLeak(kept);
      });
    });

    describe('because Redis refuses to write', () => {
      describe.each([
        {
          name: 'Redis out of memory',
          inflict: () => onRedis(client => client.configSet('maxmemory', '1')),
          mend: () => onRedis(client => client.configSet('maxmemory', '0')),
        },
        {
          name: 'Redis become a replica',
          inflict: () => onRedis(client => client.sendCommand(['REPLICAOF', '127.0.0.1', '1'])),
          mend: () => onRedis(client => client.sendCommand(['REPLICAOF', 'NO', 'ONE'])),
        },
        {
          name: 'Redis with too few replicas',
          inflict: () => onRedis(client => client.configSet('min-replicas-to-write', '1')),
          mend: () => onRedis(client => client.configSet('min-replicas-to-write', '0')),
        },
      ])('$name', ({ name, inflict, mend }) => {
        it('answers 503 to what writes, goes on reading, and is back at once', async ({ task }) => {
          const fault = followFault(task, name);
          const user = await app.register();
          const tokens = await Promise.all(times(10, () => app.login(user)));
          const [kept = ''] = tokens;
          try {
            await inflict();
            fault.tried();
            const writers = [
              ...tokens.map(token => logOut(token)),
              ...times(10, () => logIn(user)),
              ...times(5, () => logIn({ ...user, password: 'wrong horse' })),
              ...times(5, () => register()),
              changePassword(user, kept),
            ];
            await Promise.all(writers.map(asked => fault.judge(asked, isUnavailable)));
            await Promise.all(tokens.map(token => fault.judge(profile(token), is(200))));
          } finally {
            await mend();
          }
          await fault.recovered(() => logOut(kept), is(204));
          expect(outcome(await profile(kept))).toBe('token_revoked');
          expect(outcome(await logIn(user))).toBe(200);
        });

        it('says of no session that it ended or began when it did not, without a replay check either', async () => {
          const user = await unclaimed.register();
          const tokens = await Promise.all(times(4, () => unclaimed.login(user)));
          const [changer = '', ...leavers] = tokens;
          try {
            await inflict();
            for (const token of leavers) {
              const { status, body } = await logOut(token, unclaimed);
              expect([204, UNAVAILABLE]).toContain(body?.code ?? status);
              const expected = status === 204 ? 'token_revoked' : 200;
              expect(outcome(await profile(token, unclaimed))).toBe(expected);
            }
            const login = await logIn(user, unclaimed);
            expect([200, UNAVAILABLE]).toContain(outcome(login));
            if (login.status === 200)
              expect(outcome(await profile(login.body.access_token, unclaimed))).toBe(200);

            const hash = await hashOf(user, unclaimed);
            const change = await changePassword(user, changer, unclaimed);
            expect([200, UNAVAILABLE]).toContain(outcome(change));
            const replaced = (await hashOf(user, unclaimed)) !== hash;
            if (replaced) {
              for (const token of tokens)
                expect(outcome(await profile(token, unclaimed))).toBe('token_revoked');
              expect(outcome(await logIn(user, unclaimed))).not.toBe(200);
            }
            if (change.status === 200) {
              expect(replaced).toBe(true);
              expect(outcome(await profile(change.body.access_token, unclaimed))).toBe(200);
            }
          } finally {
            await mend();
          }
        });
      });
    });

    describe('because MariaDB refuses to write', () => {
      it('answers 503 to what writes, goes on reading, and is back at once', async ({ task }) => {
        const fault = followFault(task, 'MariaDB read-only');
        const user = await app.register();
        const token = await app.login(user);
        try {
          await onMariadb(connection => connection.query('SET GLOBAL read_only = 1'));
          fault.tried();
          const writers = [...times(10, () => register()), ...times(10, () => rename(token))];
          await Promise.all(writers.map(asked => fault.judge(asked, isUnavailable)));
          await fault.judge(profile(token), is(200));
          await fault.judge(logIn(user), is(200));
        } finally {
          await onMariadb(connection => connection.query('SET GLOBAL read_only = 0'));
        }
        await fault.recovered(() => rename(token), is(200));
        expect(outcome(await register())).toBe(201);
        await expectNoLeak(token);
      });
    });

    it('a password change that MariaDB refused locks nobody out', async () => {
      const user = await app.register();
      const token = await app.login(user);
      try {
        await onMariadb(connection => connection.query('SET GLOBAL read_only = 1'));
        expectUnavailable(await changePassword(user, token));
      } finally {
        await onMariadb(connection => connection.query('SET GLOBAL read_only = 0'));
      }
      expect(outcome(await logIn({ ...user, password: NEW_PASSWORD }))).toBe('invalid_credentials');
      expect(outcome(await logIn(user))).toBe(200);
    });

    /** Runs `work` while another connection holds what the SQL locks. */
    async function whileLocked(
      sql: string,
      work: (release: () => Promise<unknown>) => Promise<void>,
      { env } = app,
    ) {
      await onMariadb(async connection => {
        await connection.query(`USE ${env.DB_NAME}; START TRANSACTION; ${sql}`);
        await work(() => connection.query('ROLLBACK; UNLOCK TABLES'));
      });
    }

    describe('because something is locked', () => {
      it('answers 503 to who needs the row, and goes on with the rest', async ({ task }) => {
        const fault = followFault(task, 'MariaDB row locked');
        const user = await app.register();
        const token = await app.login(user);
        const other = await app.login(await app.register());
        await whileLocked(`SELECT * FROM users WHERE id = ${user.id} FOR UPDATE`, async release => {
          fault.tried();
          await Promise.all(times(4 * POOL_SIZE, () => fault.judge(rename(token, 'Late'), isUnavailable)));
          // A connection that still waits for the lock would keep whoever is given it waiting, too.
          const rest = await Promise.all(
            times(4 * POOL_SIZE, i => (i % 2 ? rename(other, 'In time') : profile(other))),
          );
          expect(rest.map(outcome)).toEqual(rest.map(() => 200));
          expect(outcome(await profile(token))).toBe(200);
          await release();
        });
        await fault.recovered(() => rename(token, 'Back'), is(200));
        await expectNoLeak(token);
      });

      it('answers 503 while the whole table is locked, and is back with it', async ({ task }) => {
        const fault = followFault(task, 'MariaDB table locked');
        const user = await app.register();
        const token = await app.login(user);
        await whileLocked('LOCK TABLES users WRITE', async release => {
          fault.tried();
          const needy = [
            ...times(4 * POOL_SIZE, () => profile(token)),
            ...times(POOL_SIZE, () => logIn(user)),
            ...times(POOL_SIZE, () => register()),
          ];
          await Promise.all(needy.map(asked => fault.judge(asked, isUnavailable)));
          await release();
        });
        await fault.recovered(() => profile(token), is(200));
        await expectNoLeak(token);
      });
    });

    it('answers the first request after each of 3 restarts of Redis', async ({ task }) => {
      const fault = followFault(task, 'Redis restarted');
      const token = await app.login(await app.register());
      for (let round = 0; round < 3; round++) {
        await kill(redis);
        fault.tried();
        // By now the app tries to connect only now and then, so that the request below must wait for it.
        await fault.judge(profile(token), isUnavailable);
        await redis.restart();
        await fault.recovered(() => profile(token), is(200));
      }
    });

    it('answers the first request after each of 2 restarts of MariaDB', async ({ task }) => {
      const fault = followFault(task, 'MariaDB restarted');
      const token = await app.login(await app.register());
      for (let round = 0; round < 2; round++) {
        await Promise.all(times(4 * POOL_SIZE, () => profile(token)));
        await kill(mariadb);
        fault.tried();
        await fault.judge(profile(token), isUnavailable);
        await mariadb.restart();
        await fault.recovered(() => rename(token), is(200));
      }
    });

    it('answers at once when the database has closed every idle connection', async ({ task }) => {
      const fault = followFault(task, 'MariaDB closed its idle connections');
      const token = await app.login(await app.register());
      // Writes, as reads of one turn of the event loop share a statement and may so share a connection.
      await Promise.all(times(4 * POOL_SIZE, () => rename(token)));
      const idle = await connectionsOf(app);
      expect(idle.length).toBeGreaterThan(1);
      await onMariadb(async connection => {
        for (const id of idle) {
          // One that the app discarded in a test before may only now be gone from the list.
          await connection.query(`KILL ${id}`).catch(error => expect(error.code).toBe('ER_NO_SUCH_THREAD'));
        }
      });
      // The audit trail may have opened another one.
      await expect.poll(async () => (await connectionsOf(app)).filter(id => idle.includes(id))).toEqual([]);
      fault.tried();
      await Promise.all(times(4 * POOL_SIZE, () => fault.judge(profile(token), is(200))));
    });

    it('answers at once when Redis has closed the connection or lost its scripts', async ({ task }) => {
      const fault = followFault(task, 'Redis closed the connection or lost its scripts');
      const user = await app.register();
      const token = await app.login(user);
      await onRedis(client => client.sendCommand(['CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes']));
      fault.tried();
      await fault.judge(profile(token), is(200));
      await onRedis(client => client.scriptFlush());
      fault.tried();
      await fault.judge(logIn(user), is(200));
      await onRedis(client => client.scriptFlush());
      fault.tried();
      await fault.judge(logOut(token), is(204));
      await fault.judge(profile(token), is('token_revoked'));
    });

    describe('between the steps of a password change', () => {
      /** Starts a change, and holds it after the sessions were ended and before the password is replaced. */
      async function changeHalfway(
        work: (parts: {
          user: RegisteredUser;
          change: Promise<Response>;
          release: () => Promise<unknown>;
        }) => Promise<void>,
        on = app,
      ): Promise<{ user: RegisteredUser; tokens: string[] }> {
        const user = await on.register();
        const tokens = [await on.login(user), await on.login(user)];
        const locked = async (release: () => Promise<unknown>) => {
          const change = changePassword(user, tokens[0] ?? '', on);
          await expect
            .poll(() => onRedis(client => client.get(`generation:${user.id}`)))
            .toMatch(/^blocked:/);
          await work({ user, change, release });
        };
        await whileLocked(`SELECT * FROM users WHERE id = ${user.id} FOR UPDATE`, locked, on);
        return { user, tokens };
      }

      async function expectLoggedOut(tokens: string[], on = app): Promise<void> {
        for (const token of tokens) expect(outcome(await profile(token, on))).toBe('token_revoked');
      }

      /** The user's logins are let in again when the generation's time to live is over. */
      async function expectWayBack(user: RegisteredUser, works: string, refused: string): Promise<void> {
        const key = `generation:${user.id}`;
        const ttl = await onRedis(client => client.pTTL(key));
        expect(ttl).toBeGreaterThan(0);
        expect(ttl).toBeLessThanOrEqual(60_000);
        await onRedis(client => client.pExpire(key, 1));
        await expect.poll(() => onRedis(client => client.exists(key))).toBe(0);
        expect(outcome(await logIn({ ...user, password: refused }))).toBe('invalid_credentials');
        expect(outcome(await logIn({ ...user, password: works }))).toBe(200);
      }

      it('Redis dies: no session is alive, and the old password makes none', async ({ task }) => {
        followFault(task, 'Redis killed in a password change').tried();
        let before = '';
        const { user, tokens } = await changeHalfway(async ({ user, change, release }) => {
          before = await hashOf(user);
          await kill(redis);
          await release();
          expectUnavailable(await change);
          const logins = await Promise.all([logIn(user), logIn({ ...user, password: NEW_PASSWORD })]);
          for (const login of logins) expectUnavailable(login);
          await redis.restart();
        });
        await expect.poll(() => hashOf(user)).not.toBe(before);
        await expectLoggedOut(tokens);
        expect(outcome(await logIn(user))).not.toBe(200);
        await expectWayBack(user, NEW_PASSWORD, user.password);
      });

      it('MariaDB dies: no session is alive, and the old password is the one that works', async ({
        task,
      }) => {
        followFault(task, 'MariaDB killed in a password change').tried();
        let before = '';
        const { user, tokens } = await changeHalfway(async ({ user, change }) => {
          before = await hashOf(user);
          await kill(mariadb);
          expectUnavailable(await change);
          await mariadb.restart();
        });
        expect(await hashOf(user)).toBe(before);
        await expectLoggedOut(tokens);
        await expectWayBack(user, user.password, NEW_PASSWORD);
      });

      it('the row stays locked: the server gives up before the deadline, and the old password works on', async ({
        task,
      }) => {
        const fault = followFault(task, 'MariaDB row locked in a password change');
        // The server's limit is a tenth shorter than the deadline, so a long one leaves a busy machine more time.
        const DB_NAME = `test_${randomBytes(6).toString('hex')}`;
        const patient = await startTestApp('real', { ...app.settings, DB_NAME, DB_TIMEOUT_MS: '4000' });
        task.context.onTestFinished(() => patient.close());
        const { user, tokens } = await changeHalfway(async ({ user, change, release }) => {
          const before = await hashOf(user, patient);
          fault.tried();
          await fault.judge(change, isUnavailable);
          await release();
          await fault.recovered(() => logIn(user, patient), is(200));
          expect(await hashOf(user, patient)).toBe(before);
        }, patient);
        await expectLoggedOut(tokens, patient);
        expect(outcome(await logIn({ ...user, password: NEW_PASSWORD }, patient))).toBe(
          'invalid_credentials',
        );
      });
    });
  },
);
