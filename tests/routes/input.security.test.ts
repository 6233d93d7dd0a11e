import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { backends, type RegisteredUser, startTestApp, type TestApp } from '../support/harness.ts';

type Body = Record<string, unknown>;

const LONG = 'x'.repeat(90_000);
const PASSWORD = 'correct horse battery';

/** What is no text, though JSON can say it. */
const noText: [string, unknown][] = [
  ['missing', undefined],
  ['null', null],
  ['a number', 12345678],
  ['true', true],
  ['a list', ['correct horse battery']],
  ['an empty list', []],
  ['an object', {}],
  ['a query operator', { $gt: '' }],
  ['an object that looks like text', { toString: 'x', length: 10 }],
];

/** What a text of one line may not hold, as it stands in JSON. */
const badText: [string, string][] = [
  ['NUL', '\\u0000'],
  ['a bell', '\\u0007'],
  ['a line feed', '\\n'],
  ['a carriage return', '\\r'],
  ['a tab', '\\t'],
  ['an escape character', '\\u001b[31m'],
  ['DEL', '\\u007f'],
  ['a C1 control', '\\u0085'],
  ['the first half of a surrogate pair', '\\ud800'],
  ['the second half of a surrogate pair', '\\udfff'],
  ['a surrogate pair the wrong way round', '\\udc00\\ud800'],
];

describe.each(backends)('input on %s stores', backend => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(backend, { CONCURRENT_LOGIN: 'true', LOCKOUT_FAILURES: '0' });
  });
  afterAll(() => app.close());

  const rows = () => app.stores.db.query('SELECT * FROM users ORDER BY id');
  const freshEmail = () => `${randomUUID()}@example.com`;
  const post = (path: string, body: Body | string) => app.call('POST', `/auth/${path}`, { body });

  /** Names the faulty members and changes nothing. */
  async function expectInvalid(answer: ReturnType<TestApp['call']>, ...paths: string[]): Promise<void> {
    const { status, body } = await answer;
    expect([status, body.code]).toEqual([422, 'validation_failed']);
    const errors: Body[] = body.errors;
    for (const error of errors)
      expect(error).toEqual({ path: expect.any(String), message: expect.stringMatching(/\w/) });
    expect([...new Set(errors.map(({ path }) => path))].sort()).toEqual(paths.sort());
  }

  describe('of a registration', () => {
    let before: unknown;
    beforeEach(async () => {
      before = await rows();
    });

    const register = (changed: Body = {}) =>
      post('register', { name: 'Ada', email: freshEmail(), password: PASSWORD, ...changed });

    /** `value` is put into the JSON text as it is, for what `JSON.stringify` would not write. */
    const registerRaw = (member: 'name' | 'email' | 'password', value: string) => {
      const members = { name: '"Ada"', email: `"${freshEmail()}"`, password: `"${PASSWORD}"` };
      const texts = Object.entries({ ...members, [member]: value }).map(
        ([name, text]) => `"${name}":${text}`,
      );
      return post('register', `{${texts.join()}}`);
    };

    async function expectRefused(answer: ReturnType<TestApp['call']>, ...paths: string[]): Promise<void> {
      await expectInvalid(answer, ...paths);
      expect(await rows()).toEqual(before);
    }

    describe.each(['name', 'email', 'password'] as const)('%s', member => {
      it.each(noText)('is refused when it is %s', async (_name, value) => {
        await expectRefused(register({ [member]: value }), member);
      });

      it.each([
        ['empty', ''],
        ['90,000 characters', LONG],
      ])('is refused when it is %s', async (_name, value) => {
        await expectRefused(register({ [member]: value }), member);
      });
    });

    it.each(badText)('refuses a name with %s', async (_name, text) => {
      await expectRefused(registerRaw('name', `"Ada${text}Lovelace"`), 'name');
      await expectRefused(registerRaw('name', `"Ada Lovelace${text}"`), 'name');
    });

    it.each(badText)('refuses an address with %s', async (_name, text) => {
      await expectRefused(registerRaw('email', `"a${text}@example.com"`), 'email');
      await expectRefused(registerRaw('email', `"a@example.com${text}"`), 'email');
    });

    it.each([
      ['NUL', '\\u0000'],
      ['half a surrogate pair', '\\ud800'],
      ['the other half', '\\udc00'],
    ])('refuses a password with %s', async (_name, text) => {
      await expectRefused(registerRaw('password', `"${PASSWORD}${text}"`), 'password');
      await expectRefused(registerRaw('password', `"${text}${PASSWORD}"`), 'password');
    });

    it.each([
      ['only spaces', '   '],
      ['only no-break spaces', '\u00a0\u2003\ufeff'],
      ['101 characters', 'x'.repeat(101)],
      ['101 emoji', '🦊'.repeat(101)],
    ])('refuses a name of %s', async (_name, name) => {
      await expectRefused(register({ name }), 'name');
    });

    it.each([
      ['100 characters', 'x'.repeat(100)],
      ['100 emoji', '🦊'.repeat(100)],
      ['one character', 'x'],
      ['letters of many scripts', 'Ådám 李 محمد Ольга'],
    ])('keeps a name of %s as it is', async (_name, name) => {
      const { status, body } = await register({ name });
      expect([status, body.user.name]).toEqual([201, name]);
      expect((await rows()).at(-1)).toMatchObject({ id: body.user.id, name });
    });

    it.each([
      ['without @', 'example.com'],
      ['without name', '@example.com'],
      ['without domain', 'ada@'],
      ['without a dot in the domain', 'ada@localhost'],
      ['with two @', 'ada@b@example.com'],
      ['with a space before it', ' ada@example.com'],
      ['with a space after it', 'ada@example.com '],
      ['with a space in it', 'ada b@example.com'],
      ['with two dots', 'ada..b@example.com'],
      ['with a dot first', '.ada@example.com'],
      ['with a dot last', 'ada@example.com.'],
      ['in angle brackets', 'Ada <ada@example.com>'],
      ['with another after it', 'ada@example.com,eve@example.com'],
      ['with a header after it', 'ada@example.com%0d%0aBcc:eve@example.com'],
      ['of an address literal', 'ada@[127.0.0.1]'],
      ['of 101 characters', `${'a'.repeat(89)}@example.com`],
      ['of 300 characters', `${'a'.repeat(288)}@example.com`],
    ])('refuses an address %s', async (_name, email) => {
      await expectRefused(register({ email }), 'email');
    });

    it('accepts an address of 100 characters', async () => {
      const email = `${randomUUID()}${'a'.repeat(52)}@example.com`;
      expect(email).toHaveLength(100);
      const { status, body } = await register({ email });
      expect([status, body.user.email]).toEqual([201, email]);
      expect(await app.login({ email, password: PASSWORD })).toBeTruthy();
    });

    it.each([
      ['7 characters', 'seven77'],
      ['7 emoji', '🦊'.repeat(7)],
      ['73 bytes', 'x'.repeat(73)],
      ['73 bytes in 37 characters', `x${'é'.repeat(36)}`],
      ['72 characters in 144 bytes', 'é'.repeat(72)],
      ['19 emoji', '🦊'.repeat(19)],
    ])('refuses a password of %s', async (_name, password) => {
      await expectRefused(register({ password }), 'password');
    });

    it.each([
      ['8 characters', 'eight of', 'eight o'],
      ['8 emoji', '🦊🐻🐼🐨🐯🦁🐮🐷', '🦊🐻🐼🐨🐯🦁🐮'],
      ['72 bytes', 'x'.repeat(72), 'x'.repeat(71)],
      ['72 bytes in 36 characters', 'é'.repeat(36), 'é'.repeat(35)],
      ['72 bytes in 18 emoji', '🦊'.repeat(18), '🦊'.repeat(17)],
      ['many spaces', ' a  b   c ', ' a  b   c'],
      ['words between spaces', ' correct horse ', 'correct horse'],
      ['a decomposed letter', 'correct horse e\u0301', 'correct horse \u00e9'],
    ])('accepts a password of %s, and then no other', async (_name, password, other) => {
      const email = freshEmail();
      expect((await register({ email, password })).status).toBe(201);
      expect(await app.login({ email, password })).toBeTruthy();
      // Behind 72 bytes bcrypt reads no further, so there a longer one is the same.
      const longer =
        Buffer.byteLength(password) < 72 ? [`${password}x`, `${password} `, password + password] : [];
      for (const wrong of [other, `${password}\0`, `y${password}`, ...longer]) {
        const { status, body } = await post('login', { email, password: wrong });
        expect([wrong, status, body.code]).toEqual([wrong, 401, 'invalid_credentials']);
      }
    });

    it.each<[string, unknown]>([
      ['another one', `${PASSWORD} `],
      ['an empty one', ''],
      ['one in other letters', PASSWORD.toUpperCase()],
      ['null', null],
      ['a list', [PASSWORD]],
    ])('refuses %s for a confirmation', async (_name, password_confirmation) => {
      await expectRefused(register({ password_confirmation }), 'password_confirmation');
    });

    it('names every fault at once', async () => {
      await expectRefused(post('register', {}), 'name', 'email', 'password');
      await expectRefused(app.call('POST', '/auth/register'), 'name', 'email', 'password');
    });

    it('leaves out what nobody may set', async () => {
      const before = (await rows()).length;
      const { status, body } = await register({
        id: 987_654_321,
        role: 'admin',
        is_admin: true,
        created_at: '2000-01-01T00:00:00.000Z',
        password_hash: 'x',
      });
      expect(status).toBe(201);
      expect(Object.keys(body)).toEqual(['user']);
      expect(Object.keys(body.user).sort()).toEqual(['created_at', 'email', 'id', 'name', 'updated_at']);
      expect(body.user.id).not.toBe(987_654_321);
      expect(body.user.created_at).not.toMatch(/^2000/);
      expect(await rows()).toHaveLength(before + 1);
    });

    it.each([
      'constructor',
      'toString',
      'hasOwnProperty',
      '__proto__',
      'prototype',
      'null',
      'undefined',
      '[object Object]',
      "Robert'); DROP TABLE users;--",
      '" OR ""="',
      '\\',
      '%',
      '?',
      '{{7*7}}',
      '<script>alert(1)</script>',
    ])('keeps %s as a name and takes it for nothing else', async name => {
      const { status, body } = await register({ name });
      expect([status, body.user.name]).toEqual([201, name]);
      expect((await rows()).at(-1)).toMatchObject({ id: body.user.id, name });
    });

    it('takes names that every object has for unknown members', async () => {
      const { status, body } = await register({
        constructor: { prototype: { polluted: true } },
        toString: 'x',
        valueOf: null,
        hasOwnProperty: 1,
        prototype: { polluted: true },
      });
      expect(status).toBe(201);
      expect(body.user).not.toHaveProperty('polluted');
      expect(({} as Body).polluted).toBeUndefined();
    });

    it('refuses __proto__', async () => {
      const good = JSON.stringify({ name: 'Ada', email: freshEmail(), password: PASSWORD });
      const { status, body } = await post('register', good.replace('{', '{"__proto__":{"polluted":true},'));
      expect([status, body.code]).toEqual([400, 'malformed_json']);
      expect(({} as Body).polluted).toBeUndefined();
      expect(await rows()).toEqual(before);
    });
  });

  describe('of a login', () => {
    let user: RegisteredUser;
    beforeAll(async () => {
      user = await app.register({ password: 'x'.repeat(72) });
    });

    const login = (changed: Body) =>
      post('login', { email: user.email, password: user.password, ...changed });

    describe.each(['email', 'password'] as const)('%s', member => {
      it.each(noText)('is refused when it is %s', async (_name, value) => {
        await expectInvalid(login({ [member]: value }), member);
      });
    });

    it.each([
      ['empty', ''],
      ['300 characters long', `${'a'.repeat(288)}@example.com`],
      ['90,000 characters long', LONG],
    ])('refuses an address that is %s', async (_name, email) => {
      await expectInvalid(login({ email }), 'email');
    });

    it.each(badText)('refuses an address with %s', async (_name, text) => {
      await expectInvalid(post('login', `{"email":"${user.email}${text}","password":"x"}`), 'email');
    });

    it.each<[string, string]>([
      ['empty', '""'],
      ['too short', '"x"'],
      ['another one', '"correct horse"'],
      ['one byte longer than bcrypt reads', JSON.stringify(`y${'x'.repeat(72)}`)],
      ['twice as long', JSON.stringify(`y${'x'.repeat(143)}`)],
      ['90,000 characters long', JSON.stringify(`y${LONG}`)],
      ['followed by NUL', `"${'x'.repeat(72)}\\u0000"`],
      ['NUL', '"\\u0000"'],
      ['half a surrogate pair', '"\\ud800"'],
      ['followed by half a surrogate pair', `"${'x'.repeat(72)}\\ud800"`],
      ['SQL', JSON.stringify("' OR '1'='1")],
    ])('answers a password that is %s as a wrong one', async (_name, password) => {
      const answer = await post('login', `{"email":"${user.email}","password":${password}}`);
      expect([answer.status, answer.body.code]).toEqual([401, 'invalid_credentials']);
    });

    it('does not tell a wrong password from an unknown address', async () => {
      const wrong = await login({ password: 'not this one' });
      const unknown = await login({ email: freshEmail() });
      expect({ ...wrong.body, request_id: '' }).toEqual({ ...unknown.body, request_id: '' });
      expect(wrong.status).toBe(unknown.status);
      expect(Object.keys(wrong.headers).sort()).toEqual(Object.keys(unknown.headers).sort());
    });

    it.each([
      "' OR '1'='1",
      "' OR 1=1 -- ",
      "x' UNION SELECT * FROM users -- ",
      '%',
      '%@example.com',
      '_',
      '*',
    ])('takes %s for an address that nobody has', async email => {
      const answer = await login({ email });
      expect([answer.status, answer.body.code]).toEqual([401, 'invalid_credentials']);
    });

    it.each(['constructor', 'toString', '__proto__', 'undefined', 'null', '0'])(
      'takes %s for an address that nobody has',
      async email => {
        const answer = await login({ email, password: email });
        expect([answer.status, answer.body.code]).toEqual([401, 'invalid_credentials']);
      },
    );

    it.each<[string, unknown]>([...noText.slice(1), ['empty', ''], ['101 characters', 'x'.repeat(101)]])(
      'refuses a device name that is %s',
      async (_name, device_name) => {
        await expectInvalid(login({ device_name }), 'device_name');
      },
    );

    it.each(badText)('refuses a device name with %s', async (_name, text) => {
      const body = `{"email":"${user.email}","password":"${user.password}","device_name":"x${text}"}`;
      await expectInvalid(post('login', body), 'device_name');
    });

    it('accepts a device name of 100 emoji, and unknown members', async () => {
      const device_name = '🦊'.repeat(100);
      expect((await login({ device_name, user_id: 1, role: 'admin', constructor: {} })).status).toBe(200);
    });

    it('refuses everybody for whom the table holds no password', async () => {
      const email = freshEmail();
      await app.stores.db.run('INSERT INTO users (name, email, password) VALUES (?, ?, ?)', [
        'x',
        email,
        null,
      ]);
      for (const password of ['', 'null', 'undefined', PASSWORD]) {
        const answer = await login({ email, password });
        expect([answer.status, answer.body.code]).toEqual([401, 'invalid_credentials']);
      }
    });
  });

  describe('that changes a password', () => {
    let user: RegisteredUser;
    let token: string;
    beforeEach(async () => {
      user = await app.register();
      token = await app.login(user);
    });

    const change = (changed: Body) =>
      app.call('POST', '/auth/change-password', {
        token,
        body: { current_password: user.password, new_password: 'a new password', ...changed },
      });

    async function expectUnchanged(): Promise<void> {
      expect((await app.call('GET', '/auth/profile', { token })).status).toBe(200);
      expect(await app.login(user)).toBeTruthy();
    }

    describe.each(['current_password', 'new_password'] as const)('%s', member => {
      it.each(noText)('is refused when it is %s', async (_name, value) => {
        await expectInvalid(change({ [member]: value }), member);
        await expectUnchanged();
      });
    });

    it.each([
      ['empty', ''],
      ['7 characters', 'seven77'],
      ['73 bytes', 'x'.repeat(73)],
      ['72 bytes and half a character', `${'x'.repeat(71)}é`],
      ['NUL', 'correct\0horse'],
      ['half a surrogate pair', 'correct horse \ud800'],
      ['the same as before', PASSWORD],
    ])('refuses a new password that is %s', async (_name, new_password) => {
      await expectInvalid(change({ new_password }), 'new_password');
      await expectUnchanged();
    });

    it.each<[string, unknown]>([
      ['another one', 'a new passwore'],
      ['an empty one', ''],
      ['null', null],
      ['a list', ['a new password']],
    ])('refuses %s for a confirmation', async (_name, new_password_confirmation) => {
      await expectInvalid(change({ new_password_confirmation }), 'new_password_confirmation');
      await expectUnchanged();
    });

    it.each([
      ['empty', ''],
      ['too long', `${PASSWORD}${'x'.repeat(72)}`],
      ['ill-formed', `${PASSWORD}\ud800`],
      ['followed by NUL', `${PASSWORD}\0`],
      ['in other letters', PASSWORD.toUpperCase()],
    ])('answers a current password that is %s as a wrong one', async (_name, current_password) => {
      const answer = await change({ current_password });
      expect([answer.status, answer.body.code]).toEqual([401, 'invalid_credentials']);
      await expectUnchanged();
    });

    it('accepts one of 72 bytes, and none that is longer', async () => {
      const new_password = 'é'.repeat(36);
      await expectInvalid(change({ new_password: `${new_password}x` }), 'new_password');
      expect((await change({ new_password })).status).toBe(200);
      expect(await app.login({ ...user, password: new_password })).toBeTruthy();
    });

    it('changes no password but that of its sender', async () => {
      const other = await app.register();
      const body = { user_id: other.id, id: other.id, sub: String(other.id), email: other.email };
      expect((await change(body)).status).toBe(200);
      expect(await app.login(other)).toBeTruthy();
      expect(await app.login({ ...user, password: 'a new password' })).toBeTruthy();
    });
  });

  describe('that changes a profile', () => {
    let user: RegisteredUser;
    let token: string;
    let before: unknown;
    beforeEach(async () => {
      user = await app.register();
      token = await app.login(user);
      before = await rows();
    });

    const patch = (body: Body | string) => app.call('PATCH', '/auth/profile', { token, body });

    it.each<[string, unknown]>([
      ...noText,
      ['empty', ''],
      ['only spaces', '  '],
      ['101 characters', 'x'.repeat(101)],
      ['101 emoji', '🦊'.repeat(101)],
      ['90,000 characters', LONG],
    ])('refuses a name that is %s', async (_name, name) => {
      await expectInvalid(patch({ name }), 'name');
      expect(await rows()).toEqual(before);
    });

    it.each(badText)('refuses a name with %s', async (_name, text) => {
      await expectInvalid(patch(`{"name":"Ada${text}"}`), 'name');
      expect(await rows()).toEqual(before);
    });

    it('keeps a name of 100 emoji as it is', async () => {
      const name = '🦊'.repeat(100);
      expect((await patch({ name })).body.user.name).toBe(name);
      expect((await app.call('GET', '/auth/profile', { token })).body.user.name).toBe(name);
    });

    it('changes the name alone, and of nobody else', async () => {
      const other = await app.register();
      const answer = await patch({
        name: 'Countess',
        id: other.id,
        email: other.email,
        password: 'owned by Mallory',
        role: 'admin',
        created_at: '2000-01-01T00:00:00.000Z',
      });
      expect([answer.status, answer.body.user]).toEqual([
        200,
        expect.objectContaining({ id: user.id, email: user.email, name: 'Countess' }),
      ]);
      expect(answer.body.user).not.toHaveProperty('role');
      expect((await rows()).find(({ id }) => id === other.id)?.name).toBe(other.name);
      expect(await app.login(user)).toBeTruthy();
      expect(await app.login(other)).toBeTruthy();
    });
  });

  describe('addresses that look alike', () => {
    const victim = { name: 'Kate', email: 'kate.massa@example.com', password: PASSWORD };
    let id: number;
    beforeAll(async () => {
      id = (await app.register(victim)).id;
    });

    it.each([
      ['in upper case', 'KATE.MASSA@EXAMPLE.COM'],
      ['in mixed case', 'Kate.Massa@Example.com'],
    ])('%s are the same to registration and login', async (_name, email) => {
      const before = await rows();
      const again = await post('register', { ...victim, email });
      expect([again.status, again.body.code]).toEqual([409, 'email_taken']);
      const login = await post('login', { email, password: PASSWORD });
      expect([login.status, login.body.user]).toEqual([
        200,
        expect.objectContaining({ id, email: victim.email }),
      ]);
      expect(await rows()).toEqual(before);
    });

    it.each([
      ['a space after it', `${victim.email} `],
      ['a space before it', ` ${victim.email}`],
      ['a no-break space after it', `${victim.email}\u00a0`],
      ['á', 'káte.massa@example.com'],
      ['a combining accent', 'ka\u0301te.massa@example.com'],
      ['ß for ss', 'kate.maßa@example.com'],
      ['ẞ for SS', 'KATE.MAẞA@EXAMPLE.COM'],
      ['the Kelvin sign for K', '\u212aate.massa@example.com'],
      ['the long s for s', 'kate.ma\u017fsa@example.com'],
      ['a zero-width space in it', 'kate\u200b.massa@example.com'],
      ['a zero-width joiner after it', `${victim.email}\u200d`],
      ['a soft hyphen in it', 'ka\u00adte.massa@example.com'],
      ['a byte order mark before it', `\ufeff${victim.email}`],
      ['full-width letters', 'ｋａｔｅ.massa@example.com'],
      ['a full-width @', 'kate.massa＠example.com'],
      ['an ideographic full stop', 'kate.massa@example。com'],
      ['a Cyrillic а', 'kаte.massa@example.com'],
      ['a mark of the writing direction', `\u202e${victim.email}`],
    ])('with %s can be neither registered nor used to log in', async (_name, email) => {
      const before = await rows();
      await expectInvalid(post('register', { ...victim, email }), 'email');
      const login = await post('login', { email, password: PASSWORD });
      expect([login.status, login.body.code]).toEqual([401, 'invalid_credentials']);
      expect(await rows()).toEqual(before);
    });

    it('but for a sign that counts are accounts of their own', async () => {
      const tag = randomUUID();
      const emails = ['k.m', 'km', 'k-m', 'k_m', 'k+m', "k'm"].map(name => `${name}${tag}@example.com`);
      const ids = [];
      for (const [i, email] of emails.entries()) {
        const password = `${PASSWORD} ${i}`;
        const { id } = await app.register({ email, password });
        ids.push(id);
        const { body } = await post('login', { email, password });
        expect([email, body.user?.id, body.user?.email]).toEqual([email, id, email]);
      }
      expect(new Set(ids).size).toBe(emails.length);
    });

    it('are told apart where the table holds them from before', async () => {
      const tag = randomUUID();
      const stored = await app.register({ email: `plain-${tag}@example.com` });
      const accented = `zoë-${tag}@example.com`;
      await app.stores.db.run('UPDATE users SET email = ? WHERE id = ?', [accented, stored.id]);

      const own = await post('login', { email: accented, password: stored.password });
      expect([own.status, own.body.user?.id]).toEqual([200, stored.id]);
      for (const email of [`zoe-${tag}@example.com`, `zoe\u0308-${tag}@example.com`, `${accented} `]) {
        const { status, body } = await post('login', { email, password: stored.password });
        expect([email, status, body.code]).toEqual([email, 401, 'invalid_credentials']);
      }
    });
  });
});
