import type { RequestHandler } from 'express';
import type { Metrics } from '../telemetry/metrics.ts';

declare global {
  namespace Express {
    interface Request {
      /** Set by {@link mountedAt}. */
      mountedAt?: string;
    }
  }
}

/** Sets the path under which the routes behind it are counted, for every mount. */
export function mountedAt(path: string): RequestHandler {
  return function mountedAt(req, _res, next) {
    req.mountedAt = path;
    next();
  };
}

/** Counts and times every request by its route pattern. Paths without a route are `unmatched`. */
export function requestMetrics(metrics: Metrics): RequestHandler {
  return function requestMetrics(req, res, next) {
    const startedAt = performance.now();
    metrics.requestStarted();
    res.on('close', () => {
      const route = req.route ? (req.mountedAt ?? '') + req.route.path : 'unmatched';
      const status = res.writableFinished ? res.statusCode : 'aborted';
      metrics.requestEnded(req.method, route, status, (performance.now() - startedAt) / 1000);
    });
    next();
  };
}
