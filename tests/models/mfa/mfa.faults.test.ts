import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MariadbEngine, startMariadb } from '../../../scripts/engines/mariadb.ts';
import { type RedisEngine, startRedis } from '../../../scripts/engines/redis.ts';
import { hasBinaries } from '../../../scripts/engines.ts';
import { hasRealStores, type RegisteredUser, startTestApp, type TestApp } from '../../support/harness.ts';
import { totp } from '../../support/totp.ts';

const STEP_MS = 30_000;

/** Servers that tests may break: started here, never given from outside. */
describe.skipIf(!hasRealStores || !hasBinaries())('a login in two steps, with stores that fail', () => {
  let redis: RedisEngine;
  let mariadb: MariadbEngine;
  let app: TestApp;
  let user: RegisteredUser;
  let secret: string;

  beforeAll(async () => {
    [redis, mariadb] = await Promise.all([startRedis({ args: ['--appendfsync', 'always'] }), startMariadb()]);
    app = await startTestApp('real', {
      REDIS_URL: redis.url,
      DB_HOST: mariadb.host,
      DB_PORT: String(mariadb.port),
      DB_USER: mariadb.user,
      DB_PASSWORD: mariadb.password,
      REDIS_TIMEOUT_MS: '750',
      DB_TIMEOUT_MS: '750',
      CONCURRENT_LOGIN: 'true',
      // The replay check would fail before anything else.
      SIGNATURE_REPLAY: 'off',
    });
    user = await app.register();
    const token = await app.login(user);
    await app.verifyEmail(user);
    const { password } = user;
    secret = (await app.call('POST', '/auth/mfa/totp', { token, body: { password } })).body.secret;
    const body = { code: totp(secret, app.clock.now()) };
    expect((await app.call('POST', '/auth/mfa/totp/confirm', { token, body })).status).toBe(200);
  });
  afterAll(async () => {
    await app?.close();
    await Promise.all([redis?.stop(), mariadb?.stop()]);
  });

  it.each([
    ['Redis', () => redis],
    ['MariaDB', () => mariadb],
  ] as const)(
    'answers 503 while %s is dead between the steps, and the second step goes through after',
    async (_, engineOf) => {
      app.clock.advance(STEP_MS);
      const { email, password } = user;
      const { mfa_token } = (await app.call('POST', '/auth/login', { body: { email, password } })).body;
      const proof = { mfa_token, code: totp(secret, app.clock.now()) };

      const engine = engineOf();
      const ended = once(engine.child, 'exit');
      engine.kill('SIGKILL');
      await ended;
      for (const body of [proof, { ...proof, code: '000000' }]) {
        const answer = await app.call('POST', '/auth/login/mfa', { body });
        expect([answer.status, answer.body.code]).toEqual([503, 'store_unavailable']);
      }
      const first = await app.call('POST', '/auth/login', { body: { email, password } });
      expect([first.status, first.body.code]).toEqual([503, 'store_unavailable']);

      await engine.restart();
      const answer = await app.call('POST', '/auth/login/mfa', { body: proof });
      expect(answer.status).toBe(200);
      const again = await app.call('POST', '/auth/login/mfa', { body: proof });
      expect(again.body.code).toBe('token_invalid');
    },
  );
});
