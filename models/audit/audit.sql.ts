import { type Database, toPreciseSqlTime } from '../../stores/db.ts';
import type { AppEvent, EventName } from './events.ts';

/** An event as a row of `audit_log`; texts are cut to the width of their columns. */
export interface AuditRow {
  eventId: string;
  /** Ms since 1970. */
  time: number;
  event: EventName;
  userId: number | null;
  sessionId: string | null;
  reason: string | null;
  ip: string;
  userAgent: string;
  requestId: string;
  /** JSON. */
  detail: string | null;
}

const COLUMNS =
  'event_id, created_at, event, user_id, session_id, reason, ip, user_agent, request_id, detail';

/** The statements on the table `audit_log`. All throw {@link StoreError}. */
export function createAuditTable(db: Database) {
  return {
    /** @throws {DuplicateEntryError}, {UnstorableTextError} */
    async insert(rows: AuditRow[]): Promise<void> {
      const places = rows.map(() => '(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)').join(', ');
      await db.run(
        `INSERT INTO audit_log (${COLUMNS}) VALUES ${places}`,
        rows.flatMap(row => [
          ...[row.eventId, toPreciseSqlTime(row.time), row.event, row.userId, row.sessionId],
          ...[row.reason, row.ip, row.userAgent, row.requestId, row.detail],
        ]),
      );
    },

    /** Removes from a user's rows where they came from, and their details. */
    async forget(userId: number): Promise<void> {
      await db.run("UPDATE audit_log SET ip = '', user_agent = '', detail = NULL WHERE user_id = ?", [
        userId,
      ]);
    },
  };
}

/** An event as a row. */
export function toAuditRow(eventId: string, time: number, event: EventName, told: AppEvent): AuditRow {
  const { userId, sessionId = null, reason = null, clientId, by } = told;
  const detail = {
    ...told.detail,
    ...(clientId && { client_id: clientId }),
    ...(by !== undefined && { by: by && String(by) }),
  };
  return {
    ...{ eventId, time, event, userId, sessionId, reason },
    ip: clip(told.ip, 64),
    userAgent: clip(told.userAgent, 255),
    requestId: clip(told.requestId, 128),
    detail: Object.keys(detail).length > 0 ? JSON.stringify(detail) : null,
  };
}

/** A text as a column of that width in characters can hold it. */
function clip(text: string, width: number): string {
  return text.slice(0, width).toWellFormed();
}
