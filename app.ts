import express, { type Express } from 'express';
import helmet from 'helmet';
import type { Database } from './config/db.ts';
import type { Env } from './config/env.ts';
import type { Logger } from './config/logger.ts';
import type { Mailer } from './config/mailer.ts';
import type { Redis } from './config/redis.ts';
import { createAuthController } from './controllers/auth.controller.ts';
import { createHealthController } from './controllers/health.controller.ts';
import { createRecoveryController } from './controllers/recovery.controller.ts';
import { createRefreshCookie } from './controllers/refreshCookie.ts';
import { createSessionController } from './controllers/session.controller.ts';
import { createTokenAnswer } from './controllers/tokenAnswer.ts';
import { allowOrigins } from './middlewares/allowOrigins.ts';
import { handleErrors, notFound } from './middlewares/handleErrors.ts';
import { noStore } from './middlewares/noStore.ts';
import { requestId } from './middlewares/requestId.ts';
import { requestLog } from './middlewares/requestLog.ts';
import { verifySignature } from './middlewares/verifySignature.ts';
import { verifyToken } from './middlewares/verifyToken.ts';
import { createAccountModel } from './models/account.model.ts';
import { createAccountTokenModel } from './models/accountToken.model.ts';
import type { AuditModel } from './models/audit.model.ts';
import { createEmitter } from './models/events.ts';
import { createMails } from './models/mails.ts';
import { sendNotices } from './models/notices.ts';
import { createPasswordModel } from './models/password.model.ts';
import { createRecoveryModel } from './models/recovery.model.ts';
import { createRefreshTokenModel } from './models/refreshToken.model.ts';
import { createMemoryReplayStore, createRedisReplayStore } from './models/replay.model.ts';
import { createMemorySessionStore } from './models/session.memory.ts';
import { createSessionModel } from './models/session.model.ts';
import { createRedisSessionStore } from './models/session.redis.ts';
import { createTokenModel } from './models/token.model.ts';
import { createUserModel } from './models/user.model.ts';
import { createVerifiedEmailModel } from './models/verifiedEmail.model.ts';
import { authRoutes } from './routes/auth.routes.ts';
import { healthRoutes } from './routes/health.routes.ts';
import { recoveryRoutes } from './routes/recovery.routes.ts';
import { sessionRoutes } from './routes/session.routes.ts';

/** What the app is made of: opened and closed by its owner. */
export interface Deps {
  env: Env;
  db: Database;
  /** Null where sessions live in this process. */
  redis: Redis | null;
  log: Logger;
  audit: Pick<AuditModel, 'record'>;
  mailer: Mailer;
  /** Unix time in milliseconds. */
  now: () => number;
  /** True from the moment on at which the server stops. */
  isClosing?: () => boolean;
}

/** The API, ready to listen. Does no I/O of its own. */
export function createApp(deps: Deps): Express {
  const { env, db, redis, log, audit, mailer, now, isClosing = () => false } = deps;
  const users = createUserModel(db, now);
  const passwords = createPasswordModel({
    rounds: env.BCRYPT_ROUNDS,
    queueLimit: env.HASH_QUEUE_LIMIT,
    threads: env.UV_THREADPOOL_SIZE,
  });
  const events = createEmitter(log);
  events.onAny(audit.record);
  const sessions = createSessionModel({
    store: redis ? createRedisSessionStore(redis, now) : createMemorySessionStore(now),
    tokens: createTokenModel(env, now),
    refreshTokens: createRefreshTokenModel(env.JWT_SECRET),
    events,
    env,
    now,
  });
  const accountTokens = createAccountTokenModel(db, now);
  const verifiedEmails = createVerifiedEmailModel(db, now);
  const mails = createMails(env.APP_URL);
  const accounts = createAccountModel({
    users,
    passwords,
    sessions,
    events,
    accountTokens,
    verifiedEmails,
    requireVerification: env.REQUIRE_EMAIL_VERIFICATION,
  });
  const recovery = createRecoveryModel({
    users,
    passwords,
    sessions,
    accountTokens,
    verifiedEmails,
    events,
    mailer,
    mails,
    unlock: async () => {}, // until failed logins are counted
  });
  sendNotices({ events, db, users, verifiedEmails, accountTokens, recovery, mailer, mails, now });
  const replays = redis ? createRedisReplayStore(redis) : createMemoryReplayStore(now);

  const health = createHealthController(
    {
      database: () => db.query('SELECT 1'),
      ...(redis && { redis: () => redis.ping() }),
    },
    isClosing,
  );
  const guards = { signed: verifySignature({ env, replays, now }), token: verifyToken(sessions) };
  const cookie = createRefreshCookie(env);
  const parts = { accounts, sessions, cookie, sendTokens: createTokenAnswer(env, cookie) };
  const refreshFrom = env.REFRESH_TOKEN_TTL > 0 ? env.REFRESH_DELIVERY : 'nowhere';

  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.enable('case sensitive routing');
  app.set('query parser', false);
  app.set('trust proxy', env.TRUST_PROXY);

  app.use(requestId(), requestLog(log, env.SLOW_REQUEST_MS), helmet(), noStore());
  if (env.CORS_ORIGIN.length > 0) app.use(allowOrigins(env.CORS_ORIGIN));
  app.use('/health', healthRoutes(health));
  app.use(
    ['/auth', '/api/auth'],
    authRoutes(createAuthController(parts), guards),
    sessionRoutes(createSessionController(parts), guards, refreshFrom),
    recoveryRoutes(createRecoveryController(recovery), guards),
  );
  app.use(notFound(), handleErrors(log));
  return app;
}
