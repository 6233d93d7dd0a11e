import { AuthApiError, type AuthErrorCode } from '../errors.ts';
import { callerIn, type Verifier } from './verifier.ts';

/** What is used of a NATS connection, for example one of `@nats-io/transport-node`. */
export interface NatsRequester {
  request(subject: string, payload: string, options: { timeout: number }): Promise<{ data: Uint8Array }>;
}

export interface NatsOptions {
  connection: NatsRequester;
  /** How long the API may take, in ms (2000). After it the check fails. */
  timeoutMs?: number;
}

/** After so many failures in a row only one check at a time is sent. */
const MAX_FAILURES = 20;

/**
 * Asks the API about each token over NATS, at `auth.token.verify`. Only the API may subscribe to it: the server's
 * permissions must say so. While nothing responds, most checks fail without a request: a connection that reconnects would
 * store them all.
 * @throws {TypeError} when the connection is missing
 */
export function natsVerifier({ connection, timeoutMs = 2000 }: NatsOptions): Verifier {
  if (typeof connection?.request !== 'function') throw new TypeError('nats needs a connection');
  let failures = 0;
  let isProbing = false;

  async function ask(token: string): Promise<Uint8Array> {
    const isProbe = failures >= MAX_FAILURES;
    if (isProbe && isProbing) throw new AuthApiError('network_error', { detail: 'NATS or the API is away.' });
    if (isProbe) isProbing = true;
    try {
      const payload = JSON.stringify({ token });
      const { data } = await connection.request('auth.token.verify', payload, { timeout: timeoutMs });
      failures = 0;
      return data;
    } catch (error) {
      failures++;
      throw error;
    } finally {
      if (isProbe) isProbing = false;
    }
  }

  return async token => {
    const response: unknown = JSON.parse(new TextDecoder().decode(await ask(token)));
    if (typeof response !== 'object' || response === null || !('active' in response))
      throw refusalIn(response);
    return callerIn(response);
  };
}

function refusalIn(response: unknown): AuthApiError {
  const { error } = (response ?? {}) as { error?: Record<string, unknown> };
  const { code, status, retry_after: retryAfter } = error ?? {};
  if (typeof code !== 'string')
    return new AuthApiError('unexpected_answer', { detail: 'The answer has no verdict.' });
  return new AuthApiError(code as AuthErrorCode, {
    status: Number(status),
    detail: 'The API could not check the token.',
    retryAfter: typeof retryAfter === 'number' ? retryAfter : undefined,
  });
}
