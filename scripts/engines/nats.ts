import { once } from 'node:events';
import { connect } from 'node:net';
import { type EngineOptions, freePort, home } from './places.ts';
import { findBinary, install, NATS, requireBinary } from './programs.ts';
import { type Engine, supervise } from './supervise.ts';

export interface NatsEngine extends Engine {
  port: number;
  /** `nats://127.0.0.1:port`, without a user */
  url: string;
}

/** Installs nats-server where it is missing. @returns why it is still missing, or null */
export function natsMissing(): string | null {
  install(NATS);
  return findBinary(NATS.binaries) ? null : 'NATS is missing; install the package nats-server.';
}

/**
 * Starts a private NATS server on 127.0.0.1. For a configuration file add `['--config', path]` to `args`.
 * @throws Error with the tail of its output when it does not come up
 */
export async function startNats(options: EngineOptions = {}): Promise<NatsEngine> {
  const server = requireBinary(NATS.binaries);
  const { port = await freePort(), args = [] } = options;
  const { dir: _, ...traces } = await home(options.dir);
  const engine = await supervise({
    name: 'NATS',
    argv: [server, '--addr', '127.0.0.1', '--port', `${port}`, ...args],
    probe: () => probeNats(port),
    ...traces,
  });
  return Object.assign(engine, { port, url: `nats://127.0.0.1:${port}` });
}

/** Resolves when a NATS server greets on the port. */
async function probeNats(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  try {
    const [greeting] = await once(socket, 'data', { signal: AbortSignal.timeout(2000) });
    if (!String(greeting).startsWith('INFO ')) throw new Error('Something else has the port.');
  } finally {
    socket.destroy();
  }
}
