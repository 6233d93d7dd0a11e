import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { request as plainRequest } from 'node:http';
import { connect } from 'node:http2';
import { type RequestOptions, request as tlsRequest } from 'node:https';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../support/checkout.ts';
import { startTestApp, type TestApp } from '../support/harness.ts';
import { NEW_KEY } from '../support/newKey.ts';
import { findNginx, startNginx } from '../support/nginx.ts';

const sample = readFileSync('docs/nginx.conf', 'utf8');
const HOST = 'auth.example.com';
/** An address of its own for the client, so that it differs from the proxy's. */
const CLIENT = '127.0.0.2';

const nginx = findNginx();

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** nginx as the sample sets it up, but for ports, paths and, where there are more, servers. */
async function startProxy(upstreams: number[]) {
  const [tls, plain] = [await freePort(), await freePort()];
  const ports: Record<string, string> = { '80': `127.0.0.1:${plain}`, '443': `127.0.0.1:${tls}` };
  const [first, second] = upstreams;
  let certificate = '';
  const started = await startNginx(nginx ?? '', directory => {
    const key = join(directory, 'key.pem');
    certificate = join(directory, 'cert.pem');
    const subject = ['-subj', `/CN=${HOST}`, '-addext', `subjectAltName=DNS:${HOST}`, '-days', '1'];
    spawnSync('openssl', ['req', '-x509', ...NEW_KEY, ...subject, '-keyout', key, '-out', certificate]);
    return sample
      .replace(/^ *listen \[::\].*$/gm, '')
      .replace(/listen (80|443)\b/g, (_, port: string) => `listen ${ports[port]}`)
      .replace('127.0.0.1:3000', `127.0.0.1:${first}`)
      .replace('# server 127.0.0.1:3001', `${second ? '' : '#'} server 127.0.0.1:${second}`)
      .replace(/\/etc\/ssl\/.*\/fullchain\.pem/, certificate)
      .replace(/\/etc\/ssl\/.*\/privkey\.pem/, key);
  });
  const ca = await readFile(certificate);

  return {
    tls,
    plain,
    ca,

    /** Over TLS and HTTP/1.1; the path goes out as it is written here. */
    call(method: string, path: string, options: RequestOptions = {}, body = ''): Promise<Answer> {
      const server = { host: '127.0.0.1', port: tls, servername: HOST, ca, localAddress: CLIENT };
      const headers = { Host: HOST, ...options.headers };
      return answer(tlsRequest({ ...server, method, path, agent: false, ...options, headers }), body);
    },

    stop: started.stop,
  };
}

function answer(sent: ReturnType<typeof plainRequest>, body = ''): Promise<Answer> {
  return new Promise((resolve, reject) => {
    sent.once('error', reject);
    sent.once('response', async res => {
      resolve({ status: res.statusCode ?? 0, headers: res.headers, body: await text(res) });
    });
    sent.end(body);
  });
}

describe.skipIf(!nginx)('the nginx sample', () => {
  let app: TestApp;
  let proxy: Awaited<ReturnType<typeof startProxy>>;
  let user: { email: string; password: string };

  beforeAll(async () => {
    const [, trusted = ''] = /TRUST_PROXY=(\S+)/.exec(sample) ?? [];
    app = await startTestApp('embedded', { TRUST_PROXY: trusted, CONCURRENT_LOGIN: 'true' });
    proxy = await startProxy([Number(new URL(app.origin).port)]);
    user = await app.register();
  });
  afterAll(async () => {
    await proxy.stop();
    await app.close();
  });

  function signed(method: string, path: string, body = '', headers: Record<string, string> = {}) {
    const type = body ? { 'Content-Type': 'application/json' } : {};
    return { headers: { ...app.sign(method, path, body), ...type, ...headers } };
  }

  function logIn(headers: Record<string, string> = {}, localAddress = CLIENT): Promise<Answer> {
    const body = JSON.stringify(user);
    const options = { localAddress, ...signed('POST', '/auth/login', body, headers) };
    return proxy.call('POST', '/auth/login', options, body);
  }

  /** The address that the API keeps for the session of a login. */
  async function addressOf({ body }: Answer): Promise<string> {
    const token = JSON.parse(body).access_token;
    const { body: listed } = await app.call('GET', '/auth/sessions', { token });
    return listed.sessions.find((session: { current: boolean }) => session.current).ip;
  }

  function pathLogged(id: string): string | undefined {
    const lines = app.logged().trim().split('\n');
    return lines.map(line => JSON.parse(line)).find(line => line.request_id === id && line.path)?.path;
  }

  it('takes a signed login to the API, with the address of the client', async () => {
    const login = await logIn();
    expect(login.status, login.body).toBe(200);
    expect(await addressOf(login)).toBe(CLIENT);
    expect(login.headers['strict-transport-security']).toMatch(/^max-age=31536000/);
  });

  it('speaks HTTP/2', async () => {
    const session = connect(`https://127.0.0.1:${proxy.tls}`, { servername: HOST, ca: proxy.ca });
    const body = JSON.stringify(user);
    const head = { ':method': 'POST', ':path': '/auth/login', ':authority': HOST };
    const stream = session.request({ ...head, ...signed('POST', '/auth/login', body).headers });
    stream.end(body);
    const [headers] = await once(stream, 'response');
    expect(headers[':status']).toBe(200);
    await text(stream);
    session.close();
  });

  it('refuses what is older than TLS 1.2', async () => {
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    await expect(proxy.call('GET', '/health/live', old)).rejects.toThrow(/protocol/i);
  });

  it('sends plain HTTP to HTTPS, method and path kept', async () => {
    const target = { host: '127.0.0.1', port: proxy.plain, path: '/auth/login?a=1', method: 'POST' };
    const { status, headers } = await answer(plainRequest({ ...target, headers: { Host: 'evil.example' } }));
    expect([status, headers.location]).toEqual([308, `https://${HOST}/auth/login?a=1`]);
  });

  it('lets no client claim another address', async () => {
    const claims = {
      'X-Forwarded-For': '203.0.113.9, 127.0.0.1',
      'X-Real-IP': '203.0.113.9',
      Forwarded: 'for=203.0.113.9',
    };
    expect(await addressOf(await logIn(claims))).toBe(CLIENT);
    // Not even one that comes from where the proxy is.
    expect(await addressOf(await logIn(claims, '127.0.0.1'))).toBe('127.0.0.1');
    // Nor one that reaches the API without the proxy.
    const body = JSON.stringify(user);
    const direct = { host: '127.0.0.1', port: new URL(app.origin).port, localAddress: CLIENT };
    const { headers } = signed('POST', '/auth/login', body, claims);
    const sent = plainRequest({ ...direct, method: 'POST', path: '/auth/login', headers });
    expect(await addressOf(await answer(sent, body))).toBe(CLIENT);
  });

  it.each([
    ['GET', '//metrics', 404],
    ['POST', '//auth/login', 404],
    ['POST', '/auth//login', 404],
    ['POST', '/auth/./login', 404],
    ['POST', '/auth/%2e/login', 404],
    ['POST', '/auth/x/../login', 404],
    ['POST', '/%61uth/login', 404],
    ['DELETE', '/auth/sessions/%2e', 400],
    ['DELETE', '/auth/sessions/a%2Fb', 400],
    ['DELETE', '/auth/sessions/%41', 401],
  ])('hands %s %s on as it came', async (method, path, status) => {
    const body = method === 'POST' ? JSON.stringify(user) : '';
    const id = `path-${Math.random()}`;
    const refused = await proxy.call(method, path, signed(method, path, body, { 'X-Request-Id': id }), body);
    expect(refused.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(refused.status).toBe(status);
    await expect.poll(() => pathLogged(id)).toBe(path);
  });

  it('passes the request id on, or gives one', async () => {
    const given = await proxy.call('GET', '/health/live', { headers: { 'X-Request-Id': 'mine-1' } });
    expect(given.headers['x-request-id']).toBe('mine-1');
    const made = await proxy.call('GET', '/health/live');
    expect(made.headers['x-request-id']).toMatch(/^[0-9a-f]{32}$/);
  });

  it('has the API’s limit for bodies', async () => {
    const send = async (bytes: number) => {
      const body = `{"email":"a@example.com","password":"p","pad":"${'x'.repeat(bytes)}`.slice(0, bytes - 2);
      const { status, headers } = await proxy.call(
        'POST',
        '/auth/login',
        signed('POST', '/auth/login', `${body}"}`),
        `${body}"}`,
      );
      return [status, headers['content-type']];
    };
    expect(await send(100 * 1024)).toEqual([401, expect.stringContaining('json')]);
    expect(await send(100 * 1024 + 1)).toEqual([413, 'text/html']);
    expect(await send(200 * 1024)).toEqual([413, 'text/html']);
  });

  it('keeps the metrics inside', async () => {
    for (const path of ['/metrics', '/metrics/', '/%6detrics', '/auth/%2e%2e/metrics']) {
      const id = `metrics-${Math.random()}`;
      const { status } = await proxy.call('GET', path, { headers: { 'X-Request-Id': id } });
      expect([status, pathLogged(id)], path).toEqual([404, undefined]);
    }
  });
});

describe.skipIf(!nginx)('a server that dies with a request in its hands', () => {
  it.each([
    ['POST', 1],
    ['PATCH', 1],
    ['DELETE', 1],
    ['GET', 2],
  ])('gets %s repeated so that %i servers have seen it', async (method, seen) => {
    const requests: string[] = [];
    const dying = [0, 1].map(() =>
      createServer(socket => {
        socket.once('data', data => {
          requests.push(String(data).split(' ', 1)[0] ?? '');
          socket.destroy();
        });
      }).listen(0, '127.0.0.1'),
    );
    await Promise.all(dying.map(server => once(server, 'listening')));
    const proxy = await startProxy(dying.map(server => (server.address() as AddressInfo).port));
    try {
      const { status } = await proxy.call(method, '/auth/profile', {}, method === 'GET' ? '' : '{}');
      expect([status, requests]).toEqual([502, Array(seen).fill(method)]);
    } finally {
      await proxy.stop();
      for (const server of dying) server.close();
    }
  });

  it('gets nothing any more, and the next server has what could not be sent', async () => {
    const app = await startTestApp('embedded');
    const proxy = await startProxy([await freePort(), Number(new URL(app.origin).port)]);
    try {
      const { name, email, password } = { name: 'Ada', email: 'ada@example.com', password: 'correct horse' };
      const body = JSON.stringify({ name, email, password });
      const headers = { ...app.sign('POST', '/auth/register', body), 'Content-Type': 'application/json' };
      expect((await proxy.call('POST', '/auth/register', { headers }, body)).status).toBe(201);
    } finally {
      await proxy.stop();
      await app.close();
    }
  });
});
