import type { ErrorRequestHandler, RequestHandler } from 'express';
import { ApiError, type ErrorCode, problemDetails } from '../errors.ts';
import type { Logger } from '../telemetry/logger.ts';

const challenges = {
  signature: 'HMAC-SHA256 realm="auth", headers="X-Signature X-Timestamp"',
  bearer: 'Bearer realm="auth"',
  bearer_invalid: 'Bearer realm="auth", error="invalid_token"',
};

/** Reached when no route answered. */
export function notFound(): RequestHandler {
  return function notFound() {
    throw new ApiError('not_found');
  };
}

/**
 * Turns whatever was thrown into problem details (RFC 9457). What was not thrown on purpose says nothing of itself.
 * @param refused told the code of every answer
 */
export function handleErrors(
  log: Logger,
  refused: (code: ErrorCode) => void = () => {},
): ErrorRequestHandler {
  return function handleErrors(thrown: unknown, req, res, _next) {
    const error = toApiError(thrown);
    const { title, challenge } = error.kind;
    const { status, headers, body } = problemDetails(error, req.id);
    const { cause } = error.details;
    refused(error.code);
    if (status >= 500) log.error({ request_id: req.id, code: error.code, err: cause ?? error }, title);
    if (res.headersSent) {
      res.destroy();
      return;
    }

    if (challenge) res.setHeader('WWW-Authenticate', challenges[challenge]);
    res.status(status).set(headers).send(body);
  };
}

function toApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown;
  // Thrown by the router for a parameter that is not percent-encoded UTF-8.
  return new ApiError(thrown instanceof URIError ? 'malformed_request' : 'internal_error', { cause: thrown });
}
