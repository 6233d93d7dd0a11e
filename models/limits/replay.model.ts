import type { Redis } from '../../stores/redis/redis.ts';

/** Remembers which signatures were used. */
export interface ReplayStore {
  /**
   * Claims a signature for its first use.
   * @param signature hex
   * @param ttlMs how long it could still be replayed
   * @returns false when it was claimed before
   * @throws {ApiError} `store_unavailable`
   */
  claim(signature: string, ttlMs: number): Promise<boolean>;
}

export function createRedisReplayStore(redis: Redis): ReplayStore {
  return {
    async claim(signature, ttlMs) {
      const key = `signature:${signature}`;
      return (await redis.run(key, ['SET', key, '1', 'NX', 'PX', String(ttlMs)])) === 'OK';
    },
  };
}

/**
 * The in-process twin.
 * @param now Unix time in milliseconds
 */
export function createMemoryReplayStore(now: () => number): ReplayStore {
  const expiries = new Map<string, number>();
  return {
    async claim(signature, ttlMs) {
      const time = now();
      // Times to live differ little, so the first that is still good is near the end of what has expired.
      for (const [claimed, expiresAt] of expiries) {
        if (expiresAt > time) break;
        expiries.delete(claimed);
      }
      if ((expiries.get(signature) ?? 0) > time) return false;
      expiries.delete(signature);
      expiries.set(signature, time + ttlMs);
      return true;
    },
  };
}
