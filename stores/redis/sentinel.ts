import { z } from 'zod';
import type { Client, Connection } from './connection.ts';
import { firstError, inquire, type Nodes } from './nodes.ts';
import type { Address } from './target.ts';

interface Deps {
  openSentinel: (address: Address) => Connection;
  openMaster: (address: Address) => Connection;
  /** Called when another server has become the master. */
  onChange: () => void;
  timeoutMs: number;
}

const place = z.tuple([z.string(), z.string()]);
const state = z.record(z.string(), z.unknown()).transform(fields => Number(fields['config-epoch']));

/**
 * The server that the Sentinels name the master.
 * Own code, because node-redis' Sentinel client sends a command again whose answer was lost with the connection (a
 * signature then counts as used before) and waits whole seconds between its attempts.
 */
export function sentinelNodes(addresses: Address[], name: string, deps: Deps): Nodes {
  const { openSentinel, openMaster, onChange, timeoutMs } = deps;
  const sentinels = addresses.map(openSentinel);
  let master: { connection: Connection; epoch: number } | undefined;
  let failure: unknown;
  let closed = false;

  async function ask(client: Client, connection: Connection): Promise<void> {
    if (connection === master?.connection) {
      await verifyMaster(client).catch(error => {
        if (error instanceof NoMasterError) connection.renew(client);
        throw error;
      });
      return;
    }
    const [where, what] = await Promise.all([
      client.sendCommand(['SENTINEL', 'GET-MASTER-ADDR-BY-NAME', name]),
      client.sendCommand(['SENTINEL', 'MASTER', name]),
    ]);
    const [host, port] = place.parse(where);
    const epoch = state.parse(what);
    // A Sentinel that was away still names the master of an earlier epoch.
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

  const isUrgent = () => !master?.connection.isSteady();
  const onRefused = (error: unknown) => {
    failure = error;
  };
  const inquiry = inquire(() => [...sentinels, ...(master ? [master.connection] : [])], {
    ask,
    isUrgent,
    onRefused,
    timeoutMs,
  });

  return {
    connectionFor: () => master?.connection,
    masters: () => (master ? [master.connection] : []),
    redirect({ message }, from, on) {
      if (!message.startsWith('READONLY')) return null;
      from.renew(on);
      return 'later';
    },
    failure: () => (master ? master.connection.error() : (failure ?? firstError(sentinels))),
    check: verifyMaster,
    close() {
      closed = true;
      inquiry.stop();
      return Promise.all([...sentinels, ...(master ? [master.connection] : [])].map(each => each.close()));
    },
  };
}

class NoMasterError extends Error {}

/** Rejects when the server is not a master, whatever the Sentinels say. */
export async function verifyMaster(client: Client): Promise<void> {
  const [role] = z.tuple([z.string()], z.unknown()).parse(await client.sendCommand(['ROLE']));
  if (role !== 'master') throw new NoMasterError(`the server is a ${role}`);
}
