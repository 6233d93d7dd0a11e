import { type Database, type Row, toSqlTime } from '../../stores/db.ts';
import { createUserLoader } from './userLoader.ts';

/** The columns that a profile shows. */
const PROFILE_COLUMNS = 'id, name, email, created_at, updated_at';
/** The columns of a user with password hash, roles and lock. */
export const USER_COLUMNS = `${PROFILE_COLUMNS}, password, (SELECT GROUP_CONCAT(role) FROM user_roles WHERE user_id = users.id) AS roles, EXISTS (SELECT 1 FROM disabled_accounts WHERE user_id = users.id) AS is_disabled`;
/** A column more: whether the second factor is on, 1 or 0. */
export const HAS_SECOND_FACTOR =
  'EXISTS (SELECT 1 FROM totp_secrets WHERE user_id = users.id AND recovery_batch IS NOT NULL) AS has_second_factor';
const FIND_BY_EMAIL = `SELECT ${USER_COLUMNS}, ${HAS_SECOND_FACTOR} FROM users WHERE email IN (?, ?)`;
const SET_PASSWORD = 'UPDATE users SET password = ?, updated_at = ? WHERE id = ? AND';

/** How many rows {@link UserTable.sampleHashes} looks at. */
const SAMPLE_SIZE = 200;
const SAMPLE_HASHES = `SELECT password FROM users WHERE password IS NOT NULL AND id IN (${Array(SAMPLE_SIZE).fill('?').join(', ')})`;

export type UserTable = ReturnType<typeof createUserTable>;

/** The statements on the table `users`. Times are ms since 1970. All throw {@link StoreError}. */
export function createUserTable(db: Database) {
  /** Reads in the same turn of the event loop are one statement for up to 32 users. */
  const loaderOf = (columns: string) =>
    createUserLoader((ids, placeholders) =>
      db.query(`SELECT ${columns} FROM users WHERE id IN (${placeholders}) AND email IS NOT NULL`, ids),
    );

  return {
    findById: loaderOf(USER_COLUMNS),

    /** As findById, without password hash, roles and lock. */
    findProfile: loaderOf(PROFILE_COLUMNS),

    /** The rows whose address equals one of these under the table's collation, with `has_second_factor`. */
    findByEmail: (email: string, alternative: string): Promise<Row[]> =>
      db.query(FIND_BY_EMAIL, [email, alternative]),

    /** @throws {DuplicateEntryError}, {UnstorableTextError} */
    async insert(name: string, email: string, passwordHash: string, time: number): Promise<number> {
      const at = toSqlTime(time);
      const { insertId } = await db.run(
        'INSERT INTO users (name, email, password, created_at, updated_at) VALUES (?, ?, ?, ?, ?)',
        [name, email, passwordHash, at, at],
      );
      return insertId;
    },

    /** @throws {UnstorableTextError} */
    async rename(id: number, name: string, time: number): Promise<void> {
      await db.run('UPDATE users SET name = ?, updated_at = ? WHERE id = ? AND email IS NOT NULL', [
        ...[name, toSqlTime(time), id],
      ]);
    },

    /**
     * Fails like an insert with this name, and changes nothing.
     * @param id of a row that exists
     * @throws {UnstorableTextError}
     */
    async tryName(id: number, name: string): Promise<void> {
      if (db.engine === 'sqlite') return; // SQLite holds every text
      await db.run('INSERT INTO users (id, name) VALUES (?, ?) ON DUPLICATE KEY UPDATE id = id', [id, name]);
    },

    async anonymize(id: number, time: number): Promise<void> {
      await db.run(
        'UPDATE users SET name = NULL, email = NULL, password = NULL, updated_at = ? WHERE id = ?',
        [toSqlTime(time), id],
      );
    },

    /** Replaces the hash if it is still `oldHash`. */
    async replaceHash(id: number, oldHash: string, newHash: string | null): Promise<boolean> {
      const { affectedRows } = await db.run(
        'UPDATE users SET password = ?, updated_at = updated_at WHERE id = ? AND password = ?',
        [newHash, id, oldHash],
      );
      return affectedRows === 1;
    },

    /** As {@link replaceHash}, with a new `updated_at`; null for a row that has no hash yet. */
    async replacePassword(
      id: number,
      oldHash: string | null,
      newHash: string,
      time: number,
    ): Promise<boolean> {
      const change = [newHash, toSqlTime(time), id];
      const { affectedRows } =
        oldHash === null
          ? await db.run(`${SET_PASSWORD} password IS NULL AND email IS NOT NULL`, change)
          : await db.run(`${SET_PASSWORD} password = ?`, [...change, oldHash]);
      return affectedRows === 1;
    },

    /** Up to 200 users' hashes. @param pick a random whole number from `min` up to, but not including, `max` */
    async sampleHashes(pick: (min: number, max: number) => number): Promise<string[]> {
      const [bounds] = await db.query('SELECT MIN(id) AS first, MAX(id) AS last FROM users');
      const [first, last] = [Number(bounds?.first), Number(bounds?.last)];
      const isSmall = last - first < SAMPLE_SIZE;
      const ids = Array.from({ length: SAMPLE_SIZE }, (_, i) =>
        isSmall ? first + i : pick(first, last + 1),
      );
      return (await db.query(SAMPLE_HASHES, ids)).map(row => String(row.password));
    },
  };
}
