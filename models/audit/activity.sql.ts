import { invalidInput } from '../../errors.ts';
import { type Database, fromSqlTime, type SqlValue } from '../../stores/db.ts';

const MAX_PAGE = 100;

/** An event as its user sees it, without the request's id and without `detail`, which are for operators. */
export interface ActivityEvent {
  event: string;
  /** ISO 8601. */
  time: string;
  ip: string;
  user_agent: string;
  session_id?: string;
  reason?: string;
}

export interface ActivityPage {
  events: ActivityEvent[];
  /** The cursor of the next page; absent on the last. */
  next?: string;
}

export type ActivityReader = ReturnType<typeof createActivityReader>;

/** Reads the rows of `audit_log` about one user. */
export function createActivityReader(db: Database) {
  /** The row of a cursor; it must be the user's own. */
  async function placeOf(userId: number, cursor: string): Promise<number> {
    const [row] = await db.query('SELECT id FROM audit_log WHERE event_id = ? AND user_id = ?', [
      cursor,
      userId,
    ]);
    if (row) return Number(row.id);
    throw invalidInput({ path: 'cursor', message: 'is unknown or too old: start again without a cursor' });
  }

  return {
    /**
     * The user agents of the logins before this session, up to 1,000 different ones. A process writes its rows in order,
     * so where the session has no row yet, all others are earlier.
     */
    async userAgentsBefore(userId: number, sessionId: string): Promise<string[]> {
      const started = "user_id = ? AND event = 'session.started'";
      const rows = await db.query(
        `SELECT DISTINCT user_agent FROM audit_log WHERE ${started} AND id < COALESCE((SELECT MIN(id) FROM audit_log WHERE ${started} AND session_id = ?), ${Number.MAX_SAFE_INTEGER}) LIMIT 1000`,
        [userId, userId, sessionId],
      );
      return rows.map(row => String(row.user_agent));
    },

    /**
     * A page of the user's events, the newest first. The cursor is the last event's id.
     * @param limit how many, up to 100
     * @throws {ApiError} `validation_failed` for a cursor that is none of the user's
     * @throws {StoreError}
     */
    async page(userId: number, limit: number, cursor?: string): Promise<ActivityPage> {
      const before = cursor === undefined ? Number.MAX_SAFE_INTEGER : await placeOf(userId, cursor);
      // mysql2 sends numbers as doubles, which MySQL refuses for LIMIT.
      const found = await db.query(
        `SELECT event_id, created_at, event, session_id, reason, ip, user_agent, detail FROM audit_log WHERE user_id = ? AND id < ? ORDER BY id DESC LIMIT ${MAX_PAGE + 1}`,
        [userId, before],
      );
      const rows = found.slice(0, limit);
      const events = rows.map(row => ({
        event: String(row.event),
        time: fromSqlTime(String(row.created_at)) ?? '',
        ...(isByAdministrator(row.detail)
          ? { ip: '', user_agent: '' }
          : { ip: String(row.ip), user_agent: String(row.user_agent) }),
        ...(row.session_id !== null && { session_id: String(row.session_id) }),
        ...(row.reason !== null && { reason: String(row.reason) }),
      }));
      return found.length > limit ? { events, next: String(rows.at(-1)?.event_id) } : { events };
    },
  };
}

/** Then address and user agent are the administrator's. */
function isByAdministrator(detail: SqlValue | undefined): boolean {
  return typeof detail === 'string' && 'by' in JSON.parse(detail);
}
