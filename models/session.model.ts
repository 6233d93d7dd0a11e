import { v4 as uuid } from 'uuid';
import type { Env } from '../config/env.ts';
import { ApiError } from '../errors.ts';
import type { AccessClaims, TokenModel } from './token.model.ts';

/** Where a session was started from. */
export interface Device {
  name: string | null;
  ip: string;
  userAgent: string;
}

/** A session as the stores keep it; times in milliseconds since 1970. */
export interface Session {
  id: string;
  userId: number;
  /** The access token that is allowed for it. */
  jti: string;
  device: Device;
  createdAt: number;
  expiresAt: number;
}

/**
 * The stretch of time between two moments at which all of a user's sessions were ended. A login that read the
 * password in one epoch can start no session in the next. `closed` while a password is being changed.
 */
export type Epoch = string;

/** How long an epoch's name is kept; longer than any login may take. */
export const EPOCH_TTL_MS = 60_000;

/**
 * The allowlist and the sessions behind it. Each method is one atomic step, on every process that shares the store.
 * All throw {@link ApiError} `store_unavailable`.
 */
export interface SessionStore {
  /** The user's current epoch, or null while it is closed. */
  epoch(userId: number): Promise<Epoch | null>;
  /**
   * Adds the session and its token, ends the oldest others down to `limit` in all (0: no limit).
   * Starting in a closed epoch opens the next one.
   * @returns how many others were ended, or null when `epoch` is no longer the user's
   */
  start(session: Session, epoch: Epoch, limit: number): Promise<number | null>;
  /** Whether the token is on the allowlist. */
  isAllowed(token: Pick<AccessClaims, 'userId' | 'sessionId' | 'jti'>): Promise<boolean>;
  /** @returns whether there was such a session */
  end(userId: number, sessionId: string): Promise<boolean>;
  /**
   * Ends every session of the user and closes the epoch, so that only the holder of the new one can start a session.
   * @returns the closed epoch, or null when `epoch` is no longer the user's
   */
  close(userId: number, epoch: Epoch): Promise<{ epoch: Epoch; ended: number } | null>;
}

/** A session just started, with the only copy of its token. */
export interface StartedSession {
  session: Session;
  accessToken: string;
  /** Seconds the token lives. */
  expiresIn: number;
  endedSessions: number;
}

export type SessionModel = ReturnType<typeof createSessionModel>;

/** Starts, checks and ends sessions: the access token and its allowlist entry live and die together. */
export function createSessionModel(
  store: SessionStore,
  tokens: TokenModel,
  env: Pick<Env, 'JWT_EXPIRES_IN' | 'CONCURRENT_LOGIN'>,
  now: () => number,
) {
  return {
    epoch: store.epoch,
    close: store.close,
    end: store.end,

    /**
     * @param limit sessions the user may have with this one; CONCURRENT_LOGIN unless given
     * @returns null when the epoch has passed: what was checked in it must be checked again
     */
    async start(
      userId: number,
      device: Device,
      epoch: Epoch,
      limit = env.CONCURRENT_LOGIN,
    ): Promise<StartedSession | null> {
      const iat = Math.floor(now() / 1000);
      const exp = iat + env.JWT_EXPIRES_IN;
      const session: Session = {
        id: uuid(),
        userId,
        jti: uuid(),
        device,
        createdAt: now(),
        expiresAt: exp * 1000,
      };
      const endedSessions = await store.start(session, epoch, limit);
      if (endedSessions === null) return null;
      const accessToken = tokens.sign({ userId, jti: session.jti, sessionId: session.id, iat, exp });
      return { session, accessToken, expiresIn: env.JWT_EXPIRES_IN, endedSessions };
    },

    /**
     * Accepts a token that is genuine and on the allowlist.
     * @throws {ApiError} `token_invalid`, `token_expired`, `token_revoked`, `store_unavailable`
     */
    async authenticate(token: string): Promise<AccessClaims> {
      const claims = tokens.verify(token);
      if (!(await store.isAllowed(claims))) throw new ApiError('token_revoked');
      return claims;
    },
  };
}
