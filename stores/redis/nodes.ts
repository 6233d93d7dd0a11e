import { DeadlineError, withDeadline } from '../../deadline.ts';
import type { Client, Connection } from './connection.ts';

/** Where a refused command goes next: to another connection, or it waits (`later`) until more is known. */
export type Redirect = 'later' | { to: Connection; asking: boolean };

/** The servers of one form of Redis (single, Cluster, Sentinel), as connections. */
export interface Nodes {
  /** The connection to the master that holds the key. Never a replica, which may not know yet that a session has ended. */
  connectionFor(key: string): Connection | undefined;
  /** The connections to all masters. */
  masters(): Connection[];
  /** What to do with an error reply; null when the error is the answer. Only commands that changed nothing are redirected. */
  redirect(error: Error, from: Connection, on: Client): Redirect | null;
  /** Why there is no connection, as far as it is known. */
  failure(): unknown;
  /** Rejects when the server answers and cannot serve. */
  check(client: Client): Promise<unknown>;
  close(): Promise<unknown>;
}

/** The one server at a fixed address. */
export function singleNode(connection: Connection): Nodes {
  return {
    connectionFor: () => connection,
    masters: () => [connection],
    redirect: () => null,
    failure: () => connection.error(),
    check: client => client.sendCommand(['PING']),
    close: () => connection.close(),
  };
}

/** The first error among the connections. */
export function firstError(connections: Iterable<Connection>): unknown {
  for (const connection of connections) if (connection.error()) return connection.error();
  return undefined;
}

/** Maximum time a stale master is trusted. */
const INTERVAL_MS = 1000;
const URGENT_INTERVAL_MS = 50;

export interface Polling {
  /** The connections to poll now. */
  connections: () => Iterable<Connection>;
  /** Asks one server what it knows. */
  ask: (client: Client, connection: Connection) => Promise<unknown>;
  /** True while a master is unknown or does not answer. */
  isUrgent: () => boolean;
  /** Called with the error reply of a server. */
  onError: (error: unknown) => void;
  timeoutMs: number;
}

/**
 * Asks every connected server again and again: once a second, or every 50 ms while it is urgent.
 * A missing answer counts as a timeout of the connection, so an idle process also notices a server that hangs.
 */
export function pollServers({ connections, ask, isUrgent, onError, timeoutMs }: Polling): { stop(): void } {
  const askedAt = new WeakMap<Connection, number>();
  const pending = new WeakSet<Connection>();

  function tick(): void {
    const due = performance.now() - (isUrgent() ? 0 : INTERVAL_MS);
    for (const connection of connections()) {
      const client = connection.ready();
      if (!client || pending.has(connection) || (askedAt.get(connection) ?? due) > due) continue;
      pending.add(connection);
      askedAt.set(connection, performance.now());
      withDeadline(ask(client, connection), timeoutMs)
        .then(
          () => connection.answered(client),
          error => (error instanceof DeadlineError ? connection.timedOut(client) : onError(error)),
        )
        .finally(() => pending.delete(connection));
    }
  }
  const timer = setInterval(tick, URGENT_INTERVAL_MS);
  return { stop: () => clearInterval(timer) };
}
