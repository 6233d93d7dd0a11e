import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient, type RedisClientType } from 'redis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRedisSessionStore } from '../../../models/session/session.redis.ts';
import type { Session, SessionStore } from '../../../models/session/session.store.ts';
import { type RedisEngine, startRedis } from '../../../scripts/engines/redis.ts';
import { hasBinaries } from '../../../scripts/engines.ts';
import type { Redis } from '../../../stores/redis/redis.ts';
import { FAULT_ROUNDS, followFault } from '../../support/faults/faultTable.ts';
import { hasRealStores, type RegisteredUser, startTestApp, type TestApp } from '../../support/harness.ts';
import { openRedisOf } from '../../support/redis.forms.ts';

const SESSIONS = 1000;
const ROUNDS = FAULT_ROUNDS > 1 ? 30 : 8;
/** Where in the logout the kill strikes is spread over the rounds, in steps of this many ms. */
const STEP_MS = 0.5;

describe.skipIf(!hasRealStores || !hasBinaries())(
  'Redis killed in the middle of a logout of all sessions',
  () => {
    let redis: RedisEngine;
    let app: TestApp;
    /** For what is not part of the fault: it waits as long as a busy machine needs. */
    let patient: Redis;
    let store: SessionStore;
    beforeAll(async () => {
      // What was acknowledged must be on disk when the process is killed.
      redis = await startRedis({ args: ['--appendfsync', 'always'] });
      patient = openRedisOf({ REDIS_URL: redis.url });
      app = await startTestApp('real', {
        REDIS_URL: redis.url,
        REDIS_TIMEOUT_MS: '1500',
        CONCURRENT_LOGIN: 'true',
      });
      store = createRedisSessionStore(patient, app.clock.now);
    });
    afterAll(async () => {
      await app?.close();
      await patient?.close();
      await redis?.stop();
    });

    /** A user with many sessions, and the token of the last. */
    async function userWithMany(): Promise<{ user: RegisteredUser; token: string; sessions: Session[] }> {
      const user = await app.register();
      const now = app.clock.now();
      const iat = Math.floor(now / 1000);
      const sessions = Array.from({ length: SESSIONS - 1 }, () => ({
        id: randomUUID(),
        userId: user.id,
        device: { name: null, ip: '192.0.2.1', userAgent: 'test' },
        amr: [],
        tokenInfo: { jti: randomUUID(), iat, exp: iat + 3600 },
        refreshHash: 'first',
        createdAt: now,
        lastUsedAt: now,
        expiresAt: now + 7_200_000,
      }));
      const generation = (await store.generation(user.id)) ?? '';
      await Promise.all(
        sessions.map(session => store.start(session, generation, { sessions: 0, policy: 'evict' })),
      );
      return { user, token: await app.login(user), sessions };
    }

    async function onRedis<T>(act: (client: RedisClientType) => Promise<T>): Promise<T> {
      const client: RedisClientType = createClient({ url: redis.url });
      await client.connect();
      try {
        return await act(client);
      } finally {
        client.destroy();
      }
    }
    const tokensOf = ({ id }: RegisteredUser) =>
      onRedis(async client => (await client.keys(`jwt:${id}:*`)).length);
    /** Resolves when it has read its append-only file. */
    async function restart(): Promise<void> {
      await redis.restart();
      const pinged = () => onRedis(client => client.ping()).catch(String);
      await expect.poll(pinged).toBe('PONG');
    }

    it(`ends all of them or none, ${ROUNDS} times`, { repeats: FAULT_ROUNDS - 1 }, async ({ task }) => {
      const fault = followFault(task, 'Redis killed in a logout of all sessions');
      const outcomes = { answered: 0, refused: 0 };
      for (let round = 0; round < ROUNDS; round++) {
        const { user, token, sessions } = await userWithMany();
        const exited = once(redis.child, 'exit');
        const logout = fault.judge(app.call('POST', '/auth/logout-all', { token }), ({ status, body }) =>
          status === 200
            ? body.ended_sessions === SESSIONS
            : status === 503 && body.code === 'store_unavailable',
        );
        // The first kill is too early, the last one too late.
        await (round === ROUNDS - 1 ? logout : sleep(round * STEP_MS));
        redis.kill('SIGKILL');
        await exited;
        const { status } = await logout;
        fault.tried();
        outcomes[status === 200 ? 'answered' : 'refused']++;

        await restart();
        await fault.recovered(
          () => app.call('GET', '/auth/profile', { token }),
          answer => answer.status === 200 || answer.body.code === 'token_revoked',
        );
        const left = await tokensOf(user);
        expect(status === 200 ? [0] : [0, SESSIONS]).toContain(left);
        if (left === 0) {
          // Hashes that the kill has left give no new token.
          const [session] = sessions;
          const rotation = {
            userId: user.id,
            sessionId: session?.id ?? '',
            presentedHash: 'first',
            successorHash: 'second',
            generation: await store.generation(user.id),
            tokenInfo: { ...session?.tokenInfo, jti: randomUUID(), iat: 0, exp: 4_000_000_000 },
            client: { ip: '', userAgent: '' },
            expiresAt: app.clock.now() + 3_600_000,
          };
          expect(await store.rotate(rotation, 0, 'session')).toEqual({ outcome: 'unknown' });
        }
        await app.call('POST', '/auth/logout-all', { token });
        expect(await tokensOf(user)).toBe(0);
      }
      // Both sides of the moment were hit, or the rounds have shown nothing.
      expect(outcomes.answered).toBeGreaterThan(0);
      expect(outcomes.refused).toBeGreaterThan(0);
    });
  },
);
