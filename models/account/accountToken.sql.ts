import { type Database, DuplicateEntryError, toPreciseSqlTime } from '../../stores/db.ts';

/** A row of `account_links`. */
export interface AccountLink {
  tokenHash: string;
  userId: number;
  purpose: string;
  stateHash: string;
  /** Ms since 1970. */
  expiresAt: number;
}

/** The statements on the tables `account_links` and `mail_pace`. Times are ms since 1970. All throw {@link StoreError}. */
export function createAccountTokenTable(db: Database) {
  return {
    /** Records a mail unless the last one of the kind was sent after `sentBefore`; of simultaneous callers one gets true. */
    async recordMail(userId: number, kind: string, time: number, sentBefore: number): Promise<boolean> {
      const { affectedRows } = await db.run(
        'UPDATE mail_pace SET sent_at = ? WHERE user_id = ? AND kind = ? AND sent_at <= ?',
        [toPreciseSqlTime(time), userId, kind, toPreciseSqlTime(sentBefore)],
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
    },

    /** Records a mail whatever was sent before. */
    async replaceMail(userId: number, kind: string, time: number): Promise<void> {
      await db.run('REPLACE INTO mail_pace (user_id, kind, sent_at) VALUES (?, ?, ?)', [
        ...[userId, kind, toPreciseSqlTime(time)],
      ]);
    },

    async deleteExpired(userId: number, purpose: string, time: number): Promise<void> {
      await db.run('DELETE FROM account_links WHERE user_id = ? AND purpose = ? AND expires_at <= ?', [
        ...[userId, purpose, toPreciseSqlTime(time)],
      ]);
    },

    async count(userId: number, purpose: string): Promise<number> {
      const [row] = await db.query(
        'SELECT COUNT(*) AS links FROM account_links WHERE user_id = ? AND purpose = ?',
        [userId, purpose],
      );
      return Number(row?.links);
    },

    async insert({ tokenHash, userId, purpose, stateHash, expiresAt }: AccountLink): Promise<void> {
      await db.run(
        'INSERT INTO account_links (token_hash, user_id, purpose, state_hash, expires_at) VALUES (?, ?, ?, ?, ?)',
        [tokenHash, userId, purpose, stateHash, toPreciseSqlTime(expiresAt)],
      );
    },

    async find(tokenHash: string, purpose: string, time: number) {
      const [row] = await db.query(
        'SELECT user_id, state_hash FROM account_links WHERE token_hash = ? AND purpose = ? AND expires_at > ?',
        [tokenHash, purpose, toPreciseSqlTime(time)],
      );
      return row ? { userId: Number(row.user_id), stateHash: String(row.state_hash) } : null;
    },

    /** @returns whether there was one; of any number of simultaneous callers one gets true */
    async deleteAll(userId: number, purpose: string): Promise<boolean> {
      const { affectedRows } = await db.run('DELETE FROM account_links WHERE user_id = ? AND purpose = ?', [
        userId,
        purpose,
      ]);
      return affectedRows > 0;
    },
  };
}
