import type { Socket } from 'node:net';
import type { Connection } from 'mysql2';
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
import { type MysqlLogin, mysqlOptions } from './mysqlLogin.ts';

type MysqlEnv = MysqlLogin & Pick<Env, 'DB_POOL_SIZE' | 'DB_TIMEOUT_MS'>;

// The server converts TIMESTAMP columns to the session's time zone.
const UTC = "SET time_zone = '+00:00'";

/**
 * Sets the time zone, and a server-side limit for statements. The limit is a little shorter than our deadline: a
 * statement that the server ended has changed nothing. The comments in the SQL are code: the first for MariaDB, the
 * second for MySQL, which limits only SELECT.
 */
function sessionSettings(timeoutMs: number): string {
  const limitMs = Math.ceil(timeoutMs * 0.9);
  const seconds = Math.max(1, Math.floor(limitMs / 1000));
  return `${UTC}, innodb_lock_wait_timeout = ${seconds}, lock_wait_timeout = ${seconds}
    /*M! , max_statement_time = ${limitMs / 1000} */ /*!50708 , max_execution_time = ${limitMs} */`;
}

/** Errors that make the connection unusable: it may lead to a server that is no longer the primary. */
const outlived = new Set([
  'ER_OPTION_PREVENTS_STATEMENT', // --read-only
  'ER_READ_ONLY_MODE',
  'ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION',
  'ER_UNKNOWN_STMT_HANDLER',
]);
/** The shortest time between two renewals of all connections: a server may be read-only for long. */
const RENEWAL_INTERVAL_MS = 1000;

/**
 * A MySQL pool. Waiting for a connection and for the result together have DB_TIMEOUT_MS. After a failed connection
 * all older ones are replaced, because the host may lead to another server now.
 */
export function openMysql(env: MysqlEnv, timed: Timed = work => work()): Database {
  const pool = mysql.createPool({
    ...mysqlOptions(env),
    connectionLimit: env.DB_POOL_SIZE,
    queueLimit: env.DB_POOL_SIZE * 100,
    // Half, so that a caller behind a stuck attempt has time for another one.
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
    connection.on('error', () => {}); // the caller gets the error; a second one has no receiver
    connection.query(settings, error => {
      if (!error) return;
      // A server that only speaks the protocol may not know these variables. Then our deadline is the only limit.
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
      const result = await withDeadline(executeOn<T>(connection, sql, values), left);
      connection.release();
      return result;
    } catch (error) {
      const { code = '' } = error as { code?: string };
      const answered = error instanceof Error && 'sqlState' in error && !('fatal' in error && error.fatal);
      if (connection) {
        const lost = !answered || outlived.has(code);
        if (lost && performance.now() - renewedAt >= RENEWAL_INTERVAL_MS) renewedAt = performance.now();
        // A connection that did not respond is still busy: the next query would wait for it.
        if (lost) discard(connection);
        else connection.release();
        if (outlived.has(code) && isOutlived(connection)) return execute(sql, values, giveUpAt);
      }
      if (code === 'ER_DUP_ENTRY') throw new DuplicateEntryError();
      if (code === 'ER_TRUNCATED_WRONG_VALUE_FOR_FIELD') throw new UnstorableTextError();
      if (code.startsWith('ER_CANT_AGGREGATE_')) throw new UnstorableTextError();
      throw new DatabaseError(error, answered || connection === undefined ? 'refused' : 'unknown');
    } finally {
      if (connection) inUse--;
    }
  }

  return {
    engine: 'mysql',
    query: (sql, values = []) =>
      timed(() => execute<(Row & RowDataPacket)[]>(sql, values)).catch(error => {
        if (error instanceof UnstorableTextError) return []; // no row has a text that the column cannot hold
        throw error;
      }),
    run: (sql, values = []) => timed(() => execute<ResultSetHeader>(sql, values)),
    pool: () => ({ limit: env.DB_POOL_SIZE, open, inUse, waiting }),
    // It says goodbye on each connection, and a stopped server does not respond.
    close: () => withDeadline(pool.end(), env.DB_TIMEOUT_MS).catch(() => {}),
  };
}

/** As the method of mysql2's promises, which captures a stack for each statement. */
function executeOn<T extends ResultSetHeader | RowDataPacket[]>(
  { connection }: PoolConnection,
  sql: string,
  values: SqlValue[],
): Promise<T> {
  const inner = connection as unknown as Connection;
  return new Promise((resolve, reject) => {
    inner.execute<T>(sql, values, (error, result) => (error ? reject(error) : resolve(result)));
  });
}

/** mysql2's `destroy` leaves the socket open until the server closes it, which a stopped server does not. */
function discard(connection: PoolConnection): void {
  connection.destroy();
  (connection.connection as unknown as { stream: Socket }).stream.destroy();
}
