import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import axe from 'axe-core';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findChromium, launchChromium } from '../support/browser.ts';
import { type RegisteredUser, type Settings, startTestApp, type TestApp } from '../support/harness.ts';

const chromium = findChromium();

/** A wait on a busy machine is no fault. */
const LONG_MS = 120_000;

/** Runs in the page, as text because it needs the types of a browser: everything that could outlast the page. */
const KEPT = `(async () => JSON.stringify({
  documentCookie: document.cookie,
  localStorage: { ...localStorage },
  sessionStorage: { ...sessionStorage },
  databases: await indexedDB.databases(),
  caches: await caches.keys(),
  workers: (await navigator.serviceWorker.getRegistrations()).length,
  state: history.state,
  name: window.name,
}))()`;

const NOTHING_KEPT = {
  documentCookie: '',
  localStorage: {},
  sessionStorage: {},
  databases: [],
  caches: [],
  workers: 0,
  state: null,
  name: '',
};

/** In place of Swagger UI, which takes a second of processor time, where a test is about what is beside it. */
const STAND_IN = `globalThis.SwaggerUIBundle = options => { globalThis.swaggerOptions = options; };
SwaggerUIBundle.presets = {};`;
const BUNDLE = '/docs/assets/swagger-ui-bundle.js';

interface View {
  width?: number;
  height?: number;
  colorScheme?: 'light' | 'dark';
  /** The origin in the address bar. */
  from?: string;
}

/** Refused requests are what the page is for. */
const EXPECTED_ON_CONSOLE = /^Failed to load resource: the server responded with a status of 4\d\d /;

describe.runIf(chromium)('the reference page in Chromium', () => {
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  /** The forms and lists beside the reference, where elements are found sooner than in the whole page. */
  let tools: Locator;
  let app: TestApp;
  let complaints: string[];

  let hasStandIn: boolean;
  // One tab and one origin for all tests: otherwise each needs a new process that compiles Swagger UI.
  const server = createServer((req, res) => {
    if (!hasStandIn || req.url !== BUNDLE) return app.express(req, res);
    res.setHeader('Content-Type', 'text/javascript').end(STAND_IN);
  });
  let origin: string;
  beforeAll(async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await launchChromium(chromium ?? '', ['--host-resolver-rules=MAP * 127.0.0.1']);
    context = await browser.newContext();
    context.setDefaultTimeout(LONG_MS);
    page = await context.newPage();
    tools = page.locator('.tools');
    page.on('console', message => {
      if (['error', 'warning'].includes(message.type()) && !EXPECTED_ON_CONSOLE.test(message.text()))
        complaints.push(message.text());
    });
    page.on('pageerror', error => complaints.push(error.message));
    page.on('request', request => {
      const url = new URL(request.url());
      if (url.protocol !== 'data:' && url.origin !== origin) complaints.push(`request to ${request.url()}`);
    });
  });
  afterAll(async () => {
    await browser?.close();
    server.close();
  });
  beforeEach(() => {
    complaints = [];
  });
  afterEach(async () => {
    await page.unrouteAll();
    await context.clearCookies();
    await app.close();
    expect(complaints).toEqual([]);
  });

  /** Opens the page of a new app, with a key that is not known yet. */
  async function open(settings?: Settings, view?: View): Promise<void> {
    hasStandIn = false;
    await load(settings, view);
    await operation('register').waitFor();
  }

  /** Opens the page with the stand-in instead of Swagger UI. */
  async function openTools(settings?: Settings, view?: View): Promise<void> {
    hasStandIn = true;
    await load(settings, view);
  }

  async function load(settings: Settings = {}, view: View = {}): Promise<void> {
    // The clock of the app stands still, and the one of the page goes on.
    app = await startTestApp('embedded', { SIGNATURE_TIMELIMIT: '3600000', ...settings });
    const { width = 1280, height = 900, colorScheme = 'light', from = origin } = view;
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme });
    await page.goto(`${from}/docs`);
  }

  const operation = (id: string) => page.locator(`.opblock[id$="-${id}"]`);
  const lastRequest = () => page.locator('aside');
  const line = () => lastRequest().getByRole('status');
  const login = (number: number) =>
    tools
      .getByRole('list', { name: 'Logins of this tab' })
      .getByRole('listitem')
      .nth(number - 1);
  const session = (name: string) =>
    tools
      .getByRole('list', { name: 'Sessions of the user' })
      .getByRole('listitem')
      .filter({ has: page.getByText(name, { exact: true }) });

  async function useKey(key = app.env.SIGNATURE_KEY): Promise<void> {
    const field = tools.getByLabel('Key', { exact: true });
    await field.fill(key);
    await tools.getByRole('button', { name: 'Use this key' }).click();
    await expect.poll(() => field.inputValue()).toBe('');
    await tools.getByText('Requests are signed').waitFor();
  }

  /** Presses Execute of an operation, the only open one, and waits for the line of the last request. */
  async function execute(id: string, outcome: string, body?: object): Promise<Locator> {
    const block = operation(id);
    const button = block.getByRole('button', { name: 'Execute' });
    if (!(await button.isVisible())) {
      const open = page.locator('.opblock.is-open .opblock-summary-control');
      if (await open.count()) await open.click();
      await block.locator('.opblock-summary-control').click();
    }
    if (body) await block.getByRole('textbox').fill(JSON.stringify(body, null, 2));
    await button.click();
    await line().getByText(outcome).waitFor();
    return block;
  }

  /** Sends a request in the way of Swagger UI, where the stand-in is there. @returns the body of the response */
  async function send(method: string, path: string, outcome: string, body?: string): Promise<string> {
    const request = JSON.stringify({
      method,
      url: path,
      headers: { 'Content-Type': 'application/json' },
      body,
    });
    const text = await page.evaluate(`(async () => {
      const request = await swaggerOptions.requestInterceptor(${request});
      return (await request.userFetch(request.url, request)).text();
    })()`);
    await line().getByText(`${method} ${path} → ${outcome}`).waitFor();
    return String(text);
  }

  async function fillLogin(email = 'ada@example.com', password = 'correct horse'): Promise<void> {
    await tools.getByLabel('E-mail', { exact: true }).fill(email);
    await tools.getByLabel('Password', { exact: true }).fill(password);
  }

  async function logIn(user: RegisteredUser, device: string): Promise<void> {
    await fillLogin(user.email, user.password);
    await tools.getByLabel('Device name').fill(device);
    const count = await tools.getByRole('list', { name: 'Logins of this tab' }).getByRole('listitem').count();
    await tools.getByRole('button', { name: /^Log in/ }).click();
    await login(count + 1)
      .getByText('in use')
      .waitFor();
  }

  async function nextCall(number: number, outcome: string): Promise<void> {
    await login(number).getByRole('button', { name: 'Next call' }).click();
    await login(number).getByText(`last response: ${outcome}`).waitFor();
  }

  /** The body that Swagger UI shows. */
  async function responseOf(block: Locator) {
    return JSON.parse(await block.locator('.live-responses-table .highlight-code pre').first().innerText());
  }

  /** That nothing of what was typed or received could be found by a script, or outlast the page. */
  async function expectNothingKept(): Promise<void> {
    expect(JSON.parse(await page.evaluate(KEPT))).toEqual(NOTHING_KEPT);
    expect(page.url()).toBe(`${origin}/docs`);
    expect(await tools.getByLabel('Key', { exact: true }).inputValue()).toBe('');
    expect(await page.content()).not.toContain(app.env.SIGNATURE_KEY);
  }

  it('registers, logs in, refreshes, and logs out', async () => {
    await open();
    const email = 'ada@example.com';
    const password = 'correct horse';
    await execute('register', '→ 401 signature_missing');
    await lastRequest().getByText('Enter the signing key above').waitFor();

    await useKey();
    const registered = { name: 'Ada', email, password };
    await execute('register', 'POST /auth/register → 201', registered);
    const signed = await lastRequest().locator('pre').innerText();
    expect(signed).toMatch(/\d{13}$/);
    expect(signed.slice(0, -13)).toBe(`POST/auth/register${JSON.stringify(registered, null, 2)}`);

    const { refresh_token } = await responseOf(await execute('login', '→ 200', { email, password }));
    expect(await login(1).innerText()).toMatch(/1 · ada@example\.com\s+in use/);
    expect(await responseOf(await execute('showProfile', '→ 200'))).toMatchObject({
      user: { email },
    });

    await execute('refresh', '→ 200', { refresh_token });
    await login(1).getByText('has a new token').waitFor();
    await execute('changePassword', '→ 200'); // with the new token, the other has ended
    await login(2).getByText('in use').waitFor();
    await nextCall(1, '401 token_revoked');

    await execute('logout', '→ 204');
    await tools.getByRole('button', { name: 'List sessions' }).click();
    await line().getByText('→ 401 token_missing').waitFor();
    await nextCall(2, '401 token_revoked');
    expect(await tools.getByRole('button', { name: 'Next call' }).count()).toBe(0);

    await expectNothingKept();
    expect(await context.cookies()).toEqual([]);
    hasStandIn = true;
    await page.reload();
    await send('POST', '/auth/logout', '401 signature_missing');
  });

  it('refreshes with a cookie that no script can read', async () => {
    await openTools({ REFRESH_DELIVERY: 'cookie' });
    const user = await app.register();
    await useKey();
    await logIn(user, 'Laptop');
    const refreshed = await send('POST', '/auth/refresh', '200', '{}');
    expect(JSON.parse(refreshed)).toMatchObject({ access_token: expect.any(String) });
    expect(JSON.parse(refreshed)).not.toHaveProperty('refresh_token');
    await login(1).getByText('has a new token').waitFor();
    await nextCall(1, '200');
    await expectNothingKept();
    expect(await context.cookies()).toEqual([
      expect.objectContaining({ name: 'refresh_token', httpOnly: true }),
    ]);
  });

  it('signs with the key of a client id', async () => {
    const key = 'k'.repeat(32);
    const routes = ['POST /auth/login'];
    await openTools({ SIGNATURE_KEYS: JSON.stringify({ web: { current: key, routes } }) });
    await tools.getByLabel('Client id').fill('web');
    await fillLogin();
    await useKey('another key');
    await tools.getByRole('button', { name: 'Log in' }).click();
    await line().getByText('POST /auth/login → 401 signature_mismatch').waitFor();
    await lastRequest().getByText('SIGNATURE_EXPLAIN=true').waitFor();
    await useKey(key);
    await tools.getByText('with the key of web').waitFor();
    await tools.getByRole('button', { name: 'Log in' }).click();
    await line().getByText('POST /auth/login → 401 invalid_credentials').waitFor();
    await send('POST', '/auth/register', '403 insufficient_role', '{}');
  });

  it('ends one of several sessions, and its next call is refused', async () => {
    await openTools({ CONCURRENT_LOGIN: 'true' });
    const user = await app.register();
    await useKey();
    await logIn(user, 'Laptop');
    await logIn(user, 'Phone');
    await nextCall(1, '200');

    await tools.getByRole('button', { name: 'List sessions' }).click();
    expect(await session('Laptop').innerText()).toMatch(/login 1/);
    expect(await session('Phone').innerText()).toMatch(
      /login 2\s+current[\s\S]*127\.0\.0\.1 · Mozilla[\s\S]*Started/,
    );
    expect(await session('Laptop').getByText('current').count()).toBe(0);
    await tools.getByRole('button', { name: 'End the session of Laptop' }).click();
    await session('Laptop').waitFor({ state: 'detached' });
    expect(await line().innerText()).toMatch(/^DELETE \/auth\/sessions\/[\w-]+ → 204$/);
    await nextCall(2, '200');
    await nextCall(1, '401 token_revoked');
    expect(await line().innerText()).toBe('GET /auth/profile → 401 token_revoked');

    await tools.getByRole('button', { name: 'End the session of Phone' }).click();
    await session('Phone').waitFor({ state: 'detached' });
    await nextCall(2, '401 token_revoked');
    await send('GET', '/auth/profile', '401 token_missing');
  });

  it('ends the first login with the second where one session is allowed', async () => {
    await openTools();
    const user = await app.register();
    await useKey();
    await logIn(user, 'Laptop');
    await logIn(user, 'Phone');
    await login(1).getByRole('button', { name: 'Use' }).click();
    await login(1).getByText('in use').waitFor();
    await send('GET', '/auth/profile', '401 token_revoked');
    expect(await login(1).getByText('in use').count()).toBe(0);
    await nextCall(2, '200');
  });

  it('shows where the string of the server differs', async () => {
    await openTools({ SIGNATURE_EXPLAIN: 'true' });
    await useKey();
    await page.route('**/auth/forgot-password', route =>
      route.continue({ postData: '{"email":"eve@example.com"}' }),
    );
    const body = JSON.stringify({ email: 'ada@example.com' }, null, 2);
    await send('POST', '/auth/forgot-password', '401 signature_mismatch', body);
    const at = 'POST/auth/forgot-password{'.length + 1;
    await lastRequest().getByText(`The first difference is at character ${at}.`).waitFor();
    const marked = await lastRequest().locator('mark').allInnerTexts();
    expect(marked).toEqual([
      expect.stringMatching(/^\s*"email": "ada@example\.com"\s*}\d{13}$/),
      expect.stringMatching(/^"email":"eve@example\.com"}\d{13}$/),
    ]);
  });

  it('shows how far the clock of the device is off', async () => {
    await openTools();
    await useKey();
    await fillLogin();
    for (const [ms, text] of [
      [-7_200_000, '7200 s behind'],
      [5_400_500, '5400.5 s ahead of'],
    ] as const) {
      await page.evaluate(`Date.now = () => ${app.clock.now() + ms}`);
      await tools.getByRole('button', { name: 'Log in' }).click();
      await lastRequest().getByText(`The clock of this device is ${text} the clock of the server.`).waitFor();
      expect(await line().innerText()).toBe('POST /auth/login → 401 signature_expired');
    }
  });

  it('says so when there is no response', async () => {
    await openTools();
    await page.route('**/auth/login', route => route.abort());
    await fillLogin();
    await tools.getByRole('button', { name: 'Log in' }).click();
    await line().getByText('POST /auth/login → no response').waitFor();
    await lastRequest().getByText('There is no response: TypeError').waitFor();

    await page.route('**/auth/login', route => route.fulfill({ status: 502, json: { message: 'a proxy' } }));
    await tools.getByRole('button', { name: 'Log in' }).click();
    await line().getByText('POST /auth/login → 502').waitFor();
    expect(await line().getAttribute('class')).toBe('bad');
    complaints = complaints.filter(text => !/net::ERR_FAILED|status of 502/.test(text));
  });

  it('shows HTML in values as text', async () => {
    await open();
    const html = '<img src=x onerror="document.title=\'changed\'">';
    const user = await app.register({ name: html });
    await useKey();
    await logIn(user, html);
    await tools.getByRole('button', { name: 'List sessions' }).click();
    await session(html).waitFor();
    const updated = await responseOf(await execute('updateProfile', '→ 200', { name: html }));
    expect(updated).toMatchObject({ user: { name: html } });
    await lastRequest().getByText(JSON.stringify(html)).waitFor();
    expect(await page.locator('img[src="x"]').count()).toBe(0);
    expect(await page.title()).toBe('express-auth-api: reference');
  });

  it('resolves the references of an operation as Swagger UI does', async () => {
    await openTools();
    hasStandIn = false;
    await page.evaluate(`new Promise(resolve => {
      const script = document.createElement('script');
      script.src = '${BUNDLE}';
      script.onload = resolve;
      document.body.append(script);
    })`);
    const resolved = await page.evaluate(`(async () => {
      const { resolvedPart } = await import('/docs/assets/schemas.js');
      const { paths, ...document } = await (await fetch('/openapi.json')).json();
      const spec = { ...document, paths: { '/auth/register': paths['/auth/register'] } };
      const { fn } = SwaggerUIBundle({ spec, presets: [SwaggerUIBundle.presets.apis] });
      const path = ['paths', '/auth/register', 'post'];
      const theirs = await fn.resolveSubtree(spec, path, { baseDoc: location.origin });
      return { ours: resolvedPart(spec, path), theirs: theirs.spec, errors: theirs.errors };
    })()`);
    const { ours, theirs, errors } = resolved as Record<string, { responses: object }>;
    expect(Object.keys(ours?.responses ?? {})).toContain('409');
    expect(ours).toEqual(theirs);
    expect(errors).toEqual([]);
  });

  it('runs no script that is put into the page', async () => {
    await openTools();
    await page.evaluate(`document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="document.title=1">');
      const script = document.createElement('script'); script.text = 'document.title = 2'; document.body.append(script);`);
    await expect.poll(() => complaints.length).toBeGreaterThanOrEqual(2);
    expect(await page.title()).toBe('express-auth-api: reference');
    expect(complaints.filter(text => !/Content.Security.Policy|404/.test(text))).toEqual([]);
    complaints = [];
  });

  it('fits a phone', async () => {
    await open({}, { width: 360 });
    const user = await app.register({ email: `${'a'.repeat(60)}@example.com` });
    await useKey();
    await logIn(user, 'D'.repeat(100));
    await tools.getByRole('button', { name: 'List sessions' }).click();
    await session('D'.repeat(100)).waitFor();
    await lastRequest().getByText('Last request').click();
    for (const [id, outcome] of [
      ['changePassword', '→ 401 invalid_credentials'],
      ['listActivity', '→ 200'],
    ] as const) {
      await execute(id, outcome);
      const overflows = await page.evaluate(`[document.documentElement,
        ...document.querySelectorAll('.columns, .tools, #logins, #sessions, aside')]
        .map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)`);
      expect(overflows).toEqual([0, 0, 0, 0, 0, 0]);
    }
  });

  it('is readable and has names for everything, in dark mode and after a change to light', async () => {
    await openTools({ SIGNATURE_EXPLAIN: 'true' }, { colorScheme: 'dark' });
    const user = await app.register();
    await useKey();
    await logIn(user, 'Laptop');
    await tools.getByRole('button', { name: 'List sessions' }).click();
    await session('Laptop').waitFor();
    await useKey('another key');
    await send('PATCH', '/auth/profile', '401 signature_mismatch', '{}');
    await lastRequest().getByText('another key for this client id').waitFor();
    expect(await page.getByRole('complementary', { name: 'Last request' }).count()).toBe(1);

    await page.evaluate(axe.source);
    for (const [colorScheme, background] of [
      ['dark', 'rgb(28, 32, 34)'],
      ['light', 'rgb(255, 255, 255)'],
    ] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe(background);
      // Inside the reference, names and colours are those of Swagger UI.
      const found = await page.evaluate(`axe.run({ exclude: ['#reference'] })`);
      const { violations, passes } = found as axe.AxeResults;
      expect(violations.map(({ id, nodes }) => `${id} ${nodes.map(({ html }) => html)}`)).toEqual([]);
      const passed = passes.map(({ id }) => id);
      expect(passed).toEqual(expect.arrayContaining(['color-contrast', 'label', 'button-name']));
    }
  });

  it('has a picture for the README, which `npm run docs:screenshot` writes', async () => {
    await open({ CONCURRENT_LOGIN: 'true' }, { height: 860 });
    const user = await app.register({ name: 'Ada', email: 'ada@example.com' });
    await useKey();
    await logIn(user, 'Laptop');
    await logIn(user, 'Phone');
    await tools.getByRole('button', { name: 'List sessions' }).click();
    await session('Phone').waitFor();
    await operation('updateProfile').scrollIntoViewIfNeeded();
    await execute('updateProfile', '→ 200');
    await page.evaluate(
      `for (const panel of document.querySelectorAll('.tools, #reference')) panel.scrollTop = 0`,
    );
    const picture = await page.screenshot();
    expect(picture.length).toBeLessThan(200_000);
    if (process.env.npm_lifecycle_event === 'docs:screenshot') writeFileSync('docs/reference.png', picture);
  });

  it('keeps the focus where it is when the list of logins changes', async () => {
    await openTools();
    const user = await app.register();
    await useKey();
    await logIn(user, 'Laptop');
    await login(1).getByRole('button', { name: 'Next call' }).focus();
    await page.keyboard.press('Enter');
    await login(1).getByText('last response: 200').waitFor();
    expect(await page.evaluate('document.activeElement.ariaLabel')).toBe('Next call of login 1');
  });

  // Last, because another site gets a process of its own, and the next page here would get a new one.
  it('says so when the browser does not sign on this address', async () => {
    await openTools({}, { from: origin.replace('127.0.0.1', 'api.example.test') });
    await tools.getByLabel('Key', { exact: true }).fill(app.env.SIGNATURE_KEY);
    await tools.getByRole('button', { name: 'Use this key' }).click();
    await tools.getByText('This browser signs only on https and on localhost.').waitFor();
    complaints = [];
  });
});
