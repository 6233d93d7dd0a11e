import { type Database, DuplicateEntryError, fromSqlTime, type Row, toSqlTime } from '../config/db.ts';
import { ApiError } from '../errors.ts';

/** A user as the API shows it. Rows older than this API may lack a name or a time. */
export interface User {
  id: number;
  name: string | null;
  email: string;
  created_at: string | null;
  updated_at: string | null;
}

/** A user with what a login is checked against; never leaves the models. */
export interface Credentials {
  user: User;
  passwordHash: string | null;
}

export type UserModel = ReturnType<typeof createUserModel>;

const columns = 'id, name, email, password, created_at, updated_at';

/**
 * ASCII letters lower-cased and nothing else: full Unicode lower-casing turns the Kelvin sign into a `k`,
 * so one account could shadow another.
 */
export function normalizeEmail(email: string): string {
  return email.replace(/[A-Z]+/g, letters => letters.toLowerCase());
}

/**
 * The `users` table.
 * @param now Unix time in milliseconds
 */
export function createUserModel(db: Database, now: () => number) {
  return {
    /**
     * @param email normalized
     * @throws {ApiError} `email_taken`
     */
    async create(name: string, email: string, passwordHash: string): Promise<User> {
      const time = toSqlTime(now());
      try {
        const { insertId } = await db.run(
          'INSERT INTO users (name, email, password, created_at, updated_at) VALUES (?, ?, ?, ?, ?)',
          [name, email, passwordHash, time, time],
        );
        return { id: insertId, name, email, created_at: fromSqlTime(time), updated_at: fromSqlTime(time) };
      } catch (error) {
        if (error instanceof DuplicateEntryError) throw new ApiError('email_taken');
        throw error;
      }
    },

    /**
     * The comparison is made here once more, exactly: the table's collation may take other addresses for the same.
     * @param email normalized
     */
    async findByEmail(email: string): Promise<Credentials | null> {
      const rows = await db.query(`SELECT ${columns} FROM users WHERE email = ?`, [email]);
      const row = rows.find(found => normalizeEmail(String(found.email)) === email);
      return row ? toCredentials(row) : null;
    },

    async findById(id: number): Promise<Credentials | null> {
      const [row] = await db.query(`SELECT ${columns} FROM users WHERE id = ?`, [id]);
      return row ? toCredentials(row) : null;
    },

    /** Changes the name; null when there is no such user. */
    async rename(id: number, name: string): Promise<User | null> {
      await db.run('UPDATE users SET name = ?, updated_at = ? WHERE id = ?', [name, toSqlTime(now()), id]);
      return (await this.findById(id))?.user ?? null;
    },

    /** Changes the hash only where it is still `oldHash`; false when another change came first. */
    async replacePassword(id: number, oldHash: string, newHash: string): Promise<boolean> {
      const { affectedRows } = await db.run(
        'UPDATE users SET password = ?, updated_at = ? WHERE id = ? AND password = ?',
        [newHash, toSqlTime(now()), id, oldHash],
      );
      return affectedRows === 1;
    },
  };
}

function toCredentials(row: Row): Credentials {
  const time = (value: Row[string] | undefined) => (value ? fromSqlTime(String(value)) : null);
  return {
    user: {
      id: Number(row.id),
      name: row.name === null ? null : String(row.name),
      email: String(row.email),
      created_at: time(row.created_at),
      updated_at: time(row.updated_at),
    },
    passwordHash: row.password ? String(row.password) : null,
  };
}
