import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  AuthApiError,
  type AuthClientOptions,
  createAuthClient,
  type TokenResponse,
} from '../../client/index.ts';
import { vectors } from '../../signing/vectors.ts';
import { backends, startTestApp, type TestApp } from '../support/harness.ts';
import { tokenIn } from '../support/smtpServer.ts';
import { totp } from '../support/totp.ts';

type Fetch = typeof globalThis.fetch;

/** A request as a fetch was asked to send it. */
interface Sent {
  method: string;
  path: string;
  headers: Headers;
  body: string;
  init: RequestInit;
}

/** A fetch that notes each request and has `answer` answer it; by default the network does. */
function recorder(
  answer: (sent: Sent, pass: () => Promise<Response>) => Promise<Response> = (_, pass) => pass(),
) {
  const sent: Sent[] = [];
  const recording: Fetch = (input, init = {}) => {
    const { pathname, search } = new URL(String(input));
    const request = {
      method: init.method ?? 'GET',
      path: pathname + search,
      headers: new Headers(init.headers),
      body: String(init.body ?? ''),
      init,
    };
    sent.push(request);
    return answer(request, () => globalThis.fetch(input, init));
  };
  return {
    fetch: recording,
    sent,
    count: (path: string) => sent.filter(request => request.path === path).length,
  };
}

function problem(status: number, code: string, members: object = {}, headers: Record<string, string> = {}) {
  const type = { 'Content-Type': 'application/problem+json' };
  return Response.json(
    { status, code, title: code, ...members },
    { status, headers: { ...type, ...headers } },
  );
}

/** What the promise rejects with. */
function failure(promise: Promise<unknown>): Promise<AuthApiError> {
  return promise.then(
    value => expect.fail(`resolved with ${JSON.stringify(value)}`),
    error => error,
  );
}

/** A promise with a handle, to hold an answer back with. */
function gate() {
  let open = () => {};
  const opened = new Promise<void>(resolve => {
    open = resolve;
  });
  return { open, opened };
}

const never = () => expect.fail('nothing here has to wait');
const HOUR = 3_600_000;
/** Of a device that counts from its start, as it has no clock of its own. */
const bootedAt = Date.now() - HOUR;

describe.each(backends)('the client library on %s stores', backend => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(backend, { CONCURRENT_LOGIN: 'true' });
  });
  afterAll(() => app.close());

  let clients = 0;
  function clientOf(options: Partial<AuthClientOptions> = {}) {
    // Two clients that do the same in the same millisecond are one to the API; the clock of these tests stands still.
    const ahead = 100 * (clients++ % 300);
    const { origin: baseUrl, env, clock } = app;
    const now = () => clock.now() + ahead;
    return createAuthClient({ baseUrl, signatureKey: env.SIGNATURE_KEY, now, sleep: never, ...options });
  }

  /** A client that a new user is signed in with, and what it sends from then on. */
  async function signedIn(options: Partial<AuthClientOptions> = {}, wire = recorder()) {
    const user = await app.register();
    const onSignedOut = vi.fn();
    const client = clientOf({ fetch: wire.fetch, onSignedOut, ...options });
    const answer = await client.login(user);
    wire.sent.length = 0;
    return { client, user, answer, onSignedOut, ...wire };
  }

  it('turns a second factor on, signs in by two steps, and turns it off', async () => {
    const { client, user, answer } = await signedIn();
    await app.verifyEmail(answer.user);
    const { secret, otpauth_uri, qr_svg } = await client.enrolTotp({ password: user.password });
    expect(otpauth_uri).toContain(secret);
    expect(qr_svg).toContain('<svg');
    const code = (steps = 0) => totp(secret, app.clock.now() + steps * 30_000);
    const { recovery_codes } = await client.confirmTotp({ code: code() });
    expect(recovery_codes).toHaveLength(10);

    const other = clientOf();
    const refusal = await failure(other.login(user));
    expect([refusal.code, refusal.status, other.signedIn]).toEqual(['mfa_required', 403, false]);
    const { mfaToken = '' } = refusal;
    const wrong = await failure(other.loginMfa({ mfaToken, recoveryCode: 'wrong' }));
    expect([wrong.code, wrong.mfaToken, other.signedIn]).toEqual(['invalid_credentials', undefined, false]);
    expect((await other.loginMfa({ mfaToken, code: code(1) })).user.id).toBe(answer.user.id);
    expect(other.signedIn).toBe(true);
    const again = (await failure(other.login(user))).mfaToken ?? '';
    const [recoveryCode = '', next = ''] = recovery_codes;
    expect((await other.loginMfa({ mfaToken: again, recoveryCode })).user.id).toBe(answer.user.id);

    expect((await failure(client.disableTotp({ password: user.password, code: '000000' }))).code).toBe(
      'invalid_credentials',
    );
    expect(client.signedIn).toBe(true);
    expect(await client.disableTotp({ password: user.password, code: next })).toBeUndefined();
    await other.login(user);
  });

  it('closes an account with a second factor by a code', async () => {
    const { client, user, answer, onSignedOut } = await signedIn();
    await app.verifyEmail(answer.user);
    const enrolment = await client.enrolTotp({ password: user.password });
    const { recovery_codes } = await client.confirmTotp({ code: totp(enrolment.secret, app.clock.now()) });
    expect((await failure(client.closeAccount(user.password))).errors).toMatchObject([{ path: 'code' }]);
    const wrong = client.closeAccount(user.password, { code: '000000' });
    expect((await failure(wrong)).code).toBe('invalid_credentials');
    expect(client.signedIn).toBe(true);
    const options = { code: recovery_codes[0] ?? '' };
    expect(await client.closeAccount(user.password, options)).toBeUndefined();
    expect(client.signedIn).toBe(false);
    expect(onSignedOut.mock.calls).toEqual([['logout']]);
  });

  it('pages through the activity, and closes the account, which signs out', async () => {
    const { client, user, onSignedOut } = await signedIn();
    await expect.poll(async () => (await client.activity()).events.length).toBeGreaterThanOrEqual(2);
    const first = await client.activity({ limit: 1 });
    expect(first.events.map(({ event }) => event)).toEqual(['session.started']);
    const rest = await client.activity({ cursor: first.next ?? '' });
    expect(rest.events.map(({ event }) => event)).toEqual(['account.registered']);

    expect((await failure(client.closeAccount('wrong horse'))).code).toBe('invalid_credentials');
    expect(client.signedIn).toBe(true);
    expect(await client.closeAccount(user.password)).toBeUndefined();
    expect(client.signedIn).toBe(false);
    expect(onSignedOut.mock.calls).toEqual([['logout']]);
    expect((await failure(client.login(user))).code).toBe('invalid_credentials');
  });

  it('verifies an address and resets a password by links, which signs out', async () => {
    const { client, user, onSignedOut } = await signedIn();
    const mailsTo = () => app.mails.filter(({ to }) => to === user.email);
    const poll = (count: number) => expect.poll(mailsTo).toHaveLength(count);
    await poll(1);
    const other = clientOf();
    const token = tokenIn(mailsTo()[0] ?? { text: '' }, 'verify-email');
    expect(await other.verifyEmail({ token })).toBeUndefined();
    expect(await client.resendVerification()).toBeUndefined();

    expect(await other.forgotPassword({ email: user.email })).toBeUndefined();
    expect(await other.forgotPassword({ email: 'nobody@example.com' })).toBeUndefined();
    await poll(2);
    const reset = {
      token: tokenIn(mailsTo()[1] ?? { text: '' }, 'reset-password'),
      newPassword: 'another password',
    };
    expect(await other.resetPassword(reset)).toBeUndefined();
    const spent = await failure(client.resetPassword(reset));
    expect([spent.code, spent.errors[0]?.path, client.signedIn]).toEqual([
      'validation_failed',
      'token',
      true,
    ]);
    expect((await failure(client.profile())).code).toBe('token_revoked');
    expect(onSignedOut).toHaveBeenCalledTimes(1);
    await other.login({ email: user.email, password: reset.newPassword });
  });

  it('has a method for each endpoint, typed', async () => {
    const client = clientOf();
    const person = { name: 'Ada', email: `ada-${backend}@example.com`, password: 'correct horse' };
    const { user } = await client.register(person);
    expect([client.signedIn, client.accessToken]).toEqual([false, undefined]);
    const login: TokenResponse = await client.login({ ...person, deviceName: 'Laptop' });
    expect([client.signedIn, client.accessToken]).toEqual([true, login.access_token]);
    expect(await client.profile()).toEqual({ user });

    expect((await client.updateProfile({ name: 'Ünï 😀' })).user.name).toBe('Ünï 😀');
    const { sessions } = await client.sessions();
    expect(sessions).toMatchObject([{ id: login.session.id, current: true, device_name: 'Laptop' }]);
    const changed = await client.changePassword({
      currentPassword: person.password,
      newPassword: 'battery staple',
    });
    expect(client.accessToken).toBe(changed.access_token);
    expect((await client.refresh()).session.id).toBe(changed.session.id);
    expect(await client.request('GET', '/auth/profile?page=2')).toMatchObject({ user: { id: user.id } });
    expect(await client.request('patch', '/auth/profile', { body: { name: 'Eve' } })).toHaveProperty(
      'user.name',
      'Eve',
    );
    expect(await client.logout()).toBeUndefined();
    expect([client.signedIn, client.accessToken]).toEqual([false, undefined]);
  });

  it('pages through the sessions', async () => {
    const { client, user, answer } = await signedIn();
    const { session } = await clientOf().login(user);
    const first = await client.sessions({ limit: 1, signal: AbortSignal.timeout(60_000) });
    const rest = await client.sessions({ cursor: first.next ?? '' });
    expect([...first.sessions, ...rest.sessions].map(({ id }) => id).sort()).toEqual(
      [answer.session.id, session.id].sort(),
    );
    expect(rest.next).toBeUndefined();
    expect((await failure(client.sessions({ limit: 101 }))).errors).toMatchObject([{ path: 'limit' }]);
  });

  it('signs the path of the request line, prefix included', async () => {
    const user = await app.register();
    const { fetch, sent } = recorder();
    const client = clientOf({ baseUrl: `${app.origin}/api/`, fetch });
    await client.login(user);
    await client.updateProfile({ name: 'Prefixed' });
    expect(sent.map(({ path }) => path)).toEqual(['/api/auth/login', '/api/auth/profile']);
  });

  it('ends other sessions and its own', async () => {
    const { client, user, answer, onSignedOut } = await signedIn();
    const other = clientOf();
    const third = clientOf();
    const { session } = await other.login(user);
    await third.login(user);
    await client.endSession(session.id);
    expect((await failure(other.profile())).code).toBe('token_revoked');
    expect((await failure(client.endSession(session.id))).code).toBe('not_found');
    expect(await client.logoutAll({ keepCurrent: true })).toEqual({ ended_sessions: 1 });
    expect((await failure(third.profile())).code).toBe('token_revoked');
    expect([client.signedIn, onSignedOut.mock.calls]).toEqual([true, []]);
    await client.endSession(answer.session.id);
    expect([client.signedIn, onSignedOut.mock.calls]).toEqual([false, [['logout']]]);

    await client.login(user);
    expect(await client.logoutAll()).toEqual({ ended_sessions: 1 });
    expect([client.signedIn, onSignedOut.mock.calls]).toEqual([false, [['logout'], ['logout']]]);
  });

  it('refreshes once for 50 calls whose token has expired, and repeats each', async () => {
    const { client, sent, count, onSignedOut } = await signedIn();
    app.clock.advance(HOUR);
    const answers = await Promise.all(Array.from({ length: 50 }, () => client.profile()));
    expect(answers).toHaveLength(50);
    expect(count('/auth/refresh')).toBe(1);
    expect(sent).toHaveLength(101);
    expect([client.signedIn, onSignedOut.mock.calls]).toEqual([true, []]);
  });

  it('repeats a change with a new signature after a refresh', async () => {
    const { client, sent } = await signedIn();
    app.clock.advance(HOUR);
    expect((await client.updateProfile({ name: 'Later' })).user.name).toBe('Later');
    expect(sent.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'PATCH /auth/profile',
      'POST /auth/refresh',
      'PATCH /auth/profile',
    ]);
    expect(new Set(sent.map(({ headers }) => headers.get('X-Signature'))).size).toBe(3);
    expect(sent[1]?.headers.has('Authorization')).toBe(false);
  });

  it('takes the new token for a refusal that comes after the refresh', async () => {
    const late = gate();
    let held = false;
    const wire = recorder(async ({ headers }, pass) => {
      const response = await pass();
      if (headers.has('X-Late') && !held) {
        held = true;
        await late.opened;
      }
      return response;
    });
    const { client, count } = await signedIn({}, wire);
    app.clock.advance(HOUR);
    const waiting = client.request('GET', '/auth/profile', { headers: { 'X-Late': 'yes' } });
    await client.profile();
    late.open();
    await expect(waiting).resolves.toBeTruthy();
    expect(count('/auth/refresh')).toBe(1);
  });

  it('is signed out by a revoked token, without a refresh', async () => {
    const { client, user, count, onSignedOut } = await signedIn();
    const other = clientOf();
    await other.login(user);
    await other.logoutAll();
    const errors = await Promise.all(Array.from({ length: 20 }, () => failure(client.profile())));
    expect(errors.map(({ code }) => code)).toEqual(Array(20).fill('token_revoked'));
    expect([count('/auth/refresh'), client.signedIn, client.accessToken]).toEqual([0, false, undefined]);
    expect(onSignedOut.mock.calls).toEqual([['token_revoked']]);
  });

  it('is signed out once when a refresh fails that 20 calls wait for', async () => {
    const { client, user, count, onSignedOut } = await signedIn();
    const other = clientOf();
    await other.login(user);
    await other.logoutAll();
    app.clock.advance(HOUR);
    const errors = await Promise.all(Array.from({ length: 20 }, () => failure(client.profile())));
    expect(errors.every(error => error instanceof AuthApiError)).toBe(true);
    expect(errors.map(({ code }) => code)).toEqual(Array(20).fill('refresh_invalid'));
    expect([count('/auth/refresh'), client.signedIn]).toEqual([1, false]);
    expect(onSignedOut.mock.calls).toEqual([['refresh_invalid']]);
  });

  it('is signed out when its refresh token was used by somebody else', async () => {
    const { client, answer, onSignedOut } = await signedIn();
    const use = (refresh_token: unknown) => app.call('POST', '/auth/refresh', { body: { refresh_token } });
    await use((await use(answer.refresh_token)).body.refresh_token);
    app.clock.advance(HOUR);
    expect((await failure(client.profile())).code).toBe('refresh_reused');
    expect([client.signedIn, onSignedOut.mock.calls]).toEqual([false, [['refresh_reused']]]);
  });

  it('gets the same successor when the answer to a refresh is lost, and goes on', async () => {
    let lost: TokenResponse | undefined;
    const wire = recorder(async ({ path }, pass) => {
      const response = await pass();
      if (path !== '/auth/refresh' || lost) return response;
      lost = (await response.json()) as TokenResponse;
      throw new TypeError('connection reset');
    });
    const { client, sent, count } = await signedIn({}, wire);
    app.clock.advance(HOUR);
    await client.profile();
    expect(count('/auth/refresh')).toBe(2);
    expect(client.accessToken).toBe(lost?.access_token);
    const bodies = sent.filter(({ path }) => path === '/auth/refresh').map(({ body }) => body);
    expect(bodies[0]).toBe(bodies[1]);
    app.clock.advance(HOUR);
    await client.profile();
    expect(JSON.parse(sent.findLast(({ path }) => path === '/auth/refresh')?.body ?? '')).toEqual({
      refresh_token: lost?.refresh_token,
    });
  });

  it('stays signed out when a refresh is answered after the logout', async () => {
    const refreshed = gate();
    const refused = gate();
    const release = gate();
    const wire = recorder(async ({ path }, pass) => {
      const response = await pass();
      if (path === '/auth/refresh') {
        refreshed.open();
        await release.opened;
      }
      if (path === '/auth/logout') refused.open();
      return response;
    });
    const { client, user, onSignedOut } = await signedIn({}, wire);
    const refreshing = client.refresh();
    await refreshed.opened;
    const leaving = client.logout();
    await refused.opened;
    await setImmediate(); // so that the refusal has been read
    release.open();
    await leaving;
    const { access_token: token } = await refreshing;
    expect([client.signedIn, client.accessToken]).toEqual([false, undefined]);
    expect(onSignedOut.mock.calls).toEqual([['logout']]);
    // The session that the refresh had renewed is over at the API as well.
    expect((await app.call('GET', '/auth/profile', { token })).body.code).toBe('token_revoked');
    await client.login(user);
    expect(client.signedIn).toBe(true);
  });

  it('drops the answer to a refresh that was overtaken by a logout', async () => {
    const release = gate();
    const wire = recorder(async ({ path }, pass) => {
      if (path === '/auth/refresh') await release.opened;
      return pass();
    });
    const { client, onSignedOut } = await signedIn({}, wire);
    const refreshing = failure(client.refresh());
    await client.logout();
    release.open();
    expect((await refreshing).code).toBe('refresh_invalid');
    expect([client.signedIn, onSignedOut.mock.calls]).toEqual([false, [['logout']]]);
  });

  it('drops the answer to a refresh that was overtaken by a newer login', async () => {
    const release = gate();
    const wire = recorder(async ({ path }, pass) => {
      const response = await pass();
      if (path === '/auth/refresh') await release.opened;
      return response;
    });
    const { client, user } = await signedIn({}, wire);
    const refreshing = client.refresh();
    const newer = await client.login(user);
    release.open();
    expect((await refreshing).access_token).not.toBe(newer.access_token);
    expect(client.accessToken).toBe(newer.access_token);
  });

  it('drops the answer to a refresh that was overtaken by a password change', async () => {
    const release = gate();
    let outdated = {};
    const wire = recorder(async ({ path }, pass) => {
      if (path !== '/auth/refresh') return pass();
      await release.opened;
      return Response.json(outdated);
    });
    const { client, user, answer } = await signedIn({}, wire);
    outdated = { ...answer, access_token: 'outdated' };
    const refreshing = client.refresh();
    await client.changePassword({ currentPassword: user.password, newPassword: 'a new password' });
    release.open();
    await refreshing;
    expect((await client.profile()).user.id).toBe(user.id);
  });

  it('lets no call go on after a sign-out that waited for a refresh', async () => {
    const refreshed = gate();
    const release = gate();
    const wire = recorder(async ({ path }, pass) => {
      const response = await pass();
      if (path === '/auth/refresh') {
        refreshed.open();
        await release.opened;
      }
      return response;
    });
    const { client, user, count } = await signedIn({}, wire);
    app.clock.advance(HOUR);
    const change = failure(client.updateProfile({ name: 'Too late' }));
    await refreshed.opened;
    await client.login(user);
    release.open();
    expect((await change).code).toBe('token_expired');
    expect(count('/auth/profile')).toBe(1);
  });

  it('is signed out by a refresh of the caller’s that is refused', async () => {
    const { client, user, onSignedOut } = await signedIn();
    const other = clientOf();
    await other.login(user);
    await other.logoutAll();
    expect((await failure(client.refresh())).code).toBe('refresh_invalid');
    expect([client.signedIn, onSignedOut.mock.calls]).toEqual([false, [['refresh_invalid']]]);
  });

  it('drops the answer to a login that was overtaken by a newer one or by a sign-out', async () => {
    let slow = gate();
    const wire = recorder(async ({ body }, pass) => {
      const response = await pass();
      if (body.includes('slow')) await slow.opened;
      return response;
    });
    const { client, user } = await signedIn({}, wire);
    const overtaken = failure(client.login({ ...user, deviceName: 'slow' }));
    const newer = await client.login(user);
    slow.open();
    expect((await overtaken).code).toBe('superseded');
    expect(client.accessToken).toBe(newer.access_token);

    slow = gate();
    const late = failure(client.login({ ...user, deviceName: 'slow' }));
    await client.logout();
    slow.open();
    expect((await late).code).toBe('superseded');
    expect([client.signedIn, client.accessToken]).toEqual([false, undefined]);
  });

  it('takes a later login for the later one, in whatever order they are answered', async () => {
    const slow = gate();
    const wire = recorder(async ({ body }, pass) => {
      const response = await pass();
      if (body.includes('slow')) await slow.opened;
      return response;
    });
    const { client, user } = await signedIn({}, wire);
    const first = client.login(user);
    const second = client.login({ ...user, deviceName: 'slow' });
    await first;
    slow.open();
    const { access_token } = await second;
    expect(client.accessToken).toBe(access_token);
  });

  it('makes no call for one user that another has begun', async () => {
    const begun = gate();
    const release = gate();
    const wire = recorder(async ({ body }, pass) => {
      const response = await pass();
      if (body.includes('of the first')) {
        begun.open();
        await release.opened;
      }
      return response;
    });
    const { client } = await signedIn({}, wire);
    app.clock.advance(HOUR);
    const change = failure(client.updateProfile({ name: 'of the first' }));
    await begun.opened;
    const second = await app.register();
    await client.login(second);
    release.open();
    expect((await change).code).toBe('token_expired');
    expect((await client.profile()).user.name).toBe(second.name);
  });

  it('survives its own password change while other calls are under way', async () => {
    const changed = gate();
    const refused = gate();
    let refusals = 0;
    const wire = recorder(async ({ path }, pass) => {
      const response = await pass();
      if (path === '/auth/change-password') {
        changed.open();
        await refused.opened;
      } else if (response.status === 401 && ++refusals === 4) refused.open();
      return response;
    });
    const { client, user, onSignedOut } = await signedIn({}, wire);
    const change = client.changePassword({ currentPassword: user.password, newPassword: 'a new password' });
    await changed.opened;
    const calls = [client.profile(), client.profile(), client.updateProfile({ name: 'Through' })];
    expect((await failure(client.refresh())).code).toBe('refresh_invalid');
    await Promise.all([change, ...calls]);
    expect([client.signedIn, onSignedOut.mock.calls]).toEqual([true, []]);
  });

  it('names its own logout as the reason, whatever other calls meet meanwhile', async () => {
    const ended = gate();
    const release = gate();
    const wire = recorder(async ({ path }, pass) => {
      const response = await pass();
      if (path === '/auth/logout') {
        ended.open();
        await release.opened;
      }
      return response;
    });
    const { client, onSignedOut } = await signedIn({}, wire);
    const leaving = client.logout();
    await ended.opened;
    const call = failure(client.profile());
    release.open();
    await leaving;
    expect((await call).code).toBe('token_revoked');
    expect(onSignedOut.mock.calls).toEqual([['logout']]);
  });

  it('changes the password although the token has expired', async () => {
    const { client, user } = await signedIn();
    app.clock.advance(HOUR);
    await client.changePassword({ currentPassword: user.password, newPassword: 'a new password' });
    expect((await client.profile()).user.id).toBe(user.id);
  });

  it('logs out for good although the token has expired', async () => {
    const { client, user, onSignedOut } = await signedIn();
    app.clock.advance(HOUR);
    await client.logout();
    expect(onSignedOut.mock.calls).toEqual([['logout']]);
    const other = clientOf();
    await other.login(user);
    expect((await other.sessions()).sessions).toHaveLength(1);
  });
});

describe('the client library', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp('embedded');
  });
  afterAll(() => app.close());

  /** A client that a new user is signed in with, and what it sends from then on. */
  async function signedIn(options: Partial<AuthClientOptions> = {}, wire = recorder()) {
    const { origin: baseUrl, env, clock } = app;
    const onSignedOut = vi.fn();
    const client = createAuthClient({
      baseUrl,
      signatureKey: env.SIGNATURE_KEY,
      now: clock.now,
      sleep: never,
      fetch: wire.fetch,
      onSignedOut,
      ...options,
    });
    const user = await app.register();
    await client.login(user);
    wire.sent.length = 0;
    return { client, user, onSignedOut, ...wire };
  }

  it('gives the known signatures', async () => {
    for (const { method, path, body, timestamp, signature } of vectors.cases) {
      const { fetch, sent } = recorder(async () => new Response());
      const now = () => Number(timestamp);
      const client = createAuthClient({ baseUrl: 'http://api', signatureKey: vectors.key, now, fetch });
      await client.request(method, path, { body: JSON.parse(body) });
      expect(sent[0]?.body).toBe(body);
      expect(sent[0]?.headers.get('X-Signature')).toBe(signature);
      expect(sent[0]?.headers.get('X-Timestamp')).toBe(timestamp);
    }
  });

  it('gives no timestamp twice, not to equal requests in the same millisecond either', async () => {
    const { client, sent } = await signedIn();
    const calls = Array.from({ length: 20 }, () => client.updateProfile({ name: 'The same' }));
    await expect(Promise.all(calls)).resolves.toHaveLength(20);
    expect(new Set(sent.map(({ headers }) => headers.get('X-Timestamp'))).size).toBe(20);
  });

  it.each([
    ['an hour ahead', () => app.clock.now() + HOUR],
    ['an hour behind', () => app.clock.now() - HOUR],
    ['back in 1970', () => app.clock.now() - bootedAt],
  ])('sets a clock that is %s by the API, once and for good', async (_, now) => {
    const wire = recorder();
    const { fetch } = wire;
    const { baseUrl, signatureKey } = { baseUrl: app.origin, signatureKey: app.env.SIGNATURE_KEY };
    const client = createAuthClient({ baseUrl, signatureKey, now, fetch });
    const user = await app.register();
    await client.login(user);
    expect(wire.count('/auth/login')).toBe(2);
    app.clock.advance(70_000);
    await client.updateProfile({ name: 'In time' });
    expect(wire.count('/auth/profile')).toBe(1);
  });

  it('sets its clock once for calls that are refused together', async () => {
    let ahead = 0;
    const { client, sent } = await signedIn({ now: () => app.clock.now() + ahead });
    ahead = HOUR;
    const calls = Array.from({ length: 10 }, () => client.updateProfile({ name: 'The same' }));
    await expect(Promise.all(calls)).resolves.toHaveLength(10);
    expect(sent).toHaveLength(20);
  });

  it('sets its clock for a refresh as well', async () => {
    let ahead = 0;
    const { client, count } = await signedIn({ now: () => app.clock.now() + ahead });
    app.clock.advance(HOUR);
    ahead = -HOUR;
    await client.profile();
    expect([count('/auth/refresh'), count('/auth/profile')]).toEqual([2, 2]);
  });

  describe('that meets a 503', () => {
    const busy = (seconds?: string) =>
      problem(503, 'overloaded', {}, seconds === undefined ? {} : { 'Retry-After': seconds });

    function busyFor(times: number, path: string, seconds?: string) {
      const sleeps: number[] = [];
      const sleep = async (ms: number) => void sleeps.push(ms);
      let left = times;
      const wire = recorder(async (sent, pass) =>
        sent.path === path && left-- > 0 ? busy(seconds) : pass(),
      );
      return { sleeps, options: { sleep }, wire };
    }

    it('reads again after the time it says, twice at most', async () => {
      const { sleeps, options, wire } = busyFor(2, '/auth/profile', '1');
      const { client, count } = await signedIn(options, wire);
      await client.profile();
      expect([sleeps, count('/auth/profile')]).toEqual([[1000, 1000], 3]);
    });

    it('gives up after that', async () => {
      const { sleeps, options, wire } = busyFor(3, '/auth/profile', '86400');
      const { client, count, onSignedOut } = await signedIn(options, wire);
      expect(await failure(client.profile())).toMatchObject({
        code: 'overloaded',
        status: 503,
        retryAfter: 86400,
      });
      expect([sleeps, count('/auth/profile')]).toEqual([[5000, 5000], 3]);
      expect([client.signedIn, onSignedOut.mock.calls]).toEqual([true, []]);
    });

    it.each([undefined, 'soon'])('reads once when Retry-After is %s', async seconds => {
      const { sleeps, options, wire } = busyFor(1, '/auth/profile', seconds);
      const { client, count } = await signedIn(options, wire);
      expect(await failure(client.profile())).toMatchObject({ code: 'overloaded', retryAfter: undefined });
      expect([sleeps, count('/auth/profile')]).toEqual([[], 1]);
    });

    it('never repeats a change', async () => {
      const { sleeps, options, wire } = busyFor(1, '/auth/profile', '1');
      const { client, count } = await signedIn(options, wire);
      expect((await failure(client.updateProfile({ name: 'Once' }))).code).toBe('overloaded');
      expect([sleeps, count('/auth/profile')]).toEqual([[], 1]);
    });

    it('at a refresh: repeats it once, and succeeds', async () => {
      const { sleeps, options, wire } = busyFor(1, '/auth/refresh', '60');
      const { client, count } = await signedIn(options, wire);
      app.clock.advance(HOUR);
      await client.profile();
      expect([sleeps, count('/auth/refresh')]).toEqual([[5000], 2]);
    });

    it('at a refresh, twice: fails, but stays signed in', async () => {
      const { options, wire } = busyFor(2, '/auth/refresh', '1');
      const { client, count, onSignedOut } = await signedIn(options, wire);
      app.clock.advance(HOUR);
      expect((await failure(client.profile())).code).toBe('overloaded');
      expect([count('/auth/refresh'), count('/auth/profile')]).toEqual([2, 1]);
      expect([client.signedIn, onSignedOut.mock.calls]).toEqual([true, []]);
      await client.profile();
      expect(count('/auth/refresh')).toBe(3);
    });

    it('at a logout: stays signed in, so that it can be tried again', async () => {
      const { options, wire } = busyFor(1, '/auth/logout', '1');
      const { client, onSignedOut } = await signedIn(options, wire);
      expect((await failure(client.logout())).code).toBe('overloaded');
      expect([client.signedIn, onSignedOut.mock.calls]).toEqual([true, []]);
      await client.logout();
      expect([client.signedIn, onSignedOut.mock.calls]).toEqual([false, [['logout']]]);
    });
  });

  it('stays signed in when the network fails at a refresh, which it tries twice', async () => {
    const wire = recorder(async ({ path }, pass) => {
      if (path === '/auth/refresh') throw new TypeError('no route to host');
      return pass();
    });
    const { client, count, onSignedOut } = await signedIn({}, wire);
    app.clock.advance(HOUR);
    const error = await failure(client.profile());
    expect(error).toMatchObject({ code: 'network_error', status: 0, cause: { message: 'no route to host' } });
    expect(count('/auth/refresh')).toBe(2);
    expect([client.signedIn, onSignedOut.mock.calls]).toEqual([true, []]);
  });

  it.each([
    ['an unknown 401', () => new Response('go away', { status: 401 }), 'unexpected_answer', false],
    ['another 401', () => problem(401, 'token_invalid'), 'token_invalid', false],
    ['a refused signature', () => problem(401, 'signature_mismatch'), 'signature_mismatch', true],
    ['a 429', () => problem(429, 'rate_limited'), 'rate_limited', true],
    ['an answer without tokens', () => Response.json({}), 'unexpected_answer', true],
  ])('after %s to a refresh', async (_, refusal, code, stays) => {
    const wire = recorder(async ({ path }, pass) => (path === '/auth/refresh' ? refusal() : pass()));
    const { client, onSignedOut } = await signedIn({}, wire);
    app.clock.advance(HOUR);
    expect((await failure(client.profile())).code).toBe(code);
    expect([client.signedIn, onSignedOut.mock.calls]).toEqual([stays, stays ? [] : [[code]]]);
  });

  it('is signed out by an expired token where there are no refresh tokens', async () => {
    const other = await startTestApp('embedded', { REFRESH_TOKEN_TTL: '0' });
    try {
      const { fetch, count } = recorder();
      const onSignedOut = vi.fn();
      const signatureKey = other.env.SIGNATURE_KEY;
      const client = createAuthClient({ baseUrl: other.origin, signatureKey, fetch, onSignedOut });
      await client.login(await other.register());
      other.clock.advance(HOUR);
      expect((await failure(client.profile())).code).toBe('token_expired');
      expect((await failure(client.refresh())).code).toBe('refresh_invalid');
      expect([onSignedOut.mock.calls, count('/auth/refresh')]).toEqual([[['token_expired']], 0]);
    } finally {
      await other.close();
    }
  });

  it.each([
    ['token_expired', 2],
    ['token_invalid', 2],
    ['signature_expired', 2],
    ['signature_replayed', 1],
    ['invalid_credentials', 1],
  ])('does not go round in circles over %s', async (code, requests) => {
    const wire = recorder(async ({ path }, pass) =>
      path === '/auth/profile' ? problem(401, code, { server_time: app.clock.now() }) : pass(),
    );
    const { client, count } = await signedIn({}, wire);
    expect((await failure(client.updateProfile({ name: 'Round' }))).code).toBe(code);
    expect(count('/auth/profile')).toBe(requests);
    expect(count('/auth/refresh')).toBe(code.startsWith('token') ? 1 : 0);
  });

  it('rejects with what the API says', async () => {
    const { client, user } = await signedIn();
    const taken = await failure(client.register(user));
    expect(taken).toBeInstanceOf(AuthApiError);
    expect(taken).toMatchObject({ name: 'AuthApiError', code: 'email_taken', status: 409, errors: [] });
    expect(taken.message).toBe(`email_taken: ${taken.detail}`);
    expect(taken.detail).toMatch(/^Log in with it/);
    expect(taken.requestId).toMatch(/^[0-9a-f-]{36}$/);
    await expect.poll(() => app.logged()).toContain(taken.requestId);

    const invalid = await failure(client.register({ name: '', email: 'nobody', password: 'short' }));
    expect(invalid.code).toBe('validation_failed');
    expect(invalid.errors.map(({ path }) => path).sort()).toEqual(['email', 'name', 'password']);
    expect((await failure(client.login({ ...user, password: 'wrong' }))).code).toBe('invalid_credentials');
    expect((await failure(client.request('GET', '/auth/nothing'))).code).toBe('not_found');
    // @ts-expect-error: a code that there is not
    expect(invalid.code === 'validation_faild').toBe(false);
  });

  it('knows an answer that is not of the API', async () => {
    const answers = [
      new Response('<h1>Bad gateway</h1>', { status: 502 }),
      new Response('<h1>Log in to the Wi-Fi</h1>'),
      Response.json(null, { status: 500 }),
    ];
    const { fetch } = recorder(async () => answers.shift() ?? Response.error());
    const client = createAuthClient({ baseUrl: 'https://api.example.com', signatureKey: 'key', fetch });
    const statuses = [];
    while (answers.length > 0) {
      const { code, status } = await failure(client.profile());
      statuses.push([code, status]);
    }
    expect(statuses).toEqual([
      ['unexpected_answer', 502],
      ['unexpected_answer', 200],
      ['unexpected_answer', 500],
    ]);
  });

  it('passes a signal on', async () => {
    const wire = recorder((_, pass) => pass());
    const { client } = await signedIn({}, wire);
    const signal = AbortSignal.abort(new Error('changed my mind'));
    expect((await failure(client.profile({ signal }))).message).toBe('changed my mind');
    expect(wire.sent[0]?.init.signal).toBe(signal);
  });

  it('lets a call go that is aborted while it waits for a refresh, and refreshes for the others', async () => {
    const begun = gate();
    const release = gate();
    const wire = recorder(async ({ path }, pass) => {
      if (path === '/auth/refresh') {
        begun.open();
        await release.opened;
      }
      return pass();
    });
    const { client, count } = await signedIn({}, wire);
    app.clock.advance(HOUR);
    const controller = new AbortController();
    const impatient = failure(client.profile({ signal: controller.signal }));
    const patient = client.profile();
    await begun.opened;
    controller.abort(new Error('changed my mind'));
    expect((await impatient).message).toBe('changed my mind');
    release.open();
    await patient;
    expect(count('/auth/refresh')).toBe(1);
  });

  it('lets a call go that is aborted while it waits for a busy API', async () => {
    const controller = new AbortController();
    const sleep = () => {
      controller.abort(new Error('changed my mind'));
      return new Promise(() => {});
    };
    const wire = recorder(async ({ path }, pass) =>
      path === '/auth/profile' ? problem(503, 'overloaded', {}, { 'Retry-After': '1' }) : pass(),
    );
    const { client } = await signedIn({ sleep }, wire);
    expect((await failure(client.profile({ signal: controller.signal }))).message).toBe('changed my mind');
  });

  it('sends tokens and signed requests nowhere else', async () => {
    const { client, sent } = await signedIn();
    for (const path of ['@evil.example/', '.evil.example/', 'https://evil.example/']) {
      await expect(client.request('POST', path)).rejects.toThrow(TypeError);
    }
    expect(sent).toEqual([]);
    await client.request('GET', '//evil.example/auth/profile').catch(() => {});
    await client.updateProfile({ name: 'Straight on' });
    expect(sent.map(({ init, path }) => [path, init.redirect])).toEqual([
      ['//evil.example/auth/profile', undefined],
      ['/auth/profile', 'error'],
    ]);
  });

  it('lets a header of the caller stand, but not in place of a token', async () => {
    const { client, sent } = await signedIn();
    const headers = { authorization: 'Basic eA==', 'x-request-id': 'of-the-caller' };
    await client.request('GET', '/auth/profile', { headers });
    expect(sent[0]?.headers.get('Authorization')).toBe(`Bearer ${client.accessToken}`);
    expect(sent[0]?.headers.get('X-Request-Id')).toBe('of-the-caller');
    expect(sent[0]?.headers.has('X-Signature')).toBe(false);
  });

  it('tells each listener of a sign-out, until it is taken off', async () => {
    const { client, user, onSignedOut } = await signedIn();
    const listener = vi.fn();
    const remove = client.onSignedOut(listener);
    await client.logout();
    await client.login(user);
    remove();
    await client.logout();
    expect([onSignedOut.mock.calls.length, listener.mock.calls]).toEqual([2, [['logout']]]);
  });

  it('has nothing to do for a logout of nobody, and no refresh', async () => {
    const { client, user, onSignedOut, count } = await signedIn();
    await client.logout();
    await client.logout();
    expect((await failure(client.refresh())).code).toBe('refresh_invalid');
    expect([onSignedOut.mock.calls.length, count('/auth/refresh')]).toEqual([1, 0]);
    expect((await failure(client.profile())).code).toBe('token_missing');
    await client.login(user);
  });

  it.each([{ signatureKey: '' }, { baseUrl: 'api.example.com' }])('is not made with %j', options => {
    const usable = { baseUrl: 'https://api.example.com', signatureKey: 'key' };
    expect(() => createAuthClient({ ...usable, ...options })).toThrow(TypeError);
  });
});

describe.each(backends)('the client library with refresh tokens in cookies on %s stores', backend => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(backend, { CONCURRENT_LOGIN: 'true', REFRESH_DELIVERY: 'cookie' });
  });
  afterAll(() => app.close());

  interface TabOptions extends Partial<AuthClientOptions> {
    /** Runs between each response and what the client makes of it. */
    between?: (path: string) => Promise<unknown>;
  }

  /** What tabs of one browser share. */
  function browser() {
    let cookie = '';
    let clients = 0;
    /** A tab, or the same one after a reload. */
    return function tab({ between = async () => {}, ...options }: TabOptions = {}) {
      const ahead = 100 * clients++;
      const onSignedOut = vi.fn();
      const { sent, count } = recorder();
      const fetch: Fetch = async (input, init = {}) => {
        const { pathname: path } = new URL(String(input));
        const headers = new Headers(init.headers);
        sent.push({ method: init.method ?? '', path, headers, body: String(init.body ?? ''), init });
        if (init.credentials === 'include' && cookie !== '') headers.set('Cookie', cookie);
        const response = await globalThis.fetch(input, { ...init, headers });
        cookie = response.headers.getSetCookie()[0]?.split(';')[0]?.replace(/=$/, '') ?? cookie;
        await between(path);
        return response;
      };
      const { origin: baseUrl, env, clock } = app;
      const client = createAuthClient({
        baseUrl,
        signatureKey: env.SIGNATURE_KEY,
        refreshDelivery: 'cookie',
        now: () => clock.now() + ahead,
        sleep: never,
        fetch,
        onSignedOut,
        ...options,
      });
      return { client, onSignedOut, sent, count };
    };
  }

  it('never sees one, and refreshes once for many calls', async () => {
    const { client, count, sent } = browser()();
    const answer = await client.login(await app.register());
    expect(answer).not.toHaveProperty('refresh_token');
    app.clock.advance(HOUR);
    await Promise.all(Array.from({ length: 10 }, () => client.profile()));
    expect(count('/auth/refresh')).toBe(1);
    expect(sent.every(({ init }) => init.credentials === 'include')).toBe(true);
  });

  it('takes the session up again after a reload', async () => {
    const tab = browser();
    const user = await app.register();
    await tab().client.login(user);
    const { client, count } = tab();
    expect(client.signedIn).toBe(false);
    const [first, second] = await Promise.all([client.refresh(), client.refresh()]);
    expect([first.user.id, count('/auth/refresh')]).toEqual([user.id, 1]);
    expect(second).toBe(first);
    expect((await client.profile()).user.id).toBe(user.id);
  });

  it('has no session to take up without a cookie', async () => {
    const { client, onSignedOut } = browser()();
    expect((await failure(client.refresh())).code).toBe('refresh_invalid');
    expect([client.signedIn, onSignedOut.mock.calls]).toEqual([false, []]);
  });

  it('gives two browsers that refresh in the same millisecond different signatures', async () => {
    const tabs = [browser()(), browser()()];
    for (const { client } of tabs) await client.login(await app.register());
    app.clock.advance(HOUR);
    await Promise.all(tabs.map(({ client }) => client.profile()));
    await Promise.all(tabs.map(({ client }) => client.logoutAll()));
    expect(tabs.map(({ onSignedOut }) => onSignedOut.mock.calls)).toEqual([[['logout']], [['logout']]]);
  });

  it('keeps two tabs signed in, although each refresh ends the other’s access token', async () => {
    const tab = browser();
    const first = tab();
    const user = await app.register();
    await first.client.login(user);
    const second = tab();
    await second.client.refresh();
    expect((await first.client.profile()).user.id).toBe(user.id);
    expect((await second.client.profile()).user.id).toBe(user.id);
    expect([first.onSignedOut.mock.calls, second.onSignedOut.mock.calls]).toEqual([[], []]);
    await first.client.logout();
    expect((await failure(second.client.profile())).code).toBe('refresh_invalid');
    expect(second.onSignedOut.mock.calls).toEqual([['refresh_invalid']]);
  });

  it('keeps a tab signed in whose new token another tab ends before it is used', async () => {
    const tab = browser();
    const user = await app.register();
    const other = tab().client;
    await other.login(user);
    let times = 0;
    const sleep = vi.fn(async (_ms: number) => {});
    const { client, onSignedOut, count } = tab({
      sleep,
      between: async path => {
        if (path === '/auth/refresh' && times++ < 4) await other.refresh();
      },
    });
    await client.refresh();
    expect((await client.profile()).user.id).toBe(user.id);
    expect([count('/auth/refresh'), onSignedOut.mock.calls]).toEqual([5, []]);
    expect(sleep).toHaveBeenCalledTimes(3);
  });

  it('does not go on as the user who signed in in another tab', async () => {
    const tab = browser();
    const first = tab();
    await first.client.login(await app.register());
    const second = tab();
    const { user } = await second.client.login(await app.register());
    app.clock.advance(HOUR);
    expect((await failure(first.client.updateProfile({ name: 'Of the first' }))).code).toBe(
      'refresh_invalid',
    );
    expect([first.client.signedIn, first.onSignedOut.mock.calls]).toEqual([false, [['refresh_invalid']]]);
    expect((await second.client.profile()).user).toEqual(user);
  });

  it('logs out after a reload, when there is no access token yet', async () => {
    const tab = browser();
    await tab().client.login(await app.register());
    await tab().client.logout();
    expect((await failure(tab().client.refresh())).code).toBe('refresh_invalid');
  });
});
