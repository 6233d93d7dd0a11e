import type { ClientAddress } from '../audit/events.ts';
import type { Generation } from './generation.ts';
import type { AccessClaims } from './token.model.ts';

/** The shortest time between two records of a session's use. */
export const TOUCH_INTERVAL_MS = 60_000;

/** The device and address of a session. */
export interface Device extends ClientAddress {
  name: string | null;
}

/** The access token of a session. Times are in seconds since 1970, as in the token. */
export interface AccessTokenInfo {
  jti: string;
  iat: number;
  exp: number;
}

/** A session in the store. Times are in milliseconds since 1970. */
export interface Session {
  id: string;
  userId: number;
  device: Device;
  tokenInfo: AccessTokenInfo;
  /** The claim `amr` (RFC 8176); empty without a second factor. */
  amr: readonly string[];
  /** SHA-256 of the current refresh token; empty where there are none. */
  refreshHash: string;
  createdAt: number;
  lastUsedAt: number;
  expiresAt: number;
}

/** A session as its user sees it. */
export type ListedSession = Omit<Session, 'amr' | 'tokenInfo' | 'refreshHash'>;

/** A place in the list. There need not be such a session any more. */
export type ListPosition = Pick<Session, 'createdAt' | 'id'>;

/** A refresh: the token that was sent, and its replacement. */
export interface Rotation {
  userId: number;
  sessionId: string;
  presentedHash: string;
  successorHash: string;
  /** In which the roles for the new token were read; null while logins are blocked. */
  generation: Generation | null;
  tokenInfo: AccessTokenInfo;
  client: ClientAddress;
  expiresAt: number;
}

/** The result of a refresh. A repeat gets the same as the first; a reuse has ended these sessions. */
export type RotationResult =
  | {
      outcome: 'rotated' | 'repeated';
      tokenInfo: AccessTokenInfo;
      amr: readonly string[];
      expiresAt: number;
    }
  | { outcome: 'reused'; ended: string[]; lastUse: ClientAddress }
  | { outcome: 'unknown' | 'stale' };

/** Sessions that have ended together. The ids of many come a moment later. */
export interface EndedSessions {
  count: number;
  ids: Promise<string[]>;
}

/** How many sessions a user may have (0: any number), and what a login over the limit does. */
export interface SessionLimit {
  sessions: number;
  policy: 'evict' | 'deny';
}

/**
 * The allowlist and the sessions. Each method is one atomic step for all processes that share the store. All throw
 * {@link StoreError}. Lists of ended sessions have their ids.
 */
export interface SessionStore {
  /** The user's current generation, or null while logins are blocked. */
  generation(userId: number): Promise<Generation | null>;
  /**
   * Adds the session and its token. Over the limit it ends the oldest sessions, or with `deny` adds nothing. A start
   * in a blocked generation begins the next one.
   * @returns the sessions ended; `stale` when `generation` is no longer the user's
   */
  start(session: Session, generation: Generation, limit: SessionLimit): Promise<string[] | 'stale' | 'full'>;
  /**
   * Replaces the refresh token and the allowlist entry. The previous token is a repeat for `leewayMs`. Any other
   * token is a reuse and ends the session, or with `user` all sessions of the user. `stale` when the token is the
   * current one and its generation is not the user's.
   */
  rotate(rotation: Rotation, leewayMs: number, reuseScope: 'session' | 'user'): Promise<RotationResult>;
  /** Whether the token is on the allowlist. Its claims must be verified before. */
  isAllowed(token: Pick<AccessClaims, 'userId' | 'sessionId' | 'jti'>): Promise<boolean>;
  /** Records the use of a session, at most once in {@link TOUCH_INTERVAL_MS}. */
  touch(userId: number, sessionId: string): Promise<void>;
  /**
   * The user's live sessions by start, the latest first, and by id within a millisecond.
   * @param limit how many
   * @param after the last session of the page before
   */
  list(userId: number, limit: number, after?: ListPosition): Promise<ListedSession[]>;
  /** A live session; null where there is none. */
  find(userId: number, sessionId: string): Promise<Session | null>;
  /** @returns whether there was such a session */
  end(userId: number, sessionId: string): Promise<boolean>;
  /** Ends every session of the user except `keptId`, and begins the next generation. */
  endAll(userId: number, keptId?: string): Promise<EndedSessions>;
  /**
   * Ends every session of the user and begins a generation in which only its holder can start a session.
   * @returns null when `generation` is no longer the user's
   */
  blockLogins(
    userId: number,
    generation: Generation,
  ): Promise<{ generation: Generation; ended: string[] } | null>;
  /**
   * Takes every token of the user off the allowlist, keeps the sessions, and begins a generation in which nobody else
   * can start or refresh a session.
   * @returns that generation; null when `generation` is no longer the user's
   */
  revokeTokens(userId: number, generation: Generation): Promise<Generation | null>;
  /** Begins the next generation, when `generation` is the blocked one. */
  unblockLogins(userId: number, generation: Generation): Promise<void>;
}
