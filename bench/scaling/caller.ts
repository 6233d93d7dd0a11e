import { Agent, type IncomingMessage, request } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import * as z from 'zod';
import { signatureHeaders, signatureKey } from '../../signing/mac.ts';

/** The tokens of a response that starts or continues a session. */
const tokenResponse = z.object({ access_token: z.string(), refresh_token: z.string() });

export interface Tokens {
  access: string;
  refresh: string;
}

export interface Reply {
  status: number;
  /** The parsed body; undefined where there is none. */
  body: unknown;
  /** The error code, or the status where the response is no error. */
  outcome: string;
  /** Time until the whole response was there, in ms. */
  ms: number;
}

export interface CallOptions {
  token?: string;
  body?: object;
}

export type Call = (
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  path: string,
  options?: CallOptions,
) => Promise<Reply>;

const problem = z.object({ code: z.string() });

/**
 * Calls an API. Bodies of signed requests have a nonce, because a signature is accepted once.
 * @param now Unix time in milliseconds, for the signatures
 */
export function createCaller(origin: string, secret: string, now: () => number = Date.now): Call {
  const key = signatureKey(secret);
  const agent = new Agent({ keepAlive: true });
  let nonce = 0;
  return async (method, path, { token, body } = {}) => {
    const text = method === 'GET' ? '' : JSON.stringify({ ...body, nonce: nonce++ });
    const headers = {
      ...(token && { Authorization: `Bearer ${token}` }),
      ...(text && {
        'Content-Type': 'application/json',
        'Content-Length': Buffer.byteLength(text),
        ...signatureHeaders(key, { method, path, body: text, timestamp: now() }),
      }),
    };
    const startedAt = performance.now();
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      request(origin + path, { agent, method, headers }, resolve)
        .on('error', reject)
        .end(text);
    });
    const answer = await readText(response);
    const ms = performance.now() - startedAt;
    const parsed: unknown = answer === '' ? undefined : JSON.parse(answer);
    const { data } = problem.safeParse(parsed);
    const status = response.statusCode ?? 0;
    return { status, body: parsed, outcome: data?.code ?? String(status), ms };
  };
}

/** @throws {z.ZodError} when the response has no tokens */
export function tokensOf({ body }: Reply): Tokens {
  const { access_token, refresh_token } = tokenResponse.parse(body);
  return { access: access_token, refresh: refresh_token };
}
