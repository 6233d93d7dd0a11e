import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);

// errors.ts
var table = {
  malformed_json: {
    status: 400,
    title: "The body is not well-formed JSON",
    detail: "Send one JSON object in UTF-8, with each member name once."
  },
  malformed_request: {
    status: 400,
    title: "The request is malformed",
    detail: "The server cannot read it as HTTP/1.1. Check the client, and the proxies between it and the server."
  },
  signature_missing: {
    status: 401,
    title: "The request is not signed",
    detail: "Send X-Signature and X-Timestamp. `npm run -s sign` prints a signed request; docs/signing.md explains it.",
    challenge: "signature"
  },
  signature_malformed: {
    status: 401,
    title: "The signature headers are malformed",
    detail: "X-Signature is 64 hex digits, X-Timestamp is 13 digits (Unix milliseconds). Send each of them once.",
    challenge: "signature"
  },
  signature_expired: {
    status: 401,
    title: "The signature has expired",
    detail: "Sign the request again with the current time in milliseconds as X-Timestamp.",
    challenge: "signature"
  },
  signature_mismatch: {
    status: 401,
    title: "The signature does not match",
    detail: "Sign METHOD + path + body + timestamp, with nothing in between, with HMAC-SHA256 under SIGNATURE_KEY. `npm run -s sign` shows how; SIGNATURE_EXPLAIN=true (in development) shows the string that the server expects.",
    challenge: "signature"
  },
  signature_replayed: {
    status: 401,
    title: "The signature was already used",
    detail: "A signature is good for one request. Sign the request again with a new X-Timestamp.",
    challenge: "signature"
  },
  token_missing: {
    status: 401,
    title: "An access token is needed",
    detail: "Send the access token as `Authorization: Bearer <token>`. POST /auth/login gives one.",
    challenge: "bearer"
  },
  token_invalid: {
    status: 401,
    title: "The access token is not valid",
    detail: "It is not a token of this API, or it was changed on the way. Send `access_token` from the login as it is, or log in again.",
    challenge: "bearer_invalid"
  },
  token_expired: {
    status: 401,
    title: "The access token has expired",
    detail: "Get a new one with POST /auth/refresh, or log in again.",
    challenge: "bearer_invalid"
  },
  token_revoked: {
    status: 401,
    title: "The access token was revoked",
    detail: "Its session has ended or was refreshed: by a logout, a newer login, a change of the password, or a refresh. Use the newest token, or log in again.",
    challenge: "bearer_invalid"
  },
  refresh_invalid: {
    status: 401,
    title: "The refresh token is not valid",
    detail: "It has expired, its session has ended, or it is not a token of this API. Log in again.",
    challenge: "bearer_invalid"
  },
  refresh_reused: {
    status: 401,
    title: "The refresh token was already used, so its session was ended",
    detail: "Two clients may have the same token. Log in again; if you did not do this yourself, change the password.",
    challenge: "bearer_invalid"
  },
  invalid_credentials: {
    status: 401,
    title: "E-mail, password or code is wrong",
    detail: "Check what was typed. POST /auth/forgot-password sends a link to set a new password.",
    challenge: "bearer"
  },
  mfa_required: {
    status: 403,
    title: "A second factor is needed",
    detail: "Send `mfa_token` with `code` or `recovery_code` to POST /auth/login/mfa within `expires_in` seconds."
  },
  insufficient_role: {
    status: 403,
    title: "The caller may not do this",
    detail: "The role of the user, or the signing client, does not include this request."
  },
  mfa_required_for_admin: {
    status: 403,
    title: "An administrator needs a second factor in this session",
    detail: "Turn the second factor on (POST /auth/mfa/totp, then /auth/mfa/totp/confirm), then log in again with a code. ADMIN_REQUIRE_MFA asks for this."
  },
  account_disabled: {
    status: 403,
    title: "The account is locked by an administrator",
    detail: "The password is right, but this account cannot log in. Ask the administrator."
  },
  email_unverified: {
    status: 403,
    title: "The e-mail address is not verified yet",
    detail: "Open the link in the mail. POST /auth/verify-email/resend sends another one."
  },
  not_found: {
    status: 404,
    title: "There is nothing here",
    detail: "Check the path: docs/api.md lists every endpoint. Paths are case-sensitive."
  },
  method_not_allowed: {
    status: 405,
    title: "The method is not allowed here",
    detail: "The header Allow lists the methods of this path."
  },
  request_timeout: {
    status: 408,
    title: "The request took too long to arrive",
    detail: "Send the headers within 10 seconds and the whole request within 30 seconds."
  },
  email_taken: {
    status: 409,
    title: "The e-mail address is already registered",
    detail: "Log in with it, or set a new password with POST /auth/forgot-password."
  },
  mfa_already_enabled: {
    status: 409,
    title: "The second factor is already on",
    detail: "Turn it off with DELETE /auth/mfa/totp before you set up another one."
  },
  link_required: {
    status: 409,
    title: "The links between account and identity do not allow this",
    detail: "Log in to the account in another way, then link the identity with POST /auth/oidc/:provider/link."
  },
  session_limit: {
    status: 409,
    title: "The user has as many sessions as are allowed",
    detail: "Log out on another device first: GET /auth/sessions there lists the sessions."
  },
  payload_too_large: {
    status: 413,
    title: "The body is too large",
    detail: "A body has at most 100 KiB."
  },
  unsupported_media_type: {
    status: 415,
    title: "The content type is not supported",
    detail: "Send the body as `Content-Type: application/json`, in UTF-8 and not compressed."
  },
  validation_failed: {
    status: 422,
    title: "The input is not valid",
    detail: "Each entry of `errors` names a member and what is wrong with it."
  },
  headers_too_large: {
    status: 431,
    title: "The headers are too large",
    detail: "All headers together have at most 16 KiB, in at most 100 fields."
  },
  rate_limited: {
    status: 429,
    title: "Too many requests",
    detail: "This address has sent too many changing requests. Wait for the seconds in Retry-After.",
    retryAfterSeconds: 60
  },
  account_locked: {
    status: 429,
    title: "Too many failed attempts",
    detail: "Further attempts are refused, right ones too, for the seconds in Retry-After. A reset of the password unlocks the login at once.",
    retryAfterSeconds: 900
  },
  internal_error: {
    status: 500,
    title: "Something went wrong on our side",
    detail: "The server has logged the cause under this `request_id`."
  },
  store_unavailable: {
    status: 503,
    title: "A store is not available",
    detail: "MySQL or Redis does not answer in time. Keep your tokens and try again after Retry-After.",
    retryAfterSeconds: 1
  },
  overloaded: {
    status: 503,
    title: "The server is busy",
    detail: "Too many passwords wait to be checked. Try again after Retry-After.",
    retryAfterSeconds: 1
  },
  shutting_down: {
    status: 503,
    title: "The server is shutting down",
    detail: "The request was not finished. Send it again: another process or the next start serves it.",
    retryAfterSeconds: 5
  }
};
var ApiError = class extends Error {
  code;
  data;
  constructor(code, data = {}) {
    super(`${code}: ${data.detail ?? table[code].title}`, { cause: data.cause });
    this.name = "ApiError";
    this.code = code;
    this.data = data;
  }
  get kind() {
    return table[this.code];
  }
};
var StoreError = class extends Error {
  /** The code that a client gets for it. */
  code = "store_unavailable";
  /**
   * @param message a sentence for the client; names no host
   * @param cause what really happened, for the log only
   */
  constructor(message, cause) {
    super(message, { cause });
    this.name = "StoreError";
  }
};
function invalidInput(...fields) {
  return new ApiError("validation_failed", { fields });
}
var errorTable = table;

// deadline.ts
var DeadlineError = class extends Error {
  constructor(ms) {
    super(`no answer within ${Math.round(ms)} ms`);
    this.name = "DeadlineError";
  }
};
function withDeadline(work, ms) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new DeadlineError(ms)), ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

export {
  ApiError,
  StoreError,
  invalidInput,
  errorTable,
  DeadlineError,
  withDeadline
};
//# sourceMappingURL=chunk-HV5ORW3E.js.map
