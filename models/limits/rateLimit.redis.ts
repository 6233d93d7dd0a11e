import { RateLimiterRedis } from 'rate-limiter-flexible';
import type { Redis } from '../../stores/redis/redis.ts';
import { defineScript } from '../../stores/redis/script.ts';
import { createRateLimiter, type RateLimit, type RateLimiter } from './rateLimit.model.ts';

/** One round trip for each request, and none for a key that this process knows to be over its limit. */
export function createRedisRateLimiter(redis: Redis, limit: RateLimit): RateLimiter {
  let script = defineScript('');
  const limiter = new RateLimiterRedis({
    points: limit.requests,
    duration: limit.window,
    keyPrefix: 'rate_limit',
    inMemoryBlockOnConsumed: limit.requests,
    // The library needs only `eval` of a client. So its one script has the same deadline as every other command.
    useRedisPackage: true,
    storeClient: {
      eval: (lua: string, { keys, arguments: args }: { keys: [string]; arguments: string[] }) => {
        if (script.lua !== lua) script = defineScript(lua);
        return redis.eval(script, keys, args);
      },
    },
  });
  return createRateLimiter(limiter, limit);
}
