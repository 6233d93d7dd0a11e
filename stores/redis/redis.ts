import { createHash } from 'node:crypto';
import { DeadlineError } from '../../deadline.ts';
import { StoreError } from '../../errors.ts';
import type { Logger } from '../../telemetry/logger.ts';
import type { Timed } from '../../telemetry/metrics.ts';
import { clusterNodes } from './cluster.ts';
import { type Client, type Connection, type ConnectionOptions, openConnection } from './connection.ts';
import { type Nodes, type Redirect, singleNode } from './nodes.ts';
import { sentinelNodes, verifyMaster } from './sentinel.ts';
import type { RedisTarget } from './target.ts';

/** A Lua text with the digest by which Redis knows it after the first use. */
export interface Script {
  lua: string;
  sha1: string;
}

/** Names a Lua text once, at load. */
export function defineScript(lua: string): Script {
  return { lua, sha1: createHash('sha1').update(lua).digest('hex') };
}

/** Sends something to a server; it may be called a second time where the first was refused. */
type Send<T> = (client: Client) => Promise<T>;

/** Redis under a deadline. Every failure is a {@link StoreError}; a write that failed may still happen. */
export interface Redis {
  /** True on Redis Cluster, where keys that are used together need a common hash tag. */
  readonly hashTags: boolean;
  /** Runs a command, given by its words, on the server that holds the key. Its reply is the caller's to check. */
  run(key: string, command: [string, ...string[]]): Promise<unknown>;
  /** Runs a script as one atomic step, on the server that holds the first key. Its reply is the caller's to check. */
  eval(script: Script, keys: [string, ...string[]], args: (string | number)[]): Promise<unknown>;
  /** Resolves when every server that holds keys serves. */
  ping(): Promise<unknown>;
  /** Settings under which revocations may be lost, a sentence each. Empty where Redis does not tell. */
  durabilityWarnings(): Promise<string[]>;
  close(): Promise<unknown>;
}

/** Servers that disagree on who holds a slot send a command back and forth; from then on it waits for them. */
const REDIRECTS_AT_ONCE = 4;

/**
 * Opens Redis; connections are made in the background and again whenever they are lost.
 * @param timeoutMs how long a command, the wait for a connection and every redirect included, may take
 */
export function openRedis(
  target: RedisTarget,
  timeoutMs: number,
  log: Logger,
  timed: Timed = work => work(),
): Redis {
  const waiting = new Set<() => void>();
  const nodes = openNodes(target, { timeoutMs, log, onReady: sendWaiting });

  function sendWaiting(): void {
    const ready = [...waiting];
    waiting.clear();
    for (const send of ready) send();
  }

  /** The one door to Redis. A script the server does not know is sent again as `whole`. */
  function send<T>(find: () => Connection | undefined, command: Send<T>, whole?: Send<T>): Promise<T> {
    return timed(() => sendInTime(find, command, whole));
  }

  function sendInTime<T>(find: () => Connection | undefined, command: Send<T>, whole?: Send<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      let sent: { connection: Connection; client: Client } | null = null;
      let redirects = 0;
      let over = false;
      const timer = setTimeout(() => {
        waiting.delete(attempt);
        sent?.connection.missed(sent.client);
        fail((!sent && (find()?.error() ?? nodes.failure())) || new DeadlineError(timeoutMs));
      }, timeoutMs);
      const fail = (cause: unknown) => {
        over = true;
        clearTimeout(timer);
        reject(new StoreError('The session store does not answer in time.', cause));
      };
      const attempt = () => sendTo(find(), false);
      const sendTo = (connection: Connection | undefined, asking: boolean) => {
        const client = connection?.ready();
        sent = connection && client ? { connection, client } : null;
        if (!connection || !client) {
          waiting.add(attempt);
          return;
        }
        // In one tick with the command, which is the one that it stands for.
        if (asking) client.sendCommand(['ASKING']).catch(() => {});
        command(client).then(
          answer => {
            connection.answered(client);
            clearTimeout(timer);
            resolve(answer);
          },
          error => {
            if (!over) refused(error, connection, client, asking);
          },
        );
      };
      const refused = (error: Error, connection: Connection, client: Client, asking: boolean) => {
        if (whole && command !== whole && error.message.startsWith('NOSCRIPT')) {
          command = whole;
          return sendTo(connection, asking);
        }
        const redirect = nodes.redirect(error, connection, client);
        if (!redirect) return fail(error);
        if (mustWait(redirect) || ++redirects > REDIRECTS_AT_ONCE) {
          sent = null;
          waiting.add(attempt);
        } else sendTo(redirect.to, redirect.asking);
      };
      // A slot on its way is at two places, and a script would see but a part of the user's keys at either.
      const mustWait = (redirect: Redirect): redirect is 'later' =>
        redirect === 'later' || (redirect.asking && whole !== undefined);
      attempt();
    });
  }

  const run = (key: string, command: Send<unknown>, whole?: Send<unknown>) =>
    send(() => nodes.connectionFor(key), command, whole);

  return {
    hashTags: target.form === 'cluster',

    run: (key, command) => run(key, client => client.sendCommand(command)),

    eval({ lua, sha1 }, keys, args) {
      const rest = [String(keys.length), ...keys, ...args.map(String)];
      return run(
        keys[0],
        client => client.sendCommand(['EVALSHA', sha1, ...rest]),
        client => client.sendCommand(['EVAL', lua, ...rest]),
      );
    },

    ping() {
      const masters = nodes.masters();
      if (masters.length === 0) return run('', nodes.check);
      // By place, where another server may stand before the deadline is over.
      return Promise.all(masters.map((_, i) => send(() => nodes.masters()[i], nodes.check)));
    },

    async durabilityWarnings() {
      const warnings = await Promise.all(
        nodes.masters().map(async master => {
          const settings = await send(
            () => master,
            client => client.sendCommand<Settings>(['CONFIG', 'GET', 'maxmemory-policy', 'appendonly']),
          ).catch(() => ({}));
          return warningsOf(settings).map(warning => `redis at ${master.address} ${warning}`);
        }),
      );
      return warnings.flat();
    },

    close: () => nodes.close(),
  };
}

function openNodes(
  target: RedisTarget,
  common: Pick<ConnectionOptions, 'timeoutMs' | 'log' | 'onReady'>,
): Nodes {
  const { login } = target;
  const { timeoutMs, onReady: onChange } = common;
  switch (target.form) {
    case 'single':
      return singleNode(openConnection({ address: target.address, login, ...common }));
    case 'cluster':
      return clusterNodes(target.seeds, {
        open: address => openConnection({ address, login, ...common }),
        onChange,
        timeoutMs,
      });
    case 'sentinel':
      return sentinelNodes(target.sentinels, target.master, {
        openSentinel: address => openConnection({ address, login: target.sentinelLogin, ...common }),
        openMaster: address => openConnection({ address, login, verify: verifyMaster, ...common }),
        onChange,
        timeoutMs,
      });
  }
}

type Settings = { 'maxmemory-policy'?: string; appendonly?: string };

function warningsOf({ 'maxmemory-policy': policy, appendonly }: Settings): string[] {
  const warnings = [];
  if (policy && policy !== 'noeviction') {
    warnings.push(`evicts keys (maxmemory-policy ${policy}): set noeviction`);
  }
  if (appendonly === 'no') {
    warnings.push(
      'keeps no append-only file: after a crash ended sessions may live again; set appendonly yes',
    );
  }
  return warnings;
}
