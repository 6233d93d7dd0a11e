import { RateLimiterMemory } from 'rate-limiter-flexible';
import { createRateLimiter, type RateLimit, type RateLimiter } from './rateLimit.model.ts';

/** The in-memory rate limiter. */
export function createMemoryRateLimiter(limit: RateLimit): RateLimiter {
  return createRateLimiter(new RateLimiterMemory({ points: limit.requests, duration: limit.window }), limit);
}
