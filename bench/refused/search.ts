import { BODY_BYTES, HEADER_BYTES, type RefusedCase } from './cases.ts';
import type { RawRequest } from './request.ts';

/** The best request of a family so far, and what it costs in µs. */
export interface Found extends RefusedCase {
  cost: number;
}

/** A pseudo-random number from 0 to 1 for each call: Mulberry32. The same seed gives the same numbers. */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Looks for requests that cost much: changes a request a little, and keeps the change when the request costs more. Each seed
 * has a family of its own, so that one slow request does not push out the others.
 * @param measure gives the cost of a request in µs
 * @param goesOn asked before each try
 * @returns the slowest request of each family, the slowest first
 */
export async function search(
  seeds: RefusedCase[],
  measure: (request: RawRequest) => Promise<number>,
  random: () => number,
  goesOn: () => boolean,
): Promise<Found[]> {
  const families: Found[] = [];
  for (const seed of seeds) families.push({ ...seed, cost: await measure(seed.request) });
  const requests = () => families.map(({ request }) => request);
  while (goesOn()) {
    const family = pick(families, random);
    const request = mutate(family.request, requests(), random);
    const cost = await measure(request);
    // A second look, because a busy machine makes a request look slow.
    if (cost > family.cost && (await measure(request)) > family.cost)
      Object.assign(family, { request, cost });
  }
  return families.toSorted((a, b) => b.cost - a.cost);
}

/** The 16 KiB of the server, less what stands around the parts. */
const HEAD_BYTES = 16 * 1024 - 128;
const words = (text: string) => text.trim().split(/\s+/);
const METHODS = words('GET HEAD OPTIONS POST PUT PATCH DELETE TRACE PURGE');
const NAMES = words(`
  Accept Authorization Connection Content-Digest Content-Encoding Content-Type Cookie Expect Forwarded Host Origin Range
  Signature Signature-Input Upgrade User-Agent X-Client-Id X-Forwarded-For X-Forwarded-Host X-Forwarded-Proto X-Request-Id
  X-Signature X-Timestamp Access-Control-Request-Method Access-Control-Request-Headers __proto__`);
/** What parsers have special work with. */
const PIECES = [
  ...[
    ' ',
    '\t',
    'Bearer ',
    '\x01',
    '\x85',
    '\xc3\xa9',
    '\xf0\x9f\x98\x80',
    '\xff',
    '0'.repeat(64),
    '1'.repeat(400),
  ],
  ...words(String.raw`
    " ' \ , ; : = ? & / // /.. % %00 %2e %2F . - * ( { } [ ] {} [] "" "a": {"a": {"a":0}, "__proto__": \u0000 \ud800 \" null
    true 0 -0 0.1 1e400 8.41e21 5e-324 9007199254740993 4294967295 a sha-256=:AAAA:, sig1=() ::1, 127.0.0.1, Basic
    application/json gzip 100-continue http://a limit=1& {now}`),
];

/** The request with one to three changes; `others` lend their parts. */
function mutate(request: RawRequest, others: RawRequest[], random: () => number): RawRequest {
  let changed = request;
  for (let changes = 1 + Math.floor(random() * 3); changes > 0; changes--) {
    const parts = pick(mutations, random)(changed, pick(others, random), random);
    changed = fitted({ ...changed, ...parts });
  }
  return changed;
}

/** The request without the header fields for which there is no room: the server reads no further. */
function fitted(request: RawRequest): RawRequest {
  let room = HEAD_BYTES - request.target.length;
  const fields = request.fields.filter(([name, value]) => {
    room -= name.length + value.length + 4;
    return room >= 0;
  });
  return {
    ...request,
    fields: fields.length > 0 ? fields : [['Host', 'a']],
    body: request.body.slice(0, BODY_BYTES),
  };
}

type Mutation = (request: RawRequest, other: RawRequest, random: () => number) => Partial<RawRequest>;

const changeBody: Mutation = ({ body }, _other, random) => ({ body: changeText(body, BODY_BYTES, random) });
const changeTarget: Mutation = ({ target }, _other, random) => ({
  target: changeText(target, HEADER_BYTES, random),
});
const changeField: Mutation = ({ fields }, _other, random) => {
  const chosen = pick(fields, random);
  return {
    fields: fields.map(field =>
      field === chosen ? [field[0], onOneLine(changeText(field[1], HEADER_BYTES, random))] : field,
    ),
  };
};

const mutations: Mutation[] = [
  changeBody,
  changeBody,
  changeField,
  changeField,
  changeTarget,
  (_request, _other, random) => ({ method: pick(METHODS, random) }),
  (_request, { method, target }) => ({ method, target }),
  (_request, { body }) => ({ body }),
  (_request, { fields }) => ({ fields }),
  ({ fields }, other, random) => ({ fields: [...fields, pick(other.fields, random)] }),
  ({ fields }, _other, random) => ({
    fields: [...fields, [pick(NAMES, random), onOneLine(pick(PIECES, random))]],
  }),
  ({ fields }, _other, random) => {
    const chosen = pick(fields, random);
    return { fields: fields.length > 1 ? fields.filter(field => field !== chosen) : fields };
  },
  ({ fields }, _other, random) => {
    const copies = Math.floor(random() * 90);
    return { fields: [...fields, ...Array.from({ length: copies }, () => pick(fields, random))] };
  },
  ({ target }) => ({ target: target.startsWith('/api/') ? target.slice('/api'.length) : `/api${target}` }),
  (_request, _other, random) => ({ chunkSize: pick([0, 0, 256, 4096], random) }),
];

/** One change: a piece comes in, a part is repeated up to the length, or a part goes out. */
function changeText(text: string, maxLength: number, random: () => number): string {
  const at = Math.floor(random() * text.length);
  const end = at + Math.floor(random() ** 2 * (text.length - at));
  const piece = random() < 0.5 ? pick(PIECES, random) : text.slice(at, end);
  const room = Math.max(0, maxLength - text.length);
  const kind = random();
  const inserted =
    kind < 0.5
      ? piece.repeat(Math.floor((random() * room) / Math.max(1, piece.length)))
      : kind < 0.8
        ? piece
        : '';
  return (text.slice(0, at) + inserted + text.slice(kind < 0.8 ? at : end)).slice(0, maxLength);
}

function onOneLine(text: string): string {
  return text.replace(/[\r\n]/g, ' ');
}

function pick<T>(list: readonly T[], random: () => number): T {
  const chosen = list[Math.floor(random() * list.length)];
  if (chosen === undefined) throw new RangeError('There is nothing to choose from.');
  return chosen;
}
