import type { TestProject } from 'vitest/node';
import type { MariadbLogin } from '../../scripts/engines/mariadb.ts';
import { natsMissing } from '../../scripts/engines/nats.ts';
import { CHROMIUM, install, MARIADB, NATS, NGINX, PHP, REDIS } from '../../scripts/engines/programs.ts';
import { findEngines } from '../../scripts/engines.ts';
import { phpMissing, samplesLeftOut } from '../support/languages.ts';
import { provideBuild } from './sharedBuild.ts';
import { keepTemporaryFilesInMemory } from './temporaryFiles.ts';

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
 * Starts or finds the servers once for the whole run and provides them as `inject('engines')`, and
 * {@link provideBuild one build}.
 * @throws Error in CI (`CI` is set) when a server or PHP is missing, as nothing may be left out there but
 *   what {@link samplesLeftOut} names
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const removeTemporaryFiles = keepTemporaryFilesInMemory();
  const { TEST_REDIS_URL, TEST_DB_HOST, CHROMIUM_PATH } = process.env;
  install(
    ...(TEST_REDIS_URL ? [] : [REDIS]),
    ...(TEST_DB_HOST ? [] : [MARIADB]),
    ...(CHROMIUM_PATH ? [] : [CHROMIUM]),
    ...[NATS, NGINX, PHP],
  );
  const { redis, mariadb, missing: missingStores } = await findEngines();
  const noNats = natsMissing();
  const missingServers = noNats ? [...missingStores, noNats] : missingStores;
  const noPhp = phpMissing();
  const missing = noPhp ? [...missingServers, noPhp] : missingServers;
  const stop = async () => {
    await Promise.all([redis?.stop(), mariadb?.stop()]);
    await removeTemporaryFiles();
  };
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
  const removeBuild = await provideBuild(project);

  return async () => {
    await Promise.all([stop(), removeBuild()]);
    const leftOut = [
      ...(missingServers.length > 0
        ? ['Left out: every suite and every part of a suite that runs on the real servers.']
        : []),
      ...(noPhp ? ['Left out: the php sample of docs/signing.md.'] : []),
      ...samplesLeftOut(),
    ];
    if (leftOut.length === 0) return;
    const bar = '!'.repeat(80);
    console.error([bar, 'NOT EVERYTHING WAS TESTED', ...missing, ...leftOut, bar].join('\n'));
  };
}
