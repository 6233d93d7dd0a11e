import * as z from 'zod';

// What the API sends, as schemas for the OpenAPI document. The tests check every response against them.

const time = z.iso.datetime().meta({ example: '2026-01-01T08:00:00.000Z' });
const seconds = z.int().describe('Seconds.');
const next = z.string().optional().describe('The cursor of the next page; absent on the last.');
const unixSeconds = z.int().describe('Unix time in seconds.');

const user = z.strictObject({
  id: z.int(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  created_at: time.nullable(),
  updated_at: time.nullable(),
});

export const userResponse = z.strictObject({ user });

export const registeredResponse = z.strictObject({
  user: user.extend({
    id: z.int().nullable().describe('Null where the API does not tell which addresses are registered.'),
  }),
});

export const tokenResponse = z.strictObject({
  access_token: z.string(),
  token_type: z.literal('Bearer'),
  expires_in: seconds,
  refresh_token: z.string().optional(),
  refresh_expires_in: seconds.optional(),
  user,
  session: z.strictObject({ id: z.string(), expires_at: time }),
  ended_sessions: z.int().describe('How many other sessions this login ended.'),
});

const session = z.strictObject({
  id: z.string(),
  device_name: z.string().nullable(),
  ip: z.string(),
  user_agent: z.string(),
  created_at: time,
  last_used_at: time,
  expires_at: time,
});

export const sessionsResponse = z.strictObject({
  sessions: z.array(
    session.extend({ current: z.boolean().describe('Whether it is the session of this request.') }),
  ),
  next,
});

export const endedSessionsResponse = z.strictObject({ ended_sessions: z.int() });

export const totpResponse = z.strictObject({
  secret: z.string().describe('Base32, to type in.'),
  otpauth_uri: z.string().describe('The contents of the QR code.'),
  qr_svg: z.string().describe('The QR code as an SVG document.'),
});

export const recoveryCodesResponse = z.strictObject({ recovery_codes: z.array(z.string()) });

const adminUser = user.extend({
  roles: z.array(z.string()),
  verified: z.boolean().describe('Whether the address is verified.'),
  mfa: z.boolean().describe('Whether a second factor is on.'),
  locked: z.boolean().describe('Whether an administrator locked the account.'),
});

export const adminUsersResponse = z.strictObject({ users: z.array(adminUser), next });

export const adminUserResponse = z.strictObject({ user: adminUser, sessions: z.array(session), next });

export const auditResponse = z.strictObject({
  events: z.array(
    z.strictObject({
      id: z.string(),
      time,
      event: z.string(),
      user_id: z.int().nullable(),
      session_id: z.string().nullable(),
      reason: z.string().nullable(),
      ip: z.string(),
      user_agent: z.string(),
      request_id: z.string(),
      detail: z
        .record(z.string(), z.string().nullable())
        .nullable()
        .describe('What only this event has; `by` is the id of the administrator, null for the operator.'),
    }),
  ),
  next,
});

export const activityResponse = z.strictObject({
  events: z.array(
    z.strictObject({
      event: z.string(),
      time,
      ip: z.string(),
      user_agent: z.string(),
      session_id: z.string().optional(),
      reason: z.string().optional(),
    }),
  ),
  next,
});

export const providersResponse = z.strictObject({ providers: z.array(z.strictObject({ name: z.string() })) });

export const authorizationResponse = z.strictObject({
  authorization_url: z.string().describe('Where the browser goes next.'),
});

export const identitiesResponse = z.strictObject({
  identities: z.array(z.strictObject({ id: z.int(), provider: z.string(), linked_at: time })),
});

export const introspectionResponse = z.union([
  z.strictObject({ active: z.literal(false) }),
  z.strictObject({
    active: z.literal(true),
    sub: z.string(),
    jti: z.string(),
    sid: z.string(),
    iat: unixSeconds,
    exp: unixSeconds,
    iss: z.string(),
    aud: z.string(),
    token_type: z.string(),
    roles: z.array(z.string()).optional().describe('Absent where the user has none.'),
    amr: z
      .array(z.string())
      .optional()
      .describe('How the user logged in (RFC 8176); absent without a second factor.'),
  }),
]);

export const keySetResponse = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });

export const liveResponse = z.strictObject({ status: z.literal('ok') });

export const readyResponse = z.strictObject({
  status: z.enum(['ok', 'unavailable', 'shutting_down']),
  checks: z.record(z.string(), z.strictObject({ status: z.enum(['up', 'down']), ms: z.number() })),
});

export const documentResponse = z.looseObject({ openapi: z.string() });

export const problem = z.strictObject({
  type: z.string().describe('The page of this code.'),
  title: z.string(),
  status: z.int(),
  code: z.string().describe('The stable part, for programs.'),
  detail: z.string().describe('This case, and the next step.'),
  request_id: z.string(),
  errors: z.array(z.strictObject({ path: z.string(), message: z.string() })).optional(),
  server_time: z.int().optional().describe('The server’s clock, Unix time in ms.'),
  string_to_sign: z.string().optional().describe('What the server expects, with SIGNATURE_EXPLAIN=true.'),
  reason: z
    .enum(['roles_changed'])
    .optional()
    .describe('Why a token was revoked while its session goes on: a refresh gives a new one.'),
  mfa_token: z.string().optional().describe('For POST /auth/login/mfa.'),
  expires_in: seconds.optional(),
});
