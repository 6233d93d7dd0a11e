import { StoreError } from '../errors.ts';
import type { PoolUse } from '../telemetry/metrics.ts';

export type SqlValue = string | number | null;
export type Row = Record<string, SqlValue>;

/** A unique key refused the row. */
export class DuplicateEntryError extends Error {
  override name = 'DuplicateEntryError';
}

/** The column's character set cannot hold a text. */
export class UnstorableTextError extends Error {
  override name = 'UnstorableTextError';
}

/** The database does not answer in time, or refuses the statement. */
export class DatabaseError extends StoreError {
  override name = 'DatabaseError';
  /** True when it is certain that the statement changed nothing; after a timeout it may still come to pass. */
  readonly refused: boolean;

  constructor(cause: unknown, refused: boolean) {
    super('The database does not answer in time.', cause);
    this.refused = refused;
  }

  /** True when the values are at fault (SQLSTATE classes 22 and 23), so that trying again is no use. */
  get isLasting(): boolean {
    const { sqlState, code } = (this.cause ?? {}) as { sqlState?: unknown; code?: unknown };
    return /^2[23]/.test(String(sqlState)) || String(code).startsWith('SQLITE_CONSTRAINT');
  }
}

/**
 * The one door to SQL. Texts are constants with `?` placeholders, the same on both engines; times are
 * `YYYY-MM-DD HH:MM:SS` texts in UTC. Any failure that has no
 * error of its own here is a {@link DatabaseError}.
 */
export interface Database {
  readonly engine: 'mysql' | 'sqlite';
  /** Rows of a SELECT. */
  query(sql: string, values?: SqlValue[]): Promise<Row[]>;
  /**
   * What an INSERT, UPDATE or DELETE did.
   * @throws {DuplicateEntryError}, {UnstorableTextError}
   */
  run(sql: string, values?: SqlValue[]): Promise<{ insertId: number; affectedRows: number }>;
  /** The pool as it is now, where there is one. */
  pool?(): PoolUse;
  close(): Promise<void>;
}

/** A moment (ms since 1970) as SQL text in UTC, whole seconds as the `users` table keeps them. */
export function toSqlTime(ms: number): string {
  return toPreciseSqlTime(ms).slice(0, 19);
}

/** A moment (ms since 1970) as SQL text in UTC, with milliseconds. */
export function toPreciseSqlTime(ms: number): string {
  return new Date(ms).toISOString().slice(0, 23).replace('T', ' ');
}

/** The reverse of {@link toSqlTime}, as ISO 8601; null for the zero time of older servers. */
export function fromSqlTime(text: string): string | null {
  const time = new Date(`${text.replace(' ', 'T')}Z`);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}
