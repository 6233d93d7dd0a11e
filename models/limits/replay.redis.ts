import type { Redis } from '../../stores/redis/redis.ts';
import type { ReplayStore } from './replay.model.ts';

/** Used signatures in Redis, `signature:<hex>`. */
export function createRedisReplayStore(redis: Redis): ReplayStore {
  return {
    async record(signature, ttlMs) {
      const key = `signature:${signature}`;
      return (await redis.run(key, ['SET', key, '1', 'NX', 'PX', String(ttlMs)])) === 'OK';
    },
  };
}
