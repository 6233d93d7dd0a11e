import { createHash, randomBytes } from 'node:crypto';
import type { Database } from '../../stores/db.ts';
import type { Credentials } from '../user/user.model.ts';
import { createAccountTokenTable } from './accountToken.sql.ts';

/** The purposes of links and their lifetimes (ms). */
const LIFETIME_MS = { verify_email: 86_400_000, reset_password: 1_800_000 };

/** At most one mail of a kind within this time, so that nobody can flood a mailbox. */
const PACE_MS = 60_000;

/** A user with so many live links of a purpose gets no further one until one has expired. */
const MAX_LINKS = LIFETIME_MS.reset_password / PACE_MS;

export type TokenPurpose = keyof typeof LIFETIME_MS;

/** A token that has not expired. */
export interface FoundToken {
  userId: number;
  /** {@link stateHashOf} the user when it was issued. */
  stateHash: string;
}

export type AccountTokenModel = ReturnType<typeof createAccountTokenModel>;

/**
 * Tokens for links in mails: 256 random bits, kept only as SHA-256, good once and for one purpose. All methods throw
 * {@link StoreError}.
 * @param now Unix time in milliseconds
 */
export function createAccountTokenModel(db: Database, now: () => number) {
  const table = createAccountTokenTable(db);

  /** Allows one mail of a kind a minute; of any number of simultaneous callers one gets true. */
  function takeTurn(userId: number, kind: TokenPurpose | 'notice'): Promise<boolean> {
    return table.recordMail(userId, kind, now(), now() - PACE_MS);
  }

  return {
    takeTurn,

    /**
     * A new token; earlier ones stay good.
     * @returns null when the last one is less than a minute old, or when the user has too many
     */
    async issue(owner: Credentials, purpose: TokenPurpose): Promise<string | null> {
      const { id: userId } = owner.user;
      if (!(await takeTurn(userId, purpose))) return null;
      const time = now();
      await table.deleteExpired(userId, purpose, time);
      if ((await table.count(userId, purpose)) >= MAX_LINKS) return null;
      const token = randomBytes(32).toString('base64url');
      const stateHash = stateHashOf(owner, purpose);
      const expiresAt = time + LIFETIME_MS[purpose];
      await table.insert({ tokenHash: hashOfToken(token), userId, purpose, stateHash, expiresAt });
      return token;
    },

    /** Looks at a token without using it; null when there is none like it for this purpose. */
    find: (token: string, purpose: TokenPurpose): Promise<FoundToken | null> =>
      table.find(hashOfToken(token), purpose, now()),

    /**
     * Ends all tokens of a purpose of the user.
     * @returns whether there was one; of any number of simultaneous callers one gets true
     */
    endAll: (userId: number, purpose: TokenPurpose): Promise<boolean> => table.deleteAll(userId, purpose),

    /** Writes a row without a meaning, for a request that must take as long as one that writes. */
    pretend: (userId: number): Promise<void> => table.replaceMail(userId, 'none', now()),
  };
}

/**
 * SHA-256 of what a token depends on: the address, and for a new password also the hash of the old one. When either
 * changes, the token is void.
 */
export function stateHashOf({ user, passwordHash }: Credentials, purpose: TokenPurpose): string {
  const state = purpose === 'reset_password' ? [user.email, passwordHash] : [user.email];
  return createHash('sha256').update(JSON.stringify(state)).digest('hex');
}

function hashOfToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
