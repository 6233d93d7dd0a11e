import cluster from 'node:cluster';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createApp, createMetricsApp } from './app.ts';
import { type Keys, keysOf } from './compose.ts';
import { weakSecrets } from './config/env.secrets.ts';
import {
  ConfigError,
  configurationWarnings,
  type Env,
  isEmbedded,
  parseEnv,
  readEnvironment,
  usesMysql,
} from './config/env.ts';
import { messageClasses } from './http/messageClasses.ts';
import { createHttpServer, type HttpServer, httpLimits, listenFault } from './http/server.ts';
import { mailWarnings, openMailer } from './mail/mailer.ts';
import { createErasureModel } from './models/account/erasure.model.ts';
import { createAuditModel } from './models/audit/audit.model.ts';
import { curlCommand } from './signing/curl.ts';
import { signatureKey } from './signing/mac.ts';
import { mysqlAddress } from './stores/mysqlLogin.ts';
import { redisName } from './stores/redis/target.ts';
import { databaseWarnings, openStores, type Stores, waitForStores } from './stores/stores.ts';
import { createLogger, type Logger, stdout } from './telemetry/logger.ts';
import { createMetrics, type Metrics } from './telemetry/metrics.ts';
import { shareWithPrimary, sumOfWorkers } from './telemetry/metrics.workers.ts';
import { onReloadRequest, onStopRequest, reportFailure, type StopMode, superviseWorkers } from './workers.ts';

/** After SIGTERM: when requests without a response get `shutting_down`, */
const REFUSE_MS = 7500;
/** when connections are cut, */
const CUT_MS = 8000;
/** and when the process ends in any case. */
const EXIT_MS = 9000;

try {
  const env = parseEnv(readEnvironment());
  if (env.WEB_CONCURRENCY > 1 && cluster.isPrimary) await supervise(env);
  else await serve(env);
} catch (error) {
  // Expected errors explain themselves in one line, without a stack.
  const expected = error instanceof ConfigError || (error instanceof Error && error.constructor === Error);
  const reason = expected ? error.message : error instanceof Error ? error.stack : error;
  await reportFailure(String(reason));
  process.exit(1);
}

/**
 * Listens, or says what to do.
 * @param setting the name of the port's setting
 * @throws {Error} with one line
 */
async function listen(http: HttpServer, port: number, host: string, setting: string): Promise<AddressInfo> {
  try {
    return await http.listen(port, host);
  } catch (error) {
    throw new Error(listenFault(error as Error, { port, host, setting }));
  }
}

/** The primary serves only the metrics of its workers, on METRICS_PORT. */
async function supervise(env: Env): Promise<void> {
  const log = createLogger(env.LOG_LEVEL, stdout(env));
  const metrics = { ...createMetrics(), text: sumOfWorkers() };
  superviseWorkers(env, log);
  await serveMetrics(env, log, metrics);
}

async function serveMetrics(env: Env, log: Logger, metrics: Metrics): Promise<void> {
  if (env.METRICS_PORT === undefined) return;
  const http = createHttpServer(createMetricsApp({ env, log, metrics }), log);
  log.info(
    { origin: originOf(await listen(http, env.METRICS_PORT, env.HOST, 'METRICS_PORT')) },
    'metrics listening',
  );
}

async function serve(env: Env): Promise<void> {
  let stop = (_mode: StopMode): unknown => process.exit(0);
  onStopRequest(mode => stop(mode));

  const worker = cluster.worker?.id;
  const log = createLogger(env.LOG_LEVEL, stdout(env)).child(worker ? { worker } : {});
  const metrics = createMetrics();
  if (worker) metrics.text = shareWithPrimary(metrics.read);
  const keys = keysOf(env);
  onReloadRequest(() => reloadKeys(keys, log));
  const stores = await openStores(env, log, metrics);
  await waitForStores(stores, env);
  const isFirst = worker === undefined || worker === 1;
  if (isFirst) {
    const ofRedis = (await stores.redis?.durabilityWarnings()) ?? [];
    for (const warning of [
      ...weakSecrets(env),
      ...configurationWarnings(env),
      ...mailWarnings(env),
      ...ofRedis,
      ...(await databaseWarnings(stores)),
    ])
      log.warn(warning);
  }

  let closing = false;
  const audit = createAuditModel({ db: stores.db, log, now: Date.now, onLost: metrics.auditLost });
  const erasure = createErasureModel({ db: stores.db, audit, log, now: Date.now });
  const mailer = openMailer(env, log, metrics.mailDone);
  const nats = env.NATS_URL
    ? (await import('./nats/nats.ts')).createNats({ servers: env.NATS_URL, log, metrics, now: Date.now })
    : null;
  const app = createApp({
    env,
    ...stores,
    log,
    audit,
    mailer,
    nats,
    metrics,
    now: Date.now,
    keys,
    startedAt: Date.now(),
    isClosing: () => closing,
  });
  const limits = { ...httpLimits, maxConnections: env.MAX_CONNECTIONS, ...messageClasses(app) };
  const http = createHttpServer(app, log, limits, metrics.refused);
  const address = await listen(http, env.PORT, env.HOST, 'PORT');
  erasure.start();
  nats?.open();
  if (!worker) await serveMetrics(env, log, metrics);

  const skipDelay = new AbortController();
  stop = async mode => {
    if (mode === 'now' || env.SHUTDOWN_DELAY_MS === 0) skipDelay.abort();
    if (closing) return;
    closing = true;
    log.info('closing');
    setTimeout(() => http.refuse(), REFUSE_MS);
    setTimeout(() => http.server.closeAllConnections(), CUT_MS);
    setTimeout(() => process.exit(0), EXIT_MS);

    http.retire();
    nats?.stopAnswering();
    await sleep(env.SHUTDOWN_DELAY_MS, null, { signal: skipDelay.signal }).catch(() => {});
    await http.close();
    const swept = erasure.stop();
    await mailer.close();
    await audit.close();
    await nats?.close();
    await swept;
    await stores.close();
    log.info('closed');
    process.exit(0);
  };

  const origin = originOf(address);
  log.info(
    { origin, pid: process.pid, database: stores.db.engine, sessions: sessionsIn(stores) },
    'listening',
  );
  if (isFirst && env.NODE_ENV !== 'production') console.log(banner(origin, env));
}

/** Reads the keys again. Where the configuration is not usable, the old ones stay. */
function reloadKeys(keys: Keys, log: Logger): void {
  try {
    Object.assign(keys, keysOf(parseEnv(readEnvironment())));
    const { tokens, clients } = keys;
    log.info({ kid: tokens.active.kid, clients: [...clients.keys()] }, 'keys reloaded');
  } catch (error) {
    log.error({ reason: (error as Error).message }, 'keys not reloaded: the old ones stay');
  }
}

function originOf({ address, family, port }: AddressInfo): string {
  const anywhere = address === '0.0.0.0' || address === '::';
  return `http://${anywhere ? 'localhost' : family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

function sessionsIn({ redis }: Stores): string {
  return redis ? 'redis' : 'this process';
}

/** The banner for developers. */
function banner(origin: string, env: Env): string {
  const example = curlCommand({
    method: 'POST',
    url: new URL('/auth/register', origin),
    body: JSON.stringify({ name: 'Ada', email: 'ada@example.com', password: 'correct horse' }),
    key: signatureKey(env.SIGNATURE_KEY),
    timestamp: Date.now(),
  });
  const users = usesMysql(env) ? `MySQL at ${mysqlAddress(env)}` : `SQLite file ${env.SQLITE_PATH}`;
  const sessions = redisName(env) || 'this process, and end with it';
  const reference = env.DOCS === false ? '' : `\n  reference ${origin}/docs`;
  return `
  express-auth-api  ${origin}
${reference}
  users     ${users}
  sessions  ${sessions}${isEmbedded(env) ? '\n  Embedded stores are for one process; set DB_HOST and REDIS_URL for more.' : ''}

  A signed request, good for ${env.SIGNATURE_TIMELIMIT / 1000} s (npm run -s sign -- makes others):

${example}
`;
}
