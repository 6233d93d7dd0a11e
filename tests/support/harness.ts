import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { Agent, type OutgoingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Express } from 'express';
import mysql from 'mysql2/promise';
import { inject } from 'vitest';
import { createApp } from '../../app.ts';
import { createModels, keysOf } from '../../compose.ts';
import { ConfigError, type Env, parseEnv, usesMysql } from '../../config/env.ts';
import { createHttpServer, type HttpLimits, httpLimits } from '../../http/server.ts';
import {
  createMailer,
  type Mailer,
  type MailerOptions,
  type MailMessage,
  smtpDelivery,
} from '../../mail/mailer.ts';
import { createErasureModel } from '../../models/account/erasure.model.ts';
import { createAuditModel } from '../../models/audit/audit.model.ts';
import { createNats } from '../../nats/nats.ts';
import { signatureHeaders, signatureKey } from '../../signing/mac.ts';
import { toPreciseSqlTime } from '../../stores/db.ts';
import { mysqlOptions } from '../../stores/mysqlLogin.ts';
import { openStores, type Stores } from '../../stores/stores.ts';
import { createLogger } from '../../telemetry/logger.ts';
import { createMetrics, type Metrics } from '../../telemetry/metrics.ts';
import { type Response, send } from './http.ts';
import { checkResponse } from './openapi.ts';

/** Which stores a suite runs on. */
export type Backend = 'embedded' | 'real';

/** Embedded always, MariaDB or MySQL with Redis where the run has them; for `describe.each`. */
export const backends: Backend[] = (() => {
  const { redisUrl, mariadb } = inject('engines');
  return redisUrl && mariadb ? ['embedded', 'real'] : ['embedded'];
})();

/** Whether suites that need the real servers can run. */
export const hasRealStores = backends.includes('real');

export interface CallOptions {
  /** An object is sent as JSON, a string or a buffer as it is. */
  body?: object | string | Buffer;
  /** Access token. */
  token?: string;
  headers?: Record<string, string>;
  /** False sends no signature. GET, HEAD and OPTIONS are never signed. */
  sign?: boolean;
}

/** A whole app on stores of its own, with a clock that stands still. */
export interface TestApp {
  origin: string;
  express: Express;
  env: Env;
  /** What `env` was parsed from, to start another process with. */
  settings: Settings;
  stores: Stores;
  /** The models of the app, for what no route does. */
  models: ReturnType<typeof createModels>;
  metrics: Metrics;
  clock: { now: () => number; advance: (ms: number) => void };
  /** Takes the keys of these settings, as SIGHUP does. */
  reload(overrides: Settings): void;
  /** Everything mailed so far, where no SMTP_URL is set. */
  mails: MailMessage[];
  /** Everything logged so far, as JSON lines. */
  logged: () => string;
  /** Headers that sign the request now; no two calls give the same. */
  sign(method: string, path: string, body?: string): { 'X-Signature': string; 'X-Timestamp': string };
  /** Sends a request. The response must be as /openapi.json describes it. */
  call(method: string, path: string, options?: CallOptions): Promise<Response>;
  /** A user who is registered, with a password to log in. */
  register(overrides?: { name?: string; email?: string; password?: string }): Promise<RegisteredUser>;
  /** Marks the user's address as verified. */
  verifyEmail(user: { id: number; email: string }): Promise<void>;
  /** An access token for the user. */
  login(user: { email: string; password: string }): Promise<string>;
  close(): Promise<void>;
}

export interface RegisteredUser {
  id: number;
  name: string;
  email: string;
  password: string;
}

export type Settings = Partial<Record<keyof Env, string>>;

/** The settings of a test app: quick hashing, random keys, a database of its own. */
export function testSettings(backend: Backend, overrides: Settings = {}): Settings {
  const { redisUrl, mariadb } = inject('engines');
  const database = `test_${randomBytes(6).toString('hex')}`;
  const real = backend === 'real' && redisUrl !== null && mariadb !== null;
  return {
    NODE_ENV: 'test',
    JWT_SECRET: randomBytes(32).toString('hex'),
    SIGNATURE_KEY: randomBytes(32).toString('hex'),
    BCRYPT_ROUNDS: '4',
    // All suites come from one address and share one Redis; those on limits turn it on for addresses of their own.
    RATE_LIMIT: 'off',
    // A busy machine is no fault; the fault suites set deadlines of their own.
    REDIS_TIMEOUT_MS: '5000',
    DB_TIMEOUT_MS: '5000',
    SQLITE_PATH: join(tmpdir(), `${database}.sqlite`),
    ...(real && {
      REDIS_URL: redisUrl,
      DB_HOST: mariadb.host,
      DB_PORT: String(mariadb.port),
      DB_USER: mariadb.user,
      DB_PASSWORD: mariadb.password,
      DB_NAME: database,
    }),
    ...overrides,
  };
}

/** What parseEnv finds wrong with these settings, a line each. */
export function faultsOf(values: Record<string, string>): string[] {
  try {
    parseEnv(values);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}

/** Makes the database that the settings name, with `schema.sql` or other SQL in it. Nothing to do for SQLite. */
export async function createDatabase(env: Env, sql?: string): Promise<void> {
  if (!usesMysql(env)) return;
  await onServer(env, async connection => {
    await connection.query('CREATE DATABASE ?? CHARACTER SET utf8mb4', [env.DB_NAME]);
    await connection.changeUser({ database: env.DB_NAME });
    await connection.query(sql ?? (await readFile('schema.sql', 'utf8')));
    // Ids no other test database gives out, because they share one Redis.
    await connection.query(`ALTER TABLE users AUTO_INCREMENT = ${randomInt(1, 2_000_000) * 1000}`);
  });
}

/** Removes what {@link createDatabase} made, or the SQLite file. */
export async function dropDatabase(env: Env): Promise<void> {
  if (usesMysql(env))
    await onServer(env, connection => connection.query('DROP DATABASE IF EXISTS ??', [env.DB_NAME]));
  else for (const suffix of ['', '-wal', '-shm']) await rm(env.SQLITE_PATH + suffix, { force: true });
}

async function onServer(env: Env, work: (connection: mysql.Connection) => Promise<unknown>): Promise<void> {
  const { database: _, ...server } = mysqlOptions(env);
  const connection = await mysql.createConnection({ ...server, multipleStatements: true });
  try {
    await work(connection);
  } finally {
    await connection.end();
  }
}

/** For apps of which no mails are wanted. */
export const noMailer: Mailer = { enabled: false, post() {}, async close() {} };

/** Builds, opens and starts an app; the caller closes it. */
export async function startTestApp(
  backend: Backend,
  overrides: Settings = {},
  limits: Partial<HttpLimits> = {},
  mailing: Partial<MailerOptions> = {},
): Promise<TestApp> {
  const settings = testSettings(backend, overrides);
  const env = parseEnv(settings);
  await createDatabase(env);

  const lines: string[] = [];
  const log = createLogger(env.LOG_LEVEL, { write: line => lines.push(line) });
  const metrics = createMetrics();
  const stores = await openStores(env, log, metrics);
  let time = Date.now();
  const now = () => time;

  const audit = createAuditModel({ db: stores.db, log, now, onLost: metrics.auditLost });
  const mails: MailMessage[] = [];
  const collect = env.NODE_ENV === 'production' ? null : async (mail: MailMessage) => mails.push(mail);
  const mailer = createMailer({
    deliver: env.SMTP_URL ? smtpDelivery(env.SMTP_URL) : collect,
    from: env.MAIL_FROM,
    log,
    onDone: metrics.mailDone,
    retryPausesMs: [10, 50, 250, 1000],
    startWithinMs: 0,
    ...mailing,
  });
  // As after two minutes: requests signed before that are another matter.
  const startedAt = now() - 120_000;
  const keys = keysOf(env);
  const nats = env.NATS_URL ? createNats({ servers: env.NATS_URL, log, metrics, now }) : null;
  const dependencies = { env, ...stores, log, audit, mailer, metrics, nats, now, keys };
  const models = createModels(dependencies);
  const app = createApp({ ...dependencies, startedAt }, models);
  const erasure = createErasureModel({ db: stores.db, audit, log, now });
  erasure.start(100);
  nats?.open();
  const { server, listen } = createHttpServer(app, log, { ...httpLimits, ...limits }, metrics.refused);
  const { port } = await listen(0, '127.0.0.1');
  const origin = `http://127.0.0.1:${port}`;

  const agent = new Agent({ keepAlive: true });
  const key = signatureKey(env.SIGNATURE_KEY);
  let signed = 0;
  function sign(method: string, path: string, body = '') {
    const timestamp = now() + (signed++ % 30_000);
    return signatureHeaders(key, { method, path: path.split('?', 1)[0] ?? '', body, timestamp });
  }

  async function call(method: string, path: string, options: CallOptions = {}): Promise<Response> {
    const { body, token, headers = {}, sign: wanted = true } = options;
    const text =
      body === undefined
        ? ''
        : typeof body === 'string'
          ? body
          : Buffer.isBuffer(body)
            ? ''
            : JSON.stringify(body);
    const mutates = !['GET', 'HEAD', 'OPTIONS'].includes(method);
    const sent: OutgoingHttpHeaders = {
      ...(mutates && wanted && sign(method, path, text)),
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...(token && { Authorization: `Bearer ${token}` }),
      ...headers,
    };
    const response = await send({
      method,
      url: new URL(path, origin),
      headers: sent,
      body: body === undefined ? undefined : Buffer.isBuffer(body) ? body : text,
      agent,
    });
    checkResponse(app.locals.openApi, method, path, response);
    return response;
  }

  // Users and sessions that a test only needs are made without a request.
  const client = { ip: '127.0.0.1', userAgent: '', requestId: randomUUID() };
  const hashes = new Map<string, Promise<string>>();
  function hashOf(password: string): Promise<string> {
    const hash = hashes.get(password) ?? models.passwords.hash(password);
    hashes.set(password, hash);
    return hash;
  }

  return {
    origin,
    express: app,
    env,
    settings,
    stores,
    models,
    metrics,
    clock: {
      now,
      advance(ms) {
        time += ms;
      },
    },
    reload: overrides => Object.assign(keys, keysOf(parseEnv({ ...settings, ...overrides }))),
    mails,
    logged: () => lines.join(''),
    sign,
    call,

    async register(overrides = {}) {
      const user = {
        name: 'Ada Lovelace',
        email: `${randomBytes(6).toString('hex')}@example.com`,
        password: 'correct horse battery',
        ...overrides,
      };
      const { id } = await models.users.create(user.name, user.email, await hashOf(user.password));
      models.events.emit('account.registered', { userId: id, ...client });
      return { ...user, id };
    },

    async verifyEmail({ id, email }) {
      await stores.db.run('REPLACE INTO verified_emails (user_id, email, verified_at) VALUES (?, ?, ?)', [
        ...[id, email, toPreciseSqlTime(now())],
      ]);
    },

    async login({ email, password }) {
      const { session } = await models.logins.login(email, password, { name: null, ...client });
      return session.accessToken;
    },

    async close() {
      agent.destroy();
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
      await mailer.close();
      await erasure.stop();
      await audit.close();
      await nats?.close();
      await stores.close();
      await dropDatabase(env);
    },
  };
}
