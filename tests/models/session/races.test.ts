import { randomBytes } from 'node:crypto';
import { Agent, createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../../app.ts';
import { createLoginModel } from '../../../models/account/login.model.ts';
import { GENERATION_TTL_MS } from '../../../models/session/generation.ts';
import { openStores, type Stores } from '../../../stores/stores.ts';
import { createLogger } from '../../../telemetry/logger.ts';
import { createMetrics } from '../../../telemetry/metrics.ts';
import { FAULT_ROUNDS, followFault } from '../../support/faults/faultTable.ts';
import {
  type Backend,
  backends,
  noMailer,
  type RegisteredUser,
  startTestApp,
  type TestApp,
} from '../../support/harness.ts';
import { type Response, send } from '../../support/http.ts';
import { device, modelsOf } from '../../support/session.models.ts';
import { sideBySide } from '../../support/sideBySide.ts';

/** Races are looked for here, not limits: a busy machine must not turn an answer into a 503 or a lock. */
const patient = {
  REDIS_TIMEOUT_MS: '20000',
  DB_TIMEOUT_MS: '20000',
  HASH_QUEUE_LIMIT: '10000',
  LOCKOUT_FAILURES: '0',
  LOG_LEVEL: 'silent',
};

/** How many rounds run side by side, each on a user of its own: much of a round is waiting. */
const AT_ONCE = 5;

/** As many processes as can share the stores: two apps over the real ones, one over the embedded. */
interface Deployment {
  app: TestApp;
  send(turn: number, method: 'GET' | 'POST', path: string, options: Sent): Promise<Response>;
  close(): Promise<void>;
}

interface Sent {
  body?: object;
  token?: string;
  headers?: Record<string, string>;
}

async function deploy(backend: Backend, limit: string): Promise<Deployment> {
  const app = await startTestApp(backend, { ...patient, CONCURRENT_LOGIN: limit });
  const second = backend === 'real' ? await startSecondApp(app) : null;
  const origins = [app.origin, ...(second ? [second.origin] : [])];
  const agent = new Agent({ keepAlive: true });
  return {
    app,
    async send(turn, method, path, { body, token, headers }) {
      const text = body ? JSON.stringify(body) : '';
      return send({
        method,
        url: new URL(path, origins[turn % origins.length]),
        headers: {
          ...(method === 'POST' && (headers ?? app.sign(method, path, text))),
          ...(token && { Authorization: `Bearer ${token}` }),
          ...(body && { 'Content-Type': 'application/json' }),
        },
        body: body && text,
        agent,
      });
    },
    async close() {
      agent.destroy();
      await second?.close();
      await app.close();
    },
  };
}

async function startSecondApp({ env, clock }: TestApp) {
  const log = createLogger('silent');
  const metrics = createMetrics();
  const stores: Stores = await openStores(env, log, metrics);
  const server: Server = createServer(
    createApp({
      env,
      ...stores,
      log,
      metrics,
      audit: { record() {}, async forget() {} },
      mailer: noMailer,
      now: clock.now,
      startedAt: 0,
    }),
  );
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    origin: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    async close() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
      await stores.close();
    },
  };
}

const times = <T>(count: number, make: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));
const codes = (answers: Response[]) => answers.map(({ status, body }) => body.code ?? status).sort();

describe.each(backends)('simultaneous requests on %s stores', { repeats: FAULT_ROUNDS - 1 }, backend => {
  const rounds = (real: number, embedded: number) => (backend === 'real' ? real : embedded);
  let deployment: Deployment;
  let app: TestApp;
  beforeAll(async () => {
    deployment = await deploy(backend, 'true');
    app = deployment.app;
  });
  afterAll(() => deployment.close());

  const credentials = ({ email, password }: { email: string; password: string }) => ({ email, password });
  const profiles = ({ send }: Deployment, tokens: string[]) =>
    Promise.all(tokens.map((token, i) => send(i, 'GET', '/auth/profile', { token })));
  const changed = (user: RegisteredUser, token: string, password: string, turn = 0) =>
    deployment.send(turn, 'POST', '/auth/change-password', {
      token,
      body: { current_password: user.password, new_password: password },
    });

  it.for([
    ['false', 1, rounds(100, 20)],
    ['3', 3, rounds(30, 10)],
  ] as const)(
    '10 logins with CONCURRENT_LOGIN=%s leave exactly %i, %i times',
    async ([limit, living, count], { task }) => {
      const race = followFault(task, `ten logins with CONCURRENT_LOGIN=${limit}, ${backend} stores`);
      const limited = await deploy(backend, limit);
      try {
        await sideBySide(AT_ONCE, AT_ONCE, async () => {
          const user = await limited.app.register();
          let earlier: string[] = [];
          for (let round = 0; round < count / AT_ONCE; round++) {
            race.tried();
            limited.app.clock.advance(1);
            const answers = await Promise.all(
              times(10, i => limited.send(i, 'POST', '/auth/login', { body: credentials(user) })),
            );
            expect(answers.map(({ status }) => status)).toEqual(times(10, () => 200));
            const tokens = answers.map(({ body }) => body.access_token as string);
            expect(codes(await profiles(limited, [...earlier, ...tokens]))).toEqual([
              ...times(living, () => 200),
              ...times(earlier.length + 10 - living, () => 'token_revoked'),
            ]);
            earlier = tokens;
          }
        });
      } finally {
        await limited.close();
      }
    },
  );

  it('50 registrations of one address make one user, 5 times', async ({ task }) => {
    const race = followFault(task, `50 registrations of one address, ${backend} stores`);
    for (let round = 0; round < 5; round++) {
      race.tried();
      const email = `Race.${randomBytes(6).toString('hex')}@Example.com`;
      const body = { name: 'Ada', password: 'correct horse' };
      const answers = await Promise.all(
        times(50, i =>
          deployment.send(i, 'POST', '/auth/register', {
            body: { ...body, email: i % 2 ? email : email.toLowerCase() },
          }),
        ),
      );
      expect(codes(answers)).toEqual([201, ...times(49, () => 'email_taken')]);
      const rows = await app.stores.db.query('SELECT email FROM users WHERE LOWER(email) = ?', [
        email.toLowerCase(),
      ]);
      expect(rows).toEqual([{ email: email.toLowerCase() }]);
    }
  });

  it('50 copies of one signed request are one request, 5 times', async ({ task }) => {
    const race = followFault(task, `50 copies of one signed request, ${backend} stores`);
    for (let round = 0; round < 5; round++) {
      race.tried();
      const body = {
        name: 'Ada',
        email: `${randomBytes(6).toString('hex')}@example.com`,
        password: 'correct horse',
      };
      const headers = app.sign('POST', '/auth/register', JSON.stringify(body));
      const answers = await Promise.all(
        times(50, i => deployment.send(i, 'POST', '/auth/register', { body, headers })),
      );
      expect(codes(answers)).toEqual([201, ...times(49, () => 'signature_replayed')]);
    }
  });

  it(`nothing that begins after the answer to a logout succeeds, ${rounds(150, 50)} times`, async ({
    task,
  }) => {
    const race = followFault(task, `requests during a logout, ${backend} stores`);
    const user = await app.register();
    await sideBySide(rounds(150, 50), AT_ONCE, async round => {
      race.tried();
      const token = await app.login(user);
      const other = await app.login(user);
      const during = times(6, i => deployment.send(i, 'GET', '/auth/profile', { token }));
      const logout = await deployment.send(round, 'POST', '/auth/logout', { token });
      expect(logout.status).toBe(204);
      const after = await profiles(
        deployment,
        times(6, () => token),
      );
      expect(codes(after)).toEqual(times(6, () => 'token_revoked'));
      for (const { status } of await Promise.all(during)) expect([200, 401]).toContain(status);
      expect((await deployment.send(round, 'GET', '/auth/profile', { token: other })).status).toBe(200);
    });
  });

  it(`no session made with the old password outlives its change, ${rounds(100, 25)} times`, async ({
    task,
  }) => {
    const race = followFault(task, `logins during a password change, ${backend} stores`);
    await sideBySide(rounds(100, 25), AT_ONCE, async () => {
      race.tried();
      const user = await app.register();
      const token = await app.login(user);
      const before = await app.login(user);
      const made: string[] = [];
      let settled = false;
      async function logIn(turn: number): Promise<void> {
        while (!settled) {
          const answer = await deployment.send(turn, 'POST', '/auth/login', { body: credentials(user) });
          if (answer.status === 200) made.push(answer.body.access_token);
          else expect(['invalid_credentials', 'store_unavailable']).toContain(answer.body.code);
        }
      }
      const logins = times(4, logIn);
      const change = await changed(user, token, 'a new password');
      settled = true;
      await Promise.all(logins);
      expect(change.status).toBe(200);

      const old = await profiles(deployment, [token, before, ...made]);
      expect(codes(old)).toEqual(times(made.length + 2, () => 'token_revoked'));
      expect(codes(await profiles(deployment, [change.body.access_token]))).toEqual([200]);
      const refused = await deployment.send(1, 'POST', '/auth/login', { body: credentials(user) });
      expect(codes([refused])).toEqual(['invalid_credentials']);
    });
  });

  it(`one of two password changes wins, ${rounds(50, 25)} times`, async ({ task }) => {
    const race = followFault(task, `two password changes at once, ${backend} stores`);
    await sideBySide(rounds(50, 25), 2 * AT_ONCE, async () => {
      race.tried();
      const user = await app.register();
      const tokens = [await app.login(user), await app.login(user)];
      const passwords = ['the first new one', 'the second new one'];
      const answers = await Promise.all(
        passwords.map((password, i) => changed(user, tokens[i] ?? '', password, i)),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
      const winner = answers.findIndex(({ status }) => status === 200);
      expect(codes(await profiles(deployment, tokens))).toEqual(['token_revoked', 'token_revoked']);
      expect(codes(await profiles(deployment, [answers[winner]?.body.access_token]))).toEqual([200]);
      const logins = await Promise.all(
        passwords.map((password, i) =>
          deployment.send(i, 'POST', '/auth/login', { body: { email: user.email, password } }),
        ),
      );
      expect(logins.map(({ status }) => status)).toEqual(passwords.map((_, i) => (i === winner ? 200 : 401)));
    });
  });

  it.each([
    ['with the password', 'verify', 0],
    ['with the password, for longer than a generation is kept,', 'verify', GENERATION_TTL_MS + 1],
    ['before it starts the session', 'start', 0],
    ['before it starts the session, for longer than a generation is kept,', 'start', GENERATION_TTL_MS + 1],
  ])('a login that was held up %s does not bring the old password back', async (_name, step, ms) => {
    const { stores, clock } = app;
    const models = modelsOf(app);
    const { accounts, logins, passwords, sessions, tokens } = models;
    const user = await app.register();

    // As a hash queue, or the pause of a whole machine, holds a login up.
    let arrived = () => {};
    const held = new Promise<void>(resolve => {
      arrived = resolve;
    });
    let release = () => {};
    const gate = new Promise<void>(resolve => {
      release = resolve;
    });
    const holdUp = async () => {
      arrived();
      await gate;
    };
    const slow = createLoginModel({
      ...models,
      sessions: {
        ...sessions,
        async start(...args) {
          if (step === 'start') await holdUp();
          return sessions.start(...args);
        },
      },
      passwords: {
        ...passwords,
        async verify(...args) {
          const matches = await passwords.verify(...args);
          if (step === 'verify') await holdUp();
          return matches;
        },
      },
    });
    const login = slow.login(user.email, user.password, device).catch((error: unknown) => error);
    await held;
    const { session } = await logins.login(user.email, user.password, device);
    await accounts.changePassword(
      tokens.verify(session.accessToken),
      user.password,
      'a new password',
      device,
    );
    clock.advance(ms);
    // Redis counts its own time.
    if (ms > GENERATION_TTL_MS) await stores.redis?.run('', ['DEL', `generation:${user.id}`]);
    release();

    const answer = await login;
    expect(answer).toMatchObject({ code: 'invalid_credentials' });
    expect((await sessions.list(user.id, 100)).sessions).toHaveLength(1);
  });
});
