import type { Socket } from 'node:net';
import mysql, { type PoolConnection, type ResultSetHeader, type RowDataPacket } from 'mysql2/promise';
import {
  type Database,
  DatabaseError,
  DuplicateEntryError,
  type Row,
  type SqlValue,
  UnstorableTextError,
} from './db.ts';
import { withDeadline } from './deadline.ts';
import type { Env } from './env.ts';
import type { Timed } from './metrics.ts';

type MysqlEnv = Pick<
  Env,
  'DB_PORT' | 'DB_USER' | 'DB_PASSWORD' | 'DB_NAME' | 'DB_POOL_SIZE' | 'DB_TIMEOUT_MS'
> & {
  DB_HOST: string;
};

/** How the project connects to MySQL or MariaDB, for the pool and for `db:setup`. */
export function mysqlOptions(env: Omit<MysqlEnv, 'DB_POOL_SIZE' | 'DB_TIMEOUT_MS'>) {
  return {
    host: env.DB_HOST,
    port: env.DB_PORT,
    user: env.DB_USER,
    password: env.DB_PASSWORD,
    database: env.DB_NAME,
    charset: 'utf8mb4',
    dateStrings: true,
  };
}

/** A MySQL pool in which acquiring and answering together have DB_TIMEOUT_MS. */
export function openMysql(env: MysqlEnv, timed: Timed = work => work()): Database {
  const pool = mysql.createPool({
    ...mysqlOptions(env),
    connectionLimit: env.DB_POOL_SIZE,
    queueLimit: env.DB_POOL_SIZE * 100,
    connectTimeout: env.DB_TIMEOUT_MS,
  });
  let open = 0;
  let inUse = 0;
  let waiting = 0;
  // TIMESTAMP columns are read in the session's time zone, whatever the driver is told.
  pool.pool.on('connection', connection => {
    open++;
    (connection as unknown as { stream: Socket }).stream.once('close', () => open--);
    connection.query("SET time_zone = '+00:00'", error => {
      if (error) connection.destroy();
    });
  });

  async function acquire(): Promise<PoolConnection> {
    waiting++;
    const pending = pool.getConnection().finally(() => waiting--);
    try {
      return await withDeadline(pending, env.DB_TIMEOUT_MS);
    } catch (error) {
      pending.then(
        late => late.release(),
        () => {},
      );
      throw error;
    }
  }

  async function execute<T extends ResultSetHeader | RowDataPacket[]>(
    sql: string,
    values: SqlValue[],
  ): Promise<T> {
    const startedAt = performance.now();
    let connection: PoolConnection | undefined;
    try {
      connection = await acquire();
      inUse++;
      const left = env.DB_TIMEOUT_MS - (performance.now() - startedAt);
      const [result] = await withDeadline(connection.execute<T>(sql, values), left);
      connection.release();
      return result;
    } catch (error) {
      const answered = error instanceof Error && 'sqlState' in error && !('fatal' in error && error.fatal);
      // A connection that did not answer is still busy: given back, the next query would wait on it.
      if (answered) connection?.release();
      else connection?.destroy();
      const { code } = error as { code?: string };
      if (code === 'ER_DUP_ENTRY') throw new DuplicateEntryError();
      if (code === 'ER_TRUNCATED_WRONG_VALUE_FOR_FIELD') throw new UnstorableTextError();
      if (code?.startsWith('ER_CANT_AGGREGATE_')) throw new UnstorableTextError();
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
    close: () => pool.end(),
  };
}
