import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { FAULT_ROUNDS, followFault } from '../../support/faults/faultTable.ts';
import { backends, startTestApp, type TestApp } from '../../support/harness.ts';
import { tokenIn } from '../../support/smtpServer.ts';

const times = <T>(count: number, make: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));
const newEmail = () => `${randomBytes(6).toString('hex')}@example.com`;
const NEW = 'another long password';

describe.each(backends)('links in mails on %s stores', { repeats: FAULT_ROUNDS - 1 }, backend => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(backend, { CONCURRENT_LOGIN: 'true', HASH_QUEUE_LIMIT: '10000' });
  });
  afterAll(() => app.close());

  const post = (path: string, body: object) => app.call('POST', `/auth/${path}`, { body });

  /** The token of the one mail of a kind to the address. */
  async function tokenFor(email: string, page: 'verify-email' | 'reset-password'): Promise<string> {
    const found = () => app.mails.find(({ to, text }) => to === email && text.includes(`/${page}?`));
    await expect.poll(found).toBeTruthy();
    return tokenIn(found() ?? { text: '' }, page);
  }
  async function resetTokenFor(email: string): Promise<string> {
    await post('forgot-password', { email });
    return tokenFor(email, 'reset-password');
  }

  it('verify once, of ten at the same moment', async ({ task }) => {
    const race = followFault(task, 'verification link used ten times at once');
    for (let round = 0; round < 5; round++) {
      const user = await app.register();
      const token = await tokenFor(user.email, 'verify-email');
      race.tried();
      const answers = await Promise.all(times(10, () => post('verify-email', { token })));
      const statuses = answers.map(({ status }) => status).sort();
      race.note(statuses, statuses.join() === [204, ...Array(9).fill(422)].join());
    }
  });

  it('reset once, of ten at the same moment, and the winner’s password counts', async ({ task }) => {
    const race = followFault(task, 'reset link used ten times at once');
    for (let round = 0; round < 5; round++) {
      const user = await app.register();
      const token = await resetTokenFor(user.email);
      race.tried();
      const passwords = times(10, i => `new password ${i}`);
      const answers = await Promise.all(
        passwords.map(new_password => post('reset-password', { token, new_password })),
      );
      const statuses = answers.map(({ status }) => status);
      race.note(statuses, [...statuses].sort().join() === [204, ...Array(9).fill(422)].join());
      const logins = await Promise.all(
        passwords.map(password => post('login', { email: user.email, password })),
      );
      const loggedIn = logins.map(({ status }) => (status === 200 ? 204 : 422));
      race.note(loggedIn, loggedIn.join() === statuses.join());
    }
  });

  it('set one password, of two links used at the same moment', async ({ task }) => {
    const race = followFault(task, 'two reset links of a user used at once');
    for (let round = 0; round < 5; round++) {
      const user = await app.register();
      const first = await resetTokenFor(user.email);
      app.clock.advance(60_000);
      await post('forgot-password', { email: user.email });
      const mails = () =>
        app.mails.filter(({ to, text }) => to === user.email && text.includes('/reset-password?'));
      await expect.poll(() => mails().length).toBe(2);
      const second = tokenIn(mails()[1] ?? { text: '' }, 'reset-password');
      race.tried();
      const passwords = ['the first new one', 'the second new one'];
      const answers = await Promise.all(
        passwords.map((new_password, i) =>
          post('reset-password', { token: i ? second : first, new_password }),
        ),
      );
      const statuses = answers.map(({ status }) => status);
      race.note(statuses, [...statuses].sort().join() === '204,422');
      const logins = await Promise.all(passwords.map(password => post('login', { ...user, password })));
      const loggedIn = logins.map(({ status }) => (status === 200 ? 204 : 422));
      race.note(loggedIn, loggedIn.join() === statuses.join());
    }
  });

  it('ask for one mail, of ten at the same moment', async ({ task }) => {
    const race = followFault(task, 'ten requests for a reset at once');
    for (let round = 0; round < 5; round++) {
      const user = await app.register();
      race.tried();
      await Promise.all(times(10, () => post('forgot-password', { email: user.email })));
      const requested = "SELECT id FROM audit_log WHERE event = 'password.reset_requested' AND user_id = ?";
      await expect.poll(() => app.stores.db.query(requested, [user.id])).toHaveLength(10);
      await tokenFor(user.email, 'reset-password');
      const mails = app.mails.filter(({ to, subject }) => to === user.email && subject.includes('Reset'));
      race.note(mails.length, mails.length === 1);
    }
  });

  it('leave neither an old session nor an old password alive when they meet logins and refreshes', async ({
    task,
  }) => {
    const race = followFault(task, 'reset against logins and refreshes');
    for (let round = 0; round < 5; round++) {
      const user = await app.register();
      const { body: session } = await post('login', user);
      const token = await resetTokenFor(user.email);
      race.tried();
      const [reset, refreshed, ...logins] = await Promise.all([
        post('reset-password', { token, new_password: NEW }),
        post('refresh', { refresh_token: session.refresh_token }),
        ...times(6, () => post('login', user)),
      ]);
      race.note(reset, reset.status === 204);
      const old = [session, refreshed.body, ...logins.map(({ body }) => body)].filter(
        body => body.access_token,
      );
      for (const { access_token, refresh_token } of old) {
        const profile = await app.call('GET', '/auth/profile', { token: access_token });
        race.note(profile, profile.body.code === 'token_revoked');
        const refresh = await post('refresh', { refresh_token });
        race.note(refresh, refresh.status === 401);
      }
      const before = await post('login', user);
      race.note(before, before.status === 401);
      const after = await post('login', { email: user.email, password: NEW });
      race.note(after, after.status === 200);
    }
  });
});

/** The long form asks often enough to print what the times say; a busy machine is no fault, so nothing is asserted of them. */
const ADDRESSES = FAULT_ROUNDS > 1 ? 1000 : 40;

describe.each(backends)('who is registered cannot be told on %s stores', backend => {
  let app: TestApp;
  const known: string[] = [];
  const password = 'correct horse battery';
  beforeAll(async () => {
    app = await startTestApp(backend, { REQUIRE_EMAIL_VERIFICATION: 'true' }, {}, { startWithinMs: 1000 });
    for (let i = 0; i < ADDRESSES; i++) {
      const email = newEmail();
      known.push(email);
      await app.call('POST', '/auth/register', { body: { name: 'Ada', email, password } });
    }
    await eventually(() => expect(app.mails).toHaveLength(ADDRESSES));
    await app.stores.db.run(
      'REPLACE INTO verified_emails (user_id, email, verified_at) SELECT id, email, CURRENT_TIMESTAMP FROM users',
    );
  });
  afterAll(() => app.close());

  it.each([
    ['forgot-password', (email: string) => ({ email })],
    ['login', (email: string) => ({ email, password: 'a wrong password' })],
    ['register', (email: string) => ({ name: 'Eve', email, password })],
    ['register', (email: string) => ({ name: 'Eve', email, password: 'short' })],
  ] as const)('by %s', async (path, bodyFor) => {
    const ms: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] };
    const ask = async (kind: keyof typeof ms, email: string) => {
      const askedAt = performance.now();
      const { status, headers, body, text } = await app.call('POST', `/auth/${path}`, {
        body: bodyFor(email),
      });
      ms[kind].push(performance.now() - askedAt);
      const { 'x-request-id': _id, date: _date, 'content-length': _length, ...kept } = headers;
      const shown = text.replaceAll(email, 'EMAIL').replaceAll(body.request_id ?? '-', 'ID');
      return { status, headers: kept, text: shown };
    };
    const first = await ask('unknown', newEmail());
    for (const email of known) {
      for (const [kind, address] of [
        ['known', email],
        ['unknown', newEmail()],
      ] as const)
        expect(await ask(kind, address), kind).toEqual(first);
    }
    if (FAULT_ROUNDS > 1)
      console.log(`${backend} ${path}: median known ${median(ms.known)}, unknown ${median(ms.unknown)} ms`);
  });
});

function median(values: number[]): string {
  return ([...values].sort((a, b) => a - b)[values.length >> 1] ?? 0).toFixed(2);
}
