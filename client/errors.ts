import type { ErrorCode, FieldError } from '../errors.ts';

/**
 * The API's codes, and three of the client: `network_error` (no response), `unexpected_answer` (a response that is
 * not the API's, such as a proxy's error page) and `superseded` (a newer login or a sign-out came first, and the
 * tokens of this login were dropped).
 */
export type AuthErrorCode = ErrorCode | 'network_error' | 'unexpected_answer' | 'superseded';

interface Details {
  status?: number;
  detail?: string;
  requestId?: string | undefined;
  retryAfter?: number | undefined;
  problem?: Readonly<Record<string, unknown>>;
  cause?: unknown;
}

/** The error of every failed call, except an abort, which rejects with the signal's reason. */
export class AuthApiError extends Error {
  /** The stable part. Your own endpoints may have codes of their own. */
  readonly code: AuthErrorCode;
  /** HTTP status; 0 without a response. */
  readonly status: number;
  /** One sentence for the user. */
  readonly detail: string;
  /** The id under which the API's log has the request. */
  readonly requestId: string | undefined;
  /** With `validation_failed`: every faulty member. */
  readonly errors: readonly FieldError[];
  /** With `mfa_required`: the token for the second step of the login. */
  readonly mfaToken: string | undefined;
  /** Retry-After in seconds, where the response has it. */
  readonly retryAfter: number | undefined;
  /** The response's body (RFC 9457) with all its members. */
  readonly problem: Readonly<Record<string, unknown>>;

  constructor(code: AuthErrorCode, details: Details = {}) {
    const { status = 0, detail = '', requestId, retryAfter, problem = {}, cause } = details;
    super(detail === '' ? code : `${code}: ${detail}`, { cause });
    this.name = 'AuthApiError';
    this.code = code;
    this.status = status;
    this.detail = detail;
    this.requestId = requestId;
    this.errors = Array.isArray(problem.errors) ? problem.errors : [];
    this.mfaToken = typeof problem.mfa_token === 'string' ? problem.mfa_token : undefined;
    this.retryAfter = retryAfter;
    this.problem = problem;
  }
}

/** A response that was not a success, from any HTTP library. */
export interface RefusedAnswer {
  status: number;
  text: string;
  /** Reads a header; its name is in lower case. */
  header(name: string): string | null | undefined;
}

/**
 * Reads a response that was not a success: problem details (RFC 9457) and Retry-After in seconds (RFC 9110, section
 * 10.2.3).
 */
export function toAuthApiError({ status, text, header }: RefusedAnswer): AuthApiError {
  const problem = problemIn(text);
  const { code, detail, title } = problem;
  const retryAfter = header('retry-after') ?? '';
  return new AuthApiError(typeof code === 'string' ? (code as AuthErrorCode) : 'unexpected_answer', {
    status,
    detail: String(detail ?? title ?? `The answer was ${status} without an explanation.`),
    requestId: header('x-request-id') ?? undefined,
    retryAfter: /^\d{1,9}$/.test(retryAfter) ? Number(retryAfter) : undefined,
    problem,
  });
}

function problemIn(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
