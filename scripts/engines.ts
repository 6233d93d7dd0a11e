// `npm run engines`: a private Redis and MariaDB to develop with. The tests start theirs from here, too.
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createConnection } from 'mysql2/promise';
import { containMariadb, type MariadbServer, probeMariadb, startMariadb } from './engines/mariadb.ts';
import { findBinary, type Installable, install, MARIADB, REDIS } from './engines/programs.ts';
import { containRedis, probeRedis, type RedisServer, startRedis } from './engines/redis.ts';

export interface Engines {
  redis: RedisServer | null;
  mariadb: MariadbServer | null;
  /** Why a server is missing and how to get it, in full sentences. */
  missing: string[];
}

/**
 * Finds the two servers, each independently of the other: the one that the environment names (TEST_REDIS_URL;
 * TEST_DB_HOST with TEST_DB_PORT, TEST_DB_USER and TEST_DB_PASSWORD), which is never started or stopped; else
 * a private one from this machine's programs; else from programs that apt-get installs, where that needs no
 * password; else from Docker.
 */
export async function findEngines(environment: NodeJS.ProcessEnv = process.env): Promise<Engines> {
  const { TEST_REDIS_URL: url, TEST_DB_HOST: host, TEST_DB_PORT: port = 3306 } = environment;
  const { TEST_DB_USER: user = 'root', TEST_DB_PASSWORD: password = '' } = environment;
  const login = host ? { host, port: Number(port), user, password } : null;
  const stop = async () => {};
  const missing: string[] = [];

  async function find<T>(
    { name, variable, program }: { name: string; variable: string; program: Installable },
    { given, start, contain }: { given: () => Promise<T | null>; start(): Promise<T>; contain(): Promise<T> },
  ): Promise<T | null> {
    try {
      const server = await given();
      if (server) return server;
      const { binaries } = program;
      install(program);
      if (findBinary(binaries)) return await start();
      if (spawnSync('docker', ['info'], { timeout: 10_000 }).status === 0) return await contain();
      throw new Error(
        `there is no ${binaries.join(' or ')}, and neither apt-get nor Docker could provide it`,
      );
    } catch (error) {
      const reason = error instanceof Error ? error.message : error;
      missing.push(
        `${name} is missing; install the package ${program.packages.join(' or ')}, or set ${variable} to a server for tests. Reason: ${reason}`,
      );
      return null;
    }
  }

  const [redis, mariadb] = await Promise.all([
    find<RedisServer>(
      { name: 'Redis', variable: 'TEST_REDIS_URL', program: REDIS },
      {
        given: async () => (url ? probeRedis(url).then(() => ({ url, stop })) : null),
        start: startRedis,
        contain: containRedis,
      },
    ),
    find<MariadbServer>(
      { name: 'MariaDB', variable: 'TEST_DB_HOST', program: MARIADB },
      {
        given: async () => (login ? probeMariadb(login).then(() => ({ ...login, stop })) : null),
        start: startMariadb,
        contain: containMariadb,
      },
    ),
  ]);
  return { redis, mariadb, missing };
}

/** Whether this machine has the programs of both servers. */
export function hasBinaries(): boolean {
  return [REDIS, MARIADB].every(({ binaries }) => findBinary(binaries));
}

/** Starts a private pair with the tables in it, prints how to reach it and keeps it until a signal comes. */
async function main(): Promise<void> {
  const { redis, mariadb, missing } = await findEngines({});
  if (redis && mariadb) {
    const { host, port, user, password } = mariadb;
    const schema = new URL('../schema.sql', import.meta.url);
    const connection = await createConnection({ host, port, user, password, multipleStatements: true });
    await connection.query('CREATE DATABASE api_test; USE api_test');
    if (existsSync(schema)) await connection.query(readFileSync(schema, 'utf8'));
    await connection.end();
    const lines = {
      REDIS_URL: redis.url,
      DB_HOST: host,
      DB_PORT: port,
      DB_USER: user,
      DB_PASSWORD: password,
    };
    for (const [name, value] of Object.entries({ ...lines, DB_NAME: 'api_test' }))
      console.log(`${name}=${value}`);
    console.error('\nThese lines go into .env. Ctrl-C stops both servers and removes their data.');
    await Promise.race(['SIGINT', 'SIGTERM'].map(signal => once(process, signal)));
  } else {
    console.error(missing.join('\n'));
    process.exitCode = 1;
  }
  await Promise.all([redis?.stop(), mariadb?.stop()]);
}

if (process.argv[1] === import.meta.filename) await main();
