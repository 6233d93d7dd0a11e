import type { Client, Connection } from './connection.ts';
import { firstError, inquire, type Nodes } from './nodes.ts';
import type { Address } from './target.ts';

const SLOTS = 16_384;

/** Who holds a slot, by the answer with the highest epoch: what a server that was away believes does not count. */
interface Owner {
  address: Address;
  epoch: number;
}

interface Deps {
  open: (address: Address) => Connection;
  /** Called when more is known. */
  onChange: () => void;
  timeoutMs: number;
}

/**
 * The masters of a Redis Cluster, found through the seeds and followed through failovers and resharding.
 * Own code, because node-redis' cluster client waits for ever on a master that is down or stopped while it looks for
 * the new one, and can only be replaced as a whole, with the connections that work.
 */
export function clusterNodes(seeds: Address[], { open, onChange, timeoutMs }: Deps): Nodes {
  const connections = new Map<Address, Connection>();
  const owners: (Owner | undefined)[] = new Array(SLOTS).fill(undefined);
  let masters = new Set<Address>();
  let outdated = true;
  let failure: unknown;
  let closed = false;

  const connectionTo = (address: Address): Connection => {
    const known = connections.get(address) ?? open(address);
    connections.set(address, known);
    return known;
  };
  for (const seed of seeds) connectionTo(seed);

  async function ask(client: Client, { address: asked }: Connection): Promise<void> {
    const view = parseNodes(await client.sendCommand<string>(['CLUSTER', 'NODES']), asked);
    if (closed || !view.some(({ ranges }) => ranges.length > 0)) return;
    for (const { owner, ranges } of view) {
      for (const [from, to] of ranges) {
        for (let slot = from; slot <= to; slot++) {
          if ((owners[slot]?.epoch ?? 0) <= owner.epoch) owners[slot] = owner;
        }
      }
    }
    outdated = false;
    failure = undefined;
    masters = new Set(owners.flatMap(owner => owner?.address ?? []));
    const kept = new Set([...masters, ...view.map(({ owner }) => owner.address)]);
    for (const address of kept) connectionTo(address);
    for (const [address, connection] of connections) {
      if (kept.has(address)) continue;
      connections.delete(address);
      connection.close();
    }
    onChange();
  }

  const isUrgent = () => outdated || [...masters].some(address => !connections.get(address)?.isSteady());
  const whoAnswers = () => {
    if (![...connections.values()].some(connection => connection.ready())) seeds.forEach(connectionTo);
    return [...connections.values()];
  };
  const onRefused = (error: unknown) => {
    failure = error;
  };
  const inquiry = inquire(whoAnswers, { ask, isUrgent, onRefused, timeoutMs });

  return {
    connectionFor: key => connections.get(owners[slotOf(key)]?.address ?? ''),
    masters: () => [...masters].map(connectionTo),
    redirect({ message }, from) {
      const [kind, slot, target = ''] = message.split(' ');
      if (kind !== 'MOVED' && kind !== 'ASK' && kind !== 'TRYAGAIN') return null;
      outdated = true;
      if (kind === 'TRYAGAIN') return 'later';
      const address = target.startsWith(':') ? hostOf(from.address) + target : target;
      const to = connectionTo(address);
      if (kind === 'MOVED') owners[Number(slot)] = { address, epoch: owners[Number(slot)]?.epoch ?? 0 };
      return { to, asking: kind === 'ASK' };
    },
    failure: () => firstError(connections.values()) ?? failure,
    async check(client) {
      const info = await client.sendCommand<string>(['CLUSTER', 'INFO']);
      if (!info.includes('cluster_state:ok')) throw new Error('CLUSTERDOWN the cluster is down');
    },
    close() {
      closed = true;
      inquiry.stop();
      return Promise.all([...connections.values()].map(connection => connection.close()));
    },
  };
}

const hostOf = (address: Address): string => address.slice(0, address.lastIndexOf(':'));

/** Reads CLUSTER NODES (https://redis.io/docs/latest/commands/cluster-nodes/): the masters and their slots. */
function parseNodes(text: string, asked: Address): { owner: Owner; ranges: [number, number][] }[] {
  return text.split('\n').flatMap(line => {
    const [, place = '', flags = '', , , , epoch, , ...slots] = line.trim().split(' ');
    if (!flags.split(',').includes('master') || flags.includes('noaddr')) return [];
    // One that has failed over is a master by name, but without slots.
    if (flags.split(',').includes('fail') && slots.length === 0) return [];
    const [endpoint = '', hostname] = place.split(',');
    const address = endpoint.replace(/@\d+$/, '');
    const port = address.slice(address.lastIndexOf(':') + 1);
    const ip = hostOf(address) || hostOf(asked);
    const host = hostname || (ip.includes(':') && !ip.startsWith('[') ? `[${ip}]` : ip);
    // What stands in brackets is a slot on its way, which is its old master's until it has arrived.
    const ranges = slots
      .filter(slot => /^\d/.test(slot))
      .map((slot): [number, number] => {
        const [from, to = from] = slot.split('-').map(Number);
        return [from ?? 0, to ?? 0];
      });
    return [{ owner: { address: `${host}:${port}`, epoch: Number(epoch) }, ranges }];
  });
}

/** The slot of a key: CRC-16/XMODEM of its hash tag, or of all of it where it has none (Redis Cluster specification). */
export function slotOf(key: string): number {
  const open = key.indexOf('{');
  const close = open < 0 ? -1 : key.indexOf('}', open + 1);
  const hashed = close > open + 1 ? key.slice(open + 1, close) : key;
  let crc = 0;
  for (const byte of Buffer.from(hashed)) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1;
    crc &= 0xffff;
  }
  return crc % SLOTS;
}
