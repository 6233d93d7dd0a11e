/** What a check of a dependency found. */
export interface Health {
  status: 'up' | 'down';
  /** How long the check took. */
  ms: number;
}

/** How long a result is shared. */
const SHARED_MS = 1000;

/**
 * Checks a dependency at most once at a time and once a second, and shares the result. So no number of health requests
 * keeps a store busy.
 * @param check rejects when the dependency does not answer
 */
export function shareCheck(check: () => Promise<unknown>): () => Promise<Health> {
  let latest: Promise<Health> | undefined;
  let outdatedAt = Number.POSITIVE_INFINITY;

  async function run(): Promise<Health> {
    const startedAt = performance.now();
    const status = await check().then(
      () => 'up' as const,
      () => 'down' as const,
    );
    outdatedAt = performance.now() + SHARED_MS;
    return { status, ms: Math.round(performance.now() - startedAt) };
  }

  return () => {
    if (latest === undefined || performance.now() >= outdatedAt) {
      outdatedAt = Number.POSITIVE_INFINITY;
      latest = run();
    }
    return latest;
  };
}
