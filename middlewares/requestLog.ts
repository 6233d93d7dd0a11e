import type { RequestHandler } from 'express';
import type { Logger } from '../telemetry/logger.ts';

/**
 * Logs one line for each request after its response, without headers, bodies and query.
 * @param slowMs a request that takes longer is a warning, marked `slow` /
 */
export function requestLog(log: Logger, slowMs: number): RequestHandler {
  // The line has no secrets, and the search for them costs as much as the line.
  const lines = log.child({}, { formatters: { log: fields => fields } });
  return function requestLog(req, res, next) {
    const startedAt = performance.now();
    res.on('close', () => {
      const ms = performance.now() - startedAt;
      const slow = ms > slowMs;
      lines[slow ? 'warn' : 'info'](
        {
          request_id: req.id,
          method: req.method,
          path: pathOf(req.originalUrl),
          status: res.statusCode,
          ms: Math.round(ms * 10) / 10,
          ip: req.ip,
          user_id: req.auth?.userId,
          slow: slow || undefined,
          aborted: res.writableFinished ? undefined : true,
        },
        'request',
      );
    });
    next();
  };
}

/**
 * The path without the query, and without the origin of an absolute-form target (RFC 9112, section 3.2.2), which may
 * have a password.
 */
function pathOf(target: string): string | undefined {
  return target.replace(/^[^/?]*:\/\/[^/?]*/, '').split('?', 1)[0];
}
