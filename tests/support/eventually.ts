import { vi } from 'vitest';

/** Calls it until it no longer throws, and returns what it gave then. For a value to compare there is `expect.poll`. */
export const eventually = <T>(ask: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(ask, { interval: 10, timeout: 60_000 });
