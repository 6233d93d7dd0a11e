import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Redis } from '../../stores/redis/redis.ts';

/** How long the second step of a login may take. */
export const PENDING_LOGIN_TTL_MS = 300_000;

const pendingLogin = z.object({
  userId: z.int(),
  deviceName: z.string().nullable(),
  /** Of the password hash and the second factor at the time: when either changes, the login is void. */
  fingerprint: z.string(),
});

/** A login with the right password that lacks its second factor. */
export type PendingLogin = z.infer<typeof pendingLogin>;

/** Keeps pending logins for {@link PENDING_LOGIN_TTL_MS}. All methods throw `store_unavailable`. */
export interface PendingLoginStore {
  put(id: string, login: PendingLogin): Promise<void>;
  get(id: string): Promise<PendingLogin | null>;
  /** Takes it away; true for one caller only. */
  take(id: string): Promise<boolean>;
}

export function createRedisPendingLoginStore(redis: Redis): PendingLoginStore {
  const keyOf = (id: string) => `mfa_token:${id}`;
  const ttl = String(PENDING_LOGIN_TTL_MS);
  return {
    async put(id, login) {
      const key = keyOf(id);
      await redis.run(key, ['SET', key, JSON.stringify(login), 'PX', ttl]);
    },
    async get(id) {
      const key = keyOf(id);
      const text = z
        .string()
        .nullable()
        .parse(await redis.run(key, ['GET', key]));
      return text === null ? null : pendingLogin.parse(JSON.parse(text));
    },
    async take(id) {
      const key = keyOf(id);
      return (await redis.run(key, ['DEL', key])) === 1;
    },
  };
}

/**
 * The in-process twin.
 * @param now Unix time in milliseconds
 */
export function createMemoryPendingLoginStore(now: () => number): PendingLoginStore {
  const logins = new Map<string, { login: PendingLogin; expiresAt: number }>();

  function forgetExpired(): void {
    for (const [id, { expiresAt }] of logins) {
      if (expiresAt > now()) break;
      logins.delete(id);
    }
  }

  return {
    async put(id, login) {
      forgetExpired();
      logins.set(id, { login, expiresAt: now() + PENDING_LOGIN_TTL_MS });
    },
    async get(id) {
      forgetExpired();
      return logins.get(id)?.login ?? null;
    },
    async take(id) {
      forgetExpired();
      return logins.delete(id);
    },
  };
}

/** An `mfa_token`: 256 random bits, and the id under which it is kept, which does not give it away. */
export function newMfaToken(): { token: string; id: string } {
  const token = randomBytes(32).toString('base64url');
  return { token, id: idOfMfaToken(token) };
}

export function idOfMfaToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
