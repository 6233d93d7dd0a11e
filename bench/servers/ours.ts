// This project with a route of a user's own behind its guards. Whatever createApp puts before a route is before it.
import type { RequestHandler } from 'express';
import { createApp } from '../../app.ts';
import { parseEnv, readEnvironment } from '../../config/env.ts';
import { messageClasses } from '../../http/messageClasses.ts';
import { createHttpServer, httpLimits } from '../../http/server.ts';
import { openMailer } from '../../mail/mailer.ts';
import { createAuditModel } from '../../models/audit/audit.model.ts';
import { openStores, waitForStores } from '../../stores/stores.ts';
import { createLogger } from '../../telemetry/logger.ts';
import { createMetrics } from '../../telemetry/metrics.ts';
import { answer } from './serve.ts';

interface Layer {
  handle: RequestHandler & { stack?: Layer[] };
  route?: { path: string; stack: Layer[] };
}

const env = parseEnv(readEnvironment());
const log = createLogger(env.LOG_LEVEL);
const metrics = createMetrics();
const stores = await openStores(env, log, metrics);
await waitForStores(stores, env);
const audit = createAuditModel({ db: stores.db, log, now: Date.now });
const mailer = openMailer(env, log);
const app = createApp({ env, ...stores, log, audit, mailer, metrics, now: Date.now, startedAt: Date.now() });

const { stack } = app.router as unknown as { stack: Layer[] };
const send: RequestHandler = (_req, res) => {
  res.json(answer);
};
app.get('/item', guard('verifyToken'), send);
const limits = env.RATE_LIMIT === 'on' ? [guard('rateLimit')] : [];
app.post('/item', ...limits, guard('verifySignature', '/logout'), send);
// From behind the app's last word, which is "not found", to before it.
const end = stack.findIndex(({ handle }) => handle.name === 'notFound');
stack.splice(end, 0, ...stack.splice(-2));
const options = { ...httpLimits, ...messageClasses(app) };
await createHttpServer(app, log, options, metrics.refused).listen(env.PORT, env.HOST);

/** The very handler that the app's own routes begin with; a certain one's, where a path is given. */
function guard(name: string, path?: string): RequestHandler {
  const find = (layers: Layer[]): RequestHandler | undefined => {
    for (const { handle, route } of layers) {
      if (route && path && route.path !== path) continue;
      const found = handle.name === name ? handle : find(route?.stack ?? handle.stack ?? []);
      if (found) return found;
    }
    return undefined;
  };
  const found = find(stack);
  if (!found) throw new Error(`The app has no handler ${name}.`);
  return found;
}
