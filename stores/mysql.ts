import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { connect, isIP, type Socket } from 'node:net';
import mysql, { type PoolConnection, type ResultSetHeader, type RowDataPacket } from 'mysql2/promise';
import type { Env } from '../config/env.ts';
import { withDeadline } from '../deadline.ts';
import type { Timed } from '../telemetry/metrics.ts';
import {
  type Database,
  DatabaseError,
  DuplicateEntryError,
  type Row,
  type SqlValue,
  UnstorableTextError,
} from './db.ts';

type MysqlLogin = Pick<
  Env,
  'DB_HOST' | 'DB_PORT' | 'DB_SOCKET' | 'DB_USER' | 'DB_PASSWORD' | 'DB_NAME' | 'DB_TLS' | 'DB_TLS_CA'
>;
type MysqlEnv = MysqlLogin & Pick<Env, 'DB_POOL_SIZE' | 'DB_TIMEOUT_MS'>;

/** Where MySQL is, for people: `host:port` or the socket's path. */
export function mysqlAddress(env: Pick<Env, 'DB_HOST' | 'DB_PORT' | 'DB_SOCKET'>): string {
  return env.DB_SOCKET ?? `${env.DB_HOST}:${env.DB_PORT}`;
}

/**
 * How the project connects to MySQL or MariaDB, for the pool and for `db:setup`.
 * @throws {Error} when DB_TLS_CA is no readable PEM file
 */
export function mysqlOptions(env: MysqlLogin): mysql.ConnectionOptions & { database: string } {
  const { DB_HOST: host = '', DB_PORT: port } = env;
  const ssl = {
    minVersion: 'TLSv1.2',
    verifyIdentity: true,
    ...(env.DB_TLS_CA && { ca: readCertificates(env.DB_TLS_CA) }),
  };
  return {
    ...(env.DB_SOCKET ? { socketPath: env.DB_SOCKET } : { host, port, keepAliveInitialDelay: 10_000 }),
    ...(env.DB_TLS && { ssl }),
    // mysql2 gives TLS no name for an address, and Node would look for "localhost" in the certificate.
    ...(env.DB_TLS && isIP(host) && { stream: () => Object.assign(connect(port, host), { _host: host }) }),
    user: env.DB_USER,
    password: env.DB_PASSWORD,
    database: env.DB_NAME,
    charset: 'utf8mb4',
    dateStrings: true,
  };
}

/** Node takes a file without certificates for an empty list of authorities, and then trusts nobody. */
function readCertificates(path: string): string {
  try {
    const pem = readFileSync(path, 'utf8');
    new X509Certificate(pem);
    return pem;
  } catch (error) {
    throw new Error(`DB_TLS_CA: ${path} is not a PEM file of certificates (${(error as Error).message})`);
  }
}

// TIMESTAMP columns are read in the session's time zone, whatever the driver is told.
const UTC = "SET time_zone = '+00:00'";

/**
 * Beside the time zone, an end to statements for which nobody waits any more. It comes a little before the deadline
 * here, because a statement that the server has refused is known to have changed nothing. The comments are code: the
 * first for MariaDB, the second for MySQL, which limits only what reads.
 */
function sessionSettings(timeoutMs: number): string {
  const limitMs = Math.ceil(timeoutMs * 0.9);
  const seconds = Math.max(1, Math.floor(limitMs / 1000));
  return `${UTC}, innodb_lock_wait_timeout = ${seconds}, lock_wait_timeout = ${seconds}
    /*M! , max_statement_time = ${limitMs / 1000} */ /*!50708 , max_execution_time = ${limitMs} */`;
}

/** What says of a connection, not of a statement, that it is good for nothing: it may be to a server that was demoted. */
const outlived = new Set([
  'ER_OPTION_PREVENTS_STATEMENT', // --read-only
  'ER_READ_ONLY_MODE',
  'ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION',
  'ER_UNKNOWN_STMT_HANDLER',
]);
/** How often at most all connections are made anew: a server may also be read-only for long. */
const RENEWAL_INTERVAL_MS = 1000;

/**
 * A MySQL pool in which acquiring and answering together have DB_TIMEOUT_MS. After a connection that failed, those
 * from before are not used again either: the host may lead to another server by now.
 */
export function openMysql(env: MysqlEnv, timed: Timed = work => work()): Database {
  const pool = mysql.createPool({
    ...mysqlOptions(env),
    connectionLimit: env.DB_POOL_SIZE,
    queueLimit: env.DB_POOL_SIZE * 100,
    // Half, so that who waits behind an attempt that is stuck has time for another one.
    connectTimeout: Math.ceil(env.DB_TIMEOUT_MS / 2),
  });
  let open = 0;
  let inUse = 0;
  let waiting = 0;
  const openedAt = new WeakMap<object, number>();
  let renewedAt = Number.NEGATIVE_INFINITY;
  let settings = sessionSettings(env.DB_TIMEOUT_MS);

  pool.pool.on('connection', connection => {
    open++;
    (connection as unknown as { stream: Socket }).stream.once('close', () => open--);
    openedAt.set(connection, performance.now());
    connection.on('error', () => {}); // told to who waits for an answer, and a second one to nobody
    connection.query(settings, error => {
      if (!error) return;
      // What is no MySQL to the letter may know less; then the deadline here is the only one.
      if (error.code === 'ER_UNKNOWN_SYSTEM_VARIABLE') settings = UTC;
      connection.destroy();
    });
  });

  function isOutlived({ connection }: PoolConnection): boolean {
    return (openedAt.get(connection) ?? 0) < renewedAt;
  }

  async function acquire(giveUpAt: number): Promise<PoolConnection> {
    for (;;) {
      waiting++;
      const pending = pool.getConnection().finally(() => waiting--);
      let connection: PoolConnection;
      try {
        connection = await withDeadline(pending, giveUpAt - performance.now());
      } catch (error) {
        pending.then(
          late => late.release(),
          () => {},
        );
        throw error;
      }
      if (!isOutlived(connection)) return connection;
      discard(connection);
    }
  }

  async function execute<T extends ResultSetHeader | RowDataPacket[]>(
    sql: string,
    values: SqlValue[],
    giveUpAt = performance.now() + env.DB_TIMEOUT_MS,
  ): Promise<T> {
    let connection: PoolConnection | undefined;
    try {
      connection = await acquire(giveUpAt);
      inUse++;
      const left = giveUpAt - performance.now();
      const [result] = await withDeadline(connection.execute<T>(sql, values), left);
      connection.release();
      return result;
    } catch (error) {
      const { code = '' } = error as { code?: string };
      const answered = error instanceof Error && 'sqlState' in error && !('fatal' in error && error.fatal);
      if (connection) {
        const lost = !answered || outlived.has(code);
        if (lost && performance.now() - renewedAt >= RENEWAL_INTERVAL_MS) renewedAt = performance.now();
        // A connection that did not answer is still busy: given back, the next query would wait on it.
        if (lost) discard(connection);
        else connection.release();
        if (outlived.has(code) && isOutlived(connection)) return execute(sql, values, giveUpAt);
      }
      if (code === 'ER_DUP_ENTRY') throw new DuplicateEntryError();
      if (code === 'ER_TRUNCATED_WRONG_VALUE_FOR_FIELD') throw new UnstorableTextError();
      if (code.startsWith('ER_CANT_AGGREGATE_')) throw new UnstorableTextError();
      throw new DatabaseError(error, answered || connection === undefined);
    } finally {
      if (connection) inUse--;
    }
  }

  return {
    engine: 'mysql',
    query: (sql, values = []) =>
      timed(() => execute<(Row & RowDataPacket)[]>(sql, values)).catch(error => {
        if (error instanceof UnstorableTextError) return []; // what the column cannot hold stands in no row
        throw error;
      }),
    run: (sql, values = []) => timed(() => execute<ResultSetHeader>(sql, values)),
    pool: () => ({ limit: env.DB_POOL_SIZE, open, inUse, waiting }),
    // Says goodbye on each connection, which a server that has stopped does not return.
    close: () => withDeadline(pool.end(), env.DB_TIMEOUT_MS).catch(() => {}),
  };
}

/** mysql2's own `destroy` leaves the socket open until the server closes it, too, which one that has stopped does not. */
function discard(connection: PoolConnection): void {
  connection.destroy();
  (connection.connection as unknown as { stream: Socket }).stream.destroy();
}
