import { randomBytes } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { FAULT_ROUNDS, followFault } from '../support/faults/faultTable.ts';
import { startTcpProxy, type TcpProxy } from '../support/faults/tcpProxy.ts';
import { hasRealStores, startTestApp, type TestApp } from '../support/harness.ts';
import type { Response } from '../support/http.ts';

const POOL_SIZE = 5;
const DEADLINE_MS = 1000;
/** What a busy machine may add to a deadline. */
const MARGIN_MS = 2000;

const times = <T>(count: number, make: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));
const outcome = ({ status, body }: Response): string | number => body?.code ?? status;
const is = (expected: string | number) => (answer: Response) => outcome(answer) === expected;
const isUnavailable = is('store_unavailable');

describe.skipIf(!hasRealStores)('with a network that fails', { repeats: FAULT_ROUNDS - 1 }, () => {
  let toRedis: TcpProxy;
  let toMariadb: TcpProxy;
  let app: TestApp;

  beforeAll(async () => {
    const { redisUrl, mariadb } = inject('engines');
    const url = new URL(redisUrl ?? '');
    toRedis = await startTcpProxy(Number(url.port));
    toMariadb = await startTcpProxy(mariadb?.port ?? 0);
    url.port = String(toRedis.port);
    app = await startTestApp('real', {
      REDIS_URL: url.href,
      DB_PORT: String(toMariadb.port),
      DB_POOL_SIZE: String(POOL_SIZE),
      REDIS_TIMEOUT_MS: String(DEADLINE_MS),
      DB_TIMEOUT_MS: String(DEADLINE_MS),
      HASH_QUEUE_LIMIT: '10000',
      CONCURRENT_LOGIN: 'true',
    });
  });
  afterEach(() => {
    for (const proxy of [toRedis, toMariadb]) {
      proxy.delay(0);
      proxy.heal();
    }
  });
  afterAll(async () => {
    await app?.close();
    await Promise.all([toRedis?.close(), toMariadb?.close()]);
  });

  const profile = (token: string) => app.call('GET', '/auth/profile', { token });
  const rename = (token: string) =>
    app.call('PATCH', '/auth/profile', { token, body: { name: randomBytes(4).toString('hex') } });
  const logIn = ({ email, password }: { email: string; password: string }) =>
    app.call('POST', '/auth/login', { body: { email, password } });
  const health = () => app.call('GET', '/health/live');

  /** Each request within the deadlines of the stores it asks, of which a rename asks one four times. */
  async function expectInTime(requests: (() => Promise<Response>)[], fault: ReturnType<typeof followFault>) {
    await Promise.all(
      requests.map(async send => {
        const askedAt = performance.now();
        const answer = await fault.judge(send(), isUnavailable);
        const ms = performance.now() - askedAt;
        fault.note({ answer: outcome(answer), ms }, ms < DEADLINE_MS + MARGIN_MS);
      }),
    );
  }

  /** A handshake that began in the fault may have to fail first, and meanwhile there is nothing but 503. */
  async function firstGood(token: string): Promise<Response> {
    const giveUpAt = performance.now() + DEADLINE_MS + MARGIN_MS;
    for (;;) {
      const answer = await profile(token);
      if (!isUnavailable(answer) || performance.now() > giveUpAt) return answer;
    }
  }

  describe.each([
    { name: 'Redis', proxy: () => toRedis },
    { name: 'MariaDB', proxy: () => toMariadb },
  ])('to $name', ({ name, proxy }) => {
    it('slower than the deadline: 503 in time, and right again with the network', async ({ task }) => {
      const fault = followFault(task, `${name} slower than the deadline`);
      const user = await app.register();
      const token = await app.login(user);
      proxy().delay(2 * DEADLINE_MS);
      fault.tried();
      await expectInTime(
        times(3 * POOL_SIZE, i => () => (i % 3 ? profile(token) : logIn(user))),
        fault,
      );
      await fault.judge(health(), is(200));
      proxy().delay(0);
      await fault.recovered(() => firstGood(token), is(200));
      await fault.judge(rename(token), is(200));
    });

    it('slow, but within the deadline: right answers', async ({ task }) => {
      const fault = followFault(task, `${name} slow, within the deadline`);
      const user = await app.register();
      const token = await app.login(user);
      proxy().delay(50);
      fault.tried();
      // As many as there are connections: those beyond wait for their turn, and that counts.
      await Promise.all(times(POOL_SIZE, i => fault.judge(i % 2 ? profile(token) : rename(token), is(200))));
      await fault.judge(logIn(user), is(200));
    });

    it('gone without a word: 503 in time, no connection kept, and right again with the network', async ({
      task,
    }) => {
      const fault = followFault(task, `${name} silent (half-open connections)`);
      const user = await app.register();
      const token = await app.login(user);
      await Promise.all(times(4 * POOL_SIZE, () => profile(token)));
      proxy().blackhole();
      fault.tried();
      for (let round = 0; round < 2; round++) {
        await expectInTime(
          times(3 * POOL_SIZE, i => () => (i % 3 ? profile(token) : logIn(user))),
          fault,
        );
      }
      await fault.judge(health(), is(200));
      expect(proxy().connections()).toBeLessThanOrEqual(2 * POOL_SIZE);
      proxy().heal();
      await fault.recovered(() => firstGood(token), is(200));
      await Promise.all(times(4 * POOL_SIZE, () => fault.judge(profile(token), is(200))));
      await expect.poll(() => proxy().connections()).toBeLessThanOrEqual(POOL_SIZE);
    });
  });

  it('a password change that arrives late: the old password has made no session meanwhile', async ({
    task,
  }) => {
    const fault = followFault(task, 'a password change that reaches MariaDB late');
    const user = await app.register();
    const token = await app.login(user);
    const hashes = () => app.stores.db.query('SELECT password FROM users WHERE id = ?', [user.id]);
    const [before] = await hashes();
    const generation = `generation:${user.id}`;

    toMariadb.hold('$2b$');
    fault.tried();
    const body = { current_password: user.password, new_password: 'a new password' };
    await fault.judge(app.call('POST', '/auth/change-password', { token, body }), isUnavailable);
    await fault.judge(logIn(user), isUnavailable);
    toMariadb.heal();
    await expect.poll(async () => (await hashes())[0]).not.toEqual(before);
    await fault.judge(logIn(user), isUnavailable);
    await fault.judge(profile(token), is('token_revoked'));

    // The user's logins are let in again when the generation's time to live is over.
    const ttl = await app.stores.redis?.run(generation, ['PTTL', generation]);
    expect(ttl).toBeGreaterThan(0);
    expect(ttl).toBeLessThanOrEqual(60_000);
    await app.stores.redis?.run(generation, ['DEL', generation]);
    await fault.judge(logIn(user), is('invalid_credentials'));
    await fault.recovered(() => logIn({ ...user, password: 'a new password' }), is(200));
  });

  it('thousands of failing requests leave nothing behind', async ({ task }) => {
    const fault = followFault(task, 'MariaDB silent, memory over many requests');
    const token = await app.login(await app.register());
    setFlagsFromString('--expose-gc');
    const collectGarbage = runInNewContext('gc') as () => void;
    const heap: number[] = [];
    toMariadb.blackhole();
    fault.tried();
    for (let round = 0; round < 2 + FAULT_ROUNDS; round++) {
      await Promise.all(times(200, () => fault.judge(profile(token), isUnavailable)));
      collectGarbage();
      heap.push(process.memoryUsage().heapUsed);
    }
    toMariadb.heal();
    await fault.recovered(() => profile(token), is(200));
    await expect.poll(() => toMariadb.connections()).toBeLessThanOrEqual(POOL_SIZE);
    // The first round fills what the runtime keeps; from then on it is level, but for a little noise.
    const [first = 0, ...later] = heap;
    expect(Math.max(...later) - first, heap.join(' ')).toBeLessThan(16_000_000);
  });
});
