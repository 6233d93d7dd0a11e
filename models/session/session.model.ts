import { v4 as uuid } from 'uuid';
import { ApiError, type ErrorData } from '../../errors.ts';
import { DatabaseError } from '../../stores/db.ts';
import type { ClientContext, Emitter, EndReason, Events } from '../audit/events.ts';
import { GENERATION_TTL_MS, type Generation, type GenerationReading } from './generation.ts';
import { fromCursor, toCursor } from './listCursor.ts';
import type { RefreshToken, RefreshTokenModel } from './refreshToken.model.ts';
import type { AccessTokenInfo, Device, ListedSession, SessionLimit, SessionStore } from './session.store.ts';
import type { AccessClaims, TokenModel } from './token.model.ts';
import { createUseMarker } from './useMarker.ts';

/** A session with its tokens, which are stored nowhere else. */
export interface OpenedSession {
  id: string;
  /** Ms since 1970. */
  expiresAt: number;
  accessToken: string;
  /** Seconds. */
  expiresIn: number;
  /** Null where refresh tokens are off. */
  refresh: { token: string; expiresIn: number } | null;
  endedSessions: number;
}

/** Whom a session is for, and what its access tokens say of the user. */
export interface Subject extends Pick<AccessClaims, 'roles' | 'amr'> {
  userId: number;
}

/** The device of a login, its request, and the OpenID Provider where the user logged in with one. */
export type LoginContext = Device & ClientContext & { provider?: string | undefined };

/** The options of {@link SessionModel.endAllAndRun}. */
export interface EndAllOptions {
  reason: EndReason;
  /** The request that ends the sessions. */
  client: ClientContext;
  /** The session to start after the write, in the same step that unblocks logins. */
  next?: {
    subject: Subject;
    device: Device & ClientContext;
    reason: Events['session.started']['reason'];
  };
}

export interface EndAllResult {
  written: boolean;
  /** How many sessions ended. */
  ended: number;
  /** Null when nothing was written, when none was wanted, and when the write took too long. */
  session: OpenedSession | null;
}

export interface SessionPage {
  sessions: ListedSession[];
  /** The cursor of the next page; absent on the last. */
  next?: string;
}

/** The claims of a token that is active; times in seconds since 1970 (RFC 7662, section 2.2). */
export interface Introspection {
  sub: string;
  jti: string;
  sid: string;
  iat: number;
  exp: number;
  iss: string;
  aud: string;
  /** Absent where the user has none. */
  roles?: readonly string[];
  /** How the user logged in (RFC 8176); absent without a second factor. */
  amr?: readonly string[];
}

/** What a `token_revoked` says of a session that goes on. */
const ROLES_CHANGED: ErrorData = {
  revocation: 'roles_changed',
  detail: 'The roles of the user have changed. Get a token with the new roles from POST /auth/refresh.',
};

const ONLY_SESSION: SessionLimit = { sessions: 1, policy: 'evict' };

export type SessionModel = ReturnType<typeof createSessionModel>;

/** Times in seconds. */
export interface SessionOptions {
  limit: SessionLimit;
  accessTokenTtl: number;
  /** 0: no refresh tokens. */
  refreshTokenTtl: number;
  /** How long the previous token gets the same successor again. */
  refreshLeeway: number;
  refreshReuseScope: 'session' | 'user';
  /** The longest life of a session, however often it is refreshed. */
  sessionMaxAge: number;
}

interface Dependencies {
  store: SessionStore;
  tokens: TokenModel;
  refreshTokens: RefreshTokenModel;
  events: Emitter;
  options: SessionOptions;
  /** Unix time in milliseconds. */
  now: () => number;
}

/** Starts, refreshes, checks and ends sessions, together with their tokens on the allowlist. */
export function createSessionModel({ store, tokens, refreshTokens, events, options, now }: Dependencies) {
  const refreshing = options.refreshTokenTtl > 0;
  const markUsed = createUseMarker(store, now);

  /** The times of a new access token, within the session's life. */
  function newTokenInfo(sessionEndsAt: number): AccessTokenInfo {
    const iat = Math.floor(now() / 1000);
    const exp = iat + options.accessTokenTtl;
    return { jti: uuid(), iat, exp: refreshing ? Math.min(exp, Math.floor(sessionEndsAt / 1000)) : exp };
  }

  /** The expiry of a session: that of its access token, or of its refresh token where that is later. */
  function expiryOf(tokenInfo: AccessTokenInfo, sessionEndsAt: number): number {
    const refreshableUntil = refreshing ? Math.min(now() + options.refreshTokenTtl * 1000, sessionEndsAt) : 0;
    return Math.max(tokenInfo.exp * 1000, refreshableUntil);
  }

  function opened(
    subject: Subject & { sessionId: string },
    tokenInfo: AccessTokenInfo,
    expiresAt: number,
    refreshToken: RefreshToken | null,
    endedSessions: number,
  ): OpenedSession {
    return {
      id: subject.sessionId,
      expiresAt,
      accessToken: tokens.sign({ ...subject, ...tokenInfo }),
      expiresIn: Math.max(0, tokenInfo.exp - Math.floor(now() / 1000)),
      refresh: refreshToken && {
        token: refreshToken.text,
        expiresIn: Math.ceil((expiresAt - now()) / 1000),
      },
      endedSessions,
    };
  }

  /** The name of a generation expires, so one that was read too long ago proves nothing. */
  function isOutdated(readAt: number): boolean {
    return now() - readAt > GENERATION_TTL_MS / 2;
  }

  function tellEnded(userId: number, sessionIds: string[], reason: EndReason, client: ClientContext): void {
    for (const sessionId of sessionIds)
      events.emit('session.ended', { userId, sessionId, reason, ...client });
  }

  /**
   * Starts a session.
   * @param reason what the user did for it
   * @param limit what CONCURRENT_LOGIN says unless given
   * @returns null when the generation has passed: what was checked in it must be checked again
   * @throws {ApiError} `session_limit`
   * @throws {StoreError}
   */
  async function start(
    { userId, roles, amr }: Subject,
    { name, provider, ...client }: LoginContext,
    { generation, readAt }: GenerationReading,
    reason: Events['session.started']['reason'] = 'login',
    limit = options.limit,
  ): Promise<OpenedSession | null> {
    if (isOutdated(readAt)) return null;
    const sessionId = uuid();
    const createdAt = now();
    const endsAt = createdAt + options.sessionMaxAge * 1000;
    const tokenInfo = newTokenInfo(endsAt);
    const expiresAt = expiryOf(tokenInfo, endsAt);
    const refreshToken = refreshing ? refreshTokens.create(userId, sessionId, endsAt) : null;
    const refreshHash = refreshToken?.hash ?? '';
    const times = { createdAt, lastUsedAt: createdAt, expiresAt };
    const device = { name, ip: client.ip, userAgent: client.userAgent };
    const ended = await store.start(
      { id: sessionId, userId, device, amr, tokenInfo, refreshHash, ...times },
      generation,
      limit,
    );
    if (ended === 'stale') return null;
    if (ended === 'full') throw new ApiError('session_limit');
    tellEnded(userId, ended, 'evicted', client);
    const detail = { device_name: name, ...(provider !== undefined && { provider }) };
    events.emit('session.started', { userId, sessionId, reason, detail, ...client });
    return opened({ userId, roles, amr, sessionId }, tokenInfo, expiresAt, refreshToken, ended.length);
  }

  /**
   * Checks a token and the allowlist.
   * @throws {ApiError} `token_invalid`, `token_expired`, `token_revoked`
   * @throws {StoreError}
   */
  async function authenticate(token: string): Promise<AccessClaims> {
    const claims = tokens.verify(token);
    if (await store.isAllowed(claims)) return claims;
    // The last token of a live session: it was revoked alone.
    const session = await store.find(claims.userId, claims.sessionId);
    throw new ApiError('token_revoked', session?.tokenInfo.jti === claims.jti ? ROLES_CHANGED : {});
  }

  /** If this fails, logins stay blocked until the generation expires. */
  function unblock(userId: number, blocked: Generation): Promise<void> {
    return store.unblockLogins(userId, blocked).catch(() => {});
  }

  /** Runs a write while logins are blocked. When it fails and cannot happen any more, they are unblocked. */
  async function runWhileBlocked<T>(
    userId: number,
    blocked: Generation,
    write: () => Promise<T>,
  ): Promise<T> {
    try {
      return await write();
    } catch (error) {
      const mayYetHappen = error instanceof DatabaseError && error.outcome === 'unknown';
      if (!mayYetHappen) await unblock(userId, blocked);
      throw error;
    }
  }

  return {
    /** The user's current generation, or null while logins are blocked. */
    async generation(userId: number): Promise<GenerationReading | null> {
      const readAt = now();
      const generation = await store.generation(userId);
      return generation === null ? null : { generation, readAt };
    },

    /**
     * A page of the user's live sessions, the latest first.
     * @param limit how many
     * @param cursor the `next` of the page before
     * @throws {ApiError} `validation_failed` for a cursor that is none of the user's
     * @throws {StoreError}
     */
    async list(userId: number, limit: number, cursor?: string): Promise<SessionPage> {
      const after = cursor === undefined ? undefined : fromCursor(userId, cursor);
      const found = await store.list(userId, limit + 1, after);
      const sessions = found.slice(0, limit);
      const last = sessions.at(-1);
      return found.length > limit && last ? { sessions, next: toCursor(userId, last) } : { sessions };
    },

    find: store.find,

    start,

    /**
     * Reads a refresh token without using it.
     * @throws {ApiError} `refresh_invalid`
     */
    readRefreshToken(text: string): RefreshToken {
      const token = refreshTokens.parse(text);
      if (!token) throw new ApiError('refresh_invalid');
      return token;
    },

    /**
     * Uses a refresh token (RFC 9700, section 4.14.2: rotation and reuse detection).
     * @param roles as read in this generation; null while no token can be issued
     * @returns null when the generation has passed: the roles must be read again
     * @throws {ApiError} `refresh_invalid`, `refresh_reused`
     * @throws {StoreError}
     */
    async refresh(
      token: RefreshToken,
      roles: readonly string[],
      reading: GenerationReading | null,
      client: ClientContext,
    ): Promise<OpenedSession | null> {
      const { userId, sessionId, sessionEndsAt } = token;
      const generation = reading && !isOutdated(reading.readAt) ? reading.generation : null;
      const successor = refreshTokens.successor(token);
      const tokenInfo = newTokenInfo(sessionEndsAt);
      if (tokenInfo.exp * 1000 <= now()) throw new ApiError('refresh_invalid');
      const result = await store.rotate(
        {
          userId,
          sessionId,
          presentedHash: token.hash,
          successorHash: successor.hash,
          generation,
          tokenInfo,
          client: { ip: client.ip, userAgent: client.userAgent },
          expiresAt: expiryOf(tokenInfo, sessionEndsAt),
        },
        options.refreshLeeway * 1000,
        options.refreshReuseScope,
      );
      switch (result.outcome) {
        case 'stale':
          return null;
        case 'unknown':
          throw new ApiError('refresh_invalid');
        case 'reused': {
          const detail = { last_ip: result.lastUse.ip, last_user_agent: result.lastUse.userAgent };
          events.emit('refresh.reused', { userId, sessionId, detail, ...client });
          tellEnded(userId, result.ended, 'refresh_reuse', client);
          throw new ApiError('refresh_reused');
        }
        case 'rotated':
          events.emit('session.refreshed', { userId, sessionId, ...client });
      }
      const subject = { userId, sessionId, roles, amr: result.amr };
      return opened(subject, result.tokenInfo, result.expiresAt, successor, 0);
    },

    /** Records the use of a session after the response. */
    markUsed,

    authenticate,

    /**
     * The verdict of {@link authenticate} as data (RFC 7662, section 2.2): null for every token that it refuses, without
     * a reason.
     * @throws {StoreError}
     */
    async introspect(token: string): Promise<Introspection | null> {
      try {
        const { userId, sessionId: sid, jti, iat, exp, roles, amr } = await authenticate(token);
        const { issuer: iss, audience: aud } = tokens.identity;
        const more = { ...(roles.length > 0 && { roles }), ...(amr.length > 0 && { amr }) };
        return { sub: String(userId), jti, sid, iat, exp, iss, aud, ...more };
      } catch (error) {
        if (error instanceof ApiError) return null;
        throw error;
      }
    },

    /** @returns whether there was such a session */
    async end(userId: number, sessionId: string, reason: EndReason, client: ClientContext): Promise<boolean> {
      const ended = await store.end(userId, sessionId);
      if (ended) tellEnded(userId, [sessionId], reason, client);
      return ended;
    },

    /** @returns how many sessions ended */
    async endAll(userId: number, reason: EndReason, client: ClientContext, keptId?: string): Promise<number> {
      const { count, ids } = await store.endAll(userId, keptId);
      events.emitAfter(ids, ended => tellEnded(userId, ended, reason, client));
      return count;
    },

    /**
     * Ends every session of the user and runs a write while no session can start. So no login survives that was
     * checked before the write. Afterwards logins are unblocked. After a write with an unknown outcome (a timeout)
     * they stay blocked for {@link GENERATION_TTL_MS}, because the write may still happen.
     * @param write one statement; false when it changed nothing
     * @returns null when the generation has passed: what was checked in it must be checked again
     * @throws {StoreError} and what `write` throws
     */
    async endAllAndRun(
      userId: number,
      reading: GenerationReading,
      write: () => Promise<boolean>,
      { reason, client, next }: EndAllOptions,
    ): Promise<EndAllResult | null> {
      if (isOutdated(reading.readAt)) return null;
      const blockedAt = now();
      const blocked = await store.blockLogins(userId, reading.generation);
      if (!blocked) return null;
      const ended = blocked.ended.length;
      tellEnded(userId, blocked.ended, reason, client);
      const written = await runWhileBlocked(userId, blocked.generation, write);
      if (written && next) {
        const reading = { generation: blocked.generation, readAt: blockedAt };
        const session = await start(next.subject, next.device, reading, next.reason, ONLY_SESSION);
        return { written, ended, session };
      }
      await unblock(userId, blocked.generation);
      return { written, ended, session: null };
    },

    /**
     * Revokes every access token of the user, leaves the sessions, and runs a write while no token can be issued. So no
     * token is accepted afterwards that says what was true before the write. Otherwise as {@link endAllAndRun}.
     * @returns null when the generation has passed: what was checked in it must be checked again
     * @throws {StoreError} and what `write` throws
     */
    async revokeTokensAndRun(
      userId: number,
      { generation, readAt }: GenerationReading,
      write: () => Promise<void>,
    ): Promise<true | null> {
      if (isOutdated(readAt)) return null;
      const blocked = await store.revokeTokens(userId, generation);
      if (!blocked) return null;
      await runWhileBlocked(userId, blocked, write);
      await unblock(userId, blocked);
      return true;
    },
  };
}
