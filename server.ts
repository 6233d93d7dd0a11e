import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from './app.ts';
import { ConfigError, type Env, isEmbedded, parseEnv, readEnvironment, weakSecrets } from './config/env.ts';
import { createLogger, stdout } from './config/logger.ts';
import { mailWarnings, openMailer } from './config/mailer.ts';
import { redisName } from './config/redis.target.ts';
import { openStores, type Stores, waitForStores } from './config/stores.ts';
import { createAuditModel } from './models/audit.model.ts';
import { curlCommand } from './signing/curl.ts';
import { signatureKey } from './signing/mac.ts';

const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;
/** What is still in flight this long after SIGTERM is cut off. */
const CLOSE_TIMEOUT_MS = 8_000;

try {
  await serve(parseEnv(readEnvironment()));
} catch (error) {
  // What is expected to go wrong here explains itself in a line; a stack would bury it.
  const expected = error instanceof ConfigError || (error instanceof Error && error.constructor === Error);
  console.error(expected ? error.message : error);
  process.exit(1);
}

async function serve(env: Env): Promise<void> {
  const log = createLogger(env.LOG_LEVEL, stdout(env));
  const stores = openStores(env, log);
  await waitForStores(stores, env);
  const ofRedis = (await stores.redis?.durabilityWarnings()) ?? [];
  for (const warning of [...weakSecrets(env), ...mailWarnings(env), ...ofRedis]) log.warn(warning);

  let closing = false;
  const audit = createAuditModel({ db: stores.db, log, now: Date.now });
  const mailer = openMailer(env, log);
  const app = createApp({ env, ...stores, log, audit, mailer, now: Date.now, isClosing: () => closing });
  const server = createServer({ headersTimeout: HEADERS_TIMEOUT_MS, requestTimeout: REQUEST_TIMEOUT_MS });
  server.on('request', (req, res) => {
    if (closing) res.setHeader('Connection', 'close');
    app(req, res);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(env.PORT, env.HOST, resolve);
  });

  const stop = async (signal: NodeJS.Signals) => {
    if (closing) return;
    closing = true;
    log.info({ signal }, 'closing');
    const idle = setInterval(() => server.closeIdleConnections(), 50);
    const cut = setTimeout(() => server.closeAllConnections(), CLOSE_TIMEOUT_MS);
    await new Promise(resolve => server.close(resolve));
    clearInterval(idle);
    clearTimeout(cut);
    await mailer.close();
    await audit.close();
    await stores.close();
    log.info('closed');
    process.exit(0);
  };
  process.on('SIGTERM', stop).on('SIGINT', stop);

  const origin = originOf(server.address() as AddressInfo);
  log.info({ origin, database: stores.db.engine, sessions: sessionsIn(stores) }, 'listening');
  if (env.NODE_ENV !== 'production') console.log(banner(origin, env));
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
  const users = env.DB_HOST ? `MySQL at ${env.DB_HOST}:${env.DB_PORT}` : `SQLite file ${env.SQLITE_PATH}`;
  const sessions = redisName(env) || 'this process, and end with it';
  return `
  express-auth-api  ${origin}

  users     ${users}
  sessions  ${sessions}${isEmbedded(env) ? '\n  Embedded stores are for one process; set DB_HOST and REDIS_URL for more.' : ''}

  A signed request, good for ${env.SIGNATURE_TIMELIMIT / 1000} s (npm run -s sign -- makes others):

${example}
`;
}
