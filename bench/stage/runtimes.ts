import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const KEPT = join(import.meta.dirname, '..', '..', 'node_modules', '.cache');

/** A Node.js that runs servers. */
export interface Runtime {
  major: number;
  /** Such as 20.20.2. */
  version: string;
  path: string;
}

/** The Node.js that runs the benchmark. */
export const ownRuntime: Runtime = {
  major: majorOf(process.versions.node),
  version: process.versions.node,
  path: process.execPath,
};

/**
 * Finds a Node.js of this major version: the one that runs the benchmark, else the newest from the npm registry, kept
 * below node_modules.
 * @throws {Error} when it cannot be installed
 */
export function findRuntime(major: number): Runtime {
  if (major === ownRuntime.major) return ownRuntime;
  const { platform, arch } = process;
  const system = platform === 'win32' ? 'win' : platform;
  // The packages with the program of `node` from npm, which picks one of them by a script.
  const name = `${system === 'darwin' && arch === 'arm64' ? 'node-bin' : 'node'}-${system}-${arch}`;
  const folder = join(KEPT, `node-${major}`);
  const home = join(folder, 'node_modules', name);
  const manifest = join(home, 'package.json');
  if (!existsSync(manifest)) {
    mkdirSync(folder, { recursive: true });
    const flags = ['--no-save', '--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund'];
    npm(['install', '--prefix', folder, ...flags, `${name}@${major}`]);
  }
  const { version, bin } = JSON.parse(readFileSync(manifest, 'utf8')) as {
    version: string;
    bin: { node: string };
  };
  return { major, version, path: join(home, bin.node) };
}

function npm(args: string[]): void {
  const { npm_execpath: script } = process.env; // as npm calls itself where a script of it runs
  const [command, ...first] = script ? [process.execPath, script] : ['npm'];
  const { status, stderr } = spawnSync(command ?? '', [...first, ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`npm ${args.join(' ')} failed:\n${stderr}`);
}

function majorOf(version: string): number {
  return Number(version.split('.')[0]);
}
