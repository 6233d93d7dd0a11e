import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { SourceMap } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checks, prepare, signed, takeTurn } from '../stage/contenders.ts';
import { type Bench, pace } from './turns.ts';

const SHOWN = 25;

interface Frame {
  functionName: string;
  url: string;
  /** From 0. */
  lineNumber: number;
  columnNumber: number;
}

interface CpuProfile {
  nodes: { id: number; callFrame: Frame }[];
  samples: number[];
  /** Microseconds before each sample. */
  timeDeltas: number[];
}

/**
 * Runs one server under load with `node --cpu-prof` and says in which functions and packages the time went.
 * @returns the report; the profile stays in a temporary folder, for a browser's developer tools
 */
export async function profile(bench: Bench, name: string): Promise<string> {
  const { options, stage, field, load } = bench;
  const contender = [...checks, ...signed].find(known => known.name === name);
  if (!contender) throw new Error(`There is no server ${name}.`);
  const folder = await mkdtemp(join(tmpdir(), 'cpu-profile-'));
  const nodeOptions = ['--cpu-prof', `--cpu-prof-dir=${folder}`, '--cpu-prof-interval=500'];
  const server = await field.start(contender, { nodeOptions });
  const startedAt = performance.now();
  const running = await prepare(stage, contender, server);
  await takeTurn(load, running, stage, pace(options));
  const warm = performance.now() - startedAt + server.startedIn;
  await takeTurn(load, running, stage, { ...pace(options), seconds: options.seconds * 2 });
  await server.stop();

  const [file = ''] = await readdir(folder);
  const text = await readFile(join(folder, file), 'utf8');
  return `${contender.label}: ${join(folder, file)}\n\n${summarize(JSON.parse(text), warm)}`;
}

/** Self time by function and by package, without idling and without the first `skipMs`. */
function summarize({ nodes, samples, timeDeltas }: CpuProfile, skipMs: number): string {
  const locate = sources();
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, locate(callFrame)]));
  const functions = new Map<string, number>();
  const packages = new Map<string, number>();
  let time = 0;
  let total = 0;
  for (const [i, sample] of samples.entries()) {
    const delta = timeDeltas[i] ?? 0;
    time += delta;
    const frame = frames.get(sample);
    if (time < skipMs * 1000 || !frame || frame.functionName === '(idle)') continue;
    const place = packageOf(frame.url);
    const line = frame.url ? `${frame.url.split('/').at(-1)}:${frame.lineNumber + 1}` : '';
    const label = `${frame.functionName || '(anonymous)'}  ${place} ${line}`;
    functions.set(label, (functions.get(label) ?? 0) + delta);
    packages.set(place, (packages.get(place) ?? 0) + delta);
    total += delta;
  }
  const top = (times: Map<string, number>) =>
    [...times]
      .sort(([, a], [, b]) => b - a)
      .slice(0, SHOWN)
      .map(([label, own]) => `${((own / total) * 100).toFixed(1).padStart(6)} %  ${label}`)
      .join('\n');
  return `self time by function\n${top(functions)}\n\nself time by package\n${top(packages)}\n`;
}

/** Gives the frames of a bundle the file and the line that they come from. */
function sources(): (frame: Frame) => Frame {
  const maps = new Map<string, SourceMap | null>();
  function mapOf(url: string): SourceMap | null {
    const file = url.startsWith('file:') ? `${fileURLToPath(url)}.map` : '';
    if (!maps.has(url))
      maps.set(url, existsSync(file) ? new SourceMap(JSON.parse(readFileSync(file, 'utf8'))) : null);
    return maps.get(url) ?? null;
  }
  return frame => {
    const entry = mapOf(frame.url)?.findEntry(frame.lineNumber, frame.columnNumber);
    if (!entry || !('originalSource' in entry)) return frame;
    return { ...frame, url: entry.originalSource, lineNumber: entry.originalLine };
  };
}

/** The package of a file, `node` for Node's own, `ours` for this project. */
function packageOf(url: string): string {
  if (url === '') return 'native';
  if (url.startsWith('node:')) return 'node';
  return /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1] ?? 'ours';
}
