/** @typedef {ReturnType<typeof import('./logins.js').createLogins>} Logins */
/** @typedef {ReturnType<typeof import('./signer.js').createSigner>} Signer */

/**
 * An error of the API (RFC 9457).
 * @typedef {object} Problem
 * @property {string} code
 * @property {string} title
 * @property {string} detail
 * @property {number} [server_time] Unix time in milliseconds
 * @property {string} [string_to_sign]
 * @property {string} [mfa_token]
 */

/**
 * A request and its response.
 * @typedef {object} Exchange
 * @property {string} method
 * @property {string} path
 * @property {string | null} signed the string that was signed; null for a request without a signature
 * @property {number | null} timestamp the X-Timestamp of the signature, Unix time in milliseconds
 * @property {number} status 0 without a response
 * @property {Problem | null} problem
 * @property {string} failure why there is no response; empty where there is one
 */

/**
 * A request before it is sent.
 * @typedef {{ method: string, url: string, headers: Record<string, string>, body?: unknown }} Outgoing
 */

/** These methods are not signed. */
const UNSIGNED = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Signs and follows every request of the page.
 * @param {{ signer: Signer, logins: Logins, onExchange: (exchange: Exchange) => void }} parts
 */
export function createRequests({ signer, logins, onExchange }) {
  /**
   * Adds the token and the signature to a request.
   * @param {Outgoing} request
   * @param {string | null | undefined} [token] the token of the current login unless given
   * @returns how to send it, as fetch does
   */
  async function prepare(request, token = logins.current?.token) {
    const { pathname: path } = new URL(request.url, location.href);
    const { method } = request;
    if (token) request.headers.Authorization = `Bearer ${token}`;
    const body = typeof request.body === 'string' ? request.body : '';
    const signature = UNSIGNED.includes(method) ? null : await signer.sign({ method, path, body });
    Object.assign(request.headers, signature?.headers);

    /** @type {(url: string, init: RequestInit) => Promise<Response>} */
    return async function send(url, init) {
      const exchange = {
        method,
        path,
        signed: signature?.signed ?? null,
        timestamp: signature?.timestamp ?? null,
        status: 0,
        problem: null,
        failure: '',
      };
      try {
        const response = await fetch(url, init);
        const json = await jsonOf(response);
        const { status } = response;
        const problem = response.ok || !json?.code ? null : json;
        if (token) logins.used(token, outcomeOf({ status, problem }), problem?.code);
        if (token && status === 204 && path.endsWith('/auth/logout')) logins.loggedOut(token);
        if (response.ok && json?.access_token) logins.adopt(json);
        onExchange({ ...exchange, status, problem });
        return response;
      } catch (error) {
        onExchange({ ...exchange, failure: String(error) });
        throw error;
      }
    };
  }

  return {
    prepare,

    /**
     * Sends a request of the page itself.
     * @param {string} method
     * @param {string} path
     * @param {{ body?: object, token?: string | null }} [options] the token of the current login unless given
     * @returns {Promise<Response | null>} null without a response
     */
    async call(method, path, { body, token } = {}) {
      /** @type {RequestInit & Outgoing} */
      const request = { method, url: path, headers: {} };
      if (body) {
        request.body = JSON.stringify(body);
        request.headers['Content-Type'] = 'application/json';
      }
      const send = await prepare(request, token);
      return send(path, request).catch(() => null);
    },
  };
}

/**
 * The status, with the code of an error.
 * @param {Pick<Exchange, 'status' | 'problem'>} exchange
 */
export function outcomeOf({ status, problem }) {
  if (status === 0) return 'no response';
  return problem ? `${status} ${problem.code}` : String(status);
}

/**
 * @param {Response} response
 * @returns null where the body is not JSON
 */
async function jsonOf(response) {
  const isJson = (response.headers.get('Content-Type') ?? '').split(';', 1)[0]?.endsWith('json');
  return isJson ? response.clone().json() : null;
}
