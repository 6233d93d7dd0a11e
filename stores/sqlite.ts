import { mkdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type Sqlite from 'libsql';
import type { Timed } from '../telemetry/metrics.ts';
import { type Database, DatabaseError, DuplicateEntryError, type Row, type SqlValue } from './db.ts';

/** For what takes megabytes and is needed only here. */
const load = createRequire(import.meta.url);

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
  CREATE TABLE IF NOT EXISTS totp_secrets (
    user_id INTEGER NOT NULL UNIQUE,
    secret TEXT NOT NULL,
    recovery_batch TEXT,
    last_step INTEGER NOT NULL DEFAULT 0
  );
  CREATE TABLE IF NOT EXISTS recovery_codes (
    user_id INTEGER NOT NULL,
    batch TEXT NOT NULL,
    code_hash TEXT NOT NULL,
    UNIQUE (user_id, batch, code_hash)
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
  DROP TABLE IF EXISTS account_tokens;
  CREATE TABLE IF NOT EXISTS account_links (
    token_hash TEXT NOT NULL UNIQUE,
    user_id INTEGER NOT NULL,
    purpose TEXT NOT NULL,
    state_hash TEXT NOT NULL,
    expires_at TEXT NOT NULL
  );
  CREATE INDEX IF NOT EXISTS account_links_user ON account_links (user_id, purpose);
  CREATE TABLE IF NOT EXISTS mail_pace (
    user_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    sent_at TEXT NOT NULL,
    UNIQUE (user_id, kind)
  );
  CREATE TABLE IF NOT EXISTS verified_emails (
    user_id INTEGER NOT NULL UNIQUE,
    email TEXT NOT NULL,
    verified_at TEXT NOT NULL
  );
  CREATE TABLE IF NOT EXISTS erasures (
    user_id INTEGER NOT NULL UNIQUE,
    planned_at TEXT NOT NULL,
    due_at TEXT NOT NULL,
    erased_at TEXT
  );
  CREATE INDEX IF NOT EXISTS erasures_due ON erasures (due_at);
`;

const BUSY_RETRY_MS = 20;

/**
 * The embedded twin of MySQL.
 * @param path a file, made with its folder where it is missing, or `:memory:`
 * @param timeoutMs how long to wait for another process that has locked the file
 * @throws {Error} with one line that names the file and the cause
 */
export function openSqlite(path: string, timeoutMs: number, timed: Timed = work => work()): Database {
  const db = opened(path);
  const inode = inodeOf(path);
  const statements = new Map<string, Sqlite.Statement>();

  function prepared(sql: string): Sqlite.Statement {
    let statement = statements.get(sql);
    if (!statement) {
      statement = db.prepare(sql);
      statements.set(sql, statement);
    }
    return statement;
  }

  const guarded = <T>(work: () => T): Promise<T> => timed(() => unlocked(work));

  async function unlocked<T>(work: () => T): Promise<T> {
    const giveUpAt = performance.now() + timeoutMs;
    for (;;) {
      try {
        // SQLite would go on with a file that was deleted or moved away, and all it writes be lost.
        if (inodeOf(path) !== inode) throw new Error(`${path} is not the file any more that was opened`);
        return work();
      } catch (error) {
        const { code } = error as { code?: string };
        if (code === 'SQLITE_CONSTRAINT_UNIQUE') throw new DuplicateEntryError();
        if (!code?.startsWith('SQLITE_BUSY') || performance.now() >= giveUpAt)
          throw new DatabaseError(error, true);
        await sleep(BUSY_RETRY_MS);
      }
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

function opened(path: string): Sqlite.Database {
  try {
    if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const db = new (load('libsql') as typeof Sqlite)(path, { timeout: 1000 });
    db.pragma('journal_mode = WAL');
    db.exec(schema);
    // From here on a wait for the lock must not hold up the whole process: it is waited for outside of SQLite.
    db.pragma('busy_timeout = 0');
    return db;
  } catch (error) {
    throw new Error(`The SQLite file ${path} cannot be used: ${(error as Error).message}`);
  }
}

function inodeOf(path: string): bigint | undefined {
  return statSync(path, { bigint: true, throwIfNoEntry: false })?.ino;
}
