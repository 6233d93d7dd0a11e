import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import * as z from 'zod';
import { type Env, usesMysql } from '../../config/env.ts';
import { type Database, fromSqlTime } from '../../stores/db.ts';
import { mysqlAddress } from '../../stores/mysqlLogin.ts';
import type { Redis } from '../../stores/redis/redis.ts';
import { redisName } from '../../stores/redis/target.ts';
import { sqliteFault } from '../../stores/sqlite.ts';
import {
  databaseWarnings,
  errorText,
  openSessionRedis,
  readDatabase,
  waitForDatabase,
  waitForRedis,
} from '../../stores/stores.ts';
import { createLogger } from '../../telemetry/logger.ts';
import { createMetrics } from '../../telemetry/metrics.ts';
import { type Finding, fault, ok, warning } from './findings.ts';
import { checkFolder } from './machine.ts';

/** How long a store that does not respond is waited for. */
const PATIENCE_MS = 3000;
/** A larger difference between two clocks is worth a warning. */
const CLOCK_MS = 2000;

const timeReply = z.tuple([z.coerce.number(), z.coerce.number()]);

/** Reachable, with every table and column, with utf8mb4, with the right time. */
export async function checkDatabase(settings: Env): Promise<Finding[]> {
  const env = { ...settings, STARTUP_TIMEOUT_MS: PATIENCE_MS };
  if (!usesMysql(env))
    return [checkFolder(dirname(env.SQLITE_PATH), 'SQLITE_PATH'), ...(await checkSqlite(env))];
  return withStore(await readDatabase(env, createMetrics()), async db => {
    await waitForDatabase(db, env);
    const warnings = await databaseWarnings({ db });
    const clock = await compareClocks('the database', async () => {
      const [row] = await db.query('SELECT UTC_TIMESTAMP(3) AS time');
      return Date.parse(fromSqlTime(String(row?.time)) ?? '');
    });
    return [ok(`The database at ${mysqlAddress(env)}, with every table`), ...warnings.map(warning), clock];
  });
}

async function checkSqlite(env: Env): Promise<Finding[]> {
  if (!existsSync(env.SQLITE_PATH)) return [ok(`SQLite file ${env.SQLITE_PATH}: the first start makes it`)];
  return withStore(await readDatabase(env, createMetrics()), async db => {
    try {
      await db.query('SELECT name FROM sqlite_master');
      return [ok(`SQLite file ${env.SQLITE_PATH}`)];
    } catch (error) {
      return [fault(sqliteFault(env.SQLITE_PATH, (error as Error).cause ?? error))];
    }
  });
}

/** Reachable, durable, without eviction, with the right time. */
export async function checkRedis(settings: Env): Promise<Finding[]> {
  const env = { ...settings, STARTUP_TIMEOUT_MS: PATIENCE_MS };
  const redis = await openSessionRedis(env, createLogger('silent'), createMetrics());
  if (!redis) return [ok('Sessions are in the memory of the server: no REDIS_URL')];
  return withStore(redis, async () => {
    await waitForRedis(redis, env);
    const warnings = await durabilityOf(redis);
    const clock = await compareClocks('Redis', async () => {
      const [seconds, microseconds] = timeReply.parse(await redis.run('', ['TIME']));
      return seconds * 1000 + microseconds / 1000;
    });
    return [ok(redisName(env)), ...warnings, clock];
  });
}

async function durabilityOf(redis: Redis): Promise<Finding[]> {
  const warnings = (await redis.durabilityWarnings()).map(warning);
  if (warnings.length > 0) return warnings;
  try {
    await redis.run('', ['CONFIG', 'GET', 'maxmemory-policy']);
    return [ok('Redis keeps an append-only file and evicts nothing (maxmemory-policy noeviction)')];
  } catch {
    return [
      warning(
        'Redis does not tell its settings: allow its user `+config|get`, or make sure of `appendonly yes` and `maxmemory-policy noeviction`',
      ),
    ];
  }
}

async function withStore<S extends Pick<Database | Redis, 'close'>>(
  store: S,
  check: (store: S) => Promise<Finding[]>,
): Promise<Finding[]> {
  try {
    return await check(store);
  } catch (error) {
    return [fault(errorText(error))];
  } finally {
    await store.close();
  }
}

async function compareClocks(name: string, readTime: () => Promise<number>): Promise<Finding> {
  const before = Date.now();
  const theirs = await readTime();
  const after = Date.now();
  // The time was read somewhere between.
  const ahead = theirs < before ? theirs - before : Math.max(0, theirs - after);
  if (Math.abs(ahead) <= CLOCK_MS) return ok(`The clock of ${name} is right by this machine's`);
  const seconds = Math.round(Math.abs(ahead) / 1000);
  return warning(
    `The clock of ${name} is ${seconds} s ${ahead > 0 ? 'ahead of' : 'behind'} this machine's: set both by NTP`,
  );
}
