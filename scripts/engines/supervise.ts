import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

/** A running server that may be broken and mended at will. */
export interface Engine {
  /** Its process now (another one after a restart); in Docker the client that is attached to it. */
  readonly child: ChildProcess;
  readonly pid: number;
  /** Sends the server a signal; does nothing once it has ended. */
  kill(signal: NodeJS.Signals): void;
  /** Ends it with SIGKILL if it still runs and starts it again: same port, same data. */
  restart(): Promise<void>;
  /** Ends it and removes its data. May be called more than once. */
  stop(): Promise<void>;
}

/** What {@link supervise} needs to know about a server. */
export interface Blueprint {
  name: string;
  /** Command that runs to its end before the first start, with what to write to its standard input. */
  prepare?: { argv: string[]; input?: string };
  argv: string[];
  /** Resolves when the server itself, whose process is `pid`, answers a query. */
  probe(pid: number): Promise<unknown>;
  signal(pid: number, signal: NodeJS.Signals): void;
  /** Shell script that removes all traces of the server; `$pid` is its process or empty, `$1` the subject. */
  cleanup: string;
  subject: string;
}

const START_LIMIT_MS = 60_000;

const running = (child: ChildProcess): boolean => child.exitCode === null && child.signalCode === null;

/**
 * Starts a server and waits until it answers.
 * The server ends and its data go when this process does, in whatever way.
 * @throws Error with the tail of the server's output when it does not come up
 */
export async function supervise(blueprint: Blueprint): Promise<Engine> {
  const { name, prepare, argv, probe, signal, cleanup, subject } = blueprint;
  // The end of its standard input is the one notice of this process' death that not even SIGKILL prevents.
  // A session of its own keeps it, like the servers, out of reach of the terminal's Ctrl-C.
  const guard = spawn('sh', ['-c', `while read -r line; do pid=$line; done; ${cleanup}`, 'guard', subject], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  const cleaned = once(guard, 'exit');
  let child: ChildProcess;
  let closed: Promise<unknown> = Promise.resolve();
  let output = '';

  function launch([command = '', ...args]: string[], input = ''): void {
    output = '';
    const collect = (text: unknown) => {
      output = (output + text).slice(-2000);
    };
    const started = spawn(command, args, { detached: true });
    child = started;
    guard.stdin.write(`${started.pid ?? ''}\n`);
    closed = new Promise(resolve => started.once('close', resolve));
    started.once('exit', () => guard.stdin.write('\n'));
    started.once('error', collect);
    started.stdout.on('data', collect);
    started.stderr.on('data', collect);
    started.stdin.once('error', collect);
    started.stdin.end(input);
  }

  async function start(): Promise<void> {
    launch(argv);
    const limit = Date.now() + START_LIMIT_MS;
    for (;;) {
      try {
        await probe(engine.pid);
        return;
      } catch (error) {
        if (!running(child)) {
          await closed;
          throw new Error(`${name} ended before it answered. Its last output:\n${output}`);
        }
        if (Date.now() > limit) {
          throw new Error(`${name} did not answer in time (${error}). Its last output:\n${output}`);
        }
        await sleep(10);
      }
    }
  }

  async function end(): Promise<void> {
    engine.kill('SIGKILL');
    await closed;
  }

  const engine: Engine = {
    get child() {
      return child;
    },
    get pid() {
      return child.pid ?? 0;
    },
    kill: what => {
      if (child && running(child)) signal(engine.pid, what);
    },
    restart: async () => {
      await end();
      await start();
    },
    stop: async () => {
      await end();
      guard.stdin.end();
      await cleaned;
    },
  };

  try {
    if (prepare) {
      launch(prepare.argv, prepare.input);
      await closed;
      if (engine.child.exitCode !== 0)
        throw new Error(`${name} could not be set up. Its last output:\n${output}`);
    }
    await start();
    return engine;
  } catch (error) {
    await engine.stop();
    throw error;
  }
}
