import { randomBytes } from 'node:crypto';
import bcrypt from 'bcrypt';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { StoreError } from '../../../errors.ts';
import { createLockoutModel } from '../../../models/limits/lockout.model.ts';
import { backends, startTestApp, type TestApp } from '../../support/harness.ts';
import { totp } from '../../support/totp.ts';

const WINDOW_MS = 900_000;
const WRONG = 'wrong horse battery';

type Answer = Awaited<ReturnType<TestApp['call']>>;
const answerOf = ({ status, body }: Answer): string | number => (status < 400 ? status : body.code);
const times = (n: number, answer: string) => Array<string>(n).fill(answer);
const newAddress = () => `${randomBytes(6).toString('hex')}@example.com`;

describe.each(backends)('the lockout on %s stores', backend => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(backend, {
      CONCURRENT_LOGIN: 'true',
      // 200 at once are to be judged, not shed; and a busy machine is no fault.
      ...{ HASH_QUEUE_LIMIT: '10000', REDIS_TIMEOUT_MS: '20000', DB_TIMEOUT_MS: '20000' },
    });
  });
  afterAll(() => app.close());

  const login = (email: string, password = WRONG) =>
    app.call('POST', '/auth/login', { body: { email, password } });

  async function fail(email: string, count: number): Promise<(string | number)[]> {
    const answers = [];
    for (let i = 0; i < count; i++) answers.push(answerOf(await login(email)));
    return answers;
  }

  it('checks no more than 10 of 200 wrong passwords at once', async () => {
    for (const email of [(await app.register()).email, newAddress()]) {
      const answers = await Promise.all(Array.from({ length: 200 }, () => login(email)));
      expect(answers.map(answerOf).sort()).toEqual([
        ...times(190, 'account_locked'),
        ...times(10, 'invalid_credentials'),
      ]);
      const seconds = answers.filter(({ status }) => status === 429).map(each => each.headers['retry-after']);
      expect(new Set(seconds)).toEqual(new Set(['900']));
    }
  });

  it('locks nobody out for 200 right passwords at once', async () => {
    const { email, password } = await app.register();
    await fail(email, 9);
    const answers = await Promise.all(Array.from({ length: 200 }, () => login(email, password)));
    expect(new Set(answers.map(answerOf))).toEqual(new Set([200]));
  });

  it('is over after the window, though it was tried all the time', async () => {
    const { email, password } = await app.register();
    expect(await fail(email, 11)).toEqual([...times(10, 'invalid_credentials'), 'account_locked']);
    for (const secondsLeft of [600, 300, 1]) {
      app.clock.advance((secondsLeft === 1 ? 299 : 300) * 1000);
      const refused = await login(email, password);
      expect([answerOf(refused), refused.headers['retry-after']]).toEqual([
        'account_locked',
        String(secondsLeft),
      ]);
    }
    app.clock.advance(1000);
    expect(answerOf(await login(email, password))).toBe(200);
    expect(await fail(email, 11)).toEqual([...times(10, 'invalid_credentials'), 'account_locked']);
  });

  it('forgets failures with a success, and each when it is older than the window', async () => {
    const { email, password } = await app.register();
    for (let round = 0; round < 2; round++) {
      await fail(email, 9);
      expect(answerOf(await login(email, password))).toBe(200);
    }
    await fail(email, 9);
    app.clock.advance(WINDOW_MS);
    expect(await fail(email, 10)).toEqual(times(10, 'invalid_credentials'));
    expect(answerOf(await login(email))).toBe('account_locked');
  });

  it('counts a right password before a second factor as a success, and a wrong one as a failure', async () => {
    const user = await app.register();
    const token = await app.login(user);
    const { password } = user;
    await app.verifyEmail(user);
    const { secret } = (await app.call('POST', '/auth/mfa/totp', { token, body: { password } })).body;
    const body = { code: totp(secret, app.clock.now()) };
    await app.call('POST', '/auth/mfa/totp/confirm', { token, body });
    await fail(user.email, 9);
    expect(answerOf(await login(user.email, user.password))).toBe('mfa_required');
    expect(await fail(user.email, 11)).toEqual([...times(10, 'invalid_credentials'), 'account_locked']);
    expect(answerOf(await login(user.email, user.password))).toBe('account_locked');
  });

  it('says the same of an address that nobody has, in whatever letters', async () => {
    const [known, unknown] = [(await app.register()).email, newAddress()];
    const shown = async (email: string, i: number) => {
      const { status, headers, body } = await login(i % 2 ? email.toUpperCase() : email);
      const { date: _, 'x-request-id': __, ...rest } = headers;
      return { status, headers: { ...rest, 'content-length': '' }, body: { ...body, request_id: '' } };
    };
    for (let i = 0; i < 12; i++) {
      const answer = await shown(known, i);
      expect(answer.status).toBe(i < 10 ? 401 : 429);
      expect(await shown(unknown, i)).toEqual(answer);
    }
  });

  it('leaves sessions and other accounts alone', async () => {
    const [user, other] = [await app.register(), await app.register()];
    const { access_token: token, refresh_token } = (await login(user.email, user.password)).body;
    await fail(user.email, 11);
    expect(answerOf(await app.call('GET', '/auth/profile', { token }))).toBe(200);
    const refreshed = await app.call('POST', '/auth/refresh', { body: { refresh_token } });
    expect(answerOf(refreshed)).toBe(200);
    const body = { current_password: user.password, new_password: 'another horse' };
    const changed = await app.call('POST', '/auth/change-password', {
      body,
      token: refreshed.body.access_token,
    });
    expect(answerOf(changed)).toBe(200);
    expect(answerOf(await login(other.email, other.password))).toBe(200);
  });

  it('keeps who has stolen a token from guessing the password, and no owner from logging in', async () => {
    const user = await app.register();
    const token = await app.login(user);
    const change = (current_password: string) =>
      app.call('POST', '/auth/change-password', {
        token,
        body: { current_password, new_password: 'another horse' },
      });
    const answers = await Promise.all(Array.from({ length: 50 }, () => change(WRONG)));
    expect(answers.map(answerOf).sort()).toEqual([
      ...times(40, 'account_locked'),
      ...times(10, 'invalid_credentials'),
    ]);
    expect(answerOf(await change(user.password))).toBe('account_locked');
    expect(answerOf(await login(user.email, user.password))).toBe(200);
    app.clock.advance(WINDOW_MS);
    const again = await app.login(user);
    const body = { current_password: user.password, new_password: 'another horse' };
    expect(answerOf(await app.call('POST', '/auth/change-password', { token: again, body }))).toBe(200);
  });

  it('is told once for each lock, with the user where there is one and the address nowhere', async () => {
    const user = await app.register();
    const token = await app.login(user);
    const unknown = newAddress();
    const before = await lockouts();
    await Promise.all(Array.from({ length: 50 }, () => login(user.email)));
    await fail(unknown, 12);
    const body = { current_password: WRONG, new_password: 'another horse' };
    for (let i = 0; i < 12; i++) await app.call('POST', '/auth/change-password', { token, body });

    const told = () =>
      app
        .logged()
        .split('\n')
        .filter(line => line.includes('"event":"account.locked"'));
    const events = told().map(line => JSON.parse(line));
    expect(events.filter(({ user_id }) => user_id === user.id).map(({ reason }) => reason)).toEqual([
      'login',
      'password',
    ]);
    const [last] = events.filter(({ user_id }) => user_id === null).slice(-1);
    expect(last).toMatchObject({ reason: 'login', ip: '127.0.0.1' });
    for (const address of [user.email, unknown]) expect(app.logged()).not.toContain(address);
    const rows = () =>
      app.stores.db.query("SELECT reason FROM audit_log WHERE event = 'account.locked' AND user_id = ?", [
        user.id,
      ]);
    await expect.poll(rows).toHaveLength(2);
    const after = await lockouts();
    expect([after.login - before.login, after.password - before.password]).toEqual([2, 1]);
  });

  async function lockouts() {
    const text = await app.metrics.text();
    const count = (reason: string) =>
      Number(new RegExp(`^auth_lockouts_total\\{reason="${reason}"\\} (\\d+)$`, 'm').exec(text)?.[1]);
    return { login: count('login'), password: count('password') };
  }
});

describe.each(backends)('an attempt that succeeds before its end, on %s stores', backend => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(backend);
  });
  afterAll(() => app.close());

  it.each([
    ['ends well', () => 'done'],
    ['fails later', () => null],
    [
      'throws later',
      () => {
        throw new Error('of the rest');
      },
    ],
  ])('counts as a success when it %s', async (_name, rest) => {
    const { lockout } = app.models;
    const key = newAddress();
    const fail = async (count: number) => {
      for (let i = 0; i < count; i++) await lockout.attempt(key, async () => null);
    };
    await fail(9);
    const work = async (succeed: () => void) => {
      succeed();
      return rest();
    };
    await lockout.attempt(key, work).catch(() => {});
    await fail(9);
    expect(await lockout.attempt(key, async () => 'not locked')).toBe('not locked');
  });
});

describe('an attempt that cannot be settled', () => {
  const failing = new StoreError('away', null);
  const lockout = createLockoutModel(
    { begin: async () => ({ outcome: 'go' }), settle: () => Promise.reject(failing) },
    { failures: 10, windowMs: WINDOW_MS },
  );

  it('fails, whatever the work found', async () => {
    await expect(lockout.attempt('key', async () => 'done')).rejects.toBe(failing);
    await expect(lockout.attempt('key', async () => null)).rejects.toBe(failing);
  });

  it('has the result of the work when it succeeded before', async () => {
    const work = async (succeed: () => void) => {
      succeed();
      return 'a session';
    };
    expect(await lockout.attempt('key', work)).toBe('a session');
  });
});

describe.each(backends)('a login soon after a password change, on %s stores', backend => {
  it('compares one hash for a wrong password, as for an unknown address', async () => {
    const app = await startTestApp(backend);
    try {
      const user = await app.register();
      const body = { current_password: user.password, new_password: 'another horse' };
      await app.call('POST', '/auth/change-password', { token: await app.login(user), body });
      const compare = vi.spyOn(bcrypt, 'compare');
      for (const email of [user.email, newAddress()]) {
        compare.mockClear();
        const { body } = await app.call('POST', '/auth/login', { body: { email, password: WRONG } });
        expect([body.code, compare.mock.calls.length]).toEqual(['invalid_credentials', 1]);
      }
      expect(await app.login({ ...user, password: 'another horse' })).toBeTruthy();
    } finally {
      await app.close();
    }
  });
});

describe.each(backends)('a login on %s stores', backend => {
  it('reads the generation only for a wrong password, and where one has begun lately', async () => {
    const app = await startTestApp(backend);
    try {
      const user = await app.register();
      const read = vi.spyOn(app.models.sessions, 'generation');
      const reads = async (password: string) => {
        read.mockClear();
        await app.login({ ...user, password }).catch(() => {});
        return read.mock.calls.length;
      };
      expect(await reads(user.password)).toBe(0);
      expect(await reads(WRONG)).toBe(1);
      const body = { current_password: user.password, new_password: 'another horse' };
      await app.call('POST', '/auth/change-password', { token: await app.login(user), body });
      expect(await reads('another horse')).toBe(1);
    } finally {
      await app.close();
    }
  });
});

describe.each(backends)('a login that is answered 503 on %s stores', backend => {
  it('counts as neither', async () => {
    const app = await startTestApp(backend, { HASH_QUEUE_LIMIT: '0', UV_THREADPOOL_SIZE: '2' });
    let open = () => {};
    const gate = new Promise<void>(resolve => {
      open = resolve;
    });
    const compare = bcrypt.compare;
    const spy = vi.spyOn(bcrypt, 'compare').mockImplementation(async (password, hash) => {
      await gate;
      return compare(password, hash);
    });
    try {
      const [user, other] = [await app.register(), await app.register()];
      const held = app.login(other);
      await expect.poll(() => spy.mock.calls.length).toBe(1);
      const fail = async () =>
        answerOf(await app.call('POST', '/auth/login', { body: { email: user.email, password: WRONG } }));
      for (let i = 0; i < 15; i++) expect(await fail()).toBe('overloaded');
      open();
      await held;
      for (let i = 0; i < 10; i++) expect(await fail()).toBe('invalid_credentials');
      expect(await fail()).toBe('account_locked');
    } finally {
      open();
      spy.mockRestore();
      await app.close();
    }
  });
});

describe('LOCKOUT_FAILURES', () => {
  it.each([
    ['3', 3],
    ['0', 20],
  ])('of %s lets %i of 20 wrong passwords be tried', async (LOCKOUT_FAILURES, tried) => {
    const app = await startTestApp('embedded', { LOCKOUT_FAILURES });
    try {
      const { email, password } = await app.register();
      const answers = [];
      for (let i = 0; i < 20; i++)
        answers.push(answerOf(await app.call('POST', '/auth/login', { body: { email, password: WRONG } })));
      expect(answers.filter(answer => answer === 'invalid_credentials')).toHaveLength(tried);
      const right = await app.call('POST', '/auth/login', { body: { email, password } });
      expect(answerOf(right)).toBe(tried === 20 ? 200 : 'account_locked');
    } finally {
      await app.close();
    }
  });
});
