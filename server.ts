import cluster from 'node:cluster';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createApp, createMetricsApp } from './app.ts';
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
import { keepNewObjectsYoung } from './config/v8.ts';
import { messageClasses } from './http/messageClasses.ts';
import { createHttpServer, httpLimits } from './http/server.ts';
import { mailWarnings, openMailer } from './mail/mailer.ts';
import { createErasureModel } from './models/account/erasure.model.ts';
import { createAuditModel } from './models/audit/audit.model.ts';
import { curlCommand } from './signing/curl.ts';
import { signatureKey } from './signing/mac.ts';
import { mysqlAddress } from './stores/mysql.ts';
import { redisName } from './stores/redis/target.ts';
import { databaseWarnings, openStores, type Stores, waitForStores } from './stores/stores.ts';
import { createLogger, type Logger, stdout } from './telemetry/logger.ts';
import { createMetrics, type Metrics } from './telemetry/metrics.ts';
import { shareWithPrimary, sumOfWorkers } from './telemetry/metrics.workers.ts';
import { onStopRequest, reportFailure, superviseWorkers } from './workers.ts';

/** What has no answer this long after SIGTERM gets `shutting_down` for one, */
const REFUSE_MS = 7500;
/** is cut off here, */
const CUT_MS = 8000;
/** and here the process ends whatever is left to close. */
const EXIT_MS = 9000;

keepNewObjectsYoung();

try {
  const env = parseEnv(readEnvironment());
  if (env.WEB_CONCURRENCY > 1 && cluster.isPrimary) await supervise(env);
  else await serve(env);
} catch (error) {
  // What is expected to go wrong here explains itself in a line; a stack would bury it.
  const expected = error instanceof ConfigError || (error instanceof Error && error.constructor === Error);
  const reason = expected
    ? (listenFault(error) ?? error.message)
    : error instanceof Error
      ? error.stack
      : error;
  await reportFailure(String(reason));
  process.exit(1);
}

/** What to do about an address that cannot be listened on; undefined for every other error. */
function listenFault(error: NodeJS.ErrnoException & { address?: string; port?: number }): string | undefined {
  const { code = '', address = '', port = 0 } = error;
  const next = `choose another port, for example PORT=${port < 65535 ? port + 1 : port - 1} npm start`;
  const faults: Record<string, string> = {
    EADDRINUSE: `Port ${port} is in use (EADDRINUSE): stop the other program, or ${next}`,
    EACCES: `Port ${port} may not be used by this user (EACCES): ${next}`,
    EADDRNOTAVAIL: `HOST=${address} is no address of this machine (EADDRNOTAVAIL): use 127.0.0.1 or 0.0.0.0`,
  };
  return error.syscall === 'listen' || error.syscall === 'bind' ? faults[code] : undefined;
}

/** The primary: it serves nothing but, on METRICS_PORT, the metrics of its workers. */
async function supervise(env: Env): Promise<void> {
  const log = createLogger(env.LOG_LEVEL, stdout(env));
  const metrics = { ...createMetrics(), text: sumOfWorkers() };
  superviseWorkers(env, log);
  await serveMetrics(env, log, metrics);
}

async function serveMetrics(env: Env, log: Logger, metrics: Metrics): Promise<void> {
  if (env.METRICS_PORT === undefined) return;
  const http = createHttpServer(createMetricsApp({ env, log, metrics }), log);
  log.info({ origin: originOf(await http.listen(env.METRICS_PORT, env.HOST)) }, 'metrics listening');
}

async function serve(env: Env): Promise<void> {
  let stop = (_now: boolean): unknown => process.exit(0);
  onStopRequest(now => stop(now));

  const worker = cluster.worker?.id;
  const log = createLogger(env.LOG_LEVEL, stdout(env)).child(worker ? { worker } : {});
  const metrics = createMetrics();
  if (worker) metrics.text = shareWithPrimary(metrics.registry);
  const stores = openStores(env, log, metrics);
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
  const app = createApp({
    env,
    ...stores,
    log,
    audit,
    mailer,
    metrics,
    now: Date.now,
    startedAt: Date.now(),
    isClosing: () => closing,
  });
  const limits = { ...httpLimits, maxConnections: env.MAX_CONNECTIONS, ...messageClasses(app) };
  const http = createHttpServer(app, log, limits, metrics.refused);
  const address = await http.listen(env.PORT, env.HOST);
  erasure.start();
  if (!worker) await serveMetrics(env, log, metrics);

  const skipDelay = new AbortController();
  stop = async now => {
    if (now || env.SHUTDOWN_DELAY_MS === 0) skipDelay.abort();
    if (closing) return;
    closing = true;
    log.info('closing');
    setTimeout(() => http.refuse(), REFUSE_MS);
    setTimeout(() => http.server.closeAllConnections(), CUT_MS);
    setTimeout(() => process.exit(0), EXIT_MS);

    http.retire();
    await sleep(env.SHUTDOWN_DELAY_MS, null, { signal: skipDelay.signal }).catch(() => {});
    await http.close();
    const swept = erasure.stop();
    await mailer.close();
    await audit.close();
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

function originOf({ address, family, port }: AddressInfo): string {
  const anywhere = address === '0.0.0.0' || address === '::';
  return `http://${anywhere ? 'localhost' : family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

function sessionsIn({ redis }: Stores): string {
  return redis ? 'redis' : 'this process';
}

/** What a developer wants to know first. */
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
  return `
  express-auth-api  ${origin}

  users     ${users}
  sessions  ${sessions}${isEmbedded(env) ? '\n  Embedded stores are for one process; set DB_HOST and REDIS_URL for more.' : ''}

  A signed request, good for ${env.SIGNATURE_TIMELIMIT / 1000} s (npm run -s sign -- makes others):

${example}
`;
}
