import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { inject } from 'vitest';

const notChecked = new Set([
  '.git',
  'node_modules',
  'dist',
  'data',
  'coverage',
  '.env',
  'postman_environment.local.json',
]);

interface Checkout {
  directory: string;
  remove: () => Promise<void>;
}

/** A folder as a fresh clone has it after `npm ci`; `remove` takes it away. */
export async function freshCheckout(): Promise<Checkout> {
  const directory = await mkdtemp(join(tmpdir(), 'checkout-'));
  await cp('.', directory, { recursive: true, filter: source => !notChecked.has(basename(source)) });
  await symlink(join(process.cwd(), 'node_modules'), join(directory, 'node_modules'));
  return { directory, remove: () => rm(directory, { recursive: true, force: true }) };
}

/** A fresh checkout with the compiled programs in it, for tests that change its code or build it again. */
export async function buildCheckout(): Promise<Checkout> {
  const build = await sharedBuild();
  const directory = await mkdtemp(join(tmpdir(), 'checkout-'));
  await cp(build, directory, { recursive: true, verbatimSymlinks: true });
  return { directory, remove: () => rm(directory, { recursive: true, force: true }) };
}

/** A folder to start the compiled programs in, with a `.env` and data of its own. The code in it is shared. */
export async function programFolder(): Promise<Checkout> {
  const build = await sharedBuild();
  const directory = await mkdtemp(join(tmpdir(), 'programs-'));
  for (const name of await readdir(build)) await symlink(join(build, name), join(directory, name));
  return { directory, remove: () => rm(directory, { recursive: true, force: true }) };
}

/** A {@link programFolder} without a compiler: `npm start` takes the build as it is. */
export async function compiledFolder(): Promise<Checkout> {
  const folder = await programFolder();
  const modules = join(folder.directory, 'node_modules');
  await rm(modules); // a link
  await mkdir(modules);
  const names = (await readdir('node_modules')).filter(name => name !== 'typescript');
  await Promise.all(names.map(name => symlink(resolve('node_modules', name), join(modules, name))));
  return folder;
}

/** The checkout that is compiled once for the whole run, for programs that write nothing. */
export async function sharedBuild(): Promise<string> {
  const response = await fetch(inject('buildUrl'));
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text;
}

/** A port that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

/** The test run's environment without what could configure an API; with no balancer to wait for at the stop. */
export function bareEnvironment(extra: Record<string, string> = {}): Record<string, string> {
  const { PATH = '', HOME = '' } = process.env;
  return { PATH, HOME, SHUTDOWN_DELAY_MS: '0', ...extra };
}

export interface RunningProcess {
  child: ChildProcess;
  /** Everything printed so far, on both streams. */
  output: () => string;
  /** Resolves when the text was printed; rejects when the process ends before. */
  printed: (text: string | RegExp) => Promise<void>;
  /** The exit code, null after a signal. */
  exited: Promise<number | null>;
  /** Signals the program and all it has started: npm passes no signal on. */
  killAll: (signal: NodeJS.Signals) => void;
}

interface RunOptions {
  cwd?: string;
  env?: Record<string, string>;
  uid?: number;
  gid?: number;
  /** What it reads from its standard input; nothing unless given. */
  input?: string;
}

/** Starts a program in a folder and follows what it prints. */
export function run(
  command: string,
  args: string[],
  { input = '', ...options }: RunOptions = {},
): RunningProcess {
  const child = spawn(command, args, { ...options, detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.on('error', () => {}); // it may end before it has read everything
  child.stdin.end(input);
  let text = '';
  const watchers = new Set<() => void>();
  const collect = (chunk: Buffer) => {
    text += chunk;
    for (const watch of watchers) watch();
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const exited = once(child, 'close').then(([code]) => code as number | null);
  return {
    child,
    output: () => text,
    exited,
    killAll: signal => process.kill(-(child.pid ?? 0), signal),
    printed: wanted =>
      new Promise((resolve, reject) => {
        const watch = () => {
          if (typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text)) resolve();
        };
        watchers.add(watch);
        watch();
        exited.then(code => reject(new Error(`ended with ${code} before it printed ${wanted}:\n${text}`)));
      }),
  };
}
