import type * as z from 'zod';
import type { ErrorCode } from '../errors.ts';
import * as responses from './responses.ts';

/** What the routes themselves do not tell about an endpoint. */
export interface Operation {
  /** The operationId. */
  id: string;
  tag: keyof typeof tags;
  summary: string;
  /** The status of success. */
  status: 200 | 201 | 202 | 204 | 302;
  /** A body to start from. */
  example?: Record<string, unknown>;
  /** The body of success; none where it is empty. */
  response?: z.ZodType;
  /** The media type of a response that is no JSON object. */
  mediaType?: string;
  /** Another media type, as text, that the request may ask for. */
  alsoAs?: string;
  /** The headers of success, with their meaning. */
  headers?: Record<string, string>;
  /** The codes of this endpoint besides those of its guards and of its body. */
  errors?: ErrorCode[];
  /** Readiness has the same body for 503. */
  unavailable?: z.ZodType;
}

export const tags = {
  Accounts: 'Registration, profile, activity, and the end of an account.',
  Sessions: 'Login, refresh, logout, and the list of sessions.',
  Passwords: 'Change and reset of a password.',
  'Sign-in with a provider': 'Logins with OpenID Providers, and the identities of an account.',
  'E-mail': 'Verification of an address.',
  'Second factor': 'Codes of an app (TOTP, RFC 6238) and recovery codes.',
  Administration: 'The accounts of others, and the audit trail.',
  Services: 'Token checks of gateways and other services.',
  Operations: 'Health, metrics, this document, the reference page, and the error codes.',
};

const passwordChecks: ErrorCode[] = ['invalid_credentials', 'account_locked', 'overloaded'];

const email = 'ada@example.com';
const password = 'correct horse';

const COOKIE = 'Belongs to the sign-in: only this browser can finish it.';

function toBrowser(location: string): Record<string, string> {
  return { Location: location, 'Set-Cookie': COOKIE };
}

/** By method and path, as in routes/. A test compares both. */
export const operations: Record<string, Operation> = {
  'POST /auth/register': {
    id: 'register',
    tag: 'Accounts',
    summary: 'Make an account',
    status: 201,
    example: { name: 'Ada', email, password },
    response: responses.registeredResponse,
    errors: ['email_taken', 'overloaded'],
  },
  'POST /auth/login': {
    id: 'login',
    tag: 'Sessions',
    summary: 'Start a session',
    status: 200,
    example: { email, password, device_name: 'Laptop' },
    response: responses.tokenResponse,
    errors: [...passwordChecks, 'mfa_required', 'account_disabled', 'email_unverified', 'session_limit'],
  },
  'POST /auth/login/mfa': {
    id: 'loginMfa',
    tag: 'Sessions',
    summary: 'Second step of a login, with a code',
    status: 200,
    example: { mfa_token: 'the mfa_token of the login', code: '123456' },
    response: responses.tokenResponse,
    errors: [...passwordChecks, 'token_invalid', 'account_disabled', 'email_unverified', 'session_limit'],
  },
  'POST /auth/logout': {
    id: 'logout',
    tag: 'Sessions',
    summary: 'End this session',
    status: 204,
  },
  'POST /auth/logout-all': {
    id: 'logoutAll',
    tag: 'Sessions',
    summary: 'End all sessions, or all others',
    status: 200,
    example: { keep_current: true },
    response: responses.endedSessionsResponse,
  },
  'POST /auth/refresh': {
    id: 'refresh',
    tag: 'Sessions',
    summary: 'Get new tokens for a refresh token',
    status: 200,
    response: responses.tokenResponse,
    errors: ['refresh_invalid', 'refresh_reused'],
  },
  'GET /auth/sessions': {
    id: 'listSessions',
    tag: 'Sessions',
    summary: 'List the sessions of the user, the latest first',
    status: 200,
    response: responses.sessionsResponse,
  },
  'DELETE /auth/sessions/{id}': {
    id: 'endSession',
    tag: 'Sessions',
    summary: 'End one session of the user',
    status: 204,
    errors: ['not_found'],
  },
  'GET /auth/profile': {
    id: 'showProfile',
    tag: 'Accounts',
    summary: 'Show the user',
    status: 200,
    response: responses.userResponse,
  },
  'PATCH /auth/profile': {
    id: 'updateProfile',
    tag: 'Accounts',
    summary: 'Change the name',
    status: 200,
    example: { name: 'Ada Lovelace' },
    response: responses.userResponse,
  },
  'GET /auth/activity': {
    id: 'listActivity',
    tag: 'Accounts',
    summary: 'List what happened to the account, the newest first',
    status: 200,
    response: responses.activityResponse,
  },
  'DELETE /auth/account': {
    id: 'closeAccount',
    tag: 'Accounts',
    summary: 'Close the account',
    status: 204,
    example: { password },
    errors: passwordChecks,
  },
  'POST /auth/change-password': {
    id: 'changePassword',
    tag: 'Passwords',
    summary: 'Change the password and end every earlier session',
    status: 200,
    example: { current_password: password, new_password: 'correct horse battery' },
    response: responses.tokenResponse,
    errors: passwordChecks,
  },
  'POST /auth/forgot-password': {
    id: 'forgotPassword',
    tag: 'Passwords',
    summary: 'Send a link to set a new password',
    status: 202,
    example: { email },
  },
  'POST /auth/reset-password': {
    id: 'resetPassword',
    tag: 'Passwords',
    summary: 'Set a new password with the token of a link',
    status: 204,
    example: { token: 'the token of the link', new_password: 'correct horse battery' },
    errors: ['overloaded'],
  },
  'POST /auth/verify-email': {
    id: 'verifyEmail',
    tag: 'E-mail',
    summary: 'Verify the address with the token of a link',
    status: 204,
  },
  'POST /auth/verify-email/resend': {
    id: 'resendVerification',
    tag: 'E-mail',
    summary: 'Send the link again',
    status: 202,
  },
  'POST /auth/mfa/totp': {
    id: 'enrolTotp',
    tag: 'Second factor',
    summary: 'Get a secret for an app',
    status: 201,
    example: { password },
    response: responses.totpResponse,
    errors: [...passwordChecks, 'email_unverified', 'mfa_already_enabled'],
  },
  'POST /auth/mfa/totp/confirm': {
    id: 'confirmTotp',
    tag: 'Second factor',
    summary: 'Turn the second factor on with a first code',
    status: 200,
    example: { code: '123456' },
    response: responses.recoveryCodesResponse,
    errors: [...passwordChecks, 'mfa_already_enabled', 'not_found'],
  },
  'DELETE /auth/mfa/totp': {
    id: 'disableTotp',
    tag: 'Second factor',
    summary: 'Turn the second factor off',
    status: 204,
    example: { password, code: '123456' },
    errors: [...passwordChecks, 'not_found'],
  },
  'GET /auth/oidc': {
    id: 'listProviders',
    tag: 'Sign-in with a provider',
    summary: 'List the providers',
    status: 200,
    response: responses.providersResponse,
  },
  'GET /auth/oidc/{provider}/start': {
    id: 'startSignIn',
    tag: 'Sign-in with a provider',
    summary: 'Send the browser to the provider',
    status: 302,
    headers: toBrowser('The page of the provider.'),
    errors: ['not_found', 'rate_limited', 'store_unavailable'],
  },
  'GET /auth/oidc/{provider}/callback': {
    id: 'finishSignIn',
    tag: 'Sign-in with a provider',
    summary: 'Send the browser back to the page with a one-time code, or with an error code',
    status: 302,
    headers: toBrowser('The page, with `code`, `linked` or `error`.'),
    errors: ['not_found', 'rate_limited', 'store_unavailable'],
  },
  'POST /auth/oidc/token': {
    id: 'loginWithProvider',
    tag: 'Sign-in with a provider',
    summary: 'Start a session with a one-time code',
    status: 200,
    example: { code: 'pY3vXr5cUe1m', device_name: 'Laptop' },
    response: responses.tokenResponse,
    errors: ['invalid_credentials', 'link_required', 'mfa_required', 'email_unverified', 'session_limit'],
  },
  'POST /auth/oidc/{provider}/link': {
    id: 'linkIdentity',
    tag: 'Sign-in with a provider',
    summary: 'Begin to link an identity to the account',
    status: 200,
    example: { password },
    response: responses.authorizationResponse,
    headers: { 'Set-Cookie': COOKIE },
    errors: [...passwordChecks, 'not_found'],
  },
  'GET /auth/oidc/identities': {
    id: 'listIdentities',
    tag: 'Sign-in with a provider',
    summary: 'List the identities of the account',
    status: 200,
    response: responses.identitiesResponse,
  },
  'DELETE /auth/oidc/identities/{id}': {
    id: 'unlinkIdentity',
    tag: 'Sign-in with a provider',
    summary: 'Remove an identity from the account',
    status: 204,
    errors: ['not_found', 'link_required'],
  },
  'GET /auth/admin/users': {
    id: 'adminListUsers',
    tag: 'Administration',
    summary: 'List users, or search for them',
    status: 200,
    response: responses.adminUsersResponse,
  },
  'GET /auth/admin/users/{id}': {
    id: 'adminShowUser',
    tag: 'Administration',
    summary: 'Show a user with the sessions',
    status: 200,
    response: responses.adminUserResponse,
    errors: ['not_found'],
  },
  'POST /auth/admin/users/{id}/lock': {
    id: 'adminLockUser',
    tag: 'Administration',
    summary: 'Lock an account',
    status: 204,
    errors: ['not_found', 'validation_failed'],
  },
  'POST /auth/admin/users/{id}/unlock': {
    id: 'adminUnlockUser',
    tag: 'Administration',
    summary: 'Unlock an account',
    status: 204,
    errors: ['not_found'],
  },
  'POST /auth/admin/users/{id}/reset-password': {
    id: 'adminSendResetLink',
    tag: 'Administration',
    summary: 'Send a user a link to set a new password',
    status: 204,
    errors: ['not_found'],
  },
  'PUT /auth/admin/users/{id}/roles': {
    id: 'adminSetRoles',
    tag: 'Administration',
    summary: 'Set the roles of a user',
    status: 204,
    errors: ['not_found'],
  },
  'DELETE /auth/admin/users/{id}/sessions': {
    id: 'adminEndSessions',
    tag: 'Administration',
    summary: 'End all sessions of a user',
    status: 204,
    errors: ['not_found'],
  },
  'DELETE /auth/admin/users/{id}/sessions/{sid}': {
    id: 'adminEndSession',
    tag: 'Administration',
    summary: 'End one session of a user',
    status: 204,
    errors: ['not_found'],
  },
  'DELETE /auth/admin/users/{id}/mfa': {
    id: 'adminRemoveSecondFactor',
    tag: 'Administration',
    summary: 'Remove the second factor of a user',
    status: 204,
    errors: ['not_found'],
  },
  'GET /auth/admin/audit': {
    id: 'adminListAudit',
    tag: 'Administration',
    summary: 'List or export the audit trail, the newest event first',
    status: 200,
    response: responses.auditResponse,
    alsoAs: 'text/csv',
  },
  'GET /auth/verify': {
    id: 'verifyToken',
    tag: 'Services',
    summary: 'Check a token for a gateway',
    status: 200,
    headers: {
      'X-Auth-User-Id': 'The id of the user.',
      'X-Auth-Session-Id': 'The id of the session.',
      'X-Auth-Email': 'The address of the user, percent-encoded where it has other characters than ASCII.',
    },
  },
  'POST /auth/introspect': {
    id: 'introspect',
    tag: 'Services',
    summary: 'Check a token for a service (RFC 7662)',
    status: 200,
    response: responses.introspectionResponse,
  },
  'GET /.well-known/jwks.json': {
    id: 'keySet',
    tag: 'Services',
    summary: 'The public keys of the access tokens (RFC 7517)',
    status: 200,
    response: responses.keySetResponse,
    mediaType: 'application/jwk-set+json',
  },
  'GET /health/live': {
    id: 'live',
    tag: 'Operations',
    summary: 'Whether the process runs',
    status: 200,
    response: responses.liveResponse,
  },
  'GET /health/ready': {
    id: 'ready',
    tag: 'Operations',
    summary: 'Whether the process can serve, with each dependency',
    status: 200,
    response: responses.readyResponse,
    unavailable: responses.readyResponse,
  },
  'GET /metrics': {
    id: 'metrics',
    tag: 'Operations',
    summary: 'Metrics for Prometheus; with METRICS_TOKEN they need it as the bearer',
    status: 200,
    mediaType: 'text/plain',
    errors: ['token_missing', 'token_invalid'],
  },
  'GET /docs': {
    id: 'docs',
    tag: 'Operations',
    summary: 'The reference page',
    status: 200,
    mediaType: 'text/html',
  },
  'GET /docs/assets/{file}': {
    id: 'docsAsset',
    tag: 'Operations',
    summary: 'A script or style sheet of the reference page',
    status: 200,
    mediaType: 'text/*',
    errors: ['not_found'],
  },
  'GET /openapi.json': {
    id: 'openApi',
    tag: 'Operations',
    summary: 'This document',
    status: 200,
    response: responses.documentResponse,
  },
  'GET /docs/errors': {
    id: 'errorCodes',
    tag: 'Operations',
    summary: 'The error codes with their causes and cures, as a page',
    status: 200,
    mediaType: 'text/html',
  },
};
