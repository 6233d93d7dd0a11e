import { isDeepStrictEqual } from 'node:util';
import { signatureHeaders, signatureKey } from '../../signing/mac.ts';
import { V8_FLAGS } from '../../workers.ts';
import type { Answers } from '../measure/load.ts';
import { type Load, type Server, type StartOptions, startServer } from './processes.ts';
import type { Runtime } from './runtimes.ts';
import { PASSWORD, type Stage } from './stage.ts';

/** A server and the request that is measured on it. */
export interface Contender {
  name: string;
  label: string;
  program: string;
  method: 'GET' | 'POST';
  path: string;
  /** Where a peer that finds the session by cookies has its login. */
  login?: string;
  /** Settings of its own. */
  env?: Record<string, string>;
  ours?: boolean;
}

const item = { path: '/item' };
const get = { ...item, method: 'GET' } as const;
const post = { ...item, method: 'POST' } as const;
const servers = 'bench/servers';
const dressed = { BENCH_DRESSED: 'true' };
const fastify = { ...get, program: `${servers}/fastify.js` };
const betterAuth = { ...get, program: `${servers}/betterAuth.js`, login: '/api/auth/sign-in/email' };

export const checks: Contender[] = [
  { ...get, name: 'http', label: 'node:http alone', program: `${servers}/http.js` },
  { ...get, name: 'naked', label: 'Express, naked', program: `${servers}/express.js` },
  { ...get, name: 'dressed', label: 'Express, dressed', program: `${servers}/express.js`, env: dressed },
  {
    ...get,
    name: 'dressed-on-ours',
    label: 'Express, dressed, on our HTTP server',
    program: `${servers}/expressOnOurs.js`,
  },
  { ...get, name: 'token', label: 'token check (ours)', program: `${servers}/ours.js`, ours: true },
  {
    name: 'profile',
    label: 'GET /auth/profile (ours)',
    program: 'server.js',
    method: 'GET',
    path: '/auth/profile',
    ours: true,
  },
  {
    ...get,
    name: 'session',
    label: 'express-session + connect-redis + MySQL, dressed',
    program: `${servers}/session.js`,
    login: '/login',
  },
  { ...get, name: 'passport', label: 'passport-jwt + MySQL, dressed', program: `${servers}/passport.js` },
  { ...fastify, name: 'fastify', label: 'Fastify + @fastify/jwt + Redis + MySQL, dressed' },
  {
    ...fastify,
    name: 'fastify-tuned',
    label: 'Fastify, fastest settings, dressed',
    env: { BENCH_TUNED: 'true' },
  },
  { ...betterAuth, name: 'better-auth', label: 'better-auth + Redis, dressed' },
  {
    ...betterAuth,
    name: 'better-auth-cookie',
    label: 'better-auth, cookie cache, dressed',
    env: { BENCH_COOKIE_CACHE: 'true' },
  },
];

export const signed: Contender[] = [
  {
    ...post,
    name: 'naked-post',
    label: 'Express with express.json, naked',
    program: `${servers}/express.js`,
  },
  {
    ...post,
    name: 'dressed-post',
    label: 'Express with express.json, dressed',
    program: `${servers}/express.js`,
    env: dressed,
  },
  { ...post, name: 'signed', label: 'signed POST (ours)', program: `${servers}/ours.js`, ours: true },
  {
    ...post,
    name: 'hmac',
    label: 'express.json + createHmac, dressed',
    program: `${servers}/hmac.js`,
  },
];

/** What is posted, beside a nonce. */
export const BODY = { item: 'a book', quantity: 2, note: 'leave it with the neighbours' };

/** A contender that runs, with the headers of its requests. */
export interface Running {
  contender: Contender;
  server: Server;
  url: string;
  headers: Record<string, string>[];
}

/** One turn's figures. */
export interface Turn extends Answers {
  /** Microseconds of the server's processor time per request. */
  cpuPerRequest: number;
  /** Share of one core that the server took. */
  serverBusy: number;
  /** The server's memory afterwards, in bytes, and its event loop's 99th percentile of delay, in ms. */
  rss: number;
  loopDelay: number;
}

const isOurs = (program: string) => program === 'server.js' || /\/(ours|expressOnOurs)\.js$/.test(program);

export type Field = ReturnType<typeof createField>;

/** Starts contenders' servers on one Node.js, each program once. */
export function createField(stage: Stage, cores: string | null, runtime: Runtime) {
  const started = new Map<string, Promise<Server>>();

  function start(contender: Contender, more: Partial<StartOptions> = {}): Promise<Server> {
    const { program } = contender;
    const nodeOptions = [...(isOurs(program) ? V8_FLAGS : []), ...(more.nodeOptions ?? [])];
    const env = { ...stage.env, ...contender.env };
    return startServer({ program, env, cores, runtime, directory: stage.directory, ...more, nodeOptions });
  }

  return {
    runtime,
    start,

    /** The contender on a server that runs until {@link stop}, once its answer was found right. */
    async enter(contender: Contender): Promise<Running> {
      const key = `${contender.program} ${JSON.stringify(contender.env)}`;
      const starting = started.get(key) ?? start(contender);
      started.set(key, starting);
      return prepare(stage, contender, await starting);
    },

    async stop(): Promise<void> {
      await Promise.allSettled([...started.values()].map(async server => (await server).stop()));
      started.clear();
    },
  };
}

/**
 * Gets the headers of the contender's requests and makes sure that it answers right.
 * @throws {Error} when it does not
 */
export async function prepare(stage: Stage, contender: Contender, server: Server): Promise<Running> {
  const { method, path, login, label } = contender;
  const url = server.origin + path;
  const headers: Record<string, string>[] = [];
  for (const { user, token } of stage.readers) {
    headers.push(
      login
        ? { Cookie: await logIn(server.origin + login, user.email) }
        : { Authorization: `Bearer ${token}` },
    );
  }
  const body = method === 'POST' ? JSON.stringify(BODY) : '';
  const key = signatureKey(stage.env.SIGNATURE_KEY ?? '');
  const response = await fetch(url, {
    method,
    headers: {
      ...headers[0],
      ...(body && {
        'Content-Type': 'application/json',
        ...signatureHeaders(key, { method, path, body, timestamp: Date.now() }),
      }),
    },
    ...(body && { body }),
  });
  const text = await response.text();
  const wanted = { user: stage.readers[0]?.user };
  if (response.status !== 200 || !isDeepStrictEqual(JSON.parse(text), wanted))
    throw new Error(`${label} answers ${response.status} ${text} and not ${JSON.stringify(wanted)}`);
  return { contender, server, url, headers };
}

async function logIn(url: string, email: string): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: new URL(url).origin },
    body: JSON.stringify({ email, password: PASSWORD }),
  });
  if (!response.ok) throw new Error(`${url} answers ${response.status} ${await response.text()}`);
  return response.headers
    .getSetCookie()
    .map(cookie => cookie.split(';')[0])
    .join('; ');
}

/** Lets the load on a contender for one turn. */
export async function takeTurn(
  load: Load,
  running: Running,
  stage: Stage,
  how: { seconds: number; connections: number; amount?: number; rate?: number; bodies?: object[] },
): Promise<Turn> {
  const { contender, server, url, headers } = running;
  const { bodies = [BODY], ...limits } = how;
  const before = await server.probe();
  const startedAt = performance.now();
  const answers = await load({
    ...limits,
    url,
    method: contender.method,
    headers,
    ...(contender.method === 'POST' && { signed: { key: stage.env.SIGNATURE_KEY ?? '', bodies } }),
  });
  const elapsed = performance.now() - startedAt;
  const { cpu, rss, loopDelay } = await server.probe();
  server.emptyLog();
  const used = cpu - before.cpu;
  return {
    ...answers,
    cpuPerRequest: used / Math.max(1, answers.good),
    serverBusy: used / 1000 / elapsed,
    rss,
    loopDelay,
  };
}
