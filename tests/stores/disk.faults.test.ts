import { randomBytes } from 'node:crypto';
import mysql from 'mysql2/promise';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { startMariadb } from '../../scripts/engines/mariadb.ts';
import { startRedis } from '../../scripts/engines/redis.ts';
import { hasBinaries } from '../../scripts/engines.ts';
import { FAULT_ROUNDS, followFault } from '../support/faults/faultTable.ts';
import { mountSmallDisk } from '../support/faults/smallDisk.ts';
import { hasRealStores, startTestApp, type TestApp } from '../support/harness.ts';
import type { Response } from '../support/http.ts';

const outcome = ({ status, body }: Response): string | number => body?.code ?? status;
const is = (expected: string | number) => (answer: Response) => outcome(answer) === expected;
const isUnavailable = is('store_unavailable');

const disk = hasRealStores && hasBinaries() ? mountSmallDisk(260) : null;
afterAll(() => disk?.remove());

/** Disks can be filled only where one may be mounted, that is by root. */
describe.skipIf(!disk)('on a full disk', { repeats: FAULT_ROUNDS - 1 }, () => {
  const { dir = '', fill = () => {}, empty = () => {} } = disk ?? {};
  const register = ({ call }: TestApp, name = 'Ada') =>
    call('POST', '/auth/register', {
      body: { name, email: `${randomBytes(6).toString('hex')}@example.com`, password: 'correct horse' },
    });
  const profile = ({ call }: TestApp, token: string) => call('GET', '/auth/profile', { token });

  it('Redis: what writes is 503, reading goes on', async ({ task }) => {
    const fault = followFault(task, 'Redis on a full disk');
    const redis = await startRedis({ dir });
    const app = await startTestApp('real', { REDIS_URL: redis.url, CONCURRENT_LOGIN: 'true' });
    onTestFinished(async () => {
      await app.close();
      await redis.stop();
    });
    const user = await app.register();
    const token = await app.login(user);
    const logIn = () =>
      app.call('POST', '/auth/login', { body: { email: user.email, password: user.password } });
    fill();
    fault.tried();
    try {
      // Redis learns of it when it next writes its file, up to a second after it answered.
      await expect.poll(async () => outcome(await logIn())).toBe('store_unavailable');
      for (let i = 0; i < 20; i++) await fault.judge(logIn(), isUnavailable);
      await fault.judge(app.call('POST', '/auth/logout', { token }), isUnavailable);
      await fault.judge(profile(app, token), is(200));
    } finally {
      empty();
    }
    await fault.recovered(async () => {
      await expect.poll(async () => outcome(await logIn())).toBe(200);
      return logIn();
    }, is(200));
    await fault.judge(app.call('POST', '/auth/logout', { token }), is(204));
    await fault.judge(profile(app, token), is('token_revoked'));
  });

  it('MariaDB: what writes is 503 or was written, reading goes on', async ({ task }) => {
    const fault = followFault(task, 'MariaDB on a full disk');
    const mariadb = await startMariadb({ dir });
    const { host, port, user, password } = mariadb;
    const app = await startTestApp('real', {
      DB_HOST: host,
      DB_PORT: String(port),
      DB_USER: user,
      DB_PASSWORD: password,
      DB_TIMEOUT_MS: '2000',
    });
    onTestFinished(async () => {
      await app.close();
      await mariadb.stop();
    });
    const token = await app.login(await app.register());
    const connection = await mysql.createConnection({
      host,
      port,
      user,
      password,
      database: app.env.DB_NAME,
    });
    onTestFinished(() => connection.destroy());
    fill();
    fault.tried();
    const made: number[] = [];
    try {
      // Until the pages are full that the table has, nothing is amiss.
      const copy = `INSERT INTO users (name, email) SELECT name, UUID() FROM users LIMIT 1000`;
      await expect
        .poll(
          () =>
            connection.query(copy).then(
              () => 'written',
              error => error.code,
            ),
          { interval: 1 },
        )
        .toBe('ER_RECORD_FILE_FULL');
      for (let i = 0; i < 20; i++) {
        const answer = await fault.judge(
          register(app, 'Countess'.repeat(12)),
          got => is(201)(got) || isUnavailable(got),
        );
        if (answer.status === 201) made.push(answer.body.user.id);
      }
      await fault.judge(profile(app, token), is(200));
    } finally {
      empty();
    }
    await fault.recovered(() => register(app), is(201));
    for (const id of made) {
      const rows = await app.stores.db.query('SELECT id FROM users WHERE id = ?', [id]);
      fault.note({ lost: id }, rows.length === 1);
    }
  });
});
