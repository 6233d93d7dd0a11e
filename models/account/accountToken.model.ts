import { createHash, randomBytes } from 'node:crypto';
import { type Database, DuplicateEntryError, toPreciseSqlTime } from '../../stores/db.ts';
import type { Credentials } from '../user/user.model.ts';

/** What a link is good for, and for how long (ms). */
const LIFETIME_MS = { verify_email: 86_400_000, reset_password: 1_800_000 };

/** At most one mail of a kind within this time, so that nobody can flood a mailbox. */
const PACE_MS = 60_000;

/** How many links of a purpose a user may have; with that many, no further one is mailed until one has expired. */
const MAX_LINKS = LIFETIME_MS.reset_password / PACE_MS;

export type TokenPurpose = keyof typeof LIFETIME_MS;

/** A live token. */
export interface FoundToken {
  userId: number;
  /** {@link stateHashOf} the user when it was issued. */
  stateHash: string;
}

export type AccountTokenModel = ReturnType<typeof createAccountTokenModel>;

/**
 * The tables `account_links` and `mail_pace`: tokens for links in mails. 256 random bits, kept only as SHA-256, good
 * once and for one purpose.
 * @param now Unix time in milliseconds
 */
export function createAccountTokenModel(db: Database, now: () => number) {
  /**
   * Allows one mail of a kind a minute; of any number of simultaneous callers one gets true.
   * @throws {ApiError} `store_unavailable`
   */
  async function takeTurn(userId: number, kind: TokenPurpose | 'notice'): Promise<boolean> {
    const time = now();
    const { affectedRows } = await db.run(
      'UPDATE mail_pace SET sent_at = ? WHERE user_id = ? AND kind = ? AND sent_at <= ?',
      [toPreciseSqlTime(time), userId, kind, toPreciseSqlTime(time - PACE_MS)],
    );
    if (affectedRows === 1) return true;
    try {
      await db.run('INSERT INTO mail_pace (user_id, kind, sent_at) VALUES (?, ?, ?)', [
        ...[userId, kind, toPreciseSqlTime(time)],
      ]);
      return true;
    } catch (error) {
      if (error instanceof DuplicateEntryError) return false;
      throw error;
    }
  }

  return {
    takeTurn,

    /**
     * A new token; earlier ones stay good.
     * @returns null when the last one is no minute old, or when the user has too many
     * @throws {ApiError} `store_unavailable`
     */
    async issue(owner: Credentials, purpose: TokenPurpose): Promise<string | null> {
      const { id } = owner.user;
      if (!(await takeTurn(id, purpose))) return null;
      const time = now();
      await db.run('DELETE FROM account_links WHERE user_id = ? AND purpose = ? AND expires_at <= ?', [
        ...[id, purpose, toPreciseSqlTime(time)],
      ]);
      const [row] = await db.query(
        'SELECT COUNT(*) AS links FROM account_links WHERE user_id = ? AND purpose = ?',
        [id, purpose],
      );
      if (Number(row?.links) >= MAX_LINKS) return null;
      const token = randomBytes(32).toString('base64url');
      await db.run(
        'INSERT INTO account_links (token_hash, user_id, purpose, state_hash, expires_at) VALUES (?, ?, ?, ?, ?)',
        [
          ...[hashOfToken(token), id, purpose, stateHashOf(owner, purpose)],
          toPreciseSqlTime(time + LIFETIME_MS[purpose]),
        ],
      );
      return token;
    },

    /**
     * Looks at a token without using it; null when it is none, or not for this purpose.
     * @throws {ApiError} `store_unavailable`
     */
    async find(token: string, purpose: TokenPurpose): Promise<FoundToken | null> {
      const [row] = await db.query(
        'SELECT user_id, state_hash FROM account_links WHERE token_hash = ? AND purpose = ? AND expires_at > ?',
        [hashOfToken(token), purpose, toPreciseSqlTime(now())],
      );
      return row ? { userId: Number(row.user_id), stateHash: String(row.state_hash) } : null;
    },

    /**
     * Ends all tokens of a purpose of the user.
     * @returns whether there was one; of any number of simultaneous callers one gets true
     * @throws {ApiError} `store_unavailable`
     */
    async endAll(userId: number, purpose: TokenPurpose): Promise<boolean> {
      const { affectedRows } = await db.run('DELETE FROM account_links WHERE user_id = ? AND purpose = ?', [
        userId,
        purpose,
      ]);
      return affectedRows > 0;
    },

    /** Commits a row that means nothing, for a request that must take as long as one that writes. */
    async pretend(userId: number): Promise<void> {
      await db.run("REPLACE INTO mail_pace (user_id, kind, sent_at) VALUES (?, 'none', ?)", [
        userId,
        toPreciseSqlTime(now()),
      ]);
    },
  };
}

/**
 * SHA-256 of what a token depends on: the address it was sent to, and for a new password also the hash of the old one.
 * When either changes, by whatever way, the token is void.
 */
export function stateHashOf({ user, passwordHash }: Credentials, purpose: TokenPurpose): string {
  const state = purpose === 'reset_password' ? [user.email, passwordHash] : [user.email];
  return createHash('sha256').update(JSON.stringify(state)).digest('hex');
}

function hashOfToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
