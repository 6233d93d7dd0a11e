import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  introspectionResponse
} from "./chunk-ZRAPIUTR.js";
import {
  keepConnected,
  natsTarget
} from "./chunk-4UNVMZZ4.js";
import {
  StoreError,
  errorTable,
  withDeadline
} from "./chunk-HV5ORW3E.js";
import "./chunk-EU2VRU6C.js";

// nats/events.ts
import { randomUUID } from "node:crypto";
var POSITION_SUBJECT = "auth.events.position";
var MAX_UNCONFIRMED = 1e3;
var POSITION_INTERVAL_MS = 1e4;
function createEventPublisher({ now, onDropped, positionIntervalMs = POSITION_INTERVAL_MS }) {
  const source = randomUUID();
  let seq = 0;
  let channel = null;
  let timer;
  const stamp = () => ({ source, seq, at: new Date(now()).toISOString() });
  function publish(subject, told) {
    seq++;
    try {
      if (!channel || channel.unconfirmed >= MAX_UNCONFIRMED) throw new Error("NATS is away or behind");
      channel.connection.publish(subject, JSON.stringify({ ...told, ...stamp() }));
      channel.unconfirmed++;
      if (!channel.isConfirming) confirm(channel).catch(() => {
      });
    } catch {
      onDropped(1);
    }
  }
  async function confirm(on) {
    on.isConfirming = true;
    while (on.unconfirmed > 0) {
      const count = on.unconfirmed;
      await on.connection.flush();
      on.unconfirmed -= count;
    }
    on.isConfirming = false;
  }
  function publishPosition(more = {}) {
    try {
      channel?.connection.publish(POSITION_SUBJECT, JSON.stringify({ ...stamp(), ...more }));
    } catch {
    }
  }
  return {
    source,
    /** Publishes what the emitter tells from now on. */
    listenTo(events) {
      events.on(
        "session.started",
        ({ userId, sessionId, reason }) => publish("auth.session.started", { user_id: userId, session_id: sessionId, reason })
      );
      events.on(
        "session.ended",
        ({ userId, sessionId, reason }) => publish("auth.session.ended", { user_id: userId, session_id: sessionId, reason })
      );
      events.on(
        "password.changed",
        ({ userId, sessionId }) => publish("auth.user.password_changed", { user_id: userId, session_id: sessionId, reason: "changed" })
      );
      events.on(
        "password.reset",
        ({ userId }) => publish("auth.user.password_changed", { user_id: userId, reason: "reset" })
      );
      events.on(
        "refresh.reused",
        ({ userId, sessionId }) => publish("auth.refresh.reused", { user_id: userId, session_id: sessionId })
      );
    },
    connected(connection) {
      channel = { connection, unconfirmed: 0, isConfirming: false };
      publishPosition();
      timer = setInterval(publishPosition, positionIntervalMs).unref();
    },
    disconnected() {
      clearInterval(timer);
      if (channel && channel.unconfirmed > 0) onDropped(channel.unconfirmed);
      channel = null;
    },
    /** Tells listeners that this process publishes nothing more. */
    close() {
      clearInterval(timer);
      publishPosition({ closed: true });
    }
  };
}

// nats/responder.ts
var VERIFY_SUBJECT = "auth.token.verify";
var QUEUE_GROUP = "auth-api";
var MAX_REQUEST_BYTES = 8 * 1024;
var MAX_RUNNING = 1e3;
function createResponder({ introspect, log, onAnswer, maxRunning = MAX_RUNNING }) {
  let subscription = null;
  let stopping = null;
  let running = 0;
  let onIdle = () => {
  };
  async function verdict(request) {
    const token = tokenIn(request);
    if (token === null) return introspectionResponse(null);
    if (running >= maxRunning) return refusal("overloaded");
    running++;
    try {
      return introspectionResponse(await introspect(token));
    } catch (error) {
      const code = error instanceof StoreError ? error.code : "internal_error";
      const err = error instanceof StoreError ? error.cause : error;
      log.error({ code, err, subject: VERIFY_SUBJECT }, errorTable[code].title);
      return refusal(code);
    } finally {
      running--;
      if (running === 0) onIdle();
    }
  }
  async function answer(message) {
    const response = await verdict(message.data);
    onAnswer("error" in response ? response.error.code : response.active ? "active" : "inactive");
    try {
      message.respond(JSON.stringify(response));
    } catch {
    }
  }
  async function drain() {
    await subscription?.drain().catch(() => {
    });
    if (running > 0)
      await new Promise((resolve) => {
        onIdle = resolve;
      });
  }
  return {
    /** Answers on this connection from now on. */
    subscribe(connection) {
      if (stopping) return;
      subscription = connection.subscribe(VERIFY_SUBJECT, {
        queue: QUEUE_GROUP,
        callback: (error, message) => void (error ? void 0 : answer(message))
      });
    },
    /** Takes no more requests. Resolves when the requests so far have their response. */
    stop() {
      stopping ??= drain();
      return stopping;
    }
  };
}
function tokenIn(request) {
  if (request.length > MAX_REQUEST_BYTES) return null;
  try {
    const { token } = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(request));
    return typeof token === "string" ? token : null;
  } catch {
    return null;
  }
}
function refusal(code) {
  const kind = errorTable[code];
  return { error: { code, status: kind.status, retry_after: kind.retryAfterSeconds } };
}

// nats/nats.ts
var CLOSE_TIMEOUT_MS = 1e3;
function createNats({ servers, log, metrics, now }) {
  const events = createEventPublisher({ now, onDropped: metrics.nats.eventsDropped });
  let responder = null;
  const link = keepConnected({
    target: natsTarget(servers),
    log,
    onUp(connection) {
      metrics.nats.opened();
      responder?.subscribe(connection);
      events.connected(connection);
    },
    onDown() {
      metrics.nats.closed();
      events.disconnected();
    },
    onRefused: (error) => log.error({ reason: error.message }, "nats refused an operation")
  });
  return {
    /** What to answer and to publish, once. */
    serve({ events: emitter, introspect }) {
      events.listenTo(emitter);
      responder = createResponder({ introspect, log, onAnswer: metrics.nats.verified });
    },
    /** Connects in the background, and again after each loss. */
    open: link.open,
    /** Leaves token checks to other processes; events are still published. */
    stopAnswering: () => void responder?.stop(),
    /** Sends what was published, in a second at most. */
    async close() {
      const end = async () => {
        await responder?.stop();
        events.close();
        await link.close();
      };
      await withDeadline(end(), CLOSE_TIMEOUT_MS).catch(() => link.cut());
    }
  };
}
export {
  createNats
};
//# sourceMappingURL=nats-2MGMG2B3.js.map
