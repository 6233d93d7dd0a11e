import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import express from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requestId } from '../../middlewares/requestId.ts';
import { requestLog } from '../../middlewares/requestLog.ts';
import { createLogger, isoTime } from '../../telemetry/logger.ts';
import { sharedBuild } from '../support/checkout.ts';

// Sets the title, clears the screen (in 7 and in 8 bits), turns the line round, forges a line.
const HOSTILE = 'x\u001b]0;title\u0007 \u001b[2J \u009b2J \u202e \u2028 \r\n[10:00:00.000] INFO: forged';
const SECRET = 'correct horse';
/** Anything but the end of a line. */
const COMMANDS = /(?!\n)[\p{Cc}\u2028-\u202e]/u;

describe('a line for machines', () => {
  it('is one line of JSON whatever is in it, and nothing that a terminal obeys', () => {
    const lines: string[] = [];
    createLogger('info', { write: line => void lines.push(line) }).info({ user_agent: HOSTILE }, HOSTILE);
    const [line = ''] = lines;
    expect(lines).toHaveLength(1);
    expect(line).toMatch(/^[^\n]*\n$/);
    expect(line).not.toMatch(COMMANDS);
    expect(JSON.parse(line)).toMatchObject({ user_agent: HOSTILE, msg: HOSTILE });
  });
});

describe('the time of a line', () => {
  const DAY_MS = 86_400_000;

  it.each([0, 1, 999, 1000, 59_999, DAY_MS - 1, DAY_MS, Date.UTC(2024, 1, 29, 23, 59, 59, 7)])(
    'is ISO 8601 in UTC: %i ms',
    ms => {
      // In the same second, in the next, and in the one before, as after a clock was set back.
      for (const time of [ms, ms + 1, ms + 1000, ms])
        expect(isoTime(time)).toBe(new Date(time).toISOString());
    },
  );

  it('is the current one', () => {
    const lines: string[] = [];
    const before = Date.now();
    createLogger('info', { write: line => void lines.push(line) }).info('a line');
    const time = Date.parse(JSON.parse(lines.join('')).time);
    expect(time).toBeGreaterThanOrEqual(before);
    expect(time).toBeLessThanOrEqual(Date.now());
  });
});

describe('what is logged by mistake', () => {
  function logged(fields: object): Record<string, unknown> {
    const lines: string[] = [];
    createLogger('info', { write: line => void lines.push(line) }).info(fields, 'oops');
    return JSON.parse(lines.join(''));
  }

  it.each([
    ['a body', { password: SECRET, name: 'Ada' }],
    [
      'headers',
      { req: { headers: { Authorization: SECRET, 'set-cookie': [SECRET], 'x-signature': SECRET } } },
    ],
    ['lists', { users: [{ recovery_codes: [SECRET] }] }],
    ['what an error carries', { err: Object.assign(new Error('no'), { body: { refresh_token: SECRET } }) }],
    ['great depth', { a: { b: { c: { d: { e: { f: { password: SECRET } } } } } } }],
    [
      'what an error tells itself',
      { err: Object.assign(new Error('no'), { toJSON: () => ({ a: SECRET }) }) },
    ],
    ['a row of a class', { row: Object.assign(Object.create({}), { secret: { raw: SECRET } }) }],
  ])('in %s loses its secrets', (_, fields) => {
    expect(JSON.stringify(logged(fields))).not.toContain(SECRET);
  });

  it('keeps all the rest', () => {
    const time = new Date(0);
    const cause = new RangeError('the cause');
    const err = Object.assign(new TypeError('no', { cause }), { code: 'E_NO' });
    const fields = { n: 1, text: '', nothing: null, list: [{ ok: true }], time, gone: undefined };
    const line = logged({ ...fields, err });
    expect(line).toMatchObject({ ...JSON.parse(JSON.stringify(fields)), msg: 'oops' });
    expect(line.err).toMatchObject({ type: 'TypeError', code: 'E_NO', message: 'no: the cause' });
    expect(line.err).toHaveProperty('stack', expect.stringContaining('caused by: RangeError: the cause'));
  });

  it('may lead back to itself', () => {
    const fields: Record<string, unknown> = { n: 1 };
    fields.self = fields;
    expect(logged(fields).n).toBe(1);
  });
});

describe('where lines go', () => {
  let build: string;
  beforeAll(async () => {
    build = await sharedBuild();
  });

  const program = `
    import { createLogger, stdout } from './dist/telemetry/logger.js';
    const log = createLogger('info', stdout({ NODE_ENV: process.env.NODE_ENV }));
    const hostile = ${JSON.stringify(HOSTILE)};
    log.info({ request_id: 'r-1', method: 'GET', path: '/auth/profile', status: 200, ms: 1.5, user_agent: hostile }, 'request');
    log.info({ method: 'GET', path: hostile, status: 404, ms: 2 }, hostile);
    log.error({ err: new Error(hostile) }, 'failed');
  `;
  /** What the program prints, to a terminal that is given by Python, or to a pipe. */
  function print(NODE_ENV: string, to: 'a terminal' | 'a pipe'): string {
    const argv = ['--input-type=module', '--eval', program];
    const inTerminal = ['-c', 'import pty, sys; pty.spawn(sys.argv[1:])', process.execPath, ...argv];
    const [command, args] = to === 'a pipe' ? [process.execPath, argv] : ['python3', inTerminal];
    const { stdout, stderr } = spawnSync(command, args, {
      cwd: build,
      env: { ...process.env, NODE_ENV, NO_COLOR: '1' },
      encoding: 'utf8',
      timeout: 60_000,
    });
    expect(stderr).toBe('');
    return stdout.replaceAll('\r\n', '\n');
  }

  it('is for people on a terminal in development, and still safe', () => {
    const text = print('development', 'a terminal');
    const [request = '', hostile = ''] = text.split('\n');
    expect(request).toMatch(
      /^\[[\d:.]{12}\] INFO: request GET \/auth\/profile 200 1\.5 ms \{"request_id":"r-1"/,
    );
    expect(hostile).toMatch(/INFO: x.* GET .* 404 2 ms/);
    expect(text).not.toMatch(COMMANDS);
    expect(text).not.toMatch(/^\[10:00/m);
  });

  it.each([
    ['production', 'a terminal'],
    ['development', 'a pipe'],
  ] as const)('is JSON in %s on %s', (mode, to) => {
    const lines = print(mode, to).trim().split('\n');
    expect(lines.map(line => JSON.parse(line).level)).toEqual([30, 30, 50]);
  });
});

describe('the line of a request', () => {
  const lines: Record<string, unknown>[] = [];
  let server: Server;
  let port: number;

  beforeAll(async () => {
    const log = createLogger('info', { write: line => void lines.push(JSON.parse(line)) });
    const app = express().use(requestId(), requestLog(log, 100));
    app.get('/slow', (_req, res) => void setTimeout(() => res.send('at last'), 150));
    app.use((_req, res) => void res.send('ok'));
    server = createServer(app).listen(0, '127.0.0.1');
    await once(server, 'listening');
    ({ port } = server.address() as AddressInfo);
  });
  afterAll(() => void server.close());

  /** Sends a request with this target as it is, and gives its line. */
  async function lineFor(target: string): Promise<Record<string, unknown>> {
    lines.length = 0;
    const socket = connect(port, '127.0.0.1');
    const head = [`GET ${target} HTTP/1.1`, 'Host: a', 'X-Request-Id: mine', 'Connection: close'];
    socket.write(`${head.join('\r\n')}\r\n\r\n`);
    await once(socket.resume(), 'close');
    await expect.poll(() => lines.length).toBe(1);
    return lines[0] ?? {};
  }

  it('is a warning and marked when the request was slow', async () => {
    expect(await lineFor('/slow')).toMatchObject({
      level: 40,
      slow: true,
      path: '/slow',
      request_id: 'mine',
    });
    const { slow, level } = await lineFor('/quick');
    expect([slow, level]).toEqual([undefined, 30]);
  });

  it.each([
    ['/a?token=secret', '/a'],
    ['http://user:secret@host/a?b', '/a'],
    ['http://user:secret@host?b', ''],
    ['/a/http://b/c', '/a/http://b/c'],
  ])('of %j has the path %j', async (target, path) => {
    const line = await lineFor(target);
    expect(line.path).toBe(path);
    expect(JSON.stringify(line)).not.toContain('secret');
  });
});
