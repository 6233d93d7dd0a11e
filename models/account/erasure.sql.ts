import { type Database, toPreciseSqlTime } from '../../stores/db.ts';

/** How many due erasures are read at a time. */
const BATCH = 20;

/** Tables with personal data besides `users` and the audit trail. */
const DELETIONS = [
  'totp_secrets',
  'recovery_codes',
  'account_links',
  'mail_pace',
  'verified_emails',
  'user_roles',
  'identities',
  'disabled_accounts',
].map(table => `DELETE FROM ${table} WHERE user_id = ?`);

/** A row of `erasures` that is due. */
export interface DueErasure {
  userId: number;
  /** The text that the database has, for {@link ErasureTable.claim}. */
  dueAt: string;
  /** True when everything was removed once. */
  isSecond: boolean;
}

export type ErasureTable = ReturnType<typeof createErasureTable>;

/** The statements on the table `erasures`. Times are ms since 1970. All throw {@link StoreError}. */
export function createErasureTable(db: Database) {
  const at = toPreciseSqlTime;
  return {
    async plan(userId: number, time: number, dueAt: number): Promise<void> {
      await db.run('REPLACE INTO erasures (user_id, planned_at, due_at) VALUES (?, ?, ?)', [
        ...[userId, at(time), at(dueAt)],
      ]);
    },

    async findDue(time: number): Promise<DueErasure[]> {
      const rows = await db.query(
        `SELECT user_id, due_at, erased_at FROM erasures WHERE due_at <= ? ORDER BY due_at LIMIT ${BATCH}`,
        [at(time)],
      );
      return rows.map(row => ({
        userId: Number(row.user_id),
        dueAt: String(row.due_at),
        isSecond: row.erased_at !== null,
      }));
    },

    /** Moves a due erasure to a later time; false when another process did it first. */
    async claim({ userId, dueAt }: DueErasure, next: number): Promise<boolean> {
      const { affectedRows } = await db.run(
        'UPDATE erasures SET due_at = ? WHERE user_id = ? AND due_at = ?',
        [at(next), userId, dueAt],
      );
      return affectedRows === 1;
    },

    async noteFirst(userId: number, time: number, dueAt: number): Promise<void> {
      await db.run('UPDATE erasures SET erased_at = ?, due_at = ? WHERE user_id = ?', [
        ...[at(time), at(dueAt), userId],
      ]);
    },

    async finish(userId: number): Promise<void> {
      await db.run('DELETE FROM erasures WHERE user_id = ?', [userId]);
    },

    /** Forgets a plan from before this time. */
    async dropPlan(userId: number, plannedBefore: number): Promise<void> {
      await db.run('DELETE FROM erasures WHERE user_id = ? AND planned_at <= ?', [userId, at(plannedBefore)]);
    },

    /** Whether the users row still has personal data. */
    async isOpen(userId: number): Promise<boolean> {
      const rows = await db.query(
        'SELECT id FROM users WHERE id = ? AND (name IS NOT NULL OR email IS NOT NULL OR password IS NOT NULL)',
        [userId],
      );
      return rows.length > 0;
    },

    /** Deletes from each table with personal data. */
    deletions: (userId: number): Promise<unknown>[] => DELETIONS.map(sql => db.run(sql, [userId])),
  };
}
