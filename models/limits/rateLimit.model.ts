import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { defineScript, type Redis } from '../../stores/redis/redis.ts';

/** So many requests in a window, which begins with the first of them. */
export interface RateLimit {
  requests: number;
  /** Seconds. */
  window: number;
}

/** Where a key stands after one more request. */
export interface Consumption {
  allowed: boolean;
  remaining: number;
  /** Until the window ends. */
  msLeft: number;
}

/** Counts requests by key, exactly, in every process that shares the store. */
export interface RateLimiter {
  limit: RateLimit;
  /** @throws {ApiError} `store_unavailable` */
  consume(key: string): Promise<Consumption>;
}

/** One round trip a request, and none for a key that this process knows to be over its limit. */
export function createRedisRateLimiter(redis: Redis, limit: RateLimit): RateLimiter {
  let script = defineScript('');
  const limiter = new RateLimiterRedis({
    ...optionsOf(limit),
    keyPrefix: 'rate_limit',
    inMemoryBlockOnConsumed: limit.requests,
    // All that it asks of a client for this, so that its one script goes through the door that every command takes.
    useRedisPackage: true,
    storeClient: {
      eval: (lua: string, { keys, arguments: args }: { keys: [string]; arguments: string[] }) => {
        if (script.lua !== lua) script = defineScript(lua);
        return redis.eval(script, keys, args);
      },
    },
  });
  return { limit, consume: key => consume(limiter, key) };
}

/** The in-process twin. */
export function createMemoryRateLimiter(limit: RateLimit): RateLimiter {
  const limiter = new RateLimiterMemory(optionsOf(limit));
  return { limit, consume: key => consume(limiter, key) };
}

function optionsOf({ requests, window }: RateLimit) {
  return { points: requests, duration: window };
}

async function consume(limiter: RateLimiterRedis | RateLimiterMemory, key: string): Promise<Consumption> {
  try {
    return toConsumption(await limiter.consume(key), true);
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return toConsumption(refusal, false);
    throw refusal;
  }
}

function toConsumption({ remainingPoints, msBeforeNext }: RateLimiterRes, allowed: boolean): Consumption {
  return { allowed, remaining: remainingPoints, msLeft: msBeforeNext };
}
