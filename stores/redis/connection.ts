import { RedisClient } from 'redis';
import { DeadlineError, withDeadline } from '../../deadline.ts';
import type { Logger } from '../../telemetry/logger.ts';
import type { Address, Login } from './target.ts';

export type Client = ReturnType<typeof newClient>;

/** A connection to one server. It is opened in the background, and again when it is lost or hangs. */
export interface Connection {
  readonly address: Address;
  /** The client, or null while there is no usable connection. */
  ready(): Client | null;
  /** True while there is a usable connection and its last command was answered in time. */
  isHealthy(): boolean;
  /** Why there is no usable connection. */
  error(): unknown;
  /** Notes that a command was answered in time. */
  answered(on: Client): void;
  /** Notes that a command was not answered in time. After three in a row the connection is replaced. */
  timedOut(on: Client): void;
  /** Replaces the connection, unless `on` is an earlier client that was replaced already. */
  reconnect(on: Client): void;
  /** Closes the connection. Commands in flight get `timeoutMs` to finish. */
  close(): Promise<void>;
}

export interface ConnectionOptions {
  address: Address;
  login: Login;
  timeoutMs: number;
  log: Logger;
  /** Called when the connection is usable. */
  onReady: () => void;
  /** Rejects when the server must not be used. */
  verify?: (client: Client) => Promise<void>;
}

const TIMEOUTS_BEFORE_RECONNECT = 3;
const HANDSHAKE_TIMEOUT_MS = 2000;
const REFUSED_RETRY_MS = 100;

function newClient(address: Address, { tls, ...login }: Login) {
  const { hostname, port } = new URL(`redis://${address}`);
  const endpoint = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 6379) };
  // `createClient` would build a class with all commands: 25 MB of memory.
  return new RedisClient({
    ...login,
    disableOfflineQueue: true,
    // withDeadline bounds every command; the timeout of node-redis costs five times the command.
    commandOptions: { timeout: undefined },
    commandsQueueMaxLength: 10_000,
    socket: {
      ...endpoint,
      ...(tls && { tls: true as const, ca: tls.ca }),
      connectTimeout: HANDSHAKE_TIMEOUT_MS,
      reconnectStrategy: retries => Math.min(20 * 2 ** retries, 150) + Math.random() * 50,
    },
  });
}

/** Opens a connection and keeps it open until `close`. */
export function openConnection(options: ConnectionOptions): Connection {
  const { address, login, timeoutMs, log, onReady, verify } = options;
  let usable = false;
  let timeouts = 0;
  let failure: unknown;
  let closed = false;
  let client = connect();

  function connect(): Client {
    const fresh = newClient(address, login);
    let handshake: NodeJS.Timeout | undefined;
    fresh.on('connect', () => {
      // node-redis goes on to connect when a client is destroyed before it has connected.
      if (fresh !== client || closed) return fresh.destroy();
      handshake = setTimeout(
        () => replace(fresh, new DeadlineError(HANDSHAKE_TIMEOUT_MS)),
        HANDSHAKE_TIMEOUT_MS,
      );
    });
    fresh.on('error', error => {
      clearTimeout(handshake);
      if (fresh === client) lose(error);
    });
    fresh.on('ready', async () => {
      try {
        await verify?.(fresh);
      } catch (error) {
        if (fresh !== client) return;
        lose(error);
        setTimeout(() => replace(fresh, error), REFUSED_RETRY_MS);
        return;
      }
      clearTimeout(handshake);
      if (fresh !== client || closed || !fresh.isReady) return;
      if (failure) log.info({ address }, 'redis is back');
      failure = undefined;
      usable = true;
      timeouts = 0;
      onReady();
    });
    fresh.on('end', () => clearTimeout(handshake));
    fresh.connect().catch(() => {}); // the error event tells it
    return fresh;
  }

  function lose(error: unknown): void {
    usable = false;
    if (closed) return;
    if (!failure) log.error({ err: error, address }, 'redis is down');
    failure = error;
  }

  /** A Redis that hangs keeps its socket open and answers nothing, so the client is replaced. */
  function replace(stuck: Client, reason: unknown): void {
    if (stuck !== client || closed) return;
    lose(reason);
    timeouts = 0;
    client = connect();
    stuck.destroy();
  }

  return {
    address,
    ready: () => (usable && client.isReady ? client : null),
    isHealthy: () => usable && timeouts === 0,
    error: () => failure,
    answered(on) {
      if (on === client) timeouts = 0;
    },
    timedOut(on) {
      if (on === client && ++timeouts >= TIMEOUTS_BEFORE_RECONNECT) replace(on, new DeadlineError(timeoutMs));
    },
    reconnect: on => replace(on, new Error('the server is not the master any more')),
    async close() {
      if (closed) return;
      closed = true;
      const last = client;
      if (last.isReady) await withDeadline(last.close(), timeoutMs).catch(() => last.destroy());
      else last.destroy();
    },
  };
}
