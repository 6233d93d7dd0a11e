import { ATTEMPT_TTL_MS, type LockoutStore } from './lockout.model.ts';

/**
 * The in-memory store of failures and attempts in flight.
 * @param now Unix time in milliseconds
 */
export function createMemoryLockoutStore(now: () => number): LockoutStore {
  interface Entry {
    attempts: Map<string, number>;
    /** When each failure expires. */
    failures: number[];
  }
  const entries = new Map<string, Entry>();
  let sweepAt = 1024;

  function current(key: string): Entry {
    const entry = entries.get(key) ?? { attempts: new Map(), failures: [] };
    entries.delete(key);
    sweep();
    entries.set(key, forgetExpired(entry));
    return entry;
  }

  function forgetExpired(entry: Entry): Entry {
    const time = now();
    for (const [id, until] of entry.attempts) if (until <= time) entry.attempts.delete(id);
    entry.failures = entry.failures.filter(until => until > time);
    return entry;
  }

  /** Removes expired entries when the map has doubled, so that the cost of each new key stays constant. */
  function sweep(): void {
    if (entries.size < sweepAt) return;
    for (const [key, entry] of entries) {
      const { attempts, failures } = forgetExpired(entry);
      if (attempts.size + failures.length === 0) entries.delete(key);
    }
    sweepAt = Math.max(1024, entries.size * 2);
  }

  return {
    async begin(key, attemptId, limit) {
      const { attempts, failures } = current(key);
      if (failures.length >= limit.failures)
        return { outcome: 'locked', msLeft: Math.min(...failures) - now() };
      if (failures.length + attempts.size >= limit.failures) return { outcome: 'busy' };
      attempts.set(attemptId, now() + ATTEMPT_TTL_MS);
      return { outcome: 'go' };
    },
    async settle(key, attemptId, outcome, { failures: allowed, windowMs }) {
      const entry = current(key);
      entry.attempts.delete(attemptId);
      if (outcome === 'success') entry.failures = [];
      if (outcome === 'failure') {
        entry.failures.push(now() + windowMs);
        if (entry.failures.length >= allowed) entry.failures.fill(now() + windowMs);
      }
      if (entry.attempts.size + entry.failures.length === 0) entries.delete(key);
      return outcome === 'failure' && entry.failures.length === allowed;
    },
  };
}
