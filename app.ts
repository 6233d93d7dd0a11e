import express, { type Express } from 'express';
import helmet from 'helmet';
import { createModels, type ModelDependencies } from './compose.ts';
import { createAccountController } from './controllers/account.controller.ts';
import { createAdminController } from './controllers/admin.controller.ts';
import { createAuthController } from './controllers/auth.controller.ts';
import { createBodies } from './controllers/bodies.ts';
import { createCookies } from './controllers/cookies.ts';
import { createDocsController } from './controllers/docs.controller.ts';
import { createHealthController } from './controllers/health.controller.ts';
import { createMetricsController } from './controllers/metrics.controller.ts';
import { createMfaController } from './controllers/mfa.controller.ts';
import { createOidcController } from './controllers/oidc.controller.ts';
import { createRecoveryController } from './controllers/recovery.controller.ts';
import { createRefreshCookie } from './controllers/refreshCookie.ts';
import { createServiceController } from './controllers/service.controller.ts';
import { createSessionController } from './controllers/session.controller.ts';
import { createTokenResponse } from './controllers/tokenResponse.ts';
import { createWellKnownController } from './controllers/wellKnown.controller.ts';
import { json } from './http/json.ts';
import { allowOrigins } from './middlewares/allowOrigins.ts';
import { fixedHeaders } from './middlewares/fixedHeaders.ts';
import { handleErrors, notFound } from './middlewares/handleErrors.ts';
import { noStore } from './middlewares/noStore.ts';
import { rateLimit, rateLimitAll } from './middlewares/rateLimit.ts';
import { requestId } from './middlewares/requestId.ts';
import { requestLog } from './middlewares/requestLog.ts';
import { mountedAt, requestMetrics } from './middlewares/requestMetrics.ts';
import { requireRole } from './middlewares/requireRole.ts';
import { requireSecondFactor } from './middlewares/requireSecondFactor.ts';
import { strictHeaders } from './middlewares/strictHeaders.ts';
import { verifySignature } from './middlewares/verifySignature.ts';
import { authenticateBy, verifyToken } from './middlewares/verifyToken.ts';
import { ADMIN } from './models/role/role.model.ts';
import { openApiDocument } from './openapi/document.ts';
import { errorsPage } from './openapi/errorPages.ts';
import { pageFiles } from './openapi/pageFiles.ts';
import { accountRoutes } from './routes/account.routes.ts';
import { adminRoutes } from './routes/admin.routes.ts';
import { authRoutes } from './routes/auth.routes.ts';
import { docsRoutes } from './routes/docs.routes.ts';
import { healthRoutes } from './routes/health.routes.ts';
import { metricsRoutes } from './routes/metrics.routes.ts';
import { mfaRoutes } from './routes/mfa.routes.ts';
import { oidcRoutes } from './routes/oidc.routes.ts';
import { recoveryRoutes } from './routes/recovery.routes.ts';
import { serviceRoutes } from './routes/service.routes.ts';
import { sessionRoutes } from './routes/session.routes.ts';
import { wellKnownRoutes } from './routes/wellKnown.routes.ts';
import { shareCheck } from './stores/health.ts';

/** What the app needs. The owner opens and closes it. */
export interface Dependencies extends ModelDependencies {
  /** When the process started, ms since 1970. */
  startedAt: number;
  /** True while the server stops. */
  isClosing?: () => boolean;
}

/** More trusted proxies than that are not looked for in X-Forwarded-For: 15 KiB of them take 10 ms. */
const MAX_PROXIES = 16;

/** The API, ready to listen. Does no I/O of its own. */
export function createApp(dependencies: Dependencies, models = createModels(dependencies)): Express {
  const { env, db, redis, log, metrics, now, startedAt, isClosing = () => false } = dependencies;
  const { accounts, sessions, mfa, policy, replays, keys, identityModel: identities } = models;
  const logins = {
    login: metrics.countLogins(models.logins.login),
    loginMfa: metrics.countLogins(models.logins.loginMfa),
  };
  const oidc = { ...models.oidc, login: metrics.countLogins(models.oidc.login) };

  const checks = {
    database: shareCheck(() => db.query('SELECT 1')),
    ...(redis && { redis: shareCheck(() => redis.ping()) }),
  };
  metrics.watchDependencies(checks);
  const health = createHealthController(checks, isClosing);
  // In-memory records of used signatures end with the process, so older signatures are refused.
  const notBefore = redis || env.SIGNATURE_REPLAY === 'off' ? 0 : startedAt;
  const clients = () => keys.clients;
  const signing = { env, clients, replays, now, notBefore, onSigned: metrics.requestSigned };
  const authenticate = authenticateBy(sessions);
  const { markUsed } = sessions;
  const needsMfa = env.ADMIN_REQUIRE_MFA ?? env.NODE_ENV === 'production';
  const guards = {
    signed: verifySignature(signing),
    // Requests of services are not limited by address, so their bodies are kept small.
    signedSmall: verifySignature({ ...signing, maxBodyKib: 8 }),
    token: verifyToken({ authenticate, markUsed }),
    tokenOnly: verifyToken({ authenticate }),
    signedToken: verifySignature({ ...signing, authenticate, markUsed }),
    admin: [requireRole(ADMIN), ...(needsMfa ? [requireSecondFactor()] : [])],
    bodies: createBodies(policy),
  };
  const cookies = createCookies(env);
  const cookie = createRefreshCookie(env, cookies);
  const shared = { accounts, logins, sessions, mfa, cookie, sendTokens: createTokenResponse(env, cookie) };
  const isLimited = env.RATE_LIMIT === 'on';
  const limitsOfSignIn = isLimited ? [rateLimitAll(models.limiter)] : [];
  const refreshFrom = env.REFRESH_TOKEN_TTL > 0 ? env.REFRESH_DELIVERY : 'nowhere';

  const app = plainExpress();
  app.set('trust proxy', env.TRUST_PROXY);
  const isTrusted: (address: string, hop: number) => boolean = app.get('trust proxy fn');
  app.set('trust proxy', (address: string, hop: number) => hop < MAX_PROXIES && isTrusted(address, hop));

  app.use(
    requestId(),
    requestLog(log, env.SLOW_REQUEST_MS),
    requestMetrics(metrics),
    fixedHeaders(helmet(), noStore()),
    strictHeaders(),
  );
  if (env.CORS_ORIGIN.length > 0) app.use(allowOrigins(env.CORS_ORIGIN));
  const probes = healthRoutes(health);
  const wellKnown = wellKnownRoutes(createWellKnownController(() => keys.tokens));
  // One router: a path is compared with all routes in it sooner than it passes through a router for each file.
  const auth = express.Router({ caseSensitive: true });
  auth.use(mountedAt('/auth'));
  serviceRoutes(auth, createServiceController(shared), guards);
  if (isLimited) auth.use(rateLimit(models.limiter));
  authRoutes(auth, createAuthController(shared), guards);
  sessionRoutes(auth, createSessionController(shared), guards, refreshFrom);
  mfaRoutes(auth, createMfaController(shared), guards);
  recoveryRoutes(auth, createRecoveryController(models.recovery), guards);
  accountRoutes(auth, createAccountController({ ...shared, activity: models.activity }), guards);
  oidcRoutes(auth, createOidcController({ ...shared, oidc, identities, cookies }), guards, limitsOfSignIn);
  adminRoutes(auth, createAdminController(models.admin), guards);
  // First, because almost every request goes there.
  app.use(['/auth', '/api/auth'], auth);
  app.use('/health', mountedAt('/health'), probes);
  app.use(wellKnown);
  const scraped =
    env.METRICS_PORT === undefined && (env.METRICS_TOKEN || env.NODE_ENV !== 'production')
      ? [metricsRoutes(createMetricsController(metrics), env.METRICS_TOKEN)]
      : [];
  for (const router of scraped) app.use(router);
  const document = memoized(() => openApiDocument(mounted, guards));
  const docs = docsRoutes(
    createDocsController({
      document: memoized(() => JSON.stringify(document())),
      errorsPage: memoized(errorsPage),
      pageFiles: memoized(pageFiles),
    }),
  );
  const hasDocs = env.DOCS ?? env.NODE_ENV !== 'production';
  if (hasDocs) app.use(docs);
  const mounted = {
    '/auth': [auth],
    '/health': [probes],
    '': [wellKnown, ...scraped, ...(hasDocs ? [docs] : [])],
  };
  Object.defineProperty(app.locals, 'openApi', { get: document });
  app.use(notFound(), handleErrors(log, metrics.refused));
  return app;
}

/** The app on METRICS_PORT: only /metrics. */
export function createMetricsApp({
  env,
  log,
  metrics,
}: Pick<Dependencies, 'env' | 'log' | 'metrics'>): Express {
  const app = plainExpress();
  app.use(requestId(), noStore());
  app.use(metricsRoutes(createMetricsController(metrics), env.METRICS_TOKEN));
  app.use(notFound(), handleErrors(log, metrics.refused));
  return app;
}

/** The value of the first call, for every call. */
function memoized<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function plainExpress(): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.enable('case sensitive routing');
  app.set('query parser', false);
  app.response.json = json;
  return app;
}
