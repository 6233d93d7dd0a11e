import {
  type AxiosAdapter,
  AxiosError,
  AxiosHeaders,
  type AxiosInstance,
  type AxiosResponse,
  getAdapter,
  type InternalAxiosRequestConfig,
  isAxiosError,
} from 'axios';
import { type Answer, type AuthApiError, type AuthClient, isSafe, toAuthApiError } from './index.ts';

/** How Axios would have an attempt end. */
interface Outcome {
  response: AxiosResponse;
  /** Where Axios takes the answer for an error. */
  error?: AxiosError;
  refusal?: AuthApiError | undefined;
}

/** What was made here, so that a request which is sent anew from its own config is guarded only once. */
const guardedAdapters = new WeakSet<object>();

/**
 * Has an Axios instance send what goes to the client's API the client's way: signed, with the access token, and again
 * after a refresh, a correction of the clock or a short 503. What goes to other origins stays as it is.
 * Calls still reject with an AxiosError; where a refresh failed, its {@link AuthApiError} is the `cause`.
 * @returns takes it off again
 */
export function attachAuth(instance: AxiosInstance, client: AuthClient): () => void {
  const id = instance.interceptors.request.use(config => {
    const { adapter = instance.defaults.adapter } = config;
    if (typeof adapter === 'function' && guardedAdapters.has(adapter)) return config;
    const guarded = guardedAdapter(instance, client, getAdapter(adapter, config));
    guardedAdapters.add(guarded);
    config.adapter = guarded;
    return config;
  });
  return () => instance.interceptors.request.eject(id);
}

/** An adapter, as it comes last: what it is given goes out, whatever interceptors have made of the request before. */
function guardedAdapter(instance: AxiosInstance, client: AuthClient, send: AxiosAdapter): AxiosAdapter {
  const { origin } = new URL(client.baseUrl);
  return async config => {
    const url = urlOf(instance.getUri(config));
    if (url?.origin !== origin) return send(config);
    const method = (config.method ?? 'get').toUpperCase();
    const request = { method, path: url.pathname, body: isSafe(method) ? '' : textToSend(config) };
    const { value, refusal } = await client.guard(request, headers => attempt(send, config, headers));
    const { response, error } = value;
    if (refusal !== value.refusal) {
      throw AxiosError.from(refusal, AxiosError.ERR_BAD_REQUEST, config, response.request, response);
    }
    if (error) throw error;
    return response;
  };
}

async function attempt(
  send: AxiosAdapter,
  config: InternalAxiosRequestConfig,
  added: Record<string, string>,
): Promise<Answer<Outcome>> {
  const headers = new AxiosHeaders(config.headers).set(added);
  const outcome: Outcome = await send({ ...config, headers }).then(
    response => ({ response }),
    error => {
      if (isAxiosError(error) && error.response) return { response: error.response, error };
      throw error;
    },
  );
  const { status } = outcome.response;
  if (status >= 400) outcome.refusal = await refusalIn(outcome.response);
  return { value: outcome, refusal: outcome.refusal };
}

async function refusalIn(response: AxiosResponse): Promise<AuthApiError> {
  const { status, data, config } = response;
  const headers = AxiosHeaders.from(response.headers as AxiosHeaders);
  const text = await new Response(data).text();
  // A stream can be read only once, so who made the call gets the text.
  if (config.responseType === 'stream') response.data = text;
  return toAuthApiError({ status, text, header: name => headers.get(name)?.toString() });
}

function textToSend({ data }: InternalAxiosRequestConfig): string {
  if (data === undefined || data === null) return '';
  if (typeof data === 'string') return data;
  throw new AxiosError('Only JSON can be signed.', AxiosError.ERR_NOT_SUPPORT);
}

/** Undefined for what only the page or a socket could complete. */
function urlOf(uri: string): URL | undefined {
  const { location } = globalThis as { location?: { href: string } };
  return URL.canParse(uri, location?.href) ? new URL(uri, location?.href) : undefined;
}
