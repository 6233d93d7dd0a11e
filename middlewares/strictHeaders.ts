import type { Request, RequestHandler } from 'express';
import { ApiError } from '../errors.ts';
import { countHeader } from '../http/headers.ts';

const MAX_FIELDS = 100;

/**
 * Refuses what node:http accepts and a proxy in front may read differently: HTTP/1.1 without exactly one Host (RFC
 * 9112, section 3.2), a transfer coding other than chunked (section 6.1), and more than 100 header fields.
 */
export function strictHeaders(): RequestHandler {
  return function strictHeaders(req, res, next) {
    const refusal = refusalOf(req);
    if (refusal) {
      res.setHeader('Connection', 'close');
      throw refusal;
    }
    next();
  };
}

function refusalOf(req: Request): ApiError | null {
  if (req.rawHeaders.length / 2 > MAX_FIELDS) {
    return new ApiError('headers_too_large', {
      detail: `A request has at most ${MAX_FIELDS} header fields.`,
    });
  }
  const hosts = countHeader(req, 'host');
  if (hosts > 1 || (hosts === 0 && req.httpVersion === '1.1')) {
    return new ApiError('malformed_request', { detail: 'Send the Host header exactly once.' });
  }
  if (!/^chunked$/i.test(req.headers['transfer-encoding'] ?? 'chunked')) {
    return new ApiError('malformed_request', { detail: 'The only transfer coding here is chunked.' });
  }
  return null;
}
