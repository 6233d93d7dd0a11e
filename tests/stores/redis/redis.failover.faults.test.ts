import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createRedisSessionStore } from '../../../models/session/session.redis.ts';
import {
  onServer,
  type RedisGroup,
  startRedisCluster,
  startRedisSentinels,
} from '../../../scripts/engines/redis.groups.ts';
import type { RedisEngine } from '../../../scripts/engines/redis.ts';
import { hasBinaries } from '../../../scripts/engines.ts';
import type { Redis } from '../../../stores/redis/redis.ts';
import { FAULT_ROUNDS, followFault } from '../../support/faults/faultTable.ts';
import { startTestApp, type TestApp } from '../../support/harness.ts';
import type { Response } from '../../support/http.ts';
import { openRedisOf } from '../../support/redis.forms.ts';

const DEADLINE_MS = 1000;
/** Enough for every master of a cluster to hold keys of some. */
const PEOPLE = 12;
const UNAVAILABLE = 'store_unavailable';

/** The error code of an answer, or its status where it is no error. */
const outcome = ({ status, body }: Response): string | number => body?.code ?? status;
const times = <T>(count: number, make: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));

const replicationOf = (node: RedisEngine) => onServer(node, client => client.info('replication'));
const isMaster = async (node: RedisEngine) => (await replicationOf(node)).includes('role:master');

/** Resolves when all other servers are replicas that have everything their master has acknowledged. */
async function caughtUp(nodes: RedisEngine[]): Promise<void> {
  const infos = await Promise.all(nodes.map(replicationOf));
  const offsets = infos.map(info => Number(/master_repl_offset:(\d+)/.exec(info)?.[1]));
  const isSettled = async (node: RedisEngine, i: number): Promise<number> => {
    const info = await replicationOf(node);
    if (!info.includes('role:master')) return 0;
    const replicas = [...info.matchAll(/^slave\d+:.*state=online,offset=(\d+)/gm)];
    const current = replicas.filter(([, at]) => Number(at) >= (offsets[i] ?? 0)).length;
    return current === 0 ? 0 : 1 + current; // one that is alone is a second master, which nobody shall use
  };
  await expect
    .poll(async () => (await Promise.all(nodes.map(isSettled))).reduce((sum, each) => sum + each))
    .toBe(nodes.length);
}

const sentinelReply = z.object({ flags: z.string(), port: z.string(), 'info-refresh': z.coerce.number() });

/**
 * Resolves when all Sentinels hear from the same master. One that did not reach a new master in its first second takes it
 * for dead, and another is chosen, which does not have the latest sessions.
 */
async function agreed(sentinels: RedisEngine[]): Promise<void> {
  const view = async (sentinel: RedisEngine): Promise<string> => {
    const reply = await onServer(sentinel, client => client.sendCommand(['SENTINEL', 'MASTER', 'main']));
    const { flags, port, 'info-refresh': sinceReport } = sentinelReply.parse(reply);
    // Until its first report, that of a new master is as old as Unix time.
    return flags === 'master' && sinceReport < 60_000 ? `one master: ${port}` : 'none yet';
  };
  await expect
    .poll(async () => [...new Set(await Promise.all(sentinels.map(view)))])
    .toEqual([expect.stringMatching(/^one master/)]);
}

interface Fault {
  /** Breaks a master, and for some faults the Sentinel on the same machine. */
  inflict(engine: RedisEngine, sentinel?: RedisEngine): Promise<void>;
  mend(engine: RedisEngine, sentinel?: RedisEngine): Promise<void>;
}

const faults: Record<'killed' | 'stopped' | 'stopped with a Sentinel', Fault> = {
  killed: {
    async inflict(engine: RedisEngine) {
      const ended = once(engine.child, 'exit');
      engine.kill('SIGKILL');
      await ended;
    },
    mend: (engine: RedisEngine) => engine.restart(),
  },
  stopped: {
    inflict: async (engine: RedisEngine) => engine.kill('SIGSTOP'),
    mend: async (engine: RedisEngine) => engine.kill('SIGCONT'),
  },
  /** A machine hangs. When it goes on, its Sentinel still names the old master. */
  'stopped with a Sentinel': {
    async inflict(engine: RedisEngine, sentinel) {
      sentinel?.kill('SIGSTOP');
      engine.kill('SIGSTOP');
    },
    async mend(engine: RedisEngine, sentinel) {
      engine.kill('SIGCONT');
      sentinel?.kill('SIGCONT');
    },
  },
};

/** What each request of the traffic is answered while everything works. */
const permitted = {
  register: 201,
  'log in': 200,
  'log in with a wrong password': 'invalid_credentials',
  profile: 200,
  'log out': 204,
  'profile after logout': 'token_revoked',
} as const;

interface Visit {
  what: keyof typeof permitted;
  answer: string | number;
  sentAt: number;
  ms: number;
}

/** People who register, log in, look at their profile and log out, again and again. */
function startTraffic(app: TestApp, people: number) {
  const visits: Visit[] = [];
  let going = true;

  async function visit(
    what: Visit['what'],
    method: string,
    path: string,
    options: object,
  ): Promise<Response> {
    const sentAt = performance.now();
    const answer = await app.call(method, path, options);
    visits.push({ what, answer: outcome(answer), sentAt, ms: performance.now() - sentAt });
    return answer;
  }

  async function live(): Promise<void> {
    while (going) {
      const user = { email: `${randomBytes(6).toString('hex')}@example.com`, password: 'correct horse' };
      const wrong = { ...user, password: 'wrong horse' };
      const body = { name: 'Ada', ...user };
      const { status } = await visit('register', 'POST', '/auth/register', { body });
      if (status !== 201) continue;
      await visit('log in with a wrong password', 'POST', '/auth/login', { body: wrong });
      const login = await visit('log in', 'POST', '/auth/login', { body: user });
      const token = login.body.access_token;
      if (!token) continue;
      await visit('profile', 'GET', '/auth/profile', { token });
      const logout = await visit('log out', 'POST', '/auth/logout', { token });
      if (logout.status === 204) await visit('profile after logout', 'GET', '/auth/profile', { token });
    }
  }
  const lives = times(people, live);
  return {
    visits,
    /** Resolves when that many requests of each kind have been answered as they should from now on. */
    async flows(count: number) {
      const from = visits.length;
      await expect
        .poll(() =>
          Object.entries(permitted).every(
            ([what, good]) =>
              visits.slice(from).filter(seen => seen.what === what && seen.answer === good).length >= count,
          ),
        )
        .toBe(true);
    },
    async stop() {
      going = false;
      await Promise.all(lives);
    },
  };
}

const forms: [string, () => Promise<RedisGroup & { sentinels?: RedisEngine[] }>][] = [
  ['Redis Cluster', () => startRedisCluster({ password: true })],
  ['Redis behind Sentinels', () => startRedisSentinels({ password: true })],
];

describe.skipIf(!hasBinaries()).each(forms)('%s, when a master is', { timeout: 120_000 }, (form, start) => {
  let group: RedisGroup & { sentinels?: RedisEngine[] };
  let app: TestApp;
  /** A process that nobody asks anything meanwhile. */
  let idle: Redis;
  const unhandled: unknown[] = [];
  const onUnhandled = (reason: unknown) => unhandled.push(reason);

  beforeAll(async () => {
    process.on('unhandledRejection', onUnhandled);
    group = await start();
    app = await startTestApp('embedded', {
      ...group.settings,
      REDIS_TIMEOUT_MS: String(DEADLINE_MS),
      CONCURRENT_LOGIN: 'true',
      HASH_QUEUE_LIMIT: '10000',
    });
    idle = openRedisOf(group.settings, DEADLINE_MS);
    await Promise.all([app.stores.redis?.ping(), idle.ping()]);
  });
  afterEach(async () => {
    for (const node of [...group.nodes, ...(group.sentinels ?? [])]) {
      node.kill('SIGCONT');
      if (node.child.signalCode) await node.restart();
    }
  });
  afterAll(async () => {
    await Promise.all([app?.close(), idle?.close()]);
    await group?.stop();
    process.off('unhandledRejection', onUnhandled);
    expect(unhandled).toEqual([]);
  });

  const profile = async (token: string) => outcome(await app.call('GET', '/auth/profile', { token }));
  const logOut = async (token: string) => outcome(await app.call('POST', '/auth/logout', { token }));

  function claimsOf(token: string): { userId: number; sessionId: string; jti: string } {
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    return { userId: Number(claims.sub), sessionId: claims.sid, jti: claims.jti };
  }

  const readiness = (status: number) =>
    expect.poll(async () => (await app.call('GET', '/health/ready')).status).toBe(status);

  /** Asks the idle process. */
  const allowed = (tokens: string[]) =>
    Promise.all(tokens.map(each => createRedisSessionStore(idle, Date.now).isAllowed(claimsOf(each))));

  async function firstMaster(): Promise<RedisEngine> {
    const masters = await Promise.all(group.nodes.map(isMaster));
    const [first] = group.nodes.filter((_, i) => masters[i]);
    if (!first) throw new Error('there is no master');
    return first;
  }

  /** Waits until the old master follows the new one; to Sentinels, who take ten seconds for it, a hand is lent. */
  async function demote(old: RedisEngine): Promise<void> {
    if (group.settings.REDIS_SENTINELS) {
      const masters = await Promise.all(group.nodes.map(node => node !== old && isMaster(node)));
      const port = String(group.nodes.find((_, i) => masters[i])?.port);
      await onServer(old, client => client.sendCommand(['REPLICAOF', '127.0.0.1', port]));
    }
    await expect.poll(() => isMaster(old)).toBe(false);
  }

  // A Sentinel that hung does nothing for 30 seconds (TILT mode), so its fault is the last one.
  const ofForm: (keyof typeof faults)[] =
    form === 'Redis Cluster' ? ['killed', 'stopped'] : ['stopped', 'killed', 'stopped with a Sentinel'];
  // The short form has one fault for each form.
  const kinds = FAULT_ROUNDS > 1 ? ofForm : ofForm.slice(0, 1);
  it.for(kinds)('%s', async (fault, { task }) => {
    const row = followFault(task, `${form}, a master ${fault}`);
    row.tried();
    if (group.sentinels) await agreed(group.sentinels);
    const users = await Promise.all(times(PEOPLE, () => app.register()));
    const logInAll = () => Promise.all(users.map(user => app.login(user)));
    const [kept, revoked, later] = [await logInAll(), await logInAll(), await logInAll()];
    expect(await Promise.all(revoked.map(logOut))).toEqual(revoked.map(() => 204));

    const traffic = startTraffic(app, 6);
    let brokenAt = 0;
    let recoveredAt = 0;
    try {
      await traffic.flows(3);
      await caughtUp(group.nodes);
      const broken = await firstMaster();
      const [sentinel] = group.sentinels ?? [];
      brokenAt = performance.now();
      await faults[fault].inflict(broken, sentinel);
      await readiness(503);
      await readiness(200);
      recoveredAt = performance.now();

      expect(await Promise.all(kept.map(profile))).toEqual(kept.map(() => 200));
      expect(await Promise.all(revoked.map(profile))).toEqual(revoked.map(() => 'token_revoked'));
      expect(await Promise.all(later.map(logOut))).toEqual(later.map(() => 204));
      await logInAll();
      await traffic.flows(3);
      // Within this time a process that nobody asks anything notices the failover.
      await sleep(1200);

      // The old master comes back with what it knew, and nobody may believe it.
      await faults[fault].mend(broken, sentinel);
      for (let round = 0; round < 20; round++) {
        expect(await allowed(later)).toEqual(later.map(() => false));
        expect(await allowed(kept)).toEqual(kept.map(() => true));
        expect(await Promise.all(later.map(profile))).toEqual(later.map(() => 'token_revoked'));
      }
      await traffic.flows(3);
      await demote(broken);
    } finally {
      await traffic.stop();
    }

    for (const seen of traffic.visits) {
      const { what, answer, sentAt, ms } = seen;
      const concerned = sentAt + ms >= brokenAt && sentAt <= recoveredAt;
      const isRight = answer === permitted[what] || (concerned && answer === UNAVAILABLE);
      row.note({ ...seen, brokenAt, recoveredAt }, isRight);
    }
    const refused = traffic.visits.filter(({ answer }) => answer === UNAVAILABLE);
    const worst = Math.max(...refused.map(({ ms }) => ms));
    // A request asks Redis up to three times, and each may be answered at the last moment.
    expect(worst).toBeLessThan(4 * DEADLINE_MS);
    expect(app.logged()).not.toContain('internal_error');
    expect(app.logged()).not.toContain(group.settings.REDIS_PASSWORD);
    row.waited(worst);
    row.recoveredIn(recoveredAt - brokenAt);
  });
});
