import express, { type Express } from 'express';
import helmet from 'helmet';
import type { Database } from './config/db.ts';
import type { Env } from './config/env.ts';
import type { Logger } from './config/logger.ts';
import type { Mailer } from './config/mailer.ts';
import type { Metrics } from './config/metrics.ts';
import type { Redis } from './config/redis.ts';
import { createAccountController } from './controllers/account.controller.ts';
import { createAuthController } from './controllers/auth.controller.ts';
import { createBodies } from './controllers/auth.schemas.ts';
import { createHealthController } from './controllers/health.controller.ts';
import { createMetricsController } from './controllers/metrics.controller.ts';
import { createMfaController } from './controllers/mfa.controller.ts';
import { createRecoveryController } from './controllers/recovery.controller.ts';
import { createRefreshCookie } from './controllers/refreshCookie.ts';
import { createSessionController } from './controllers/session.controller.ts';
import { createTokenAnswer } from './controllers/tokenAnswer.ts';
import { allowOrigins } from './middlewares/allowOrigins.ts';
import { handleErrors, notFound } from './middlewares/handleErrors.ts';
import { noStore } from './middlewares/noStore.ts';
import { rateLimit } from './middlewares/rateLimit.ts';
import { requestId } from './middlewares/requestId.ts';
import { requestLog } from './middlewares/requestLog.ts';
import { mountedAt, requestMetrics } from './middlewares/requestMetrics.ts';
import { strictHeaders } from './middlewares/strictHeaders.ts';
import { verifySignature } from './middlewares/verifySignature.ts';
import { verifyToken } from './middlewares/verifyToken.ts';
import { createAccountModel } from './models/account.model.ts';
import { createAccountTokenModel } from './models/accountToken.model.ts';
import { createActivityModel } from './models/activity.model.ts';
import type { AuditModel } from './models/audit.model.ts';
import { createEncryptionModel } from './models/encryption.model.ts';
import { createErasureModel } from './models/erasure.model.ts';
import { createEmitter } from './models/events.ts';
import {
  createLockoutModel,
  createMemoryLockoutStore,
  createRedisLockoutStore,
  lockoutKeys,
} from './models/lockout.model.ts';
import { createMails } from './models/mails.ts';
import { createMfaModel } from './models/mfa.model.ts';
import { sendNotices } from './models/notices.ts';
import { createPasswordModel } from './models/password.model.ts';
import { MAX_BYTES } from './models/passwordHash.ts';
import { createPasswordPolicy } from './models/passwordPolicy.model.ts';
import { createMemoryPendingLoginStore, createRedisPendingLoginStore } from './models/pendingLogin.model.ts';
import { createMemoryRateLimiter, createRedisRateLimiter } from './models/rateLimit.model.ts';
import { createRecoveryModel } from './models/recovery.model.ts';
import { createRefreshTokenModel } from './models/refreshToken.model.ts';
import { createMemoryReplayStore, createRedisReplayStore } from './models/replay.model.ts';
import { createMemorySessionStore } from './models/session.memory.ts';
import { createSessionModel } from './models/session.model.ts';
import { createRedisSessionStore } from './models/session.redis.ts';
import { createTokenModel } from './models/token.model.ts';
import { createTotpModel } from './models/totp.model.ts';
import { createUserModel } from './models/user.model.ts';
import { createVerifiedEmailModel } from './models/verifiedEmail.model.ts';
import { accountRoutes } from './routes/account.routes.ts';
import { authRoutes } from './routes/auth.routes.ts';
import { healthRoutes } from './routes/health.routes.ts';
import { metricsRoutes } from './routes/metrics.routes.ts';
import { mfaRoutes } from './routes/mfa.routes.ts';
import { recoveryRoutes } from './routes/recovery.routes.ts';
import { sessionRoutes } from './routes/session.routes.ts';

/** What the app is made of: opened and closed by its owner. */
export interface Deps {
  env: Env;
  db: Database;
  /** Null where sessions live in this process. */
  redis: Redis | null;
  log: Logger;
  audit: Pick<AuditModel, 'record' | 'forget'>;
  metrics: Metrics;
  mailer: Mailer;
  /** Unix time in milliseconds. */
  now: () => number;
  /** True from the moment on at which the server stops. */
  isClosing?: () => boolean;
}

/** The API, ready to listen. Does no I/O of its own. */
export function createApp(deps: Deps): Express {
  const { env, db, redis, log, audit, mailer, metrics, now, isClosing = () => false } = deps;
  const users = createUserModel(db, now);
  const passwords = createPasswordModel({
    kind: env.PASSWORD_HASH,
    sample: users.sampleHashes,
    secret: env.JWT_SECRET,
    rounds: env.BCRYPT_ROUNDS,
    queueLimit: env.HASH_QUEUE_LIMIT,
    threads: env.UV_THREADPOOL_SIZE,
    metrics,
    processes: env.WEB_CONCURRENCY,
  });
  const policy = createPasswordPolicy({
    minLength: env.PASSWORD_MIN_LENGTH,
    maxBytes: MAX_BYTES[env.PASSWORD_HASH],
  });
  const events = createEmitter(log);
  events.onAny(audit.record);
  events.on('session.started', metrics.sessionStarted);
  events.on('session.refreshed', metrics.sessionRefreshed);
  events.on('session.ended', ({ reason }) => metrics.sessionEnded(reason));
  events.on('refresh.reused', metrics.refreshReused);
  events.on('account.locked', ({ reason }) => metrics.accountLocked(reason));
  const sessions = createSessionModel({
    store: redis ? createRedisSessionStore(redis, now) : createMemorySessionStore(now),
    tokens: createTokenModel(env, now),
    refreshTokens: createRefreshTokenModel(env.JWT_SECRET),
    events,
    env,
    now,
  });
  const lockouts = redis ? createRedisLockoutStore(redis, now) : createMemoryLockoutStore(now);
  const lockoutWindow = { windowMs: env.LOCKOUT_WINDOW * 1000 };
  const lockout = createLockoutModel(lockouts, { failures: env.LOCKOUT_FAILURES, ...lockoutWindow });
  const mfa = createMfaModel({
    users,
    passwords,
    totp: createTotpModel({ db, encryption: createEncryptionModel(env), issuer: env.TOTP_ISSUER, now }),
    pendingLogins: redis ? createRedisPendingLoginStore(redis) : createMemoryPendingLoginStore(now),
    lockout: createLockoutModel(lockouts, { failures: env.MFA_FAILURES, ...lockoutWindow }),
    events,
  });
  const accountTokens = createAccountTokenModel(db, now);
  const verifiedEmails = createVerifiedEmailModel(db, now);
  const mails = createMails(env.APP_URL);
  const account = createAccountModel({
    users,
    passwords,
    policy,
    sessions,
    mfa,
    lockout,
    events,
    erasure: createErasureModel({ db, audit, log }),
    accountTokens,
    verifiedEmails,
    requireVerification: env.REQUIRE_EMAIL_VERIFICATION,
  });
  const accounts = {
    ...account,
    login: metrics.countLogins(account.login),
    loginMfa: metrics.countLogins(account.loginMfa),
  };
  const recovery = createRecoveryModel({
    users,
    passwords,
    policy,
    sessions,
    accountTokens,
    verifiedEmails,
    events,
    mailer,
    mails,
    unlock: email => lockout.clear(lockoutKeys.login(email)),
  });
  sendNotices({ events, db, users, verifiedEmails, accountTokens, recovery, mailer, mails, now });
  const replays = redis ? createRedisReplayStore(redis) : createMemoryReplayStore(now);

  const checks = {
    database: () => db.query('SELECT 1'),
    ...(redis && { redis: () => redis.ping() }),
  };
  metrics.watchDependencies(checks);
  const health = createHealthController(checks, isClosing);
  const signing = { env, replays, now };
  const token = verifyToken(sessions);
  const guards = {
    signed: verifySignature(signing),
    token,
    signedToken: verifySignature({ ...signing, beside: token }),
    bodies: createBodies(policy),
  };
  const cookie = createRefreshCookie(env);
  const parts = { accounts, sessions, mfa, cookie, sendTokens: createTokenAnswer(env, cookie) };
  const limit = { requests: env.RATE_LIMIT_MAX, window: env.RATE_LIMIT_WINDOW };
  const limits =
    env.RATE_LIMIT === 'on'
      ? [rateLimit(redis ? createRedisRateLimiter(redis, limit) : createMemoryRateLimiter(limit))]
      : [];
  const refreshFrom = env.REFRESH_TOKEN_TTL > 0 ? env.REFRESH_DELIVERY : 'nowhere';

  const app = plainExpress();
  app.set('trust proxy', env.TRUST_PROXY);

  app.use(
    requestId(),
    requestLog(log, env.SLOW_REQUEST_MS),
    requestMetrics(metrics),
    helmet(),
    noStore(),
    strictHeaders(),
  );
  if (env.CORS_ORIGIN.length > 0) app.use(allowOrigins(env.CORS_ORIGIN));
  app.use('/health', mountedAt('/health'), healthRoutes(health));
  app.use(
    ['/auth', '/api/auth'],
    mountedAt('/auth'),
    ...limits,
    authRoutes(createAuthController(parts), guards),
    sessionRoutes(createSessionController(parts), guards, refreshFrom),
    mfaRoutes(createMfaController(parts), guards),
    recoveryRoutes(createRecoveryController(recovery), guards),
    accountRoutes(createAccountController({ ...parts, activity: createActivityModel(db) }), guards),
  );
  if (env.METRICS_PORT === undefined && (env.METRICS_TOKEN || env.NODE_ENV !== 'production')) {
    app.use(metricsRoutes(createMetricsController(metrics), env.METRICS_TOKEN));
  }
  app.use(notFound(), handleErrors(log, metrics.refused));
  return app;
}

/** What listens on METRICS_PORT: /metrics and nothing else. */
export function createMetricsApp({ env, log, metrics }: Pick<Deps, 'env' | 'log' | 'metrics'>): Express {
  const app = plainExpress();
  app.use(requestId(), noStore());
  app.use(metricsRoutes(createMetricsController(metrics), env.METRICS_TOKEN));
  app.use(notFound(), handleErrors(log, metrics.refused));
  return app;
}

function plainExpress(): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.enable('case sensitive routing');
  app.set('query parser', false);
  return app;
}
