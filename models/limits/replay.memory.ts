import type { ReplayStore } from './replay.model.ts';

/**
 * The in-memory store of used signatures.
 * @param now Unix time in milliseconds
 */
export function createMemoryReplayStore(now: () => number): ReplayStore {
  const expiries = new Map<string, number>();
  return {
    async record(signature, ttlMs) {
      const time = now();
      // Times to live differ little, so expired entries stand at the beginning.
      for (const [recorded, expiresAt] of expiries) {
        if (expiresAt > time) break;
        expiries.delete(recorded);
      }
      if ((expiries.get(signature) ?? 0) > time) return false;
      expiries.delete(signature);
      expiries.set(signature, time + ttlMs);
      return true;
    },
  };
}
