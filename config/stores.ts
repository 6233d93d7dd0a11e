import { setTimeout as sleep } from 'node:timers/promises';
import { openMysql } from './db.mysql.ts';
import { openSqlite } from './db.sqlite.ts';
import type { Database } from './db.ts';
import type { Env } from './env.ts';
import type { Logger } from './logger.ts';
import { openRedis, type Redis } from './redis.ts';

/** Where users and sessions are kept. */
export interface Stores {
  db: Database;
  /** Null where sessions live in this process. */
  redis: Redis | null;
  close(): Promise<void>;
}

/** MySQL where DB_HOST is set, else the SQLite file; Redis where REDIS_URL is set, else nothing. */
export function openStores(env: Env, log: Logger): Stores {
  const db = env.DB_HOST ? openMysql({ ...env, DB_HOST: env.DB_HOST }) : openSqlite(env.SQLITE_PATH);
  const redis = env.REDIS_URL ? openRedis(env.REDIS_URL, env.REDIS_TIMEOUT_MS, log) : null;
  return {
    db,
    redis,
    async close() {
      await Promise.allSettled([db.close(), redis?.close()]);
    },
  };
}

const RETRY_MS = 200;
/** Errors that waiting does not mend, with what does. */
const hints: Record<string, string> = {
  ER_NO_SUCH_TABLE: 'a table is missing: run `npm run db:setup`',
  ER_BAD_DB_ERROR: 'the database is missing: run `npm run db:setup`',
  ER_ACCESS_DENIED_ERROR: 'user or password is refused: see DB_USER and DB_PASSWORD',
  ER_DBACCESS_DENIED_ERROR: 'the user may not use this database: see DB_USER and DB_NAME',
};

/**
 * Waits until both stores answer.
 * @throws {Error} with one line that names the host and the cause, after STARTUP_TIMEOUT_MS or at once where
 *   waiting does not help
 */
export async function waitForStores({ db, redis }: Stores, env: Env): Promise<void> {
  const deadline = performance.now() + env.STARTUP_TIMEOUT_MS;
  await Promise.all([
    answered(`The database at ${env.DB_HOST}:${env.DB_PORT}`, async () => {
      await db.query('SELECT id FROM users LIMIT 1');
      // From a database of an earlier version this one is missing, and no login could be checked.
      await db.query('SELECT user_id FROM totp_secrets LIMIT 1');
    }),
    redis &&
      answered(`Redis at ${new URL(env.REDIS_URL ?? '').host}`, () => redis.run(client => client.ping())),
  ]);

  async function answered(name: string, check: () => Promise<unknown>): Promise<void> {
    for (;;) {
      try {
        await check();
        return;
      } catch (error) {
        const cause = (error as Error).cause as NodeJS.ErrnoException | undefined;
        const hint = hints[cause?.code ?? ''];
        if (hint || performance.now() >= deadline) {
          throw new Error(`${name} cannot be used: ${hint ?? describe(cause ?? error)}`);
        }
        await sleep(RETRY_MS);
      }
    }
  }
}

/** An error in words; one of several addresses tried has none of its own. */
export function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as NodeJS.ErrnoException;
  return (
    error.message || (error instanceof AggregateError && describe(error.errors[0])) || code || error.name
  );
}
