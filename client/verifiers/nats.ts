import { callerIn, type Introspection } from './introspect.ts';
import type { Verify } from './verify.ts';

const VERIFY_SUBJECT = 'auth.token.verify';

/** What this library needs of a connection of `@nats-io/transport-node`. */
export interface NatsRequester {
  request(subject: string, payload: string, options: { timeout: number }): Promise<{ string(): string }>;
}

export interface NatsOptions {
  /** A connection to the API's NATS. */
  connection: NatsRequester;
  /** How long the API may take, in ms (2000). After it the response is 503. */
  timeoutMs?: number;
}

/**
 * Asks the API about each token over NATS.
 * @throws {TypeError} without a connection
 */
export function natsVerifier({ connection, timeoutMs = 2000 }: NatsOptions): Verify {
  if (!connection) throw new TypeError('nats needs connection');
  return async token => {
    const message = await connection.request(VERIFY_SUBJECT, JSON.stringify({ token }), {
      timeout: timeoutMs,
    });
    const answer = JSON.parse(message.string()) as Introspection | { error: { code: string } };
    if ('error' in answer) throw new Error(`the API cannot check the token: ${answer.error.code}`);
    return callerIn(answer);
  };
}
