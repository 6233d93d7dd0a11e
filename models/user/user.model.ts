import { randomInt } from 'node:crypto';
import { ApiError, invalidInput } from '../../errors.ts';
import {
  type Database,
  DuplicateEntryError,
  fromSqlTime,
  type Row,
  toSqlTime,
  UnstorableTextError,
} from '../../stores/db.ts';
import { createUserTable } from './user.sql.ts';

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

/**
 * ASCII letters lower-cased and nothing else: full Unicode lower-casing turns the Kelvin sign into a `k`,
 * so one account could shadow another.
 */
export function normalizeEmail(email: string): string {
  return email.replace(/[A-Z]+/g, letters => letters.toLowerCase());
}

/**
 * Users and their passwords.
 * @param now Unix time in milliseconds
 */
export function createUserModel(db: Database, now: () => number) {
  const table = createUserTable(db);

  /** @throws {ApiError} `email_taken`, `validation_failed` for a name that the table's character set cannot hold */
  async function written<T>(statement: Promise<T>): Promise<T> {
    try {
      return await statement;
    } catch (error) {
      if (error instanceof DuplicateEntryError) throw new ApiError('email_taken');
      if (error instanceof UnstorableTextError) {
        throw invalidInput({ path: 'name', message: 'has characters that the database cannot hold' });
      }
      throw error;
    }
  }

  /** A user as one is shown who is created now. */
  function newUserView(name: string, email: string): Omit<User, 'id'> {
    const time = fromSqlTime(toSqlTime(now()));
    return { name, email: normalizeEmail(email), created_at: time, updated_at: time };
  }

  /**
   * The comparison is made here once more, exactly: the table's collation may take other addresses for the same.
   * @param email as typed, because older rows may hold capitals and the collation may tell them apart
   */
  async function findByEmail(email: string): Promise<Credentials | null> {
    const address = normalizeEmail(email);
    const rows = await table.findByEmail(address, email);
    const row =
      rows.find(found => found.email === email) ??
      rows.find(found => normalizeEmail(String(found.email)) === address);
    return row ? toCredentials(row) : null;
  }

  async function findById(id: number): Promise<Credentials | null> {
    const row = await table.findById(id);
    return row ? toCredentials(row) : null;
  }

  return {
    newUserView,
    findByEmail,
    findById,

    /**
     * @param email as typed; kept normalized
     * @throws {ApiError} `email_taken`, `validation_failed` for a name that the table's character set cannot hold
     */
    async create(name: string, email: string, passwordHash: string): Promise<User> {
      if (await findByEmail(email)) throw new ApiError('email_taken');
      const user = newUserView(name, email);
      return { id: await written(table.insert(name, user.email, passwordHash, now())), ...user };
    },

    /**
     * Changes the name; null when there is no such user.
     * @throws {ApiError} `validation_failed` for a name that the table's character set cannot hold
     */
    async rename(id: number, name: string): Promise<User | null> {
      await written(table.rename(id, name, now()));
      return (await findById(id))?.user ?? null;
    },

    /**
     * Refuses a name that {@link create} would refuse, and changes nothing.
     * @param id of a user that exists
     * @throws {ApiError} `validation_failed`
     */
    checkName: (id: number, name: string): Promise<void> => written(table.tryName(id, name)),

    /**
     * Closes the account: the row stays, so that its id is never given out again. Nobody can find it or log in to it, and
     * its address is free.
     */
    anonymize: (id: number): Promise<void> => table.anonymize(id, now()),

    /** Some users' hashes, taken at random. */
    sampleHashes: (): Promise<string[]> => table.sampleHashes(randomInt),

    /** Changes the hash of the same password, where it is still `oldHash`. The user has changed nothing. */
    replaceHash: table.replaceHash,

    /**
     * Changes the password where the hash is still `oldHash`; false when another change came first.
     * @param oldHash null for a user without a password
     */
    replacePassword: (id: number, oldHash: string | null, newHash: string): Promise<boolean> =>
      table.replacePassword(id, oldHash, newHash, now()),
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
