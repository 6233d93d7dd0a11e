// `npm run bench`: what this API costs beside Express and beside what others use. See docs/performance.md.
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureChecks, measureSigned } from './checks.ts';
import type { Answers, Job } from './measure/load.ts';
import { profile } from './measure/profile.ts';
import type { Bench } from './measure/turns.ts';
import { type Options, parseOptions, type Section, sections } from './options.ts';
import { measureRefused } from './refused.ts';
import { type Findings, toMarkdown, toSvg } from './report.ts';
import { measureCluster, measureCost, measureGrowth, measureLogin, measureSoak } from './sections.ts';
import { measureServices } from './services.ts';
import { build } from './stage/build.ts';
import { createField } from './stage/contenders.ts';
import { describeMachine, divideCores } from './stage/machine.ts';
import { startWorker } from './stage/processes.ts';
import { findRuntime, ownRuntime } from './stage/runtimes.ts';
import { setStage } from './stage/stage.ts';

const ROOT = join(import.meta.dirname, '..');

const measures: Record<Section, (bench: Bench) => Promise<Findings>> = {
  checks: measureChecks,
  signed: measureSigned,
  login: measureLogin,
  cluster: measureCluster,
  growth: measureGrowth,
  services: measureServices,
  refused: measureRefused,
  cost: measureCost,
  soak: measureSoak,
};

try {
  await run(parseOptions(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1); // with it go the servers that a part left behind
}

async function run(options: Options): Promise<void> {
  build();
  const [first, ...more] = options.node.map(findRuntime);
  if (!first) throw new Error('There is no Node.js to measure on.');
  const runtimes = [first, ...more];
  const cores = divideCores();
  const serverCores = cores?.server ?? null;
  const stage = await setStage(options.quick ? 5 : 100);
  // A quick run may have a busy machine, which is no fault.
  if (options.quick) Object.assign(stage.env, { REDIS_TIMEOUT_MS: '5000', DB_TIMEOUT_MS: '5000' });
  const { directory } = stage;
  const field = createField(stage, serverCores, first);
  const fields = [field, ...more.map(runtime => createField(stage, serverCores, runtime))];
  const loader = startWorker({
    program: 'bench/measure/load.js',
    env: {},
    cores: cores?.load ?? null,
    runtime: ownRuntime,
    directory,
  });
  const bench: Bench = {
    options,
    stage,
    fields,
    field,
    load: job => loader.run<Job, Answers>(job),
    serverCores,
    allCores: cores && `${cores.server},${cores.load}`,
    say: text => console.error(text),
  };
  try {
    if (options.profile) {
      console.log(await profile(bench, options.profile));
      return;
    }
    const findings: Findings[] = [];
    for (const section of sections.filter(name => options.only.includes(name))) {
      console.error(`\n${section}`);
      findings.push(await measures[section](bench));
    }
    const { rounds, seconds, connections, quick } = options;
    const pace = quick
      ? 'a quick run: it shows that everything works, its figures mean nothing'
      : `${rounds} rounds of ${seconds} s, ${connections} connections, NODE_ENV=production`;
    const facts = [...describeMachine(cores, runtimes), stage.engines, pace];
    await report(options, toMarkdown(facts, findings, first.major), findings);
  } finally {
    for (const { stop } of fields) await stop();
    await loader.stop();
    await stage.close();
  }
}

async function report(options: Options, markdown: string, findings: Findings[]): Promise<void> {
  const isWhole = options.only.length === sections.length && !options.quick;
  const folder =
    options.out ?? (isWhole ? join(ROOT, 'docs') : await mkdtemp(join(tmpdir(), 'bench-report-')));
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'bench.md'), markdown);
  const charts = findings.flatMap(part => part.charts ?? []);
  if (charts.length > 0) await writeFile(join(folder, 'bench.svg'), toSvg(charts));
  console.log(markdown);
  console.error(`written to ${folder}`);
}
