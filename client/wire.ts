import { AuthApiError, toAuthApiError } from './errors.ts';
import { type Answer, isSafe, type Signable } from './signer.ts';

/** A request before it is signed and sent. */
export interface WireRequest extends Signable {
  href: string;
  headers?: Record<string, string> | undefined;
  signal?: AbortSignal | undefined;
  /** Whether cookies go with it in any case. */
  hasCookie?: boolean | undefined;
}

interface Options {
  /** Without a slash at its end. */
  baseUrl: string;
  fetch: typeof globalThis.fetch;
  /** Whether cookies go with requests to other origins. */
  credentials: boolean;
}

/** Requests and responses by standard fetch. */
export function createWire({ baseUrl, fetch, credentials }: Options) {
  return {
    /**
     * @param path what follows the base URL
     * @throws {TypeError} when the path begins otherwise than with a slash and so might lead to another host
     */
    request(method: string, path: string, body?: object): WireRequest {
      if (!path.startsWith('/')) throw new TypeError(`A path begins with a slash, other than ${path}`);
      const { href, pathname, search } = new URL(baseUrl + path);
      const text = body === undefined ? '' : JSON.stringify(body);
      return { method: method.toUpperCase(), path: pathname, query: search, body: text, href };
    },

    /**
     * Sends a request once. No response is an error, too (`network_error`). Rejects with the signal's reason, and
     * with a TypeError for invalid headers.
     */
    async send<T>(
      { method, href, body, headers, signal, hasCookie }: WireRequest,
      guardHeaders: Record<string, string>,
    ): Promise<Answer<T | undefined>> {
      const sent = new Headers(headers);
      for (const [name, value] of Object.entries(guardHeaders)) sent.set(name, value);
      if (body !== '') sent.set('Content-Type', 'application/json');
      try {
        const response = await fetch(href, {
          method,
          headers: sent,
          ...(body !== '' && { body }),
          ...((credentials || hasCookie) && { credentials: 'include' }),
          // A redirect could lead the password or the token to another host.
          ...(!isSafe(method) && { redirect: 'error' }),
          ...(signal && { signal }),
        });
        return read(response, await response.text());
      } catch (cause) {
        if (signal?.aborted) throw cause;
        const detail = 'The API could not be reached.';
        return { value: undefined, refusal: new AuthApiError('network_error', { detail, cause }) };
      }
    },
  };
}

function read<T>({ status, ok, headers }: Response, text: string): Answer<T | undefined> {
  if (!ok) {
    return {
      value: undefined,
      refusal: toAuthApiError({ status, text, header: name => headers.get(name) }),
    };
  }
  if (text === '') return { value: undefined };
  try {
    return { value: JSON.parse(text) };
  } catch (cause) {
    const detail = 'The answer is not JSON.';
    return { value: undefined, refusal: new AuthApiError('unexpected_answer', { status, detail, cause }) };
  }
}
