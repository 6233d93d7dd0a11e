import { DeadlineError, withDeadline } from '../../deadline.ts';
import type { Client, Connection } from './connection.ts';

/** Where a refused command goes next: to another connection, or anywhere `later`, when more is known. */
export type Redirect = 'later' | { to: Connection; asking: boolean };

/** The servers behind one of the three forms, as connections that come and go. */
export interface Nodes {
  /** The connection to the server that holds the key. Never one to a replica, which may not know yet what has ended. */
  connectionFor(key: string): Connection | undefined;
  /** The connections to every server that holds keys. */
  masters(): Connection[];
  /** What to make of an error reply, null where it is the answer. Only errors that changed nothing are redirected. */
  redirect(error: Error, from: Connection, on: Client): Redirect | null;
  /** Why there is no connection, as far as a server has said. */
  failure(): unknown;
  /** Rejects when a server that answers is in no state to serve. */
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

/** For so long a process may go on believing a master that hung and came back after a failover. */
const CALM_MS = 1000;
const URGENT_MS = 50;

/** The first error that one of the connections has met. */
export function firstError(connections: Iterable<Connection>): unknown {
  for (const connection of connections) if (connection.error()) return connection.error();
  return undefined;
}

/**
 * Asks every connection again and again, each a second after its last answer, or at once where that is urgent.
 * Connections that do not answer are told so, which is how an idle process notices a server that hangs.
 * @param connections whom to ask now
 * @param isUrgent true while what is known is not enough
 */
export function inquire(
  connections: () => Iterable<Connection>,
  {
    ask,
    isUrgent,
    onRefused,
    timeoutMs,
  }: {
    ask: (client: Client, connection: Connection) => Promise<unknown>;
    isUrgent: () => boolean;
    onRefused: (error: unknown) => void;
    timeoutMs: number;
  },
): { stop(): void } {
  const askedAt = new WeakMap<Connection, number>();
  const pending = new WeakSet<Connection>();

  function tick(): void {
    const due = performance.now() - (isUrgent() ? 0 : CALM_MS);
    for (const connection of connections()) {
      const client = connection.ready();
      if (!client || pending.has(connection) || (askedAt.get(connection) ?? due) > due) continue;
      pending.add(connection);
      askedAt.set(connection, performance.now());
      withDeadline(ask(client, connection), timeoutMs)
        .then(
          () => connection.answered(client),
          error => (error instanceof DeadlineError ? connection.missed(client) : onRefused(error)),
        )
        .finally(() => pending.delete(connection));
    }
  }
  const timer = setInterval(tick, URGENT_MS);
  return { stop: () => clearInterval(timer) };
}
