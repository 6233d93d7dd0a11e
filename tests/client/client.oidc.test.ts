import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuthApiError, type AuthClient, createAuthClient } from '../../client/index.ts';
import { startTestApp, type TestApp } from '../support/harness.ts';
import { APP_URL, callbackOf, createUserAgent, providerSettings } from '../support/oidc.ts';
import { type RunningProvider, startOidcProvider } from '../support/oidcProvider.ts';

describe('sign-in with a provider by the client library', () => {
  let provider: RunningProvider;
  let app: TestApp;
  beforeAll(async () => {
    provider = await startOidcProvider();
    app = await startTestApp('embedded', {
      ...{ APP_URL, CONCURRENT_LOGIN: 'true', OIDC_PROVIDERS: providerSettings({ local: provider }) },
    });
    provider.serve([callbackOf(app, 'local')]);
    provider.users.ada = { email: 'ada@example.com', email_verified: true };
    provider.loggedIn = 'ada';
  });
  afterAll(async () => {
    await app?.close();
    await provider?.stop();
  });

  /** A client whose fetch keeps cookies as the browser of the agent does. */
  function clientOf(agent: ReturnType<typeof createUserAgent>): AuthClient {
    let now = app.clock.now();
    return createAuthClient({
      baseUrl: app.origin,
      signatureKey: app.env.SIGNATURE_KEY,
      now: () => now++,
      async fetch(input, init = {}) {
        if (init.credentials !== 'include') return fetch(input, init);
        const headers = new Headers(init.headers);
        headers.set('Cookie', agent.cookieFor(new URL(String(input))));
        const response = await fetch(input, { ...init, headers });
        agent.keep(new URL(String(input)), response.headers.getSetCookie());
        return response;
      },
    });
  }

  it('logs in, links and unlinks', async () => {
    const agent = createUserAgent(app);
    const client = clientOf(agent);
    expect(await client.oidcProviders()).toEqual({ providers: [{ name: 'local' }] });
    const start = client.oidcStartUrl('local', { returnTo: `${APP_URL}/a b` });
    const begun = await agent.call('GET', agent.pathOf(start));
    const page = await agent.callback(await agent.visit(String(begun.headers.location)));
    expect(page.pathname).toBe('/app/a%20b');
    const code = page.searchParams.get('code') ?? '';
    const { user } = await client.loginOidc({ code, deviceName: 'Laptop' });
    expect(user.email).toBe('ada@example.com');
    expect((await client.sessions()).sessions.map(({ device_name }) => device_name)).toEqual(['Laptop']);
    const used = await client.loginOidc({ code }).catch(error => error);
    expect([used instanceof AuthApiError, used.code]).toEqual([true, 'invalid_credentials']);

    provider.loggedIn = 'second';
    const { authorization_url } = await client.linkIdentity('local', { returnTo: `${APP_URL}/b` });
    const linked = await agent.callback(await agent.visit(authorization_url));
    expect(linked.href).toBe(`${APP_URL}/b?linked=local`);
    const [first, ...more] = (await client.identities()).identities;
    expect(more).toEqual([
      { id: expect.any(Number), provider: 'local', linked_at: expect.stringMatching(/Z$/) },
    ]);
    await client.unlinkIdentity(first?.id ?? 0);
    expect((await client.unlinkIdentity(more[0]?.id ?? 0).catch(error => error)).code).toBe('link_required');
    expect(client.oidcStartUrl('a/b')).toBe(`${app.origin}/auth/oidc/a%2Fb/start`);
  });
});
