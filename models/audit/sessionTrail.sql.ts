import { type Database, fromSqlTime, type Row, toPreciseSqlTime } from '../../stores/db.ts';
import type { ClientAddress, EventName } from './events.ts';

/** An event of `audit_log`. Address and user agent are blank where the account is closed. */
export interface TrailEvent extends ClientAddress {
  /** Ms since 1970. */
  time: number;
  sessionId: string;
  reason: string;
  requestId: string;
}

/** What `audit_log` has about a session, the latest event of each kind. */
export interface SessionTrail {
  started: TrailEvent | null;
  refreshed: TrailEvent | null;
  ended: TrailEvent | null;
  /** The start of the session that ended this one. Null where it did not, or where that is not certain. */
  evictedBy: TrailEvent | null;
  accountClosed: TrailEvent | null;
  /** Of the user, in whatever session. */
  rolesChanged: TrailEvent | null;
}

const COLUMNS = 'created_at, session_id, reason, ip, user_agent, request_id';
/** One login writes its rows at one moment, give or take a busy process. */
const SAME_LOGIN_MS = 1000;

function toEvent(row: Row): TrailEvent {
  return {
    time: Date.parse(fromSqlTime(String(row.created_at)) ?? ''),
    sessionId: String(row.session_id),
    reason: String(row.reason),
    ip: String(row.ip),
    userAgent: String(row.user_agent),
    requestId: String(row.request_id),
  };
}

/**
 * Reads what happened to a session.
 * @throws {StoreError}
 */
export async function readSessionTrail(
  db: Database,
  userId: number,
  sessionId: string,
): Promise<SessionTrail> {
  async function latest(event: EventName): Promise<TrailEvent | null> {
    const [row] = await db.query(
      `SELECT ${COLUMNS} FROM audit_log WHERE user_id = ? AND session_id = ? AND event = ? ORDER BY id DESC LIMIT 1`,
      [userId, sessionId, event],
    );
    return row ? toEvent(row) : null;
  }

  /** A client may choose the id of its requests, so one match alone proves nothing. */
  async function evictor({ time, requestId, ip, userAgent }: TrailEvent): Promise<TrailEvent | null> {
    const rows = await db.query(
      `SELECT ${COLUMNS} FROM audit_log WHERE user_id = ? AND event = 'session.started' AND session_id <> ? AND request_id = ? AND ip = ? AND user_agent = ? AND created_at BETWEEN ? AND ? LIMIT 2`,
      [
        ...[userId, sessionId, requestId, ip, userAgent],
        ...[toPreciseSqlTime(time), toPreciseSqlTime(time + SAME_LOGIN_MS)],
      ],
    );
    return rows.length === 1 && rows[0] ? toEvent(rows[0]) : null;
  }

  async function latestOfUser(event: EventName): Promise<TrailEvent | null> {
    const [row] = await db.query(
      `SELECT ${COLUMNS} FROM audit_log WHERE user_id = ? AND event = ? ORDER BY id DESC LIMIT 1`,
      [userId, event],
    );
    return row ? toEvent(row) : null;
  }

  const ended = await latest('session.ended');
  return {
    started: await latest('session.started'),
    refreshed: await latest('session.refreshed'),
    ended,
    evictedBy: ended?.reason === 'evicted' ? await evictor(ended) : null,
    accountClosed: await latestOfUser('account.closed'),
    rolesChanged: await latestOfUser('roles.changed'),
  };
}
