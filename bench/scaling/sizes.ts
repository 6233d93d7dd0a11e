import { randomBytes, randomInt } from 'node:crypto';
import type { RowDataPacket } from 'mysql2/promise';
import { v4, v7 } from 'uuid';
import { parseEnv } from '../../config/env.ts';
import { type AuditRow, createAuditTable } from '../../models/audit/audit.sql.ts';
import { createRedisSessionStore } from '../../models/session/session.redis.ts';
import { openMysql } from '../../stores/mysql.ts';
import { bytesPerSession, fill, USER_AGENT } from '../stage/fill.ts';
import type { Stage } from '../stage/stage.ts';

/** The largest number of audit rows in one statement. */
const BATCH = 50;
const SHARED_BY = [1, 5, 1000];

export interface Sizes {
  userBytes: number;
  auditRowBytes: number;
  /** Bytes of a session on one Redis server, by the number of sessions that a user has. */
  sessions: { perUser: number; bytes: number }[];
}

/**
 * Adds users, audit rows and sessions, and reads from the servers what they take.
 * @param rows how many of each, in MySQL
 * @param sessions how many of each form, in Redis
 */
export async function measureSizes(stage: Stage, rows: number, sessions: number): Promise<Sizes> {
  const { connection, redis } = stage;
  const insertUsers = async (count: number) => {
    const users = Array.from({ length: count }, () => {
      const name = randomBytes(6).toString('hex');
      const hash = `$2b$10$${randomBytes(40).toString('base64url').slice(0, 53)}`;
      return [name, `${name}.${randomInt(1e9)}@example.com`, hash];
    });
    await connection.query('INSERT INTO users (name, email, password) VALUES ?', [users]);
  };
  const db = openMysql(parseEnv(stage.env));
  const insertAudit = (count: number) => createAuditTable(db).insert(Array.from({ length: count }, auditRow));

  async function bytesPerRow(table: string, insert: (count: number) => Promise<void>): Promise<number> {
    await connection.query('DELETE FROM ??', [table]);
    for (let done = 0; done < rows; done += BATCH) await insert(BATCH);
    await connection.query('ANALYZE TABLE ??', [table]);
    const [[size]] = await connection.query<RowDataPacket[]>(
      'SELECT data_length + index_length AS bytes FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = ?',
      [table],
    );
    return Number(size?.bytes) / rows;
  }

  const store = createRedisSessionStore(redis, Date.now);
  const perUser: Sizes['sessions'] = [];
  for (const [i, each] of SHARED_BY.entries()) {
    const first = (i + 1) * 10_000_000;
    const bytes = await bytesPerSession(redis, sessions, () =>
      fill(store, sessions, n => first + Math.floor(n / each)),
    );
    perUser.push({ perUser: each, bytes });
  }
  const sizes = {
    userBytes: await bytesPerRow('users', insertUsers),
    auditRowBytes: await bytesPerRow('audit_log', insertAudit),
    sessions: perUser,
  };
  await db.close();
  return sizes;
}

/** The row of a login, of a random user, in the order of time as the API adds them. */
function auditRow(): AuditRow {
  return {
    eventId: v7(),
    time: Date.now(),
    event: 'session.started',
    userId: randomInt(1, 10_000_000),
    sessionId: v4(),
    reason: 'login',
    ip: '203.0.113.7',
    userAgent: USER_AGENT,
    requestId: v4(),
    detail: JSON.stringify({ device_name: 'Phone' }),
  };
}
