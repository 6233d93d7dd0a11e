import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  v7_default
} from "./chunk-D2RWL7RO.js";
import {
  DatabaseError,
  DuplicateEntryError,
  UnstorableTextError,
  toPreciseSqlTime
} from "./chunk-AILLIRO2.js";
import {
  withDeadline
} from "./chunk-HV5ORW3E.js";

// models/audit/audit.model.ts
import { setTimeout as sleep, setImmediate as turn } from "node:timers/promises";

// models/audit/audit.sql.ts
var COLUMNS = "event_id, created_at, event, user_id, session_id, reason, ip, user_agent, request_id, detail";
function createAuditTable(db) {
  return {
    /** @throws {DuplicateEntryError}, {UnstorableTextError} */
    async insert(rows) {
      const places = rows.map(() => "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)").join(", ");
      await db.run(
        `INSERT INTO audit_log (${COLUMNS}) VALUES ${places}`,
        rows.flatMap((row) => [
          ...[row.eventId, toPreciseSqlTime(row.time), row.event, row.userId, row.sessionId],
          ...[row.reason, row.ip, row.userAgent, row.requestId, row.detail]
        ])
      );
    },
    /** Removes from a user's rows where they came from, and their details. */
    async forget(userId) {
      await db.run("UPDATE audit_log SET ip = '', user_agent = '', detail = NULL WHERE user_id = ?", [
        userId
      ]);
    }
  };
}
function toAuditRow(eventId, time, event, told) {
  const { userId, sessionId = null, reason = null, clientId, by } = told;
  const detail = {
    ...told.detail,
    ...clientId && { client_id: clientId },
    ...by !== void 0 && { by: by && String(by) }
  };
  return {
    ...{ eventId, time, event, userId, sessionId, reason },
    ip: clip(told.ip, 64),
    userAgent: clip(told.userAgent, 255),
    requestId: clip(told.requestId, 128),
    detail: Object.keys(detail).length > 0 ? JSON.stringify(detail) : null
  };
}
function clip(text, width) {
  return text.slice(0, width).toWellFormed();
}

// models/audit/audit.model.ts
var BATCH_SIZES = [50, 10, 2, 1];
var RETRY_MS = { first: 200, longest: 5e3 };
var CLOSE_MS = 2e3;
var alarming = /* @__PURE__ */ new Set(["refresh.reused"]);
function createAuditModel({ db, log, now, onLost = () => {
}, capacity = 1e4 }) {
  const table = createAuditTable(db);
  const queue = [];
  const wake = new AbortController();
  let state = "open";
  let writing = false;
  let written = Promise.resolve();
  let inserting = written;
  let lost = 0;
  function lose(count) {
    lost += count;
    onLost(count);
  }
  async function write() {
    writing = true;
    let failures = 0;
    let oneByOne = 0;
    for (; ; ) {
      await turn();
      if (queue.length === 0 || state === "closed") break;
      const size = BATCH_SIZES.find((size2) => size2 <= queue.length && oneByOne === 0) ?? 1;
      const rows = queue.slice(0, size);
      try {
        inserting = table.insert(rows);
        await inserting;
      } catch (err) {
        if (!isFaultOfRow(err)) {
          if (++failures === 1) log.warn({ err, waiting: queue.length }, "audit rows cannot be written");
          await pause(failures);
          continue;
        }
        if (rows.length > 1) {
          oneByOne = rows.length;
          continue;
        }
        if (!(err instanceof DuplicateEntryError)) {
          log.error({ err, event_id: rows[0]?.eventId }, "an audit row was refused");
          lose(1);
        }
      }
      if (failures > 0) log.info({ waiting: queue.length, lost }, "audit rows can be written again");
      failures = 0;
      oneByOne = Math.max(0, oneByOne - 1);
      queue.splice(0, rows.length);
    }
    writing = false;
  }
  async function pause(failures) {
    if (state !== "open") return sleep(RETRY_MS.first);
    const ms = Math.min(RETRY_MS.first * 2 ** (failures - 1), RETRY_MS.longest);
    await sleep(ms, void 0, { signal: wake.signal }).catch(() => {
    });
  }
  return {
    /** Records an event. Returns at once. */
    record(event, told) {
      const { userId, sessionId, reason, ip, userAgent, requestId, clientId, by, detail } = told;
      const eventId = v7_default();
      log[alarming.has(event) ? "warn" : "info"](
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
          detail
        },
        "audit"
      );
      if (state === "closed" || queue.length >= capacity) {
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
    async forget(userId) {
      for (const row of queue) {
        if (row.userId === userId) Object.assign(row, { ip: "", userAgent: "", detail: null });
      }
      await inserting.catch(() => {
      });
      await table.forget(userId);
    },
    /** Writes the queue, for two seconds at most. What is left is lost, and the log says how much. */
    async close() {
      await turn();
      state = "closing";
      wake.abort();
      await withDeadline(written, CLOSE_MS).catch(() => {
      });
      state = "closed";
      if (queue.length > 0) lose(queue.splice(0).length);
      if (lost > 0) log.error({ lost }, "audit events are missing in audit_log");
    }
  };
}
function isFaultOfRow(error) {
  return error instanceof DuplicateEntryError || error instanceof UnstorableTextError || error instanceof DatabaseError && error.isLasting;
}

export {
  createAuditModel
};
//# sourceMappingURL=chunk-6D3GDYAO.js.map
