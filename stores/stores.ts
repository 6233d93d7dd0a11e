import { setTimeout as sleep } from 'node:timers/promises';
import { type Env, usesMysql } from '../config/env.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import type { Database } from './db.ts';
import { mysqlAddress } from './mysqlLogin.ts';
import type { Redis } from './redis/redis.ts';
import { redisName, redisTarget } from './redis/target.ts';
import { readSchema, tablesOf } from './schema.ts';
import { openSqlite, readSqlite } from './sqlite.ts';

/** The database and Redis. */
export interface Stores {
  db: Database;
  /** Null where sessions live in this process. */
  redis: Redis | null;
  close(): Promise<void>;
}

// The clients of MySQL and Redis take megabytes and a third of a start, so each is loaded only where it is used.

/** MySQL where DB_HOST or DB_SOCKET is set, else the SQLite file. */
export async function openDatabase(env: Env, metrics: Metrics, openFile = openSqlite): Promise<Database> {
  if (!usesMysql(env)) return openFile(env.SQLITE_PATH, env.DB_TIMEOUT_MS, metrics.database);
  const { openMysql } = await import('./mysql.ts');
  return openMysql(env, metrics.database);
}

/** As {@link openDatabase}, for programs that change nothing: a SQLite file must exist and is only read. */
export function readDatabase(env: Env, metrics: Metrics): Promise<Database> {
  return openDatabase(env, metrics, readSqlite);
}

/** Redis in the form that the settings name; null where sessions live in the process. */
export async function openSessionRedis(env: Env, log: Logger, metrics: Metrics): Promise<Redis | null> {
  const target = redisTarget(env);
  if (!target) return null;
  const { openRedis } = await import('./redis/redis.ts');
  return openRedis(target, env.REDIS_TIMEOUT_MS, log, metrics.redis);
}

/** The database, and Redis where the settings name one. */
export async function openStores(env: Env, log: Logger, metrics: Metrics): Promise<Stores> {
  const db = await openDatabase(env, metrics);
  if (db.pool) metrics.watchPool(db.pool);
  const redis = await openSessionRedis(env, log, metrics);
  return {
    db,
    redis,
    async close() {
      await Promise.allSettled([db.close(), redis?.close()]);
    },
  };
}

const RETRY_MS = 200;
/** Errors that do not pass by waiting, and what to do. */
const databaseHints: Record<string, string> = {
  ER_NO_SUCH_TABLE: 'a table of schema.sql is missing: run `npm run db:setup`',
  ER_BAD_FIELD_ERROR:
    'a table lacks a column of schema.sql: run `npm run db:setup`, then compare its columns',
  ER_BAD_DB_ERROR: 'the database is missing: run `npm run db:setup`',
  ER_ACCESS_DENIED_ERROR:
    'user or password is refused: see DB_USER and DB_PASSWORD, or DB_TLS where the server wants it',
  ER_ACCESS_DENIED_NO_PASSWORD_ERROR:
    'user or password is refused: see DB_USER and DB_PASSWORD, or DB_TLS where the server wants it',
  ER_DBACCESS_DENIED_ERROR: 'the user may not use this database: see DB_USER and DB_NAME',
  ER_TABLEACCESS_DENIED_ERROR: 'the user may not read every table: see DB_USER',
  ER_HOST_NOT_PRIVILEGED: 'the server lets nobody in from this address',
  ER_SECURE_TRANSPORT_REQUIRED: 'the server wants TLS: see DB_TLS',
  HANDSHAKE_NO_SSL_SUPPORT: 'the server has no TLS: see DB_TLS',
};

const untrusted = 'its certificate is not trusted: see REDIS_TLS_CA';
const refused =
  'user or password is refused: see REDIS_USERNAME and REDIS_PASSWORD, for Sentinels REDIS_SENTINEL_PASSWORD';
/** By code, by the first word of a Redis error, or by all of it. */
const redisHints: Record<string, string> = {
  WRONGPASS: refused,
  NOAUTH: refused,
  NOPERM: 'the user may not run every command that is needed: see REDIS_USERNAME',
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  'ERR No such master with that name': 'the Sentinels know no such master: see REDIS_SENTINEL_NAME',
  'ERR This instance has cluster support disabled': 'it is no cluster: see REDIS_URL',
};

/**
 * Waits until the database and Redis respond.
 * @throws {Error} with one line that names the host and the cause, after STARTUP_TIMEOUT_MS or at once where waiting
 *   does not help
 */
export async function waitForStores({ db, redis }: Stores, env: Env): Promise<void> {
  await Promise.all([waitForDatabase(db, env), redis && waitForRedis(redis, env)]);
}

/**
 * Waits until the database responds and has every column of the schema.
 * @throws {Error} as {@link waitForStores}
 */
export function waitForDatabase(db: Database, env: Env): Promise<void> {
  const name =
    db.engine === 'sqlite' ? `The SQLite file ${env.SQLITE_PATH}` : `The database at ${mysqlAddress(env)}`;
  const tables = tablesOf(readSchema('schema.sql'));
  return answered(name, databaseHints, env.STARTUP_TIMEOUT_MS, async () => {
    for (const [table, columns] of tables) {
      await db.query(`SELECT ${columns.join(', ')} FROM ${table} LIMIT 1`);
    }
  });
}

/**
 * Waits until every Redis master responds.
 * @throws {Error} as {@link waitForStores}
 */
export function waitForRedis(redis: Redis, env: Env): Promise<void> {
  return answered(redisName(env), redisHints, env.STARTUP_TIMEOUT_MS, () => redis.ping());
}

async function answered(
  name: string,
  hints: Record<string, string>,
  timeoutMs: number,
  check: () => Promise<unknown>,
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    try {
      await check();
      return;
    } catch (error) {
      const cause = (error as Error).cause as NodeJS.ErrnoException | undefined;
      const { code = '', message = '' } = cause ?? {};
      const hint = hints[code] ?? hints[message.split(' ', 1)[0] ?? ''] ?? hints[message] ?? tlsFault(cause);
      if (hint || performance.now() >= deadline) {
        throw new Error(`${name} cannot be used: ${hint ?? errorText(cause ?? error)}`);
      }
      await sleep(RETRY_MS);
    }
  }
}

/** Warnings about the database, a sentence each. */
export async function databaseWarnings({ db }: Pick<Stores, 'db'>): Promise<string[]> {
  if (db.engine === 'sqlite') return [];
  const [column] = await db.query(
    "SELECT character_set_name AS charset FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'users' AND column_name = 'name'",
  );
  if (!column || column.charset === 'utf8mb4') return [];
  return [
    `users.name cannot hold every character (it is ${column.charset}), so some names are refused with 422. To change that: ALTER TABLE users MODIFY name VARCHAR(100) CHARACTER SET utf8mb4;`,
  ];
}

/** Why the server's certificate was refused. Undefined when the handshake was cut off, which may pass. */
function tlsFault(error?: NodeJS.ErrnoException): string | undefined {
  if (error?.code !== 'HANDSHAKE_SSL_ERROR' || error.errno || 'localAddress' in error) return undefined;
  return `TLS failed, ${error.message}: see DB_TLS_CA`;
}

/** An error as text. An AggregateError has no text of its own. */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as NodeJS.ErrnoException;
  return (
    error.message || (error instanceof AggregateError && errorText(error.errors[0])) || code || error.name
  );
}
