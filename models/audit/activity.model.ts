import { invalidInput } from '../../errors.ts';
import { type Database, fromSqlTime } from '../../stores/db.ts';

const MAX_PAGE = 100;

/** An event as its user may see it: not the request's id, and not `detail`, which is for operators. */
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

export type ActivityModel = ReturnType<typeof createActivityModel>;

/** What users may read of `audit_log`: the rows about themselves. */
export function createActivityModel(db: Database) {
  /** The place in the table that a cursor stands for, which is nowhere in another user's rows. */
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
     * A page of the user's events, the newest first. The last event's own id is the cursor: it gives nothing away.
     * @param limit how many, up to 100
     * @throws {ApiError} `validation_failed` for a cursor that is none of the user's, `store_unavailable`
     */
    async page(userId: number, limit: number, cursor?: string): Promise<ActivityPage> {
      const before = cursor === undefined ? Number.MAX_SAFE_INTEGER : await placeOf(userId, cursor);
      // MySQL takes no number of this driver's for LIMIT.
      const found = await db.query(
        `SELECT event_id, created_at, event, session_id, reason, ip, user_agent FROM audit_log WHERE user_id = ? AND id < ? ORDER BY id DESC LIMIT ${MAX_PAGE + 1}`,
        [userId, before],
      );
      const rows = found.slice(0, limit);
      const events = rows.map(row => ({
        event: String(row.event),
        time: fromSqlTime(String(row.created_at)) ?? '',
        ip: String(row.ip),
        user_agent: String(row.user_agent),
        ...(row.session_id !== null && { session_id: String(row.session_id) }),
        ...(row.reason !== null && { reason: String(row.reason) }),
      }));
      return found.length > limit ? { events, next: String(rows.at(-1)?.event_id) } : { events };
    },
  };
}
