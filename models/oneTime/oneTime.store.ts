import { createHash, randomBytes } from 'node:crypto';

/** What is kept for one use. */
export interface Expiring {
  /** Ms since 1970. */
  expiresAt: number;
}

/** Keeps entries until they are taken or expire. All methods throw {@link StoreError}. */
export interface OneTimeStore<T extends Expiring> {
  put(id: string, entry: T): Promise<void>;
  /** Removes it and returns it, to one caller only; null where there is none. */
  take(id: string): Promise<T | null>;
}

/** A token of 256 random bits. */
export function newOneTimeToken(): string {
  return randomBytes(32).toString('base64url');
}

/** The id under which the entry of a token is kept. It does not reveal the token. */
export function idOfOneTimeToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
