import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';

/** How long the second step of a login may take. */
export const PENDING_LOGIN_TTL_MS = 300_000;

export const pendingLoginSchema = z.object({
  userId: z.int(),
  deviceName: z.string().nullable(),
  /** Of the password hash and the second factor at the time: when either changes, the login is void. */
  fingerprint: z.string(),
  /** Ms since 1970. */
  expiresAt: z.int(),
});

/** A login with the right password that lacks its second factor. */
export type PendingLogin = z.infer<typeof pendingLoginSchema>;

/** Keeps pending logins until they expire. All methods throw {@link StoreError}. */
export interface PendingLoginStore {
  put(id: string, login: PendingLogin): Promise<void>;
  /** Removes it and returns it, to one caller only; null where there is none. */
  take(id: string): Promise<PendingLogin | null>;
}

/** An `mfa_token`: 256 random bits, and the id under which it is kept. The id does not reveal the token. */
export function newMfaToken(): { token: string; id: string } {
  const token = randomBytes(32).toString('base64url');
  return { token, id: idOfMfaToken(token) };
}

export function idOfMfaToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
