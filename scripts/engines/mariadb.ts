import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { container, type EngineOptions, freePort, home } from './places.ts';
import { MARIADB, requireBinary } from './programs.ts';
import { type Engine, supervise } from './supervise.ts';

/** What to log in to MariaDB or MySQL with, as a user that may create databases. */
export interface MariadbLogin {
  host: string;
  port: number;
  user: string;
  password: string;
}

/** A MariaDB or MySQL server to use. */
export interface MariadbServer extends MariadbLogin {
  /** Ends the server and removes its data, unless it was not started from here. */
  stop(): Promise<void>;
}

export interface MariadbEngine extends MariadbServer, Engine {}

const MARIADB_SETTINGS = [
  // Far from UTC, so that nothing works only because the server's clock happens to show UTC.
  '--default-time-zone=+07:00',
  '--character-set-server=utf8mb4',
  '--collation-server=utf8mb4_unicode_ci',
  '--skip-name-resolve',
  '--skip-log-bin',
  '--performance-schema=OFF',
  '--innodb-buffer-pool-size=64M',
  '--loose-innodb-log-file-size=16M',
  '--innodb-flush-log-at-trx-commit=2',
];

/**
 * Starts a private MariaDB (or MySQL) server on 127.0.0.1, with the time zone +07:00.
 * @throws Error with the tail of its output when it does not come up
 */
export async function startMariadb(options: EngineOptions = {}): Promise<MariadbEngine> {
  const server = requireBinary(MARIADB.binaries);
  const setUp = installation(server);
  const { port = await freePort(), args = [] } = options;
  const { dir, ...traces } = await home(options.dir);
  const login = newLogin(port);
  const data = join(dir, 'data');
  const initFile = join(dir, 'init.sql');
  const fresh = !existsSync(data);
  await mkdir(data, { recursive: true });
  await writeFile(
    initFile,
    `CREATE USER IF NOT EXISTS 'root'@'127.0.0.1';
ALTER USER 'root'@'127.0.0.1' IDENTIFIED BY '${login.password}';
GRANT ALL ON *.* TO 'root'@'127.0.0.1' WITH GRANT OPTION;
`,
  );
  // A server that starts sweeps its folder for temporary tables, those of others in a shared one included.
  const common = [server, '--no-defaults', `--datadir=${data}`, `--tmpdir=${dir}`, ...MARIADB_SETTINGS];
  if (process.getuid?.() === 0) common.push('--user=root');
  // A relative socket path starts at the data folder and can't exceed the 107 bytes that such a path may have.
  const own = ['--bind-address=127.0.0.1', `--port=${port}`, '--socket=socket', `--init-file=${initFile}`];
  const engine = await supervise({
    name: 'MariaDB',
    prepare: fresh ? { argv: [...common, setUp.option], input: setUp.input } : undefined,
    argv: [...common, ...own, '--loose-mysqlx=OFF', ...args],
    probe: () => probeMariadb(login),
    ...traces,
  });
  return Object.assign(engine, login);
}

/** Starts MariaDB in Docker. */
export async function containMariadb(): Promise<MariadbEngine> {
  const login = newLogin(await freePort());
  const engine = await supervise({
    name: 'MariaDB in Docker',
    ...container(
      [login.port, 3306],
      ['mariadb:11', ...MARIADB_SETTINGS],
      [`MARIADB_ROOT_PASSWORD=${login.password}`],
    ),
    probe: () => probeMariadb(login),
  });
  return Object.assign(engine, login);
}

/** How to fill an empty data folder, without the helper programs that a bare server package lacks. */
function installation(server: string): { option: string; input?: string } {
  const version = spawnSync(server, ['--version'], { encoding: 'utf8' }).stdout;
  if (!version.includes('MariaDB')) return { option: '--initialize-insecure' };
  const share = join(dirname(realpathSync(server)), '..', 'share');
  const scripts = ['mysql', 'mariadb', '.']
    .flatMap(folder => ['mariadb', 'mysql'].map(prefix => join(share, folder, `${prefix}_system_tables`)))
    .find(path => existsSync(`${path}.sql`));
  if (!scripts) throw new Error(`The scripts for MariaDB's system tables are not below ${share}.`);
  const sql = [`${scripts}.sql`, `${scripts}_data.sql`].map(path => readFileSync(path, 'utf8'));
  return { option: '--bootstrap', input: ['CREATE DATABASE mysql;', 'USE mysql;', ...sql].join('\n') };
}

const newLogin = (port: number): MariadbLogin => ({
  host: '127.0.0.1',
  port,
  user: 'root',
  password: randomBytes(12).toString('hex'),
});

/** Resolves when the database server answers. */
export async function probeMariadb({ host, port, user, password }: MariadbLogin): Promise<void> {
  const connection = await createConnection({ host, port, user, password, connectTimeout: 2000 });
  await connection.query('SELECT 1');
  await connection.end();
}
