import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDataKey } from '../../config/env.schema.ts';
import type { Env } from '../../config/env.ts';
import { createEncryptionModel } from '../../models/mfa/encryption.model.ts';
import { backends, type RegisteredUser, startTestApp, type TestApp } from '../support/harness.ts';
import { device, modelsOf } from '../support/session.models.ts';
import { totp } from '../support/totp.ts';

const newKey = () => randomBytes(32);
const secret = randomBytes(32).toString('hex');
const STEP_MS = 30_000;

describe('encryption', () => {
  it('gives back what went in, to the same owner, never the same text twice', () => {
    const { encrypt, decrypt } = createEncryptionModel({ secret, dataKey: newKey() });
    const [one, two] = [encrypt('the secret', 'ada'), encrypt('the secret', 'ada')];
    expect(one).not.toBe(two);
    expect(one).toMatch(/^[0-9a-f]{8}\.[\w-]+$/);
    for (const text of [one, two]) {
      expect(text).not.toContain('secret');
      expect(decrypt(text, 'ada')).toEqual({ plaintext: 'the secret', isCurrent: true });
      expect(() => decrypt(text, 'eve')).toThrow();
    }
  });

  it('refuses what was altered anywhere', () => {
    const { encrypt, decrypt } = createEncryptionModel({ secret, dataKey: newKey() });
    const [keyId = '', sealed = ''] = encrypt('the secret', 'ada').split('.');
    const bytes = Buffer.from(sealed, 'base64url');
    for (let i = 0; i < bytes.length; i++) {
      const altered = Buffer.from(bytes);
      altered.writeUInt8((altered[i] ?? 0) ^ 1, i);
      expect(() => decrypt(`${keyId}.${altered.toString('base64url')}`, 'ada'), `byte ${i}`).toThrow();
    }
    for (let length = 0; length < bytes.length; length++)
      expect(() => decrypt(`${keyId}.${bytes.toString('base64url', 0, length)}`, 'ada')).toThrow();
    for (const text of ['', '.', keyId, sealed, `.${sealed}`, `00000000.${sealed}`])
      expect(() => decrypt(text, 'ada'), text).toThrow();
  });

  it('reads what the previous key, or the time before DATA_KEY, has left, and says that it is old', () => {
    const [first, second] = [newKey(), newKey()];
    const models = {
      derived: createEncryptionModel({ secret }),
      first: createEncryptionModel({ secret, dataKey: first }),
      second: createEncryptionModel({ secret, dataKey: second, previousDataKey: first }),
      alone: createEncryptionModel({ secret: 'another secret', dataKey: second }),
    };
    const old = { plaintext: 'x', isCurrent: false };
    expect(models.first.decrypt(models.derived.encrypt('x', 'ada'), 'ada')).toEqual(old);
    expect(models.second.decrypt(models.first.encrypt('x', 'ada'), 'ada')).toEqual(old);
    expect(models.alone.decrypt(models.second.encrypt('x', 'ada'), 'ada').isCurrent).toBe(true);
    expect(() => models.alone.decrypt(models.first.encrypt('x', 'ada'), 'ada')).toThrow(
      /No DATA_KEY has the id/,
    );
    expect(() => models.alone.decrypt(models.derived.encrypt('x', 'ada'), 'ada')).toThrow(/No DATA_KEY/);
  });

  it('takes a key in hex or in base64', () => {
    const bytes = randomBytes(32);
    for (const text of [bytes.toString('hex'), bytes.toString('base64'), bytes.toString('base64url')])
      expect(readDataKey(text)).toEqual(bytes);
    const short = randomBytes(31);
    for (const text of [
      '',
      'x'.repeat(64),
      short.toString('hex'),
      short.toString('base64'),
      `${bytes.toString('hex')}00`,
    ])
      expect(readDataKey(text)).toBeNull();
  });
});

describe.each(backends)('the second factor at rest on %s stores', backend => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(backend, { CONCURRENT_LOGIN: 'true', DATA_KEY: newKey().toString('hex') });
  });
  afterAll(() => app.close());

  async function enrolled() {
    const user = await app.register();
    await app.verifyEmail(user);
    const token = await app.login(user);
    const { password } = user;
    const { secret } = (await app.call('POST', '/auth/mfa/totp', { token, body: { password } })).body;
    const body = { code: totp(secret, app.clock.now()) };
    const confirmed = await app.call('POST', '/auth/mfa/totp/confirm', { token, body });
    app.clock.advance(STEP_MS);
    return { user, secret: secret as string, recoveryCodes: confirmed.body.recovery_codes as string[] };
  }

  const logIn = ({ email, password }: RegisteredUser) =>
    app.call('POST', '/auth/login', { body: { email, password } });

  async function finish(user: RegisteredUser, proof: object) {
    const { mfa_token } = (await logIn(user)).body;
    return app.call('POST', '/auth/login/mfa', { body: { mfa_token, ...proof } });
  }

  async function rowOf({ id }: RegisteredUser) {
    const [row] = await app.stores.db.query('SELECT secret FROM totp_secrets WHERE user_id = ?', [id]);
    return String(row?.secret);
  }

  const write = ({ id }: RegisteredUser, secret: string) =>
    app.stores.db.run('UPDATE totp_secrets SET secret = ? WHERE user_id = ?', [secret, id]);

  const sessionsOf = ({ id }: RegisteredUser) => modelsOf(app).store.list(id, 100);

  it('refuses a secret that was altered, or copied from another user, and starts no session', async () => {
    const [ada, eve] = [await enrolled(), await enrolled()];
    const before = await rowOf(ada.user);
    const live = (await sessionsOf(ada.user)).length;
    const flipped = before.replace(/.$/, last => (last === 'A' ? 'Q' : 'A'));
    for (const secret of [await rowOf(eve.user), flipped, 'nonsense', '']) {
      await write(ada.user, secret);
      for (const by of [ada, eve]) {
        const answer = await finish(ada.user, { code: totp(by.secret, app.clock.now()) });
        expect([answer.status, answer.body.code]).toEqual([500, 'internal_error']);
        expect(answer.text).not.toContain('DATA_KEY');
      }
    }
    expect((await sessionsOf(ada.user)).length).toBe(live);
    // What needs no secret goes on.
    expect((await finish(ada.user, { recovery_code: ada.recoveryCodes[0] })).status).toBe(200);
    await write(ada.user, before);
    expect((await finish(ada.user, { code: totp(ada.secret, app.clock.now()) })).status).toBe(200);
  });

  it('moves to the next DATA_KEY with each use', async () => {
    const { user, secret } = await enrolled();
    const first = app.env.DATA_KEY;
    const second = newKey().toString('hex');
    const before = await rowOf(user);

    async function loginUnder(keys: Partial<Pick<Env, 'DATA_KEY' | 'DATA_KEY_PREVIOUS'>>) {
      app.clock.advance(STEP_MS);
      const { logins } = modelsOf(app, { DATA_KEY_PREVIOUS: undefined, ...keys });
      const refusal = await logins.login(user.email, user.password, device).catch((error: unknown) => error);
      const { data } = refusal as { data: { mfa: { token: string } } };
      return logins.loginMfa(data.mfa.token, { code: totp(secret, app.clock.now()) }, device);
    }

    await expect(loginUnder({ DATA_KEY: second })).rejects.toThrow(/No DATA_KEY/);
    expect(await rowOf(user)).toBe(before);
    expect((await loginUnder({ DATA_KEY: second, DATA_KEY_PREVIOUS: first })).user.id).toBe(user.id);
    const after = await rowOf(user);
    expect(after.split('.')[0]).not.toBe(before.split('.')[0]);
    expect((await loginUnder({ DATA_KEY: second })).user.id).toBe(user.id);
    // Not written anew without need.
    expect(await rowOf(user)).toBe(after);
    await expect(loginUnder({ DATA_KEY: first })).rejects.toThrow(/No DATA_KEY/);
  });

  it('lets nobody in while it cannot be looked up', async () => {
    const broken = await startTestApp(backend);
    try {
      const user = await broken.register();
      const token = await broken.login(user);
      await broken.stores.db.run('ALTER TABLE totp_secrets RENAME TO out_of_reach');
      const { email, password } = user;
      const answer = await broken.call('POST', '/auth/login', { body: { email, password } });
      expect([answer.status, answer.body.code]).toEqual([503, 'store_unavailable']);
      expect((await broken.call('GET', '/auth/profile', { token })).status).toBe(200);
    } finally {
      await broken.close();
    }
  });
});
