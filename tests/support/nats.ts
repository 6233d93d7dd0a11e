import { type ConnectionOptions, connect, type NatsConnection } from '@nats-io/transport-node';
import { inject, onTestFinished } from 'vitest';
import { type NatsEngine, startNats } from '../../scripts/engines/nats.ts';
import type { EngineOptions } from '../../scripts/engines/places.ts';
import { eventually } from './eventually.ts';
import type { TestApp } from './harness.ts';

/** Whether suites can start a nats-server; in CI a missing one has ended the run before. */
export const hasNats = inject('engines').hasNats === true;

/** A NATS server for one test. */
export async function natsServer(options?: EngineOptions): Promise<NatsEngine> {
  const server = await startNats(options);
  onTestFinished(() => server.stop());
  return server;
}

/** A connection for one test that reconnects by itself, quickly. */
export async function natsClient(
  server: NatsEngine,
  options: ConnectionOptions = {},
): Promise<NatsConnection> {
  const client = await connect({
    servers: `127.0.0.1:${server.port}`,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 50,
    pingInterval: 1000,
    ...options,
  });
  onTestFinished(() => client.close());
  return client;
}

/** The value of a series of the app. */
export async function metric(app: TestApp, series: string): Promise<number> {
  const line = (await app.metrics.text()).split('\n').find(text => text.startsWith(`${series} `));
  return Number(line?.split(' ').at(-1) ?? Number.NaN);
}

/** Resolves when the app answers token checks on this server. */
export async function answering(app: TestApp, { port }: NatsEngine): Promise<void> {
  const client = await connect({ servers: `127.0.0.1:${port}` });
  const count = () => metric(app, 'auth_nats_verifications_total{result="inactive"}');
  const before = await count();
  const ask = async () => {
    await client.request('auth.token.verify', '', { timeout: 1000 });
    if ((await count()) === before) throw new Error('another process answered');
  };
  await eventually(ask);
  await client.close();
}

export interface EventMessage {
  subject: string;
  user_id?: number;
  session_id?: string;
  reason?: string;
  source: string;
  seq: number;
  at: string;
  closed?: boolean;
}

/** Collects everything under `auth.` that is no token check. */
export async function collectEvents(client: NatsConnection): Promise<EventMessage[]> {
  const events: EventMessage[] = [];
  client.subscribe('auth.>', {
    callback: (_, message) => {
      if (message.subject !== 'auth.token.verify')
        events.push({ ...message.json<EventMessage>(), subject: message.subject });
    },
  });
  await client.flush();
  return events;
}

/** Asks over NATS. */
export async function verify(client: NatsConnection, request: string | Uint8Array): Promise<unknown> {
  return (await client.request('auth.token.verify', request, { timeout: 10_000 })).json();
}
