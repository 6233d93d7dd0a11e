/** How long a process of the API may be silent. Each tells its position every 10 s. */
const SILENCE_MS = 30_000;
/** More processes than that mean that many are gone. */
const MAX_SOURCES = 1000;

const SUBJECTS = {
  started: 'auth.session.started',
  ended: 'auth.session.ended',
  passwordChanged: 'auth.user.password_changed',
  refreshReused: 'auth.refresh.reused',
  position: 'auth.events.position',
};

/** What this library needs of a connection of `@nats-io/transport-node`. */
export interface NatsSubscriber {
  subscribe(
    subject: string,
    options: { callback: (error: Error | null, message: { string(): string }) => void },
  ): { unsubscribe(): void };
  status(): AsyncIterable<{ type: string }>;
}

/** An event of the API; ids and reasons only. */
export interface SessionEvent {
  userId: number;
  sessionId: string;
  /** Why it ended, such as `logout`, `evicted` or `password_change`. */
  reason: string;
  /** ISO 8601. */
  at: string;
}

export interface SessionListeners {
  /** A session has ended: its token is refused from now on. */
  onEnded: (event: SessionEvent) => void;
  /**
   * Ends of sessions may have been missed. Ask again about every token that you rely on, for example by
   * `auth.token.verify`. Also called once for each process of the API that was there before.
   */
  onMissed: () => void;
}

interface Message {
  source: string;
  seq: number;
  /** With the last message of a process that ends as it should. */
  closed?: true;
  at: string;
  user_id: number;
  session_id: string;
  reason: string;
}

/**
 * Follows the ends of sessions over NATS, and notices which messages were missed by their sequence numbers, by a lost
 * connection, and by an API process that is silent for 30 s.
 * @returns stops it
 */
export function watchSessions(
  connection: NatsSubscriber,
  { onEnded, onMissed }: SessionListeners,
): () => void {
  const sources = new Map<string, { seq: number; heardAt: number }>();
  let stopped = false;

  function follow(subject: string, { source, seq, closed }: Message): void {
    const before = sources.get(source)?.seq ?? 0;
    const missed = seq - before - (subject === SUBJECTS.position ? 0 : 1);
    if (sources.size > MAX_SOURCES) sources.clear();
    if (closed) sources.delete(source);
    else sources.set(source, { seq: Math.max(seq, before), heardAt: performance.now() });
    if (missed > 0) onMissed();
  }

  function receive(subject: string, text: string): void {
    const message = JSON.parse(text) as Message;
    follow(subject, message);
    if (subject !== SUBJECTS.ended) return;
    const { user_id: userId, session_id: sessionId, reason, at } = message;
    onEnded({ userId, sessionId, reason, at });
  }

  const subscriptions = Object.values(SUBJECTS).map(subject =>
    connection.subscribe(subject, {
      callback: (error, message) => {
        if (error) onMissed();
        else receive(subject, message.string());
      },
    }),
  );
  const timer = setInterval(() => {
    const silent = [...sources].filter(([, { heardAt }]) => performance.now() - heardAt > SILENCE_MS);
    for (const [source] of silent) sources.delete(source);
    if (silent.length > 0) onMissed();
  }, SILENCE_MS / 3);
  if (typeof timer === 'object') timer.unref();
  void (async () => {
    for await (const { type } of connection.status()) {
      if (stopped) return;
      if (type === 'reconnect') onMissed();
    }
  })();

  return () => {
    stopped = true;
    clearInterval(timer);
    for (const subscription of subscriptions) subscription.unsubscribe();
  };
}
