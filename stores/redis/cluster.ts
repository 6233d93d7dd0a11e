import type { Client, Connection } from './connection.ts';
import { firstError, type Nodes, pollServers } from './nodes.ts';
import type { Address } from './target.ts';

const SLOTS = 16_384;

/** The master of a slot. A server that hung tells of an earlier epoch, and that is ignored. */
interface SlotOwner {
  address: Address;
  epoch: number;
}

export interface ClusterOptions {
  open: (address: Address) => Connection;
  /** Called when the slots are known again. */
  onChange: () => void;
  timeoutMs: number;
}

/**
 * Finds the masters of a Redis Cluster through its seeds and follows failovers and resharding.
 * Own code: docs/architecture.md compares it with the Cluster clients of node-redis and ioredis.
 */
export function clusterNodes(seeds: Address[], { open, onChange, timeoutMs }: ClusterOptions): Nodes {
  const connections = new Map<Address, Connection>();
  const owners: (SlotOwner | undefined)[] = new Array(SLOTS).fill(undefined);
  let masters = new Set<Address>();
  let isOutdated = true;
  let failure: unknown;
  let closed = false;

  function connectionTo(address: Address): Connection {
    const connection = connections.get(address) ?? open(address);
    connections.set(address, connection);
    return connection;
  }
  seeds.forEach(connectionTo);

  async function ask(client: Client, { address }: Connection): Promise<void> {
    const reply = parseNodes(await client.sendCommand<string>(['CLUSTER', 'NODES']), address);
    if (closed || !reply.some(({ ranges }) => ranges.length > 0)) return;
    for (const { owner, ranges } of reply) for (const range of ranges) assignSlots(owner, range);
    isOutdated = false;
    failure = undefined;
    masters = new Set(owners.flatMap(owner => owner?.address ?? []));
    keepOnly(new Set([...masters, ...reply.map(({ owner }) => owner.address)]));
    onChange();
  }

  function assignSlots(owner: SlotOwner, [from, to]: SlotRange): void {
    for (let slot = from; slot <= to; slot++) {
      if ((owners[slot]?.epoch ?? 0) <= owner.epoch) owners[slot] = owner;
    }
  }

  function keepOnly(kept: Set<Address>): void {
    kept.forEach(connectionTo);
    for (const [address, connection] of connections) {
      if (kept.has(address)) continue;
      connections.delete(address);
      connection.close();
    }
  }

  const polling = pollServers({
    connections() {
      if (![...connections.values()].some(connection => connection.ready())) seeds.forEach(connectionTo);
      return [...connections.values()];
    },
    ask,
    isUrgent: () => isOutdated || [...masters].some(address => !connections.get(address)?.isHealthy()),
    onError: error => {
      failure = error;
    },
    timeoutMs,
  });

  return {
    connectionFor: key => connections.get(owners[slotOf(key)]?.address ?? ''),
    masters: () => [...masters].map(connectionTo),
    redirect({ message }, from) {
      const [kind, slot, target = ''] = message.split(' ');
      if (kind !== 'MOVED' && kind !== 'ASK' && kind !== 'TRYAGAIN') return null;
      isOutdated = true;
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
      polling.stop();
      return Promise.all([...connections.values()].map(connection => connection.close()));
    },
  };
}

/** The first and the last slot. */
type SlotRange = [from: number, to: number];

const hostOf = (address: Address): string => address.slice(0, address.lastIndexOf(':'));

/** Reads the masters and their slots from CLUSTER NODES (https://redis.io/docs/latest/commands/cluster-nodes/). */
function parseNodes(reply: string, asked: Address): { owner: SlotOwner; ranges: SlotRange[] }[] {
  return reply.split('\n').flatMap(line => {
    const [, place = '', flagList = '', , , , epoch, , ...slots] = line.trim().split(' ');
    const flags = flagList.split(',');
    if (!flags.includes('master') || flags.includes('noaddr')) return [];
    // A master that was failed over keeps its flag, but has no slots.
    if (flags.includes('fail') && slots.length === 0) return [];
    // A slot in brackets is being moved; it belongs to the old master until the move ends.
    const ranges = slots.filter(slot => /^\d/.test(slot)).map(parseRange);
    return [{ owner: { address: addressOf(place, asked), epoch: Number(epoch) }, ranges }];
  });
}

/** Reads `ip:port@busport[,hostname]`. A server that does not know its own address leaves the ip out. */
function addressOf(place: string, asked: Address): Address {
  const [endpoint = '', hostname] = place.split(',');
  const [address = ''] = endpoint.split('@');
  const port = address.slice(address.lastIndexOf(':') + 1);
  const ip = hostOf(address) || hostOf(asked);
  const host = hostname || (ip.includes(':') && !ip.startsWith('[') ? `[${ip}]` : ip);
  return `${host}:${port}`;
}

function parseRange(slots: string): SlotRange {
  const [from = 0, to = from] = slots.split('-').map(Number);
  return [from, to];
}

/** The slot of a key: CRC-16/XMODEM of its hash tag, or of the whole key without one (Redis Cluster specification). */
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
