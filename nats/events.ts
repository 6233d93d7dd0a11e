import { randomUUID } from 'node:crypto';
import type { NatsConnection } from '@nats-io/transport-node';
import type { Emitter } from '../models/audit/events.ts';

export const POSITION_SUBJECT = 'auth.events.position';
/** While the server has not confirmed so many events, further ones are dropped. */
const MAX_UNCONFIRMED = 1000;
const POSITION_INTERVAL_MS = 10_000;

/** What an event says: ids and reasons, nothing else. */
interface Told {
  user_id: number;
  session_id?: string;
  reason?: string;
}

interface Options {
  /** Unix time in milliseconds. */
  now: () => number;
  onDropped: (count: number) => void;
  /** How often the position is published, in ms. */
  positionIntervalMs?: number;
}

/**
 * Publishes events of users and sessions. Each has the id of this process (`source`) and a number that counts all its
 * events (`seq`), also the dropped ones. So a listener sees what it missed.
 */
export function createEventPublisher({ now, onDropped, positionIntervalMs = POSITION_INTERVAL_MS }: Options) {
  const source = randomUUID();
  let seq = 0;
  /** The connection, and how many events its server has not confirmed. */
  let channel: { connection: NatsConnection; unconfirmed: number; isConfirming: boolean } | null = null;
  let timer: NodeJS.Timeout | undefined;

  const stamp = () => ({ source, seq, at: new Date(now()).toISOString() });

  function publish(subject: string, told: Told): void {
    seq++;
    try {
      if (!channel || channel.unconfirmed >= MAX_UNCONFIRMED) throw new Error('NATS is away or behind');
      channel.connection.publish(subject, JSON.stringify({ ...told, ...stamp() }));
      channel.unconfirmed++;
      if (!channel.isConfirming) confirm(channel).catch(() => {});
    } catch {
      onDropped(1);
    }
  }

  /** The server responds to pings in order, so a pong confirms what was sent before the ping. */
  async function confirm(on: NonNullable<typeof channel>): Promise<void> {
    on.isConfirming = true;
    while (on.unconfirmed > 0) {
      const count = on.unconfirmed;
      await on.connection.flush();
      on.unconfirmed -= count;
    }
    on.isConfirming = false;
  }

  function publishPosition(more: { closed?: true } = {}): void {
    try {
      channel?.connection.publish(POSITION_SUBJECT, JSON.stringify({ ...stamp(), ...more }));
    } catch {} // the next connection begins with it
  }

  return {
    source,

    /** Publishes what the emitter tells from now on. */
    listenTo(events: Emitter): void {
      events.on('session.started', ({ userId, sessionId, reason }) =>
        publish('auth.session.started', { user_id: userId, session_id: sessionId, reason }),
      );
      events.on('session.ended', ({ userId, sessionId, reason }) =>
        publish('auth.session.ended', { user_id: userId, session_id: sessionId, reason }),
      );
      events.on('password.changed', ({ userId, sessionId }) =>
        publish('auth.user.password_changed', { user_id: userId, session_id: sessionId, reason: 'changed' }),
      );
      events.on('password.reset', ({ userId }) =>
        publish('auth.user.password_changed', { user_id: userId, reason: 'reset' }),
      );
      events.on('refresh.reused', ({ userId, sessionId }) =>
        publish('auth.refresh.reused', { user_id: userId, session_id: sessionId }),
      );
    },

    connected(connection: NatsConnection): void {
      channel = { connection, unconfirmed: 0, isConfirming: false };
      publishPosition();
      timer = setInterval(publishPosition, positionIntervalMs).unref();
    },

    disconnected(): void {
      clearInterval(timer);
      if (channel && channel.unconfirmed > 0) onDropped(channel.unconfirmed);
      channel = null;
    },

    /** Tells listeners that this process publishes nothing more. */
    close(): void {
      clearInterval(timer);
      publishPosition({ closed: true });
    },
  };
}
