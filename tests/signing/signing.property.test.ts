import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import express from 'express';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handleErrors } from '../../middlewares/handleErrors.ts';
import { verifySignature } from '../../middlewares/verifySignature.ts';
import { createMemoryReplayStore } from '../../models/limits/replay.memory.ts';
import { createSigningClients } from '../../signing/clients.ts';
import { mac, signatureKey } from '../../signing/mac.ts';
import { createLogger } from '../../telemetry/logger.ts';

const NOW = 1_750_912_634_177;
const SIGNATURE_KEY = 'the key of the property tests';
const key = signatureKey(SIGNATURE_KEY);

/** A request as it goes over the wire. */
interface Sent {
  method: string;
  path: string;
  body: string | Buffer;
  timestamp: string;
  signature: string;
}

const clients = createSigningClients({ SIGNATURE_KEY, SIGNATURE_KEYS: {} });
const handled: unknown[] = [];
const app = express();
app.use(
  verifySignature({
    env: { SIGNATURE_TIMELIMIT: 60_000, SIGNATURE_REPLAY: 'enforce', SIGNATURE_EXPLAIN: false },
    clients: () => clients,
    replays: createMemoryReplayStore(() => NOW),
    now: () => NOW,
  }),
);
app.use((req, res) => {
  handled.push(req.body);
  res.status(200).end();
});
app.use(handleErrors(createLogger('silent')));
const server = createServer(app);

beforeAll(() => new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => new Promise(resolve => server.close(resolve)));

/** Sends the request byte by byte as given, and says what a handler got of it. */
async function send({ method, path, body, timestamp, signature }: Sent) {
  handled.length = 0;
  const payload = Buffer.from(body);
  const head = [
    `${method} ${path} HTTP/1.1`,
    'Host: localhost',
    'Connection: close',
    'Content-Type: application/json',
    `Content-Length: ${payload.length}`,
    `X-Signature: ${signature}`,
    `X-Timestamp: ${timestamp}`,
    '\r\n',
  ].join('\r\n');
  const answer = await new Promise<string>((resolve, reject) => {
    let text = '';
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.on('data', chunk => {
      text += chunk;
    });
    socket.on('error', reject).on('end', () => resolve(text));
    socket.write(Buffer.concat([Buffer.from(head), payload]));
  });
  return { status: Number(answer.split(' ', 2)[1]), handled: [...handled] };
}

let signed = 0;
/** Signs as a client would; each request has a time of its own, so that none is a replay of another. */
function sign(request: { method: string; path: string; body: string }, signedBody = request.body): Sent {
  const timestamp = String(NOW + (signed++ % 120_000) - 60_000);
  const signature = mac(key, { ...request, body: signedBody, timestamp }).toString('hex');
  return { ...request, timestamp, signature };
}

function expectRefused({ status, handled }: Awaited<ReturnType<typeof send>>): void {
  expect(handled).toEqual([]);
  expect([400, 401]).toContain(status);
}

const anyUtf16 = fc.string({ unit: fc.nat(0xffff).map(unit => String.fromCharCode(unit)), maxLength: 6 });
const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), anyUtf16);
const { object } = fc.letrec(tie => ({
  value: fc.oneof(
    { maxDepth: 5, depthSize: 'small' },
    fc.constantFrom(null, true, false),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.maxSafeInteger(),
    text,
    fc.array(tie('value'), { maxLength: 4 }),
    tie('object'),
  ),
  object: fc.dictionary(
    text.filter(name => name !== '__proto__'),
    tie('value'),
    { maxKeys: 5 },
  ),
}));
const layout = fc.constantFrom<string | number>('', 1, 2, 8, '\t');

/** Numbers as JSON.stringify would not write them. */
const oddNumber = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.oneof(fc.constantFrom('0', '9007199254740993', '12345678901234567890'), fc.nat().map(String)),
    fc.constantFrom('', '.0', '.50', '.1000000000000000055511151231257827'),
    fc.constantFrom('', 'e0', 'E5', 'e+21', 'E-7', 'e-400'),
  )
  .map(pieces => pieces.join(''));
const oddNumbers = fc
  .array(oddNumber, { minLength: 1, maxLength: 4 })
  .map(numbers => `{"one": ${numbers[0]}, "all": [${numbers.join(' ,')}] }`);

const method = fc.constantFrom('POST', 'PUT', 'PATCH', 'DELETE');
const path = fc
  .array(fc.stringMatching(/^(?:[\w~!$&'()*+,;=:@-]|%[467][0-9A-Fa-f]){1,6}$/), {
    minLength: 1,
    maxLength: 3,
  })
  .map(segments => `/${segments.join('/')}`);

const canonical = (json: string) => JSON.stringify(JSON.parse(json));

describe('what was signed passes, and the handler gets it', () => {
  it('signed over the bytes, in any layout', () =>
    fc.assert(
      fc.asyncProperty(method, path, object, layout, async (method, path, object, indent) => {
        const body = JSON.stringify(object, null, indent);
        expect(await send(sign({ method, path, body }))).toEqual({
          status: 200,
          handled: [JSON.parse(body)],
        });
      }),
    ));

  it('signed over the canonical text, sent in any layout', () =>
    fc.assert(
      fc.asyncProperty(method, path, object, layout, async (method, path, object, indent) => {
        const body = JSON.stringify(object, null, indent);
        const signedBody = JSON.stringify(object);
        expect(await send(sign({ method, path, body }, signedBody))).toEqual({
          status: 200,
          handled: [JSON.parse(signedBody)],
        });
      }),
    ));

  it('with numbers written oddly and signed over the bytes', () =>
    fc.assert(
      fc.asyncProperty(oddNumbers, async body => {
        const answer = await send(sign({ method: 'POST', path: '/x', body }));
        expect(answer.status).toBe(200);
        expect(JSON.stringify(answer.handled)).toBe(`[${canonical(body)}]`);
      }),
    ));

  it('with numbers written oddly and signed over the canonical text', () =>
    fc.assert(
      fc.asyncProperty(oddNumbers, async body => {
        const signedBody = canonical(body);
        expect(await send(sign({ method: 'POST', path: '/x', body }, signedBody))).toEqual({
          status: 200,
          handled: [JSON.parse(signedBody)],
        });
      }),
    ));
});

describe('what was used does not pass again', () => {
  it('in another layout under the same canonical MAC, in another case of the hex', () =>
    fc.assert(
      fc.asyncProperty(object, layout, fc.boolean(), async (object, indent, upper) => {
        const first = sign({ method: 'POST', path: '/x', body: JSON.stringify(object) });
        expect((await send(first)).status).toBe(200);
        const signature = upper ? first.signature.toUpperCase() : first.signature;
        const again = await send({ ...first, body: JSON.stringify(object, null, indent), signature });
        expect(again).toEqual({ status: 401, handled: [] });
      }),
    ));
});

describe('what was changed on its way does not pass', () => {
  const edit = fc.oneof(
    fc.record({ kind: fc.constant('flip' as const), at: fc.nat(), bit: fc.nat(7) }),
    fc.record({ kind: fc.constant('replace' as const), at: fc.nat(), byte: fc.nat(255) }),
    fc.record({ kind: fc.constant('insert' as const), at: fc.nat(), byte: fc.nat(255) }),
    fc.record({ kind: fc.constant('delete' as const), at: fc.nat() }),
  );
  type Edit = typeof edit extends fc.Arbitrary<infer T> ? T : never;

  function edited(value: string, change: Edit): Buffer {
    const bytes = [...Buffer.from(value)];
    const at = change.at % (bytes.length + (change.kind === 'insert' ? 1 : 0));
    if (change.kind === 'flip') bytes[at] = (bytes[at] ?? 0) ^ (1 << change.bit);
    else if (change.kind === 'delete') bytes.splice(at, 1);
    else bytes.splice(at, change.kind === 'insert' ? 0 : 1, change.byte);
    return Buffer.from(bytes);
  }

  it('the body, unless it still means the same', () =>
    fc.assert(
      fc.asyncProperty(object, layout, edit, async (object, indent, change) => {
        const sent = sign({ method: 'POST', path: '/x', body: JSON.stringify(object, null, indent) });
        const body = edited(String(sent.body), change);
        const answer = await send({ ...sent, body });
        if (answer.status === 200) expect(answer.handled).toEqual([JSON.parse(JSON.stringify(object))]);
        else expectRefused(answer);
      }),
      { numRuns: 300 },
    ));

  it('the path', () =>
    fc.assert(
      fc.asyncProperty(path, object, edit, async (path, object, change) => {
        const sent = sign({ method: 'POST', path, body: JSON.stringify(object) });
        const changed = edited(path, change).toString('latin1');
        fc.pre(changed.trim().split('?', 1)[0] !== path);
        expectRefused(await send({ ...sent, path: changed }));
      }),
      { numRuns: 200 },
    ));

  it('the timestamp', () =>
    fc.assert(
      fc.asyncProperty(object, edit, async (object, change) => {
        const sent = sign({ method: 'POST', path: '/x', body: JSON.stringify(object) });
        const timestamp = edited(sent.timestamp, change).toString('latin1');
        fc.pre(timestamp.trim() !== sent.timestamp);
        expectRefused(await send({ ...sent, timestamp }));
      }),
      { numRuns: 200 },
    ));

  it('the signature, unless in the case of its letters', () =>
    fc.assert(
      fc.asyncProperty(object, edit, async (object, change) => {
        const sent = sign({ method: 'POST', path: '/x', body: JSON.stringify(object) });
        const signature = edited(sent.signature, change).toString('latin1');
        fc.pre(signature.trim().toLowerCase() !== sent.signature);
        expectRefused(await send({ ...sent, signature }));
      }),
      { numRuns: 200 },
    ));

  it('the signature, by one hex digit', () =>
    fc.assert(
      fc.asyncProperty(object, fc.nat(63), fc.integer({ min: 1, max: 15 }), async (object, at, by) => {
        const sent = sign({ method: 'POST', path: '/x', body: JSON.stringify(object) });
        const digit = (Number.parseInt(sent.signature.charAt(at), 16) ^ by).toString(16);
        const signature = sent.signature.slice(0, at) + digit + sent.signature.slice(at + 1);
        expect(await send({ ...sent, signature })).toEqual({ status: 401, handled: [] });
      }),
    ));

  it('the method', () =>
    fc.assert(
      fc.asyncProperty(method, fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE'), async (from, to) => {
        fc.pre(from !== to);
        const sent = sign({ method: from, path: '/x', body: '{"a":1}' });
        expect(await send({ ...sent, method: to })).toEqual({ status: 401, handled: [] });
      }),
    ));
});

describe('the signed string divided elsewhere', () => {
  const body = fc.oneof(
    fc.constant(''),
    fc.constant('{}'),
    object.map(value => JSON.stringify(value)),
  );
  const pathWithTail = fc.tuple(path, fc.constantFrom('', '/1', '17', '/1750912634177')).map(p => p.join(''));

  it('does not pass, wherever path, body and timestamp now begin', () =>
    fc.assert(
      fc.asyncProperty(
        pathWithTail,
        body,
        fc.integer({ min: -20, max: 20 }),
        fc.integer({ min: -20, max: 20 }),
        fc.constantFrom('both', 'body', 'timestamp'),
        async (path, body, byBody, byTimestamp, which) => {
          const sent = sign({ method: 'POST', path, body });
          const whole = path + body + sent.timestamp;
          const moved = (border: number, by: number) => Math.min(Math.max(border + by, 1), whole.length);
          const bodyAt = moved(path.length, which === 'timestamp' ? 0 : byBody);
          const timestampAt = moved(path.length + body.length, which === 'body' ? 0 : byTimestamp);
          fc.pre(bodyAt <= timestampAt);
          fc.pre(bodyAt !== path.length || timestampAt !== path.length + body.length);
          expectRefused(
            await send({
              ...sent,
              path: whole.slice(0, bodyAt),
              body: whole.slice(bodyAt, timestampAt),
              timestamp: whole.slice(timestampAt),
            }),
          );
        },
      ),
      { numRuns: 500 },
    ));

  it.each([
    ['an empty body taken into the path', '/x{}', '', String(NOW)],
    ['an empty body taken into the timestamp', '/x', '', `{}${NOW}`],
    ['half of the body in the path', '/x{', '}', String(NOW)],
    ['the first digit of the timestamp in the body', '/x', '{}1', String(NOW).slice(1)],
  ])('does not pass with %s', async (_name, path, body, timestamp) => {
    const signature = mac(key, { method: 'POST', path: '/x', body: '{}', timestamp: NOW }).toString('hex');
    expectRefused(await send({ method: 'POST', path, body, timestamp, signature }));
  });
});
