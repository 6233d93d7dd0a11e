import type { RequestHandler } from 'express';
import type { Logger } from '../config/logger.ts';

/** One line per request when its answer is out. Neither headers, nor bodies, nor the query are in it. */
export function requestLog(log: Logger): RequestHandler {
  return function requestLog(req, res, next) {
    const startedAt = performance.now();
    res.on('close', () => {
      log.info(
        {
          request_id: req.id,
          method: req.method,
          path: req.originalUrl.split('?', 1)[0],
          status: res.statusCode,
          ms: Math.round((performance.now() - startedAt) * 10) / 10,
          ip: req.ip,
          user_id: req.auth?.userId,
          aborted: res.writableFinished ? undefined : true,
        },
        'request',
      );
    });
    next();
  };
}
