import { type Database, DuplicateEntryError, toPreciseSqlTime } from '../../stores/db.ts';

export type DisabledAccountTable = ReturnType<typeof createDisabledAccountTable>;

/**
 * The table `disabled_accounts`: accounts that an administrator locked. All methods throw {@link StoreError}.
 * @param now Unix time in milliseconds
 */
export function createDisabledAccountTable(db: Database, now: () => number) {
  return {
    /**
     * @param by the administrator's id; null for the operator
     * @returns false when the account is locked already
     */
    async add(userId: number, by: number | null): Promise<boolean> {
      try {
        await db.run('INSERT INTO disabled_accounts (user_id, disabled_at, disabled_by) VALUES (?, ?, ?)', [
          ...[userId, toPreciseSqlTime(now()), by],
        ]);
        return true;
      } catch (error) {
        if (error instanceof DuplicateEntryError) return false;
        throw error;
      }
    },

    /** @returns false when the account is not locked */
    async remove(userId: number): Promise<boolean> {
      const { affectedRows } = await db.run('DELETE FROM disabled_accounts WHERE user_id = ?', [userId]);
      return affectedRows === 1;
    },
  };
}
