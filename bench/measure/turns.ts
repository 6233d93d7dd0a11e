import type { Options } from '../options.ts';
import type { Bar, Chart, Reach, Table } from '../report.ts';
import { type Contender, type Field, type Running, type Turn, takeTurn } from '../stage/contenders.ts';
import type { Load } from '../stage/processes.ts';
import type { Stage } from '../stage/stage.ts';
import { median, type Spread, spread } from './statistics.ts';

/** What every part of a run works with. */
export interface Bench {
  options: Options;
  stage: Stage;
  /** One for each Node.js. */
  fields: Field[];
  /** The first of them, for what is measured on one Node.js. */
  field: Field;
  load: Load;
  /** Lists for taskset; null: anywhere. */
  serverCores: string | null;
  allCores: string | null;
  /** Says what is under way. */
  say(text: string): void;
}

/** The turns of each contender, by name, the n-th of each from the same round. */
export type Turns = Map<string, Turn[]>;

const QUICK_REQUESTS = 40;
const QUICK_CONNECTIONS = 4;

/** How a job ends: after its seconds, or in a quick run after a few requests. */
export function pace({ quick, seconds, connections }: Options) {
  return quick
    ? { seconds, connections: QUICK_CONNECTIONS, amount: QUICK_REQUESTS }
    : { seconds, connections };
}

/** Lets the contenders take turns: A B C, A B C, … Each is warmed up before the first round and before each turn. */
export async function takeTurns(bench: Bench, field: Field, contenders: Contender[]): Promise<Turns> {
  const { options, stage, load, say } = bench;
  const running: Running[] = [];
  for (const contender of contenders) running.push(await field.enter(contender));
  const how = pace(options);
  const warmUp = (entry: Running, seconds: number) =>
    options.quick ? undefined : takeTurn(load, entry, stage, { ...how, seconds });
  for (const entry of running) await warmUp(entry, options.seconds);
  const turns: Turns = new Map(contenders.map(({ name }) => [name, []]));
  for (let round = 1; round <= options.rounds; round++) {
    for (const entry of running) {
      await warmUp(entry, 1);
      const turn = await takeTurn(load, entry, stage, how);
      turns.get(entry.contender.name)?.push(turn);
      say(
        `Node.js ${field.runtime.major}, round ${round}: ${entry.contender.label}: ${Math.round(turn.perSecond)}/s`,
      );
    }
  }
  return turns;
}

/** The ratio of a figure between two contenders, round by round. */
export function ratio(turns: Turns, name: string, to: string, figure: (turn: Turn) => number): Spread {
  const others = turns.get(to) ?? [];
  return spread((turns.get(name) ?? []).map((turn, i) => figure(turn) / (others[i] ? figure(others[i]) : 0)));
}

export const perSecond = (turn: Turn) => turn.perSecond;
/** By processor time instead of by the clock: steadier where others use the machine. */
export const perCpu = (turn: Turn) => 1 / turn.cpuPerRequest;

export function showSpread({ median: middle, min, max }: Spread, digits = 2): string {
  return `${middle.toFixed(digits)} (${min.toFixed(digits)}–${max.toFixed(digits)})`;
}

export function atLeast(promise: string, target: number, measured: Spread): Reach {
  return {
    promise,
    target: `≥ ${target.toFixed(2)}`,
    measured: showSpread(measured),
    met: measured.median >= target,
  };
}

/** The table of contenders against the two ceilings, and its chart. */
export function compare(
  title: string,
  contenders: Contender[],
  turns: Turns,
  { naked, dressed }: { naked: string; dressed: string },
): { table: Table; chart: Chart } {
  const middle = (name: string, figure: (turn: Turn) => number) =>
    median((turns.get(name) ?? []).map(figure));
  const table: Table = {
    title,
    note:
      'Requests a second, and their ratio to either ceiling in the same round: median (smallest–largest). `by CPU` is the ratio ' +
      "to dressed Express by the server's processor time a request. `busy` is the share of a core that server and load took: " +
      'where the server is below 1.00, it was not the server that held things up.',
    head: [
      '',
      'requests/s',
      'of naked',
      'of dressed',
      'by CPU',
      'µs CPU',
      'p50 ms',
      'p99 ms',
      'busy',
      'refused',
    ],
    rows: contenders.map(({ name, label }) => [
      label,
      String(Math.round(middle(name, perSecond))),
      showSpread(ratio(turns, name, naked, perSecond)),
      showSpread(ratio(turns, name, dressed, perSecond)),
      ratio(turns, name, dressed, perCpu).median.toFixed(2),
      String(Math.round(middle(name, turn => turn.cpuPerRequest))),
      middle(name, turn => turn.p50).toFixed(0),
      middle(name, turn => turn.p99).toFixed(0),
      `${middle(name, turn => turn.serverBusy).toFixed(2)} / ${middle(name, turn => turn.busy).toFixed(2)}`,
      refusals(turns.get(name) ?? []),
    ]),
  };
  // Without a framework it is so far off that it would squeeze the rest.
  const shown = contenders.filter(({ name }) => name !== 'http');
  const bars = shown.map(({ name, label, ours }): Bar => {
    return { label, value: ratio(turns, name, dressed, perSecond).median, ours: ours ?? false };
  });
  return { table, chart: { title: `${title}, dressed Express = 1.00`, bars } };
}

/** What was not answered with 2xx, by status; `–` for nothing. */
export function refusals(turns: Pick<Turn, 'bad' | 'errors'>[]): string {
  const counts = new Map<string, number>();
  for (const { bad, errors } of turns) {
    for (const [code, count] of Object.entries(bad)) counts.set(code, (counts.get(code) ?? 0) + count);
    if (errors > 0) counts.set('errors', (counts.get('errors') ?? 0) + errors);
  }
  return [...counts].map(([code, count]) => `${count} × ${code}`).join(', ') || '–';
}
