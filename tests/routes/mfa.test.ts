import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backends, type RegisteredUser, startTestApp, type TestApp } from '../support/harness.ts';
import type { Response } from '../support/http.ts';
import { modelsOf } from '../support/session.models.ts';
import { totp } from '../support/totp.ts';

const STEP_MS = 30_000;
const TOKEN_TTL_MS = 300_000;

describe.each(backends)('the second factor on %s stores', backend => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(backend, { CONCURRENT_LOGIN: 'true', MFA_FAILURES: '3' });
  });
  afterAll(() => app.close());

  const codeOf = (secret: string, steps = 0) => totp(secret, app.clock.now() + steps * STEP_MS);
  const post = (path: string, body: object, token?: string) =>
    app.call('POST', `/auth${path}`, { body, ...(token && { token }) });
  const logIn = ({ email, password }: RegisteredUser, extra: object = {}) =>
    post('/login', { email, password, ...extra });
  const answerOf = ({ status, body }: Response) => body?.code ?? status;

  async function verifiedUser(): Promise<RegisteredUser> {
    const user = await app.register();
    await app.verifyEmail(user);
    return user;
  }

  /** A user whose second factor is on, the codes of this time step used up by the enrolment and the next ones good. */
  async function enrolled() {
    const user = await verifiedUser();
    const token = await app.login(user);
    const { secret } = (await post('/mfa/totp', { password: user.password }, token)).body;
    const { body } = await post('/mfa/totp/confirm', { code: codeOf(secret) }, token);
    app.clock.advance(STEP_MS);
    return { user, token, secret: secret as string, recoveryCodes: body.recovery_codes as string[] };
  }

  async function mfaToken(user: RegisteredUser): Promise<string> {
    const { status, body } = await logIn(user);
    expect([status, body.code]).toEqual([403, 'mfa_required']);
    return body.mfa_token;
  }

  it('goes the whole way: on, a login in two steps, off', async () => {
    const user = await verifiedUser();
    const token = await app.login(user);
    const enrolment = await post('/mfa/totp', { password: user.password }, token);
    expect(enrolment.status).toBe(201);
    const { secret, otpauth_uri: uri, qr_svg: svg } = enrolment.body;
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(new URL(uri).protocol).toBe('otpauth:');
    expect(decodeURIComponent(new URL(uri).pathname)).toBe(`/express-auth-api:${user.email}`);
    expect(new URL(uri).searchParams.get('secret')).toBe(secret);
    expect(svg).toMatch(/^<svg [\s\S]*<\/svg>\s*$/);
    // Not before it is confirmed.
    expect((await logIn(user)).status).toBe(200);

    const confirmed = await post('/mfa/totp/confirm', { code: codeOf(secret) }, token);
    expect(confirmed.status).toBe(200);
    const codes: string[] = confirmed.body.recovery_codes;
    expect(codes).toHaveLength(10);
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^[0-9a-hjkmnp-tv-z]{4}(-[0-9a-hjkmnp-tv-z]{4}){3}$/);

    app.clock.advance(STEP_MS);
    const first = await logIn(user, { device_name: 'Laptop' });
    expect(first.status).toBe(403);
    expect(Object.keys(first.body).sort()).toEqual(
      ['code', 'detail', 'expires_in', 'mfa_token', 'request_id', 'status', 'title', 'type'].sort(),
    );
    expect(first.body).toMatchObject({ code: 'mfa_required', expires_in: 300 });
    const second = await post('/login/mfa', { mfa_token: first.body.mfa_token, code: codeOf(secret) });
    expect(second.status).toBe(200);
    expect(second.body).toMatchObject({ token_type: 'Bearer', user: { id: user.id } });
    const { body } = await app.call('GET', '/auth/sessions', { token: second.body.access_token });
    expect(body.sessions[0]).toMatchObject({ current: true, device_name: 'Laptop' });
    expect(answerOf(await post('/refresh', { refresh_token: second.body.refresh_token }))).toBe(200);

    app.clock.advance(STEP_MS);
    const off = await app.call('DELETE', '/auth/mfa/totp', {
      token,
      body: { password: user.password, code: codeOf(secret) },
    });
    expect([off.status, off.text]).toEqual([204, '']);
    expect((await logIn(user)).status).toBe(200);
  });

  it('accepts each code once, and none from before it', async () => {
    const { user, secret } = await enrolled();
    const code = codeOf(secret);
    expect(answerOf(await post('/login/mfa', { mfa_token: await mfaToken(user), code }))).toBe(200);
    const token = await mfaToken(user);
    expect(answerOf(await post('/login/mfa', { mfa_token: token, code }))).toBe('invalid_credentials');
    const before = codeOf(secret, -1);
    expect(answerOf(await post('/login/mfa', { mfa_token: token, code: before }))).toBe(
      'invalid_credentials',
    );
    expect(answerOf(await post('/login/mfa', { mfa_token: token, code: codeOf(secret, 1) }))).toBe(200);
  });

  it('does not accept the code that confirmed it for a login', async () => {
    const user = await verifiedUser();
    const token = await app.login(user);
    const { secret } = (await post('/mfa/totp', { password: user.password }, token)).body;
    const code = codeOf(secret);
    expect((await post('/mfa/totp/confirm', { code }, token)).status).toBe(200);
    const refused = await post('/login/mfa', { mfa_token: await mfaToken(user), code });
    expect(answerOf(refused)).toBe('invalid_credentials');
  });

  it.each([
    [-2, 'invalid_credentials'],
    [-1, 200],
    [0, 200],
    [1, 200],
    [2, 'invalid_credentials'],
  ])('a code of %i steps from now is answered %s', async (steps, expected) => {
    const { user, secret } = await enrolled();
    app.clock.advance(2 * STEP_MS);
    const answer = await post('/login/mfa', { mfa_token: await mfaToken(user), code: codeOf(secret, steps) });
    expect(answerOf(answer)).toBe(expected);
  });

  it('has the codes of RFC 6238, appendix B', () => {
    const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
    expect([59, 1111111109, 20000000000].map(seconds => totp(secret, seconds * 1000))).toEqual([
      '287082',
      '081804',
      '353130',
    ]);
  });

  it('takes codes as people type them', async () => {
    const { user, secret, recoveryCodes } = await enrolled();
    const code = codeOf(secret).replace(/^.../, '$& ');
    expect(answerOf(await post('/login/mfa', { mfa_token: await mfaToken(user), code }))).toBe(200);
    const typed = ` ${recoveryCodes[0]} `
      .toUpperCase()
      .replaceAll('-', ' ')
      .replaceAll('0', 'O')
      .replaceAll('1', 'l');
    const answer = await post('/login/mfa', { mfa_token: await mfaToken(user), recovery_code: typed });
    expect(answerOf(answer)).toBe(200);
  });

  it('is given to one of two simultaneous uses of a code, of a recovery code and of an mfa_token', async () => {
    const { user, secret, recoveryCodes } = await enrolled();
    const race = async (proofs: [object, object]) => {
      const tokens = [await mfaToken(user), await mfaToken(user)];
      const answers = await Promise.all(
        proofs.map((proof, i) => post('/login/mfa', { mfa_token: tokens[i], ...proof })),
      );
      return answers.map(answerOf).sort();
    };
    for (let round = 0; round < 10; round++) {
      app.clock.advance(STEP_MS);
      const code = codeOf(secret);
      expect(await race([{ code }, { code }])).toEqual([200, 'invalid_credentials']);
      const recovery_code = recoveryCodes[round];
      expect(await race([{ recovery_code }, { recovery_code }])).toEqual([200, 'invalid_credentials']);

      app.clock.advance(STEP_MS);
      const mfa_token = await mfaToken(user);
      const both = await Promise.all([
        post('/login/mfa', { mfa_token, code: codeOf(secret) }),
        post('/login/mfa', { mfa_token, code: codeOf(secret, 1) }),
      ]);
      expect(both.map(answerOf).sort()).toEqual([200, 'token_invalid']);
      app.clock.advance(STEP_MS);
    }
  });

  it('uses one code where several come with one mfa_token at once', async () => {
    const { user, recoveryCodes } = await enrolled();
    const mfa_token = await mfaToken(user);
    const answers = await Promise.all(
      recoveryCodes.slice(0, 4).map(recovery_code => post('/login/mfa', { mfa_token, recovery_code })),
    );
    expect(answers.map(answerOf).sort()).toEqual([200, ...Array(3).fill('token_invalid')]);
    const rows = await app.stores.db.query('SELECT batch FROM recovery_codes WHERE user_id = ?', [user.id]);
    expect(rows).toHaveLength(9);
  });

  it('asks for the password and a verified address before it is set up', async () => {
    const user = await app.register();
    const token = await app.login(user);
    const enrol = (body: object) => post('/mfa/totp', body, token).then(answerOf);
    expect(await enrol({})).toBe('validation_failed');
    expect(await enrol({ password: 'wrong password' })).toBe('invalid_credentials');
    expect(await enrol({ password: user.password })).toBe('email_unverified');
    expect(await app.stores.db.query('SELECT * FROM totp_secrets WHERE user_id = ?', [user.id])).toEqual([]);
    await app.verifyEmail(user);
    expect(await enrol({ password: user.password })).toBe(201);
  });

  it('limits the passwords that a session can try there, apart from logins', async () => {
    const user = await verifiedUser();
    const token = await app.login(user);
    const enrol = (password: string) => post('/mfa/totp', { password }, token).then(answerOf);
    for (let i = 0; i < 10; i++) expect(await enrol(`guess ${i}`)).toBe('invalid_credentials');
    expect(await enrol(user.password)).toBe('account_locked');
    expect((await logIn(user)).status).toBe(200);
  });

  it.each([
    ['turning it off', (token: string, code: string) => ['DELETE', '/auth/mfa/totp', token, code] as const],
    [
      'closing the account',
      (token: string, code: string) => ['DELETE', '/auth/account', token, code] as const,
    ],
  ])('a stolen token that guesses codes by %s locks no login', async (_, call) => {
    const { user, token, secret } = await enrolled();
    for (let i = 0; i < 4; i++) {
      const [method, path, by, code] = call(token, `00000${i}`);
      const answer = await app.call(method, path, { token: by, body: { password: user.password, code } });
      expect(answerOf(answer)).toBe(i < 3 ? 'invalid_credentials' : 'account_locked');
    }
    expect(
      answerOf(await post('/login/mfa', { mfa_token: await mfaToken(user), code: codeOf(secret) })),
    ).toBe(200);
  });

  it('is confirmed once by two simultaneous confirmations, whose recovery codes work', async () => {
    for (let round = 0; round < 10; round++) {
      const user = await verifiedUser();
      const token = await app.login(user);
      const { secret } = (await post('/mfa/totp', { password: user.password }, token)).body;
      const answers = await Promise.all(
        [0, 1].map(() => post('/mfa/totp/confirm', { code: codeOf(secret) }, token)),
      );
      const won = answers.filter(({ status }) => status === 200);
      expect(won).toHaveLength(1);
      for (const recovery_code of won[0]?.body.recovery_codes.slice(0, 2) ?? []) {
        const answer = await post('/login/mfa', { mfa_token: await mfaToken(user), recovery_code });
        expect(answerOf(answer)).toBe(200);
      }
      const rows = await app.stores.db.query('SELECT batch FROM recovery_codes WHERE user_id = ?', [user.id]);
      expect(rows).toHaveLength(8);
    }
  });

  it('lets no guess through beyond the limit, in 200 at once', async () => {
    const { user, secret } = await enrolled();
    const tokens: string[] = [];
    for (let i = 0; i < 200; i++) tokens.push(await mfaToken(user));
    const right = new Set([-1, 0, 1].map(steps => codeOf(secret, steps)));
    const wrong = Array.from({ length: 203 }, (_, i) => String(i).padStart(6, '0')).filter(
      c => !right.has(c),
    );
    const answers = await Promise.all(
      tokens.map((mfa_token, i) => post('/login/mfa', { mfa_token, code: wrong[i] })),
    );
    const count = (code: string) => answers.filter(answer => answerOf(answer) === code).length;
    expect([count('invalid_credentials'), count('account_locked')]).toEqual([3, 197]);
    const locked = answers.find(({ status }) => status === 429);
    expect(Number(locked?.headers['retry-after'])).toBe(900);

    const proof = { mfa_token: tokens[0], code: codeOf(secret) };
    expect(answerOf(await post('/login/mfa', proof))).toBe('account_locked');
    app.clock.advance(900_000);
    const later = { mfa_token: await mfaToken(user), code: codeOf(secret) };
    expect(answerOf(await post('/login/mfa', later))).toBe(200);
  });

  it('limits guesses where it is turned on and off as well', async () => {
    const user = await verifiedUser();
    const token = await app.login(user);
    await post('/mfa/totp', { password: user.password }, token);
    const guess = (i: number) => post('/mfa/totp/confirm', { code: `00000${i}` }, token);
    const answers = [];
    for (let i = 0; i < 5; i++) answers.push(answerOf(await guess(i)));
    expect(answers).toEqual([...Array(3).fill('invalid_credentials'), 'account_locked', 'account_locked']);

    const other = await enrolled();
    const off = (body: object) => app.call('DELETE', '/auth/mfa/totp', { token: other.token, body });
    const code = codeOf(other.secret);
    expect(answerOf(await off({ password: 'wrong password', code }))).toBe('invalid_credentials');
    expect(answerOf(await off({ password: other.user.password, code: '000000' }))).toBe(
      'invalid_credentials',
    );
    expect(answerOf(await off({ password: other.user.password, code: 'aaaa-bbbb' }))).toBe(
      'invalid_credentials',
    );
    expect(answerOf(await off({ password: other.user.password, code }))).toBe('account_locked');
  });

  it('is turned off with a recovery code too, and can be turned on anew', async () => {
    const { user, token, secret, recoveryCodes } = await enrolled();
    const pending = await mfaToken(user);
    expect(answerOf(await post('/mfa/totp', { password: user.password }, token))).toBe('mfa_already_enabled');
    expect(answerOf(await post('/mfa/totp/confirm', { code: codeOf(secret) }, token))).toBe(
      'mfa_already_enabled',
    );
    const body = { password: user.password, code: recoveryCodes[0] };
    const off = await Promise.all([0, 1].map(() => app.call('DELETE', '/auth/mfa/totp', { token, body })));
    expect(off.map(({ status }) => status).filter(status => status === 204)).toHaveLength(1);
    expect(answerOf(await app.call('DELETE', '/auth/mfa/totp', { token, body }))).toBe('not_found');
    expect(answerOf(await post('/mfa/totp/confirm', { code: '123456' }, token))).toBe('not_found');
    const count = 'SELECT COUNT(*) AS n FROM recovery_codes WHERE user_id = ?';
    expect(await app.stores.db.query(count, [user.id])).toEqual([{ n: 0 }]);

    const again = (await post('/mfa/totp', { password: user.password }, token)).body;
    expect(again.secret).not.toBe(secret);
    expect((await post('/mfa/totp/confirm', { code: codeOf(again.secret) }, token)).status).toBe(200);
    // Neither the old recovery codes nor a login that was begun before.
    const stale = await post('/login/mfa', { mfa_token: pending, code: codeOf(again.secret, 1) });
    expect(answerOf(stale)).toBe('token_invalid');
    const old = { mfa_token: await mfaToken(user), recovery_code: recoveryCodes[1] };
    expect(answerOf(await post('/login/mfa', old))).toBe('invalid_credentials');
  });

  it('replaces an enrolment that was not confirmed, also several at once', async () => {
    const user = await verifiedUser();
    const token = await app.login(user);
    const enrolments = await Promise.all(
      Array.from({ length: 5 }, () => post('/mfa/totp', { password: user.password }, token)),
    );
    expect(enrolments.map(({ status }) => status)).toEqual(Array(5).fill(201));
    const latest = (await post('/mfa/totp', { password: user.password }, token)).body;
    const old = await post('/mfa/totp/confirm', { code: codeOf(enrolments[0]?.body.secret) }, token);
    expect(answerOf(old)).toBe('invalid_credentials');
    expect((await post('/mfa/totp/confirm', { code: codeOf(latest.secret) }, token)).status).toBe(200);
  });

  describe('an mfa_token', () => {
    it('is no access token and no refresh token, and alone is no login', async () => {
      const { user } = await enrolled();
      const token = await mfaToken(user);
      for (const [method, path] of [
        ['GET', '/auth/profile'],
        ['GET', '/auth/sessions'],
        ['POST', '/auth/logout'],
        ['POST', '/auth/mfa/totp'],
      ] as const) {
        expect((await app.call(method, path, { token })).status).toBe(401);
      }
      expect(answerOf(await post('/refresh', { refresh_token: token }))).toBe('refresh_invalid');
      expect(answerOf(await post('/login/mfa', { mfa_token: token }))).toBe('validation_failed');
      expect(answerOf(await post('/login/mfa', { mfa_token: token, code: '' }))).toBe('validation_failed');
      const both = { mfa_token: token, code: '123456', recovery_code: 'x' };
      expect(answerOf(await post('/login/mfa', both))).toBe('validation_failed');
      const unsigned = { mfa_token: token, code: '123456' };
      const answer = await app.call('POST', '/auth/login/mfa', { body: unsigned, sign: false });
      expect(answerOf(answer)).toBe('signature_missing');
    });

    it('is good once, and only for its own user', async () => {
      const [ada, eve] = [await enrolled(), await enrolled()];
      app.clock.advance(STEP_MS);
      const mfa_token = await mfaToken(ada.user);
      const others = await post('/login/mfa', { mfa_token, code: codeOf(eve.secret) });
      expect(answerOf(others)).toBe('invalid_credentials');
      const othersRecovery = await post('/login/mfa', { mfa_token, recovery_code: eve.recoveryCodes[0] });
      expect(answerOf(othersRecovery)).toBe('invalid_credentials');
      expect((await post('/login/mfa', { mfa_token, code: codeOf(ada.secret) })).body.user.id).toBe(
        ada.user.id,
      );
      const again = await post('/login/mfa', { mfa_token, code: codeOf(ada.secret, 1) });
      expect(answerOf(again)).toBe('token_invalid');
      // The refusal used no code up.
      const next = { mfa_token: await mfaToken(ada.user), code: codeOf(ada.secret, 1) };
      expect(answerOf(await post('/login/mfa', next))).toBe(200);
    });

    it('dies with a change of the password, which itself needs no code', async () => {
      const { user, token, secret } = await enrolled();
      const mfa_token = await mfaToken(user);
      const change = { current_password: user.password, new_password: 'another password' };
      expect((await post('/change-password', change, token)).status).toBe(200);
      const answer = await post('/login/mfa', { mfa_token, code: codeOf(secret) });
      expect(answerOf(answer)).toBe('token_invalid');
    });

    it('dies of age', async () => {
      const { user, secret } = await enrolled();
      const mfa_token = await mfaToken(user);
      const key = `mfa_token:${createHash('sha256').update(mfa_token).digest('hex')}`;
      const { redis } = app.stores;
      if (redis) {
        const ttl = await redis.run(key, ['PTTL', key]);
        expect(ttl).toBeLessThanOrEqual(TOKEN_TTL_MS);
        expect(ttl).toBeGreaterThan(TOKEN_TTL_MS / 2);
        // Redis counts its own time.
        await redis.run(key, ['PEXPIRE', key, '0']);
      }
      app.clock.advance(TOKEN_TTL_MS);
      expect(answerOf(await post('/login/mfa', { mfa_token, code: codeOf(secret) }))).toBe('token_invalid');
    });

    it('is refused when it was never one', async () => {
      for (const mfa_token of ['', 'x', randomBytes(32).toString('base64url'), '\0', 'é'.repeat(5000)])
        expect(answerOf(await post('/login/mfa', { mfa_token, code: '123456' }))).toBe('token_invalid');
    });
  });

  it('lets no login that was begun with the old password outlive its change', async () => {
    for (let round = 0; round < 15; round++) {
      const { user, token, secret } = await enrolled();
      const mfa_token = await mfaToken(user);
      const change = { current_password: user.password, new_password: 'another password' };
      const [login, changed] = await Promise.all([
        post('/login/mfa', { mfa_token, code: codeOf(secret) }),
        post('/change-password', change, token),
      ]);
      expect(changed.status).toBe(200);
      expect([200, 'token_invalid']).toContain(answerOf(login));
      const { body } = await app.call('GET', '/auth/sessions', { token: changed.body.access_token });
      expect(body.sessions).toHaveLength(1);
    }
  });

  it('tells what happens, and of a login only when it is through', async () => {
    const { events, mfa, logins, register } = modelsOf(app);
    const told: unknown[] = [];
    events.onAny((name, { userId, sessionId = null, ip, requestId }) =>
      told.push([name, userId, sessionId, ip, requestId]),
    );
    const { id, email } = await register();
    await app.verifyEmail({ id, email });
    const origin = { ip: '192.0.2.1', userAgent: 'test', requestId: 'one' };
    const by = { userId: id, sessionId: 'this one', ...origin };
    const password = 'the old password';

    const { secret } = await mfa.enrol(by, password);
    await expect(mfa.confirm(by, '000000')).rejects.toThrow('invalid_credentials');
    const [one = '', two = ''] = await mfa.confirm(by, codeOf(secret));
    const device = { name: null, ...origin };
    const refusal = await logins.login(email, password, device).catch((error: unknown) => error);
    const { token: mfa_token } = (refusal as { data: { mfa: { token: string } } }).data.mfa;
    await expect(logins.loginMfa(mfa_token, { code: '000000' }, origin)).rejects.toThrow();
    const { session } = await logins.loginMfa(mfa_token, { recoveryCode: one }, origin);
    await mfa.disable(by, password, { recoveryCode: two });
    await new Promise(resolve => setImmediate(resolve));
    const expected = [
      ['mfa.failed', by.sessionId],
      ['mfa.enabled', by.sessionId],
      ['mfa.failed', null],
      ['recovery_code.used', null],
      ['session.started', session.id],
      ['recovery_code.used', by.sessionId],
      ['mfa.disabled', by.sessionId],
    ];
    expect(told.slice(1)).toEqual(
      expected.map(([name, sessionId]) => [name, id, sessionId, origin.ip, 'one']),
    );
  });

  it('ends no session in the first step', async () => {
    const single = await startTestApp(backend, { CONCURRENT_LOGIN: 'false' });
    try {
      const user = await single.register();
      await single.verifyEmail(user);
      const token = await single.login(user);
      const code = (secret: string, steps = 0) => totp(secret, single.clock.now() + steps * STEP_MS);
      const { password } = user;
      const { secret } = (await single.call('POST', '/auth/mfa/totp', { token, body: { password } })).body;
      await single.call('POST', '/auth/mfa/totp/confirm', { token, body: { code: code(secret) } });
      const { body } = await single.call('POST', '/auth/login', {
        body: { email: user.email, password: user.password },
      });
      expect((await single.call('GET', '/auth/profile', { token })).status).toBe(200);
      const second = await single.call('POST', '/auth/login/mfa', {
        body: { mfa_token: body.mfa_token, code: code(secret, 1) },
      });
      expect(second.body.ended_sessions).toBe(1);
      expect((await single.call('GET', '/auth/profile', { token })).body.code).toBe('token_revoked');
    } finally {
      await single.close();
    }
  });

  it('shows its secrets in the enrolment and nowhere else', async () => {
    const { user, token, secret, recoveryCodes } = await enrolled();
    const mfa_token = await mfaToken(user);
    const { body } = await post('/login/mfa', { mfa_token, code: codeOf(secret) });
    const answers = [
      body,
      ...(await Promise.all(
        ['/auth/profile', '/auth/sessions'].map(async path => (await app.call('GET', path, { token })).body),
      )),
    ];
    const tables = [
      await app.stores.db.query('SELECT * FROM totp_secrets WHERE user_id = ?', [user.id]),
      await app.stores.db.query('SELECT * FROM recovery_codes WHERE user_id = ?', [user.id]),
    ];
    expect(tables.map(rows => rows.length)).toEqual([1, 10]);
    const seen = JSON.stringify([answers, tables]) + app.logged();
    for (const text of [
      secret,
      mfa_token,
      ...recoveryCodes,
      ...recoveryCodes.map(c => c.replaceAll('-', '')),
    ])
      expect(seen).not.toContain(text);
  });
});
