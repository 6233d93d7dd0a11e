import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import { v7 as uuid } from 'uuid';
import { withDeadline } from '../../deadline.ts';
import {
  type Database,
  DatabaseError,
  DuplicateEntryError,
  type SqlValue,
  toPreciseSqlTime,
  UnstorableTextError,
} from '../../stores/db.ts';
import type { Logger } from '../../telemetry/logger.ts';
import type { AppEvent, EventName } from './events.ts';

/** Few, because MySQL keeps a statement for each and every connection. Two is what a login often tells of. */
const BATCH_SIZES = [50, 10, 2, 1];
const RETRY_MS = { first: 200, longest: 5000 };
const CLOSE_MS = 2000;

/** In the order in which a row holds their values. */
const columns = [
  ...['event_id', 'created_at', 'event', 'user_id', 'session_id'],
  ...['reason', 'ip', 'user_agent', 'request_id', 'detail'],
];

function insertOf(rows: number): string {
  const places = `(${columns.map(() => '?').join(', ')})`;
  return `INSERT INTO audit_log (${columns.join(', ')}) VALUES ${Array(rows).fill(places).join(', ')}`;
}

/** Events that an operator may want to be woken by. */
const alarming: ReadonlySet<EventName> = new Set(['refresh.reused']);

type Row = SqlValue[];

const FORGET = "UPDATE audit_log SET ip = '', user_agent = '', detail = NULL WHERE user_id = ?";

interface Dependencies {
  db: Database;
  log: Logger;
  /** Unix time in milliseconds. */
  now: () => number;
  /** Told how many events will never be rows. */
  onLost?: (count: number) => void;
  /** How many events may wait for the database. */
  capacity?: number;
}

export type AuditModel = ReturnType<typeof createAuditModel>;

/**
 * The audit trail: a log line for each event at once, and a row of `audit_log` as soon as the database takes it.
 * Rows are written behind the requests, in order, over one connection at a time; while the database is down they wait.
 */
export function createAuditModel({ db, log, now, onLost = () => {}, capacity = 10_000 }: Dependencies) {
  const queue: Row[] = [];
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

  /** Writes until nothing waits. */
  async function write(): Promise<void> {
    writing = true;
    let failures = 0;
    let oneByOne = 0;
    for (;;) {
      await turn(); // an embedded database works on this very thread, where requests come first
      if (queue.length === 0 || state === 'closed') break;
      const size = BATCH_SIZES.find(size => size <= queue.length && oneByOne === 0) ?? 1;
      const rows = queue.slice(0, size);
      try {
        inserting = db.run(insertOf(size), rows.flat());
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
        // A duplicate is a row that an attempt without an answer has written after all.
        if (!(err instanceof DuplicateEntryError)) {
          log.error({ err, event_id: rows[0]?.[0] }, 'an audit row was refused');
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
    /** Takes an event down; returns at once. */
    record(
      event: EventName,
      { userId, sessionId, reason, ip, userAgent, requestId, detail }: AppEvent,
    ): void {
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
          detail,
        },
        'audit',
      );
      if (state === 'closed' || queue.length >= capacity) {
        lose(1);
        return;
      }
      queue.push([
        ...[eventId, toPreciseSqlTime(now()), event, userId, sessionId ?? null, reason ?? null],
        ...[clip(ip, 64), clip(userAgent, 255), clip(requestId, 128), detail ? JSON.stringify(detail) : null],
      ]);
      if (!writing) written = write();
    },

    /**
     * Takes from a user's events where they came from, and their details; those that wait to be written included.
     * @throws {ApiError} `store_unavailable`
     */
    async forget(userId: number): Promise<void> {
      for (const row of queue) {
        if (row[columns.indexOf('user_id')] !== userId) continue;
        row[columns.indexOf('ip')] = row[columns.indexOf('user_agent')] = '';
        row[columns.indexOf('detail')] = null;
      }
      await inserting.catch(() => {}); // these may be written as they were
      await db.run(FORGET, [userId]);
    },

    /** Writes what waits, for two seconds at most; what is left then is lost, and the log says how much. */
    async close(): Promise<void> {
      await turn(); // for events that were emitted, but not told yet
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

/** A text as a column of that width in characters can hold it. */
function clip(text: string, width: number): string {
  return text.slice(0, width).toWellFormed();
}
