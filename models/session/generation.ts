import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError } from '../../errors.ts';

const TRIES = 3;
const PAUSE_MS = 100;

/**
 * The time between two moments at which all sessions of a user ended. A login that has read the password in one
 * generation cannot start a session in the next. While logins are blocked, no session can start.
 */
export type Generation = string;

/** A generation and when it was read (ms since 1970). */
export interface GenerationReading {
  generation: Generation;
  readAt: number;
}

/** The lifetime of a generation's name, and the longest time that logins stay blocked. */
export const GENERATION_TTL_MS = 60_000;

/** The current generation where none has begun for {@link GENERATION_TTL_MS}. */
export const UNNAMED_GENERATION: Generation = '';

/**
 * Tries again while the user's generation changes during the attempt.
 * @param attempt resolves with null when its generation has passed or when logins are blocked
 * @throws {StoreError} and what `attempt` throws
 */
export async function retryOnStaleGeneration<T>(attempt: () => Promise<T | null>): Promise<T> {
  for (let tries = 0; tries < TRIES; tries++) {
    const result = await attempt();
    if (result) return result;
    await sleep(PAUSE_MS);
  }
  throw new ApiError('store_unavailable', {
    detail:
      'The password or the roles of this account are being changed at this moment. Try again after Retry-After.',
  });
}
