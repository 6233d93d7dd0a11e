import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../errors.ts';
import { createHttpServer, type HttpLimits, httpLimits } from '../../http/server.ts';
import { createLogger } from '../../telemetry/logger.ts';
import { bareEnvironment, freePort, programFolder, type RunningProcess, run } from '../support/checkout.ts';
import { startTestApp } from '../support/harness.ts';
import { type RawAnswer, talk } from '../support/rawHttp.ts';

const HOST = 'Host: localhost';
const live = (...headers: string[]) => message('GET /health/live HTTP/1.1', HOST, ...headers);
const login = (...headers: string[]) => message('POST /auth/login HTTP/1.1', HOST, ...headers);
/** A signature that is only well-formed: with it the server reads the body. */
const looksSigned = (time: number) => [`X-Signature: ${'a'.repeat(64)}`, `X-Timestamp: ${time}`];

function message(...lines: string[]): string {
  return `${lines.join('\r\n')}\r\n\r\n`;
}

function expectRefusal(answer: RawAnswer | undefined, status: number, code: ErrorCode): void {
  expect(answer).toMatchObject({
    status,
    headers: {
      'content-type': 'application/problem+json; charset=utf-8',
      'cache-control': 'no-store',
      connection: 'close',
      'x-request-id': expect.any(String),
    },
    body: {
      type: `/docs/errors#${code}`,
      status,
      code,
      title: expect.any(String),
      detail: expect.any(String),
    },
  });
}

describe('over a raw connection the built server', () => {
  let remove: () => Promise<void>;
  let server: RunningProcess;
  let port: number;
  const key = 'k'.repeat(32);

  beforeAll(async () => {
    const checkout = await programFolder();
    remove = checkout.remove;
    port = await freePort();
    server = run(process.execPath, ['dist/server.js'], {
      cwd: checkout.directory,
      env: bareEnvironment({
        PORT: String(port),
        JWT_SECRET: 'j'.repeat(32),
        SIGNATURE_KEY: key,
        MAX_CONNECTIONS: '20',
      }),
    });
    await server.printed('"listening"');
  });
  afterAll(async () => {
    server.child.kill('SIGTERM');
    expect(await server.exited).toBe(0);
    await remove();
  });

  it.each<[string, string]>([
    ['two equal Content-Lengths', login('Content-Length: 2', 'Content-Length: 2')],
    ['two different Content-Lengths', login('Content-Length: 2', 'Content-Length: 3')],
    ['a list as Content-Length', login('Content-Length: 2, 2')],
    ['Content-Length and Transfer-Encoding', login('Content-Length: 2', 'Transfer-Encoding: chunked')],
    ['Transfer-Encoding and Content-Length', login('Transfer-Encoding: chunked', 'Content-Length: 2')],
    ['an unknown Transfer-Encoding', login('Transfer-Encoding: xchunked')],
    ['two Transfer-Encodings', login('Transfer-Encoding: identity', 'Transfer-Encoding: chunked')],
    ['no Host', message('GET /health/live HTTP/1.1')],
    ['two Hosts', live(HOST)],
    ['lines that end in a bare LF', 'GET /health/live HTTP/1.1\nHost: localhost\n\n'],
    ['a header that ends in a bare LF', live('X-A: b\nX-B: c')],
    ['a bare CR in a header', live('X-A: b\rX-B: c')],
    ['a folded header', live('X-A: b\r\n c')],
    ['a space before the colon', live('Content-Length : 0')],
    ['a NUL in a header', live('X-A: b\0')],
    ['a control character in the path', message('GET /health/\x01live HTTP/1.1', HOST)],
    ['a method in lower case', message('get /health/live HTTP/1.1', HOST)],
    ['HTTP/1.2', message('GET /health/live HTTP/1.2', HOST)],
    ['the beginning of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['the beginning of TLS', '\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03'],
    ['chunks that are none', `${login(...looksSigned(Date.now()), 'Transfer-Encoding: chunked')}zz\r\n\r\n`],
    ['CONNECT', message('CONNECT example.com:443 HTTP/1.1', 'Host: example.com:443')],
  ])('refuses %s with 400 and closes', async (_, bytes) => {
    const { answers, ended } = await talk(port, bytes);
    expectRefusal(answers[0], 400, 'malformed_request');
    expect(answers).toHaveLength(1);
    expect(ended).toBe('FIN');
  });

  it.each([
    ['headers of 20 KB', live(`X-A: ${'a'.repeat(20_000)}`)],
    ['101 headers', live(...Array(100).fill('X-A: b'))],
    ['3000 headers', live(...Array(3000).fill('X:'))],
  ])('refuses %s with 431 and closes', async (_, bytes) => {
    const { answers, ended } = await talk(port, bytes);
    expectRefusal(answers[0], 431, 'headers_too_large');
    expect(answers).toHaveLength(1);
    expect(ended).toBe('FIN');
  });

  it('refuses endless chunk extensions with 413', async () => {
    const head = login(...looksSigned(Date.now()), 'Transfer-Encoding: chunked');
    const { answers } = await talk(port, `${head}1;${'a'.repeat(20_000)}\r\n`);
    expectRefusal(answers[0], 413, 'payload_too_large');
  });

  it('survives clients that reset the connection after a refused CONNECT', async () => {
    for (let round = 0; round < 5; round++) {
      const socket = connect(port, '127.0.0.1');
      socket.write(message('CONNECT example.com:443 HTTP/1.1', HOST));
      await once(socket, 'data');
      socket.resetAndDestroy();
      const { answers } = await talk(port, live('Connection: close'));
      expect(answers.map(({ status }) => status)).toEqual([200]);
    }
  });

  it('logs what it refuses', () => {
    expect(server.output()).toMatch(/"status":431,"code":"headers_too_large","reason":"[^"]+","ip":"127/);
  });

  it.each<[string, string, number]>([
    ['100 headers', live(...Array(98).fill('X-A: b'), 'Connection: close'), 200],
    ['HTTP/1.0 without Host', message('GET /health/live HTTP/1.0'), 200],
    [
      'an absolute-form target',
      message('GET http://localhost/health/live HTTP/1.1', HOST, 'Connection: close'),
      200,
    ],
    ['an empty line before the request', `\r\n${live('Connection: close')}`, 200],
    ['a GET with a body', `${live('Content-Length: 5', 'Connection: close')}hello`, 200],
    ['an expectation other than 100-continue', live('Expect: tea', 'Connection: close'), 200],
    ['a wish to upgrade', live('Upgrade: websocket', 'Connection: Upgrade, close'), 200],
    ['TRACE', message('TRACE /health/live HTTP/1.1', HOST, 'Connection: close'), 405],
    ['OPTIONS *', message('OPTIONS * HTTP/1.1', HOST, 'Connection: close'), 404],
  ])('answers %s', async (_, bytes, status) => {
    const { answers, ended } = await talk(port, bytes);
    expect(answers.map(answer => answer.status)).toEqual([status]);
    expect(ended).toBe('FIN');
  });

  it('tells TRACE nothing of the request', async () => {
    const bytes = message('TRACE /health/live HTTP/1.1', HOST, 'Cookie: secret=1', 'Connection: close');
    expect(JSON.stringify(await talk(port, bytes))).not.toContain('secret');
  });

  it('refuses to sign for an absolute-form target', async () => {
    const head = message(
      'POST http://localhost/auth/login HTTP/1.1',
      HOST,
      ...looksSigned(Date.now()),
      'Content-Length: 0',
      'Connection: close',
    );
    const { answers } = await talk(port, head);
    expect(answers[0]).toMatchObject({ status: 400, body: { code: 'malformed_request' } });
  });

  it('asks for the body where the client waits to be asked', async () => {
    const { answers } = await talk(port, [
      login(...looksSigned(Date.now()), 'Expect: 100-continue', 'Content-Length: 2', 'Connection: close'),
      '{}',
    ]);
    expect(answers.map(answer => answer.status)).toEqual([100, 415]);
  });

  it('answers two requests sent at once in their order', async () => {
    const { answers } = await talk(
      port,
      message('GET /health/ready HTTP/1.1', HOST) + live('Connection: close'),
    );
    expect(answers.map(answer => answer.body)).toEqual([
      { status: 'ok', checks: expect.anything() },
      { status: 'ok' },
    ]);
  });

  it('takes nothing that follows the last request of a connection', async () => {
    const { answers, ended } = await talk(port, live('Connection: close') + live());
    expect(answers.map(answer => answer.status)).toEqual([200]);
    expect(ended).toBe('FIN');
  });

  it('gives no request the answer to what follows it', async () => {
    const { answers, ended } = await talk(
      port,
      `${message('GET /health/ready HTTP/1.1', HOST)}garbage\r\n\r\n`,
    );
    expect(answers.map(answer => answer.status)).toEqual([200]);
    expect(ended).toBe('FIN');
  });

  it('answers with 400 what is malformed behind a request that was answered', async () => {
    const socket = connect(port, '127.0.0.1').setEncoding('latin1');
    socket.write(live());
    await once(socket, 'data');
    socket.write('garbage\r\n\r\n');
    const [answer] = await once(socket, 'data');
    socket.destroy();
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('drops connections beyond MAX_CONNECTIONS, and serves again when there is room', async () => {
    const sockets: Socket[] = [];
    for (let i = 0; i < 20; i++) {
      const socket = connect(port, '127.0.0.1');
      sockets.push(socket);
      socket.write(live());
      await once(socket, 'data');
    }
    const { answers, ended } = await talk(port, live());
    expect(answers).toEqual([]);
    expect(ended).toMatch(/^FIN|ECONNRESET|EPIPE$/);
    for (const socket of sockets) socket.destroy();
    await expect.poll(async () => (await talk(port, live('Connection: close'))).answers[0]?.status).toBe(200);
  });
});

describe('a client that takes its time', () => {
  /** Runs on a server of its own with one limit made so small that it is soon over. */
  async function on(limits: Partial<HttpLimits>, act: (port: number, time: number) => Promise<void>) {
    const app = await startTestApp('embedded', {}, { connectionsCheckingInterval: 20, ...limits });
    try {
      await act(Number(new URL(app.origin).port), app.clock.now());
      expect(app.logged()).not.toContain('"level":50');
    } finally {
      await app.close();
    }
  }

  it('with the headers gets 408', () =>
    on({ headersTimeout: 100 }, async port => {
      const { answers, ended } = await talk(port, 'GET /health/live HTTP/1.1\r\nHo');
      expectRefusal(answers[0], 408, 'request_timeout');
      expect([answers.length, ended]).toEqual([1, 'FIN']);
    }));

  it('with the body gets 408', () =>
    on({ headersTimeout: 100, requestTimeout: 100 }, async (port, time) => {
      const { answers, ended } = await talk(port, `${login(...looksSigned(time), 'Content-Length: 9')}{}`);
      expectRefusal(answers[0], 408, 'request_timeout');
      expect([answers.length, ended]).toEqual([1, 'FIN']);
    }));

  it('before it sends anything is let go without a word', () =>
    on({ headersTimeout: 100 }, async port => {
      expect(await talk(port, '')).toEqual({ answers: [], ended: 'FIN' });
    }));

  it('between two requests is let go', () =>
    on({ keepAliveTimeout: 100 }, async port => {
      const { answers, ended } = await talk(port, live());
      expect([answers.length, ended]).toEqual([1, 'FIN']);
    }));

  it('and never reads its answer is cut', async () => {
    const limits = { ...httpLimits, stallTimeout: 100 };
    const http = createHttpServer(
      (_req, res) => res.end(Buffer.alloc(20_000_000)),
      createLogger('silent'),
      limits,
    );
    const { port } = await http.listen(0, '127.0.0.1');
    const socket = connect(port, '127.0.0.1').pause();
    socket.on('error', () => {}).write(live());
    const [served] = await once(http.server, 'connection');
    await new Promise(resolve => served.on('close', resolve));
    socket.destroy();
    await http.close();
  });

  it('for its last response sends requests behind it that are not handled', async () => {
    const handled: string[] = [];
    let finish = () => {};
    const http = createHttpServer((req, res) => {
      handled.push(req.url ?? '');
      finish = () => res.end();
    }, createLogger('silent'));
    const { port } = await http.listen(0, '127.0.0.1');
    const served = once(http.server, 'connection') as Promise<[Socket]>;
    const socket = connect(port, '127.0.0.1');
    const requests = ['/first', '/second'].map(path =>
      message(`POST ${path} HTTP/1.1`, HOST, 'Content-Length: 0'),
    );
    socket.write(requests[0] ?? '');
    await expect.poll(() => handled).toEqual(['/first']);
    http.retire();
    socket.write(requests[1] ?? '');
    const [serverSide] = await served;
    await expect.poll(() => serverSide.bytesRead).toBe(requests.join('').length);
    finish();
    await once(socket.resume(), 'end');
    expect(handled).toEqual(['/first']);
    await http.close();
  });

  it('after the server has begun to stop gets the answer to its next request, and then the end', async () => {
    let finish = () => {};
    const http = createHttpServer((req, res) => {
      if (req.url === '/slow') {
        res.write('begun,');
        finish = () => res.end('done');
      } else res.end('next');
    }, createLogger('silent'));
    const { port } = await http.listen(0, '127.0.0.1');
    const socket = connect(port, '127.0.0.1');
    let received = '';
    socket.on('data', chunk => {
      received += chunk;
    });
    socket.write(message('GET /slow HTTP/1.1', HOST));
    await expect.poll(() => received).toContain('begun,');
    http.retire();
    finish();
    await expect.poll(() => received).toContain('done');
    socket.write(message('GET /next HTTP/1.1', HOST));
    await once(socket, 'end');
    expect(received).toMatch(/Connection: keep-alive[\s\S]*done[\s\S]*Connection: close[\s\S]*next/);
    await http.close();
  });
});
