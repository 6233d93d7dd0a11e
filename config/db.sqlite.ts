import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'libsql';
import { type Database, DatabaseError, DuplicateEntryError, type Row, type SqlValue } from './db.ts';

/** `schema.sql` in SQLite's words. */
const schema = `
  CREATE TABLE IF NOT EXISTS users (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT,
    email TEXT UNIQUE,
    password TEXT,
    created_at TEXT DEFAULT CURRENT_TIMESTAMP,
    updated_at TEXT DEFAULT CURRENT_TIMESTAMP
  );
  CREATE TABLE IF NOT EXISTS audit_log (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    event_id TEXT NOT NULL UNIQUE,
    created_at TEXT NOT NULL,
    event TEXT NOT NULL,
    user_id INTEGER,
    session_id TEXT,
    reason TEXT,
    ip TEXT NOT NULL,
    user_agent TEXT NOT NULL,
    request_id TEXT NOT NULL,
    detail TEXT
  );
  CREATE INDEX IF NOT EXISTS audit_log_user ON audit_log (user_id, id);
  CREATE INDEX IF NOT EXISTS audit_log_time ON audit_log (created_at);
  CREATE TABLE IF NOT EXISTS account_tokens (
    token_hash TEXT NOT NULL UNIQUE,
    user_id INTEGER NOT NULL,
    purpose TEXT NOT NULL,
    email TEXT NOT NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    UNIQUE (user_id, purpose)
  );
  CREATE TABLE IF NOT EXISTS verified_emails (
    user_id INTEGER NOT NULL UNIQUE,
    email TEXT NOT NULL,
    verified_at TEXT NOT NULL
  );
`;

/**
 * The embedded twin of MySQL.
 * @param path a file, made with its folder where it is missing, or `:memory:`
 */
export function openSqlite(path: string): Database {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const db = new Sqlite(path, { timeout: 1000 });
  db.pragma('journal_mode = WAL');
  db.exec(schema);
  const statements = new Map<string, Sqlite.Statement>();

  function prepared(sql: string): Sqlite.Statement {
    let statement = statements.get(sql);
    if (!statement) {
      statement = db.prepare(sql);
      statements.set(sql, statement);
    }
    return statement;
  }

  async function guarded<T>(work: () => T): Promise<T> {
    try {
      return work();
    } catch (error) {
      if ((error as { code?: string }).code === 'SQLITE_CONSTRAINT_UNIQUE') throw new DuplicateEntryError();
      throw new DatabaseError(error, true);
    }
  }

  return {
    engine: 'sqlite',
    query: (sql, values: SqlValue[] = []) => guarded(() => prepared(sql).all(...values) as Row[]),
    run: (sql, values: SqlValue[] = []) =>
      guarded(() => {
        const { lastInsertRowid, changes } = prepared(sql).run(...values);
        return { insertId: Number(lastInsertRowid), affectedRows: changes };
      }),
    close: async () => {
      statements.clear();
      db.close();
    },
  };
}
