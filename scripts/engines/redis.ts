import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RedisClient } from 'redis';
import { container, type EngineOptions, freePort, home } from './places.ts';
import { REDIS, requireBinary } from './programs.ts';
import { type Engine, supervise } from './supervise.ts';

/** A Redis server to use. */
export interface RedisServer {
  /** `redis://host:port` */
  url: string;
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

export interface RedisOptions extends EngineOptions {
  password?: string;
  /** Speaks only TLS, with this certificate or one of its own. */
  tls?: true | Certificate;
  /** Runs as a Sentinel, with these lines for a configuration. */
  sentinel?: string[];
}

/** Makes a client. `createClient` would build a class with all commands for each one. */
export const newRedisClient = RedisClient.factory();

const REDIS_SETTINGS = [
  ...['--save', '', '--appendonly', 'yes', '--appendfsync', 'everysec'],
  ...['--maxmemory-policy', 'noeviction'],
];

/**
 * Starts a private Redis server on 127.0.0.1, with an append-only file that is synced every second.
 * @throws Error with the tail of its output when it does not come up
 */
export async function startRedis(options: RedisOptions = {}): Promise<RedisEngine> {
  const server = requireBinary(REDIS.binaries);
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

/** Starts Redis in Docker. */
export async function containRedis(): Promise<RedisServer> {
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

/** Resolves when Redis answers, with `pid` only when it does so from that process. */
export async function probeRedis(url: string, pid?: number): Promise<void> {
  const socket = { reconnectStrategy: false, connectTimeout: 2000 } as const;
  const client = url.startsWith('rediss:')
    ? newRedisClient({ url, socket: { ...socket, tls: true, rejectUnauthorized: false } })
    : newRedisClient({ url, socket });
  client.on('error', () => {});
  try {
    await client.connect();
    const info = await client.info();
    if (info.includes('loading:1')) throw new Error('Redis is loading its data.');
    if (pid && !info.includes(`process_id:${pid}\r`)) throw new Error('Another Redis server has the port.');
  } finally {
    if (client.isOpen) client.destroy();
  }
}
