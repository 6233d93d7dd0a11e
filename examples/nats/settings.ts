import { connect, type NatsConnection } from '@nats-io/transport-node';

/** @throws {Error} when the variable is missing */
export function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is missing`);
  return value;
}

/** Connects as a user of nats-server.conf, and again for ever after each loss. */
export function connectAs(user: 'gateway' | 'service', pass: string): Promise<NatsConnection> {
  return connect({
    servers: process.env.NATS_SERVER ?? '127.0.0.1:4222',
    user,
    pass,
    // A prefix of its own: nobody else may read the responses.
    inboxPrefix: `_INBOX.${user}`,
    waitOnFirstConnect: true,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    // Notices a server that hangs after 15 s instead of 6 minutes.
    pingInterval: 5000,
    ignoreAuthErrorAbort: true,
  });
}
