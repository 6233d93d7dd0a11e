import { existsSync, mkdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type Sqlite from 'libsql';
import type { Timed } from '../telemetry/metrics.ts';
import { type Database, DatabaseError, DuplicateEntryError, type Row, type SqlValue } from './db.ts';
import { readSchema } from './schema.ts';

/** Loads at first use a module that takes megabytes. */
const load = createRequire(import.meta.url);

const BUSY_RETRY_MS = 20;

/**
 * The embedded database.
 * @param path a file, made with its folder where it is missing, or `:memory:`
 * @param timeoutMs how long to wait for another process that has locked the file
 * @throws {Error} with one line that names the file and the cause
 */
export function openSqlite(path: string, timeoutMs: number, timed?: Timed): Database {
  return toDatabase(opened(path), path, timeoutMs, timed);
}

/**
 * The embedded database as it is, for reading alone.
 * @throws {Error} with one line, also where there is no such file
 */
export function readSqlite(path: string, timeoutMs: number, timed?: Timed): Database {
  return toDatabase(openedForReading(path), path, timeoutMs, timed);
}

function toDatabase(
  db: Sqlite.Database,
  path: string,
  timeoutMs: number,
  timed: Timed = work => work(),
): Database {
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
        // SQLite would write to a file that was deleted or moved, and the data would be lost.
        if (inodeOf(path) !== inode) throw new Error(`${path} is not the file any more that was opened`);
        return work();
      } catch (error) {
        const { code } = error as { code?: string };
        if (code === 'SQLITE_CONSTRAINT_UNIQUE') throw new DuplicateEntryError();
        if (!code?.startsWith('SQLITE_BUSY') || performance.now() >= giveUpAt)
          throw new DatabaseError(error, 'refused');
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
    db.exec(readSchema('schema.sqlite.sql'));
    // From here on, waiting for the lock must not block the process: we wait outside of SQLite.
    db.pragma('busy_timeout = 0');
    return db;
  } catch (error) {
    throw new Error(sqliteFault(path, error));
  }
}

/** Why a SQLite file cannot be used, and what to do, in one line. */
export function sqliteFault(path: string, error: unknown): string {
  const [cause = ''] = (error as Error).message.split('\n', 1);
  return `The SQLite file ${path} cannot be used: ${cause}. ${nextStep(cause)}`;
}

function nextStep(cause: string): string {
  if (/not a database/.test(cause)) return 'Move it away, or set SQLITE_PATH to another file';
  if (/disk is full|ENOSPC/.test(cause)) return 'Free space on its disk';
  if (/locked/.test(cause)) return 'Another program has locked it: stop that program';
  if (/Cannot find module/.test(cause)) return 'A package is missing or is of another machine: run `npm ci`';
  return 'Let this user write to the file and to its folder, or set SQLITE_PATH to another file';
}

function openedForReading(path: string): Sqlite.Database {
  if (!existsSync(path)) {
    throw new Error(`There is no SQLite file ${path}: the first start makes it, see SQLITE_PATH`);
  }
  try {
    return new (load('libsql') as typeof Sqlite)(`${pathToFileURL(resolve(path))}?mode=ro`);
  } catch (error) {
    throw new Error(sqliteFault(path, error));
  }
}

function inodeOf(path: string): bigint | undefined {
  return statSync(path, { bigint: true, throwIfNoEntry: false })?.ino;
}
