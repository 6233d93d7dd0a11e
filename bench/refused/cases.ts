import type { RawRequest } from './request.ts';

/** A request that no key has signed and no token allows, or that needs neither. */
export interface RefusedCase {
  name: string;
  request: RawRequest;
  /** Why it may cost more than the others. */
  beyond?: string;
}

/** The largest body, and what of the 16 KiB of headers one field or the path can have. */
export const BODY_BYTES = 100 * 1024;
export const HEADER_BYTES = 15 * 1024;

/** Ids of the token keys that the server of the measurement has, and of a signing client. */
export const KEY_IDS = { ES256: 'es', RS256: 'rs' };
export const CLIENT_ID = 'shop';

const host: [string, string] = ['Host', 'auth.example.com'];
const noSignature: [string, string][] = [
  ['X-Signature', '0'.repeat(64)],
  ['X-Timestamp', '{now}'],
];
const json: [string, string] = ['Content-Type', 'application/json'];

/** A POST with a signature of the right form and the right time that is not that of the body. */
export function unsigned(body: string, more: Partial<RawRequest> = {}): RawRequest {
  return { method: 'POST', target: '/auth/login', fields: [host, ...noSignature, json], body, ...more };
}

function get(target: string, ...fields: [string, string][]): RawRequest {
  return { method: 'GET', target, fields: [host, ...fields], body: '' };
}

/** Repeats what `make` gives for 0, 1, 2, … between commas until the text has this length. */
function list(open: string, make: (i: number) => string, close: string, length = BODY_BYTES): string {
  const parts: string[] = [];
  let size = open.length + close.length;
  for (let i = 0; ; i++) {
    const part = make(i);
    size += part.length + 1;
    if (size > length) return open + parts.join(',') + close;
    parts.push(part);
  }
}

const inArray = (make: (i: number) => string, length = BODY_BYTES) => list('{ "a":[', make, ']}', length);
const inObject = (make: (i: number) => string, length = BODY_BYTES) => list('{ ', make, '}', length);
const full = (open: string, part: string, close: string, length = BODY_BYTES) =>
  open + part.repeat(Math.floor((length - open.length - close.length) / part.length)) + close;

/** Each begins with a space inside, so that its text differs from what JSON.stringify writes. */
const bodies: Record<string, string> = {
  'a login': '{"email":"a@example.com","password":"correct horse"}',
  'one string': full('{ "a":"', 'x', '"}'),
  spaces: full('{ ', ' ', '}'),
  'pretty-printed objects': JSON.stringify(
    { a: Array.from({ length: 1800 }, (_, i) => ({ id: i, b: 'x' })) },
    null,
    2,
  ),
  'objects with a name each': inArray(i => `{"${i.toString(36)}":0}`),
  'many names': inObject(i => `"${i.toString(36)}":0`),
  'one name, many times': inObject(() => '"a":0'),
  'names that are integers': inObject(i => `"${99_999 - i}":0`),
  'names that are large integers': inArray(i => `{"${4_000_000_000 + i}":0}`),
  'names __proto__': inArray(() => '{"__proto__":{}}'),
  'empty objects': inArray(() => '{}'),
  'empty strings': inArray(() => '""'),
  'arrays, 30 deep': inArray(() => '['.repeat(30) + ']'.repeat(30)),
  'arrays, 50,000 deep': `{ "a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
  'objects, 14,000 deep': `${'{ "a":'.repeat(14_000)}0${'}'.repeat(14_000)}`,
  'numbers that are hard to print': inArray(() => '8.41e21'),
  'short numbers': inArray(() => '0.1'),
  'a number of 100,000 digits': full('{ "a":', '1', '}'),
  'escaped surrogates': full('{ "a":"', '\\ud800', '"}'),
  escapes: full('{ "a":"', '\\n', '"}'),
  'two-byte characters': full('{ "a":"', '\xc3\xa9', '"}'),
  'four-byte characters': full('{ "a":"', '\xf0\x9f\x98\x80', '"}'),
  'no JSON': full('{ "a":[', '{},', 'x'),
  'an open string': full('{ "a":"', '\\"', ''),
  'no UTF-8': full('{ "a":"', '\xff', '"}'),
};

/** Bodies of this size are parsed before it is known whether they are signed. */
const PARSED_BYTES = 8 * 1024;
const parsedBodies: Record<string, string> = {
  'objects with a name each': inArray(i => `{"${i.toString(36)}":0}`, PARSED_BYTES),
  'many names': inObject(i => `"${i.toString(36)}":0`, PARSED_BYTES),
  'arrays, 4,000 deep': `{ "a":${'['.repeat(4000)}${']'.repeat(4000)}}`,
  'numbers that are hard to print': inArray(() => '8.41e21', PARSED_BYTES),
  'empty objects': inArray(() => '{}', PARSED_BYTES),
};

const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const SIGNATURE_BYTES = { HS256: 32, ES256: 64, RS256: 512 };

/** A token of the right form that no key has signed. */
function forgedToken(header: { alg: keyof typeof SIGNATURE_BYTES; kid?: string }, claims: object): string {
  const signature = Buffer.alloc(SIGNATURE_BYTES[header.alg], 1).toString('base64url');
  return `${base64url({ typ: 'JWT', ...header })}.${base64url(claims)}.${signature}`;
}

const claims = {
  sub: '1',
  jti: '4f9c1a0e-0000-4000-8000-000000000000',
  sid: '4f9c1a0e-0000-4000-8000-000000000000',
  iat: 1_760_000_000,
  exp: 4_000_000_000,
  iss: 'express-auth-api',
  aud: 'express-auth-api',
};
const manyClaims = Object.fromEntries(Array.from({ length: 250 }, (_, i) => [i.toString(36), i]));

const tokens: Record<string, string> = {
  'no token': 'x',
  'forged HS256': forgedToken({ alg: 'HS256' }, claims),
  'forged ES256': forgedToken({ alg: 'ES256', kid: KEY_IDS.ES256 }, claims),
  'forged RS256': forgedToken({ alg: 'RS256', kid: KEY_IDS.RS256 }, claims),
  'many claims': forgedToken({ alg: 'HS256' }, manyClaims),
  'nested claims': `${base64url({ alg: 'HS256', typ: 'JWT' })}.${Buffer.from(`{"a":${'['.repeat(1400)}${']'.repeat(1400)}}`).toString('base64url')}.AAAA`,
  'a nested header': `${Buffer.from('['.repeat(2900)).toString('base64url')}.e30.AAAA`,
  '15 KiB': full('', 'a.', '', HEADER_BYTES),
  '15 KiB of spaces': full('a', ' ', 'b', HEADER_BYTES),
};

const messageParameters = `;created={now_s};nonce="0123456789abcdef";keyid="${CLIENT_ID}";tag="express-auth-api"`;
const message = (input: string, signature = `sig1=:${'A'.repeat(43)}=:`, body = ''): RawRequest => ({
  method: 'POST',
  target: '/auth/login',
  fields: [host, ['Signature-Input', input], ['Signature', signature], ...(body ? [json] : [])],
  body,
});
const covered = '"@method" "@authority" "@path" "@query"';

const messages: Record<string, RawRequest> = {
  'of the right form': message(`sig1=(${covered})${messageParameters}`),
  'of the right form, a path of 15 KiB': {
    ...message(`sig1=(${covered})${messageParameters}`),
    target: full('/auth/sessions/', 'a', '', HEADER_BYTES - 1024),
  },
  'many components': message(full('sig1=(', '"a" ', ')', 2048)),
  'many parameters': message(`sig1=()${full('', ';a', '', 2000)}`),
  'many labels': message(list('', i => `s${i}=()`, '', 2048)),
  'many labels, both': message(
    list('', i => `s${i}=()`, '', 2048),
    list('', i => `s${i}=:AA==:`, '', 2048),
  ),
  'one label, many times': message(list('', () => 'a=()', '', 2048)),
  'an open string': message(full('sig1=("', '\\"', '', 2048)),
  'a body': message(`sig1=(${covered})${messageParameters}`, undefined, bodies['one string']),
  'Content-Type with 14 KiB of spaces': {
    ...message('a'),
    fields: [
      ...message('a').fields,
      ['Content-Type', full('application/json', ' ', ';', HEADER_BYTES - 1024)],
    ],
  },
  'Cookie with 14 KiB of spaces': {
    ...message('a'),
    fields: [...message('a').fields, ['Cookie', full('a', ' ', 'b', HEADER_BYTES - 1024)]],
  },
  'authorization of 14 KiB': {
    ...message(`sig1=(${covered} "authorization")${messageParameters}`),
    fields: [
      host,
      ['Authorization', full('Bearer ', 'a ', 'a', HEADER_BYTES - 1024)],
      ['Signature-Input', `sig1=(${covered} "authorization")${messageParameters}`],
      ['Signature', `sig1=:${'A'.repeat(43)}=:`],
    ],
  },
};

const header = (name: string, part: string): RawRequest =>
  get('/auth/profile', [name, full('', part, '', HEADER_BYTES)]);
const times = (count: number, field: [string, string]) => Array.from({ length: count }, () => field);

const headers: Record<string, RawRequest> = {
  'X-Request-Id of 15 KiB': header('X-Request-Id', 'a'),
  'Cookie of 15 KiB': header('Cookie', 'a=b; '),
  'Accept of 15 KiB': header('Accept', 'a/b;q=0.1,'),
  'Origin of 15 KiB': header('Origin', 'https://app.example.com'),
  'User-Agent of 15 KiB': header('User-Agent', '\x85'),
  'Content-Type of 15 KiB': unsigned('{}', {
    fields: [host, ...noSignature, ['Content-Type', full('application/json', ' ', ';', HEADER_BYTES)]],
  }),
  'Transfer-Encoding of 15 KiB': get('/auth/profile', [
    'Transfer-Encoding',
    full('', 'gzip,', 'chunked', HEADER_BYTES),
  ]),
  'Host of 15 KiB': { ...get('/auth/profile'), fields: [['Host', full('', 'a.', 'a', HEADER_BYTES)]] },
  'X-Forwarded-For, IPv4': header('X-Forwarded-For', '127.0.0.1,'),
  'X-Forwarded-For, IPv6': header('X-Forwarded-For', '::1,'),
  'X-Forwarded-For, IPv6 in full': header('X-Forwarded-For', '0:0:0:0:0:0:0:1,'),
  'X-Forwarded-For, no address': header('X-Forwarded-For', 'a,'),
  'X-Forwarded-For, a POST': unsigned('{}', {
    fields: [host, ...noSignature, json, ['X-Forwarded-For', full('', '127.0.0.1,', '', HEADER_BYTES)]],
  }),
  '100 fields': get('/auth/profile', ...times(99, ['Accept', 'x'.repeat(120)])),
  '3,000 fields': get('/auth/profile', ...times(3000, ['a', ''])),
  '2,000 fields of a name each': get(
    '/auth/profile',
    ...Array.from({ length: 2000 }, (_, i): [string, string] => [i.toString(36), '']),
  ),
  '17 KiB of headers': header('X-A', 'a'.repeat(17 * 1024)),
  'a preflight': {
    ...get('/auth/login', ['Origin', 'https://app.example.com'], ['Access-Control-Request-Method', 'POST']),
    method: 'OPTIONS',
  },
};

const paths: Record<string, string> = {
  letters: full('/auth/sessions/', 'a', '', HEADER_BYTES),
  slashes: full('', '/', '', HEADER_BYTES),
  segments: full('', '/a', '', HEADER_BYTES),
  'dot segments': full('/auth', '/..', '', HEADER_BYTES),
  'percent signs': full('/auth/sessions/', '%2e', '', HEADER_BYTES),
  'encoded characters': full('/auth/sessions/', '%E4%B8%80', '', HEADER_BYTES),
  'control characters': full('/auth/', '\x85', '', HEADER_BYTES),
  quotes: full('/auth/', '"', '', HEADER_BYTES),
  'question marks': full('/auth/activity', '?', '', HEADER_BYTES),
  'a query': full('/auth/activity?', 'limit=1&', '', HEADER_BYTES),
  'an absolute form': full('http://', 'a:', '/auth/profile', HEADER_BYTES),
};

const others: Record<string, RawRequest> = {
  'GET /auth/profile without a token': get('/auth/profile'),
  'POST /auth/login without a signature': unsigned('{}', { fields: [host, json] }),
  'the same with 100 KiB': unsigned(bodies['one string'] ?? '', { fields: [host, json] }),
  'an expired signature with 100 KiB': unsigned(bodies['one string'] ?? '', {
    fields: [host, ['X-Signature', '0'.repeat(64)], ['X-Timestamp', '1750912634177'], json],
  }),
  'an unknown client': unsigned('{}', {
    fields: [host, ...noSignature, json, ['X-Client-Id', 'x'.repeat(64)]],
  }),
  'a body of 200 KiB': unsigned('x'.repeat(2 * BODY_BYTES)),
  'a compressed body': unsigned(bodies['no UTF-8'] ?? '', {
    fields: [host, ...noSignature, json, ['Content-Encoding', 'gzip']],
  }),
  'a body in chunks of 1 KiB': unsigned(bodies['one string'] ?? '', { chunkSize: 1024 }),
  'a body in chunks of 256 bytes': unsigned(bodies['one string'] ?? '', { chunkSize: 256 }),
  'GET /metrics with a wrong token': get('/metrics', ['Authorization', full('Bearer ', 'a', '', 4096)]),
  'GET /health/live': get('/health/live'),
  'GET /health/ready': get('/health/ready'),
  'GET /.well-known/jwks.json': get('/.well-known/jwks.json'),
  'GET /openapi.json': get('/openapi.json'),
  'GET /docs/errors': get('/docs/errors'),
  'HEAD /openapi.json': { ...get('/openapi.json'), method: 'HEAD' },
  'GET /nothing': get('/nothing'),
  'a method that is not there': { ...get('/auth/profile'), method: 'PURGE' },
  'a malformed request line': { ...get('/ x'), method: 'G\x01T' },
  CONNECT: { ...get('auth.example.com:443'), method: 'CONNECT' },
};

const named = <T>(
  kind: string,
  requests: Record<string, T>,
  toRequest: (part: T) => RawRequest,
): RefusedCase[] =>
  Object.entries(requests).map(([name, part]) => ({ name: kind + name, request: toRequest(part) }));

const smallChunks = 'Node.js calls JavaScript for each chunk, also when the headers alone refuse the request';
const inSmallChunks = { body: 'x'.repeat(BODY_BYTES / 6), chunkSize: 1 };

/** What a client without a key and a token can send that costs most, of each kind. */
export const refusedCases: RefusedCase[] = [
  ...named('', others, request => request),
  ...named('body: ', bodies, body => unsigned(body)),
  ...named('body of 8 KiB: ', parsedBodies, body => unsigned(body)),
  ...named('token: ', tokens, token => get('/auth/profile', ['Authorization', `Bearer ${token}`])),
  ...named('RFC 9421: ', messages, request => request),
  ...named('header: ', headers, request => request),
  ...named('path: ', paths, path => get(path)),
  {
    name: 'a body in chunks of 128 bytes',
    request: unsigned(bodies['one string'] ?? '', { chunkSize: 128 }),
    beyond: smallChunks,
  },
  {
    name: 'chunks of one byte, 100 KiB on the wire',
    request: unsigned('', inSmallChunks),
    beyond: smallChunks,
  },
  {
    name: 'chunks of one byte, refused by the headers',
    request: unsigned('', { ...inSmallChunks, fields: [host, json] }),
    beyond: smallChunks,
  },
];
