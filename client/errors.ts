import type { ErrorCode, FieldError } from '../errors.ts';

/**
 * The API's codes, and three of the client's own: `network_error` (there was no answer), `unexpected_answer` (it was
 * none of this API's, a proxy's error page for example) and `superseded` (the login that this answers was overtaken
 * by a newer one or by a sign-out, and its tokens were dropped).
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

/** Whatever went wrong with a call, but for an abort, which rejects with the signal's own reason. */
export class AuthApiError extends Error {
  /** The stable part. An endpoint of your own may answer with codes of its own. */
  readonly code: AuthErrorCode;
  /** HTTP status, 0 where there was no answer. */
  readonly status: number;
  /** One sentence for the person in front of it. */
  readonly detail: string;
  /** What to quote to those who run the API: it is in their log. */
  readonly requestId: string | undefined;
  /** With `validation_failed`: every faulty member. */
  readonly errors: readonly FieldError[];
  /** With `mfa_required`: what the second step of the login takes. */
  readonly mfaToken: string | undefined;
  /** Seconds, where the answer said when to come back. */
  readonly retryAfter: number | undefined;
  /** The answer's body (RFC 9457) with everything else that is in it. */
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

/** An answer that was not a success, from whichever library sent the request. */
export interface RefusedAnswer {
  status: number;
  text: string;
  /** Takes a header's name, in lower case. */
  header(name: string): string | null | undefined;
}

/** Reads an answer that was not a success: problem details (RFC 9457) and Retry-After in seconds (RFC 9110, 10.2.3). */
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
