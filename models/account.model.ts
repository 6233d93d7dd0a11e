import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError } from '../errors.ts';
import type { PasswordModel } from './password.model.ts';
import { type Device, EPOCH_TTL_MS, type SessionModel, type StartedSession } from './session.model.ts';
import { normalizeEmail, type User, type UserModel } from './user.model.ts';

const TRIES = 3;
const PAUSE_MS = 100;

/** A user who has just proved the password, and the session that this started. */
export type LoggedIn = StartedSession & { user: User };

export type AccountModel = ReturnType<typeof createAccountModel>;

interface Parts {
  users: UserModel;
  passwords: PasswordModel;
  sessions: SessionModel;
  /** Unix time in milliseconds. */
  now: () => number;
}

/** What people do with their account: where users, passwords and sessions meet. */
export function createAccountModel({ users, passwords, sessions, now }: Parts) {
  /** Tries again while the user's epoch changes under the attempt, so that no old password outlives its change. */
  async function acrossEpochs(attempt: () => Promise<LoggedIn | null>): Promise<LoggedIn> {
    const startedAt = now();
    for (let tries = 0; tries < TRIES; tries++) {
      const result = await attempt();
      if (result) return result;
      // After its time to live an epoch's name may come back, so an older attempt must not use it.
      if (now() - startedAt > EPOCH_TTL_MS / 2) break;
      await sleep(PAUSE_MS);
    }
    throw new ApiError('store_unavailable', { detail: 'The password of this account is being changed.' });
  }

  return {
    /** @throws {ApiError} `email_taken`, `overloaded`, `store_unavailable` */
    async register(input: { name: string; email: string; password: string }): Promise<User> {
      const passwordHash = await passwords.hash(input.password);
      return users.create(input.name, normalizeEmail(input.email), passwordHash);
    },

    /** @throws {ApiError} `invalid_credentials`, `overloaded`, `store_unavailable` */
    login(email: string, password: string, device: Device): Promise<LoggedIn> {
      return acrossEpochs(async () => {
        const known = await users.findByEmail(normalizeEmail(email));
        const userId = known?.user.id ?? 0;
        const epoch = await sessions.epoch(userId);
        if (epoch === null) return null;
        // Read inside the epoch; an unknown address takes the same steps, so that the time tells nothing.
        const found = await users.findById(userId);
        const matches = await passwords.verify(password, found?.passwordHash ?? null);
        if (!found || !matches) throw new ApiError('invalid_credentials');
        const started = await sessions.start(userId, device, epoch);
        return started && { user: found.user, ...started };
      });
    },

    /**
     * Ends every session, changes the password, starts the one session that goes on. Between the first step and
     * the last no session can start, so a failure in the middle leaves the user logged out, never an old token alive.
     * @throws {ApiError} `invalid_credentials`, `token_revoked`, `overloaded`, `store_unavailable`
     */
    changePassword(userId: number, current: string, next: string, device: Device): Promise<LoggedIn> {
      return acrossEpochs(async () => {
        const epoch = await sessions.epoch(userId);
        if (epoch === null) return null;
        const found = await users.findById(userId);
        if (!found?.passwordHash) throw new ApiError('token_revoked');
        if (!(await passwords.verify(current, found.passwordHash))) throw new ApiError('invalid_credentials');
        const passwordHash = await passwords.hash(next);

        const closed = await sessions.close(userId, epoch);
        if (!closed) return null;
        const replaced = await users.replacePassword(userId, found.passwordHash, passwordHash);
        if (!replaced) throw new ApiError('invalid_credentials');
        const started = await sessions.start(userId, device, closed.epoch, 1);
        return started && { user: found.user, ...started, endedSessions: closed.ended };
      });
    },

    /** @throws {ApiError} `token_revoked` when the account is gone */
    async profile(userId: number): Promise<User> {
      const found = await users.findById(userId);
      if (!found) throw new ApiError('token_revoked');
      return found.user;
    },

    /** @throws {ApiError} `token_revoked` when the account is gone */
    async rename(userId: number, name: string): Promise<User> {
      const user = await users.rename(userId, name);
      if (!user) throw new ApiError('token_revoked');
      return user;
    },
  };
}
