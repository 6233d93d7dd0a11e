import { spawnSync } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { createClient } from 'redis';
import { aptInstall, findBinary } from './engines/programs.ts';
import { type Blueprint, type Engine, supervise } from './engines/supervise.ts';

/** A Redis server to use. */
export interface RedisServer {
  /** `redis://host:port` */
  url: string;
  /** Ends the server and removes its data, unless it was not started from here. */
  stop(): Promise<void>;
}

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

/** Paths of PEM files. */
export interface Certificate {
  cert: string;
  key: string;
}

export interface RedisEngine extends RedisServer, Engine {
  port: number;
  /** What it shows to clients, who must trust it as its own issuer. */
  tls?: Certificate;
}
export interface MariadbEngine extends MariadbServer, Engine {}

export interface EngineOptions {
  /** Port on 127.0.0.1; a free one by default. */
  port?: number;
  /** Existing folder for the data, which `stop()` keeps; by default a temporary one, which `stop()` removes. */
  dir?: string;
  /** More command-line options for the server; they win over the ones set here. */
  args?: string[];
}

export interface RedisOptions extends EngineOptions {
  password?: string;
  /** Speaks only TLS, with this certificate or one of its own. */
  tls?: true | Certificate;
  /** Runs as a Sentinel, with these lines for a configuration. */
  sentinel?: string[];
}

export interface Engines {
  redis: RedisServer | null;
  mariadb: MariadbServer | null;
  /** For each `null` why it is missing and how to get it, in full sentences. */
  missing: string[];
}

const REDIS_BINARIES = ['redis-server'];
const MARIADB_BINARIES = ['mariadbd', 'mysqld'];

const REDIS_SETTINGS = [
  ...['--save', '', '--appendonly', 'yes', '--appendfsync', 'everysec'],
  ...['--maxmemory-policy', 'noeviction'],
];

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
 * Starts a private Redis server on 127.0.0.1, with an append-only file that is synced every second.
 * @throws Error with the tail of its output when it does not come up
 */
export async function startRedis(options: RedisOptions = {}): Promise<RedisEngine> {
  const server = requireBinary(REDIS_BINARIES);
  const { port = await freePort(), args = [], password, sentinel } = options;
  const { dir, ...traces } = await home(options.dir);
  const tls = options.tls === true ? { cert: join(dir, 'cert.pem'), key: join(dir, 'key.pem') } : options.tls;
  const own = [
    '--bind',
    '127.0.0.1',
    '--protected-mode',
    'no',
    '--dir',
    dir,
    '--port',
    tls ? '0' : `${port}`,
  ];
  if (tls) own.push(...tlsSettings(port, tls));
  if (password) own.push('--requirepass', password);
  // A Sentinel keeps what it learns in its configuration file.
  const file = join(dir, 'sentinel.conf');
  if (sentinel) await writeFile(file, sentinel.join('\n'));
  const mode = sentinel ? [file, '--sentinel'] : REDIS_SETTINGS;
  const user = password ? `:${encodeURIComponent(password)}@` : '';
  const url = `${tls ? 'rediss' : 'redis'}://${user}127.0.0.1:${port}`;
  const engine = await supervise({
    name: 'Redis',
    prepare: options.tls === true && tls ? { argv: certificateFor(tls) } : undefined,
    argv: [server, ...mode, ...own, ...args],
    probe: pid => probeRedis(url, pid),
    ...traces,
  });
  return Object.assign(engine, { url, port, tls });
}

const tlsSettings = (port: number, { cert, key }: Certificate) => [
  ...['--tls-port', `${port}`, '--tls-cert-file', cert, '--tls-key-file', key, '--tls-ca-cert-file', cert],
  ...['--tls-auth-clients', 'no', '--tls-replication', 'yes', '--tls-cluster', 'yes'],
];

/** The command that makes a certificate for 127.0.0.1, signed by itself. */
const certificateFor = ({ cert, key }: Certificate) => [
  ...['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
  ...[
    '-keyout',
    key,
    '-out',
    cert,
    '-days',
    '1',
    '-subj',
    '/CN=redis',
    '-addext',
    'subjectAltName=IP:127.0.0.1',
  ],
];

/**
 * Starts a private MariaDB (or MySQL) server on 127.0.0.1, with the time zone +07:00.
 * @throws Error with the tail of its output when it does not come up
 */
export async function startMariadb(options: EngineOptions = {}): Promise<MariadbEngine> {
  const server = requireBinary(MARIADB_BINARIES);
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
    { name, variable, binaries, apt }: { name: string; variable: string; binaries: string[]; apt: string },
    { given, start, contain }: { given: () => Promise<T | null>; start(): Promise<T>; contain(): Promise<T> },
  ): Promise<T | null> {
    try {
      const server = await given();
      if (server) return server;
      if (!findBinary(binaries)) aptInstall(apt);
      if (findBinary(binaries)) return await start();
      if (spawnSync('docker', ['info'], { timeout: 10_000 }).status === 0) return await contain();
      throw new Error(
        `there is no ${binaries.join(' or ')}, and neither apt-get nor Docker could provide it`,
      );
    } catch (error) {
      const reason = error instanceof Error ? error.message : error;
      missing.push(
        `${name} is missing; install the package ${apt}, or set ${variable} to a server for tests. Reason: ${reason}`,
      );
      return null;
    }
  }

  const [redis, mariadb] = await Promise.all([
    find<RedisServer>(
      { name: 'Redis', variable: 'TEST_REDIS_URL', binaries: REDIS_BINARIES, apt: 'redis-server' },
      {
        given: async () => (url ? probeRedis(url).then(() => ({ url, stop })) : null),
        start: startRedis,
        contain: containRedis,
      },
    ),
    find<MariadbServer>(
      { name: 'MariaDB', variable: 'TEST_DB_HOST', binaries: MARIADB_BINARIES, apt: 'mariadb-server-core' },
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
  return [REDIS_BINARIES, MARIADB_BINARIES].every(findBinary);
}

function requireBinary(names: string[]): string {
  const path = findBinary(names);
  if (!path) throw new Error(`There is no ${names.join(' or ')} on this machine.`);
  return path;
}

/**
 * A port that is free now. It is not one the system picks, as those also go to outgoing connections, which
 * could take it while the server is down for a restart.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(10_000, 32_000);
    const server = createServer().listen(port, '127.0.0.1');
    try {
      await once(server, 'listening');
      server.close();
      await once(server, 'close');
      return port;
    } catch {
      // Taken: the next one.
    }
  }
}

type Traces = Pick<Blueprint, 'signal' | 'cleanup' | 'subject'>;

/** The data folder of a server and what to do to the server and the folder. */
async function home(kept?: string): Promise<Traces & { dir: string }> {
  const dir = kept ? resolve(kept) : await mkdtemp(join(tmpdir(), 'engine-'));
  return {
    dir,
    // The group, as a Redis server that rewrites its append-only file has a child.
    signal: (pid, signal) => process.kill(-pid, signal),
    // A server that is about to die may still add a file to the folder.
    cleanup: `kill -9 -$pid; ${kept ? '' : 'rm -rf "$1" || { sleep 1; rm -rf "$1"; }'}`,
    subject: dir,
  };
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

/** Resolves when Redis answers, with `pid` only when it does so from that process. */
async function probeRedis(url: string, pid?: number): Promise<void> {
  const socket = { reconnectStrategy: false, connectTimeout: 2000 } as const;
  const client = url.startsWith('rediss:')
    ? createClient({ url, socket: { ...socket, tls: true, rejectUnauthorized: false } })
    : createClient({ url, socket });
  client.on('error', () => {});
  try {
    await client.connect();
    const info = await client.info('server');
    if (pid && !info.includes(`process_id:${pid}\r`)) throw new Error('Another Redis server has the port.');
  } finally {
    if (client.isOpen) client.destroy();
  }
}

/** Resolves when the database server answers. */
async function probeMariadb({ host, port, user, password }: MariadbLogin): Promise<void> {
  const connection = await createConnection({ host, port, user, password, connectTimeout: 2000 });
  await connection.query('SELECT 1');
  await connection.end();
}

/** What runs an image in Docker with one of its ports on 127.0.0.1. */
function container(
  [port, inner]: [number, number],
  image: string[],
  environment: string[] = [],
): Traces & Pick<Blueprint, 'prepare' | 'argv'> {
  const name = `engine-${randomBytes(6).toString('hex')}`;
  const options = ['--name', name, '--publish', `127.0.0.1:${port}:${inner}`];
  for (const variable of environment) options.push('--env', variable);
  return {
    prepare: { argv: ['docker', 'create', ...options, ...image] },
    argv: ['docker', 'start', '--attach', name],
    signal: (_, signal) => spawnSync('docker', ['kill', '--signal', signal, name]),
    cleanup: 'docker rm -fv "$1"',
    subject: name,
  };
}

async function containRedis(): Promise<RedisServer> {
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  const image = ['redis:8', 'redis-server', '--protected-mode', 'no', ...REDIS_SETTINGS];
  const engine = await supervise({
    name: 'Redis in Docker',
    ...container([port, 6379], image),
    probe: () => probeRedis(url),
  });
  return Object.assign(engine, { url });
}

async function containMariadb(): Promise<MariadbEngine> {
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
