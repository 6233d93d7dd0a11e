/**
 * Every refusal the API can give. `code` is the stable part of an answer (RFC 9457 problem details);
 * status, title and challenge belong to the code and stand only here.
 */
const table = {
  malformed_json: { status: 400, title: 'The body is not well-formed JSON' },
  malformed_request: { status: 400, title: 'The request is malformed' },

  signature_missing: { status: 401, title: 'The request is not signed', challenge: 'signature' },
  signature_malformed: { status: 401, title: 'The signature headers are malformed', challenge: 'signature' },
  signature_expired: { status: 401, title: 'The signature has expired', challenge: 'signature' },
  signature_mismatch: { status: 401, title: 'The signature does not match', challenge: 'signature' },
  signature_replayed: { status: 401, title: 'The signature was already used', challenge: 'signature' },
  token_missing: { status: 401, title: 'An access token is needed', challenge: 'bearer' },
  token_invalid: { status: 401, title: 'The access token is not valid', challenge: 'bearer_invalid' },
  token_expired: { status: 401, title: 'The access token has expired', challenge: 'bearer_invalid' },
  token_revoked: { status: 401, title: 'The access token was revoked', challenge: 'bearer_invalid' },
  refresh_invalid: { status: 401, title: 'The refresh token is not valid', challenge: 'bearer_invalid' },
  refresh_reused: {
    status: 401,
    title: 'The refresh token was already used, so its session was ended',
    challenge: 'bearer_invalid',
  },
  invalid_credentials: { status: 401, title: 'E-mail, password or code is wrong', challenge: 'bearer' },

  mfa_required: { status: 403, title: 'A second factor is needed' },

  email_unverified: { status: 403, title: 'The e-mail address is not verified yet' },

  not_found: { status: 404, title: 'There is nothing here' },
  method_not_allowed: { status: 405, title: 'The method is not allowed here' },
  request_timeout: { status: 408, title: 'The request took too long to arrive' },
  email_taken: { status: 409, title: 'The e-mail address is already registered' },
  mfa_already_enabled: { status: 409, title: 'The second factor is already on' },
  session_limit: { status: 409, title: 'The user has as many sessions as are allowed' },
  payload_too_large: { status: 413, title: 'The body is too large' },
  unsupported_media_type: { status: 415, title: 'The content type is not supported' },
  validation_failed: { status: 422, title: 'The input is not valid' },
  headers_too_large: { status: 431, title: 'The headers are too large' },

  rate_limited: { status: 429, title: 'Too many requests', retryAfter: 60 },
  account_locked: { status: 429, title: 'Too many failed attempts', retryAfter: 900 },

  internal_error: { status: 500, title: 'Something went wrong on our side' },
  store_unavailable: { status: 503, title: 'A store is not available', retryAfter: 1 },
  overloaded: { status: 503, title: 'The server is busy', retryAfter: 1 },
  shutting_down: { status: 503, title: 'The server is shutting down', retryAfter: 5 },
} as const satisfies Record<string, ErrorKind>;

interface ErrorKind {
  status: number;
  title: string;
  /** Which WWW-Authenticate challenge goes with the code. */
  challenge?: 'signature' | 'bearer' | 'bearer_invalid';
  /** Seconds for the Retry-After header. */
  retryAfter?: number;
}

export type ErrorCode = keyof typeof table;

/** One faulty member of a validated input; `path` is dotted, empty for the whole. */
export interface FieldError {
  path: string;
  message: string;
}

interface ErrorDetails {
  /** One sentence for the person who reads the answer; the title when absent. Never a secret. */
  detail?: string;
  /** Members added to the answer beside the standard ones. */
  members?: {
    errors?: FieldError[];
    server_time?: number;
    string_to_sign?: string;
    mfa_token?: string;
    /** Seconds. */
    expires_in?: number;
  };
  headers?: Record<string, string>;
  /** What really happened, for the log only. */
  cause?: unknown;
}

/** The one error thrown on purpose. Anything else that is thrown becomes an `internal_error`. */
export class ApiError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails = {}) {
    super(`${code}: ${details.detail ?? table[code].title}`, { cause: details.cause });
    this.name = 'ApiError';
    this.code = code;
    this.details = details;
  }

  get kind(): ErrorKind {
    return table[this.code];
  }
}

/** A refusal as an answer: problem details (RFC 9457) and the headers that belong to them. */
export function problemDetails(error: ApiError, requestId: string) {
  const { status, title, retryAfter } = error.kind;
  const { detail, members, headers } = error.details;
  return {
    status,
    headers: {
      'Content-Type': 'application/problem+json; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Request-Id': requestId,
      ...(retryAfter && { 'Retry-After': String(retryAfter) }),
      ...headers,
    },
    body: JSON.stringify({
      type: `/docs/errors#${error.code}`,
      title,
      status,
      code: error.code,
      detail: detail ?? title,
      request_id: requestId,
      ...members,
    }),
  };
}

/** Every code with its status and title, for the reference documents and the tests. */
export const errorTable: Readonly<Record<ErrorCode, ErrorKind>> = table;
