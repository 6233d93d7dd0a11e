import type { Expiring, OneTimeStore } from './oneTime.store.ts';

/**
 * The in-memory store. The lifetime of all its entries is the same.
 * @param now Unix time in milliseconds
 */
export function createMemoryOneTimeStore<T extends Expiring>(now: () => number): OneTimeStore<T> {
  const entries = new Map<string, T>();

  function removeExpired(): void {
    // The oldest come first.
    for (const [id, { expiresAt }] of entries) {
      if (expiresAt > now()) break;
      entries.delete(id);
    }
  }

  return {
    async put(id, entry) {
      removeExpired();
      entries.set(id, entry);
    },

    async take(id) {
      const entry = entries.get(id);
      entries.delete(id);
      return entry && entry.expiresAt > now() ? entry : null;
    },
  };
}
