import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import dotenv from 'dotenv';
import mysql from 'mysql2/promise';
import newman, { type Execution, type RunOptions, type Summary } from 'newman';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { writeFirstEnv } from '../../scripts/first-start.ts';
import { signatureHeaders, signatureKey } from '../../signing/mac.ts';
import { mysqlOptions } from '../../stores/mysqlLogin.ts';
import { registerAdmin } from '../support/administrator.ts';
import { everyEndpoint } from '../support/endpoints.ts';
import { backends, startTestApp, type TestApp } from '../support/harness.ts';

interface Folder {
  name: string;
  item: Item[];
}

interface Item {
  name: string;
  request: { method: string; url: { raw: string } };
}

interface Collection {
  item: Folder[];
  event: { listen: string; script: { exec: string[] } }[];
}

const FILE = 'postman_collection.json';
const collection: Collection = JSON.parse(readFileSync(FILE, 'utf8'));
const requests = collection.item.flatMap(folder => folder.item);

// Newman would send requests to the loopback address through a proxy, where the environment names one.
vi.stubEnv('NO_PROXY', '127.0.0.1');
afterAll(() => vi.unstubAllEnvs());

/** Runs the collection against the app, in real time, signed with the app's key unless told otherwise. */
async function run(
  app: TestApp,
  { envVar = [{ key: 'SIGNATURE_KEY', value: app.env.SIGNATURE_KEY }], ...options }: Partial<RunOptions> = {},
): Promise<Summary['run']> {
  const toRealTime = () => app.clock.advance(Date.now() - app.clock.now());
  toRealTime();
  const variables = [{ key: 'base_url', value: app.origin }, ...envVar];
  return new Promise((resolve, reject) => {
    newman
      .run({ collection: FILE, ...options, envVar: variables }, (error, summary) =>
        error ? reject(error) : resolve(summary.run),
      )
      // A code of the second factor is good for half a minute of this time.
      .on('beforeRequest', toRealTime);
  });
}

/** The collection cannot read mails, so each new user's address is verified by the database. */
async function verifyNewUsers({ env, stores }: TestApp): Promise<void> {
  const insert =
    'INSERT INTO verified_emails (user_id, email, verified_at) VALUES (NEW.id, NEW.email, CURRENT_TIMESTAMP)';
  const trigger = 'CREATE TRIGGER verify_new_users AFTER INSERT ON users';
  if (stores.db.engine === 'sqlite') {
    await stores.db.run(`${trigger} BEGIN ${insert}; END`);
    return;
  }
  const connection = await mysql.createConnection(mysqlOptions(env));
  await connection.query(`${trigger} FOR EACH ROW ${insert}`);
  await connection.end();
}

/** The collection with its scripts and variables, and this one request in place of its own. */
function probe(request: object): Omit<Collection, 'item'> & { item: object[] } {
  return { ...structuredClone(collection), item: [{ name: 'probe', request }] };
}

function failures({ failures }: Summary['run']): string[] {
  return failures.map(({ error, source }) => `${source?.name}: ${error.test ?? ''} ${error.message}`);
}

function answers({ executions }: Summary['run']): { status: number | undefined; body: unknown }[] {
  return executions.map(({ response }) => ({ status: response?.code, body: response?.json() }));
}

/** Whether the signature covers method, path and body as they were sent. */
function isSignedAsSent({ request }: Execution, key: string): boolean {
  const signed = signatureHeaders(signatureKey(key), {
    method: request.method,
    path: request.url.getPath(),
    body: request.body?.raw ?? '',
    timestamp: request.headers.get('X-Timestamp') ?? '',
  });
  return signed['X-Signature'] === request.headers.get('X-Signature');
}

async function appFor(overrides?: Parameters<typeof startTestApp>[1]): Promise<TestApp> {
  const app = await startTestApp('embedded', overrides);
  onTestFinished(() => app.close());
  return app;
}

describe.each(backends)('the Postman collection on %s stores', backend => {
  let app: TestApp;
  beforeAll(async () => {
    // The address is this machine's, which in Redis other suites would use up.
    app = await startTestApp(backend, backend === 'embedded' ? { RATE_LIMIT: 'on' } : {});
    await verifyNewUsers(app);
  });
  afterAll(() => app.close());

  it('passes and checks each answer, and does so again on the same database', async () => {
    for (const _ of ['first', 'again']) {
      const result = await run(app);
      expect(failures(result)).toEqual([]);
      expect(result.executions.map(({ item }) => item.name)).toEqual(requests.map(({ name }) => name));
      expect(result.stats.requests).toEqual({ total: requests.length, pending: 0, failed: 0 });
      expect(result.stats.assertions.total).toBeGreaterThan(requests.length);
      const shared = ['must not be cached', 'has a request id'];
      for (const { item, assertions = [] } of result.executions) {
        const names = assertions.map(({ assertion }) => assertion);
        expect(names, item.name).toEqual(expect.arrayContaining(shared));
        expect(names.length, item.name).toBeGreaterThan(shared.length);
      }
    }
  });

  it('fails when it signs with another key', async () => {
    const envVar = [{ key: 'SIGNATURE_KEY', value: 'not the key of the server' }];
    const result = await run(app, { folder: 'Account', envVar });
    expect(failures(result)).not.toEqual([]);
    const register = result.executions.find(({ item }) => item.name === 'Register');
    expect(register?.response?.json()).toMatchObject({ code: 'signature_mismatch' });
  });
});

describe('the Postman collection', () => {
  it('has every endpoint', () => {
    const covered = requests.map(({ request }) =>
      `${request.method} ${request.url.raw}`
        .replace(/\?.*/, '')
        .replace('{{user_id}}', ':id')
        .replace('{{user_session_id}}', ':sid')
        .replace(/\/sessions\/(?!:).+/, '/sessions/:id')
        .replace(/\/assets\/.+/, '/assets/:file'),
    );
    const endpoints = everyEndpoint().map(({ method, path }) => `${method} {{base_url}}${path}`);
    expect(endpoints).toContain('POST {{base_url}}/auth/login');
    expect(covered).toEqual(expect.arrayContaining(endpoints));
  });

  it('administers for a user who has the role', async () => {
    const app = await appFor({ CONCURRENT_LOGIN: 'true' });
    const admin = await registerAdmin(app);
    const user = await app.register();
    const token = await app.login(user);
    const { sessions } = (await app.call('GET', '/auth/sessions', { token })).body;
    const envVar = [
      { key: 'SIGNATURE_KEY', value: app.env.SIGNATURE_KEY },
      { key: 'email', value: admin.email },
      { key: 'password', value: admin.password },
      { key: 'user_id', value: String(user.id) },
      { key: 'user_session_id', value: sessions[0].id },
    ];
    const result = await run(app, { folder: 'Administration', envVar });
    expect(failures(result)).toEqual([]);
    const codes = result.executions.map(({ response }) => response?.code);
    // The lock has ended the session, and there is no second factor.
    expect(codes).toEqual([200, 200, 200, 204, 204, 204, 204, 204, 404, 404, 200]);
    expect((await app.models.users.findById(user.id))?.roles).toEqual(['editor']);
  });

  it('passes for a user whose address is not verified, and leaves out what needs that', async () => {
    const result = await run(await appFor());
    expect(failures(result)).toEqual([]);
    const names = result.executions.map(({ item }) => item.name);
    expect(names).toContain('Enrol');
    expect(names).not.toContain('Confirm');
    expect(names.slice(-1)).toEqual(requests.slice(-1).map(({ name }) => name));
  });

  it('runs with the environment that the first start writes', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'first-start-'));
    onTestFinished(() => rmSync(directory, { recursive: true }));
    copyFileSync('.env.example', join(directory, '.env.example'));
    expect(writeFirstEnv(directory, { PORT: '4000' })).toContain('postman_environment.local.json');

    const { SIGNATURE_KEY, JWT_SECRET } = dotenv.parse(readFileSync(join(directory, '.env')));
    const environment = join(directory, 'postman_environment.local.json');
    expect(JSON.parse(readFileSync(environment, 'utf8'))).toMatchObject({
      name: expect.stringMatching(/./),
      values: [
        { key: 'base_url', value: 'http://127.0.0.1:4000', enabled: true },
        { key: 'SIGNATURE_KEY', value: SIGNATURE_KEY, enabled: true },
      ],
    });

    const app = await appFor({ SIGNATURE_KEY, JWT_SECRET });
    expect(failures(await run(app, { folder: 'Account', environment, envVar: [] }))).toEqual([]);
  });

  it('falls back to default_secret without an environment', async () => {
    const app = await appFor({ SIGNATURE_KEY: 'default_secret' });
    expect(failures(await run(app, { folder: 'Account', envVar: [] }))).toEqual([]);
  });
});

describe("the collection's signing script", () => {
  it('signs what is written, reads variables once and leaves out the query', async () => {
    const app = await appFor();
    const body = `{
  // Postman takes comments out.
  "name": "Zoë \\"//\\" 李",
  "email": "{{$guid}}@example.com", /* new each time
  it is read */
  "password": "{{password}}"
}`;
    const result = await run(app, {
      collection: probe({
        method: 'POST',
        header: [{ key: 'Content-Type', value: 'application/json' }],
        body: { mode: 'raw', raw: body },
        url: {
          raw: '{{base_url}}/auth/:action?from={{$guid}}#top',
          host: ['{{base_url}}'],
          path: ['auth', ':action'],
          query: [{ key: 'from', value: '{{$guid}}' }],
          hash: 'top',
          variable: [{ key: 'action', value: 'register' }],
        },
      }),
    });
    expect(answers(result)).toMatchObject([{ status: 201, body: { user: { name: 'Zoë "//" 李' } } }]);
  });

  it('sends the very path that it signed', async () => {
    const app = await appFor();
    const result = await run(app, {
      collection: probe({ method: 'DELETE', url: '{{base_url}}/auth/sessions/{{$guid}}' }),
    });
    const [execution] = result.executions;
    expect(execution?.request.url.getPath()).toMatch(/^\/auth\/sessions\/[0-9a-f-]{36}$/);
    expect(execution && isSignedAsSent(execution, app.env.SIGNATURE_KEY)).toBe(true);
  });

  it('signs the path of a base_url that has one', async () => {
    const app = await appFor();
    const envVar = [
      { key: 'SIGNATURE_KEY', value: app.env.SIGNATURE_KEY },
      { key: 'base_url', value: `${app.origin}/api` },
    ];
    expect(failures(await run(app, { folder: 'Account', envVar }))).toEqual([]);
  });

  it('signs the same request twice within a millisecond with two signatures', async () => {
    const app = await appFor();
    const frozen = probe({ method: 'POST', url: '{{base_url}}/auth/logout', auth: { type: 'noauth' } });
    for (const { listen, script } of frozen.event) {
      if (listen !== 'prerequest') continue;
      script.exec = ['(function (Date) {', ...script.exec, `})({ now: () => ${Date.now()} });`];
    }
    const result = await run(app, { collection: frozen, iterationCount: 3 });
    expect(answers(result).map(({ body }) => body)).toMatchObject(Array(3).fill({ code: 'token_missing' }));
  });

  it('leaves alone what is not to be signed', async () => {
    const app = await appFor();
    for (const method of ['GET', 'HEAD', 'OPTIONS']) {
      const result = await run(app, { collection: probe({ method, url: '{{base_url}}/auth/profile' }) });
      expect(result.executions[0]?.request.headers.get('X-Signature'), method).toBeUndefined();
    }
  });
});
