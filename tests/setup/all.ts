import type { TestProject } from 'vitest/node';
import type { MariadbLogin } from '../../scripts/engines/mariadb.ts';
import { natsMissing } from '../../scripts/engines/nats.ts';
import { findEngines } from '../../scripts/engines.ts';

/** The servers to test on, `null` where there is none and the suites that need it skip themselves. */
export interface TestEngines {
  redisUrl: string | null;
  mariadb: MariadbLogin | null;
  /** Whether suites can start a nats-server. */
  hasNats?: boolean;
  /** True where suites start no servers of their own. */
  isQuick?: boolean;
}

declare module 'vitest' {
  export interface ProvidedContext {
    engines: TestEngines;
  }
}

/**
 * Starts or finds the servers once for the whole run and provides them as `inject('engines')`.
 * @throws Error in CI (`CI` is set) when a server is missing, as nothing may be left out there
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { redis, mariadb, missing: missingStores } = await findEngines();
  const noNats = natsMissing();
  const missing = noNats ? [...missingStores, noNats] : missingStores;
  const stop = () => Promise.all([redis?.stop(), mariadb?.stop()]);
  if (missing.length > 0 && process.env.CI) {
    await stop();
    throw new Error(missing.join('\n'));
  }
  // Only data can be handed to the test processes, not the whole server with its functions.
  const login = ({ host, port, user, password }: MariadbLogin) => ({ host, port, user, password });
  project.provide('engines', {
    redisUrl: redis?.url ?? null,
    mariadb: mariadb && login(mariadb),
    hasNats: !noNats,
  });

  return async () => {
    await stop();
    if (missing.length === 0) return;
    const bar = '!'.repeat(80);
    const leftOut = 'Left out: every suite and every part of a suite that runs on the real servers.';
    console.error([bar, 'NOT EVERYTHING WAS TESTED', ...missing, leftOut, bar].join('\n'));
  };
}
