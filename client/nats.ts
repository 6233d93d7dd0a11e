import { type NatsOptions, type NatsRequester, natsVerifier } from './verifiers/nats.ts';
import type { Caller, Verifier } from './verifiers/verifier.ts';

export { type Caller, type NatsOptions, type NatsRequester, natsVerifier, type Verifier };

/** What is used of a NATS connection to listen, for example one of `@nats-io/transport-node`. */
export interface NatsListener {
  subscribe(
    subject: string,
    options: { callback: (error: Error | null, message: { data: Uint8Array }) => void },
  ): { unsubscribe(): void };
  status(): AsyncIterable<{ type: string }>;
}

/** A session that ended. */
export interface EndedSessions {
  userId: number;
  sessionId: string;
  /** As the API says it: `logout`, `evicted`, `password_change` … */
  reason: string;
}

/**
 * Why events may have been missed: their numbers have a gap, the API was silent, or this connection was lost. `refused`:
 * the server does not let this user listen.
 */
export type GapReason = 'missed' | 'silent' | 'disconnected' | 'refused';

export interface WatchOptions {
  /** Called when sessions have ended. May be called twice for one. */
  onEnded: (ended: EndedSessions) => void;
  /** Called when events may have been missed: ask about every token again. */
  onGap: (reason: GapReason) => void;
  /** How long a process of the API may be silent, in ms (30000). It tells its position every 10 s. */
  silenceMs?: number;
}

interface Message {
  source: string;
  seq: number;
  user_id?: number;
  session_id?: string;
  reason?: string;
  closed?: boolean;
}

const EVENTS = [
  'auth.session.started',
  'auth.session.ended',
  'auth.user.password_changed',
  'auth.refresh.reused',
];
const POSITIONS = 'auth.events.position';

/**
 * Follows the events of the API. Every process of the API numbers its events, so that a missing one is seen: with the
 * next event, or with the position that each process tells every 10 s.
 * @returns `stop` ends it
 */
export function watchSessions(connection: NatsListener, options: WatchOptions): { stop(): void } {
  const { onEnded, onGap, silenceMs = 30_000 } = options;
  const sources = new Map<string, { seq: number; heardAt: number }>();
  let heardAt = performance.now();
  let stopped = false;

  /** @param before the number before this message's own event; for a position the number itself */
  function follow({ source, seq, closed }: Message, before: number): void {
    heardAt = performance.now();
    const known = sources.get(source)?.seq ?? 0;
    if (closed) sources.delete(source);
    else sources.set(source, { seq: Math.max(seq, known), heardAt });
    if (before > known) onGap('missed');
  }

  function onMessage(subject: string, data: Uint8Array): void {
    const message = messageIn(data);
    if (!message) {
      onGap('missed');
      return;
    }
    const { seq, user_id: userId, session_id: sessionId, reason = '' } = message;
    follow(message, subject === POSITIONS ? seq : seq - 1);
    // The other events are only counted: every session that they end has an event of its own.
    if (subject === 'auth.session.ended' && userId !== undefined && sessionId !== undefined)
      onEnded({ userId, sessionId, reason });
  }

  const subscriptions = [...EVENTS, POSITIONS].map(subject =>
    connection.subscribe(subject, {
      callback: (error, message) => {
        if (stopped) return;
        if (error) onGap('refused');
        else onMessage(subject, message.data);
      },
    }),
  );

  const timer = setInterval(() => {
    const now = performance.now();
    const silent = [...sources].filter(([, { heardAt }]) => now - heardAt > silenceMs);
    for (const [source] of silent) sources.delete(source);
    if (silent.length === 0 && (sources.size > 0 || now - heardAt <= silenceMs)) return;
    heardAt = now;
    onGap('silent');
  }, silenceMs / 10);
  timer.unref();

  void (async () => {
    for await (const { type } of connection.status()) {
      if (stopped) break;
      // What was sent meanwhile is lost: NATS stores nothing.
      if (type === 'reconnect' || type === 'close') onGap('disconnected');
    }
  })();

  return {
    stop() {
      stopped = true;
      clearInterval(timer);
      for (const subscription of subscriptions) subscription.unsubscribe();
    },
  };
}

function messageIn(data: Uint8Array): Message | null {
  try {
    const message = JSON.parse(new TextDecoder().decode(data));
    return typeof message.source === 'string' && Number.isInteger(message.seq) ? message : null;
  } catch {
    return null;
  }
}
