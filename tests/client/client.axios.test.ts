import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import axios, { type AxiosError, type AxiosInstance } from 'axios';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { attachAuth } from '../../client/axios.ts';
import {
  AuthApiError,
  type AuthClient,
  type AuthClientOptions,
  createAuthClient,
} from '../../client/index.ts';
import { startTestApp, type TestApp } from '../support/harness.ts';

const HOUR = 3_600_000;

/** What the promise rejects with. */
function failure(promise: Promise<unknown>): Promise<AxiosError<{ code: string }>> {
  return promise.then(
    () => expect.fail('resolved'),
    error => error,
  );
}

describe.each(['http', 'fetch'] as const)('an Axios instance with auth, by its %s adapter', adapter => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp('embedded', { CONCURRENT_LOGIN: 'true' });
  });
  afterAll(() => app.close());

  let clients = 0;
  /** An instance, the client it goes with, and the paths the client itself asks for. */
  async function attached(options: Partial<AuthClientOptions> = {}) {
    const paths: string[] = [];
    const onSignedOut = vi.fn();
    const ahead = 100 * clients++;
    const client = createAuthClient({
      baseUrl: app.origin,
      signatureKey: app.env.SIGNATURE_KEY,
      now: () => app.clock.now() + ahead,
      sleep: () => expect.fail('nothing here has to wait'),
      fetch: (input, init) => {
        paths.push(new URL(String(input)).pathname);
        return fetch(input, init);
      },
      onSignedOut,
      ...options,
    });
    const user = await app.register();
    await client.login(user);
    paths.length = 0;
    const instance = axios.create({ baseURL: app.origin, adapter });
    const detach = attachAuth(instance, client);
    return { client, user, instance, detach, onSignedOut, refreshes: () => paths.length };
  }

  /** Ends all sessions of the client's user elsewhere. */
  async function endElsewhere(user: { email: string; password: string }) {
    await app.call('POST', '/auth/logout-all', { token: await app.login(user) });
  }

  it('reads with the access token and changes with a signature', async () => {
    const { instance, user } = await attached();
    expect((await instance.get('/auth/profile')).data.user.id).toBe(user.id);
    const { data } = await instance.patch('/auth/profile', { name: 'Ünï 😀' }, { params: { page: 2 } });
    expect(data.user.name).toBe('Ünï 😀');
    expect((await instance.delete('/auth/sessions/nobody').catch(error => error.response)).status).toBe(404);
    expect((await instance.post('/auth/logout')).status).toBe(204);
  });

  it('signs what goes out in the end, whatever changed it before', async () => {
    const { instance } = await attached();
    instance.interceptors.request.use(config => {
      config.data = { ...config.data, name: `${config.data.name} Lovelace` };
      return config;
    });
    const spaced = (data: unknown) => JSON.stringify(data, null, 2);
    const { data } = await instance.patch(
      '/auth/profile',
      { name: 'Ada' },
      { transformRequest: spaced, headers: { 'Content-Type': 'application/json' } },
    );
    expect(data.user.name).toBe('Ada Lovelace');
    expect((await instance.patch('/auth/profile', { name: '  trimmed  ' })).data.user.name).toBe(
      'trimmed   Lovelace',
    );
  });

  it('signs the path that goes out, prefix included', async () => {
    const { client } = await attached();
    const instance = axios.create({ baseURL: `${app.origin}/api/`, adapter });
    attachAuth(instance, client);
    expect((await instance.patch('auth/profile', { name: 'Prefixed' })).status).toBe(200);
  });

  it('refreshes once, together with the client', async () => {
    const { instance, client, refreshes } = await attached();
    app.clock.advance(HOUR);
    const statuses = await Promise.all([
      ...Array.from({ length: 20 }, () => instance.get('/auth/profile').then(({ status }) => status)),
      ...Array.from({ length: 5 }, () =>
        instance.patch('/auth/profile', { name: 'A' }).then(({ status }) => status),
      ),
      client.profile().then(() => 200),
    ]);
    expect(statuses).toEqual(Array(26).fill(200));
    expect(refreshes()).toBe(1 + 2); // and the client's own call, which it made twice
  });

  it.each(['arraybuffer', 'stream', 'json', 'text'] as const)(
    'refreshes for a call that wants its answer as %s',
    async responseType => {
      const { instance, refreshes } = await attached();
      app.clock.advance(HOUR);
      expect((await instance.get('/auth/profile', { responseType })).status).toBe(200);
      expect(refreshes()).toBe(1);
    },
  );

  it('refreshes for a call that takes no status for an error', async () => {
    const { instance, user, refreshes } = await attached({});
    const validateStatus = () => true;
    app.clock.advance(HOUR);
    expect((await instance.get('/auth/profile', { validateStatus })).status).toBe(200);
    expect(refreshes()).toBe(1);
    await endElsewhere(user);
    expect((await instance.get('/auth/profile', { validateStatus })).data.code).toBe('token_revoked');
  });

  it('sets the clock by the API', async () => {
    let ahead = 0;
    const { instance } = await attached({ now: () => app.clock.now() + ahead });
    ahead = HOUR;
    expect((await instance.patch('/auth/profile', { name: 'In time' })).status).toBe(200);
  });

  it('rejects with the AxiosError of the call when the API refuses it', async () => {
    const { instance, client, user, onSignedOut } = await attached();
    const invalid = await failure(instance.patch('/auth/profile', { name: '' }));
    expect(axios.isAxiosError(invalid)).toBe(true);
    expect([invalid.response?.status, invalid.response?.data.code]).toEqual([422, 'validation_failed']);
    await endElsewhere(user);
    expect((await failure(instance.get('/auth/profile'))).response?.data.code).toBe('token_revoked');
    expect([client.signedIn, onSignedOut.mock.calls]).toEqual([false, [['token_revoked']]]);
  });

  it('leaves a refusal to be read by a call that wants a stream', async () => {
    const { instance } = await attached();
    const error = await failure(instance.get('/auth/nothing', { responseType: 'stream' }));
    expect(error.response?.data).toContain('not_found');
  });

  it('rejects with an AxiosError that names the refresh that failed', async () => {
    const { instance, user, onSignedOut } = await attached();
    await endElsewhere(user);
    app.clock.advance(HOUR);
    const errors = await Promise.all(Array.from({ length: 5 }, () => failure(instance.get('/auth/profile'))));
    for (const error of errors) {
      expect(axios.isAxiosError(error)).toBe(true);
      expect(error.cause).toBeInstanceOf(AuthApiError);
      expect(error.cause).toMatchObject({ code: 'refresh_invalid' });
      expect([error.response?.status, error.response?.data.code]).toEqual([401, 'token_expired']);
    }
    expect(onSignedOut.mock.calls).toEqual([['refresh_invalid']]);
  });

  it('rejects with the AxiosError of a network that is down, and of a signal', async () => {
    const { instance, client } = await attached();
    const port = await closedPort();
    const lost = axios.create({ baseURL: `http://127.0.0.1:${port}`, adapter });
    attachAuth(lost, { ...client, baseUrl: `http://127.0.0.1:${port}` } as AuthClient);
    expect((await failure(lost.get('/auth/profile'))).code).toBe(
      adapter === 'http' ? 'ECONNREFUSED' : 'ERR_NETWORK',
    );
    expect((await failure(instance.get('/auth/profile', { signal: AbortSignal.abort() }))).code).toBe(
      'ERR_CANCELED',
    );
  });

  it('refuses to send a change that it cannot sign', async () => {
    const { instance } = await attached();
    const form = new FormData();
    form.set('name', 'Ada');
    expect((await failure(instance.patch('/auth/profile', form))).code).toBe('ERR_NOT_SUPPORT');
  });

  it('shows neither token nor signature to other origins', async () => {
    const { instance } = await attached();
    const seen: string[][] = [];
    const foreign = createServer((req, res) => {
      seen.push(Object.keys(req.headers));
      res.end('{}');
    });
    await new Promise<void>(resolve => foreign.listen(0, '127.0.0.1', resolve));
    try {
      const url = `http://127.0.0.1:${(foreign.address() as AddressInfo).port}/auth/profile`;
      await instance.get(url);
      await instance.post(url, { a: 1 });
    } finally {
      foreign.closeAllConnections();
      foreign.close();
    }
    expect(seen).toHaveLength(2);
    for (const name of ['authorization', 'x-signature', 'x-timestamp'])
      expect(seen.flat()).not.toContain(name);
  });

  it('guards a call once that is made again from its own config', async () => {
    const { instance, client, detach } = await attached();
    const guard = vi.fn(client.guard);
    const counted: AxiosInstance = axios.create({ baseURL: app.origin, adapter });
    detach();
    attachAuth(counted, { ...client, guard } as AuthClient);
    attachAuth(counted, { ...client, guard } as AuthClient);
    const { config } = await counted.patch('/auth/profile', { name: 'Once' });
    expect((await counted.request(config)).status).toBe(200);
    expect(guard).toHaveBeenCalledTimes(2);
    expect((await failure(instance.get('/auth/profile'))).response?.data.code).toBe('token_missing');
  });
});

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise(resolve => server.close(resolve));
  return port;
}
