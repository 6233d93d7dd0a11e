import { generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { V8_FLAGS } from '../workers.ts';
import { median } from './measure/statistics.ts';
import type { Bench } from './measure/turns.ts';
import { CLIENT_ID, KEY_IDS, type RefusedCase, refusedCases, unsigned } from './refused/cases.ts';
import { createSender, type RawRequest } from './refused/request.ts';
import { createRandom, search } from './refused/search.ts';
import type { Findings, Table } from './report.ts';
import { type Server, startServer } from './stage/processes.ts';

const LIMIT_US = 2000;
/** The seed of the search. */
const SEED = 9421;
const SHOWN = 10;
const EXTRA_ROUNDS = 8;
/** The search takes as long as so many turns. */
const SEARCH_FACTOR = 24;
const MAX_TRIES = 20_000;
const QUICK_TRIES = 20;

/** What a request costs. Times in µs of the server's processor time. */
interface Cost {
  /** The smallest median of the rounds: other programs on the machine only ever add to it. */
  median: number;
  worst: number;
  status: number;
}

/** What requests without a right signature or token cost the server: known ones, and the slowest that a search finds. */
export async function measureRefused({ options, stage, field, serverCores, say }: Bench): Promise<Findings> {
  const { quick, rounds, seconds } = options;
  const server = await startServer({
    program: 'server.js',
    env: { ...stage.env, ...everythingOn(quick ? 2048 : 4096) },
    cores: serverCores,
    runtime: field.runtime,
    directory: stage.directory,
    nodeOptions: V8_FLAGS,
  });
  const sender = createSender(server.origin);
  try {
    const pace = quick ? { turns: 1, repeats: 2 } : { turns: 3, repeats: 20 };
    const searchPace = quick ? pace : { turns: 3, repeats: 4 };
    const measureAll = async (cases: RefusedCase[]): Promise<Measured[]> => {
      const costs = cases.map((): Cost[] => []);
      const isSettled = (own: Cost[]) => own.length >= rounds && smallest(own).median < LIMIT_US;
      // The first round warms up. What seems slow gets more rounds than the rest.
      for (let round = quick ? 1 : 0; round <= rounds + (quick ? 0 : EXTRA_ROUNDS); round++) {
        say(`round ${round} of ${cases.length} requests`);
        for (const [i, { request }] of cases.entries()) {
          const own = costs[i] ?? [];
          if (isSettled(own)) continue;
          const cost = await measure(server, sender.send, request, pace);
          if (round > 0) own.push(cost);
        }
      }
      return cases.map((each, i) => ({ ...each, ...smallest(costs[i] ?? []) }));
    };

    const known = await measureAll(refusedCases);
    const seeds = [...refusedCases.filter(({ beyond }) => !beyond), ...(await routesOf(server.origin))];
    const endsAt = performance.now() + seconds * SEARCH_FACTOR * 1000;
    let tries = 0;
    const found = await search(
      quick ? seeds.slice(0, 5) : seeds,
      async request => (await measure(server, sender.send, request, searchPace)).median,
      createRandom(SEED),
      () => tries++ < (quick ? QUICK_TRIES : MAX_TRIES) && performance.now() < endsAt,
    );
    const slowest = await measureAll(found.slice(0, quick ? 2 : 2 * SHOWN));
    const shown = slowest.toSorted((a, b) => b.median - a.median).slice(0, SHOWN);
    return toFindings(known, shown, tries - 1);
  } finally {
    sender.close();
    await server.stop();
  }
}

type Measured = RefusedCase & Cost;

/** Settings under which a refused request has most work. To make an RSA key of 4096 bits takes a second. */
function everythingOn(rsaBits: number): Record<string, string> {
  const secret = () => randomBytes(32).toString('hex');
  const pem = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'pem' }).toString();
  const es = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const rs = generateKeyPairSync('rsa', { modulusLength: rsaBits });
  const keys = [
    { kid: KEY_IDS.ES256, alg: 'ES256', state: 'active', private_key: pem(es.privateKey) },
    { kid: KEY_IDS.RS256, alg: 'RS256', state: 'next', private_key: pem(rs.privateKey) },
  ];
  return {
    SIGNATURE_KEY_PREVIOUS: secret(),
    SIGNATURE_KEYS: JSON.stringify({ [CLIENT_ID]: { current: secret(), previous: secret() } }),
    JWT_KEYS: JSON.stringify({ keys }),
    TRUST_PROXY: '127.0.0.0/8,::1/128',
    CORS_ORIGIN: 'https://app.example.com',
    METRICS_TOKEN: secret(),
    DOCS: 'true',
  };
}

/** A request to each route that the OpenAPI document lists. */
async function routesOf(origin: string): Promise<RefusedCase[]> {
  const response = await fetch(`${origin}/openapi.json`);
  const { paths }: { paths: Record<string, object> } = JSON.parse(await response.text());
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map(method => {
      const target = path.replace(/\{\w+\}/g, 'a');
      const request = unsigned('{ "a":0}', { method: method.toUpperCase(), target });
      return { name: `route: ${request.method} ${path}`, request };
    }),
  );
}

async function measure(
  server: Server,
  send: (request: RawRequest) => Promise<number>,
  request: RawRequest,
  { turns, repeats }: { turns: number; repeats: number },
): Promise<Cost> {
  const costs: number[] = [];
  let status = 0;
  for (let turn = 0; turn < turns; turn++) {
    const before = await server.probe();
    for (let i = 0; i < repeats; i++) status = await send(request);
    const after = await server.probe();
    costs.push((after.cpu - before.cpu) / repeats);
  }
  server.emptyLog();
  return { median: median(costs), worst: Math.max(...costs), status };
}

function smallest(costs: Cost[]): Cost {
  return {
    median: Math.min(...costs.map(cost => cost.median)),
    worst: Math.max(...costs.map(cost => cost.worst)),
    status: costs[0]?.status ?? 0,
  };
}

function toFindings(known: Measured[], found: Measured[], tries: number): Findings {
  const [slowest] = [...known.filter(({ beyond }) => !beyond), ...found].toSorted(
    (a, b) => b.median - a.median,
  );
  const figures = ({ status, median: middle, worst }: Cost) => [
    status === 0 ? 'closed' : `${status}`,
    middle.toFixed(0),
    worst.toFixed(0),
  ];
  const cases: Table = {
    title: 'Refused requests',
    note:
      "The server's processor time for a request without a right signature or token: the smallest median of the rounds, and " +
      'the largest value of all. Bodies are of 100 KiB, headers and paths of 15 KiB, where nothing else is said.' +
      known
        .flatMap(({ name, beyond }) => (beyond ? [` Not in the promise: ${name}. ${beyond}.`] : []))
        .join(''),
    head: ['request', 'status', 'µs', 'worst µs'],
    rows: known.map(each => [each.name, ...figures(each)]),
  };
  const searched: Table = {
    title: 'Refused requests that a search found',
    note: `Made of the requests above and of one to each route, in ${tries} tries with the seed ${SEED}: those that cost most.`,
    head: ['made of', 'status', 'µs', 'worst µs', 'request'],
    rows: found.map(each => [each.name, ...figures(each), summary(each.request)]),
  };
  return {
    tables: [cases, searched],
    reach: [
      {
        promise: 'processor time of a refused request',
        target: `< ${LIMIT_US / 1000} ms`,
        measured: `${((slowest?.median ?? Number.NaN) / 1000).toFixed(2)} ms (${slowest?.name})`,
        met: (slowest?.median ?? Number.NaN) < LIMIT_US,
      },
    ],
  };
}

/** The beginning of each part of a request, for a cell of a table. */
function summary({ method, target, fields, body, chunkSize }: RawRequest): string {
  const start = (text: string) =>
    text.length > 30 ? `${JSON.stringify(text.slice(0, 30))}… (${text.length})` : JSON.stringify(text);
  const headers = fields.slice(0, 6).map(([name, value]) => `${name} ${start(value)}`);
  const more = fields.length > 6 ? [`${fields.length - 6} more fields`] : [];
  const parts = [`${method} ${start(target)}`, ...headers, ...more, `body ${start(body)}`];
  return [...parts, ...(chunkSize ? [`chunks of ${chunkSize}`] : [])].join(', ').replaceAll('|', '¦');
}
