/** Thrown when work did not settle in time; the work itself may still happen. */
export class DeadlineError extends Error {
  constructor(ms: number) {
    super(`no answer within ${Math.round(ms)} ms`);
    this.name = 'DeadlineError';
  }
}

/**
 * Settles as `work` does, or rejects after `ms` milliseconds; a late rejection of `work` is swallowed.
 * @throws {DeadlineError}
 */
export function withDeadline<T>(work: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new DeadlineError(ms)), ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
