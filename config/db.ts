export type SqlValue = string | number | null;
export type Row = Record<string, SqlValue>;

/** A unique key refused the row. */
export class DuplicateEntryError extends Error {
  override name = 'DuplicateEntryError';
}

/**
 * The one door to SQL. Texts are constants with `?` placeholders, the same on both engines; times are
 * `YYYY-MM-DD HH:MM:SS` texts in UTC. Any failure but a duplicate is the 503 `store_unavailable`.
 */
export interface Database {
  readonly engine: 'mysql' | 'sqlite';
  /** Rows of a SELECT. */
  query(sql: string, values?: SqlValue[]): Promise<Row[]>;
  /**
   * What an INSERT, UPDATE or DELETE did.
   * @throws {DuplicateEntryError}
   */
  run(sql: string, values?: SqlValue[]): Promise<{ insertId: number; affectedRows: number }>;
  close(): Promise<void>;
}

/** A moment (ms since 1970) as SQL text in UTC, whole seconds as the `users` table keeps them. */
export function toSqlTime(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
}

/** The reverse of {@link toSqlTime}, as ISO 8601. */
export function fromSqlTime(text: string): string {
  return new Date(`${text.replace(' ', 'T')}Z`).toISOString();
}
