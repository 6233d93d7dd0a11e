import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type MariadbEngine, startMariadb } from '../../../scripts/engines/mariadb.ts';
import { type RedisEngine, startRedis } from '../../../scripts/engines/redis.ts';
import type { Engine } from '../../../scripts/engines/supervise.ts';
import { hasBinaries } from '../../../scripts/engines.ts';
import { FAULT_ROUNDS, followFault } from '../../support/faults/faultTable.ts';
import { hasRealStores, type RegisteredUser, startTestApp, type TestApp } from '../../support/harness.ts';
import { tokenIn } from '../../support/smtpServer.ts';

const NEW = 'another long password';

/** Servers that tests may break: started here, never given from outside. */
describe.skipIf(!hasRealStores || !hasBinaries())(
  'recovery with stores that fail',
  {
    repeats: FAULT_ROUNDS - 1,
    timeout: 120_000,
  },
  () => {
    let redis: RedisEngine;
    let mariadb: MariadbEngine;
    let app: TestApp;

    beforeAll(async () => {
      [redis, mariadb] = await Promise.all([
        startRedis({ args: ['--appendfsync', 'always'] }),
        startMariadb(),
      ]);
      app = await startTestApp('real', {
        REDIS_URL: redis.url,
        DB_HOST: mariadb.host,
        DB_PORT: String(mariadb.port),
        DB_USER: mariadb.user,
        DB_PASSWORD: mariadb.password,
        REDIS_TIMEOUT_MS: '1500',
        DB_TIMEOUT_MS: '1500',
        CONCURRENT_LOGIN: 'true',
        SIGNATURE_REPLAY: 'off', // its own write would fail before any other
      });
    });
    afterEach(async () => {
      for (const engine of [redis, mariadb]) {
        engine.kill('SIGCONT');
        if (engine.child.signalCode) await engine.restart();
      }
    });
    afterAll(async () => {
      await app?.close();
      await Promise.all([redis?.stop(), mariadb?.stop()]);
    });

    const post = (path: string, body: object) => app.call('POST', `/auth/${path}`, { body });
    const profile = (token: string) => app.call('GET', '/auth/profile', { token });

    async function kill(engine: Engine): Promise<void> {
      const ended = once(engine.child, 'exit');
      engine.kill('SIGKILL');
      await ended;
    }

    async function resetTokenFor(email: string): Promise<string> {
      await post('forgot-password', { email });
      const found = () => app.mails.find(({ to, text }) => to === email && text.includes('/reset-password?'));
      await expect.poll(found).toBeTruthy();
      return tokenIn(found() ?? { text: '' }, 'reset-password');
    }

    it('a forgotten password is 202 while the database is stopped, and mailed when it goes on', async ({
      task,
    }) => {
      const fault = followFault(task, 'MySQL stopped, forgot-password');
      const user = await app.register();
      await expect.poll(() => app.mails.some(({ to }) => to === user.email)).toBe(true);
      mariadb.kill('SIGSTOP');
      fault.tried();
      await fault.judge(post('forgot-password', { email: user.email }), ({ status }) => status === 202);
      mariadb.kill('SIGCONT');
      const isSent = () =>
        app.mails.some(({ to, text }) => to === user.email && text.includes('/reset-password?'));
      await fault.recovered(
        () => expect.poll(isSent).toBe(true),
        () => true,
      );
    });

    describe.each(['MySQL', 'Redis'] as const)('%s killed in the middle of resets', name => {
      it('leaves each account with one password, and where that is the new one no old session', async ({
        task,
      }) => {
        const fault = followFault(task, `${name} killed, reset-password`);
        const people: (RegisteredUser & { session: string; token: string })[] = [];
        for (let i = 0; i < 8; i++) {
          const user = await app.register();
          people.push({ ...user, session: await app.login(user), token: await resetTokenFor(user.email) });
        }
        const engine = name === 'MySQL' ? mariadb : redis;
        fault.tried();
        let done = 0;
        const resets = people.map(async ({ token }) => {
          const answer = await post('reset-password', { token, new_password: NEW });
          done++;
          return answer;
        });
        await expect.poll(() => done).toBeGreaterThan(0);
        await kill(engine);
        const answers = await Promise.all(resets);
        await engine.restart();
        await expect.poll(async () => (await app.call('GET', '/health/ready')).status).toBe(200);
        for (const [i, person] of people.entries()) {
          const status = answers[i]?.status ?? 0;
          fault.note(answers[i], [204, 503].includes(status));
          const login = (password: string) => post('login', { email: person.email, password });
          // A closed generation opens by itself, by the time that Redis counts.
          await app.stores.redis?.run('', ['DEL', `generation:${person.id}`]);
          const [old, next] = [await login(person.password), await login(NEW)];
          const isNew = next.status === 200;
          fault.note([old.status, next.status], old.status === (isNew ? 401 : 200));
          if (status === 204) fault.note(next, isNew);
          const session = await profile(person.session);
          if (isNew) fault.note(session, session.body.code === 'token_revoked');
          else {
            // Nothing is stuck: with this link, or where it is spent with the next, the reset succeeds.
            const again = await post('reset-password', { token: person.token, new_password: NEW });
            fault.note(again, [204, 422].includes(again.status));
          }
        }
      });
    });
  },
);
