import { setTimeout as sleep } from 'node:timers/promises';
import { type ConnectionOptions, connect, type NatsConnection } from '@nats-io/transport-node';
import type { Logger } from '../telemetry/logger.ts';

const CONNECT_TIMEOUT_MS = 2000;
const FIRST_PAUSE_MS = 100;
const LAST_PAUSE_MS = 2000;
/** A server that does not respond to two pings is down: after 6 s at most. */
const PING_INTERVAL_MS = 2000;

interface Options {
  target: ConnectionOptions;
  log: Logger;
  /** Called with each new connection. */
  onUp: (connection: NatsConnection) => void;
  /** Called when the connection is lost or closed. */
  onDown: () => void;
  /** Called when the server refuses an operation, for example for a missing permission. */
  onRefused: (error: Error) => void;
}

/**
 * Connects once, and closes.
 * @throws {Error}
 */
export async function tryConnection(target: ConnectionOptions): Promise<void> {
  const connection = await connect({ reconnect: false, timeout: CONNECT_TIMEOUT_MS, ...target });
  await connection.close();
}

/**
 * Keeps a connection to NATS open until it is stopped. Each connection is a new one: a connection of the library that
 * reconnects by itself stores without a bound what is published meanwhile.
 */
export function keepConnected({ target, log, onUp, onDown, onRefused }: Options) {
  const stopping = new AbortController();
  const { signal } = stopping;
  let current: NatsConnection | null = null;
  let isDown = false;

  const options: ConnectionOptions = {
    name: 'express-auth-api',
    reconnect: false,
    timeout: CONNECT_TIMEOUT_MS,
    pingInterval: PING_INTERVAL_MS,
    maxPingOut: 2,
    ...target,
  };

  function tellDown(reason: string): void {
    if (isDown || signal.aborted) return;
    isDown = true;
    log.warn({ servers: target.servers, reason }, 'nats is down');
  }

  /** Resolves when the connection is of no more use. */
  async function use(connection: NatsConnection): Promise<void> {
    current = connection;
    if (isDown) log.info({ servers: target.servers }, 'nats is back');
    isDown = false;
    onUp(connection);
    let reason = 'the connection was closed';
    const statuses = connection.isClosed() ? [] : connection.status();
    for await (const status of statuses) {
      if (status.type === 'error') {
        reason = status.error.message;
        onRefused(status.error);
      }
      if (status.type === 'staleConnection') reason = 'no response to pings';
      if (['staleConnection', 'disconnect', 'close'].includes(status.type)) break;
    }
    current = null;
    onDown();
    tellDown(reason);
    // Not awaited: with a server that hangs it may never end.
    connection.close().catch(() => {});
  }

  async function run(): Promise<void> {
    let pauseMs = FIRST_PAUSE_MS;
    while (!signal.aborted) {
      try {
        const connection = await connect(options);
        if (signal.aborted) return await connection.close();
        pauseMs = FIRST_PAUSE_MS;
        await use(connection);
      } catch (error) {
        tellDown(error instanceof Error ? error.message : String(error));
      }
      await sleep(pauseMs * (0.5 + Math.random()), null, { signal, ref: false }).catch(() => {});
      pauseMs = Math.min(pauseMs * 2, LAST_PAUSE_MS);
    }
  }

  return {
    /** Connects in the background. */
    open: (): void => void run(),

    /** Sends what was published, and closes. */
    async close(): Promise<void> {
      stopping.abort();
      await current?.drain();
    },

    /** Closes at once. */
    async cut(): Promise<void> {
      stopping.abort();
      await current?.close();
    },
  };
}
