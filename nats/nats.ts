import { withDeadline } from '../deadline.ts';
import type { Emitter } from '../models/audit/events.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { keepConnected } from './connection.ts';
import { createEventPublisher } from './events.ts';
import { createResponder, type Introspect } from './responder.ts';
import { natsTarget } from './target.ts';

const CLOSE_TIMEOUT_MS = 1000;

export type Nats = ReturnType<typeof createNats>;

interface Options {
  /** What NATS_URL says. */
  servers: string[];
  log: Logger;
  metrics: Metrics;
  /** Unix time in milliseconds. */
  now: () => number;
}

/** This process on NATS: token checks for other services, and events. Nothing waits for NATS. */
export function createNats({ servers, log, metrics, now }: Options) {
  const events = createEventPublisher({ now, onDropped: metrics.nats.eventsDropped });
  let responder: ReturnType<typeof createResponder> | null = null;

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
    onRefused: error => log.error({ reason: error.message }, 'nats refused an operation'),
  });

  return {
    /** What to answer and to publish, once. */
    serve({ events: emitter, introspect }: { events: Emitter; introspect: Introspect }): void {
      events.listenTo(emitter);
      responder = createResponder({ introspect, log, onAnswer: metrics.nats.verified });
    },

    /** Connects in the background, and again after each loss. */
    open: link.open,

    /** Leaves token checks to other processes; events are still published. */
    stopAnswering: (): void => void responder?.stop(),

    /** Sends what was published, in a second at most. */
    async close(): Promise<void> {
      const end = async () => {
        await responder?.stop();
        events.close();
        await link.close();
      };
      await withDeadline(end(), CLOSE_TIMEOUT_MS).catch(() => link.cut());
    },
  };
}
