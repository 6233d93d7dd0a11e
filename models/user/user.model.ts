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

/** A user with password hash and roles. Never leaves the models. */
export interface Credentials {
  user: User;
  passwordHash: string | null;
  /** Sorted. */
  roles: string[];
  /** Whether an administrator locked the account: it has no sessions and no login. */
  isDisabled: boolean;
  /** Missing where it was not read with the rest. */
  hasSecondFactor?: boolean;
}

export type UserModel = ReturnType<typeof createUserModel>;

/**
 * Lower-cases ASCII letters only. Full Unicode lower-casing turns the Kelvin sign into `k`, so one account could
 * shadow another.
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

  /** A new user as the response shows it. */
  function newUserView(name: string, email: string): Omit<User, 'id'> {
    const time = fromSqlTime(toSqlTime(now()));
    return { name, email: normalizeEmail(email), created_at: time, updated_at: time };
  }

  /**
   * Finds a user by address. The address is compared here exactly, because the table's collation may merge different
   * addresses.
   * @param email as typed, because older rows may hold capitals and the collation may tell them apart
   */
  async function findByEmail(email: string): Promise<Credentials | null> {
    const address = normalizeEmail(email);
    const rows = await table.findByEmail(address, email);
    const row =
      rows.find(found => found.email === email) ??
      rows.find(found => normalizeEmail(String(found.email)) === address);
    return row ? { ...toCredentials(row), hasSecondFactor: hasSecondFactor(row) } : null;
  }

  async function findById(id: number): Promise<Credentials | null> {
    const row = await table.findById(id);
    return row ? toCredentials(row) : null;
  }

  /** Only what a profile shows, which is less work to read than {@link findById}. */
  async function findProfile(id: number): Promise<User | null> {
    const row = await table.findProfile(id);
    return row ? toUser(row) : null;
  }

  return {
    newUserView,
    findByEmail,
    findById,
    findProfile,

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
      return findProfile(id);
    },

    /**
     * Refuses a name that {@link create} would refuse, and changes nothing.
     * @param id of a user that exists
     * @throws {ApiError} `validation_failed`
     */
    checkName: (id: number, name: string): Promise<void> => written(table.tryName(id, name)),

    /** Removes name, address and password. The row stays, so that its id is never used again. */
    anonymize: (id: number): Promise<void> => table.anonymize(id, now()),

    /** The hashes of some random users. */
    sampleHashes: (): Promise<string[]> => table.sampleHashes(randomInt),

    /** Replaces the hash of the same password, if it is still `oldHash`. `updated_at` stays. */
    replaceHash: table.replaceHash,

    /**
     * Changes the password if the hash is still `oldHash`; false when another change came first.
     * @param oldHash null for a user without a password
     */
    replacePassword: (id: number, oldHash: string | null, newHash: string): Promise<boolean> =>
      table.replacePassword(id, oldHash, newHash, now()),
  };
}

/** @param row with the column {@link HAS_SECOND_FACTOR} */
export function hasSecondFactor(row: Row): boolean {
  return Number(row.has_second_factor) === 1;
}

function toUser(row: Row): User {
  const time = (value: Row[string] | undefined) => (value ? fromSqlTime(String(value)) : null);
  return {
    id: Number(row.id),
    name: row.name === null ? null : String(row.name),
    email: String(row.email),
    created_at: time(row.created_at),
    updated_at: time(row.updated_at),
  };
}

/** @param row with the columns {@link USER_COLUMNS} */
export function toCredentials(row: Row): Credentials {
  return {
    user: toUser(row),
    passwordHash: row.password ? String(row.password) : null,
    roles: row.roles ? String(row.roles).split(',').sort() : [],
    isDisabled: Number(row.is_disabled) === 1,
  };
}
