import type { Express, RequestHandler } from 'express';
import helmet from 'helmet';
import { type Logger, pino } from 'pino';

/** What any production service wears: helmet and a line a request, written by hand and not by pino-http. */
export function dress(app: Express): void {
  app.use(requestLine(), helmet());
}

/** The log of every dressed server. */
export function createLog(): Logger {
  return pino(
    { base: undefined, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: 1, sync: true }),
  );
}

function requestLine(): RequestHandler {
  const log = createLog();
  return function requestLine(req, res, next) {
    const startedAt = performance.now();
    res.on('finish', () => {
      const ms = Math.round((performance.now() - startedAt) * 10) / 10;
      log.info({ method: req.method, path: req.path, status: res.statusCode, ms }, 'request');
    });
    next();
  };
}
