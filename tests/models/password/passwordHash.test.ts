import argon2 from 'argon2';
import bcrypt from 'bcrypt';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createPasswordModel } from '../../../models/password/password.model.ts';
import {
  type Backend,
  backends,
  type RegisteredUser,
  type Settings,
  startTestApp,
} from '../../support/harness.ts';
import { sideBySide } from '../../support/sideBySide.ts';
import { totp } from '../../support/totp.ts';

const NEW = /^\$argon2id\$v=19\$m=19456,p=1,t=2\$/;
const PASSWORD = 'correct horse battery';
const cheap = { memoryCost: 64, timeCost: 1, parallelism: 1 };
const times = <T>(count: number, make: (i: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, i) => make(i)));

/** Ways in which a table that is older than the setting may hold the password. */
const olderHashes: [string, (password: string) => Promise<string>][] = [
  ['bcrypt of cost 4', password => bcrypt.hash(password, 4)],
  ['bcrypt of cost 5', password => bcrypt.hash(password, 5)],
  ['bcrypt as PHP writes it', async password => (await bcrypt.hash(password, 4)).replace('$2b$', '$2y$')],
  ['bcrypt as it was first', password => bcrypt.hash(password, bcrypt.genSaltSync(4, 'a'))],
  ['argon2id of other parameters', password => argon2.hash(password, cheap)],
  ['argon2i', password => argon2.hash(password, { ...cheap, type: argon2.argon2i })],
  [
    'argon2id with its parameters in the order of the specification',
    async password => (await argon2.hash(password, cheap)).replace('m=64,p=1,t=1', 'm=64,t=1,p=1'),
  ],
];

async function start(backend: Backend, settings: Settings = {}) {
  const app = await startTestApp(backend, {
    HASH_QUEUE_LIMIT: '1000',
    CONCURRENT_LOGIN: 'true',
    ...settings,
  });
  onTestFinished(() => app.close());
  const hashOf = async ({ id }: { id: number }) => {
    const [row] = await app.stores.db.query('SELECT password FROM users WHERE id = ?', [id]);
    return String(row?.password);
  };
  const setHash = ({ id }: { id: number }, hash: string) =>
    app.stores.db.run('UPDATE users SET password = ?, updated_at = updated_at WHERE id = ?', [hash, id]);
  const post = (path: string, body: object, token?: string) =>
    app.call('POST', `/auth/${path}`, { body, ...(token && { token }) });
  const login = ({ email, password }: { email: string; password: string }) =>
    post('login', { email, password });
  return { app, hashOf, setHash, post, login };
}

describe.each(backends)('hashes on %s stores', backend => {
  it('move to argon2id by logins, and nobody notices', async () => {
    const { app, hashOf, setHash, login } = await start(backend, { PASSWORD_HASH: 'argon2id' });
    const users = await times(olderHashes.length, async i => {
      const user = await app.register();
      const [, older] = olderHashes[i % olderHashes.length] ?? [];
      await setHash(user, (await older?.(user.password)) ?? '');
      return user;
    });
    app.clock.advance(60_000);
    const strangers = times(10, i => login({ email: `nobody${i}@example.com`, password: PASSWORD }));
    const wrong = times(users.length, i => login({ ...users[i], password: 'wrong horse' } as RegisteredUser));
    const answers = await times(2 * users.length, i => login(users[i % users.length] as RegisteredUser));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    for (const { status, body } of [...(await strangers), ...(await wrong)]) {
      expect([status, body.code]).toEqual([401, 'invalid_credentials']);
    }
    for (const user of users) expect(await hashOf(user)).toMatch(NEW);
    for (const { body } of answers) expect(body.user.updated_at).toBe(body.user.created_at);

    const settled = await times(users.length, i => hashOf(users[i] as RegisteredUser));
    for (const user of users) expect((await login(user)).status).toBe(200);
    expect(await times(users.length, i => hashOf(users[i] as RegisteredUser))).toEqual(settled);
  });

  it('move to another cost of bcrypt, and back from argon2id', async () => {
    const { app, hashOf, setHash, login } = await start(backend, { BCRYPT_ROUNDS: '5' });
    for (const older of [await bcrypt.hash(PASSWORD, 4), await argon2.hash(PASSWORD, cheap)]) {
      const user = await app.register({ password: PASSWORD });
      await setHash(user, older);
      expect((await login({ ...user, password: 'wrong horse' })).status).toBe(401);
      expect(await hashOf(user)).toBe(older);
      expect((await login(user)).status).toBe(200);
      expect(await hashOf(user)).toMatch(/^\$2b\$05\$/);
      expect((await login(user)).status).toBe(200);
    }
  });

  it('of passwords that bcrypt would cut stay as they are', async () => {
    const { app, hashOf, setHash, login } = await start(backend);
    const long = 'x'.repeat(73);
    const user = { ...(await app.register()), password: long };
    const hash = await argon2.hash(long, cheap);
    await setHash(user, hash);
    expect((await login(user)).status).toBe(200);
    expect(await hashOf(user)).toBe(hash);
    expect((await login({ ...user, password: 'x'.repeat(72) })).status).toBe(401);
  });

  it.each([
    ['bcrypt', false],
    ['argon2id', true],
  ] as const)('of an older system that cut passwords go on working, with %s', async (kind, isRenewed) => {
    const { app, hashOf, setHash, post, login } = await start(backend, { PASSWORD_HASH: kind });
    const long = 'long enough for bcrypt to cut it, as older systems let it do, without a word';
    expect(Buffer.byteLength(long)).toBeGreaterThan(72);
    const user = { ...(await app.register()), password: long };
    const hash = await bcrypt.hash(long, 4);
    await setHash(user, hash);
    expect((await login({ ...user, password: long.replace('long', 'Long') })).status).toBe(401);
    const answer = await login(user);
    expect(answer.status).toBe(200);
    // bcrypt would cut it again, argon2id takes all of it.
    expect((await hashOf(user)) !== hash).toBe(isRenewed);
    expect((await login({ ...user, password: long.slice(0, -1) })).status).toBe(isRenewed ? 401 : 200);

    // As a current password it counts, too. A new one is not cut.
    const token = (await login(user)).body.access_token;
    const change = (new_password: string) =>
      post('change-password', { current_password: long, new_password }, token);
    if (kind === 'bcrypt') expect((await change(`${long}!`)).status).toBe(422);
    expect((await change('another password')).status).toBe(200);
  });

  it('take all of a long password with argon2id', async () => {
    const { app, login } = await start(backend, { PASSWORD_HASH: 'argon2id' });
    const user = await app.register({ password: 'é'.repeat(512) });
    expect((await login(user)).status).toBe(200);
    expect((await login({ ...user, password: `${'é'.repeat(511)}e` })).status).toBe(401);
    expect((await login({ ...user, password: 'é'.repeat(513) })).status).toBe(401);
  });

  it('that cannot be written refuse nobody', async () => {
    const { app, hashOf, setHash, login } = await start(backend, { PASSWORD_HASH: 'argon2id' });
    const user = await app.register();
    const hash = await bcrypt.hash(user.password, 4);
    await setHash(user, hash);
    const refusal =
      backend === 'real'
        ? "SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'read-only'"
        : "BEGIN SELECT RAISE(ABORT, 'read-only'); END";
    await app.stores.db.run(`CREATE TRIGGER refusal BEFORE UPDATE ON users FOR EACH ROW ${refusal}`);
    expect((await login(user)).status).toBe(200);
    expect(await hashOf(user)).toBe(hash);
    await app.stores.db.run('DROP TRIGGER refusal');
    expect((await login(user)).status).toBe(200);
    expect(await hashOf(user)).toMatch(NEW);
  });

  it('that are none let nobody in', async () => {
    const { app, setHash, login } = await start(backend);
    const user = await app.register();
    for (const none of [
      '',
      'x',
      PASSWORD,
      '$2b$04$short',
      '$argon2id$v=19$m=64,p=1,t=1$AAAA',
      '$argon2id$v=19$m=9',
    ]) {
      await setHash(user, none);
      expect((await login(user)).status).toBe(401);
    }
  });

  it('move in the first step of a login with a second factor, and leave its token good', async () => {
    const { app, hashOf, setHash, post, login } = await start(backend, { PASSWORD_HASH: 'argon2id' });
    const user = await app.register();
    const token = await app.login(user);
    await app.verifyEmail(user);
    const { secret } = (await post('mfa/totp', { password: user.password }, token)).body;
    expect((await post('mfa/totp/confirm', { code: totp(secret, app.clock.now()) }, token)).status).toBe(200);
    await setHash(user, await bcrypt.hash(user.password, 4));
    const steps = await times(3, () => login(user));
    expect(await hashOf(user)).toMatch(NEW);
    for (const { body } of steps) {
      expect(body.code).toBe('mfa_required');
      app.clock.advance(30_000);
      const code = totp(secret, app.clock.now());
      expect((await post('login/mfa', { mfa_token: body.mfa_token, code })).status).toBe(200);
    }
  });

  it('that move during a change of the password neither undo nor refuse it, 20 times', async () => {
    const { app, hashOf, setHash, post, login } = await start(backend, { BCRYPT_ROUNDS: '5' });
    await sideBySide(20, 10, async round => {
      const user = await app.register();
      const token = await app.login(user);
      const next = `quite another ${round}`;
      await setHash(user, await bcrypt.hash(user.password, 4));
      const body = { current_password: user.password, new_password: next };
      const [change, ...logins] = await Promise.all([
        post('change-password', body, token),
        ...Array.from({ length: 3 }, () => login(user)),
      ]);
      expect(change?.status).toBe(200);
      for (const { status } of logins) expect([200, 401, 503]).toContain(status);
      expect(await bcrypt.compare(next, await hashOf(user))).toBe(true);
      expect((await login(user)).status).toBe(401);
      expect((await login({ ...user, password: next })).status).toBe(200);
    });
  });
});

describe('the work for a stranger', () => {
  it('is that of a user’s hash, as often as users have it, and the same at each try', async () => {
    const verify = vi.spyOn(argon2, 'verify');
    const compare = vi.spyOn(bcrypt, 'compare');
    onTestFinished(() => void vi.restoreAllMocks());
    const hashes = [
      ...Array(75).fill(await bcrypt.hash(PASSWORD, 5)),
      ...Array(25).fill(await argon2.hash(PASSWORD, cheap)),
      'no hash',
    ];
    const stranger = async (address: string) => {
      const before = [verify.mock.calls.length, compare.mock.calls.length];
      expect(await passwords.verify(PASSWORD, null, address)).toBe(false);
      const done = verify.mock.calls.length - (before[0] ?? 0);
      expect(done + compare.mock.calls.length - (before[1] ?? 0)).toBe(1);
      return done === 1 ? 'argon2' : 'bcrypt';
    };
    const options = { kind: 'argon2id', rounds: 10, queueLimit: 10, threads: 4, secret: 'secret' } as const;
    const passwords = createPasswordModel({ ...options, sample: async () => hashes });
    const kinds: string[] = [];
    for (let i = 0; i < 200; i++) kinds.push(await stranger(`nobody${i}@example.com`));
    expect(kinds.filter(kind => kind === 'argon2').length).toBeGreaterThan(25);
    expect(kinds.filter(kind => kind === 'argon2').length).toBeLessThan(75);
    expect(verify.mock.calls[0]?.[0]).toMatch(/^\$argon2id\$v=19\$m=64,p=1,t=1\$/);
    expect(compare.mock.calls[0]?.[1]).toMatch(/^\$2b\$05\$/);
    for (const i of [3, 7, 50]) expect(await stranger(`Nobody${i}@Example.com`)).toBe(kinds[i]);
  });
});
