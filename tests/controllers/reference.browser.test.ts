import { writeFileSync } from 'node:fs';
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

/** Refused requests are what the page is for. */
const EXPECTED_ON_CONSOLE = /^Failed to load resource: the server responded with a status of 4\d\d /;

describe.runIf(chromium)('the reference page in Chromium', () => {
  let browser: Browser;
  let context: BrowserContext;
  let app: TestApp;
  let complaints: string[];

  beforeAll(async () => {
    browser = await launchChromium(chromium ?? '', ['--host-resolver-rules=MAP * 127.0.0.1']);
  });
  afterAll(() => browser?.close());
  beforeEach(() => {
    complaints = [];
  });
  afterEach(async () => {
    await context.close();
    await app.close();
    expect(complaints).toEqual([]);
  });

  /** Opens the page of a new app, with the clock of the app and a key that is not known yet. */
  async function open(
    settings: Settings = {},
    options: { width?: number; height?: number; colorScheme?: 'light' | 'dark' } = {},
  ): Promise<Page> {
    // The clock of the app stands still, and the one of the page goes on.
    app = await startTestApp('embedded', { SIGNATURE_TIMELIMIT: '3600000', ...settings });
    const { width = 1280, height = 900, colorScheme = 'light' } = options;
    context = await browser.newContext({ viewport: { width, height }, colorScheme });
    context.setDefaultTimeout(LONG_MS);
    const page = await context.newPage();
    page.on('console', message => {
      if (['error', 'warning'].includes(message.type()) && !EXPECTED_ON_CONSOLE.test(message.text()))
        complaints.push(message.text());
    });
    page.on('pageerror', error => complaints.push(error.message));
    page.on('request', request => {
      const { protocol, origin } = new URL(request.url());
      if (protocol !== 'data:' && origin !== app.origin) complaints.push(`request to ${request.url()}`);
    });
    await page.clock.setSystemTime(app.clock.now());
    await page.goto(`${app.origin}/docs`);
    await operation(page, 'register').waitFor();
    return page;
  }

  const operation = (page: Page, id: string) => page.locator(`.opblock[id$="-${id}"]`);
  const lastRequest = (page: Page) => page.getByRole('complementary', { name: 'Last request' });
  const line = (page: Page) => lastRequest(page).getByRole('status');
  const login = (page: Page, number: number) =>
    page
      .getByRole('list', { name: 'Logins of this tab' })
      .getByRole('listitem')
      .nth(number - 1);
  const session = (page: Page, name: string) =>
    page
      .getByRole('list', { name: 'Sessions of the user' })
      .getByRole('listitem')
      .filter({ has: page.getByText(name, { exact: true }) });

  async function useKey(page: Page, key = app.env.SIGNATURE_KEY): Promise<void> {
    await page.getByLabel('Key', { exact: true }).fill(key);
    await page.getByRole('button', { name: 'Use this key' }).click();
    await page.getByText('Requests are signed').waitFor();
  }

  /** Presses Execute of an operation and waits for the line of the last request. */
  async function execute(page: Page, id: string, outcome: string, body?: object): Promise<Locator> {
    const block = operation(page, id);
    const button = block.getByRole('button', { name: 'Execute' });
    if (!(await button.isVisible())) await block.locator('.opblock-summary-control').click();
    if (body) await block.getByRole('textbox').fill(JSON.stringify(body, null, 2));
    await button.click();
    await line(page).getByText(outcome).waitFor();
    return block;
  }

  async function logIn(page: Page, user: RegisteredUser, device: string): Promise<void> {
    await page.getByLabel('E-mail', { exact: true }).fill(user.email);
    await page.getByLabel('Password', { exact: true }).fill(user.password);
    await page.getByLabel('Device name').fill(device);
    const count = await page.getByRole('list', { name: 'Logins of this tab' }).getByRole('listitem').count();
    await page.getByRole('button', { name: /^Log in/ }).click();
    await login(page, count + 1)
      .getByText('in use')
      .waitFor();
  }

  async function nextCall(page: Page, number: number, outcome: string): Promise<void> {
    await login(page, number).getByRole('button', { name: 'Next call' }).click();
    await login(page, number).getByText(`last response: ${outcome}`).waitFor();
  }

  /** The body that Swagger UI shows. */
  async function responseOf(block: Locator) {
    return JSON.parse(await block.locator('.live-responses-table .highlight-code pre').first().innerText());
  }

  it.each<Settings>([{}, { SIGNATURE_EXPLAIN: 'true' }, { REFRESH_DELIVERY: 'cookie' }])(
    'registers, logs in, refreshes, and logs out with %o',
    async settings => {
      const page = await open(settings);
      const email = 'ada@example.com';
      const password = 'correct horse';
      await execute(page, 'register', '→ 401 signature_missing');
      await lastRequest(page).getByText('Enter the signing key above').waitFor();

      await useKey(page);
      const registered = { name: 'Ada', email, password };
      await execute(page, 'register', 'POST /auth/register → 201', registered);
      const signed = await lastRequest(page).locator('pre').innerText();
      expect(signed).toMatch(/\d{13}$/);
      expect(signed.slice(0, -13)).toBe(`POST/auth/register${JSON.stringify(registered, null, 2)}`);

      const tokens = await responseOf(await execute(page, 'login', '→ 200', { email, password }));
      expect(await login(page, 1).innerText()).toMatch(/1 · ada@example\.com\s+in use/);
      expect(await responseOf(await execute(page, 'showProfile', '→ 200'))).toMatchObject({
        user: { email },
      });

      await useKey(page, 'another key');
      await execute(page, 'updateProfile', '→ 401 signature_mismatch');
      const explained = settings.SIGNATURE_EXPLAIN
        ? 'another key for this client id'
        : 'SIGNATURE_EXPLAIN=true';
      await lastRequest(page).getByText(explained).waitFor();
      await useKey(page);

      const { refresh_token } = tokens;
      expect(refresh_token === undefined).toBe(settings.REFRESH_DELIVERY === 'cookie');
      await execute(page, 'refresh', '→ 200', { refresh_token });
      await login(page, 1).getByText('has a new token').waitFor();
      await execute(page, 'showProfile', '→ 200');
      await execute(page, 'changePassword', '→ 200');
      await login(page, 2).getByText('in use').waitFor();
      await nextCall(page, 1, '401 token_revoked');

      await execute(page, 'logout', '→ 204');
      await execute(page, 'showProfile', '→ 401 token_missing');
      await nextCall(page, 2, '401 token_revoked');
      expect(await page.getByRole('button', { name: 'Next call' }).count()).toBe(0);

      expect(JSON.parse(await page.evaluate(KEPT))).toEqual(NOTHING_KEPT);
      expect(page.url()).toBe(`${app.origin}/docs`);
      expect(await page.getByLabel('Key', { exact: true }).inputValue()).toBe('');
      expect(await page.content()).not.toContain(app.env.SIGNATURE_KEY);
      const cookies = (await context.cookies()).filter(({ httpOnly }) => !httpOnly);
      expect(cookies).toEqual([]);
      await page.reload();
      await operation(page, 'showProfile').waitFor();
      await execute(page, 'logout', '→ 401 signature_missing');
    },
  );

  it('signs with the key of a client id', async () => {
    const key = 'k'.repeat(32);
    const routes = ['POST /auth/login'];
    const page = await open({ SIGNATURE_KEYS: JSON.stringify({ web: { current: key, routes } }) });
    await page.getByLabel('Client id').fill('web');
    await useKey(page, key);
    await page.getByText('with the key of web').waitFor();
    await execute(page, 'login', '→ 401 invalid_credentials');
    await execute(page, 'register', '→ 403 insufficient_role');
  });

  it('ends one of several sessions, and its next call is refused', async () => {
    const page = await open({ CONCURRENT_LOGIN: 'true' });
    const user = await app.register();
    await useKey(page);
    await logIn(page, user, 'Laptop');
    await logIn(page, user, 'Phone');
    await nextCall(page, 1, '200');

    await page.getByRole('button', { name: 'List sessions' }).click();
    expect(await session(page, 'Laptop').innerText()).toMatch(/login 1/);
    expect(await session(page, 'Phone').innerText()).toMatch(
      /login 2\s+current[\s\S]*127\.0\.0\.1 · Mozilla[\s\S]*Started/,
    );
    expect(await session(page, 'Laptop').getByText('current').count()).toBe(0);
    await page.getByRole('button', { name: 'End the session of Laptop' }).click();
    await session(page, 'Laptop').waitFor({ state: 'detached' });
    expect(await line(page).innerText()).toMatch(/^DELETE \/auth\/sessions\/[\w-]+ → 204$/);
    await nextCall(page, 2, '200');
    await nextCall(page, 1, '401 token_revoked');
    expect(await line(page).innerText()).toBe('GET /auth/profile → 401 token_revoked');

    await page.getByRole('button', { name: 'End the session of Phone' }).click();
    await session(page, 'Phone').waitFor({ state: 'detached' });
    await nextCall(page, 2, '401 token_revoked');
    await execute(page, 'showProfile', '→ 401 token_missing');
  });

  it('ends the first login with the second where one session is allowed', async () => {
    const page = await open();
    const user = await app.register();
    await useKey(page);
    await logIn(page, user, 'Laptop');
    await logIn(page, user, 'Phone');
    await login(page, 1).getByRole('button', { name: 'Use' }).click();
    await login(page, 1).getByText('in use').waitFor();
    await execute(page, 'showProfile', '→ 401 token_revoked');
    expect(await login(page, 1).getByText('in use').count()).toBe(0);
    await nextCall(page, 2, '200');
  });

  it('shows where the string of the server differs', async () => {
    const page = await open({ SIGNATURE_EXPLAIN: 'true' });
    await useKey(page);
    await page.route('**/auth/forgot-password', route =>
      route.continue({ postData: '{"email":"eve@example.com"}' }),
    );
    await execute(page, 'forgotPassword', '→ 401 signature_mismatch', { email: 'ada@example.com' });
    const at = 'POST/auth/forgot-password{'.length + 1;
    await lastRequest(page).getByText(`The first difference is at character ${at}.`).waitFor();
    const marked = await lastRequest(page).locator('mark').allInnerTexts();
    expect(marked).toEqual([
      expect.stringMatching(/^\s*"email": "ada@example\.com"\s*}\d{13}$/),
      expect.stringMatching(/^"email":"eve@example\.com"}\d{13}$/),
    ]);
  });

  it('shows how far the clock of the device is off', async () => {
    const page = await open();
    await useKey(page);
    await page.getByLabel('E-mail', { exact: true }).fill('ada@example.com');
    await page.getByLabel('Password', { exact: true }).fill('correct horse');
    for (const [ms, text] of [
      [-7_200_000, '7200 s behind'],
      [5_400_500, '5400.5 s ahead of'],
    ] as const) {
      await page.clock.setFixedTime(app.clock.now() + ms);
      await page.getByRole('button', { name: 'Log in' }).click();
      await lastRequest(page)
        .getByText(`The clock of this device is ${text} the clock of the server.`)
        .waitFor();
      expect(await line(page).innerText()).toBe('POST /auth/login → 401 signature_expired');
    }
  });

  it('says so when there is no response', async () => {
    const page = await open();
    await page.route('**/auth/login', route => route.abort());
    await page.getByLabel('E-mail', { exact: true }).fill('ada@example.com');
    await page.getByLabel('Password', { exact: true }).fill('correct horse');
    await page.getByRole('button', { name: 'Log in' }).click();
    await line(page).getByText('POST /auth/login → no response').waitFor();
    await lastRequest(page).getByText('There is no response: TypeError').waitFor();

    await page.route('**/auth/login', route => route.fulfill({ status: 502, json: { message: 'a proxy' } }));
    await page.getByRole('button', { name: 'Log in' }).click();
    await line(page).getByText('POST /auth/login → 502').waitFor();
    expect(await line(page).getAttribute('class')).toBe('bad');
    complaints = complaints.filter(text => !/net::ERR_FAILED|status of 502/.test(text));
  });

  it('says so when the browser does not sign on this address', async () => {
    const page = await open();
    await page.goto(`${app.origin.replace('127.0.0.1', 'api.example.test')}/docs`);
    await page.getByLabel('Key', { exact: true }).fill(app.env.SIGNATURE_KEY);
    await page.getByRole('button', { name: 'Use this key' }).click();
    await page.getByText('This browser signs only on https and on localhost.').waitFor();
    complaints = [];
  });

  it('shows HTML in values as text', async () => {
    const page = await open();
    const html = '<img src=x onerror="document.title=\'changed\'">';
    const user = await app.register({ name: html });
    await useKey(page);
    await logIn(page, user, html);
    await page.getByRole('button', { name: 'List sessions' }).click();
    await session(page, html).waitFor();
    expect(await responseOf(await execute(page, 'showProfile', '→ 200'))).toMatchObject({
      user: { name: html },
    });
    await execute(page, 'updateProfile', '→ 200', { name: html });
    await lastRequest(page).getByText(JSON.stringify(html)).waitFor();
    expect(await page.locator('img[src="x"]').count()).toBe(0);
    expect(await page.title()).toBe('express-auth-api: reference');
  });

  it('runs no script that is put into the page', async () => {
    const page = await open();
    await page.evaluate(`document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="document.title=1">');
      const script = document.createElement('script'); script.text = 'document.title = 2'; document.body.append(script);`);
    await expect.poll(() => complaints.length).toBeGreaterThanOrEqual(2);
    expect(await page.title()).toBe('express-auth-api: reference');
    expect(complaints.filter(text => !/Content.Security.Policy|404/.test(text))).toEqual([]);
    complaints = [];
  });

  it('fits a phone', async () => {
    const page = await open({}, { width: 360 });
    const user = await app.register({ email: `${'a'.repeat(60)}@example.com` });
    await useKey(page);
    await logIn(page, user, 'D'.repeat(100));
    await page.getByRole('button', { name: 'List sessions' }).click();
    await session(page, 'D'.repeat(100)).waitFor();
    await execute(page, 'showProfile', '→ 200');
    await execute(page, 'changePassword', '→ 401 invalid_credentials');
    await execute(page, 'listActivity', '→ 200');
    await lastRequest(page).getByText('Last request').click();
    expect(
      await page.evaluate(`[document.documentElement, ...document.querySelectorAll('.columns, aside, .tools')]
        .map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)`),
    ).toEqual([0, 0, 0, 0]);
  });

  it.each(['light', 'dark'] as const)(
    'is readable and has names for everything, in %s mode',
    async colorScheme => {
      const page = await open({ SIGNATURE_EXPLAIN: 'true' }, { colorScheme });
      const user = await app.register();
      await useKey(page);
      await logIn(page, user, 'Laptop');
      await page.getByRole('button', { name: 'List sessions' }).click();
      await session(page, 'Laptop').waitFor();
      await useKey(page, 'another key');
      await execute(page, 'updateProfile', '→ 401 signature_mismatch');
      const background = await page.evaluate('getComputedStyle(document.body).backgroundColor');
      expect(background).toBe(colorScheme === 'dark' ? 'rgb(28, 32, 34)' : 'rgb(255, 255, 255)');

      await page.evaluate(axe.source);
      // Inside the reference, names and colours are those of Swagger UI.
      const found = await page.evaluate(`axe.run({ exclude: ['#reference'] })`);
      const { violations, passes } = found as axe.AxeResults;
      expect(violations.map(({ id, nodes }) => `${id} ${nodes.map(({ html }) => html)}`)).toEqual([]);
      const passed = passes.map(({ id }) => id);
      expect(passed).toEqual(expect.arrayContaining(['color-contrast', 'label', 'button-name']));
    },
  );

  it('has a picture for the README, which `npm run docs:screenshot` writes', async () => {
    const page = await open({ CONCURRENT_LOGIN: 'true' }, { height: 860 });
    const user = await app.register({ name: 'Ada', email: 'ada@example.com' });
    await useKey(page);
    await logIn(page, user, 'Laptop');
    await logIn(page, user, 'Phone');
    await page.getByRole('button', { name: 'List sessions' }).click();
    await session(page, 'Phone').waitFor();
    await operation(page, 'updateProfile').scrollIntoViewIfNeeded();
    await execute(page, 'updateProfile', '→ 200');
    await page.evaluate(
      `for (const panel of document.querySelectorAll('.tools, #reference')) panel.scrollTop = 0`,
    );
    const picture = await page.screenshot();
    expect(picture.length).toBeLessThan(200_000);
    if (process.env.npm_lifecycle_event === 'docs:screenshot') writeFileSync('docs/reference.png', picture);
  });

  it('keeps the focus where it is when the list of logins changes', async () => {
    const page = await open();
    const user = await app.register();
    await useKey(page);
    await logIn(page, user, 'Laptop');
    await login(page, 1).getByRole('button', { name: 'Next call' }).focus();
    await page.keyboard.press('Enter');
    await login(page, 1).getByText('last response: 200').waitFor();
    expect(await page.evaluate('document.activeElement.ariaLabel')).toBe('Next call of login 1');
  });
});
