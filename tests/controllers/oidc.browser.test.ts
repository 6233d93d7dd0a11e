import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findChromium, launchChromium } from '../support/browser.ts';
import { startTestApp, type TestApp } from '../support/harness.ts';
import { callbackOf, createUserAgent, providerSettings } from '../support/oidc.ts';
import { type RunningProvider, startOidcProvider } from '../support/oidcProvider.ts';

const chromium = findChromium();

/** Runs in the page. */
async function send(request: {
  url: string;
  method: string;
  headers: Record<string, string>;
  body: string;
}): Promise<{ status: number; body: string; cookie: string }> {
  const { url, ...init } = request;
  const answer = await fetch(url, { ...init, credentials: 'include' });
  return { status: answer.status, body: await answer.text(), cookie: answer.headers.get('set-cookie') ?? '' };
}

describe.runIf(chromium)('sign-in with a provider in Chromium', () => {
  let pages: Server;
  let provider: RunningProvider;
  let app: TestApp;
  let browser: Browser;
  let context: BrowserContext;
  let appUrl: string;
  /** The Referer of each request for a page. */
  const referers: (string | undefined)[] = [];
  let number = 0;

  beforeAll(async () => {
    pages = createServer((req, res) => {
      referers.push(req.headers.referer);
      res.setHeader('Content-Type', 'text/html');
      res.end('<!doctype html><title>A page</title>');
    });
    await new Promise<void>(resolve => pages.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(pages.address() as AddressInfo).port}`;
    appUrl = `${origin}/app`;
    provider = await startOidcProvider();
    app = await startTestApp('embedded', {
      ...{ APP_URL: appUrl, CORS_ORIGIN: origin, OIDC_PROVIDERS: providerSettings({ local: provider }) },
    });
    provider.serve([callbackOf(app, 'local')]);
    browser = await launchChromium(chromium ?? '', ['--no-proxy-server']);
  });
  afterAll(async () => {
    await browser?.close();
    pages?.closeAllConnections();
    pages?.close();
    await app?.close();
    await provider?.stop();
  });
  beforeEach(async () => {
    context = await browser.newContext();
    provider.loggedIn = null;
    referers.length = 0;
  });
  afterEach(() => context.close());

  function newcomer(): string {
    const sub = `user-${++number}`;
    provider.users[sub] = { email: `${sub}@example.com`, email_verified: true };
    return sub;
  }

  /** Opens the provider's form, by the start unless another URL is given. */
  async function openForm(url = `${app.origin}/auth/oidc/local/start?return_to=/app/welcome`): Promise<Page> {
    const page = await context.newPage();
    await page.goto(url);
    expect(new URL(page.url()).origin).toBe(provider.issuer);
    return page;
  }

  async function logIn(page: Page, sub: string): Promise<URL> {
    await page.fill('input[name=login]', sub);
    await page.click('button:not([name])');
    await page.waitForURL(`${appUrl}/**`);
    return new URL(page.url());
  }

  /** Has the page send a signed request. */
  async function post(page: Page, path: string, value: object, token?: string) {
    const body = JSON.stringify(value);
    const headers = {
      ...app.sign('POST', path, body),
      'Content-Type': 'application/json',
      ...(token && { Authorization: `Bearer ${token}` }),
    };
    const answer = await page.evaluate(send, { url: app.origin + path, method: 'POST', headers, body });
    return { ...answer, json: JSON.parse(answer.body) };
  }

  const exchange = (page: Page) =>
    post(page, '/auth/oidc/token', { code: new URL(page.url()).searchParams.get('code') });

  const ownCookies = async () =>
    (await context.cookies()).filter(
      ({ name, domain }) => name.startsWith('oidc_') && domain === '127.0.0.1',
    );

  it('goes the whole way', async () => {
    const sub = newcomer();
    const page = await openForm();
    expect(await ownCookies()).toEqual([
      expect.objectContaining({ path: '/auth/oidc', httpOnly: true, sameSite: 'Lax' }),
    ]);
    const url = await logIn(page, sub);
    expect([url.pathname, [...url.searchParams.keys()]]).toEqual(['/app/welcome', ['code']]);
    expect(referers[0]).toBeUndefined();
    expect(await page.evaluate('document.referrer + document.cookie')).toBe('');

    const { status, json, cookie } = await exchange(page);
    expect([status, json.user.email, cookie]).toEqual([200, `${sub}@example.com`, '']);
    expect(await ownCookies()).toEqual([]);
    expect((await exchange(page)).json.code).toBe('invalid_credentials');
    expect((await app.call('GET', '/auth/profile', { token: json.access_token })).status).toBe(200);
  });

  it('comes back with an error when the user cancels', async () => {
    const page = await openForm();
    await page.click('button[name=cancel]');
    await page.waitForURL(`${appUrl}/**`);
    expect(page.url()).toBe(`${appUrl}/welcome?error=invalid_credentials`);
    expect(await ownCookies()).toEqual([]);
  });

  it('keeps two tabs apart', async () => {
    const [first, second] = [newcomer(), newcomer()];
    const [one, two] = [await openForm(), await openForm()];
    await logIn(two, second);
    await logIn(one, first);
    expect((await exchange(one)).json.user.email).toBe(`${first}@example.com`);
    expect((await exchange(two)).json.user.email).toBe(`${second}@example.com`);
  });

  it('links an identity from a page', async () => {
    const user = await app.register();
    const token = await app.login(user);
    const page = await context.newPage();
    await page.goto(appUrl);
    const body = { password: user.password, return_to: `${appUrl}/settings` };
    const { status, json } = await post(page, '/auth/oidc/local/link', body, token);
    expect(status).toBe(200);
    const form = await openForm(json.authorization_url);
    expect((await logIn(form, newcomer())).href).toBe(`${appUrl}/settings?linked=local`);
    const { identities } = (await app.call('GET', '/auth/oidc/identities', { token })).body;
    expect(identities).toEqual([expect.objectContaining({ provider: 'local' })]);
  });

  describe('an attacker with an account of their own', () => {
    let attacker: ReturnType<typeof createUserAgent>;
    let evil: Page;
    beforeEach(async () => {
      attacker = createUserAgent(app);
      provider.loggedIn = newcomer();
      evil = await context.newPage();
      await evil.route('http://evil.example/', route =>
        route.fulfill({ contentType: 'text/html', body: '<title>A kitten</title>' }),
      );
      await evil.goto('http://evil.example/');
    });

    /** The victim follows a link of the attacker's page. */
    async function follow(href: string): Promise<void> {
      await evil.setContent(`<a href="${href.replaceAll('&', '&amp;')}">A kitten</a>`);
      await Promise.all([evil.waitForNavigation(), evil.click('a')]);
    }

    it('does not log the victim in with their callback', async () => {
      const callback = await attacker.visit(await attacker.start('local'));
      for (const victim of ['without a sign-in', 'with a sign-in of their own']) {
        if (victim.startsWith('with a')) await openForm();
        provider.loggedIn = null;
        await follow(callback);
        expect(JSON.parse(await evil.innerText('body'))).toMatchObject({ code: 'validation_failed' });
        await evil.goto('http://evil.example/');
      }
    });

    it('does not log the victim in with their code', async () => {
      const page = await attacker.signIn('local');
      await follow(page.href);
      expect((await exchange(evil)).json.code).toBe('invalid_credentials');
      expect((await attacker.token(page)).status).toBe(200); // it was good for the attacker alone
    });

    it('does not learn the code by starting a sign-in of the victim', async () => {
      await follow(`${app.origin}/auth/oidc/local/start?return_to=http://evil.example/`);
      expect(JSON.parse(await evil.innerText('body'))).toMatchObject({ code: 'validation_failed' });
      expect(await ownCookies()).toEqual([]);
    });
  });
});
