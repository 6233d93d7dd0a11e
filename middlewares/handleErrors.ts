import type { ErrorRequestHandler, RequestHandler } from 'express';
import { ApiError, type ErrorCode, StoreError } from '../errors.ts';
import { problemDetails } from '../http/problemDetails.ts';
import type { Logger } from '../telemetry/logger.ts';

/** For requests that no route handled. */
export function notFound(): RequestHandler {
  return function notFound() {
    throw new ApiError('not_found');
  };
}

/**
 * Sends any thrown error as problem details (RFC 9457). An unexpected error reveals nothing about itself.
 * @param refused called with the code of each response /
 */
export function handleErrors(
  log: Logger,
  refused: (code: ErrorCode) => void = () => {},
): ErrorRequestHandler {
  return function handleErrors(thrown: unknown, req, res, _next) {
    const error = toApiError(thrown);
    const { status, headers, body } = problemDetails(error, req.id);
    refused(error.code);
    if (status >= 500) {
      log.error({ request_id: req.id, code: error.code, err: error.data.cause ?? error }, error.kind.title);
    }
    if (res.headersSent) {
      res.destroy();
      return;
    }
    res.status(status).set(headers).send(body);
  };
}

function toApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown;
  if (thrown instanceof StoreError) {
    return new ApiError('store_unavailable', {
      detail: `${thrown.message} Keep your tokens and try again after Retry-After.`,
      cause: thrown.cause,
    });
  }
  // Thrown by the router for a parameter that is not percent-encoded UTF-8.
  if (thrown instanceof URIError) {
    const detail = 'The path has a percent sign that is not followed by the code of a UTF-8 character.';
    return new ApiError('malformed_request', { detail, cause: thrown });
  }
  return new ApiError('internal_error', { cause: thrown });
}
