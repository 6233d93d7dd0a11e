import { DeadlineError } from '../../deadline.ts';
import { StoreError } from '../../errors.ts';
import type { Logger } from '../../telemetry/logger.ts';
import type { Timed } from '../../telemetry/metrics.ts';
import { clusterNodes } from './cluster.ts';
import { type Client, type Connection, type ConnectionOptions, openConnection } from './connection.ts';
import { type Nodes, type Redirect, singleNode } from './nodes.ts';
import type { Script } from './script.ts';
import { sentinelNodes, verifyMaster } from './sentinel.ts';
import type { RedisTarget } from './target.ts';

/** Sends a command to one server. It is called again only after a reply that says that nothing was done. */
type Command<T> = (client: Client) => Promise<T>;

/**
 * Redis with a deadline for each command. Every failure is a {@link StoreError}; a write that failed may still happen. A command is never sent again when its answer was lost.
 */
export interface Redis {
  /** True on Redis Cluster: keys that are used together need a common hash tag. */
  readonly hashTags: boolean;
  /** Runs a command on the master that holds the key. The caller checks the reply. */
  run(key: string, command: [string, ...string[]]): Promise<unknown>;
  /** Runs a script as one atomic step on the master that holds the first key. The caller checks the reply. */
  eval(script: Script, keys: readonly [string, ...string[]], args: (string | number)[]): Promise<unknown>;
  /** Resolves when every master answers and can serve. */
  ping(): Promise<unknown>;
  /** Settings of Redis that may lose revocations, a sentence each. Empty when Redis does not tell its settings. */
  durabilityWarnings(): Promise<string[]>;
  close(): Promise<unknown>;
}

/** After so many redirects of one command the servers disagree about a slot, and the command waits. */
const MAX_REDIRECTS = 4;

/**
 * Opens Redis. Connections are opened in the background, and again when they are lost.
 * @param timeoutMs the deadline of a command in ms; it includes the wait for a connection and all redirects
 * @param timed measures how long each command takes
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

  /**
   * Every command goes through here.
   * @param find the connection to use, asked again after each wait
   * @param fullScript sent when the server does not know the script of `command`
   */
  function send<T>(
    find: () => Connection | undefined,
    command: Command<T>,
    fullScript?: Command<T>,
  ): Promise<T> {
    return timed(() => sendInTime(find, command, fullScript));
  }

  function sendInTime<T>(
    find: () => Connection | undefined,
    command: Command<T>,
    fullScript?: Command<T>,
  ): Promise<T> {
    return new Promise((resolve, reject) => {
      let sent: { connection: Connection; client: Client } | null = null;
      let redirects = 0;
      let over = false;
      const timer = setTimeout(() => {
        waiting.delete(attempt);
        sent?.connection.timedOut(sent.client);
        fail((!sent && (find()?.error() ?? nodes.failure())) || new DeadlineError(timeoutMs));
      }, timeoutMs);
      const fail = (cause: unknown) => {
        over = true;
        clearTimeout(timer);
        reject(new StoreError('The session store does not answer in time.', cause));
      };
      const attempt = () => sendTo(find(), 'plain');
      const sendTo = (connection: Connection | undefined, how: 'plain' | 'asking') => {
        const client = connection?.ready();
        sent = connection && client ? { connection, client } : null;
        if (!connection || !client) {
          waiting.add(attempt);
          return;
        }
        // ASKING holds for the next command on the connection, so both are sent in one tick.
        if (how === 'asking') client.sendCommand(['ASKING']).catch(() => {});
        command(client).then(
          answer => {
            connection.answered(client);
            clearTimeout(timer);
            resolve(answer);
          },
          error => {
            if (!over) refused(error, connection, client, how);
          },
        );
      };
      const refused = (error: Error, connection: Connection, client: Client, how: 'plain' | 'asking') => {
        if (fullScript && command !== fullScript && error.message.startsWith('NOSCRIPT')) {
          command = fullScript;
          return sendTo(connection, how);
        }
        const redirect = nodes.redirect(error, connection, client);
        if (!redirect) return fail(error);
        if (mustWait(redirect) || ++redirects > MAX_REDIRECTS) {
          sent = null;
          waiting.add(attempt);
        } else sendTo(redirect.to, redirect.asking ? 'asking' : 'plain');
      };
      // While a slot moves, each of two servers has some of its keys. A script needs all of them.
      const mustWait = (redirect: Redirect): redirect is 'later' =>
        redirect === 'later' || (redirect.asking && fullScript !== undefined);
      attempt();
    });
  }

  const run = (key: string, command: Command<unknown>, fullScript?: Command<unknown>) =>
    send(() => nodes.connectionFor(key), command, fullScript);

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
      // By index: a failover may put another server there before the deadline.
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
