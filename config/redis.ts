import { createHash } from 'node:crypto';
import { createClient } from 'redis';
import { ApiError } from '../errors.ts';
import { DeadlineError, withDeadline } from './deadline.ts';
import type { Logger } from './logger.ts';
import type { Timed } from './metrics.ts';

type Client = ReturnType<typeof connectable>;

/** A Lua text with the digest by which Redis knows it after the first use. */
export interface Script {
  lua: string;
  sha1: string;
}

/** Names a Lua text once, at load. */
export function defineScript(lua: string): Script {
  return { lua, sha1: createHash('sha1').update(lua).digest('hex') };
}

/** Redis under a deadline. Every failure is the 503 `store_unavailable`; a write that failed may still happen. */
export interface Redis {
  run<T>(command: (client: Client) => Promise<T>): Promise<T>;
  /** Runs a script as one atomic step. Its reply is the caller's to check. */
  eval(script: Script, keys: string[], args: (string | number)[]): Promise<unknown>;
  /** Settings under which revocations may be lost, a sentence each. Empty where Redis does not tell. */
  durabilityWarnings(): Promise<string[]>;
  close(): Promise<void>;
}

const MISSES_BEFORE_RECONNECT = 3;
const HANDSHAKE_TIMEOUT_MS = 2000;

function connectable(url: string) {
  return createClient({
    url,
    disableOfflineQueue: true,
    commandsQueueMaxLength: 10_000,
    socket: {
      connectTimeout: HANDSHAKE_TIMEOUT_MS,
      reconnectStrategy: retries => Math.min(20 * 2 ** retries, 150) + Math.random() * 50,
    },
  });
}

/**
 * Opens Redis; the connection is made in the background and again whenever it is lost.
 * @param timeoutMs how long a command, the wait for a connection included, may take
 */
export function openRedis(url: string, timeoutMs: number, log: Logger, timed: Timed = work => work()): Redis {
  const waiting = new Set<() => void>();
  let client = connect();
  let misses = 0;
  let down = false;

  function connect(): Client {
    const fresh = connectable(url);
    let handshake: NodeJS.Timeout | undefined;
    fresh.on('connect', () => {
      handshake = setTimeout(() => reconnect(fresh), HANDSHAKE_TIMEOUT_MS);
    });
    fresh.on('error', error => {
      clearTimeout(handshake);
      if (!down) log.error({ err: error }, 'redis is down');
      down = true;
    });
    fresh.on('ready', () => {
      clearTimeout(handshake);
      if (down) log.info('redis is back');
      down = false;
      misses = 0;
      for (const send of waiting) send();
      waiting.clear();
    });
    fresh.on('end', () => clearTimeout(handshake));
    fresh.connect().catch(() => {}); // told by the error event; rejects only when destroyed meanwhile
    return fresh;
  }

  /** A stopped Redis keeps its socket open and settles nothing: only a new connection gets past that. */
  function reconnect(stuck: Client): void {
    if (stuck !== client) return;
    log.warn('redis does not answer, connecting anew');
    down = true;
    misses = 0;
    client = connect();
    stuck.destroy();
  }

  function run<T>(command: (client: Client) => Promise<T>): Promise<T> {
    return timed(() => answerInTime(command));
  }

  function answerInTime<T>(command: (client: Client) => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      let sentOn: Client | undefined;
      const timer = setTimeout(() => {
        waiting.delete(send);
        if (sentOn && sentOn === client && ++misses >= MISSES_BEFORE_RECONNECT) reconnect(sentOn);
        fail(new DeadlineError(timeoutMs));
      }, timeoutMs);
      const fail = (cause: unknown) => {
        clearTimeout(timer);
        reject(new ApiError('store_unavailable', { detail: 'The session store does not answer.', cause }));
      };
      const send = () => {
        sentOn = client;
        command(client).then(answer => {
          clearTimeout(timer);
          misses = 0;
          resolve(answer);
        }, fail);
      };
      if (client.isReady) send();
      else waiting.add(send);
    });
  }

  return {
    run,

    eval: ({ lua, sha1 }, keys, args) =>
      run(async redis => {
        const options = { keys, arguments: args.map(String) };
        try {
          return await redis.evalSha(sha1, options);
        } catch (error) {
          if (error instanceof Error && error.message.startsWith('NOSCRIPT')) return redis.eval(lua, options);
          throw error;
        }
      }),

    async durabilityWarnings() {
      const settings = await run(redis => redis.configGet(['maxmemory-policy', 'appendonly'])).catch(
        () => null,
      );
      const warnings = [];
      if (settings?.['maxmemory-policy'] && settings['maxmemory-policy'] !== 'noeviction') {
        warnings.push(`redis evicts keys (maxmemory-policy ${settings['maxmemory-policy']}): set noeviction`);
      }
      if (settings?.appendonly === 'no') {
        warnings.push(
          'redis keeps no append-only file: after a crash ended sessions may live again; set appendonly yes',
        );
      }
      return warnings;
    },

    async close() {
      const closing = client;
      if (closing.isReady) await withDeadline(closing.close(), timeoutMs).catch(() => closing.destroy());
      else if (closing.isOpen) closing.destroy();
    },
  };
}
