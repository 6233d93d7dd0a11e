import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RedisEngine, startRedis } from '../../../scripts/engines/redis.ts';
import { hasBinaries } from '../../../scripts/engines.ts';
import { FAULT_ROUNDS, followFault } from '../../support/faults/faultTable.ts';
import { hasRealStores, startTestApp, type TestApp } from '../../support/harness.ts';

const TIMEOUT_MS = 500;
const MARGIN_MS = 4000;

/** Redis that tests may break: started here, never given from outside. */
describe.skipIf(!hasRealStores || !hasBinaries())(
  'the limit per address, with Redis',
  { repeats: FAULT_ROUNDS - 1 },
  () => {
    let redis: RedisEngine;
    let app: TestApp;
    beforeAll(async () => {
      redis = await startRedis();
      app = await startTestApp('real', {
        ...{ RATE_LIMIT: 'on', REDIS_URL: redis.url, REDIS_TIMEOUT_MS: String(TIMEOUT_MS) },
      });
    });
    afterAll(async () => {
      await app?.close();
      await redis?.stop();
    });

    /** Nothing but the limit asks Redis for this one. */
    const send = () => app.call('POST', '/auth/login', { sign: false });

    it.for(['killed', 'stopped'] as const)(
      '%s, is a 503 in time, and never no limit',
      async (how, { task }) => {
        const fault = followFault(task, `rate limit: Redis ${how}`);
        expect((await send()).body.code).toBe('signature_missing');
        const ended = once(redis.child, 'exit');
        redis.kill(how === 'killed' ? 'SIGKILL' : 'SIGSTOP');
        if (how === 'killed') await ended;

        for (let i = 0; i < 3; i++) {
          fault.tried();
          const startedAt = performance.now();
          const answer = await fault.judge(
            send(),
            ({ status, body }) => status === 503 && body.code === 'store_unavailable',
          );
          expect(performance.now() - startedAt).toBeLessThan(TIMEOUT_MS + MARGIN_MS);
          expect(answer?.headers['retry-after']).toBe('1');
        }

        if (how === 'killed') await redis.restart();
        else redis.kill('SIGCONT');
        await fault.recovered(send, ({ body }) => body.code === 'signature_missing');
      },
    );
  },
);
