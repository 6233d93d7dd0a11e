import { randomUUID } from 'node:crypto';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import dotenv from 'dotenv';
import jwt from 'jsonwebtoken';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parseEnv } from '../../config/env.ts';
import { openStores, type Stores } from '../../stores/stores.ts';
import { createLogger } from '../../telemetry/logger.ts';
import { createMetrics } from '../../telemetry/metrics.ts';
import { bareEnvironment, buildCheckout, freePort, run } from '../support/checkout.ts';
import { customerTable } from '../support/customerTable.ts';
import {
  createDatabase,
  dropDatabase,
  faultsOf,
  hasRealStores,
  startTestApp,
  testSettings,
} from '../support/harness.ts';
import { codeBlocks, section } from './markdown.ts';

const PAGE = 'docs/migrating.md';
const steps = section(PAGE, 'Steps for the operator').replace(/^ {3}/gm, '');

/** The settings of the customer's text, with its comments. */
const earlierEnv = `PORT=3000

# JWT
JWT_SECRET=your_super_secret_key
JWT_EXPIRES_IN=3600        # dalam detik

# Password hashing
BCRYPT_ROUNDS=10

# Redis
REDIS_URL=redis://localhost:6379

# MySQL
DB_HOST=localhost
DB_PORT=3306
DB_USER=root
DB_PASSWORD=
DB_NAME=api_test

# Multi-session policy
CONCURRENT_LOGIN=false     # false = 1 sesi aktif per user
`;

const HASH = '$2b$10$abcdefghijklmnopqrstuuCj7fyLDJytXL.TfOiOeiv0fQvSOK1/2';

/** As `readEnvironment` reads a file: an empty value counts as absent. */
function settingsIn(text: string): Record<string, string> {
  return Object.fromEntries(Object.entries(dotenv.parse(text)).filter(([, value]) => value !== ''));
}

describe('the earlier .env', () => {
  it('is accepted in development, with the values that it had', () => {
    expect(parseEnv(settingsIn(earlierEnv))).toMatchObject({
      PORT: 3000,
      JWT_EXPIRES_IN: 3600,
      BCRYPT_ROUNDS: 10,
      REDIS_URL: 'redis://localhost:6379',
      DB_PASSWORD: '',
      CONCURRENT_LOGIN: 1,
      SIGNATURE_KEY: 'default_secret',
      SIGNATURE_TIMELIMIT: 60_000,
    });
  });

  it('needs new secrets in production, as the page says', () => {
    const symptoms = section(PAGE, 'Symptoms');
    const production = { ...settingsIn(earlierEnv), NODE_ENV: 'production' };
    expect(faultsOf(production).map(fault => fault.split(';')[0])).toEqual([
      'JWT_SECRET is missing or a known example value',
      'SIGNATURE_KEY is missing or a known example value',
    ]);
    expect(symptoms).toContain('JWT_SECRET is missing or a known example value');

    const secrets = { JWT_SECRET: 'j'.repeat(32), SIGNATURE_KEY: 's'.repeat(32) };
    expect(faultsOf({ ...production, ...secrets })).toEqual([]);
    const [short] = faultsOf({ ...production, ...secrets, SIGNATURE_KEY_PREVIOUS: 'an earlier key' });
    expect(short).toMatch(/^SIGNATURE_KEY_PREVIOUS is shorter than 32 bytes/);
    const [text] = faultsOf({ ...production, ...secrets, JWT_EXPIRES_IN: '1h' });
    expect(text).toBe('JWT_EXPIRES_IN must be a whole number');
    expect(parseEnv({ ...production, ...secrets })).toMatchObject({ HOST: '0.0.0.0' });
  });
});

describe('the responses for clients', () => {
  it('have the statuses and members of the table', async () => {
    const app = await startTestApp('embedded');
    onTestFinished(() => app.close());
    const user = { name: 'Ada', email: 'ada@example.com', password: 'correct horse' };
    const change = { current_password: user.password, new_password: 'battery staple' };
    let token = '';
    const bodies: Record<string, object> = {
      'POST /auth/register': user,
      'POST /auth/login': user,
      'POST /auth/change-password': change,
    };
    const rows = [
      ...section(PAGE, 'What changes for clients').matchAll(/^\| `(\w+ \S+)` \| (\d+) \| (.*) \|$/gm),
    ];
    expect(rows).toHaveLength(5);
    for (const [, request = '', status, members = ''] of rows) {
      const [method = '', path = ''] = request.split(' ');
      const body = bodies[request];
      const response = await app.call(method, path, { ...(body && { body }), ...(token && { token }) });
      expect(String(response.status), request).toBe(status);
      expect(Object.keys(response.body)).toEqual([...members.matchAll(/`(\w+)`/g)].map(([, name]) => name));
      token = response.body.access_token ?? token;
    }
  });
});

describe.skipIf(!hasRealStores)('the steps for the operator', () => {
  /** The database of the earlier system with one user, and the `.env` of the page's step 3. */
  async function earlierSystem() {
    const env = parseEnv(testSettings('real'));
    onTestFinished(() => dropDatabase(env));
    await createDatabase(env, customerTable);
    const stores = await openStores(env, createLogger('silent'), createMetrics());
    onTestFinished(() => stores.close());
    const insert = 'INSERT INTO users (name, email, password) VALUES (?, ?, ?)';
    await stores.db.run(insert, ['Bea', 'bea@example.com', HASH]);

    const { directory, remove } = await buildCheckout();
    onTestFinished(remove);
    const { DB_HOST, DB_PORT, DB_USER, DB_PASSWORD, DB_NAME, REDIS_URL } = env;
    const database = { DB_HOST, DB_PORT, DB_USER, DB_PASSWORD, DB_NAME };
    // A busy machine is no fault.
    const here = { ...database, REDIS_URL, REDIS_TIMEOUT_MS: 5000, DB_TIMEOUT_MS: 5000 };
    const lines = Object.entries(here).map(([name, value]) => `${name}=${value}`);
    await writeFile(join(directory, '.env'), `${earlierEnv}\n${lines.join('\n')}\nNODE_ENV=production\n`);
    return { stores, directory };
  }

  const userRows = ({ db }: Stores) => db.query('SELECT * FROM users');

  it('bring a user over, by the commands of the page', async () => {
    const { stores, directory } = await earlierSystem();
    const port = String(await freePort());
    const [prepare, start, tryOut, makeSecret] = codeBlocks(steps).map(({ code }) =>
      code.replaceAll('3001', port),
    );
    const shell = (script = '') =>
      run('sh', ['-ec', script], { cwd: directory, env: bareEnvironment({ NO_PROXY: '127.0.0.1' }) });
    const done = async (script?: string): Promise<string> => {
      const process = shell(script);
      expect(await process.exited, process.output()).toBe(0);
      return process.output();
    };

    const refused = shell(prepare);
    expect(await refused.exited).toBe(1);
    expect(refused.output()).toContain('JWT_SECRET is missing or a known example value');

    for (const name of ['JWT_SECRET', 'SIGNATURE_KEY', 'DATA_KEY']) {
      const secret = (await done(makeSecret)).trim();
      expect(secret).toMatch(/^[\da-f]{64}$/);
      await appendFile(join(directory, '.env'), `${name}=${secret}\n`);
    }
    const before = await userRows(stores);
    await done(prepare);
    const server = shell(start);
    onTestFinished(async () => {
      server.killAll('SIGTERM');
      await server.exited;
    });
    await server.printed('"listening"');

    const output = await done(tryOut);
    expect(output).toContain('"status":"ok"');
    const { user, access_token } = JSON.parse(/^\{"access_token.*\}$/m.exec(output)?.[0] ?? '{}');
    expect(user).toMatchObject({ id: Number(before[0]?.id), name: 'Bea', email: 'bea@example.com' });
    expect(await userRows(stores)).toEqual(before);

    const profile = (token: string) =>
      fetch(`http://127.0.0.1:${port}/auth/profile`, { headers: { Authorization: `Bearer ${token}` } });
    expect((await profile(access_token)).status).toBe(200);
    // A token as the earlier system made it, on its allowlist, even under the new secret.
    const jti = randomUUID();
    const key = `jwt:${user.id}:${jti}`;
    await stores.redis?.run(key, ['SET', key, 'allow', 'EX', '60']);
    const { JWT_SECRET = '' } = dotenv.parse(await readFile(join(directory, '.env')));
    const earlierToken = jwt.sign({ id: user.id }, JWT_SECRET, { jwtid: jti, expiresIn: 60 });
    expect(await (await profile(earlierToken)).json()).toMatchObject({ code: 'token_invalid' });
  });
});
