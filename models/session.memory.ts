import { randomUUID } from 'node:crypto';
import { EPOCH_TTL_MS, type Epoch, type Session, type SessionStore } from './session.model.ts';

interface UserSessions {
  /** In the order they were started. */
  sessions: Map<string, Session>;
  epoch: Epoch;
  closed: boolean;
  epochExpiresAt: number;
}

/**
 * The in-process twin of the Redis store: ends with the process, which is one alone.
 * Each method runs to its end without yielding, which makes it atomic.
 * @param now Unix time in milliseconds
 */
export function createMemorySessionStore(now: () => number): SessionStore {
  const users = new Map<number, UserSessions>();

  /** The user's state with everything that has expired taken out. */
  function current(userId: number): UserSessions {
    const time = now();
    let user = users.get(userId);
    if (!user) {
      forgetIdleUsers();
      user = { sessions: new Map(), epoch: '', closed: false, epochExpiresAt: 0 };
      users.set(userId, user);
    }
    for (const [id, session] of user.sessions) if (session.expiresAt <= time) user.sessions.delete(id);
    if (user.epochExpiresAt <= time) Object.assign(user, { epoch: '', closed: false });
    return user;
  }

  let forgetAt = 1024;
  /** Walks the map only after it has doubled, so that a new user costs a constant share of it. */
  function forgetIdleUsers(): void {
    if (users.size < forgetAt) return;
    const time = now();
    for (const [id, { sessions, epochExpiresAt }] of users) {
      if (epochExpiresAt <= time && [...sessions.values()].every(({ expiresAt }) => expiresAt <= time))
        users.delete(id);
    }
    forgetAt = Math.max(1024, users.size * 2);
  }

  function enter(user: UserSessions, closed: boolean): Epoch {
    Object.assign(user, { epoch: randomUUID(), closed, epochExpiresAt: now() + EPOCH_TTL_MS });
    return user.epoch;
  }

  return {
    async epoch(userId) {
      const { epoch, closed } = current(userId);
      return closed ? null : epoch;
    },

    async start(session, epoch, limit) {
      const user = current(session.userId);
      if (user.epoch !== epoch) return null;
      if (user.closed) enter(user, false);
      const surplus = limit === 0 ? 0 : Math.max(0, user.sessions.size - limit + 1);
      for (const id of [...user.sessions.keys()].slice(0, surplus)) user.sessions.delete(id);
      user.sessions.set(session.id, session);
      return surplus;
    },

    async isAllowed({ userId, sessionId, jti }) {
      const session = users.get(userId)?.sessions.get(sessionId);
      return session !== undefined && session.jti === jti && session.expiresAt > now();
    },

    async end(userId, sessionId) {
      return current(userId).sessions.delete(sessionId);
    },

    async close(userId, epoch) {
      const user = current(userId);
      if (user.epoch !== epoch) return null;
      const ended = user.sessions.size;
      user.sessions.clear();
      return { epoch: enter(user, true), ended };
    },
  };
}
