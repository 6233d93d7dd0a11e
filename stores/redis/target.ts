import { readFileSync } from 'node:fs';
import { type Env, redisForm } from '../../config/env.ts';

/** `host:port`, an IPv6 host in brackets. */
export type Address = string;

/** How to log in to a server. */
export interface Login {
  username?: string;
  password?: string;
  database?: number;
  /** With the certificates to trust, where those are not the system's. */
  tls?: { ca?: string };
}

/** Where Redis is, in one of its three forms. */
export type RedisTarget = { login: Login } & (
  | { form: 'single'; address: Address }
  | { form: 'cluster'; seeds: Address[] }
  | { form: 'sentinel'; sentinels: Address[]; master: string; sentinelLogin: Login }
);

export type RedisSettings = Partial<{
  [Name in keyof Env as Name extends `REDIS_${string}` ? Name : never]: Env[Name];
}>;

/**
 * What the settings say of Redis, null where they name none.
 * @throws {Error} with one line when REDIS_TLS_CA cannot be read
 */
export function redisTarget(env: RedisSettings): RedisTarget | null {
  const encrypted = env.REDIS_TLS || env.REDIS_URL?.startsWith('rediss:');
  const tls = encrypted ? { ca: readCa(env.REDIS_TLS_CA) } : undefined;
  const login = { username: env.REDIS_USERNAME, password: env.REDIS_PASSWORD, tls };
  switch (redisForm(env)) {
    case 'single':
      return singleTarget(env.REDIS_URL ?? '', login);
    case 'cluster':
      return { form: 'cluster', seeds: env.REDIS_CLUSTER_NODES ?? [], login };
    case 'sentinel': {
      const sentinelLogin = { password: env.REDIS_SENTINEL_PASSWORD, tls };
      const [sentinels, master] = [env.REDIS_SENTINELS ?? [], env.REDIS_SENTINEL_NAME ?? ''];
      return { form: 'sentinel', sentinels, master, login, sentinelLogin };
    }
    default:
      return null;
  }
}

/** The server that a `redis://` URL names; what it does not say of the login is as given. */
export function singleTarget(url: string, login: Login = {}): RedisTarget {
  const { hostname, port, username, password, pathname } = new URL(url);
  return {
    form: 'single',
    address: `${hostname}:${port || 6379}`,
    login: {
      ...login,
      username: decodeURIComponent(username) || login.username,
      password: decodeURIComponent(password) || login.password,
      database: Number(pathname.slice(1)),
    },
  };
}

function readCa(path: string | undefined): string | undefined {
  try {
    return path && readFileSync(path, 'utf8');
  } catch (error) {
    throw new Error(`REDIS_TLS_CA ${path} cannot be read: ${(error as NodeJS.ErrnoException).code}`);
  }
}

/** Redis in words, without credentials: "Redis at host:port". Empty where the settings name none. */
export function redisName(env: RedisSettings): string {
  switch (redisForm(env)) {
    case 'single':
      return `Redis at ${new URL(env.REDIS_URL ?? '').host}`;
    case 'cluster':
      return `Redis Cluster at ${env.REDIS_CLUSTER_NODES?.join(', ')}`;
    case 'sentinel':
      return `Redis "${env.REDIS_SENTINEL_NAME}" of the Sentinels at ${env.REDIS_SENTINELS?.join(', ')}`;
    default:
      return '';
  }
}
