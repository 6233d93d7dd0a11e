import { median } from './measure/statistics.ts';
import {
  atLeast,
  type Bench,
  compare,
  perSecond,
  ratio,
  showSpread,
  type Turns,
  takeTurns,
} from './measure/turns.ts';
import type { Findings, Reach, Table } from './report.ts';
import { type Contender, checks, signed } from './stage/contenders.ts';
import type { Runtime } from './stage/runtimes.ts';

/** A contender's requests per second, of those of another. */
interface Promised {
  promise: string;
  name: string;
  to: string;
  /** On Node.js up to 22, where each request of Express is slow, and from 24 on. */
  least: [before24: number, from24: number];
}

const checkPromises: Promised[] = [
  { promise: 'token check, of dressed Express', name: 'token', to: 'dressed', least: [0.85, 0.85] },
  { promise: 'token check, of naked Express', name: 'token', to: 'naked', least: [0.6, 0.6] },
  { promise: '`GET /auth/profile`, of dressed Express', name: 'profile', to: 'dressed', least: [0.65, 0.65] },
  { promise: '`GET /auth/profile`, of express-session', name: 'profile', to: 'session', least: [2, 2] },
  { promise: '`GET /auth/profile`, of Fastify', name: 'profile', to: 'fastify', least: [2, 1.3] },
  {
    promise: '`GET /auth/profile`, of Fastify with its fastest settings',
    name: 'profile',
    to: 'fastify-tuned',
    least: [2, 1.3],
  },
];
const signedPromises: Promised[] = [
  {
    promise: 'signed POST, of dressed Express parsing the same body',
    name: 'signed',
    to: 'dressed-post',
    least: [0.7, 0.7],
  },
];

/** The check on every request, beside what it could cost and what others do. */
export async function measureChecks(bench: Bench): Promise<Findings> {
  const runs = await runOnEach(bench, checks);
  const found = describe('A checked request', checks, runs, { naked: 'naked', dressed: 'dressed' });
  const reach = runs.flatMap(run => [...judge(run, checkPromises), judgeP99(run)]);
  return { ...found, reach };
}

/** A signed request, beside Express that parses the same body. */
export async function measureSigned(bench: Bench): Promise<Findings> {
  const runs = await runOnEach(bench, signed);
  const ceilings = { naked: 'naked-post', dressed: 'dressed-post' };
  const found = describe('A signed POST', signed, runs, ceilings);
  return { ...found, reach: runs.flatMap(run => judge(run, signedPromises)) };
}

/** The turns on one Node.js. */
interface Run {
  runtime: Runtime;
  turns: Turns;
}

async function runOnEach(bench: Bench, contenders: Contender[]): Promise<Run[]> {
  const runs: Run[] = [];
  for (const field of bench.fields) {
    runs.push({ runtime: field.runtime, turns: await takeTurns(bench, field, contenders) });
    if (!bench.options.quick) await field.stop(); // the next sections of a quick run go on with these servers
  }
  return runs;
}

/** A table over all Node.js versions, and for each a table and a chart. */
function describe(
  title: string,
  contenders: Contender[],
  runs: Run[],
  ceilings: { naked: string; dressed: string },
): Pick<Findings, 'tables' | 'charts'> {
  const overview: Table = {
    title,
    note: 'Requests a second, and their ratio to dressed Express in the same round: median (smallest–largest).',
    head: ['', ...runs.flatMap(({ runtime }) => [`Node.js ${runtime.major}: requests/s`, 'of dressed'])],
    rows: contenders.map(({ name, label }) => [
      label,
      ...runs.flatMap(({ turns }) => [
        String(Math.round(median((turns.get(name) ?? []).map(perSecond)))),
        showSpread(ratio(turns, name, ceilings.dressed, perSecond)),
      ]),
    ]),
  };
  const details = runs.map(({ runtime, turns }) =>
    compare(`${title} on Node.js ${runtime.version}`, contenders, turns, ceilings),
  );
  return {
    tables: [overview, ...details.map(({ table }) => table)],
    charts: details.map(({ chart }) => chart),
  };
}

function judge({ runtime, turns }: Run, promises: Promised[]): Reach[] {
  return promises.map(({ promise, name, to, least: [before24, from24] }) => ({
    ...atLeast(promise, runtime.major < 24 ? before24 : from24, ratio(turns, name, to, perSecond)),
    node: runtime.major,
  }));
}

function judgeP99({ runtime, turns }: Run): Reach {
  const p99 = (name: string) => median((turns.get(name) ?? []).map(turn => turn.p99));
  const [own, peer] = [p99('profile'), p99('session')];
  return {
    promise: '`GET /auth/profile`, p99 no worse than express-session',
    node: runtime.major,
    target: `≤ ${peer} ms`,
    measured: `${own} ms`,
    met: own <= peer,
  };
}
