import { setTimeout as sleep } from 'node:timers/promises';
import bcrypt from 'bcrypt';
import type { RowDataPacket } from 'mysql2/promise';
import { type Contender, checks } from '../stage/contenders.ts';
import type { Server } from '../stage/processes.ts';
import { PASSWORD, ROUNDS, type Stage } from '../stage/stage.ts';
import { type Call, createCaller, type Reply } from './caller.ts';
import { type Counters, createCounters, difference } from './counters.ts';
import { type Kind, kinds, type RequestCost } from './model.ts';

/** A request, ready to be sent. */
type Request = () => Promise<Reply>;

export interface RequestFindings {
  requests: Record<Kind, RequestCost>;
  hashMicros: number;
  processBytes: number;
  /** Processor time of an idle API process, in µs a second. */
  idleApiMicros: number;
}

export interface RequestOptions {
  logins: number;
  /** How many hashes are timed. */
  hashes: number;
  /** How long the servers are watched while they are idle, in ms. */
  idleMs: number;
}

const CONNECTIONS = 32;
/** Few, because the hashing queue refuses logins that would wait for long. */
const LOGIN_CONNECTIONS = 4;
/** Enough to count with; time needs more. */
const COUNTED = 200;
const SETTLE_MS = 300;
const DEVICE = { name: 'Phone', ip: '203.0.113.7', userAgent: 'bench', requestId: 'bench' };

/** The program that serves the whole API, and a route with nothing behind the guards of a signed request. */
export const apiProgram = checks.find(({ name }) => name === 'token') as Contender;

/**
 * Sends each kind of request, first one after the other to count what it makes the stores do, then several at a time to
 * measure the processor time. Each request is of a session of its own, so each also records the use of its session.
 */
export async function measureRequests(
  stage: Stage,
  server: Server,
  { logins, hashes, idleMs }: RequestOptions,
): Promise<RequestFindings> {
  const call = createCaller(server.origin, stage.env.SIGNATURE_KEY ?? '');
  const read = createCounters(stage.redis, stage.connection);
  const counters = async () => ({ stores: await read(), api: (await server.probe()).cpu });
  const prepare = createRequests(stage, call);
  const connectionsFor = (kind: Kind) => (kind === 'login' ? LOGIN_CONNECTIONS : CONNECTIONS);
  const amountOf = (kind: Kind) => (kind === 'login' ? logins : stage.readers.length);

  // Connections, prepared statements and scripts must be there, and the code compiled.
  const names = Object.keys(kinds) as Kind[];
  for (const kind of names) await send(await prepare(kind, amountOf(kind)), connectionsFor(kind));

  await settled(stage);
  const before = await counters();
  await sleep(idleMs);
  const after = await counters();
  const idle = difference(before.stores, after.stores);
  const idleApi = after.api - before.api;

  async function measure(kind: Kind): Promise<RequestCost> {
    const few = Math.min(COUNTED, amountOf(kind));
    const sequential = await prepare(kind, few);
    const rows = await auditRows(stage);
    const start = await read();
    await send(sequential, 1);
    await settled(stage);
    const counted = difference(start, await read());
    const written = (await auditRows(stage)) - rows;

    const amount = amountOf(kind);
    const concurrent = await prepare(kind, amount);
    const from = await counters();
    await send(concurrent, connectionsFor(kind));
    await settled(stage);
    const to = await counters();
    const used = difference(from.stores, to.stores);
    const beyondIdle = (figure: 'redisMicros' | 'mysqlMicros') =>
      (used[figure] - (idle[figure] * used.at) / idle.at) / amount;
    return {
      ...countedPerRequest(counted, few),
      auditRows: written / few,
      apiMicros: (to.api - from.api - (idleApi * used.at) / idle.at) / amount,
      redisMicros: Math.max(0, beyondIdle('redisMicros')),
      mysqlMicros: Math.max(0, beyondIdle('mysqlMicros')),
    };
  }

  const found: Partial<RequestFindings['requests']> = {};
  for (const kind of names) found[kind] = await measure(kind);
  return {
    requests: found as RequestFindings['requests'],
    hashMicros: await measureHash(hashes),
    processBytes: (await server.probe()).rss,
    idleApiMicros: idleApi / (idle.at / 1000),
  };
}

function countedPerRequest(counted: Counters, amount: number) {
  const { redisCommands, mysqlReads, mysqlWrites, scripts, scriptMicros } = counted;
  return {
    redisCommands: redisCommands / amount,
    mysqlReads: mysqlReads / amount,
    mysqlWrites: mysqlWrites / amount,
    scripts: scripts / amount,
    microsPerScript: scripts === 0 ? 0 : scriptMicros / scripts,
  };
}

/** Prepares requests of a kind, each with a new session of another reader; logins are of those who only log in. */
function createRequests(stage: Stage, call: Call) {
  const sends: Record<Exclude<Kind, 'login'>, (session: Session) => Promise<Reply>> = {
    check: ({ token }) => call('GET', '/auth/verify', { token }),
    profile: ({ token }) => call('GET', '/auth/profile', { token }),
    list: ({ token }) => call('GET', '/auth/sessions', { token }),
    signed: ({ token }) => call('POST', apiProgram.path, { token }),
    refresh: ({ refresh_token }) => call('POST', '/auth/refresh', { body: { refresh_token } }),
    logout: ({ token }) => call('POST', '/auth/logout', { token }),
  };

  async function openSession({ user }: Stage['readers'][number]): Promise<Session> {
    const subject = { userId: user.id, roles: [], amr: [] };
    const session = await stage.sessions.start(subject, DEVICE, { generation: '', readAt: Date.now() });
    if (!session) throw new Error('A session could not be started.');
    return { token: session.accessToken, refresh_token: session.refresh?.token ?? '' };
  }

  return async (kind: Kind, amount: number): Promise<Request[]> => {
    if (kind === 'login') {
      return Array.from({ length: amount }, (_, i) => {
        const email = stage.logins[i % stage.logins.length]?.email ?? '';
        return () => call('POST', '/auth/login', { body: { email, password: PASSWORD } });
      });
    }
    const sessions = await Promise.all(stage.readers.slice(0, amount).map(openSession));
    return sessions.map(session => () => sends[kind](session));
  };
}

interface Session {
  token: string;
  refresh_token: string;
}

/** @throws {Error} when a response is not 2xx */
async function send(requests: Request[], connections: number): Promise<void> {
  const left = [...requests];
  async function lane(): Promise<void> {
    for (let next = left.pop(); next; next = left.pop()) {
      const { status, outcome } = await next();
      if (status >= 300) throw new Error(`A request was answered with ${outcome}.`);
    }
  }
  await Promise.all(Array.from({ length: connections }, lane));
}

async function auditRows({ connection }: Stage): Promise<number> {
  const [[row]] = await connection.query<RowDataPacket[]>('SELECT COUNT(*) AS n FROM audit_log');
  return Number(row?.n);
}

/** Resolves when nothing is written any more: audit rows and the use of sessions are written after the responses. */
async function settled({ connection }: Stage): Promise<void> {
  let last = Number.NaN;
  for (;;) {
    const [[row]] = await connection.query<RowDataPacket[]>("SHOW GLOBAL STATUS LIKE 'Com_insert'");
    if (Number(row?.Value) === last) return;
    last = Number(row?.Value);
    await sleep(SETTLE_MS);
  }
}

async function measureHash(hashes: number): Promise<number> {
  const hash = await bcrypt.hash(PASSWORD, ROUNDS);
  const before = process.cpuUsage();
  for (let i = 0; i < hashes; i++) await bcrypt.compare(PASSWORD, hash);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / hashes;
}
