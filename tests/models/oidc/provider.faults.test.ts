import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { bareEnvironment, freePort, type RunningProcess, run } from '../../support/checkout.ts';
import { FAULT_ROUNDS, followFault } from '../../support/faults/faultTable.ts';
import { type RegisteredUser, startTestApp, type TestApp } from '../../support/harness.ts';
import { APP_URL, callbackOf, createUserAgent, providerSettings } from '../../support/oidc.ts';
import { startOidcProvider } from '../../support/oidcProvider.ts';

const client = { client_id: 'api', client_secret: 'the secret of the client' };
const ada = { email: 'ada@example.com', email_verified: true };

describe('a provider that fails', { repeats: FAULT_ROUNDS - 1 }, () => {
  let port: number;
  let app: TestApp;
  let user: RegisteredUser;
  let provider: RunningProcess | undefined;
  beforeAll(async () => {
    port = await freePort();
    const local = { issuer: `http://localhost:${port}`, client };
    app = await startTestApp('embedded', {
      ...{ APP_URL, CONCURRENT_LOGIN: 'true' },
      // The metadata of the second are only asked for while the process is stopped.
      OIDC_PROVIDERS: providerSettings({ local, unknown: local }),
    });
    user = await app.register();
  });
  afterAll(() => app?.close());
  afterEach(async () => {
    provider?.child.kill('SIGKILL');
    await provider?.exited;
  });

  async function startProcess(): Promise<void> {
    const args = [String(port), JSON.stringify(client), callbackOf(app, 'local'), JSON.stringify(ada)];
    provider = run(process.execPath, ['--import', 'tsx', 'tests/support/oidcProviderProcess.ts', ...args], {
      env: bareEnvironment(),
    });
    await provider.printed('the provider listens');
  }

  const start = (provider = 'local') => app.call('GET', `/auth/oidc/${provider}/start`);
  const isAway =
    (provider: string) =>
    ({ status, body }: Awaited<ReturnType<typeof start>>) =>
      status === 503 && body.code === 'store_unavailable' && body.detail.includes(`Provider ${provider} `);

  /** The metadata is kept for an hour. */
  const forgetMetadata = () => app.clock.advance(3_600_000);

  it('is a 503 that names it while it is killed, and works again without a restart', async ({ task }) => {
    const fault = followFault(task, 'OpenID Provider killed');
    forgetMetadata();
    fault.tried();
    await fault.judge(start(), isAway('local'));
    expect(await app.login(user)).toMatch(/./);
    await startProcess();
    await fault.recovered(
      () => start(),
      ({ status }) => status === 302,
    );
    const agent = createUserAgent(app);
    expect((await agent.token(await agent.signIn('local'))).status).toBe(200);
  });

  it('is a 503 after its deadline while it is stopped, and logins with passwords go on', async ({ task }) => {
    const fault = followFault(task, 'OpenID Provider stopped');
    await startProcess();
    const agent = createUserAgent(app);
    const begun = await agent.visit(await agent.start('local'));
    provider?.child.kill('SIGSTOP');
    fault.tried();
    const callback = agent.callback(begun);
    const judged = fault.judge(start('unknown'), isAway('unknown'));
    expect(await app.login(user)).toMatch(/./);
    expect((await callback).search).toBe('?error=store_unavailable');
    await judged;
    provider?.child.kill('SIGCONT');
    forgetMetadata();
    await fault.recovered(
      () => start(),
      ({ status }) => status === 302,
    );
    expect((await agent.token(await agent.signIn('local'))).status).toBe(200);
  });
});

describe('a provider with a new key', () => {
  it('logs in at once', async () => {
    const provider = await startOidcProvider();
    const app = await startTestApp('embedded', {
      APP_URL,
      OIDC_PROVIDERS: providerSettings({ local: provider }),
    });
    try {
      provider.users.ada = ada;
      provider.loggedIn = 'ada';
      for (const _ of ['first key', 'second key', 'third key']) {
        provider.serve([callbackOf(app, 'local')]);
        const agent = createUserAgent(app);
        expect((await agent.token(await agent.signIn('local'))).status).toBe(200);
      }
    } finally {
      await app.close();
      await provider.stop();
    }
  });
});
