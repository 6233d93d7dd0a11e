import { type Database, fromSqlTime, toPreciseSqlTime } from '../../stores/db.ts';

/** A row of `user_roles`. */
export interface GrantedRole {
  userId: number;
  role: string;
  /** ISO 8601. */
  grantedAt: string;
  /** The administrator's id; null for the operator. */
  grantedBy: number | null;
}

/** Of two simultaneous deletions of the last two rows, InnoDB lets one through. */
const DELETE_UNLESS_LAST =
  'DELETE FROM user_roles WHERE user_id = ? AND role = ? AND (SELECT n FROM (SELECT COUNT(*) AS n FROM user_roles WHERE role = ?) AS holders) > 1';

export type RoleTable = ReturnType<typeof createRoleTable>;

/** The statements on the table `user_roles`. Times are ms since 1970. All throw {@link StoreError}. */
export function createRoleTable(db: Database) {
  return {
    /** Everybody who has a role. */
    async list(): Promise<GrantedRole[]> {
      const rows = await db.query(
        'SELECT user_id, role, granted_at, granted_by FROM user_roles ORDER BY role, user_id',
      );
      return rows.map(row => ({
        userId: Number(row.user_id),
        role: String(row.role),
        grantedAt: fromSqlTime(String(row.granted_at)) ?? '',
        grantedBy: row.granted_by === null ? null : Number(row.granted_by),
      }));
    },

    /** @throws {DuplicateEntryError} when the user has the role */
    async insert(userId: number, role: string, time: number, grantedBy: number | null): Promise<void> {
      await db.run('INSERT INTO user_roles (user_id, role, granted_at, granted_by) VALUES (?, ?, ?, ?)', [
        ...[userId, role, toPreciseSqlTime(time), grantedBy],
      ]);
    },

    async delete(userId: number, role: string): Promise<void> {
      await db.run('DELETE FROM user_roles WHERE user_id = ? AND role = ?', [userId, role]);
    },

    /** Whether somebody else has the role. */
    async hasOther(userId: number, role: string): Promise<boolean> {
      const rows = await db.query('SELECT user_id FROM user_roles WHERE role = ? AND user_id <> ? LIMIT 1', [
        ...[role, userId],
      ]);
      return rows.length > 0;
    },

    /** @returns false when the user is the last one with this role, or does not have it */
    async deleteUnlessLast(userId: number, role: string): Promise<boolean> {
      const { affectedRows } = await db.run(DELETE_UNLESS_LAST, [userId, role, role]);
      return affectedRows === 1;
    },
  };
}
