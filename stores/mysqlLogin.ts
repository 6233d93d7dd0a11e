import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { connect, isIP } from 'node:net';
import type { ConnectionOptions } from 'mysql2/promise';
import type { Env } from '../config/env.ts';

export type MysqlLogin = Pick<
  Env,
  'DB_HOST' | 'DB_PORT' | 'DB_SOCKET' | 'DB_USER' | 'DB_PASSWORD' | 'DB_NAME' | 'DB_TLS' | 'DB_TLS_CA'
>;

/** The address of MySQL for messages: `host:port` or the socket's path. */
export function mysqlAddress(env: Pick<Env, 'DB_HOST' | 'DB_PORT' | 'DB_SOCKET'>): string {
  return env.DB_SOCKET ?? `${env.DB_HOST}:${env.DB_PORT}`;
}

/**
 * The connection options for the pool and for `db:setup`.
 * @throws {Error} when DB_TLS_CA is no readable PEM file
 */
export function mysqlOptions(env: MysqlLogin): ConnectionOptions & { database: string } {
  const { DB_HOST: host = '', DB_PORT: port } = env;
  const ssl = {
    minVersion: 'TLSv1.2',
    verifyIdentity: true,
    ...(env.DB_TLS_CA && { ca: readCertificates(env.DB_TLS_CA) }),
  };
  return {
    ...(env.DB_SOCKET ? { socketPath: env.DB_SOCKET } : { host, port, keepAliveInitialDelay: 10_000 }),
    ...(env.DB_TLS && { ssl }),
    // mysql2 gives TLS no server name for an IP address, so Node would look for "localhost" in the certificate.
    ...(env.DB_TLS && isIP(host) && { stream: () => Object.assign(connect(port, host), { _host: host }) }),
    user: env.DB_USER,
    password: env.DB_PASSWORD,
    database: env.DB_NAME,
    charset: 'utf8mb4',
    dateStrings: true,
  };
}

/** Node reads a file without certificates as an empty list, and then trusts no server. */
function readCertificates(path: string): string {
  try {
    const pem = readFileSync(path, 'utf8');
    new X509Certificate(pem);
    return pem;
  } catch (error) {
    throw new Error(`DB_TLS_CA: ${path} is not a PEM file of certificates (${(error as Error).message})`);
  }
}
