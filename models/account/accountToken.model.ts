import { createHash, randomBytes } from 'node:crypto';
import { type Database, DuplicateEntryError, toPreciseSqlTime } from '../../stores/db.ts';
import type { User } from '../user/user.model.ts';

/** What a token is good for, and for how long (ms). `notice` is only for {@link AccountTokenModel.issue}'s pace. */
const LIFETIME_MS = { verify_email: 86_400_000, reset_password: 1_800_000, notice: 0 };

/** No token follows another of its purpose sooner, so that nobody's mailbox can be flooded. */
const PACE_MS = 60_000;

export type TokenPurpose = keyof typeof LIFETIME_MS;

/** Whom a live token belongs to, and the address it was sent to. */
export interface TokenOwner {
  userId: number;
  email: string;
}

export type AccountTokenModel = ReturnType<typeof createAccountTokenModel>;

/**
 * The table `account_tokens`: tokens for links in mails. 256 random bits, kept only as SHA-256, good once and for one
 * purpose, at most one of a purpose alive for each user.
 * @param now Unix time in milliseconds
 */
export function createAccountTokenModel(db: Database, now: () => number) {
  return {
    /** A new token in the place of the last one; null when that is no minute old. */
    async issue({ id, email }: User, purpose: TokenPurpose): Promise<string | null> {
      const token = randomBytes(32).toString('base64url');
      const time = now();
      await db.run('DELETE FROM account_tokens WHERE user_id = ? AND purpose = ? AND created_at <= ?', [
        ...[id, purpose, toPreciseSqlTime(time - PACE_MS)],
      ]);
      try {
        await db.run(
          'INSERT INTO account_tokens (token_hash, user_id, purpose, email, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)',
          [
            ...[hashOf(token), id, purpose, email],
            ...[toPreciseSqlTime(time), toPreciseSqlTime(time + LIFETIME_MS[purpose])],
          ],
        );
        return token;
      } catch (error) {
        if (error instanceof DuplicateEntryError) return null;
        throw error;
      }
    },

    /** Looks at a token without using it; null when it is none, or not for this. */
    async find(token: string, purpose: TokenPurpose): Promise<TokenOwner | null> {
      const [row] = await db.query(
        'SELECT user_id, email FROM account_tokens WHERE token_hash = ? AND purpose = ? AND expires_at > ?',
        [hashOf(token), purpose, toPreciseSqlTime(now())],
      );
      return row ? { userId: Number(row.user_id), email: String(row.email) } : null;
    },

    /** Uses a token up; of any number at the same moment one gets true. */
    async use(token: string, purpose: TokenPurpose): Promise<boolean> {
      const { affectedRows } = await db.run(
        'DELETE FROM account_tokens WHERE token_hash = ? AND purpose = ? AND expires_at > ?',
        [hashOf(token), purpose, toPreciseSqlTime(now())],
      );
      return affectedRows === 1;
    },

    /** Commits a row that means nothing, for who must take as long as one who writes. */
    async pretend(userId: number): Promise<void> {
      const time = toPreciseSqlTime(now());
      const hash = hashOf(randomBytes(32).toString('base64url'));
      await db.run(
        "REPLACE INTO account_tokens (token_hash, user_id, purpose, email, created_at, expires_at) VALUES (?, ?, 'none', '', ?, ?)",
        [hash, userId, time, time],
      );
    },
  };
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
