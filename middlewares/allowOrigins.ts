import cors from 'cors';
import type { RequestHandler } from 'express';

/**
 * CORS (Fetch standard, section 3.2) for the pages of these origins, cookies included.
 * @param origins exact, as in `https://app.example.com`
 */
export function allowOrigins(origins: string[]): RequestHandler {
  const allow = cors({
    origin: origins,
    credentials: true,
    methods: ['GET', 'POST', 'PATCH', 'DELETE'],
    allowedHeaders: [
      'Authorization',
      'Content-Type',
      'Content-Digest',
      'Signature',
      'Signature-Input',
      'X-Client-Id',
      'X-Request-Id',
      'X-Signature',
      'X-Timestamp',
    ],
    exposedHeaders: ['RateLimit', 'RateLimit-Policy', 'Retry-After', 'WWW-Authenticate', 'X-Request-Id'],
    maxAge: 600,
  });
  return function allowOrigins(req, res, next) {
    // `cors` would end every OPTIONS request. Only preflights are its own.
    const isPlainOptions = req.method === 'OPTIONS' && !req.headers['access-control-request-method'];
    if (isPlainOptions) next();
    else allow(req, res, next);
  };
}
