import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromSqlTime } from '../../stores/db.ts';
import { codeBlocks, section } from '../docs/markdown.ts';
import { backends, type CallOptions, startTestApp, type TestApp } from '../support/harness.ts';
import { modelsOf } from '../support/session.models.ts';
import { startSmtpServer, tokenIn } from '../support/smtpServer.ts';
import { totp } from '../support/totp.ts';

const MINUTE = 60_000;
const NEW = 'another long password';
const newEmail = () => `${randomBytes(6).toString('hex')}@example.com`;

const tokenFault = {
  status: 422,
  body: { code: 'validation_failed', errors: [{ path: 'token', message: expect.any(String) }] },
};

/** The calls and mails of an app. */
function helpers(app: TestApp) {
  const post = (path: string, body: object, options: CallOptions = {}) =>
    app.call('POST', `/auth/${path}`, { body, ...options });
  const subjectsTo = (email: string) =>
    app.mails.filter(({ to }) => to === email).map(({ subject }) => subject);
  /** The n-th mail with this subject to the address, when it is there. */
  async function mailTo(email: string, subject: string, count = 1) {
    const found = () => app.mails.filter(mail => mail.to === email && mail.subject.includes(subject));
    await expect.poll(() => found().length).toBeGreaterThanOrEqual(count);
    const mail = found()[count - 1];
    if (!mail) throw new Error('no mail');
    return mail;
  }
  /** Waits until what was posted before is done: mails begin in their order, and these two go another way round. */
  async function settled() {
    const { email } = await app.register();
    await mailTo(email, 'Verify');
    await post('forgot-password', { email });
    await mailTo(email, 'Reset');
  }
  const passwordIs = async (email: string, password: string) =>
    (await post('login', { email, password })).status;
  return { post, subjectsTo, mailTo, settled, passwordIs };
}

/** A user with a second factor, and the number of rows that belong to it. */
async function withSecondFactor(app: TestApp) {
  const user = await app.register();
  await app.verifyEmail(user);
  const token = await app.login(user);
  const call = (path: string, body: object) => app.call('POST', `/auth/mfa/totp${path}`, { token, body });
  const { secret } = (await call('', { password: user.password })).body;
  await call('/confirm', { code: totp(secret, app.clock.now()) });
  const rows = async () => [
    (await app.stores.db.query('SELECT user_id FROM totp_secrets WHERE user_id = ?', [user.id])).length,
    (await app.stores.db.query('SELECT user_id FROM recovery_codes WHERE user_id = ?', [user.id])).length,
  ];
  return { user, rows };
}

describe.each(backends)('a password reset of a user with a second factor, on %s stores', backend => {
  it.each([
    ['off', [1, 10], 403],
    ['on', [0, 0], 200],
  ] as const)('with MFA_RESET_BY_MAIL=%s', async (setting, left, status) => {
    const app = await startTestApp(backend, { MFA_RESET_BY_MAIL: setting });
    try {
      const api = helpers(app);
      const { user, rows } = await withSecondFactor(app);
      await api.post('forgot-password', { email: user.email });
      const token = tokenIn(await api.mailTo(user.email, 'Reset'), 'reset-password');
      // Neither a wrong token nor a bad password removes anything.
      expect((await api.post('reset-password', { token: 'wrong', new_password: NEW })).status).toBe(422);
      expect((await api.post('reset-password', { token, new_password: 'short' })).status).toBe(422);
      expect(await rows()).toEqual([1, 10]);

      expect((await api.post('reset-password', { token, new_password: NEW })).status).toBe(204);
      expect(await rows()).toEqual(left);
      expect(await api.passwordIs(user.email, NEW)).toBe(status);
      if (setting === 'on') {
        await api.mailTo(user.email, 'second factor was removed');
        const event = "SELECT reason FROM audit_log WHERE event = 'mfa.removed' AND user_id = ?";
        await expect
          .poll(() => app.stores.db.query(event, [user.id]))
          .toEqual([{ reason: 'password_reset' }]);
      }
    } finally {
      await app.close();
    }
  });
});

describe.each(backends)('mails on %s stores', backend => {
  let app: TestApp;
  let api: ReturnType<typeof helpers>;
  beforeAll(async () => {
    app = await startTestApp(backend, { CONCURRENT_LOGIN: 'true', APP_URL: 'https://app.example.com' });
    api = helpers(app);
  });
  afterAll(() => app.close());

  const isVerified = async (id: number, email: string) => {
    const rows = await app.stores.db.query('SELECT * FROM verified_emails WHERE user_id = ?', [id]);
    return rows.length === 1 && rows[0]?.email === email;
  };
  async function resetToken(email: string, count = 1) {
    expect((await api.post('forgot-password', { email })).status).toBe(202);
    return tokenIn(await api.mailTo(email, 'Reset', count), 'reset-password');
  }

  it('verify the address of a new user, once', async () => {
    const user = await app.register();
    const token = tokenIn(await api.mailTo(user.email, 'Verify'), 'verify-email');
    expect(await isVerified(user.id, user.email)).toBe(false);
    const verified = await api.post('verify-email', { token });
    expect([verified.status, verified.text]).toEqual([204, '']);
    expect(await isVerified(user.id, user.email)).toBe(true);
    const [row] = await app.stores.db.query('SELECT verified_at FROM verified_emails WHERE user_id = ?', [
      user.id,
    ]);
    expect(fromSqlTime(String(row?.verified_at))).toBe(new Date(app.clock.now()).toISOString());
    expect(await api.post('verify-email', { token })).toMatchObject(tokenFault);
  });

  it('send the link again when asked, not within a minute, and not to who is verified', async () => {
    const user = await app.register();
    const accessToken = await app.login(user);
    const resend = () => api.post('verify-email/resend', {}, { token: accessToken });
    const first = tokenIn(await api.mailTo(user.email, 'Verify'), 'verify-email');
    app.clock.advance(MINUTE - 1);
    const answer = await resend();
    expect([answer.status, answer.text]).toEqual([202, '']);
    await api.settled();
    expect(api.subjectsTo(user.email)).toHaveLength(1);

    app.clock.advance(1);
    await resend();
    const second = tokenIn(await api.mailTo(user.email, 'Verify', 2), 'verify-email');
    expect((await api.post('verify-email', { token: first })).status).toBe(204);
    expect(await api.post('verify-email', { token: second })).toMatchObject(tokenFault);

    app.clock.advance(MINUTE);
    expect((await resend()).status).toBe(202);
    await api.settled();
    expect(api.subjectsTo(user.email)).toHaveLength(2);
  });

  it('reset the password of a locked account, which unlocks it', async () => {
    const { email } = await app.register();
    for (let i = 0; i < 10; i++) expect(await api.passwordIs(email, 'wrong horse')).toBe(401);
    expect(await api.passwordIs(email, 'wrong horse')).toBe(429);
    const token = await resetToken(email);
    expect((await api.post('reset-password', { token, new_password: NEW })).status).toBe(204);
    expect(await api.passwordIs(email, NEW)).toBe(200);
  });

  it('reset a forgotten password, end every session and verify the address', async () => {
    const user = await app.register();
    const tokens = [await app.login(user), await app.login(user)];
    const { body: login } = await api.post('login', user);
    const token = await resetToken(
      user.email.toUpperCase().replace('EXAMPLE.COM', 'example.com').toLowerCase(),
    );
    for (const accessToken of tokens)
      expect((await app.call('GET', '/auth/profile', { token: accessToken })).status).toBe(200);

    const reset = await api.post('reset-password', {
      token,
      new_password: NEW,
      new_password_confirmation: NEW,
    });
    expect([reset.status, reset.text]).toEqual([204, '']);
    for (const accessToken of [...tokens, login.access_token])
      expect(await app.call('GET', '/auth/profile', { token: accessToken })).toMatchObject({
        status: 401,
        body: { code: 'token_revoked' },
      });
    expect((await api.post('refresh', { refresh_token: login.refresh_token })).body.code).toBe(
      'refresh_invalid',
    );
    expect(await api.passwordIs(user.email, user.password)).toBe(401);
    expect(await api.passwordIs(user.email, NEW)).toBe(200);
    expect(await isVerified(user.id, user.email)).toBe(true);
    expect((await api.mailTo(user.email, 'was reset')).text).toMatch(
      /Hello Ada Lovelace,[\s\S]*UTC, from 127\.0\.0\.1/,
    );
    expect(await api.post('reset-password', { token, new_password: NEW })).toMatchObject(tokenFault);
  });

  it('are about nothing when nobody has the address', async () => {
    const before = app.mails.length;
    const unknown = await api.post('forgot-password', { email: newEmail() });
    expect([unknown.status, unknown.text]).toEqual([202, '']);
    await api.settled();
    expect(app.mails.length - before).toBe(2);
  });

  it('give one link to reset a minute, each good for half an hour, whoever asks for another', async () => {
    const user = await app.register();
    const first = await resetToken(user.email);
    await Promise.all(Array.from({ length: 5 }, () => api.post('forgot-password', { email: user.email })));
    await api.settled();
    expect(api.subjectsTo(user.email).filter(subject => subject.includes('Reset'))).toHaveLength(1);
    app.clock.advance(MINUTE);
    const second = await resetToken(user.email, 2);
    app.clock.advance(29 * MINUTE - 1);
    const third = await resetToken(user.email, 3);
    expect((await api.post('reset-password', { token: first, new_password: NEW })).status).toBe(204);
    for (const token of [first, second, third])
      expect(await api.post('reset-password', { token, new_password: 'yet another one' })).toMatchObject(
        tokenFault,
      );
    expect(await api.passwordIs(user.email, NEW)).toBe(200);

    app.clock.advance(MINUTE);
    const last = await resetToken(user.email, 4);
    app.clock.advance(30 * MINUTE);
    expect(await api.post('reset-password', { token: last, new_password: NEW })).toMatchObject(tokenFault);
  });

  it('end when the password is changed, whoever changes it', async () => {
    const user = await app.register();
    const verify = tokenIn(await api.mailTo(user.email, 'Verify'), 'verify-email');
    const reset = await resetToken(user.email);
    const token = await app.login(user);
    const change = await api.post(
      'change-password',
      { current_password: user.password, new_password: NEW },
      { token },
    );
    expect(change.status).toBe(200);
    const body = { token: reset, new_password: 'yet another one' };
    expect(await api.post('reset-password', body)).toMatchObject(tokenFault);
    const left = 'SELECT purpose FROM account_links WHERE user_id = ?';
    expect(await app.stores.db.query(left, [user.id])).toEqual([{ purpose: 'verify_email' }]);
    expect((await api.post('verify-email', { token: verify })).status).toBe(204);

    app.clock.advance(MINUTE);
    const next = await resetToken(user.email, 2);
    const hash = '$2b$04$abcdefghijklmnopqrstuuJx1MzDGeWTvcvkIgM0ZBIURZ2ryhF9e';
    await app.stores.db.run('UPDATE users SET password = ? WHERE id = ?', [hash, user.id]);
    expect(await api.post('reset-password', { token: next, new_password: NEW })).toMatchObject(tokenFault);
  });

  it('end with a change of the password also where their rows cannot be removed', async () => {
    const user = await app.register();
    const reset = await resetToken(user.email);
    const token = await app.login(user);
    await app.stores.db.run('ALTER TABLE account_links RENAME TO away');
    const change = await api.post(
      'change-password',
      { current_password: user.password, new_password: NEW },
      { token },
    );
    await app.stores.db.run('ALTER TABLE away RENAME TO account_links');
    expect(change.status).toBe(200);
    const body = { token: reset, new_password: 'yet another one' };
    expect(await api.post('reset-password', body)).toMatchObject(tokenFault);
    expect(await api.passwordIs(user.email, NEW)).toBe(200);
  });

  it('are at most 30 of a purpose for a user, and none of them ends for another', async () => {
    const { accountTokens, users, register } = modelsOf(app);
    const owner = await users.findById((await register()).id);
    if (!owner) throw new Error('no user');
    const issue = async () => {
      app.clock.advance(MINUTE);
      return accountTokens.issue(owner, 'verify_email');
    };
    const tokens: (string | null)[] = [];
    for (let i = 0; i < 31; i++) tokens.push(await issue());
    expect(tokens.map(token => token !== null)).toEqual([...Array(30).fill(true), false]);
    expect(await accountTokens.find(tokens[0] ?? '', 'verify_email')).toMatchObject({
      userId: owner.user.id,
    });
    app.clock.advance(24 * 60 * MINUTE - 31 * MINUTE);
    expect(await issue()).not.toBeNull();
    expect(await accountTokens.find(tokens[0] ?? '', 'verify_email')).toBeNull();
    expect(await issue()).not.toBeNull();
  });

  it('let a link to verify live for a day', async () => {
    const [ada, eve] = [await app.register(), await app.register()];
    const tokens = await Promise.all(
      [ada, eve].map(async ({ email }) => tokenIn(await api.mailTo(email, 'Verify'), 'verify-email')),
    );
    app.clock.advance(24 * 60 * MINUTE - 1);
    expect((await api.post('verify-email', { token: tokens[0] })).status).toBe(204);
    app.clock.advance(1);
    expect(await api.post('verify-email', { token: tokens[1] })).toMatchObject(tokenFault);
  });

  it('carry tokens that are good for one thing only, and kept as hashes', async () => {
    const user = await app.register();
    const verify = tokenIn(await api.mailTo(user.email, 'Verify'), 'verify-email');
    const reset = await resetToken(user.email);
    for (const token of [verify, reset]) expect(token).toMatch(/^[\w-]{43}$/);
    expect(await api.post('reset-password', { token: verify, new_password: NEW })).toMatchObject(tokenFault);
    expect(await api.post('verify-email', { token: reset })).toMatchObject(tokenFault);
    for (const token of ['', 'x', `${reset} `, reset.slice(1), reset.toLowerCase(), '%', 'a'.repeat(10_000)])
      expect(await api.post('reset-password', { token, new_password: NEW })).toMatchObject(tokenFault);

    const rows = JSON.stringify(
      await app.stores.db.query('SELECT * FROM account_links WHERE user_id = ?', [user.id]),
    );
    for (const token of [verify, reset]) expect(rows).not.toContain(token);
    expect((await api.post('verify-email', { token: verify })).status).toBe(204);
    expect((await api.post('reset-password', { token: reset, new_password: NEW })).status).toBe(204);
    expect(await app.stores.db.query('SELECT * FROM account_links WHERE user_id = ?', [user.id])).toEqual([]);
  });

  it('carry tokens that are worth nothing after the address has changed', async () => {
    const user = await app.register();
    const verify = tokenIn(await api.mailTo(user.email, 'Verify'), 'verify-email');
    const reset = await resetToken(user.email);
    await app.stores.db.run('UPDATE users SET email = ? WHERE id = ?', [newEmail(), user.id]);
    expect(await api.post('verify-email', { token: verify })).toMatchObject(tokenFault);
    expect(await api.post('reset-password', { token: reset, new_password: NEW })).toMatchObject(tokenFault);
  });

  it('let a user set a password who has none', async () => {
    const user = await app.register();
    await app.stores.db.run('UPDATE users SET password = NULL WHERE id = ?', [user.id]);
    const token = await resetToken(user.email);
    expect((await api.post('reset-password', { token, new_password: NEW })).status).toBe(204);
    expect(await api.passwordIs(user.email, NEW)).toBe(200);
  });

  it.each([
    ['verify-email', {}, 'token'],
    ['verify-email', { token: 1 }, 'token'],
    ['forgot-password', {}, 'email'],
    ['forgot-password', { email: ['a@example.com'] }, 'email'],
    ['forgot-password', { email: `${'a'.repeat(250)}@example.com` }, 'email'],
    ['reset-password', { new_password: NEW }, 'token'],
    ['reset-password', { token: 'x' }, 'new_password'],
    ['reset-password', { token: 'x', new_password: 'short' }, 'new_password'],
    [
      'reset-password',
      { token: 'x', new_password: NEW, new_password_confirmation: 'x' },
      'new_password_confirmation',
    ],
  ])('%s refuses %j', async (path, body, member) => {
    const answer = await api.post(path, body);
    expect(answer).toMatchObject({ status: 422, body: { code: 'validation_failed' } });
    expect(answer.body.errors.map((error: { path: string }) => error.path)).toEqual([member]);
    expect((await api.post(path, body, { sign: false })).body.code).toBe('signature_missing');
  });

  it('are not sent again without a session', async () => {
    expect((await api.post('verify-email/resend', {})).body.code).toBe('token_missing');
  });

  it('tell of a changed password, and of a login from a new device', async () => {
    const user = await app.register();
    const token = tokenIn(await api.mailTo(user.email, 'Verify'), 'verify-email');
    await api.post('verify-email', { token });
    const agents = {
      old: 'Browser/1.0 (Laptop)',
      newer: 'Browser/2.7.1 (Laptop)',
      other: 'Browser/1.0 (Phone <1>)',
    };
    const login = (agent: string) =>
      api
        .post('login', user, { headers: { 'User-Agent': agent } })
        .then(({ body }) => String(body.access_token));
    const rows = (count: number) =>
      expect
        .poll(() =>
          app.stores.db.query("SELECT id FROM audit_log WHERE user_id = ? AND event = 'session.started'", [
            user.id,
          ]),
        )
        .toHaveLength(count);
    await login(agents.old); // the first
    await rows(1);
    await login(agents.newer);
    await rows(2);
    await login(agents.other);
    const notice = await api.mailTo(user.email, 'new device');
    expect(notice.text).toContain('Hello Ada Lovelace,');
    expect(notice.text).toMatch(
      /\d{4}-\d\d-\d\d \d\d:\d\d UTC, from 127\.0\.0\.1, with Browser\/1\.0 \(Phone <1>\)/,
    );
    expect(notice.html).toContain('(Phone &lt;1&gt;)');
    await rows(3);
    await login(agents.other);
    const accessToken = await login(agents.old);
    await api.post(
      'change-password',
      { current_password: user.password, new_password: NEW },
      { token: accessToken },
    );
    await api.mailTo(user.email, 'was changed');
    await api.settled();
    expect(api.subjectsTo(user.email)).toEqual([
      'Verify your e-mail address',
      'A login from a new device',
      'Your password was changed',
    ]);
  });

  it('tell of a second factor turned on and off', async () => {
    const user = await app.register();
    const token = await app.login(user);
    const act = (method: string, path: string, body: object = {}) =>
      app.call(method, `/auth/mfa/totp${path}`, { body, token });
    await app.verifyEmail(user);
    const { secret } = (await act('POST', '', { password: user.password })).body;
    const code = totp(secret, app.clock.now());
    const { recovery_codes } = (await act('POST', '/confirm', { code })).body;
    expect((await api.mailTo(user.email, 'factor was turned on')).text).toContain('from 127.0.0.1');
    await act('DELETE', '', { password: user.password, code: recovery_codes[0] });
    await api.mailTo(user.email, 'factor was turned off');
  });

  it('carry no text that a stranger chose to an address that is not verified', async () => {
    const user = await app.register({ name: 'Win at evil.example' });
    const headers = { 'User-Agent': 'see evil.example' };
    const token = await app.login(user);
    await expect
      .poll(() =>
        app.stores.db.query("SELECT id FROM audit_log WHERE user_id = ? AND event = 'session.started'", [
          user.id,
        ]),
      )
      .toHaveLength(1);
    await api.post('login', user, { headers });
    await api.mailTo(user.email, 'new device');
    await api.post(
      'change-password',
      { current_password: user.password, new_password: NEW },
      { token, headers },
    );
    await api.mailTo(user.email, 'was changed');
    await resetToken(user.email);
    const texts = app.mails.filter(({ to }) => to === user.email).map(({ raw }) => raw.toString());
    expect(texts).toHaveLength(4);
    for (const text of texts) expect(text).not.toMatch(/evil/);
  });

  it('are events that the audit trail has, without address and token', async () => {
    const run = randomBytes(4).toString('hex');
    const act = (id: string, path: string, body: object) =>
      api.post(path, body, { headers: { 'X-Request-Id': `${run}.${id}` } });
    const user = await app.register();
    await act('verify', 'verify-email', {
      token: tokenIn(await api.mailTo(user.email, 'Verify'), 'verify-email'),
    });
    await act('unknown', 'forgot-password', { email: newEmail() });
    await act('forgot', 'forgot-password', { email: user.email });
    const token = tokenIn(await api.mailTo(user.email, 'Reset'), 'reset-password');
    await app.login(user);
    await act('reset', 'reset-password', { token, new_password: NEW });
    const rows = () =>
      app.stores.db.query(
        'SELECT event, user_id, reason, request_id FROM audit_log WHERE request_id LIKE ? ORDER BY request_id, id',
        [`${run}.%`],
      );
    await expect.poll(rows).toEqual([
      { event: 'password.reset_requested', user_id: user.id, reason: null, request_id: `${run}.forgot` },
      { event: 'session.ended', user_id: user.id, reason: 'password_reset', request_id: `${run}.reset` },
      { event: 'password.reset', user_id: user.id, reason: null, request_id: `${run}.reset` },
      { event: 'password.reset_requested', user_id: null, reason: null, request_id: `${run}.unknown` },
      { event: 'email.verified', user_id: user.id, reason: null, request_id: `${run}.verify` },
    ]);
    for (const secret of [token, user.email, NEW, 'app.example.com'])
      expect(app.logged()).not.toContain(secret);
  });
});

describe.each(backends)('REQUIRE_EMAIL_VERIFICATION on %s stores', backend => {
  let app: TestApp;
  let api: ReturnType<typeof helpers>;
  beforeAll(async () => {
    app = await startTestApp(backend, { REQUIRE_EMAIL_VERIFICATION: 'true', CONCURRENT_LOGIN: 'true' });
    api = helpers(app);
  });
  afterAll(() => app.close());

  const registration = (email = newEmail()) => ({ name: 'Ada', email, password: 'correct horse battery' });
  const verify = async (email: string) => {
    const token = tokenIn(await api.mailTo(email, 'Verify'), 'verify-email');
    expect((await api.post('verify-email', { token })).status).toBe(204);
  };

  it('lets nobody in before the address is verified, and sends the link again', async () => {
    const user = registration();
    expect((await api.post('register', user)).status).toBe(201);
    const first = tokenIn(await api.mailTo(user.email, 'Verify'), 'verify-email');
    expect((await api.post('login', { ...user, password: 'a wrong one' })).body.code).toBe(
      'invalid_credentials',
    );
    for (let i = 0; i < 3; i++) {
      const refused = await api.post('login', user);
      expect(refused).toMatchObject({ status: 403, body: { code: 'email_unverified' } });
      expect(refused.text).not.toContain('access_token');
    }
    const [row] = await app.stores.db.query('SELECT id FROM users WHERE email = ?', [user.email]);
    const events = await app.stores.db.query(
      "SELECT id FROM audit_log WHERE user_id = ? AND event = 'session.started'",
      [Number(row?.id)],
    );
    expect(events).toEqual([]);
    expect(api.subjectsTo(user.email)).toHaveLength(1);
    app.clock.advance(MINUTE);
    await api.post('login', user);
    const second = tokenIn(await api.mailTo(user.email, 'Verify', 2), 'verify-email');
    expect((await api.post('verify-email', { token: second })).status).toBe(204);
    expect(await api.post('verify-email', { token: first })).toMatchObject(tokenFault);
    expect(await api.passwordIs(user.email, user.password)).toBe(200);
  });

  it('answers a registration the same whether the address is taken or not, and mails to its owner', async () => {
    const user = registration();
    const first = await api.post('register', user);
    await verify(user.email);
    const again = await api.post('register', {
      ...user,
      name: 'Eve',
      password: NEW,
    });
    const time = new Date(Math.floor(app.clock.now() / 1000) * 1000).toISOString();
    const expected = { id: null, email: user.email, created_at: time, updated_at: time };
    expect(first).toMatchObject({ status: 201, body: { user: { ...expected, name: 'Ada' } } });
    expect(again).toMatchObject({ status: 201, body: { user: { ...expected, name: 'Eve' } } });
    expect(Object.keys(again.body.user)).toEqual(Object.keys(first.body.user));
    const notice = await api.mailTo(user.email, 'have an account');
    expect(notice.text).toContain('Hello Ada,');
    expect(notice.text).not.toContain('Eve');
    expect(await api.passwordIs(user.email, user.password)).toBe(200);
    expect(await api.passwordIs(user.email, NEW)).toBe(401);

    for (let i = 0; i < 5; i++) await api.post('register', user);
    await expect.poll(() => app.mails.filter(({ to }) => to === user.email).length).toBe(2);
    app.clock.advance(MINUTE);
    await api.post('register', user);
    await api.mailTo(user.email, 'have an account', 2);
    const rows = await app.stores.db.query('SELECT name FROM users WHERE email = ?', [user.email]);
    expect(rows).toEqual([{ name: 'Ada' }]);
  });

  it('takes one of 10 simultaneous registrations, and tells none of them which', async () => {
    const user = registration();
    const answers = await Promise.all(Array.from({ length: 10 }, () => api.post('register', user)));
    for (const { status, body } of answers) expect([status, body.user.id]).toEqual([201, null]);
    expect(await app.stores.db.query('SELECT name FROM users WHERE email = ?', [user.email])).toHaveLength(1);
  });

  it('counts a reset as a verification', async () => {
    const user = registration();
    await api.post('register', user);
    await api.post('forgot-password', user);
    const token = tokenIn(await api.mailTo(user.email, 'Reset'), 'reset-password');
    await api.post('reset-password', { token, new_password: NEW });
    expect(await api.passwordIs(user.email, NEW)).toBe(200);
  });

  it('lets in whom an operator has marked as verified, as long as the address stays', async () => {
    const user = registration();
    await api.post('register', user);
    await app.stores.db.run(operatorSql());
    expect(await api.passwordIs(user.email, user.password)).toBe(200);
    const email = newEmail();
    await app.stores.db.run('UPDATE users SET email = ? WHERE email = ?', [email, user.email]);
    expect(await api.passwordIs(email, user.password)).toBe(403);
  });

  it.skipIf(backend !== 'real')(
    'refuses a name that the table cannot hold, whoever has the address',
    async () => {
      const user = registration();
      await api.post('register', user);
      await app.stores.db.run('ALTER TABLE users CONVERT TO CHARACTER SET latin1');
      try {
        for (const email of [user.email, newEmail()]) {
          const answer = await api.post('register', { ...user, name: '李', email });
          expect(answer).toMatchObject({ status: 422, body: { errors: [{ path: 'name' }] } });
        }
      } finally {
        await app.stores.db.run('ALTER TABLE users CONVERT TO CHARACTER SET utf8mb4');
      }
    },
  );
});

describe('without a way to send mails', () => {
  it('a forgotten password is answered as ever, and nothing is prepared', async () => {
    const app = await startTestApp('embedded', { NODE_ENV: 'production', ALLOW_EMBEDDED: 'true' });
    try {
      const user = await app.register();
      const { status } = await app.call('POST', '/auth/forgot-password', { body: { email: user.email } });
      expect(status).toBe(202);
      await app.login(user);
      expect(await app.stores.db.query('SELECT * FROM account_links')).toEqual([]);
    } finally {
      await app.close();
    }
  });
});

describe('over SMTP', () => {
  it('registration, verification and reset work from end to end', async () => {
    const smtp = await startSmtpServer();
    const app = await startTestApp('embedded', {
      SMTP_URL: smtp.url,
      MAIL_FROM: 'Accounts <accounts@example.com>',
      REQUIRE_EMAIL_VERIFICATION: 'true',
    });
    try {
      const { post, passwordIs } = helpers(app);
      const user = { name: 'Ada', email: newEmail(), password: 'correct horse battery' };
      smtp.refusals.push(451); // greylisting
      await post('register', user);
      await expect.poll(() => smtp.mails).toHaveLength(1);
      const [verification] = smtp.mails;
      expect(verification).toMatchObject({ from: 'accounts@example.com', to: [user.email] });
      expect(await passwordIs(user.email, user.password)).toBe(403);
      await post('verify-email', { token: tokenIn(verification ?? { text: '' }, 'verify-email') });
      expect(await passwordIs(user.email, user.password)).toBe(200);

      await post('forgot-password', user);
      await expect.poll(() => smtp.mails).toHaveLength(2);
      const token = tokenIn(smtp.mails[1] ?? { text: '' }, 'reset-password');
      expect((await post('reset-password', { token, new_password: NEW })).status).toBe(204);
      expect(await passwordIs(user.email, NEW)).toBe(200);
      for (const secret of [token, user.email]) expect(app.logged()).not.toContain(secret);
    } finally {
      await app.close();
      await smtp.stop();
    }
  });

  it('no request waits for a server that hangs', async () => {
    const smtp = await startSmtpServer();
    smtp.hangs = true;
    const app = await startTestApp('embedded', { SMTP_URL: smtp.url });
    try {
      const user = await app.register();
      for (let i = 0; i < 10; i++) {
        const { status } = await app.call('POST', '/auth/forgot-password', { body: { email: user.email } });
        expect(status).toBe(202);
      }
      await app.login(user);
      await expect.poll(() => smtp.connections()).toBeGreaterThan(1);
    } finally {
      await app.close();
      await smtp.stop();
    }
  });
});

/** The statement that docs/accounts.md gives to operators. */
function operatorSql(): string {
  const sql = codeBlocks(section('docs/accounts.md', 'E-mail')).find(({ language }) => language === 'sql');
  return (sql?.code ?? '').trim().replace(/;$/, '');
}
