import mysql, { type RowDataPacket } from 'mysql2/promise';
import { type MariadbEngine, startMariadb } from '../../scripts/engines/mariadb.ts';

/** A MariaDB server and its replica. */
export interface Replication {
  primary: MariadbEngine;
  replica: MariadbEngine;
  /** Waits until the replica has everything, and then lets it apply nothing more. */
  hold(): Promise<void>;
  /** Lets the replica go on, and waits until it has everything. */
  follow(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts two MariaDB servers, the second as replica of the first, with a database on both.
 * @param schema SQL that makes its tables
 */
export async function startReplication(schema: string, database: string): Promise<Replication> {
  const start = (id: number) =>
    startMariadb({ args: [`--server-id=${id}`, '--log-bin=log', '--binlog-format=ROW'] });
  const [primary, replica] = await Promise.all([start(1), start(2)]);
  const connect = (login: MariadbEngine) => {
    const { host, port, user, password } = login;
    return mysql.createConnection({ host, port, user, password, multipleStatements: true });
  };
  const [onPrimary, onReplica] = await Promise.all([connect(primary), connect(replica)]);

  async function position(): Promise<[file: string, at: number]> {
    const [[status]] = await onPrimary.query<RowDataPacket[]>('SHOW MASTER STATUS');
    return [String(status?.File), Number(status?.Position)];
  }
  async function caughtUp(): Promise<void> {
    await onReplica.query('SELECT MASTER_POS_WAIT(?, ?)', await position());
  }

  const [file, at] = await position();
  const { host, port, user, password } = primary;
  await onReplica.query(
    'CHANGE MASTER TO MASTER_HOST = ?, MASTER_PORT = ?, MASTER_USER = ?, MASTER_PASSWORD = ?, MASTER_LOG_FILE = ?, MASTER_LOG_POS = ?; START SLAVE',
    [host, port, user, password, file, at],
  );
  await onPrimary.query('CREATE DATABASE ?? CHARACTER SET utf8mb4', [database]);
  await onPrimary.changeUser({ database });
  await onPrimary.query(schema);
  await caughtUp();
  return {
    primary,
    replica,
    async hold() {
      await caughtUp();
      await onReplica.query('STOP SLAVE SQL_THREAD');
    },
    async follow() {
      await onReplica.query('START SLAVE SQL_THREAD');
      await caughtUp();
    },
    async stop() {
      onPrimary.destroy();
      onReplica.destroy();
      await Promise.all([primary.stop(), replica.stop()]);
    },
  };
}
