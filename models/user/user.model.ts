import { randomInt } from 'node:crypto';
import { ApiError, invalidInput } from '../../errors.ts';
import {
  type Database,
  DuplicateEntryError,
  fromSqlTime,
  type Row,
  type SqlValue,
  toSqlTime,
  UnstorableTextError,
} from '../../stores/db.ts';
import { createUserLoader } from './userLoader.ts';

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

const SET_PASSWORD = 'UPDATE users SET password = ?, updated_at = ? WHERE id = ? AND';

const SAMPLE = 200;
const SAMPLE_HASHES = `SELECT password FROM users WHERE password IS NOT NULL AND id IN (${Array(SAMPLE).fill('?').join(', ')})`;

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
  const rowOf = createUserLoader((ids, placeholders) =>
    db.query(`SELECT ${columns} FROM users WHERE id IN (${placeholders}) AND email IS NOT NULL`, ids),
  );

  async function written(sql: string, values: SqlValue[]) {
    try {
      return await db.run(sql, values);
    } catch (error) {
      if (error instanceof DuplicateEntryError) throw new ApiError('email_taken');
      if (error instanceof UnstorableTextError) {
        throw invalidInput({ path: 'name', message: 'has characters that the database cannot hold' });
      }
      throw error;
    }
  }

  return {
    /** A user as one is shown who is created now. */
    newUserView(name: string, email: string): Omit<User, 'id'> {
      const time = fromSqlTime(toSqlTime(now()));
      return { name, email: normalizeEmail(email), created_at: time, updated_at: time };
    },

    /**
     * @param email as typed; kept normalized
     * @throws {ApiError} `email_taken`, `validation_failed` for a name that the table's character set cannot hold
     */
    async create(name: string, email: string, passwordHash: string): Promise<User> {
      const known = await this.findByEmail(email);
      if (known) throw new ApiError('email_taken');
      const address = normalizeEmail(email);
      const time = toSqlTime(now());
      const { insertId } = await written(
        'INSERT INTO users (name, email, password, created_at, updated_at) VALUES (?, ?, ?, ?, ?)',
        [name, address, passwordHash, time, time],
      );
      return {
        id: insertId,
        name,
        email: address,
        created_at: fromSqlTime(time),
        updated_at: fromSqlTime(time),
      };
    },

    /**
     * The comparison is made here once more, exactly: the table's collation may take other addresses for the same.
     * @param email as typed, because older rows may hold capitals and the collation may mind them
     */
    async findByEmail(email: string): Promise<Credentials | null> {
      const address = normalizeEmail(email);
      const rows = await db.query(`SELECT ${columns} FROM users WHERE email IN (?, ?)`, [address, email]);
      const row =
        rows.find(found => found.email === email) ??
        rows.find(found => normalizeEmail(String(found.email)) === address);
      return row ? toCredentials(row) : null;
    },

    async findById(id: number): Promise<Credentials | null> {
      const row = await rowOf(id);
      return row ? toCredentials(row) : null;
    },

    /**
     * Changes the name; null when there is no such user.
     * @throws {ApiError} `validation_failed` for a name that the table's character set cannot hold
     */
    async rename(id: number, name: string): Promise<User | null> {
      await written('UPDATE users SET name = ?, updated_at = ? WHERE id = ? AND email IS NOT NULL', [
        ...[name, toSqlTime(now()), id],
      ]);
      return (await this.findById(id))?.user ?? null;
    },

    /**
     * Refuses a name that {@link create} would refuse, and changes nothing.
     * @param id of a user that exists
     * @throws {ApiError} `validation_failed`
     */
    async checkName(id: number, name: string): Promise<void> {
      if (db.engine === 'sqlite') return;
      await written('INSERT INTO users (id, name) VALUES (?, ?) ON DUPLICATE KEY UPDATE id = id', [id, name]);
    },

    /**
     * Closes the account: the row stays, so that its id is never given out again, and with nothing in it that could be
     * found or logged in to. The address is free.
     */
    async anonymize(id: number): Promise<void> {
      await db.run(
        'UPDATE users SET name = NULL, email = NULL, password = NULL, updated_at = ? WHERE id = ?',
        [...[toSqlTime(now()), id]],
      );
    },

    /** Some users' hashes, taken at random. */
    async sampleHashes(): Promise<string[]> {
      const [bounds] = await db.query('SELECT MIN(id) AS first, MAX(id) AS last FROM users');
      const [first, last] = [Number(bounds?.first), Number(bounds?.last)];
      const ids = Array.from({ length: SAMPLE }, () => randomInt(first, last + 1));
      const rows = await db.query(SAMPLE_HASHES, last - first < SAMPLE ? ids.map((_, i) => first + i) : ids);
      return rows.map(row => String(row.password));
    },

    /** As {@link replacePassword}, for the same password in other words: the user has changed nothing. */
    async replaceHash(id: number, oldHash: string, newHash: string): Promise<boolean> {
      const { affectedRows } = await db.run(
        'UPDATE users SET password = ?, updated_at = updated_at WHERE id = ? AND password = ?',
        [newHash, id, oldHash],
      );
      return affectedRows === 1;
    },

    /**
     * Changes the hash only where it is still `oldHash`; false when another change came first.
     * @param oldHash null for a user without a password
     */
    async replacePassword(id: number, oldHash: string | null, newHash: string): Promise<boolean> {
      const change = [newHash, toSqlTime(now()), id];
      const { affectedRows } =
        oldHash === null
          ? await db.run(`${SET_PASSWORD} password IS NULL AND email IS NOT NULL`, change)
          : await db.run(`${SET_PASSWORD} password = ?`, [...change, oldHash]);
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
