import type { RequestHandler } from 'express';
import type { Logger } from '../telemetry/logger.ts';

/**
 * One line per request when its answer is out. Neither headers, nor bodies, nor the query are in it.
 * @param slowMs a request that takes longer is a warning, marked `slow`
 */
export function requestLog(log: Logger, slowMs: number): RequestHandler {
  // Nothing in the line can be secret, and to look for secrets in it costs as much as to write it.
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

/** Without the query, and without the origin of an absolute-form target (RFC 9112, section 3.2.2), where a password may stand. */
function pathOf(target: string): string | undefined {
  return target.replace(/^[^/?]*:\/\/[^/?]*/, '').split('?', 1)[0];
}
