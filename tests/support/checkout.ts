import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const notChecked = new Set([
  '.git',
  'node_modules',
  'dist',
  'data',
  'coverage',
  '.env',
  'postman_environment.local.json',
]);

/** A folder as a fresh clone has it after `npm ci`; `remove` takes it away. */
export async function freshCheckout(): Promise<{ directory: string; remove: () => Promise<void> }> {
  const directory = await mkdtemp(join(tmpdir(), 'checkout-'));
  await cp('.', directory, { recursive: true, filter: source => !notChecked.has(basename(source)) });
  await symlink(join(process.cwd(), 'node_modules'), join(directory, 'node_modules'));
  return { directory, remove: () => rm(directory, { recursive: true, force: true }) };
}

/** A fresh checkout with the compiled server in it. */
export async function buildCheckout(): ReturnType<typeof freshCheckout> {
  const checkout = await freshCheckout();
  const build = run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
    cwd: checkout.directory,
  });
  if ((await build.exited) !== 0) throw new Error(`the build failed:\n${build.output()}`);
  return checkout;
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
