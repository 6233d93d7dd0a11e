import { RedisClient } from 'redis';
import { DeadlineError, withDeadline } from '../../deadline.ts';
import type { Logger } from '../../telemetry/logger.ts';
import type { Address, Login } from './target.ts';

export type Client = ReturnType<typeof newClient>;

/** One connection to one server, made in the background and again whenever it is lost or stuck. */
export interface Connection {
  readonly address: Address;
  /** The client while it can be used. */
  ready(): Client | null;
  /** True while it can be used and nothing is overdue. */
  isSteady(): boolean;
  /** What the last attempt to connect failed with, while there is no connection. */
  error(): unknown;
  answered(on: Client): void;
  /** No answer came in time. The third in a row ends the connection for a new one. */
  missed(on: Client): void;
  /** Ends the connection for a new one at once, unless that was done since the client was taken. */
  renew(on: Client): void;
  /** Lets what is in flight finish, for as long as a command may take. */
  close(): Promise<void>;
}

export interface ConnectionOptions {
  address: Address;
  login: Login;
  timeoutMs: number;
  log: Logger;
  /** Called when the connection can be used. */
  onReady: () => void;
  /** Rejects when the server that answers is not the one that is wanted. */
  verify?: (client: Client) => Promise<void>;
}

const MISSES_BEFORE_RENEWAL = 3;
const HANDSHAKE_TIMEOUT_MS = 2000;
const REFUSED_RETRY_MS = 100;

function newClient(address: Address, { tls, ...login }: Login) {
  const { hostname, port } = new URL(`redis://${address}`);
  const endpoint = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 6379) };
  // Not `createClient`, which makes a class of all commands there are: 25 MB for the process.
  return new RedisClient({
    ...login,
    disableOfflineQueue: true,
    // There is a deadline of our own, and node-redis' costs five times the command.
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

/** Opens a connection that keeps itself up until it is closed. */
export function openConnection(options: ConnectionOptions): Connection {
  const { address, login, timeoutMs, log, onReady, verify } = options;
  let usable = false;
  let misses = 0;
  let failure: unknown;
  let closed = false;
  let client = connect();

  function connect(): Client {
    const fresh = newClient(address, login);
    let handshake: NodeJS.Timeout | undefined;
    fresh.on('connect', () => {
      // A client that is destroyed while it dials goes on to connect.
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
      misses = 0;
      onReady();
    });
    fresh.on('end', () => clearTimeout(handshake));
    fresh.connect().catch(() => {}); // told by the error event; rejects only when destroyed meanwhile
    return fresh;
  }

  function lose(error: unknown): void {
    usable = false;
    if (closed) return;
    if (!failure) log.error({ err: error, address }, 'redis is down');
    failure = error;
  }

  /** A stopped Redis keeps its socket open and settles nothing: only a new connection gets past that. */
  function replace(stuck: Client, reason: unknown): void {
    if (stuck !== client || closed) return;
    lose(reason);
    misses = 0;
    client = connect();
    stuck.destroy();
  }

  return {
    address,
    ready: () => (usable && client.isReady ? client : null),
    isSteady: () => usable && misses === 0,
    error: () => failure,
    answered(on) {
      if (on === client) misses = 0;
    },
    missed(on) {
      if (on === client && ++misses >= MISSES_BEFORE_RENEWAL) replace(on, new DeadlineError(timeoutMs));
    },
    renew: on => replace(on, new Error('the server is not the master any more')),
    async close() {
      if (closed) return;
      closed = true;
      const last = client;
      if (last.isReady) await withDeadline(last.close(), timeoutMs).catch(() => last.destroy());
      else last.destroy();
    },
  };
}
