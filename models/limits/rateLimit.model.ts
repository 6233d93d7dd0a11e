import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible';

/** A number of requests in a window. The window begins with the first request. */
export interface RateLimit {
  requests: number;
  /** Seconds. */
  window: number;
}

/** The state of a key after one more request. */
export interface Consumption {
  allowed: boolean;
  remaining: number;
  /** Until the window ends. */
  msLeft: number;
}

/** Counts requests by key, exactly, in every process that shares the store. */
export interface RateLimiter {
  limit: RateLimit;
  /** @throws {StoreError} */
  consume(key: string): Promise<Consumption>;
}

/** A limiter of rate-limiter-flexible as a {@link RateLimiter}. */
export function createRateLimiter(
  limiter: Pick<RateLimiterAbstract, 'consume'>,
  limit: RateLimit,
): RateLimiter {
  return {
    limit,
    async consume(key) {
      try {
        return toConsumption(await limiter.consume(key), 'allowed');
      } catch (refusal) {
        if (refusal instanceof RateLimiterRes) return toConsumption(refusal, 'refused');
        throw refusal;
      }
    },
  };
}

function toConsumption(
  { remainingPoints, msBeforeNext }: RateLimiterRes,
  verdict: 'allowed' | 'refused',
): Consumption {
  return { allowed: verdict === 'allowed', remaining: remainingPoints, msLeft: msBeforeNext };
}
