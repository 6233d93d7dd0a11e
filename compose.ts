import type { Env } from './config/env.ts';
import type { Mailer } from './mail/mailer.ts';
import { createMails } from './mail/mails.ts';
import { createAccountModel } from './models/account/account.model.ts';
import { createAccountTokenModel } from './models/account/accountToken.model.ts';
import { createErasureModel } from './models/account/erasure.model.ts';
import { createClosedNotice, sendNotices } from './models/account/notices.ts';
import { createRecoveryModel } from './models/account/recovery.model.ts';
import { createActivityModel } from './models/audit/activity.model.ts';
import type { AuditModel } from './models/audit/audit.model.ts';
import { createEmitter } from './models/audit/events.ts';
import {
  createLockoutModel,
  createMemoryLockoutStore,
  createRedisLockoutStore,
  lockoutKeys,
} from './models/limits/lockout.model.ts';
import { createMemoryRateLimiter, createRedisRateLimiter } from './models/limits/rateLimit.model.ts';
import { createMemoryReplayStore, createRedisReplayStore } from './models/limits/replay.model.ts';
import { createEncryptionModel } from './models/mfa/encryption.model.ts';
import { createMfaModel } from './models/mfa/mfa.model.ts';
import {
  createMemoryPendingLoginStore,
  createRedisPendingLoginStore,
} from './models/mfa/pendingLogin.model.ts';
import { createTotpModel } from './models/mfa/totp.model.ts';
import { createPasswordModel } from './models/password/password.model.ts';
import { MAX_BYTES } from './models/password/passwordHash.ts';
import { createPasswordPolicy } from './models/password/passwordPolicy.model.ts';
import { createRefreshTokenModel } from './models/session/refreshToken.model.ts';
import { createMemorySessionStore } from './models/session/session.memory.ts';
import { createSessionModel } from './models/session/session.model.ts';
import { createRedisSessionStore } from './models/session/session.redis.ts';
import { createTokenModel } from './models/session/token.model.ts';
import { createUserModel } from './models/user/user.model.ts';
import { createVerifiedEmailModel } from './models/user/verifiedEmail.model.ts';
import type { Database } from './stores/db.ts';
import type { Redis } from './stores/redis/redis.ts';
import type { Logger } from './telemetry/logger.ts';
import type { Metrics } from './telemetry/metrics.ts';

/** What the models are made of. */
export interface ModelDeps {
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
}

/** The models that controllers and middlewares ask, with all that is behind them. Does no I/O of its own. */
export function createModels({ env, db, redis, log, audit, metrics, mailer, now }: ModelDeps) {
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
    erasure: createErasureModel({ db, audit, log, now }),
    accountTokens,
    verifiedEmails,
    tellClosed: createClosedNotice({ mailer, mails, now }),
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
  const limit = { requests: env.RATE_LIMIT_MAX, window: env.RATE_LIMIT_WINDOW };
  const limiter = redis ? createRedisRateLimiter(redis, limit) : createMemoryRateLimiter(limit);

  return { accounts, sessions, mfa, recovery, activity: createActivityModel(db), policy, replays, limiter };
}
