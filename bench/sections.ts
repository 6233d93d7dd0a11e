import { setTimeout as sleep } from 'node:timers/promises';
import type { RowDataPacket } from 'mysql2/promise';
import { startRedis } from '../scripts/engines/redis.ts';
import { hasBinaries } from '../scripts/engines.ts';
import { type GrowthJob, type GrowthResult, type Operation, operations } from './measure/operations.ts';
import { median, spread } from './measure/statistics.ts';
import {
  atLeast,
  type Bench,
  pace,
  perSecond,
  ratio,
  refusals,
  showSpread,
  type Turns,
} from './measure/turns.ts';
import type { Findings, Reach, Table } from './report.ts';
import type { HashJob, HashRate } from './servers/bcrypt.ts';
import {
  type Contender,
  checks,
  prepare,
  type Running,
  signed,
  type Turn,
  takeTurn,
} from './stage/contenders.ts';
import { startWorker } from './stage/processes.ts';
import { PASSWORD, ROUNDS } from './stage/stage.ts';

/** One address and a few accounts send everything here. */
const withoutLimits = { RATE_LIMIT: 'off' };
const LOGIN_CONNECTIONS = 16;
/** About what one core does, so that a turn takes the time that the options say. */
const LOGINS_PER_SECOND = 20;
/** After so many V8 has optimised what a login takes: four minutes of logins. */
const LOGINS_BEFORE = 5000;

/** Login and register beside bcrypt alone, and what logins do to everybody else. */
export async function measureLogin(bench: Bench): Promise<Findings> {
  const { options, stage, field, load, serverCores, say } = bench;
  const { runtime } = field;
  const account = { program: 'server.js', method: 'POST' } as const;
  const login: Contender = { ...account, name: 'login', label: 'POST /auth/login', path: '/auth/login' };
  const register: Contender = {
    ...account,
    name: 'register',
    label: 'POST /auth/register',
    path: '/auth/register',
  };
  const token = checks.find(({ name }) => name === 'token') as Contender;
  const env = { ...stage.env, ...withoutLimits, BCRYPT_ROUNDS: String(ROUNDS) };
  const server = await field.start(token, { env });
  const hasher = startWorker({
    program: 'bench/servers/bcrypt.js',
    env: {},
    cores: serverCores,
    runtime,
    directory: stage.directory,
  });
  // So many and not for so long: what a server still works on at the end would fall into the next turn.
  const amount = options.quick ? 2 : options.seconds * LOGINS_PER_SECOND;
  const hashes = async (work: HashJob['work']) => {
    const rate = await hasher.run<HashJob, HashRate>({ work, rounds: ROUNDS, amount });
    return { perSecond: rate.perSecond, cpu: rate.cpuPerHash };
  };
  const entry = (contender: Contender): Running => ({
    contender,
    server,
    url: server.origin + contender.path,
    headers: [{}],
  });
  const logins = stage.logins.map(({ email }) => ({ email, password: PASSWORD }));
  const how = {
    ...pace(options),
    connections: options.quick ? 2 : LOGIN_CONNECTIONS,
    amount,
  };

  const rates: Record<'compare' | 'hash' | 'login' | 'register', { perSecond: number; cpu: number }[]> = {
    compare: [],
    hash: [],
    login: [],
    register: [],
  };
  const turns: Turn[] = [];
  let registered = 0;
  if (!options.quick)
    await takeTurn(load, entry(login), stage, { ...how, amount: LOGINS_BEFORE, bodies: logins });
  for (let round = 1; round <= options.rounds; round++) {
    rates.compare.push(await hashes('compare'));
    const loggedIn = await takeTurn(load, entry(login), stage, { ...how, bodies: logins });
    rates.login.push({ perSecond: loggedIn.perSecond, cpu: loggedIn.cpuPerRequest });
    rates.hash.push(await hashes('hash'));
    const bodies = Array.from({ length: 1000 }, () => ({
      name: 'New',
      email: `new${registered++}@example.com`,
      password: PASSWORD,
    }));
    const registrations = await takeTurn(load, entry(register), stage, { ...how, bodies });
    rates.register.push({ perSecond: registrations.perSecond, cpu: registrations.cpuPerRequest });
    turns.push(loggedIn, registrations);
    say(`round ${round}: ${loggedIn.perSecond.toFixed(1)} logins/s`);
  }

  const checking = await prepare(stage, token, server);
  const calm = {
    seconds: options.quick ? 1 : options.seconds * 2,
    connections: 4,
    rate: options.quick ? 40 : 200,
  };
  const alone = await takeTurn(load, checking, stage, calm);
  const [beside] = await Promise.all([
    takeTurn(load, checking, stage, calm),
    load({
      url: server.origin + login.path,
      method: 'POST',
      headers: [{}],
      connections: how.connections,
      seconds: calm.seconds,
      ...(options.quick && { amount }),
      signed: { key: stage.env.SIGNATURE_KEY ?? '', bodies: logins },
    }),
  ]);
  await hasher.stop();
  await server.stop();

  type Name = keyof typeof rates;
  const ratios = (name: Name, ceiling: Name, figure: (rate: { perSecond: number; cpu: number }) => number) =>
    spread(rates[name].map((rate, i) => figure(rate) / figure(rates[ceiling][i] ?? rate)));
  const row = (label: string, name: Name, ceiling: Name) => [
    label,
    median(rates[name].map(rate => rate.perSecond)).toFixed(1),
    showSpread(ratios(name, ceiling, rate => rate.perSecond)),
    showSpread(ratios(name, ceiling, rate => 1 / rate.cpu)),
  ];
  return {
    tables: [
      {
        title: 'Login and register',
        note: `Against bcrypt with cost ${ROUNDS} on the same cores, with no server at all. The server has answered ${LOGINS_BEFORE} logins before. Refused: ${refusals(turns)}.`,
        head: ['', 'per second', 'of bcrypt', 'by CPU'],
        rows: [
          row('bcrypt.compare alone', 'compare', 'compare'),
          row('POST /auth/login', 'login', 'compare'),
          row('bcrypt.hash alone', 'hash', 'hash'),
          row('POST /auth/register', 'register', 'hash'),
        ],
      },
      {
        title: 'Token checks while logins run flat out',
        note: `${calm.rate} checks a second beside ${LOGIN_CONNECTIONS} connections that log in.`,
        head: ['', 'p50 ms', 'p99 ms', 'event loop p99 ms', 'refused'],
        rows: [['alone', alone] as const, ['beside logins', beside] as const].map(([label, turn]) => [
          label,
          turn.p50.toFixed(0),
          turn.p99.toFixed(0),
          turn.loopDelay.toFixed(0),
          refusals([turn]),
        ]),
      },
    ],
    reach: [
      atLeast(
        'login, of the bcrypt ceiling',
        0.95,
        ratios('login', 'compare', rate => rate.perSecond),
      ),
      {
        promise: 'token check beside logins, p99',
        target: '< 100 ms',
        measured: `${beside.p99} ms`,
        met: beside.p99 < 100,
      },
    ],
  };
}

/** The same API as a node:cluster of one and of two workers, on all cores. */
export async function measureCluster(bench: Bench): Promise<Findings> {
  const { options, stage, field, load, allCores } = bench;
  const profile = checks.find(({ name }) => name === 'profile') as Contender;
  const entries: Running[] = [];
  for (const workers of ['1', '2']) {
    const env = { ...stage.env, WEB_CONCURRENCY: workers };
    const server = await field.start(profile, { env, cores: allCores });
    const contender = { ...profile, name: workers, label: `${workers} worker${workers === '1' ? '' : 's'}` };
    entries.push(await prepare(stage, contender, server));
  }
  const turns: Turns = new Map(entries.map(({ contender }) => [contender.name, []]));
  for (let round = 0; round <= options.rounds; round++) {
    for (const entry of entries) {
      const turn = await takeTurn(load, entry, stage, pace(options));
      if (round > 0) turns.get(entry.contender.name)?.push(turn); // the first is the warm-up
    }
  }
  await Promise.all(entries.map(({ server }) => server.stop()));
  return {
    tables: [
      {
        title: 'node:cluster',
        note: '`GET /auth/profile` on all cores, which servers, load and databases share here.',
        head: ['', 'requests/s', 'of 1 worker', 'p99 ms', 'refused'],
        rows: entries.map(({ contender: { name, label } }) => {
          const own = turns.get(name) ?? [];
          return [
            label,
            median(own.map(perSecond)).toFixed(0),
            showSpread(ratio(turns, name, '1', perSecond)),
            median(own.map(turn => turn.p99)).toFixed(0),
            refusals(own),
          ];
        }),
      },
    ],
    reach: [],
  };
}

/** By their meaning these cost the same however many sessions there are. */
const FLAT_BY_SESSIONS = operations;
const FLAT_BY_USER = ['check', 'login', 'revoke'] as const;
/** How often their cost at one session of the user these may cost at the largest number of them. */
const GROWTH_BY_USER = { list: 2, 'login at the limit': 2, 'logout-all': 10 } as const;
const LONGEST_SCRIPT_US = 1000;

/** What the operations cost with few and with many sessions, and what a session takes in memory. */
export async function measureGrowth(bench: Bench): Promise<Findings> {
  const { options, stage, field, serverCores, say } = bench;
  if (!hasBinaries()) {
    say('growth: needs a redis-server of its own for each size');
    return { tables: [], reach: [] };
  }
  const { sessions, userSessions, rounds, repeats } = options;
  const start = () => startRedis({ args: ['--auto-aof-rewrite-percentage', '0'] });
  const servers = await Promise.all(sessions.map(start));
  const worker = startWorker({
    program: 'bench/growth.js',
    env: {},
    cores: serverCores,
    runtime: field.runtime,
    directory: stage.directory,
  });
  say(`growth: filling Redis with ${sessions.join(', ')} sessions`);
  const urls = servers.map(({ url }) => url);
  const result = await worker.run<GrowthJob, GrowthResult>({ urls, sessions, userSessions, rounds, repeats });
  await worker.stop();
  await Promise.all(servers.map(server => server.stop()));

  const table = (title: string, sizes: number[], rows: GrowthResult['bySessions']): Table => ({
    title,
    note: 'Median time of the step in µs, Redis included, HTTP and bcrypt not; the ratio to the smallest size in the same round.',
    head: ['', ...sizes.map(size => size.toLocaleString('en'))],
    rows: operations.map(operation => [
      operation,
      ...rows.map(times => {
        const own = times[operation];
        const first = rows[0]?.[operation] ?? [];
        return `${median(own).toFixed(0)} · ${showSpread(spread(own.map((time, i) => time / (first[i] ?? Number.NaN))))}`;
      }),
    ]),
  });
  const flat = (promise: string, rows: GrowthResult['bySessions'], flatOnes: readonly Operation[]): Reach => {
    const growths = flatOnes.flatMap(operation => {
      const first = rows[0]?.[operation] ?? [];
      return rows.map(times => median(times[operation].map((time, i) => time / (first[i] ?? Number.NaN))));
    });
    const { max, min } = spread(growths);
    return { promise, target: '0.90–1.10', measured: `${min.toFixed(2)}–${max.toFixed(2)}`, met: max <= 1.1 };
  };
  const growsAtMost = (operation: keyof typeof GROWTH_BY_USER): Reach => {
    const first = result.byUser[0]?.[operation] ?? [];
    const last = result.byUser.at(-1)?.[operation] ?? [];
    const growth = spread(last.map((time, i) => time / (first[i] ?? Number.NaN)));
    const most = GROWTH_BY_USER[operation];
    return {
      promise: `${operation} at ${mostOfUser} sessions of the user, of its time at one`,
      target: `≤ ${most} ×`,
      measured: showSpread(growth),
      met: growth.median <= most,
    };
  };
  const scripts = result.longestScripts.map(times => spread(times));
  const longest = scripts.at(-1) ?? spread([]);
  const mostOfUser = userSessions.at(-1)?.toLocaleString('en');
  const [fewest, most] = [sessions[0] ?? 0, sessions.at(-1) ?? 0].map(size => size.toLocaleString('en'));
  return {
    tables: [
      table('By live sessions in Redis', sessions, result.bySessions),
      table('By sessions of the user', userSessions, result.byUser),
      {
        title: 'Longest script by sessions of the user',
        note: 'Time in µs in which Redis does nothing else, by SLOWLOG: of the script that takes longest in these operations.',
        head: ['', ...userSessions.map(size => size.toLocaleString('en'))],
        rows: [['longest script', ...scripts.map(times => showSpread(times, 0))]],
      },
      {
        title: 'Memory in Redis',
        head: ['live sessions', 'bytes a session'],
        rows: [[sessions.at(-1)?.toLocaleString('en') ?? '', result.bytes.toFixed(0)]],
      },
    ],
    reach: [
      flat(
        `check, login, list, revoke, logout-all from ${fewest} to ${most} sessions`,
        result.bySessions,
        FLAT_BY_SESSIONS,
      ),
      flat(
        `check, login, revoke from 1 to ${userSessions.at(-1)} sessions of the user`,
        result.byUser,
        FLAT_BY_USER,
      ),
      growsAtMost('list'),
      growsAtMost('login at the limit'),
      growsAtMost('logout-all'),
      {
        promise: `longest script at ${mostOfUser} sessions of the user`,
        target: `≤ ${LONGEST_SCRIPT_US} µs`,
        measured: `${showSpread(longest, 0)} µs`,
        met: longest.median <= LONGEST_SCRIPT_US,
      },
    ],
  };
}

const STARTS = 5;
const COUNTED = 200;
/** V8 returns what loading has needed after about half a minute of rest. */
const SETTLE_MS = 60_000;

/** Round trips, start and memory. */
export async function measureCost(bench: Bench): Promise<Findings> {
  const { options, stage, field, load, say } = bench;
  const withoutStores = ['http', 'naked', 'dressed', 'dressed-on-ours', 'naked-post', 'dressed-post'];
  const trips: { label: string; name: string; redis: number; commands: number; mysql: number }[] = [];
  for (const contender of [...checks, ...signed].filter(({ name }) => !withoutStores.includes(name))) {
    const running = await field.enter(contender);
    const one = { ...running, headers: running.headers.slice(0, 1) };
    const amount = options.quick ? 20 : COUNTED;
    const send = () => takeTurn(load, one, stage, { seconds: 60, connections: 1, amount });
    await send();
    const before = await countQueries(bench);
    await send();
    const after = await countQueries(bench);
    trips.push({
      label: contender.label,
      name: contender.name,
      redis: (after.reads - before.reads - 1) / amount,
      commands: (after.commands - before.commands - 1) / amount,
      mysql: (after.queries - before.queries - 1) / amount,
    });
  }

  const profile = checks.find(({ name }) => name === 'profile') as Contender;
  let server = await field.start(profile);
  const starts = [server.startedIn];
  while (!options.quick && starts.length < STARTS) {
    await server.stop();
    server = await field.start(profile);
    starts.push(server.startedIn);
  }
  if (!options.quick) await sleep(SETTLE_MS);
  const rest = (await server.probe()).rss;
  const running = await prepare(stage, profile, server);
  const loaded = await takeTurn(load, running, stage, { ...pace(options), seconds: options.seconds * 4 });
  if (!options.quick) await sleep(SETTLE_MS);
  const after = (await server.probe()).rss;
  await server.stop();
  say(`cost: start ${median(starts).toFixed(0)} ms, ${mebibytes(rest)} MiB at rest`);

  const redisTrips = (promise: string, name: string, most: number): Reach => {
    const measured = trips.find(trip => trip.name === name)?.redis ?? Number.NaN;
    return { promise, target: `≤ ${most}`, measured: measured.toFixed(2), met: measured <= most + 0.05 };
  };
  return {
    tables: [
      {
        title: 'Round trips of a request',
        note: 'Counted by Redis (reads from its sockets, commands) and by the database, over requests sent one after the other.',
        head: ['', 'Redis round trips', 'Redis commands', 'database queries'],
        rows: trips.map(({ label, redis, commands, mysql }) => [
          label,
          ...[redis, commands, mysql].map(n => n.toFixed(2)),
        ]),
      },
      {
        title: 'The process',
        head: ['', ''],
        rows: [
          ['start to first answer, ms', showSpread(spread(starts), 0)],
          ['resident memory at rest, MiB', mebibytes(rest)],
          ['under load, MiB', mebibytes(loaded.rss)],
          ['after load, MiB', mebibytes(after)],
          ['event loop delay under load, p99, ms', loaded.loopDelay.toFixed(1)],
        ],
      },
    ],
    reach: [
      redisTrips('Redis round trips of a checked request', 'token', 1),
      redisTrips('Redis round trips of a signed request', 'signed', 2),
      {
        promise: 'start to first answer',
        target: '< 300 ms',
        measured: `${median(starts).toFixed(0)} ms`,
        met: median(starts) < 300,
      },
      {
        promise: 'resident memory at rest',
        target: '< 80 MiB',
        measured: `${mebibytes(rest)} MiB`,
        met: rest < 80 * 2 ** 20,
      },
    ],
  };
}

/** What both databases have done so far. Asking takes one read, one command and one query. */
async function countQueries({ stage }: Bench) {
  const info = String(await stage.redis.run('', ['INFO', 'stats']));
  const number = (name: string) => Number(new RegExp(`${name}:(\\d+)`).exec(info)?.[1]);
  const [[status]] = await stage.connection.query<RowDataPacket[]>("SHOW GLOBAL STATUS LIKE 'Questions'");
  return {
    reads: number('total_reads_processed'),
    commands: number('total_commands_processed'),
    queries: Number(status?.Value),
  };
}

const FLAT_WITHIN = 1.1;

/** Memory over a long load. */
export async function measureSoak(bench: Bench): Promise<Findings> {
  const { options, stage, field, load, say } = bench;
  const profile = checks.find(({ name }) => name === 'profile') as Contender;
  const server = await field.start(profile);
  const running = await prepare(stage, profile, server);
  const turns: Turn[] = [];
  const samples = options.quick ? 4 : 20;
  for (let i = 0; i < samples; i++) {
    turns.push(
      await takeTurn(load, running, stage, { ...pace(options), seconds: options.soakSeconds / samples }),
    );
  }
  await server.stop();
  const memory = turns.map(({ rss }) => rss);
  // The heap finds its size in the first quarter.
  const [early, late] = [memory.slice(samples / 4, samples / 2), memory.slice(-samples / 4)].map(median);
  const growth = (late ?? Number.NaN) / (early ?? Number.NaN);
  say(`soak: ${growth.toFixed(2)}`);
  return {
    tables: [
      {
        title: `${options.soakSeconds} seconds of load`,
        note: '`GET /auth/profile`, flat out.',
        head: ['', 'first', 'second quarter', 'last quarter', 'largest'],
        rows: [
          [
            'resident memory, MiB',
            ...[memory[0] ?? 0, early ?? 0, late ?? 0, Math.max(...memory)].map(mebibytes),
          ],
          ['refused', '', '', '', refusals(turns)],
        ],
      },
    ],
    reach: [
      {
        promise: `resident memory over ${options.soakSeconds} s of load`,
        target: `≤ ${FLAT_WITHIN.toFixed(2)} ×`,
        measured: `${growth.toFixed(2)} ×`,
        met: growth <= FLAT_WITHIN,
      },
    ],
  };
}

function mebibytes(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(0);
}
