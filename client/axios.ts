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

/** Axios' own rule for a successful status. */
interface Outcome {
  response: AxiosResponse;
  /** Axios takes the response for an error. */
  error?: AxiosError;
  refusal?: AuthApiError | undefined;
}

/** Marks requests of this adapter, so that a repeated config is guarded only once. */
const guardedAdapters = new WeakSet<object>();

/**
 * Makes an Axios instance send requests to the client's API in the client's way: signed, with the access token, and
 * repeated after a refresh, a clock correction or a short 503. Requests to other origins stay as they are. Calls
 * reject with an AxiosError; after a failed refresh its {@link AuthApiError} is the `cause`.
 * @returns takes it off again /
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

/** An adapter runs last: it gets the request as the interceptors left it. */
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
  // A stream can be read only once, so the caller gets the text.
  if (config.responseType === 'stream') response.data = text;
  return toAuthApiError({ status, text, header: name => headers.get(name)?.toString() });
}

function textToSend({ data }: InternalAxiosRequestConfig): string {
  if (data === undefined || data === null) return '';
  if (typeof data === 'string') return data;
  throw new AxiosError('Only JSON can be signed.', AxiosError.ERR_NOT_SUPPORT);
}

/** Undefined for a URL that only the page or a socket can complete. */
function urlOf(uri: string): URL | undefined {
  const { location } = globalThis as { location?: { href: string } };
  return URL.canParse(uri, location?.href) ? new URL(uri, location?.href) : undefined;
}
