import {
  type Database,
  DatabaseError,
  DuplicateEntryError,
  fromSqlTime,
  toPreciseSqlTime,
} from '../../stores/db.ts';

/** An identity at a provider, and whose it is. */
export interface Identity {
  id: number;
  provider: string;
  userId: number;
}

/** What a provider calls a user: its name in the settings, and the `sub` of its ID tokens. */
export interface ProviderSubject {
  provider: string;
  subject: string;
}

// Counted in a derived table, because MySQL does not read the table that it deletes from. Locked there, because two
// deletions at once must not both see the other's row.
const COUNT = 'SELECT total FROM (SELECT COUNT(*) AS total FROM identities WHERE user_id = ?';
const DELETE_IF_OTHER_WAY =
  "DELETE FROM identities WHERE id = ? AND user_id = ? AND (EXISTS (SELECT id FROM users WHERE id = ? AND password LIKE '$%') OR";
const UNLINK = {
  sqlite: `${DELETE_IF_OTHER_WAY} (${COUNT}) AS own) > 1)`,
  mysql: `${DELETE_IF_OTHER_WAY} (${COUNT} FOR UPDATE) AS own) > 1)`,
};

const MAX_TRIES = 5;

export type IdentityTable = ReturnType<typeof createIdentityTable>;

/**
 * The table `identities`. All throw {@link StoreError}.
 * @param now Unix time in milliseconds
 */
export function createIdentityTable(db: Database, now: () => number) {
  return {
    async find({ provider, subject }: ProviderSubject): Promise<Identity | null> {
      const [row] = await db.query('SELECT id, user_id FROM identities WHERE provider = ? AND subject = ?', [
        provider,
        subject,
      ]);
      return row ? { id: Number(row.id), provider, userId: Number(row.user_id) } : null;
    },

    async has({ id, userId }: Pick<Identity, 'id' | 'userId'>): Promise<boolean> {
      const rows = await db.query('SELECT id FROM identities WHERE id = ? AND user_id = ?', [id, userId]);
      return rows.length > 0;
    },

    /** The identities of a user, the oldest first; times in ISO 8601. */
    async list(userId: number) {
      const rows = await db.query(
        'SELECT id, provider, linked_at FROM identities WHERE user_id = ? ORDER BY id',
        [userId],
      );
      return rows.map(row => ({
        id: Number(row.id),
        provider: String(row.provider),
        linkedAt: fromSqlTime(String(row.linked_at)),
      }));
    },

    /** The new id; null when the identity is somebody's. */
    async insert({ provider, subject }: ProviderSubject, userId: number): Promise<number | null> {
      try {
        const { insertId } = await db.run(
          'INSERT INTO identities (provider, subject, user_id, linked_at) VALUES (?, ?, ?, ?)',
          [provider, subject, userId, toPreciseSqlTime(now())],
        );
        return insertId;
      } catch (error) {
        if (error instanceof DuplicateEntryError) return null;
        throw error;
      }
    },

    async delete(id: number): Promise<void> {
      await db.run('DELETE FROM identities WHERE id = ?', [id]);
    },

    /** Deletes an identity of the user unless it is the last way to log in. @returns whether it did */
    async deleteUnlessLast(id: number, userId: number): Promise<boolean> {
      for (let tries = 1; ; tries++) {
        try {
          const { affectedRows } = await db.run(UNLINK[db.engine], [id, userId, userId, userId]);
          return affectedRows === 1;
        } catch (error) {
          // Two deletions at once lock the rows in different orders.
          if (!(error instanceof DatabaseError && error.isDeadlock && tries < MAX_TRIES)) throw error;
        }
      }
    },
  };
}
