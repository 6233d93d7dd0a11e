import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import { v7 as uuid } from 'uuid';
import { withDeadline } from '../../deadline.ts';
import { type Database, DatabaseError, DuplicateEntryError, UnstorableTextError } from '../../stores/db.ts';
import type { Logger } from '../../telemetry/logger.ts';
import { type AuditRow, createAuditTable, toAuditRow } from './audit.sql.ts';
import type { AppEvent, EventName } from './events.ts';

/** Few, because MySQL prepares each size on each connection. A login often writes two rows. */
const BATCH_SIZES = [50, 10, 2, 1];
const RETRY_MS = { first: 200, longest: 5000 };
const CLOSE_MS = 2000;

/** Events that an operator may want to be woken by. */
const alarming: ReadonlySet<EventName> = new Set(['refresh.reused']);

interface Dependencies {
  db: Database;
  log: Logger;
  /** Unix time in milliseconds. */
  now: () => number;
  /** Called with the number of events that are lost. */
  onLost?: (count: number) => void;
  /** How many events may wait for the database. */
  capacity?: number;
}

export type AuditModel = ReturnType<typeof createAuditModel>;

/**
 * The audit trail: a log line for each event at once, and a row of `audit_log` after the response. Rows are written
 * in order over one connection. While the database is down they wait.
 */
export function createAuditModel({ db, log, now, onLost = () => {}, capacity = 10_000 }: Dependencies) {
  const table = createAuditTable(db);
  const queue: AuditRow[] = [];
  const wake = new AbortController();
  let state: 'open' | 'closing' | 'closed' = 'open';
  let writing = false;
  let written = Promise.resolve();
  let inserting: Promise<unknown> = written;
  let lost = 0;

  function lose(count: number): void {
    lost += count;
    onLost(count);
  }

  /** Writes until the queue is empty. */
  async function write(): Promise<void> {
    writing = true;
    let failures = 0;
    let oneByOne = 0;
    for (;;) {
      await turn(); // an embedded database runs on this thread, where requests come first
      if (queue.length === 0 || state === 'closed') break;
      const size = BATCH_SIZES.find(size => size <= queue.length && oneByOne === 0) ?? 1;
      const rows = queue.slice(0, size);
      try {
        inserting = table.insert(rows);
        await inserting;
      } catch (err) {
        if (!isFaultOfRow(err)) {
          if (++failures === 1) log.warn({ err, waiting: queue.length }, 'audit rows cannot be written');
          await pause(failures);
          continue;
        }
        if (rows.length > 1) {
          oneByOne = rows.length;
          continue;
        }
        // A duplicate was written by an attempt whose answer was lost.
        if (!(err instanceof DuplicateEntryError)) {
          log.error({ err, event_id: rows[0]?.eventId }, 'an audit row was refused');
          lose(1);
        }
      }
      if (failures > 0) log.info({ waiting: queue.length, lost }, 'audit rows can be written again');
      failures = 0;
      oneByOne = Math.max(0, oneByOne - 1);
      queue.splice(0, rows.length);
    }
    writing = false;
  }

  async function pause(failures: number): Promise<void> {
    if (state !== 'open') return sleep(RETRY_MS.first);
    const ms = Math.min(RETRY_MS.first * 2 ** (failures - 1), RETRY_MS.longest);
    await sleep(ms, undefined, { signal: wake.signal }).catch(() => {});
  }

  return {
    /** Records an event. Returns at once. */
    record(event: EventName, told: AppEvent): void {
      const { userId, sessionId, reason, ip, userAgent, requestId, clientId, by, detail } = told;
      const eventId = uuid();
      log[alarming.has(event) ? 'warn' : 'info'](
        {
          event,
          event_id: eventId,
          user_id: userId,
          session_id: sessionId,
          reason,
          ip,
          user_agent: userAgent,
          request_id: requestId,
          client_id: clientId,
          by,
          detail,
        },
        'audit',
      );
      if (state === 'closed' || queue.length >= capacity) {
        lose(1);
        return;
      }
      queue.push(toAuditRow(eventId, now(), event, told));
      if (!writing) written = write();
    },

    /**
     * Removes address, user agent and details from a user's events, also from those in the queue.
     * @throws {ApiError}
     * @throws {StoreError}
     */
    async forget(userId: number): Promise<void> {
      for (const row of queue) {
        if (row.userId === userId) Object.assign(row, { ip: '', userAgent: '', detail: null });
      }
      await inserting.catch(() => {}); // these rows are being written as they were
      await table.forget(userId);
    },

    /** Writes the queue, for two seconds at most. What is left is lost, and the log says how much. */
    async close(): Promise<void> {
      await turn(); // for events that were emitted but not yet delivered
      state = 'closing';
      wake.abort();
      await withDeadline(written, CLOSE_MS).catch(() => {});
      state = 'closed';
      if (queue.length > 0) lose(queue.splice(0).length);
      if (lost > 0) log.error({ lost }, 'audit events are missing in audit_log');
    },
  };
}

function isFaultOfRow(error: unknown): boolean {
  return (
    error instanceof DuplicateEntryError ||
    error instanceof UnstorableTextError ||
    (error instanceof DatabaseError && error.isLasting)
  );
}
