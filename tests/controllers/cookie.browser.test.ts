import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createHttpServer, type RequestListener, request, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page, Response } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findChromium, launchChromium } from '../support/browser.ts';
import { type RegisteredUser, startTestApp, type TestApp } from '../support/harness.ts';
import { NEW_KEY } from '../support/newKey.ts';

const chromium = findChromium();

interface Certificate {
  key: string;
  cert: string;
}

/** Where the API is, and the pages that call it. */
interface Setup {
  name: string;
  scheme: 'http' | 'https';
  /** The host names of the API, of a page whose origin is listed, of one of the same site, and of two other sites. */
  hosts: { api: string; listed: string; sibling: string; foreign: string; partner: string };
  settings: Parameters<typeof startTestApp>[1];
  /** What the browser must have kept of the cookie. */
  kept: { name: string; domain: string; secure: boolean };
  /** How a page of a sibling sets a cookie that the API's host gets too. */
  tossed: string;
}

const setups: Setup[] = [
  {
    name: 'https in production',
    scheme: 'https',
    hosts: {
      api: 'api.example.test',
      listed: 'app.example.test',
      sibling: 'blog.example.test',
      foreign: 'evil.example',
      partner: 'app.partner.example',
    },
    settings: { NODE_ENV: 'production', ALLOW_EMBEDDED: 'true' },
    kept: { name: '__Secure-refresh_token', domain: 'api.example.test', secure: true },
    tossed: 'Domain=example.test; Secure',
  },
  {
    name: 'http on loopback in development',
    scheme: 'http',
    hosts: {
      api: 'localhost',
      listed: 'localhost',
      sibling: 'localhost',
      foreign: '127.0.0.1',
      partner: 'partner.localhost',
    },
    settings: { NODE_ENV: 'development' },
    kept: { name: 'refresh_token', domain: 'localhost', secure: false },
    tossed: 'SameSite=Lax',
  },
];

/** A request as it came out of the browser. */
interface Received {
  method: string;
  path: string;
  cookie: string | undefined;
}

/** What a page was given. */
type Outcome = { status: number; body: string; setCookie: string | null } | { rejected: string };

interface PageRequest {
  method: string;
  url: string;
  body?: string;
  headers?: Record<string, string>;
  mode?: 'cors' | 'no-cors';
  /** Makes the page sign the request. */
  signWith?: { key: string; timestamp: number };
}

/** Runs in the page: fetches with credentials, signed with Web Crypto where it has the key. */
async function fetchInPage({ method, url, body, headers, mode, signWith }: PageRequest): Promise<Outcome> {
  const sent: Record<string, string> = { ...headers };
  if (signWith) {
    const utf8 = new TextEncoder();
    const algorithm = { name: 'HMAC', hash: 'SHA-256' };
    const key = await crypto.subtle.importKey('raw', utf8.encode(signWith.key), algorithm, false, ['sign']);
    const text = `${method}${new URL(url).pathname}${body ?? ''}${signWith.timestamp}`;
    const bytes = new Uint8Array(await crypto.subtle.sign('HMAC', key, utf8.encode(text)));
    sent['X-Signature'] = Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
    sent['X-Timestamp'] = `${signWith.timestamp}`;
    if (body !== undefined) sent['Content-Type'] = 'application/json';
  }
  try {
    const answer = await fetch(url, {
      method,
      headers: sent,
      credentials: 'include',
      ...(body !== undefined && { body }),
      ...(mode && { mode }),
    });
    return { status: answer.status, body: await answer.text(), setCookie: answer.headers.get('set-cookie') };
  } catch (error) {
    return { rejected: error instanceof Error ? error.name : String(error) };
  }
}

/** Runs in the page, as text because it needs the types of a browser: everything that scripts can read. */
const READABLE = `(async () => JSON.stringify({
  documentCookie: document.cookie,
  cookieStore: await cookieStore.getAll(),
  localStorage: { ...localStorage },
  sessionStorage: { ...sessionStorage },
  databases: await indexedDB.databases(),
  caches: await caches.keys(),
}))()`;

const NOTHING_READABLE = {
  documentCookie: '',
  cookieStore: [],
  localStorage: {},
  sessionStorage: {},
  databases: [],
  caches: [],
};

const REJECTED = { rejected: 'TypeError' };

const emptyPage: RequestListener = (_, res) => {
  res.setHeader('Content-Type', 'text/html');
  res.end('<!doctype html><title>A page</title>');
};

const hasTls = Boolean(process.env.CI) || spawnSync('openssl', ['version']).status === 0;
if (chromium && !hasTls) console.error('NOT EVERYTHING IS TESTED: without openssl, https is left out.');
const possible = setups.filter(({ scheme }) => hasTls || scheme === 'http');

function selfSigned(): Certificate {
  const dir = mkdtempSync(join(tmpdir(), 'certificate-'));
  const [key, cert] = [join(dir, 'key.pem'), join(dir, 'cert.pem')];
  try {
    const files = ['-keyout', key, '-out', cert];
    const options = ['-days', '2', '-subj', '/CN=example.test'];
    execFileSync('openssl', ['req', '-x509', ...NEW_KEY, ...options, ...files], { stdio: 'pipe' });
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  } finally {
    rmSync(dir, { recursive: true });
  }
}

let browser: Browser;
beforeAll(async () => {
  if (!chromium) return;
  browser = await launchChromium(chromium, ['--host-resolver-rules=MAP * 127.0.0.1', '--no-proxy-server']);
});
afterAll(() => browser?.close());

describe.runIf(chromium).each(possible)('refresh cookies in Chromium, by $name', setup => {
  const { scheme, hosts, kept } = setup;
  const servers: Server[] = [];
  const received: Received[] = [];
  const origins = { api: '', listed: '', sibling: '', foreign: '', partner: '' };
  let app: TestApp;
  let context: BrowserContext;
  let user: RegisteredUser;

  beforeAll(async () => {
    const certificate = scheme === 'https' ? selfSigned() : null;
    async function serve(host: string, listener: RequestListener): Promise<string> {
      const server = certificate ? createHttpsServer(certificate, listener) : createHttpServer(listener);
      servers.push(server);
      await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
      return `${scheme}://${host}:${(server.address() as AddressInfo).port}`;
    }

    for (const page of ['listed', 'sibling', 'foreign', 'partner'] as const)
      origins[page] = await serve(hosts[page], emptyPage);
    app = await startTestApp('embedded', {
      ...setup.settings,
      REFRESH_DELIVERY: 'cookie',
      CONCURRENT_LOGIN: 'true',
      CORS_ORIGIN: `${origins.listed},${origins.partner}`,
    });
    origins.api = await serve(hosts.api, (req, res) => {
      const { method = '', url: path = '', headers } = req;
      received.push({ method, path, cookie: headers.cookie });
      if (path === '/auth/page') return emptyPage(req, res);
      const forwarded = request(app.origin + path, { method, headers }, answer => {
        res.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(res);
      });
      req.pipe(forwarded);
    });
    context = await browser.newContext({ ignoreHTTPSErrors: true });
  });

  afterAll(async () => {
    await context?.close();
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
    await app?.close();
  });

  beforeEach(async () => {
    user = await app.register();
    received.length = 0;
  });
  afterEach(() => context.clearCookies());

  // One tab for each origin and all tests: each new tab needs a new process. A page that is still there is as good as
  // a new one, because it has no script.
  const tabs = new Map<string, Page>();
  async function open(url: string): Promise<Page> {
    const { origin } = new URL(url);
    const page = tabs.get(origin) ?? (await context.newPage());
    tabs.set(origin, page);
    if (page.url() !== new URL(url).href) await page.goto(url);
    return page;
  }

  let signed = 0;
  /** Has the page send a signed request to the API, at a time that no other request is signed with. */
  function send(page: Page, method: string, path: string, body?: object, token?: string): Promise<Outcome> {
    return page.evaluate(fetchInPage, {
      method,
      url: origins.api + path,
      ...(body && { body: JSON.stringify(body) }),
      ...(token && { headers: { Authorization: `Bearer ${token}` } }),
      signWith: { key: app.env.SIGNATURE_KEY, timestamp: app.clock.now() - ++signed },
    });
  }

  /** Has the page go to where an element of this HTML leads: the answer. */
  async function follow(page: Page, html: string, element: string, target: string): Promise<Response> {
    await page.setContent(html);
    await page.bringToFront(); // a hidden tab draws nothing, and clicks wait for that
    const [answer] = await Promise.all([page.waitForResponse(target), page.click(element)]);
    return answer;
  }

  /** The answer that a page was given, with its body read. */
  async function succeed(outcome: Promise<Outcome>) {
    const settled = await outcome;
    if ('rejected' in settled || settled.status !== 200)
      throw new Error(`the page was given ${JSON.stringify(settled)}`);
    return { ...settled, json: JSON.parse(settled.body) };
  }

  async function logIn(page: Page, { email, password } = user) {
    const answer = await succeed(send(page, 'POST', '/auth/login', { email, password }));
    return { ...answer, token: answer.json.access_token as string };
  }

  const refresh = (page: Page) => send(page, 'POST', '/auth/refresh');

  /** What the server got for a method and path, of which there was one. */
  function arrived(method: string, path: string): Received {
    const requests = received.filter(one => one.method === method && one.path === path);
    expect(requests).toHaveLength(1);
    return requests[0] ?? expect.unreachable();
  }

  async function keptCookie() {
    const cookies = await context.cookies();
    expect(cookies.length).toBeLessThan(2);
    return cookies[0];
  }

  /** That the session goes on for the listed page as if nothing had happened. */
  async function expectSessionAlive(page: Page, cookieBefore: string | undefined): Promise<void> {
    expect((await keptCookie())?.value).toBe(cookieBefore);
    const { json } = await succeed(refresh(page));
    expect(json.user.id).toBe(user.id);
  }

  it('are kept where no script reads them', async () => {
    const page = await open(origins.listed);
    const login = await logIn(page);
    const cookie = await keptCookie();
    expect(cookie).toMatchObject({ ...kept, path: '/auth', httpOnly: true, sameSite: 'Strict' });
    expect(login.body).not.toContain(cookie?.value);
    expect(login.setCookie).toBeNull();
    expect(JSON.parse(await page.evaluate(READABLE))).toEqual(NOTHING_READABLE);

    // Only a page at the cookie's own host and path could see it at all.
    const inside = await open(`${origins.api}/auth/page`);
    expect(arrived('GET', '/auth/page').cookie).toBe(`${cookie?.name}=${cookie?.value}`);
    expect(JSON.parse(await inside.evaluate(READABLE))).toEqual(NOTHING_READABLE);
  });

  it('refresh a session of the listed origin, again and again', async () => {
    const page = await open(origins.listed);
    const { token } = await logIn(page);
    const values = new Set([(await keptCookie())?.value]);
    let newest = token;
    for (let i = 0; i < 3; i++) {
      const { json, setCookie } = await succeed(refresh(page));
      expect([json.user.id, setCookie]).toEqual([user.id, null]);
      newest = json.access_token;
      values.add((await keptCookie())?.value);
    }
    expect(values.size).toBe(4);
    const profile = await app.call('GET', '/auth/profile', { token: newest });
    expect([profile.status, profile.body.user.id]).toEqual([200, user.id]);
  });

  it('go to the auth routes and nowhere else', async () => {
    const page = await open(origins.listed);
    await logIn(page);
    const expected = `${kept.name}=${(await keptCookie())?.value}`;
    const inside = ['/auth', '/auth/profile', '/auth/sessions', '/auth/nothing'];
    const outside = [
      '/',
      '/health/live',
      '/health/ready',
      '/api/auth/profile',
      '/authentic',
      '/AUTH/profile',
    ];
    for (const path of [...inside, ...outside])
      await page.evaluate(fetchInPage, { method: 'GET', url: origins.api + path });

    expect(inside.map(path => arrived('GET', path).cookie)).toEqual(inside.map(() => expected));
    expect(outside.map(path => arrived('GET', path).cookie)).toEqual(outside.map(() => undefined));
  });

  it('are one for each mount, and each goes to its own', async () => {
    const page = await open(origins.listed);
    const { email, password } = user;
    await succeed(send(page, 'POST', '/api/auth/login', { email, password }));
    expect(await keptCookie()).toMatchObject({ ...kept, path: '/api/auth' });
    await succeed(send(page, 'POST', '/api/auth/refresh'));
    expect(await refresh(page)).toMatchObject({ status: 401 });
    expect(arrived('POST', '/api/auth/refresh').cookie).toMatch(/refresh_token=[\w-]{96}$/);
    expect(arrived('POST', '/auth/refresh').cookie).toBeUndefined();
  });

  it.each<[string, (page: Page, token: string, sessionId: string) => Promise<Outcome>]>([
    ['a logout', (page, token) => send(page, 'POST', '/auth/logout', undefined, token)],
    ['a logout everywhere', (page, token) => send(page, 'POST', '/auth/logout-all', {}, token)],
    [
      'the end of the session',
      (page, token, id) => send(page, 'DELETE', `/auth/sessions/${id}`, undefined, token),
    ],
    [
      'a refused refresh',
      async (page, token) => {
        await app.call('POST', '/auth/logout-all', { token });
        return refresh(page);
      },
    ],
  ])('are gone from the browser after %s', async (_, end) => {
    const page = await open(origins.listed);
    const { token, json } = await logIn(page);
    expect(await keptCookie()).toMatchObject({ name: kept.name });
    expect(await end(page, token, json.session.id)).toHaveProperty('status');
    expect(await keptCookie()).toBeUndefined();

    received.length = 0;
    expect(await refresh(page)).toMatchObject({ status: 401 });
    expect(arrived('POST', '/auth/refresh').cookie).toBeUndefined();
  });

  describe.each(['foreign', 'sibling'] as const)('from a %s page that is not listed', kind => {
    let page: Page;
    let attacker: Page;
    let cookie: string | undefined;
    let token: string;
    beforeEach(async () => {
      page = await open(origins.listed);
      token = (await logIn(page)).token;
      cookie = (await keptCookie())?.value;
      attacker = await open(origins[kind]);
      received.length = 0;
    });

    it('are not to be had with signed requests, even by who has the key', async () => {
      expect(await refresh(attacker)).toEqual(REJECTED);
      const { email, password } = user;
      expect(await send(attacker, 'POST', '/auth/login', { email, password })).toEqual(REJECTED);
      expect(await send(attacker, 'POST', '/auth/logout', undefined, token)).toEqual(REJECTED);
      expect(await send(attacker, 'PATCH', '/auth/profile', { name: 'Eve' }, token)).toEqual(REJECTED);
      expect(new Set(received.map(({ method }) => method))).toEqual(new Set(['OPTIONS']));
      expect(received.filter(one => one.cookie !== undefined)).toEqual([]);
      await expectSessionAlive(page, cookie);
    });

    /** SameSite is all that keeps the cookie from a page; to a page of the same site it makes no difference. */
    const sent = () => (kind === 'foreign' ? undefined : `${kept.name}=${cookie}`);

    it('are not to be had with requests for answers', async () => {
      for (const path of ['/auth/profile', '/auth/sessions', '/health/live'])
        expect(await attacker.evaluate(fetchInPage, { method: 'GET', url: origins.api + path })).toEqual(
          REJECTED,
        );
      expect(arrived('GET', '/auth/sessions').cookie).toBe(sent());
      await expectSessionAlive(page, cookie);
    });

    it('are not to be had with a form', async () => {
      const form = `<form method="post" enctype="text/plain" action="${origins.api}/auth/refresh">
        <input name='{"a' value='":1}'><button>Win</button>
      </form>`;
      const answer = await follow(attacker, form, 'button', `${origins.api}/auth/refresh`);
      expect(answer.status()).toBe(401);
      expect(arrived('POST', '/auth/refresh').cookie).toBe(sent());
      await expectSessionAlive(page, cookie);
    });

    it('are not to be had with a simple request', async () => {
      const outcome = await attacker.evaluate(fetchInPage, {
        method: 'POST',
        url: `${origins.api}/auth/refresh`,
        body: '{}',
        headers: { 'Content-Type': 'text/plain' },
        mode: 'no-cors' as const,
      });
      expect('rejected' in outcome || outcome.body === '').toBe(true);
      expect(arrived('POST', '/auth/refresh').cookie).toBe(sent());
      await expectSessionAlive(page, cookie);
    });

    it('are not to be had with a link', async () => {
      const link = `<a href="${origins.api}/auth/sessions">A kitten</a>`;
      const answer = await follow(attacker, link, 'a', `${origins.api}/auth/sessions`);
      expect(answer.status()).toBe(401);
      expect(arrived('GET', '/auth/sessions').cookie).toBe(sent());
      await expectSessionAlive(page, cookie);
    });
  });

  it('are refused when a page of the same site has put another beside them', async () => {
    const mallory = await app.register();
    const theirs = await browser.newContext({ ignoreHTTPSErrors: true });
    const attacker = await theirs.newPage();
    await attacker.goto(origins.listed);
    await logIn(attacker, mallory);
    const [planted] = await theirs.cookies();
    await theirs.close();

    const page = await open(origins.listed);
    await logIn(page);
    const sibling = await open(origins.sibling);
    // Browsers send the cookie with the longer path first.
    const text = `${kept.name}=${planted?.value}; Path=/auth/refresh; ${setup.tossed}`;
    await sibling.evaluate(`document.cookie = ${JSON.stringify(text)}`);

    const outcome = await refresh(page);
    expect(arrived('POST', '/auth/refresh').cookie?.split(kept.name)).toHaveLength(3);
    expect(outcome).toMatchObject({ status: 401 });
    // Taking the own cookie back would leave the other one alone, and let it in now.
    expect(await refresh(page)).toMatchObject({ status: 401 });
  });

  it('are not kept for a listed page of another site', async () => {
    const page = await open(origins.partner);
    await logIn(page);
    expect(await keptCookie()).toBeUndefined();
    expect(await refresh(page)).toMatchObject({ status: 401 });
    expect(arrived('POST', '/auth/refresh').cookie).toBeUndefined();
  });
});
