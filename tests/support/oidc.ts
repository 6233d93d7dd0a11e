import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import jwt from 'jsonwebtoken';
import type { TestApp } from './harness.ts';
import type { Response } from './http.ts';
import { rsaKeys } from './rsaKeys.ts';

/** The pages of the tests. Nothing has to serve them where there is no browser. */
export const APP_URL = 'http://127.0.0.1:9/app';

/** Providers as OIDC_PROVIDERS. */
export function providerSettings(
  providers: Record<string, { issuer: string; client: { client_id: string; client_secret: string } }>,
): string {
  const entries = Object.entries(providers).map(([name, { issuer, client }]) => [
    name,
    { issuer, ...client },
  ]);
  return JSON.stringify(Object.fromEntries(entries));
}

/** Where the provider sends the browser of an app. */
export function callbackOf(app: TestApp, provider: string): string {
  return `${app.origin}/auth/oidc/${provider}/callback`;
}

interface Kept {
  host: string;
  path: string;
  pair: string;
}

/** What a browser does in a sign-in, with a cookie jar of its own. */
export function createUserAgent(app: TestApp) {
  let jar: Kept[] = [];

  function keep({ hostname }: URL, setCookies: string[]): void {
    for (const text of setCookies) {
      const [pair = '', ...attributes] = text.split(/; */);
      const path = attributes.find(one => /^path=/i.test(one))?.slice(5) ?? '/';
      const name = pair.split('=', 1)[0];
      const isSame = (one: Kept) =>
        one.host === hostname && one.path === path && one.pair.split('=', 1)[0] === name;
      jar = jar.filter(one => !isSame(one));
      if (!/expires=Thu, 01 Jan 1970/i.test(text)) jar.push({ host: hostname, path, pair });
    }
  }

  function cookieFor({ hostname, pathname }: URL): string {
    const fitting = jar.filter(({ host, path }) => host === hostname && pathname.startsWith(path));
    return fitting.map(({ pair }) => pair).join('; ');
  }

  /** A request to the API. */
  async function call(method: string, path: string, options: { body?: object; token?: string } = {}) {
    const url = new URL(path, app.origin);
    const Cookie = cookieFor(url);
    const response = await app.call(method, path, { ...options, ...(Cookie && { headers: { Cookie } }) });
    keep(url, ([] as string[]).concat(response.headers['set-cookie'] ?? []));
    return response;
  }

  /** Goes to the provider, which knows this browser no longer, until it leads elsewhere. @returns where */
  async function visit(begin: string): Promise<string> {
    let url = new URL(begin);
    const { origin, hostname } = url;
    jar = jar.filter(({ host }) => host !== hostname);
    while (url.origin === origin) {
      const response = await fetch(url, { redirect: 'manual', headers: { Cookie: cookieFor(url) } });
      keep(url, response.headers.getSetCookie());
      const location = response.headers.get('location');
      if (!location) throw new Error(`${response.status} ${await response.text()}`);
      url = new URL(location, url);
    }
    return url.href;
  }

  /** The path of a URL of the API. */
  const pathOf = (href: string) => href.slice(app.origin.length);

  return {
    call,
    visit,
    keep,
    cookieFor,
    pathOf,
    jar: () => jar,

    /** Begins a sign-in. @returns the URL of the provider */
    async start(provider: string, returnTo?: string): Promise<string> {
      const query = returnTo === undefined ? '' : `?${new URLSearchParams({ return_to: returnTo })}`;
      const response = await call('GET', `/auth/oidc/${provider}/start${query}`);
      if (response.status !== 302) throw new Error(`start was ${response.status} ${response.text}`);
      return String(response.headers.location);
    },

    /** Opens a callback. @returns the page that the browser is sent to */
    async callback(href: string): Promise<URL> {
      const response = await call('GET', pathOf(href));
      if (response.status !== 302) throw new Error(`callback was ${response.status} ${response.text}`);
      return new URL(String(response.headers.location));
    },

    /** A whole sign-in up to the page. */
    async signIn(provider: string, returnTo?: string): Promise<URL> {
      return this.callback(await visit(await this.start(provider, returnTo)));
    },

    /** Exchanges the code of a page. */
    token(page: URL, more: object = {}): Promise<Response> {
      return call('POST', '/auth/oidc/token', { body: { code: page.searchParams.get('code'), ...more } });
    },
  };
}

/** A provider that sends any ID token. */
export interface HostileProvider {
  issuer: string;
  client: { client_id: string; client_secret: string };
  /** The ID token of the next code. */
  idToken: string;
  /** Signs as the provider does; members that are undefined are left out. */
  sign(claims: object): string;
  stop(): Promise<void>;
}

/** The endpoints of a provider by hand, on the loopback address. */
export async function startHostileProvider(metadata: object = {}): Promise<HostileProvider> {
  const kid = randomUUID();
  const server = createServer((req, res) => {
    const [path] = (req.url ?? '').split('?', 1);
    const answers: Record<string, () => object> = {
      '/.well-known/openid-configuration': () => ({
        issuer: hostile.issuer,
        authorization_endpoint: `${hostile.issuer}/authorize`,
        token_endpoint: `${hostile.issuer}/token`,
        jwks_uri: `${hostile.issuer}/keys`,
        id_token_signing_alg_values_supported: ['RS256', 'none', 'HS256'],
        ...metadata,
      }),
      '/keys': () => ({
        keys: [{ ...rsaKeys().publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' }],
      }),
      '/token': () => ({ access_token: 'a', token_type: 'Bearer', id_token: hostile.idToken }),
    };
    const answer = answers[path ?? ''];
    res.statusCode = answer ? 200 : 404;
    res.setHeader('Content-Type', 'application/json');
    res.end(JSON.stringify(answer?.() ?? {}));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const hostile: HostileProvider = {
    issuer: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    client: { client_id: randomUUID(), client_secret: randomUUID() },
    idToken: '',
    sign: claims =>
      jwt.sign(JSON.parse(JSON.stringify(claims)), rsaKeys().privateKey, { algorithm: 'RS256', keyid: kid }),
    async stop() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
  return hostile;
}
