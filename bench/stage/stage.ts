import { randomBytes, randomInt } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import bcrypt from 'bcrypt';
import mysql, { type RowDataPacket } from 'mysql2/promise';
import { sessionOptions, tokenOptions } from '../../compose.ts';
import { parseEnv } from '../../config/env.ts';
import { createEmitter } from '../../models/audit/events.ts';
import { createRefreshTokenModel } from '../../models/session/refreshToken.model.ts';
import { createSessionModel, type SessionModel } from '../../models/session/session.model.ts';
import { createRedisSessionStore } from '../../models/session/session.redis.ts';
import { createTokenModel } from '../../models/session/token.model.ts';
import { findEngines } from '../../scripts/engines.ts';
import { mysqlOptions } from '../../stores/mysqlLogin.ts';
import { openRedis, type Redis } from '../../stores/redis/redis.ts';
import { singleTarget } from '../../stores/redis/target.ts';
import { createLogger } from '../../telemetry/logger.ts';

export const PASSWORD = 'correct horse battery';
/** What a hash of the users who log in costs: the default of BCRYPT_ROUNDS. */
export const ROUNDS = 10;
const LOGINS = 20;

/** A user as an answer shows it. */
export interface BenchUser {
  id: number;
  name: string;
  email: string;
  created_at: string;
  updated_at: string;
}

/** The databases with users and tokens in them. */
export interface Stage {
  /** Working directory of the servers, with their logs. */
  directory: string;
  /** As shipped for production, with the defaults for all that is not about where things are. */
  env: Record<string, string>;
  /** Those who hold a token. */
  readers: { user: BenchUser; token: string }[];
  /** Those who only log in. */
  logins: BenchUser[];
  redis: Redis;
  sessions: SessionModel;
  connection: mysql.Connection;
  engines: string;
  close(): Promise<void>;
}

/**
 * Starts or finds Redis and MariaDB as the tests do, and sets the stage on them.
 * @param count of users who hold a token
 * @param environment may name servers to use instead
 */
export async function setStage(count: number, environment: NodeJS.ProcessEnv = process.env): Promise<Stage> {
  const engines = await findEngines(environment);
  const stopEngines = () => Promise.all([engines.redis?.stop(), engines.mariadb?.stop()]);
  if (!engines.redis || !engines.mariadb) {
    await stopEngines();
    throw new Error(engines.missing.join('\n'));
  }
  const { host, port, user, password } = engines.mariadb;
  const settings = {
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    JWT_SECRET: randomBytes(32).toString('hex'),
    // A long run outlives the default hour.
    JWT_EXPIRES_IN: '86400',
    SIGNATURE_KEY: randomBytes(32).toString('hex'),
    REDIS_URL: engines.redis.url,
    DB_HOST: host,
    DB_PORT: String(port),
    DB_USER: user,
    DB_PASSWORD: password,
    DB_NAME: `bench_${randomBytes(6).toString('hex')}`,
    DB_POOL_SIZE: '10',
    // On, but for more clients than the one address here.
    RATE_LIMIT_MAX: '1000000',
  };
  const env = parseEnv(settings);
  const { database, ...server } = mysqlOptions({ ...env, DB_HOST: host });
  const connection = await mysql.createConnection({ ...server, multipleStatements: true });
  const peerDatabase = `${database}_peer`;
  for (const name of [database, peerDatabase])
    await connection.query('CREATE DATABASE ?? CHARACTER SET utf8mb4', [name]);
  await connection.changeUser({ database });
  await connection.query("SET time_zone = '+00:00'");
  await connection.query(await readFile(join(import.meta.dirname, '..', '..', 'schema.sql'), 'utf8'));
  // Redis may hold the sessions of others, who count from 1.
  await connection.query(`ALTER TABLE users AUTO_INCREMENT = ${randomInt(1, 2_000_000) * 1000}`);

  const redis = openRedis(singleTarget(engines.redis.url), 60_000, createLogger('warn'));
  const sessions = createSessionModel({
    store: createRedisSessionStore(redis, Date.now),
    tokens: createTokenModel(tokenOptions(env), Date.now),
    refreshTokens: createRefreshTokenModel(env.JWT_SECRET),
    events: createEmitter(createLogger('warn')),
    options: sessionOptions(env),
    now: Date.now,
  });
  const cheap = await bcrypt.hash(PASSWORD, 4);
  const readers = [];
  for (let i = 0; i < count; i++) {
    const reader = await addUser(connection, `reader${i}`, cheap);
    const device = { name: 'Phone', ip: '203.0.113.7', userAgent: 'autocannon', requestId: 'bench' };
    const subject = { userId: reader.id, roles: [], amr: [] };
    const started = await sessions.start(subject, device, { generation: '', readAt: Date.now() });
    if (!started) throw new Error('A new user has no generation to be late for.');
    readers.push({ user: reader, token: started.accessToken });
  }
  const real = await bcrypt.hash(PASSWORD, ROUNDS);
  const logins = [];
  for (let i = 0; i < LOGINS; i++) logins.push(await addUser(connection, `login${i}`, real));

  const directory = await mkdtemp(join(tmpdir(), 'bench-'));
  const info = String(await redis.run('', ['INFO', 'server']));
  const [[version]] = await connection.query<RowDataPacket[]>('SELECT VERSION() AS version');
  return {
    directory,
    env: {
      ...settings,
      BENCH_ANSWER: JSON.stringify({ user: readers[0]?.user }),
      BENCH_PEER_DB: peerDatabase,
    },
    readers,
    logins,
    redis,
    sessions,
    connection,
    engines: `Redis ${/redis_version:(\S+)/.exec(info)?.[1]}, ${/mariadb/i.test(version?.version) ? 'MariaDB' : 'MySQL'} ${/^[\d.]+/.exec(version?.version)?.[0]}`,
    async close() {
      for (const name of [database, peerDatabase]) await connection.query('DROP DATABASE ??', [name]);
      await connection.end();
      await redis.close();
      await stopEngines();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function addUser(connection: mysql.Connection, name: string, hash: string): Promise<BenchUser> {
  const user = { name, email: `${name}@example.com`, created_at: '2026-01-01T08:00:00.000Z' };
  const time = '2026-01-01 08:00:00';
  const [{ insertId }] = await connection.execute<mysql.ResultSetHeader>(
    'INSERT INTO users (name, email, password, created_at, updated_at) VALUES (?, ?, ?, ?, ?)',
    [user.name, user.email, hash, time, time],
  );
  return { id: insertId, ...user, updated_at: user.created_at };
}
