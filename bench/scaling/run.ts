// `npm run bench:scaling`: what sessions, users and requests take, on one server and on a cluster whose slots move.
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Table, toMarkdown } from '../report.ts';
import { build } from '../stage/build.ts';
import { createField } from '../stage/contenders.ts';
import { describeMachine } from '../stage/machine.ts';
import { ownRuntime } from '../stage/runtimes.ts';
import { setStage } from '../stage/stage.ts';
import { measureCluster } from './cluster.ts';
import { measureLag } from './lag.ts';
import type { Shares } from './model.ts';
import { apiProgram, measureRequests } from './requests.ts';
import { measureSizes } from './sizes.ts';
import { clusterTable, countWrong, lagTable, moveTables, requestTable, sizeTable } from './tables.ts';

/** What the run writes: `npm run scaling` takes the shares, and docs/scaling.md has the tables. */
export interface Measured {
  facts: string[];
  shares: Shares;
  tables: Table[];
}

interface Pace {
  /** Users who send each kind of request once. */
  readers: number;
  logins: number;
  hashes: number;
  idleMs: number;
  /** Rows and sessions of which the size is measured. */
  rows: number;
  /** Sessions in the cluster. */
  sessions: number;
  slots: number;
  peoplePerSlot: number;
  lanes: number;
  calmMs: number;
}

const whole: Pace = {
  readers: 5000,
  logins: 200,
  hashes: 20,
  idleMs: 5000,
  rows: 200_000,
  sessions: 3_000_000,
  slots: 1000,
  peoplePerSlot: 3,
  lanes: 8,
  calmMs: 20_000,
};
/** Shows that everything works; its figures mean nothing. */
const quick: Pace = {
  readers: 10,
  logins: 2,
  hashes: 2,
  idleMs: 200,
  rows: 1000,
  sessions: 1200,
  slots: 20,
  peoplePerSlot: 1,
  lanes: 2,
  calmMs: 500,
};

const usage = `npm run bench:scaling -- [options]
  --sessions n   sessions in the cluster (3000000; each takes about 3.5 KB of memory and 2 KB of disk)
  --quick        a few of everything, to see that it works
  --out folder   for measured.json; after a whole run bench/scaling, else a temporary folder`;

try {
  await run();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1); // with it go the servers that a part left behind
}

async function run(): Promise<void> {
  const { values } = parseArgs({
    options: {
      sessions: { type: 'string' },
      quick: { type: 'boolean', default: false },
      out: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) throw new Error(usage);
  const pace = { ...(values.quick ? quick : whole) };
  const isWhole = !values.quick && values.sessions === undefined;
  if (values.sessions !== undefined) pace.sessions = Number(values.sessions);
  if (!(pace.sessions >= 1)) throw new Error(`${values.sessions} is no number of sessions.\n\n${usage}`);

  build();
  const { engines, wrong, ...measured } = await measure(pace);
  const facts = [
    ...describeMachine(null, [ownRuntime]),
    engines,
    `${pace.sessions.toLocaleString('en')} sessions in the cluster`,
  ];
  const folder =
    values.out ?? (isWhole ? import.meta.dirname : await mkdtemp(join(tmpdir(), 'bench-scaling-')));
  await mkdir(folder, { recursive: true });
  const written: Measured = { facts, ...measured };
  await writeFile(join(folder, 'measured.json'), `${JSON.stringify(written, null, 2)}\n`);
  console.log(toMarkdown(facts, [{ tables: measured.tables, reach: [] }], ownRuntime.major));
  console.error(`written to ${folder}`);
  if (wrong > 0) throw new Error(`${wrong} answers were wrong.`);
}

async function measure(pace: Pace): Promise<Omit<Measured, 'facts'> & { engines: string; wrong: number }> {
  const say = (text: string) => console.error(text);
  // Servers of its own, of which nobody else asks anything.
  const stage = await setStage(pace.readers, {});
  const field = createField(stage, null, ownRuntime);
  try {
    const patient = { ...stage.env, REDIS_TIMEOUT_MS: '5000', DB_TIMEOUT_MS: '5000' };
    const server = await field.start(apiProgram, { env: patient });
    say('requests');
    const requests = await measureRequests(stage, server, pace);
    await server.stop();
    say('sizes');
    const sizes = await measureSizes(stage, pace.rows, pace.rows);
    const lag = await measureLag(stage);
    const cluster = await measureCluster(stage, field, pace, say);
    const masters = cluster.nodes.filter(({ role }) => role === 'master');
    const bytes = masters.reduce((sum, node) => sum + node.bytes, 0);
    const asking = (cluster.idleApiMicros - requests.idleApiMicros) / cluster.nodes.length;
    const shares: Shares = {
      sessionBytes: bytes / pace.sessions,
      userBytes: sizes.userBytes,
      auditRowBytes: sizes.auditRowBytes,
      hashMicros: requests.hashMicros,
      processBytes: requests.processBytes,
      pollMicros: Math.max(0, asking),
      requests: requests.requests,
    };
    const tables = [
      requestTable(requests),
      sizeTable(sizes, shares),
      clusterTable(cluster),
      ...moveTables(cluster),
      lagTable(lag),
    ];
    return { engines: stage.engines, shares, tables, wrong: countWrong(cluster) };
  } finally {
    await field.stop();
    await stage.close();
  }
}
