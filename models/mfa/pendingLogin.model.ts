import * as z from 'zod';
import type { OneTimeStore } from '../oneTime/oneTime.store.ts';

/** How long the second step of a login may take. */
export const PENDING_LOGIN_TTL_MS = 300_000;

export const pendingLoginSchema = z.object({
  userId: z.int(),
  deviceName: z.string().nullable(),
  /** Of the password hash and the second factor at the time: when either changes, the login is void. */
  fingerprint: z.string(),
  /** The identity at an OpenID Provider that the user logged in with; null for a password. */
  identity: z.object({ id: z.int(), provider: z.string() }).nullable().default(null),
  /** Ms since 1970. */
  expiresAt: z.int(),
});

/** A login with the right password or identity that lacks its second factor. */
export type PendingLogin = z.infer<typeof pendingLoginSchema>;

/** Keeps pending logins by the hash of their `mfa_token`. */
export type PendingLoginStore = OneTimeStore<PendingLogin>;
