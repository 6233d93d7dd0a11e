import type { ApiError } from '../errors.ts';

const CHALLENGES = {
  signature: 'HMAC-SHA256 realm="auth", headers="X-Signature X-Timestamp"',
  bearer: 'Bearer realm="auth"',
  bearer_invalid: 'Bearer realm="auth", error="invalid_token"',
};

/** An error as an HTTP response: problem details (RFC 9457) and the headers that belong to them. */
export function problemDetails(error: ApiError, requestId: string) {
  const { status, title, challenge, ...byCode } = error.kind;
  const { detail, fields, retryAfterSeconds, allowedMethods, serverTimeMs, stringToSign, revocation, mfa } =
    error.data;
  const retryAfter = retryAfterSeconds ?? byCode.retryAfterSeconds;
  return {
    status,
    headers: {
      'Content-Type': 'application/problem+json; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Request-Id': requestId,
      ...(challenge && { 'WWW-Authenticate': CHALLENGES[challenge] }),
      ...(retryAfter && { 'Retry-After': String(retryAfter) }),
      ...(allowedMethods && { Allow: allowedMethods.join(', ') }),
    },
    body: JSON.stringify({
      type: `/docs/errors#${error.code}`,
      title,
      status,
      code: error.code,
      detail: detail ?? byCode.detail,
      request_id: requestId,
      errors: fields,
      server_time: serverTimeMs,
      string_to_sign: stringToSign,
      reason: revocation,
      mfa_token: mfa?.token,
      expires_in: mfa?.expiresInSeconds,
    }),
  };
}
