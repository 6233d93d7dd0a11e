import { invalidInput } from '../../errors.ts';
import { type Database, fromSqlTime, type Row, type SqlValue, toPreciseSqlTime } from '../../stores/db.ts';

/** The largest page. */
const MAX_AUDIT_ROWS = 100;
/** How many rows an export reads at a time. */
const EXPORT_ROWS = 500;

/** A row of `audit_log` as an administrator sees it. */
export interface AuditEntry {
  /** The event's id. */
  id: string;
  /** ISO 8601. */
  time: string;
  event: string;
  user_id: number | null;
  session_id: string | null;
  reason: string | null;
  ip: string;
  user_agent: string;
  request_id: string;
  /** What only this event has; `by` is the id of the administrator, null for the operator. */
  detail: Record<string, string | null> | null;
}

/** Which rows are wanted. */
export interface AuditFilter {
  userId?: number | undefined;
  event?: string | undefined;
  ip?: string | undefined;
  /** The earliest time, ms since 1970. */
  from?: number | undefined;
  /** Earlier than this time, ms since 1970. */
  to?: number | undefined;
}

export interface AuditPage {
  entries: AuditEntry[];
  /** The cursor of the next page; absent on the last. */
  next?: string;
}

/** How many rows one page looks at when it filters by what has no index. */
const SCAN = 10_000;
/** The last time that both engines can hold, ms since 1970. */
export const LAST_TIME = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** A row in the order of a trail. A page begins behind it. */
interface Place {
  /** Ms since 1970. */
  time: number;
  id: number;
}

const COLUMNS =
  'id, event_id, created_at, event, user_id, session_id, reason, ip, user_agent, request_id, detail';
// Constant texts, because MySQL keeps each one prepared. A filter that is not wanted is NULL.
const MATCHES = '(? IS NULL OR event = ?) AND (? IS NULL OR ip = ?)';
const BEHIND = 'created_at <= ? AND (created_at < ? OR id < ?)';
const IN_TIME = 'ORDER BY created_at DESC, id DESC';
const LAST_OF_SCAN = `LIMIT 1 OFFSET ${SCAN - 1}`;

const END_OF_SCAN = `SELECT id, created_at FROM audit_log WHERE ${BEHIND} ${IN_TIME} ${LAST_OF_SCAN}`;
const END_OF_SCAN_OF_USER = `SELECT id, created_at FROM audit_log WHERE user_id = ? AND id < ? ORDER BY id DESC ${LAST_OF_SCAN}`;

/** @param limit one more than a page has */
function statements(limit: number) {
  return {
    ofAll: `SELECT ${COLUMNS} FROM audit_log WHERE ${BEHIND} AND created_at >= ? AND (created_at > ? OR id >= ?) AND ${MATCHES} ${IN_TIME} LIMIT ${limit}`,
    ofUser: `SELECT ${COLUMNS} FROM audit_log WHERE user_id = ? AND id < ? AND id >= ? AND created_at >= ? AND created_at < ? AND ${MATCHES} ORDER BY id DESC LIMIT ${limit}`,
  };
}
const IN_PAGES = statements(MAX_AUDIT_ROWS + 1);
const IN_EXPORT = statements(EXPORT_ROWS + 1);

export type AuditTrailReader = ReturnType<typeof createAuditTrailReader>;

/** Reads `audit_log`, the newest event first. All methods throw {@link StoreError}. */
export function createAuditTrailReader(db: Database) {
  /** The last of the next {@link SCAN} rows behind a place; undefined when there are fewer. */
  async function endOfScan(userId: number | undefined, { time, id }: Place): Promise<Place | undefined> {
    const at = toPreciseSqlTime(time);
    const [row] =
      userId === undefined
        ? await db.query(END_OF_SCAN, [at, at, id])
        : await db.query(END_OF_SCAN_OF_USER, [userId, id]);
    return row && placeOf(row);
  }

  async function read(filter: AuditFilter, limit: number, sql: typeof IN_PAGES, place: Place) {
    const { userId, event = null, ip = null, from = 0, to = LAST_TIME } = filter;
    const isSparse = event !== null || ip !== null || (userId !== undefined && (from > 0 || to < LAST_TIME));
    const end = isSparse ? await endOfScan(userId, place) : undefined;
    const at = toPreciseSqlTime(place.time);
    const matches: SqlValue[] = [event, event, ip, ip];
    const [begin, until] = [toPreciseSqlTime(from), toPreciseSqlTime(to)];
    const lowest = end && end.time >= from ? end : { time: from, id: 0 };
    const low = toPreciseSqlTime(lowest.time);
    const rows =
      userId === undefined
        ? await db.query(sql.ofAll, [at, at, place.id, low, low, lowest.id, ...matches])
        : await db.query(sql.ofUser, [userId, place.id, end?.id ?? 0, begin, until, ...matches]);
    const found = rows.slice(0, limit);
    const last = found.at(-1);
    // The ids of a user's rows may be in another order than their times.
    const isAtEnd = userId === undefined && end !== undefined && end.time < from;
    const next = rows.length > limit && last ? placeOf(last) : isAtEnd ? undefined : end;
    return { entries: found.map(toEntry), next };
  }

  /** Behind which the first row is. */
  function beginning({ userId, to = LAST_TIME }: AuditFilter): Place {
    return userId === undefined ? { time: to, id: 0 } : { time: 0, id: Number.MAX_SAFE_INTEGER };
  }

  return {
    /**
     * A page. Each takes the same time: with a filter it looks at 10,000 rows, so it may have fewer entries than
     * `limit`, even none, and a next page.
     * @param limit how many, up to 100
     * @param cursor the `next` of a page with the same filter
     * @throws {ApiError} `validation_failed` for a cursor that is none
     */
    async page(filter: AuditFilter, limit: number, cursor?: string): Promise<AuditPage> {
      const place = cursor === undefined ? beginning(filter) : readCursor(cursor);
      const { entries, next } = await read(filter, limit, IN_PAGES, place);
      return next ? { entries, next: `${next.time}.${next.id}` } : { entries };
    },

    /** Every entry, a list at a time. The next list is read when it is asked for. */
    async *lists(filter: AuditFilter): AsyncGenerator<AuditEntry[]> {
      let place: Place | undefined = beginning(filter);
      while (place) {
        const { entries, next } = await read(filter, EXPORT_ROWS, IN_EXPORT, place);
        yield entries;
        place = next;
      }
    },
  };
}

function placeOf(row: Row): Place {
  return { time: Date.parse(fromSqlTime(String(row.created_at)) ?? ''), id: Number(row.id) };
}

/** @throws {ApiError} `validation_failed` */
function readCursor(cursor: string): Place {
  const [, time, id] = /^(\d{1,15})\.([1-9]\d{0,14})$/.exec(cursor) ?? [];
  if (Number(time) <= LAST_TIME) return { time: Number(time), id: Number(id) };
  throw invalidInput({ path: 'cursor', message: 'must be the `next` of a response' });
}

function toEntry(row: Row): AuditEntry {
  const text = (value: SqlValue | undefined) => (value === null ? null : String(value));
  return {
    id: String(row.event_id),
    time: fromSqlTime(String(row.created_at)) ?? '',
    event: String(row.event),
    user_id: row.user_id === null ? null : Number(row.user_id),
    session_id: text(row.session_id),
    reason: text(row.reason),
    ip: String(row.ip),
    user_agent: String(row.user_agent),
    request_id: String(row.request_id),
    detail: row.detail === null ? null : JSON.parse(String(row.detail)),
  };
}
