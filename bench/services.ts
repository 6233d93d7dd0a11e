import { generateKeyPairSync } from 'node:crypto';
import { connect } from '@nats-io/transport-node';
import { createClient } from 'redis';
import { createAuthClient } from '../client/index.ts';
import { introspectVerifier } from '../client/verifiers/introspect.ts';
import { jwksVerifier } from '../client/verifiers/jwks.ts';
import { natsVerifier } from '../client/verifiers/nats.ts';
import { natsMissing, startNats } from '../scripts/engines/nats.ts';
import { median } from './measure/statistics.ts';
import type { Bench } from './measure/turns.ts';
import type { Findings } from './report.ts';
import { startServer } from './stage/processes.ts';
import { PASSWORD } from './stage/stage.ts';

/** The ways in which another service checks a token. */
export const serviceWays = [
  'GET /auth/verify',
  'POST /auth/introspect, X-Signature',
  'POST /auth/introspect, RFC 9421',
  'auth.token.verify over NATS',
  'key set and Redis',
  'key set alone',
] as const;
type Way = (typeof serviceWays)[number];

const CONNECTIONS = 50;
const QUICK_CHECKS = CONNECTIONS;

interface Turn {
  perSecond: number;
  /** Processor time of the service, in µs a check. */
  cpu: number;
}

/** What a token check costs a service, in each way that the API offers. */
export async function measureServices({ options, stage, field, serverCores, say }: Bench): Promise<Findings> {
  const missing = natsMissing();
  if (missing) throw new Error(missing);
  const nats = await startNats();
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const private_key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const keys = [{ kid: 'bench', alg: 'ES256', state: 'active', private_key }];
  const env: Record<string, string> = {
    ...stage.env,
    NATS_URL: nats.url,
    JWT_KEYS: JSON.stringify({ keys }),
  };
  const { directory } = stage;
  const { runtime } = field;
  const server = await startServer({ program: 'server.js', env, cores: serverCores, runtime, directory });
  const connection = await connect({ servers: `127.0.0.1:${nats.port}` });
  const redis = createClient({ url: env.REDIS_URL ?? '' });
  await redis.connect();
  try {
    const { origin: baseUrl } = server;
    const introspect = { baseUrl, signatureKey: env.SIGNATURE_KEY ?? '' };
    const email = stage.logins[0]?.email ?? '';
    const { access_token } = await createAuthClient(introspect).login({ email, password: PASSWORD });
    const jwks = { baseUrl };
    const ways: Record<Way, (token: string) => Promise<unknown>> = {
      'GET /auth/verify': gatewayCheck(baseUrl),
      'POST /auth/introspect, X-Signature': introspectVerifier(introspect),
      'POST /auth/introspect, RFC 9421': introspectVerifier({ ...introspect, signatureScheme: 'rfc9421' }),
      'auth.token.verify over NATS': natsVerifier({ connection }),
      'key set and Redis': jwksVerifier(jwks, { client: redis, timeoutMs: 5000 }),
      'key set alone': jwksVerifier(jwks),
    };
    const turns = new Map<Way, Turn[]>(serviceWays.map(way => [way, []]));
    for (let round = 0; round < (options.quick ? 1 : options.rounds); round++) {
      for (const way of serviceWays) {
        say(`${round + 1} ${way}`);
        const check = async () => {
          if (!(await ways[way](access_token))) throw new Error(`${way} refuses a token that is good.`);
        };
        await check();
        turns.get(way)?.push(await takeTurn(check, options.quick ? 0 : options.seconds));
      }
    }
    return toFindings(turns);
  } finally {
    redis.destroy();
    await connection.close();
    await server.stop();
    await nats.stop();
  }
}

function gatewayCheck(baseUrl: string) {
  return async (token: string) => {
    const response = await fetch(`${baseUrl}/auth/verify`, { headers: { Authorization: `Bearer ${token}` } });
    await response.arrayBuffer();
    return response.ok;
  };
}

/** @param seconds how long; 0 for a few checks */
async function takeTurn(check: () => Promise<void>, seconds: number): Promise<Turn> {
  let checks = 0;
  const startedAt = performance.now();
  const before = process.cpuUsage();
  const goesOn = () =>
    seconds === 0 ? checks < QUICK_CHECKS : performance.now() - startedAt < seconds * 1000;
  const loop = async () => {
    while (goesOn()) {
      checks++;
      await check();
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, loop));
  const { user, system } = process.cpuUsage(before);
  return { perSecond: (checks * 1000) / (performance.now() - startedAt), cpu: (user + system) / checks };
}

function toFindings(turns: Map<Way, Turn[]>): Findings {
  const middle = (way: Way, figure: keyof Turn) =>
    median((turns.get(way) ?? []).map(turn => turn[figure])) ?? Number.NaN;
  const rows = serviceWays.map(way => {
    const perSecond = middle(way, 'perSecond');
    const share = perSecond / middle('POST /auth/introspect, X-Signature', 'perSecond');
    return [way, `${Math.round(perSecond)}`, share.toFixed(2), `${Math.round(middle(way, 'cpu'))}`];
  });
  return {
    tables: [
      {
        title: 'A token check of another service',
        note: `${CONNECTIONS} checks at a time by one service; its own work is part of the figures. Median of the rounds.`,
        head: ['way', 'checks/s', 'of introspection', 'µs of the service'],
        rows,
      },
    ],
    reach: [],
  };
}
