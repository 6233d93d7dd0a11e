import { randomUUID } from 'node:crypto';
import { GENERATION_TTL_MS, type Generation, UNNAMED_GENERATION } from './generation.ts';
import type { ListPosition, Session, SessionStore } from './session.store.ts';
import { TOUCH_INTERVAL_MS } from './session.store.ts';

/** A session and its previous refresh token. */
interface StoredSession extends Session {
  previousHash: string;
  rotatedAt: number;
  /** Whether its token is on the allowlist. */
  allowed: boolean;
}

interface UserSessions {
  sessions: Map<string, StoredSession>;
  generation: Generation;
  blocked: boolean;
  generationExpiresAt: number;
}

const oldestFirst = ({ sessions }: UserSessions) => [...sessions.values()].sort(byStart);

function byStart(a: ListPosition, b: ListPosition): number {
  return a.createdAt - b.createdAt || (a.id < b.id ? -1 : Number(a.id > b.id));
}

/**
 * The in-memory store of sessions, for one process. Each method runs without yielding, so it is atomic.
 * @param now Unix time in milliseconds
 */
export function createMemorySessionStore(now: () => number): SessionStore {
  const users = new Map<number, UserSessions>();

  /** The user's state without expired sessions. */
  function current(userId: number): UserSessions {
    const time = now();
    let user = users.get(userId);
    if (!user) {
      forgetIdleUsers();
      user = { sessions: new Map(), generation: UNNAMED_GENERATION, blocked: false, generationExpiresAt: 0 };
      users.set(userId, user);
    }
    for (const [id, session] of user.sessions) if (session.expiresAt <= time) user.sessions.delete(id);
    if (user.generationExpiresAt <= time)
      Object.assign(user, { generation: UNNAMED_GENERATION, blocked: false });
    return user;
  }

  let forgetAt = 1024;
  /** Removes idle users when the map has doubled, so that the cost of each new user stays constant. */
  function forgetIdleUsers(): void {
    if (users.size < forgetAt) return;
    const time = now();
    for (const [id, { sessions, generationExpiresAt }] of users) {
      if (generationExpiresAt <= time && [...sessions.values()].every(({ expiresAt }) => expiresAt <= time))
        users.delete(id);
    }
    forgetAt = Math.max(1024, users.size * 2);
  }

  function enter(user: UserSessions, { blocked }: Pick<UserSessions, 'blocked'>): Generation {
    Object.assign(user, {
      generation: randomUUID(),
      blocked,
      generationExpiresAt: now() + GENERATION_TTL_MS,
    });
    return user.generation;
  }

  function endThose(user: UserSessions, ids: string[]): string[] {
    for (const id of ids) user.sessions.delete(id);
    return ids;
  }

  return {
    async generation(userId) {
      const { generation, blocked } = current(userId);
      return blocked ? null : generation;
    },

    async start(session, generation, limit) {
      const user = current(session.userId);
      if (user.generation !== generation) return 'stale';
      const surplus = limit.sessions === 0 ? 0 : Math.max(0, user.sessions.size - limit.sessions + 1);
      if (surplus > 0 && limit.policy === 'deny') return 'full';
      if (user.blocked) enter(user, { blocked: false });
      const ended = endThose(
        user,
        oldestFirst(user)
          .slice(0, surplus)
          .map(({ id }) => id),
      );
      user.sessions.set(session.id, { ...session, previousHash: '', rotatedAt: 0, allowed: true });
      return ended;
    },

    async rotate(rotation, leewayMs, reuseScope) {
      const { userId, sessionId, presentedHash, successorHash, tokenInfo, client, expiresAt } = rotation;
      const user = current(userId);
      const session = user.sessions.get(sessionId);
      if (!session) return { outcome: 'unknown' };
      const { amr } = session;
      if (session.refreshHash === presentedHash) {
        if (user.generation !== rotation.generation) return { outcome: 'stale' };
        Object.assign(session, {
          tokenInfo,
          expiresAt,
          previousHash: presentedHash,
          refreshHash: successorHash,
        });
        Object.assign(session, {
          device: { ...session.device, ...client },
          rotatedAt: now(),
          lastUsedAt: now(),
          allowed: true,
        });
        return { outcome: 'rotated', tokenInfo, amr, expiresAt };
      }
      if (session.previousHash === presentedHash && now() - session.rotatedAt < leewayMs) {
        return { outcome: 'repeated', tokenInfo: session.tokenInfo, amr, expiresAt: session.expiresAt };
      }
      const { ip, userAgent } = session.device;
      const ended = endThose(user, reuseScope === 'user' ? [...user.sessions.keys()] : [sessionId]);
      return { outcome: 'reused', ended, lastUse: { ip, userAgent } };
    },

    async isAllowed({ userId, sessionId, jti }) {
      const { tokenInfo, allowed } = users.get(userId)?.sessions.get(sessionId) ?? {};
      return allowed === true && tokenInfo?.jti === jti && tokenInfo.exp * 1000 > now();
    },

    async touch(userId, sessionId) {
      const session = current(userId).sessions.get(sessionId);
      if (session && now() - session.lastUsedAt >= TOUCH_INTERVAL_MS) session.lastUsedAt = now();
    },

    async list(userId, limit, after) {
      const latestFirst = oldestFirst(current(userId)).reverse();
      const from = after ? latestFirst.findIndex(session => byStart(session, after) < 0) : 0;
      const page = from < 0 ? [] : latestFirst.slice(from, from + limit);
      return page.map(({ id, device, createdAt, lastUsedAt, expiresAt }) => {
        return { id, userId, device, createdAt, lastUsedAt, expiresAt };
      });
    },

    async find(userId, sessionId) {
      const { sessions } = current(userId);
      return sessions.get(sessionId) ?? null;
    },

    async end(userId, sessionId) {
      return current(userId).sessions.delete(sessionId);
    },

    async endAll(userId, keptId) {
      const user = current(userId);
      if (!user.blocked) enter(user, { blocked: false });
      const ended = [...user.sessions.keys()].filter(id => id !== keptId);
      return { count: ended.length, ids: Promise.resolve(endThose(user, ended)) };
    },

    async blockLogins(userId, generation) {
      const user = current(userId);
      if (user.generation !== generation) return null;
      const ended = endThose(user, [...user.sessions.keys()]);
      return { generation: enter(user, { blocked: true }), ended };
    },

    async revokeTokens(userId, generation) {
      const user = current(userId);
      if (user.generation !== generation) return null;
      for (const session of user.sessions.values()) session.allowed = false;
      return enter(user, { blocked: true });
    },

    async unblockLogins(userId, generation) {
      const user = current(userId);
      if (user.generation === generation) enter(user, { blocked: false });
    },
  };
}
