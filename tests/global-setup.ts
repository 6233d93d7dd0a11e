import type { TestProject } from 'vitest/node';
import { findEngines, type MariadbLogin } from '../scripts/engines.ts';

/** The servers to test on, `null` where there is none and the suites that need it skip themselves. */
export interface TestEngines {
  redisUrl: string | null;
  mariadb: MariadbLogin | null;
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
  const { redis, mariadb, missing } = await findEngines();
  const stop = () => Promise.all([redis?.stop(), mariadb?.stop()]);
  if (missing.length > 0 && process.env.CI) {
    await stop();
    throw new Error(missing.join('\n'));
  }
  let login: MariadbLogin | null = null;
  if (mariadb) {
    const { host, port, user, password } = mariadb;
    login = { host, port, user, password };
  }
  project.provide('engines', { redisUrl: redis?.url ?? null, mariadb: login });

  return async () => {
    await stop();
    if (missing.length === 0) return;
    const leftOut = project.vitest.state
      .getTestModules()
      .filter(module => module.children.allTests('skipped').next().value)
      .map(module => `  ${module.relativeModuleId}`);
    const bar = '!'.repeat(80);
    console.error(
      [bar, 'NOT EVERYTHING WAS TESTED', ...missing, 'Left out, in part or whole:', ...leftOut, bar].join(
        '\n',
      ),
    );
  };
}
