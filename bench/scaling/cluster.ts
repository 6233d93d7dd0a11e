import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import bcrypt from 'bcrypt';
import { parseEnv } from '../../config/env.ts';
import { createRedisSessionStore } from '../../models/session/session.redis.ts';
import type { SessionStore } from '../../models/session/session.store.ts';
import { requireBinary } from '../../scripts/engines/programs.ts';
import { onServer, type RedisGroup, startRedisCluster } from '../../scripts/engines/redis.groups.ts';
import type { RedisEngine } from '../../scripts/engines/redis.ts';
import { slotOf } from '../../stores/redis/cluster.ts';
import { openRedis } from '../../stores/redis/redis.ts';
import { redisTarget } from '../../stores/redis/target.ts';
import { createLogger } from '../../telemetry/logger.ts';
import type { createField } from '../stage/contenders.ts';
import { fill } from '../stage/fill.ts';
import type { Server } from '../stage/processes.ts';
import { PASSWORD, type Stage } from '../stage/stage.ts';
import { createCaller } from './caller.ts';
import { apiProgram } from './requests.ts';
import { createTraffic, noTraffic, type Person, type TrafficResult } from './traffic.ts';

export interface ClusterOptions {
  sessions: number;
  /** How many slots move. */
  slots: number;
  /** People in each of them. */
  peoplePerSlot: number;
  /** Requests at a time: of people whose slot is about to move, and of people whose slot stays. */
  lanes: number;
  /** Traffic before and after the move, in ms. */
  calmMs: number;
}

/** What one server holds and has done. */
export interface NodeShare {
  role: 'master' | 'replica';
  slots: string;
  sessions: number;
  keys: number;
  /** By how much its memory grew. */
  bytes: number;
  /** Commands while the sessions were put in, those inside scripts included. */
  commands: number;
  processorMicros: number;
}

export interface ClusterFindings {
  nodes: NodeShare[];
  fillSeconds: number;
  /** Processor time of an idle API process, in µs a second. */
  idleApiMicros: number;
  move: {
    seconds: number;
    keys: number;
    /** How often the masters refused a command because its slot moved. */
    refused: Record<Refusal, number>;
    before: TrafficResult;
    moving: TrafficResult;
    staying: TrafficResult;
    after: TrafficResult;
    /** Every person once more, with the ended tokens. */
    review: TrafficResult;
    /** Users of the moved slots that were read afterwards, and how many of them had lost their session. */
    read: number;
    lost: number;
  };
}

/** The errors of Redis Cluster that send a client to another master, or let it wait. */
const refusals = ['ASK', 'TRYAGAIN', 'MOVED'] as const;
type Refusal = (typeof refusals)[number];

/** Ids of the users whose sessions only fill the servers. */
const CROWD = 10_000_000;
const FILL_STEP = 100_000;
/** How far ahead of the slot that moves the next person is looked for. */
const AHEAD = 4;
const STAYING = 500;
const READ_AT_MOST = 10_000;

const SERVER_ARGS = [
  // A loaded machine must not look like a dead master.
  ...['--cluster-node-timeout', '60000'],
  // Copies of the append-only file and of the memory that belong to no request.
  ...['--auto-aof-rewrite-percentage', '0', '--client-output-buffer-limit', 'replica 0 0 0'],
];

/** Fills a cluster of six servers, then moves slots from one master to another under the traffic of a real API process. */
export async function measureCluster(
  stage: Stage,
  field: ReturnType<typeof createField>,
  options: ClusterOptions,
  say: (text: string) => void,
): Promise<ClusterFindings> {
  const group = await startRedisCluster({ args: SERVER_ARGS });
  const target = redisTarget(parseEnv({ JWT_SECRET: stage.env.JWT_SECRET ?? '', ...group.settings }));
  if (!target) throw new Error('The cluster has no address.');
  const redis = openRedis(target, 60_000, createLogger('warn'));
  let server: Server | undefined;
  try {
    await redis.ping();
    const store = createRedisSessionStore(redis, Date.now);
    const before = await Promise.all(group.nodes.map(readNode));
    const startedAt = performance.now();
    for (let done = 0; done < options.sessions; done += FILL_STEP) {
      const count = Math.min(FILL_STEP, options.sessions - done);
      await fill(store, count, n => CROWD + done + n);
      say(`cluster: ${(done + count).toLocaleString('en')} sessions`);
    }
    const fillSeconds = (performance.now() - startedAt) / 1000;
    await Promise.all(group.nodes.map(caughtUp));
    const after = await Promise.all(group.nodes.map(readNode));
    const nodes = after.map((node, i) => shareOf(node, before[i]));

    const { REDIS_URL: _, ...env } = stage.env;
    server = await field.start(apiProgram, {
      env: { ...env, ...group.settings, ...API_SETTINGS },
    });
    const idleApiMicros = await measureIdle(server, options.calmMs);
    const move = await moveSlots(stage, server, group, store, options, say);
    return { nodes, fillSeconds, idleApiMicros, move };
  } finally {
    await server?.stop();
    await redis.close();
    await group.stop();
  }
}

/** Everything comes from one address, and the hashes of the people are cheap. */
const API_SETTINGS = { RATE_LIMIT: 'off', BCRYPT_ROUNDS: '4', LOG_LEVEL: 'warn' };

async function measureIdle(server: Server, ms: number): Promise<number> {
  await sleep(ms); // what follows the start
  const before = await server.probe();
  const startedAt = performance.now();
  await sleep(ms);
  const { cpu } = await server.probe();
  return (cpu - before.cpu) / ((performance.now() - startedAt) / 1000);
}

async function moveSlots(
  stage: Stage,
  server: Server,
  { nodes }: RedisGroup,
  store: SessionStore,
  options: ClusterOptions,
  say: (text: string) => void,
): Promise<ClusterFindings['move']> {
  const { slots, peoplePerSlot, lanes, calmMs } = options;
  const [source, target] = nodes;
  if (!source || !target) throw new Error('There are not two masters.');
  const people = await addPeople(stage, slots, peoplePerSlot);
  const movers = people.filter(({ slot }) => slot < slots);
  const stayers = people.filter(({ slot }) => slot >= slots);
  const call = createCaller(server.origin, stage.env.SIGNATURE_KEY ?? '');

  /** Lets people take their rounds, as many at a time as there are lanes, until the work is done. */
  async function traffic(pick: () => Person | undefined, work: Promise<unknown>): Promise<TrafficResult> {
    const result = noTraffic();
    const { round } = createTraffic(call, PASSWORD, result);
    let goesOn = true;
    const busy = new Set<Person>();
    const lane = async () => {
      while (goesOn) {
        const person = pick();
        if (!person || busy.has(person)) {
          await sleep(1);
          continue;
        }
        busy.add(person);
        await round(person);
        busy.delete(person);
      }
    };
    const running = Promise.all(Array.from({ length: lanes }, lane));
    await work.finally(() => {
      goesOn = false;
    });
    await running;
    return result;
  }
  const anyOf = (all: Person[]) => () => all[Math.floor(Math.random() * all.length)];

  const before = await traffic(anyOf(people), sleep(calmMs));
  say(`cluster: moving ${slots} slots`);
  const keysBefore = await countKeys(target);
  const refusedBefore = await countRefusals(nodes);
  let current = 0;
  const startedAt = performance.now();
  const moved = reshard(source, target, slots, slot => {
    current = slot;
  });
  const nextToMove = () =>
    movers[(current * peoplePerSlot + Math.floor(Math.random() * AHEAD * peoplePerSlot)) % movers.length];
  const [moving, staying] = await Promise.all([traffic(nextToMove, moved), traffic(anyOf(stayers), moved)]);
  const seconds = (performance.now() - startedAt) / 1000;
  const keys = (await countKeys(target)) - keysBefore;
  const refused = await countRefusals(nodes);
  for (const kind of refusals) refused[kind] -= refusedBefore[kind];
  say(`cluster: moved in ${seconds.toFixed(1)} s`);
  const after = await traffic(anyOf(people), sleep(calmMs));

  const review = noTraffic();
  const { review: look } = createTraffic(call, PASSWORD, review);
  for (const person of people) await look(person);
  return {
    seconds,
    keys,
    refused,
    before,
    moving,
    staying,
    after,
    review,
    ...(await countLost(store, options)),
  };
}

/** Reads users of the crowd whose slot moved. */
async function countLost(store: SessionStore, { sessions, slots }: ClusterOptions) {
  let read = 0;
  let lost = 0;
  for (let userId = CROWD; userId < CROWD + sessions && read < READ_AT_MOST; userId++) {
    if (slotOf(`{${userId}}`) >= slots) continue;
    read++;
    if ((await store.list(userId, 2)).length !== 1) lost++;
  }
  return { read, lost };
}

/** Adds users to the slots that move, ordered by slot, and some to others. */
async function addPeople({ connection }: Stage, slots: number, perSlot: number): Promise<Person[]> {
  const inSlot = Array.from({ length: slots }, (): number[] => []);
  const elsewhere: number[] = [];
  let missing = slots * perSlot;
  // Below the ids of the stage's users.
  for (let id = 1; missing > 0; id++) {
    const slot = slotOf(`{${id}}`);
    const ids = inSlot[slot];
    if (!ids) {
      if (elsewhere.length < STAYING) elsewhere.push(id);
    } else if (ids.length < perSlot) {
      ids.push(id);
      missing--;
    }
  }
  const ids = [...inSlot.flat(), ...elsewhere];
  const hash = await bcrypt.hash(PASSWORD, 4);
  const rows = ids.map(id => [id, 'Person', `person${id}@example.com`, hash]);
  await connection.query('DELETE FROM users');
  await connection.query('INSERT INTO users (id, name, email, password) VALUES ?', [rows]);
  return ids.map(id => ({
    email: `person${id}@example.com`,
    slot: slotOf(`{${id}}`),
    tokens: null,
    ended: [],
  }));
}

/**
 * Moves the first slots of a master with redis-cli.
 * @param onSlot gets the slot that is about to move
 * @throws {Error} with the end of its output when it fails
 */
async function reshard(
  source: RedisEngine,
  target: RedisEngine,
  slots: number,
  onSlot: (slot: number) => void,
): Promise<void> {
  const [from, to] = await Promise.all([source, target].map(node => onServer(node, c => c.clusterMyId())));
  const child = spawn(requireBinary(['redis-cli']), [
    ...['--cluster', 'reshard', `127.0.0.1:${source.port}`, '--cluster-from', from ?? ''],
    ...['--cluster-to', to ?? '', '--cluster-slots', `${slots}`, '--cluster-yes'],
  ]);
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output = (output + chunk).slice(-2000);
    const [, slot] = [...output.matchAll(/Moving slot (\d+) from 127/g)].at(-1) ?? [];
    if (slot !== undefined) onSlot(Number(slot));
  });
  child.stderr.on('data', (chunk: Buffer) => {
    output = (output + chunk).slice(-2000);
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`redis-cli ended with ${code}:\n${output}`);
}

const countKeys = (node: RedisEngine): Promise<number> => onServer(node, client => client.dbSize());

async function countRefusals(nodes: RedisEngine[]): Promise<Record<Refusal, number>> {
  const counts = { ASK: 0, TRYAGAIN: 0, MOVED: 0 };
  for (const node of nodes) {
    const info = await onServer(node, client => client.info('errorstats'));
    for (const kind of refusals)
      counts[kind] += Number(new RegExp(`^errorstat_${kind}:count=(\\d+)`, 'm').exec(info)?.[1] ?? 0);
  }
  return counts;
}

/** What a server says of itself. */
async function readNode(node: RedisEngine) {
  return onServer(node, async client => {
    const info = await client.info('everything');
    const number = (name: string) => Number(new RegExp(`^${name}:([\\d.]+)`, 'm').exec(info)?.[1]);
    const own = (await client.clusterNodes()).split('\n').find(line => line.includes('myself')) ?? '';
    return {
      role: /^role:master/m.test(info) ? ('master' as const) : ('replica' as const),
      slots: own.split(' ').slice(8).join(' '),
      keys: await client.dbSize(),
      bytes: number('used_memory'),
      commands: number('total_commands_processed'),
      scripts: Number(/^cmdstat_evalsha:calls=(\d+)/m.exec(info)?.[1] ?? 0),
      processorMicros: (number('used_cpu_user') + number('used_cpu_sys')) * 1e6,
    };
  });
}
type Reading = Awaited<ReturnType<typeof readNode>>;

function shareOf(now: Reading, before: Reading | undefined): NodeShare {
  const grew = (figure: 'bytes' | 'commands' | 'scripts' | 'processorMicros') =>
    now[figure] - (before?.[figure] ?? 0);
  return {
    role: now.role,
    slots: now.slots,
    sessions: grew('scripts'),
    keys: now.keys,
    bytes: grew('bytes'),
    commands: grew('commands'),
    processorMicros: grew('processorMicros'),
  };
}

/** Resolves when a replica has everything that its master has sent. */
async function caughtUp(node: RedisEngine): Promise<void> {
  const state = () => onServer(node, client => client.info('replication'));
  for (;;) {
    const info = await state();
    const offset = (name: string) => Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(info)?.[1]);
    const behind = [...info.matchAll(/^slave\d+:.*offset=(\d+)/gm)].some(
      ([, at]) => Number(at) < offset('master_repl_offset'),
    );
    if (!behind) return;
    await sleep(100);
  }
}
