import { readDataKey } from './config/env.schema.ts';
import type { Env } from './config/env.ts';
import type { Mailer } from './mail/mailer.ts';
import { createMails } from './mail/mails.ts';
import { createAccountModel } from './models/account/account.model.ts';
import { createAccountTokenModel } from './models/account/accountToken.model.ts';
import { createDisabledAccountTable } from './models/account/disabledAccount.sql.ts';
import { createErasureModel } from './models/account/erasure.model.ts';
import { createLoginModel } from './models/account/login.model.ts';
import { createClosedNotice, sendNotices } from './models/account/notices.ts';
import { createRecoveryModel } from './models/account/recovery.model.ts';
import { createAdminModel } from './models/admin/admin.model.ts';
import { createUserList } from './models/admin/userList.sql.ts';
import { createActivityReader } from './models/audit/activity.sql.ts';
import type { AuditModel } from './models/audit/audit.model.ts';
import { createAuditTrailReader } from './models/audit/auditTrail.sql.ts';
import { createEmitter } from './models/audit/events.ts';
import { createMemoryLockoutStore } from './models/limits/lockout.memory.ts';
import { createLockoutModel, lockoutKeys } from './models/limits/lockout.model.ts';
import { createRedisLockoutStore } from './models/limits/lockout.redis.ts';
import { createMemoryRateLimiter } from './models/limits/rateLimit.memory.ts';
import { createRedisRateLimiter } from './models/limits/rateLimit.redis.ts';
import { createMemoryReplayStore } from './models/limits/replay.memory.ts';
import { createRedisReplayStore } from './models/limits/replay.redis.ts';
import { createEncryptionModel } from './models/mfa/encryption.model.ts';
import { createMfaModel } from './models/mfa/mfa.model.ts';
import { type PendingLogin, pendingLoginSchema } from './models/mfa/pendingLogin.model.ts';
import { createTotpModel } from './models/mfa/totp.model.ts';
import { createIdentityModel } from './models/oidc/identity.model.ts';
import { createIdentityTable } from './models/oidc/identity.sql.ts';
import { createOidcModel, type LoginCode, loginCodeSchema } from './models/oidc/oidc.model.ts';
import { createProviderModel } from './models/oidc/provider.model.ts';
import { createReturnTo } from './models/oidc/returnTo.ts';
import { createMemoryOneTimeStore } from './models/oneTime/oneTime.memory.ts';
import { createRedisOneTimeStore } from './models/oneTime/oneTime.redis.ts';
import { createPasswordModel } from './models/password/password.model.ts';
import { createPasswordConfirmation } from './models/password/passwordConfirmation.model.ts';
import { MAX_BYTES } from './models/password/passwordHash.ts';
import { createPasswordPolicy } from './models/password/passwordPolicy.model.ts';
import { createRoleModel } from './models/role/role.model.ts';
import { createRefreshTokenModel } from './models/session/refreshToken.model.ts';
import { createMemorySessionStore } from './models/session/session.memory.ts';
import { createSessionModel, type SessionOptions } from './models/session/session.model.ts';
import { createRedisSessionStore } from './models/session/session.redis.ts';
import { createTokenModel, type TokenOptions } from './models/session/token.model.ts';
import { createTokenKeySet, type TokenKeySet } from './models/session/tokenKeys.ts';
import { createUserModel } from './models/user/user.model.ts';
import { createVerifiedEmailTable } from './models/user/verifiedEmail.sql.ts';
import type { Nats } from './nats/nats.ts';
import { createSigningClients, type SigningClients } from './signing/clients.ts';
import type { Database } from './stores/db.ts';
import type { Redis } from './stores/redis/redis.ts';
import type { Logger } from './telemetry/logger.ts';
import type { Metrics } from './telemetry/metrics.ts';

export interface ModelDependencies {
  env: Env;
  db: Database;
  /** Null where sessions live in this process. */
  redis: Redis | null;
  log: Logger;
  audit: Pick<AuditModel, 'record' | 'forget'>;
  metrics: Metrics;
  mailer: Mailer;
  nats?: Nats | null;
  /** Unix time in milliseconds. */
  now: () => number;
  /** Those of `env` unless given. */
  keys?: Keys;
}

/** The keys that a reload replaces. */
export interface Keys {
  tokens: TokenKeySet;
  clients: SigningClients;
}

/** Makes every model with what it needs. Does no I/O of its own. */
export function createModels({
  env,
  db,
  redis,
  log,
  audit,
  metrics,
  mailer,
  nats,
  now,
  keys = keysOf(env),
}: ModelDependencies) {
  const stores = redis ? redisStores(env, redis, now) : memoryStores(env, now);
  const events = createEmitter(log);
  const lockoutWindow = { windowMs: env.LOCKOUT_WINDOW * 1000 };
  const lockout = createLockoutModel(stores.lockouts, { failures: env.LOCKOUT_FAILURES, ...lockoutWindow });

  const users = createUserModel(db, now);
  const verifiedEmails = createVerifiedEmailTable(db, now);
  const accountTokens = createAccountTokenModel(db, now);
  const identities = createIdentityTable(db, now);

  const passwords = createPasswordModel({
    kind: env.PASSWORD_HASH,
    rounds: env.BCRYPT_ROUNDS,
    queueLimit: env.HASH_QUEUE_LIMIT,
    threads: env.UV_THREADPOOL_SIZE,
    processes: env.WEB_CONCURRENCY,
    secret: env.JWT_SECRET,
    sample: users.sampleHashes,
    metrics,
  });
  const policy = createPasswordPolicy({
    minLength: env.PASSWORD_MIN_LENGTH,
    maxBytes: MAX_BYTES[env.PASSWORD_HASH],
  });
  const confirmPassword = createPasswordConfirmation({ passwords, lockout, events });

  const tokens = createTokenModel(tokenOptions(env, keys), now);
  const sessions = createSessionModel({
    store: stores.sessions,
    tokens,
    refreshTokens: createRefreshTokenModel(env.JWT_SECRET),
    events,
    options: sessionOptions(env),
    now,
  });

  const roles = createRoleModel({ db, users, sessions, events, now });

  const encryption = createEncryptionModel({
    secret: env.JWT_SECRET,
    dataKey: env.DATA_KEY ? readDataKey(env.DATA_KEY) : null,
    previousDataKey: env.DATA_KEY_PREVIOUS ? readDataKey(env.DATA_KEY_PREVIOUS) : null,
  });
  const mfa = createMfaModel({
    users,
    verifiedEmails,
    passwords,
    confirmPassword,
    totp: createTotpModel({ db, encryption, issuer: env.TOTP_ISSUER, now }),
    pendingLogins: stores.pendingLogins,
    lockout: createLockoutModel(stores.lockouts, { failures: env.MFA_FAILURES, ...lockoutWindow }),
    events,
    now,
  });

  const activity = createActivityReader(db);
  const mails = createMails(env.APP_URL);
  const accountDependencies = {
    users,
    passwords,
    policy,
    confirmPassword,
    sessions,
    mfa,
    lockout,
    events,
    roles,
    erasure: createErasureModel({ db, audit, log, now }),
    accountTokens,
    verifiedEmails,
    identities,
    tellClosed: createClosedNotice({ mailer, mails, now }),
    requireVerification: env.REQUIRE_EMAIL_VERIFICATION,
    now,
  };
  const accounts = createAccountModel(accountDependencies);
  const logins = createLoginModel(accountDependencies);
  const identityDependencies = { identities, users, verifiedEmails, sessions, confirmPassword, events, now };
  const identityModel = createIdentityModel(identityDependencies);
  const providers = Object.entries(env.OIDC_PROVIDERS);
  const oidc = createOidcModel({
    providers: providers.map(([name, settings]) => createProviderModel(name, settings, now)),
    identities: identityModel,
    logins,
    codes: stores.loginCodes,
    encryption,
    returnTo: createReturnTo(env.APP_URL),
    events,
    log,
    onFinished: metrics.signInFinished,
    now,
  });
  metrics.watchProviders(providers.map(([name]) => name));
  const recovery = createRecoveryModel({
    users,
    passwords,
    policy,
    sessions,
    mfa,
    mfaReset: env.MFA_RESET_BY_MAIL,
    accountTokens,
    verifiedEmails,
    events,
    mailer,
    mails,
    unlock: email => lockout.clear(lockoutKeys.login(email)),
  });

  const admin = createAdminModel({
    users,
    list: createUserList(db),
    trail: createAuditTrailReader(db),
    disabledAccounts: createDisabledAccountTable(db, now),
    sessions,
    mfa,
    roles,
    recovery,
    events,
  });

  events.onAny(audit.record);
  events.on('session.started', metrics.sessionStarted);
  events.on('session.refreshed', metrics.sessionRefreshed);
  events.on('session.ended', ({ reason }) => metrics.sessionEnded(reason));
  events.on('refresh.reused', metrics.refreshReused);
  events.on('account.locked', ({ reason }) => metrics.accountLocked(reason));
  events.on('account.disabled', metrics.accountDisabled);
  nats?.serve({ events, introspect: sessions.introspect });
  sendNotices({ events, activity, users, verifiedEmails, accountTokens, recovery, mailer, mails, now });

  return {
    ...accountDependencies,
    keys,
    accounts,
    logins,
    roles,
    identityModel,
    oidc,
    admin,
    recovery,
    activity,
    tokens,
    sessionStore: stores.sessions,
    replays: stores.replays,
    limiter: stores.limiter,
  };
}

export function keysOf(env: Env): Keys {
  return {
    tokens: createTokenKeySet(env.JWT_SECRET, env.JWT_KEYS),
    clients: createSigningClients(env),
  };
}

export function tokenOptions(env: Env, keys = keysOf(env)): TokenOptions {
  return { keys: () => keys.tokens, issuer: env.JWT_ISSUER, audience: env.JWT_AUDIENCE };
}

export function sessionOptions(env: Env): SessionOptions {
  return {
    limit: { sessions: env.CONCURRENT_LOGIN, policy: env.CONCURRENT_LOGIN_POLICY },
    accessTokenTtl: env.JWT_EXPIRES_IN,
    refreshTokenTtl: env.REFRESH_TOKEN_TTL,
    refreshLeeway: env.REFRESH_LEEWAY,
    refreshReuseScope: env.REFRESH_REUSE_SCOPE,
    sessionMaxAge: env.SESSION_MAX_AGE,
  };
}

function limitOf(env: Env) {
  return { requests: env.RATE_LIMIT_MAX, window: env.RATE_LIMIT_WINDOW };
}

function redisStores(env: Env, redis: Redis, now: () => number) {
  return {
    sessions: createRedisSessionStore(redis, now),
    lockouts: createRedisLockoutStore(redis, now),
    pendingLogins: createRedisOneTimeStore(redis, { prefix: 'mfa_token', schema: pendingLoginSchema, now }),
    loginCodes: createRedisOneTimeStore(redis, { prefix: 'oidc_code', schema: loginCodeSchema, now }),
    replays: createRedisReplayStore(redis),
    limiter: createRedisRateLimiter(redis, limitOf(env)),
  };
}

function memoryStores(env: Env, now: () => number) {
  return {
    sessions: createMemorySessionStore(now),
    lockouts: createMemoryLockoutStore(now),
    pendingLogins: createMemoryOneTimeStore<PendingLogin>(now),
    loginCodes: createMemoryOneTimeStore<LoginCode>(now),
    replays: createMemoryReplayStore(now),
    limiter: createMemoryRateLimiter(limitOf(env)),
  };
}
