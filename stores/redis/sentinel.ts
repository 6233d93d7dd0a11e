import * as z from 'zod';
import type { Client, Connection } from './connection.ts';
import { firstError, type Nodes, pollServers } from './nodes.ts';
import type { Address } from './target.ts';

export interface SentinelOptions {
  openSentinel: (address: Address) => Connection;
  openMaster: (address: Address) => Connection;
  /** Called when the master has changed. */
  onChange: () => void;
  timeoutMs: number;
}

const addressReply = z.tuple([z.string(), z.string()]);
const masterReply = z.record(z.string(), z.unknown()).transform(fields => Number(fields['config-epoch']));

/**
 * Follows the master that the Sentinels name.
 * Own code: docs/architecture.md compares it with the Sentinel clients of node-redis and ioredis.
 */
export function sentinelNodes(addresses: Address[], name: string, options: SentinelOptions): Nodes {
  const { openSentinel, openMaster, onChange, timeoutMs } = options;
  const sentinels = addresses.map(openSentinel);
  let master: { connection: Connection; epoch: number } | undefined;
  let failure: unknown;
  let closed = false;

  const all = () => [...sentinels, ...(master ? [master.connection] : [])];

  async function ask(client: Client, connection: Connection): Promise<void> {
    if (connection === master?.connection) await checkMaster(client, connection);
    else await askSentinel(client);
  }

  async function checkMaster(client: Client, connection: Connection): Promise<void> {
    try {
      await verifyMaster(client);
    } catch (error) {
      if (error instanceof NotMasterError) connection.reconnect(client);
      throw error;
    }
  }

  async function askSentinel(client: Client): Promise<void> {
    const [addressFields, masterFields] = await Promise.all([
      client.sendCommand(['SENTINEL', 'GET-MASTER-ADDR-BY-NAME', name]),
      client.sendCommand(['SENTINEL', 'MASTER', name]),
    ]);
    const [host, port] = addressReply.parse(addressFields);
    const epoch = masterReply.parse(masterFields);
    // A Sentinel that hung still names the master of an earlier epoch.
    if (closed || (master && epoch < master.epoch)) return;
    const address = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
    if (master?.connection.address === address) {
      master.epoch = epoch;
      return;
    }
    master?.connection.close();
    master = { connection: openMaster(address), epoch };
    onChange();
  }

  const polling = pollServers({
    connections: all,
    ask,
    isUrgent: () => !master?.connection.isHealthy(),
    onError: error => {
      failure = error;
    },
    timeoutMs,
  });

  return {
    connectionFor: () => master?.connection,
    masters: () => (master ? [master.connection] : []),
    redirect({ message }, from, on) {
      if (!message.startsWith('READONLY')) return null;
      from.reconnect(on);
      return 'later';
    },
    failure: () => (master ? master.connection.error() : (failure ?? firstError(sentinels))),
    check: verifyMaster,
    close() {
      closed = true;
      polling.stop();
      return Promise.all(all().map(connection => connection.close()));
    },
  };
}

class NotMasterError extends Error {}

/**
 * Asks a server for its own role, whatever the Sentinels say.
 * @throws {Error} when it is not a master
 */
export async function verifyMaster(client: Client): Promise<void> {
  const [role] = z.tuple([z.string()], z.unknown()).parse(await client.sendCommand(['ROLE']));
  if (role !== 'master') throw new NotMasterError(`the server is a ${role}`);
}
