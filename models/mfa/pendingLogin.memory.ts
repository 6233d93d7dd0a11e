import type { PendingLogin, PendingLoginStore } from './pendingLogin.model.ts';

/**
 * The in-memory store of pending logins.
 * @param now Unix time in milliseconds
 */
export function createMemoryPendingLoginStore(now: () => number): PendingLoginStore {
  const logins = new Map<string, PendingLogin>();

  function removeExpired(): void {
    // The oldest come first.
    for (const [id, { expiresAt }] of logins) {
      if (expiresAt > now()) break;
      logins.delete(id);
    }
  }

  return {
    async put(id, login) {
      removeExpired();
      logins.set(id, login);
    },

    async take(id) {
      const login = logins.get(id);
      logins.delete(id);
      return login && login.expiresAt > now() ? login : null;
    },
  };
}
