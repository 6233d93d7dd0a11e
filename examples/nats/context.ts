import { createHash } from 'node:crypto';
import jwt from 'jsonwebtoken';

/** Who calls, as the gateway tells it to services. */
export interface UserContext {
  userId: number;
  sessionId: string;
}

/** The NATS header with the context. */
export const CONTEXT_HEADER = 'Auth-Context';
const LIFETIME_S = 30;

/** A refusal, with a code and status of the API's error table. */
export class ContextError extends Error {
  readonly code: 'token_missing' | 'token_invalid';
  readonly status = 401;

  constructor(code: ContextError['code']) {
    super(code);
    this.code = code;
  }
}

const hashOf = (payload: string) => createHash('sha256').update(payload).digest('base64url');

/** A context that is good for 30 s, and only for this subject and payload. */
export function signContext(
  secret: string,
  { userId, sessionId }: UserContext,
  subject: string,
  payload: string,
): string {
  const claims = { sid: sessionId, payload_sha256: hashOf(payload) };
  return jwt.sign(claims, secret, {
    algorithm: 'HS256',
    subject: String(userId),
    audience: subject,
    expiresIn: LIFETIME_S,
  });
}

/**
 * Checks the context of a message.
 * @throws {ContextError} `token_missing` without a context; `token_invalid` for one that the gateway did not make for
 *   this message, or that is too old
 */
export function readContext(secret: string, context: string, subject: string, payload: string): UserContext {
  if (context === '') throw new ContextError('token_missing');
  try {
    const options = { algorithms: ['HS256' as const], audience: subject, maxAge: LIFETIME_S };
    const { sub = '', sid, payload_sha256, exp } = jwt.verify(context, secret, options) as jwt.JwtPayload;
    if (exp && payload_sha256 === hashOf(payload) && /^[1-9]\d*$/.test(sub) && typeof sid === 'string')
      return { userId: Number(sub), sessionId: sid };
  } catch {} // says nothing of the reason
  throw new ContextError('token_invalid');
}
