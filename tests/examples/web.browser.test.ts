import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAuthClient } from '../../client/index.ts';
import { signatureHeaders, signatureKey } from '../../signing/mac.ts';
import { codeBlocks } from '../docs/markdown.ts';
import { findChromium, launchChromium } from '../support/browser.ts';
import {
  bareEnvironment,
  freePort,
  type RunningProcess,
  run,
  sharedBuild,
  startFolder,
} from '../support/checkout.ts';
import { type Front, startFront } from '../support/front.ts';
import { type RegisteredUser, type Settings, startTestApp, type TestApp } from '../support/harness.ts';
import { connectSilently } from '../support/http.ts';
import { totp } from '../support/totp.ts';

const chromium = findChromium();
const README = readFileSync('examples/web/README.md', 'utf8');
const [commands = ''] = codeBlocks(README).map(({ code }) => code);

const SIGNED_OUT = 'You have signed out.';
const ENDED = 'Your session has ended. Please sign in again.';
const NO_ANSWER = 'The server does not answer. Check your connection and try again.';

/** Runs in the page, as text because it needs the types of a browser: everything that scripts can read. */
const READABLE = `(async () => JSON.stringify([
  document.cookie, await cookieStore.getAll(), { ...localStorage }, { ...sessionStorage },
  await indexedDB.databases(), await caches.keys(), location.href,
]))()`;

const VIEWPORT = { width: 1280, height: 720 };

const heading = (page: Page) => page.locator('h1:visible');
const message = (page: Page) => page.getByRole('alert');
const sessionItems = (page: Page) => page.getByRole('listitem');
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
/** What happens when the user comes back to a tab. */
const returnTo = (page: Page) => page.evaluate('document.dispatchEvent(new Event("visibilitychange"))');

/** Resolves when the view with this heading is shown. */
async function shows(page: Page, title: string): Promise<void> {
  await heading(page).filter({ hasText: title }).waitFor();
  expect(await heading(page).count()).toBe(1);
}

async function says(page: Page, text: string): Promise<void> {
  await message(page).filter({ hasText: text }).waitFor();
}

async function fill(page: Page, fields: Record<string, string>): Promise<void> {
  for (const [label, value] of Object.entries(fields))
    await page.locator('form:visible').getByLabel(label).fill(value);
}

async function signIn(page: Page, { email, password }: { email: string; password: string }): Promise<void> {
  await shows(page, 'Sign in');
  await fill(page, { 'E-mail': email, Password: password });
  await press(page, 'Sign in');
}

async function register(page: Page, user: { name: string; email: string; password: string }): Promise<void> {
  await press(page, 'Register');
  await shows(page, 'Register');
  await fill(page, { Name: user.name, 'E-mail': user.email, Password: user.password });
  await page.locator('#register').getByRole('button', { name: 'Register' }).click();
}

const newUser = () => ({
  name: 'Ada Lovelace',
  email: `${randomBytes(6).toString('hex')}@example.com`,
  password: 'correct horse battery',
});

describe.runIf(chromium)('the web page', () => {
  let folder: Awaited<ReturnType<typeof startFolder>>;
  let browser: Browser;
  let context: BrowserContext;
  /** What the console and the page reported; a refused or failed request is reported by the browser itself. */
  let faults: string[];

  beforeAll(async () => {
    folder = await startFolder();
    browser = await launchChromium(chromium ?? '', ['--no-proxy-server']);
    context = await browser.newContext({ locale: 'en-GB', viewport: VIEWPORT });
    await context.newPage(); // keeps the window open
    context.on('weberror', error => faults.push(`${error.error()}`));
    context.on('console', line => {
      const isFault = line.type() === 'error' || line.type() === 'warning';
      if (isFault && !line.text().startsWith('Failed to load resource:')) faults.push(line.text());
    });
  });
  afterAll(async () => {
    await browser?.close();
    await folder?.remove();
  });
  beforeEach(() => {
    faults = [];
  });
  afterEach(async () => {
    for (const page of context.pages().slice(1)) {
      if (!free.includes(page)) await page.close();
    }
    await context.clearCookies();
    expect(faults).toEqual([]);
  });

  /** Tabs that tests have left behind: each new one would need a new process. */
  const free: Page[] = [];
  async function openPage(url: string): Promise<Page> {
    const page = free.pop() ?? (await context.newPage());
    await page.bringToFront(); // a hidden tab draws nothing, and clicks wait for that
    await page.goto(url);
    return page;
  }

  it('runs with the commands of its README, and ends on SIGTERM', async () => {
    const [apiPort, pagePort] = [await freePort(), await freePort()];
    const script = commands.replaceAll('8081', String(pagePort));
    const env = bareEnvironment({ API_URL: `http://127.0.0.1:${apiPort}` });
    const ports = `npm() { PORT=${apiPort} command npm "$@"; }; npx() { PORT=${pagePort} command npx "$@"; }`;
    const programs = run('sh', ['-ec', `${ports}\n${script}\nwait`], { cwd: folder.directory, env });
    try {
      await programs.printed('--data-raw');
      await programs.printed(`page at http://127.0.0.1:${pagePort}\n`);
      const page = await openPage(`http://127.0.0.1:${pagePort}`);
      await shows(page, 'Sign in');
      await register(page, newUser());
      await shows(page, 'Your account');
      await page.reload();
      await shows(page, 'Your account');
      await press(page, 'Sign out');
      await says(page, SIGNED_OUT);
    } finally {
      programs.killAll('SIGTERM');
      await programs.exited;
    }
  });

  describe('with an API of its own', () => {
    let app: TestApp;
    let settings: Settings;
    let server: RunningProcess;
    /** The way of the page to the API. */
    let front: Front;
    let pageUrl: string;
    let user: RegisteredUser;
    const key = randomBytes(32).toString('hex');

    beforeAll(async () => {
      front = await startFront();
      const port = await freePort();
      pageUrl = `http://127.0.0.1:${port}/`;
      const keys = /SIGNATURE_KEYS='([\s\S]*?)'\n/.exec(commands)?.[1] ?? '';
      settings = {
        SIGNATURE_KEYS: keys.replace(`'$WEB_KEY'`, key),
        CORS_ORIGIN: new URL(pageUrl).origin,
        REFRESH_DELIVERY: 'cookie',
        CONCURRENT_LOGIN: 'true',
        LOCKOUT_FAILURES: '3',
      };
      app = await startTestApp('embedded', settings);
      front.target = app.origin;
      const env = bareEnvironment({ PORT: String(port), API_URL: front.url, WEB_KEY: key });
      server = run(process.execPath, ['--import', 'tsx', 'examples/web/server.ts'], {
        cwd: await sharedBuild(),
        env,
      });
      await server.printed('page at');
    });
    afterAll(async () => {
      await connectSilently(pageUrl); // does not hold the server
      server?.killAll('SIGTERM');
      expect(await server?.exited).toBe(0);
      front?.close();
      await app?.close();
    });
    beforeEach(async () => {
      front.isDown = false;
      // The page has the time of this machine.
      app.clock.advance(Date.now() - app.clock.now());
      user = await app.register();
    });
    afterEach(async () => {
      for (const page of context.pages()) {
        if (page.url() !== pageUrl) continue;
        await page.unrouteAll();
        await page.setViewportSize(VIEWPORT);
        await page.goto(`${pageUrl}style.css`); // where no script runs
        free.push(page);
      }
    });

    async function signedIn(): Promise<Page> {
      const page = await openPage(pageUrl);
      await signIn(page, user);
      await shows(page, 'Your account');
      return page;
    }

    it('registers, and a reload continues the session', async () => {
      const page = await openPage(pageUrl);
      await shows(page, 'Sign in');
      expect(await message(page).isVisible()).toBe(false);
      const ada = newUser();
      await register(page, ada);
      await shows(page, 'Your account');
      await page.reload();
      await shows(page, 'Your account');
      expect(await page.getByRole('definition').allInnerTexts()).toEqual([ada.name, ada.email]);
      expect(await sessionItems(page).allInnerTexts()).toEqual([
        expect.stringMatching(/^Chrome on Linux this one\n+127\.0\.0\.1, last used \d+ \w+ \d+, \d\d:\d\d$/),
      ]);
    });

    it('leaves nothing where scripts can read it', async () => {
      const page = await signedIn();
      expect(JSON.parse(await page.evaluate(READABLE))).toEqual(['', [], {}, {}, [], [], pageUrl]);
      expect(await context.cookies()).toEqual([
        expect.objectContaining({ name: 'refresh_token', path: '/auth', httpOnly: true, sameSite: 'Strict' }),
      ]);
      const typed = await page
        .locator('input')
        .evaluateAll(inputs => inputs.map(input => 'value' in input && input.value));
      expect(new Set(typed)).toEqual(new Set(['']));
    });

    it('continues one session in two tabs that open at once', async () => {
      await (await signedIn()).close();
      const tabs = await Promise.all([openPage(pageUrl), openPage(pageUrl)]);
      for (const _ of ['first', 'second']) {
        for (const tab of tabs) {
          await returnTo(tab);
          await shows(tab, 'Your account');
          expect(await sessionItems(tab).count()).toBe(1);
        }
      }
      await Promise.all(tabs.map(tab => tab.reload()));
      for (const tab of tabs) await shows(tab, 'Your account');
    });

    it('shows the form after a sign-out, also in the other tab, and the cookie is gone', async () => {
      const page = await signedIn();
      const other = await openPage(pageUrl);
      await shows(other, 'Your account');
      await press(page, 'Sign out');
      await says(page, SIGNED_OUT);
      await shows(page, 'Sign in');
      expect(await context.cookies()).toEqual([]);
      await returnTo(other);
      await says(other, ENDED);
      await shows(other, 'Sign in');
      await page.reload();
      await shows(page, 'Sign in');
    });

    it('says that the session was ended elsewhere, and takes the next sign-in', async () => {
      const page = await signedIn();
      const token = await app.login(user);
      await app.call('POST', '/auth/logout-all', { token, body: { keep_current: true } });
      await press(page, 'Sign out');
      await says(page, ENDED);
      await signIn(page, user);
      await shows(page, 'Your account');
      expect(await message(page).isVisible()).toBe(false);
      await app.call('POST', '/auth/logout-all', { token, body: { keep_current: true } });
      await returnTo(page);
      await says(page, ENDED);
      await shows(page, 'Sign in');
    });

    it('shows the form when the user comes back to the tab during a sign-out', async () => {
      const page = await signedIn();
      await page.route('**/auth/logout', async route => {
        const response = await route.fetch();
        const profile = page.waitForResponse(`${front.url}/auth/profile`);
        await returnTo(page);
        expect((await profile).status()).toBe(401);
        await route.fulfill({ response });
      });
      await press(page, 'Sign out');
      await says(page, SIGNED_OUT);
      await shows(page, 'Sign in');
    });

    it('ends another session from the list, also one that has ended meanwhile', async () => {
      const token = await app.login(user);
      const page = await signedIn();
      const end = page.getByRole('button', { name: /^End the session / });
      await end.click();
      await says(page, 'The session was ended.');
      await end.waitFor({ state: 'detached' });
      expect((await app.call('GET', '/auth/profile', { token })).status).toBe(401);

      const another = await app.login(user);
      await returnTo(page);
      await end.waitFor();
      await app.call('POST', '/auth/logout', { token: another });
      await end.click();
      await says(page, 'The session was ended.');
      await end.waitFor({ state: 'detached' });
      expect(await sessionItems(page).count()).toBe(1);
    });

    it('says in plain words what was refused', async () => {
      const page = await openPage(pageUrl);
      await signIn(page, { ...user, password: 'another horse' });
      await says(page, 'The e-mail address, the password or the code is wrong.');
      expect(await page.getByLabel('E-mail').first().inputValue()).toBe(user.email);
      await register(page, { ...newUser(), email: user.email });
      await says(page, 'This e-mail address already has an account. Sign in instead.');
      await fill(page, { 'E-mail': newUser().email, Password: 'password' });
      await page.locator('#register').getByRole('button', { name: 'Register' }).click();
      await says(page, 'Please check the marked fields.');
      const marked = page.locator('[aria-invalid]');
      expect([await marked.count(), await marked.getAttribute('name')]).toEqual([1, 'password']);
      expect(await page.locator('.fault').innerText()).toMatch(/^This is one of the most common passwords/);
      await press(page, 'Sign in');
      for (const _ of [2, 3, 4]) await signIn(page, { ...user, password: 'another horse' });
      await says(page, 'Too many failed attempts. Try again in 15 minutes.');
    });

    it('sends a form once, however often the button is pressed', async () => {
      const page = await openPage(pageUrl);
      await shows(page, 'Sign in');
      await fill(page, { 'E-mail': user.email, Password: user.password });
      front.requests.length = 0;
      await page.evaluate(
        "for (let i = 0; i < 5; i++) document.querySelector('#sign-in [type=submit]').click()",
      );
      await shows(page, 'Your account');
      expect(front.requests.filter(one => one === 'POST /auth/login')).toHaveLength(1);
    });

    it('asks for the second factor, and takes a recovery code', async () => {
      await app.verifyEmail(user);
      const token = await app.login(user);
      const enrolled = await app.call('POST', '/auth/mfa/totp', { token, body: { password: user.password } });
      const { secret } = enrolled.body;
      const code = totp(secret, app.clock.now());
      const confirmed = await app.call('POST', '/auth/mfa/totp/confirm', { token, body: { code } });
      const [recoveryCode = ''] = confirmed.body.recovery_codes;

      const page = await openPage(pageUrl);
      await signIn(page, user);
      await shows(page, 'Second step');
      await fill(page, { Code: '000000' });
      await press(page, 'Continue');
      await says(page, 'The e-mail address, the password or the code is wrong.');
      app.clock.advance(30_000);
      const next = totp(secret, app.clock.now());
      await fill(page, { Code: `${next.slice(0, 3)} ${next.slice(3)}` });
      await press(page, 'Continue');
      await shows(page, 'Your account');

      await press(page, 'Sign out');
      await signIn(page, user);
      await shows(page, 'Second step');
      app.clock.advance(301_000);
      await fill(page, { Code: recoveryCode });
      await press(page, 'Continue');
      await says(page, 'The second step took too long. Please start again.');
      await signIn(page, user);
      await fill(page, { Code: recoveryCode });
      await press(page, 'Continue');
      await shows(page, 'Your account');
    });

    it('tells a new user to open the mail where addresses must be verified', async () => {
      const strict = await startTestApp('embedded', { ...settings, REQUIRE_EMAIL_VERIFICATION: 'true' });
      try {
        front.target = strict.origin;
        const page = await openPage(pageUrl);
        await register(page, newUser());
        await says(page, 'Open the link in the mail that you got, then sign in.');
        await shows(page, 'Sign in');
      } finally {
        front.target = app.origin;
        await strict.close();
      }
    });

    it('continues after the access token has expired', async () => {
      const page = await signedIn();
      app.clock.advance(app.env.JWT_EXPIRES_IN * 1000 + 1000);
      await Promise.all([
        page.waitForResponse(response => response.url() === `${front.url}/auth/refresh` && response.ok()),
        returnTo(page),
      ]);
      await shows(page, 'Your account');
      await press(page, 'Sign out');
      await says(page, SIGNED_OUT);
    });

    it('says that the API does not answer, and continues when it does', async () => {
      const page = await signedIn();
      front.isDown = true;
      await press(page, 'Sign out');
      await says(page, NO_ANSWER);
      await shows(page, 'Your account');
      await page.reload();
      await says(page, NO_ANSWER);
      await shows(page, 'No connection');
      await press(page, 'Try again');
      await says(page, NO_ANSWER);
      front.isDown = false;
      await press(page, 'Try again');
      await shows(page, 'Your account');
      expect(await message(page).isVisible()).toBe(false);
    });

    it('shows names as text', async () => {
      const name = '<img src=x onerror="document.title=\'owned\'">';
      user = await app.register({ name });
      const page = await signedIn();
      expect(await page.locator('#name').innerText()).toBe(name);
      expect([await page.locator('main img').count(), await page.title()]).toEqual([0, 'Your account']);
    });

    it('fits a small screen with the longest name', async () => {
      user = await app.register({
        name: 'W'.repeat(100),
        email: `${'w'.repeat(60)}@${randomBytes(12).toString('hex')}.example`,
      });
      const page = await signedIn();
      await page.setViewportSize({ width: 320, height: 640 });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
    });

    it('has a policy that keeps other scripts and other addresses out', async () => {
      const page = await signedIn();
      const policy = (await page.request.get(pageUrl)).headers()['content-security-policy'];
      expect(policy).toMatch(/default-src 'none';script-src 'self';/);
      expect(policy).not.toMatch(/unsafe|\*/);
      const attempt = (code: string) =>
        page.evaluate(`(async () => { try { ${code} } catch (error) { return error.name; } })()`);
      expect(await attempt(`await fetch('${app.origin}/health/live', { mode: 'no-cors' })`)).toBe(
        'TypeError',
      );
      expect(await attempt(`document.body.innerHTML = '<p>'`)).toBe('TypeError');
      expect(faults.join('\n')).toMatch(/Content Security Policy[\s\S]*TrustedHTML/);
      faults = [];
    });

    /** Has a page refresh with the cookie, signed with the key that everyone can read: the status or the error. */
    function refreshFrom(page: Page): Promise<number | string> {
      const parts = { method: 'POST', path: '/auth/refresh', body: '{}', timestamp: app.clock.now() };
      const headers = {
        ...signatureHeaders(signatureKey(key), parts),
        'X-Client-Id': 'web',
        'Content-Type': 'application/json',
      };
      return page.evaluate(
        ([url, init]) =>
          fetch(url, init).then(
            ({ status }) => status,
            error => error.name,
          ),
        [
          `${front.url}/auth/refresh`,
          { method: 'POST', body: '{}', credentials: 'include', headers },
        ] as const,
      );
    }

    it.each(['127.0.0.1', 'localhost'])('lets no other page at %s use the cookie', async host => {
      const page = await signedIn();
      const other = createServer((_, res) => res.end()).listen(0, '127.0.0.1');
      try {
        await new Promise(resolve => other.once('listening', resolve));
        const attacker = await openPage(`http://${host}:${(other.address() as AddressInfo).port}`);
        expect(await refreshFrom(attacker)).toBe('TypeError');
        expect(faults.splice(0).join('\n')).toContain('blocked by CORS policy');
      } finally {
        other.closeAllConnections();
        other.close();
      }
      expect(await refreshFrom(page)).toBe(200);
    });

    it('has a key that may call nothing but what the page needs', async () => {
      const auth = createAuthClient({
        baseUrl: front.url,
        signatureKey: key,
        clientId: 'web',
        now: app.clock.now,
      });
      const { access_token } = await auth.login(user);
      for (const [method, path] of [
        ['POST', '/auth/introspect'],
        ['POST', '/auth/forgot-password'],
        ['POST', '/auth/change-password'],
        ['DELETE', '/auth/account'],
      ] as const) {
        const body = { token: access_token, email: user.email, password: user.password };
        await expect(auth.request(method, path, { body })).rejects.toMatchObject({
          status: 403,
          code: 'insufficient_role',
        });
      }
      expect((await auth.profile()).user.id).toBe(user.id);
    });
  });
});
