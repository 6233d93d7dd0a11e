import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startMariadb } from '../../scripts/engines/mariadb.ts';
import { startRedisCluster, startRedisSentinels } from '../../scripts/engines/redis.groups.ts';
import { startRedis } from '../../scripts/engines/redis.ts';
import { hasBinaries } from '../../scripts/engines.ts';
import { explain as explainProgram } from '../../scripts/explain/explain.ts';
import { codeBlocks, section } from '../docs/markdown.ts';
import { bareEnvironment, programFolder, run } from '../support/checkout.ts';
import { eventually } from '../support/eventually.ts';
import {
  backends,
  hasRealStores,
  type RegisteredUser,
  startTestApp,
  type TestApp,
} from '../support/harness.ts';
import { callProgram, type Outcome } from '../support/programs.ts';
import { tokenIn } from '../support/smtpServer.ts';
import { keyEntry, keyFile } from '../support/tokenKeys.ts';

let folder: Awaited<ReturnType<typeof programFolder>>;
beforeAll(async () => {
  folder = await programFolder();
});
afterAll(() => folder.remove());

interface Login {
  access_token: string;
  refresh_token: string;
  session: { id: string };
}

/** Explains a token that is on the standard input. */
async function explain(app: TestApp, token: string, overrides: Record<string, string> = {}) {
  const settings = { ...app.settings, ...overrides };
  return checked(app, token, await callProgram(explainProgram, ['-'], settings, token));
}

/** Starts the compiled program, as a container does. */
async function startExplain(args: string[], settings: Record<string, string>, input = ''): Promise<Outcome> {
  const program = run(process.execPath, ['dist/scripts/explain.js', ...args], {
    cwd: folder.directory,
    env: bareEnvironment(settings),
    input,
  });
  return { code: (await program.exited) ?? Number.NaN, output: program.output() };
}

/** The outcome, in which nobody may find a secret or a stack. */
function checked<T extends Outcome>(app: TestApp, token: string, outcome: T): T {
  const { output } = outcome;
  if (token.length > 20) expect(output).not.toContain(token.slice(0, 5000));
  expect(output).not.toContain(app.env.JWT_SECRET);
  expect(output).not.toMatch(/^ {4}at /m);
  return outcome;
}

/** A report without what differs from token to token. */
const shape = (output: string) =>
  output
    .replace(/"[^"]*"/g, '"…"')
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID')
    .replace(/\((in )?\d+ \w+( ago)?\)/g, '(…)')
    .replace(/\d+/g, '0');

const claimsOf = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());

function forge(payload: unknown, secret: string, header: unknown = { alg: 'HS256', typ: 'JWT' }): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const input = `${part(header)}.${part(payload)}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}

async function logIn(app: TestApp, { email, password }: RegisteredUser, headers = {}): Promise<Login> {
  const body = { email, password, device_name: 'Phone' };
  return (await app.call('POST', '/auth/login', { body, headers })).body;
}

/** Waits until the audit trail has that event, which is written after the response. */
async function audited(app: TestApp, event: string, sessionId: string): Promise<void> {
  const sql = 'SELECT id FROM audit_log WHERE event = ? AND session_id = ?';
  await eventually(async () =>
    expect(await app.stores.db.query(sql, [event, sessionId])).not.toHaveLength(0),
  );
}

describe.each(backends)('npm run explain on %s stores', backend => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(backend);
  });
  afterAll(() => app.close());
  const isReal = backend === 'real';

  async function newLogin(): Promise<{ user: RegisteredUser; login: Login }> {
    app.clock.advance(Date.now() - app.clock.now()); // the program has no other clock
    const user = await app.register();
    const login = await logIn(app, user, { 'User-Agent': 'tests/1.0' });
    await audited(app, 'session.started', login.session.id);
    return { user, login };
  }

  it('tells a good token, as far as it can know that, and changes nothing', async () => {
    const { user, login } = await newLogin();
    const key = `session:${user.id}:${login.session.id}`;
    // Long ago, so that a recorded use would show.
    await app.stores.redis?.run(key, ['HSET', key, 'last_used_at', '1']);
    const state = async () => [
      await app.stores.db.query('SELECT * FROM audit_log ORDER BY id'),
      await app.stores.redis?.run(key, ['HGETALL', key]),
    ];
    const before = await state();
    const { code, output } = await explain(app, login.access_token);
    expect(await state()).toEqual(before);
    const { jti, exp } = claimsOf(login.access_token);
    const until = `${new Date(exp * 1000).toISOString().slice(0, 19).replace('T', ' ')} UTC (in 59 minutes)`;
    expect(output).toContain(`\nUser: ${user.id}.\nSession: ${login.session.id}; started 20`);
    expect(output).toContain('from 127.0.0.1, user agent "tests/1.0"');
    expect(output).toContain(`\nToken: jti ${jti}, issued `);
    if (isReal) {
      expect([code, output]).toEqual([0, expect.stringMatching(/^Good: until /)]);
      expect(output).toContain('device "Phone"');
    } else {
      expect([code, output]).toEqual([2, expect.stringMatching(/^Cannot say\. It is a token of this API/)]);
      expect(output).toContain('Not known: the allowlist. Sessions are in the memory of the server process');
    }
    expect(output.split('\n')[0]).toContain(`until ${until}.`);
  });

  it('ends by itself with that exit code, started as a program', async () => {
    const { login } = await newLogin();
    const { access_token: token } = login;
    const started = await startExplain(['-'], app.settings as Record<string, string>, token);
    const called = await explain(app, token);
    expect(started.code).toBe(isReal ? 0 : 2);
    expect({ ...started, output: shape(started.output) }).toEqual({
      ...called,
      output: shape(called.output),
    });
  });

  it.skipIf(!isReal)('tells that the roles were changed', async () => {
    const { user, login } = await newLogin();
    const client = { ip: '', userAgent: '', requestId: 'operator' };
    await app.models.roles.set(user.id, () => ['editor'], client);
    const sql = "SELECT id FROM audit_log WHERE event = 'roles.changed' AND user_id = ?";
    await eventually(async () => expect(await app.stores.db.query(sql, [user.id])).not.toHaveLength(0));
    const { code, output } = await explain(app, login.access_token);
    expect([code, output]).toEqual([1, expect.stringMatching(/^Revoked: it is not on the allowlist/)]);
    expect(output).toContain('The roles of the user were changed 20');
    expect(output).toContain('The session goes on');
  });

  const NEW = 'another correct horse';
  const endings: Record<
    string,
    [words: string, end: (user: RegisteredUser, login: Login) => Promise<unknown>]
  > = {
    logout: ['by a logout', (_, { access_token: token }) => app.call('POST', '/auth/logout', { token })],
    ended_by_user: [
      'by the user, from the list of sessions',
      (_, { access_token: token, session }) => app.call('DELETE', `/auth/sessions/${session.id}`, { token }),
    ],
    logout_all: [
      'by a logout of all sessions',
      (_, { access_token: token }) => app.call('POST', '/auth/logout-all', { token, body: {} }),
    ],
    evicted: ['by a newer login', user => logIn(app, user)],
    password_change: [
      'by a change of the password',
      ({ password }, { access_token: token }) =>
        app.call('POST', '/auth/change-password', {
          token,
          body: { current_password: password, new_password: NEW },
        }),
    ],
    password_reset: [
      'by a reset of the password',
      async ({ email }) => {
        await app.call('POST', '/auth/forgot-password', { body: { email } });
        const isReset = ({ to, text }: { to: string; text: string }) =>
          to === email && text.includes('/reset-password?');
        await eventually(() => expect(app.mails.some(isReset)).toBe(true));
        const token = tokenIn(app.mails.find(isReset) ?? { text: '' }, 'reset-password');
        await app.call('POST', '/auth/reset-password', { body: { token, new_password: NEW } });
      },
    ],
    account_closed: [
      'because the account was closed',
      ({ password }, { access_token: token }) =>
        app.call('DELETE', '/auth/account', { token, body: { password } }),
    ],
    refresh_reuse: [
      'because a used refresh token came back',
      async (_, { refresh_token }) => {
        await app.call('POST', '/auth/refresh', { body: { refresh_token } });
        app.clock.advance(60_000);
        await app.call('POST', '/auth/refresh', { body: { refresh_token } });
      },
    ],
  };

  it.each(Object.keys(endings))('tells that and when a session was ended: %s', async reason => {
    const { user, login } = await newLogin();
    const [words, end] = endings[reason] ?? ['', async () => {}];
    await end(user, login);
    await audited(app, 'session.ended', login.session.id);
    const { code, output } = await explain(app, login.access_token);
    expect(code).toBe(1);
    expect(output).toMatch(isReal ? /^Revoked: it is not on the allowlist\.\n/ : /^Revoked: the audit trail/);
    const [ended = ''] = /^Its session was ended .*$/m.exec(output) ?? [];
    expect(ended).toContain(words);
    expect(ended).toMatch(
      /, 20\d\d-\d\d-\d\d \d\d:\d\d:\d\d UTC \((in )?\d+ (second|minute)s?( ago)?\), from /,
    );
    if (reason === 'account_closed') {
      expect(ended).toContain('from an address that is not kept');
      expect(output).toContain(`The account of user ${user.id} was closed, 20`);
    } else expect(ended).toContain('from 127.0.0.1, user agent "');
    expect(output).not.toContain(user.email);
  });

  it('names the login that ended a session, and only when it is certain', async () => {
    const { user, login: first } = await newLogin();
    const second = await logIn(app, user);
    await audited(app, 'session.started', second.session.id);
    const named = await explain(app, first.access_token);
    expect(named.output).toContain(`That login started the session ${second.session.id}.`);
    const [sample] = codeBlocks(section('docs/operations.md', 'What the API thinks of a token')).filter(
      ({ language }) => language === 'text',
    );
    if (isReal) expect(shape(named.output)).toBe(shape(sample?.code ?? ''));

    // A client that gives every request the same id.
    const headers = { 'X-Request-Id': 'the-same' };
    const logins = [];
    for (let i = 0; i < 3; i++) logins.push(await logIn(app, user, headers));
    await audited(app, 'session.started', logins[2]?.session.id ?? '');
    const unnamed = await explain(app, logins[0]?.access_token ?? '');
    expect(unnamed.output).toContain('by a newer login');
    expect(unnamed.output).toContain('Which login that was cannot be said for certain.');
    for (const { session } of logins.slice(1)) expect(unnamed.output).not.toContain(session.id);
  });

  it('tells a token that a refresh has replaced', async () => {
    const { login } = await newLogin();
    app.clock.advance(120_000);
    const { refresh_token } = login;
    const { body } = await app.call('POST', '/auth/refresh', { body: { refresh_token } });
    await audited(app, 'session.refreshed', login.session.id);
    const old = await explain(app, login.access_token);
    expect([old.code, old.output]).toEqual([1, expect.stringMatching(/^Revoked: /)]);
    expect(old.output).toMatch(/^The session was refreshed, the last time 20.*, and has a newer token\.$/m);

    const used = await explain(app, refresh_token);
    expect([used.code, used.output]).toEqual([
      1,
      expect.stringMatching(/^Not an access token: it is a refresh/),
    ]);
    const current = await explain(app, body.refresh_token);
    expect(current.code).toBe(1);
    expect(used.output.includes('It was used already.')).toBe(isReal);
    expect(current.output.includes('It is the current one of its session')).toBe(isReal);
    expect(current.output).toContain(`Session: ${login.session.id}; started`);
  });

  it('tells an expired token, when that was, and how its session ended', async () => {
    const { user, login } = await newLogin();
    await app.call('POST', '/auth/logout', { token: login.access_token });
    await audited(app, 'session.ended', login.session.id);
    const exp = Math.floor(Date.now() / 1000) - 301;
    const token = forge({ ...claimsOf(login.access_token), iat: exp - 3600, exp }, app.env.JWT_SECRET);
    const { code, output } = await explain(app, token);
    expect([code, output]).toEqual([1, expect.stringMatching(/^Expired: 20.* UTC \(5 minutes ago\)\.\n/)]);
    expect(output).toContain('Its session was ended by a logout');
    expect(output).toContain(`User: ${user.id}.`);
    const other = await explain(app, forge({ ...claimsOf(token), aud: 'other' }, app.env.JWT_SECRET));
    expect(other.output).toMatch(/^Not ours\. Its audience is "other"/);
  });

  it('tells a token of a user who was deleted', async () => {
    const { user, login } = await newLogin();
    await app.stores.db.run('DELETE FROM users WHERE id = ?', [user.id]);
    const { code, output } = await explain(app, login.access_token);
    expect([code, output]).toEqual([1, expect.stringMatching(/^Not good: there is no such account\.\n/)]);
    expect(output).toContain(`The account of user ${user.id} is not in the database.`);
    expect(output.includes('It is still on the allowlist')).toBe(isReal);
  });
});

describe('npm run explain of a token that is not ours', () => {
  let app: TestApp;
  let claims: Record<string, unknown>;
  beforeAll(async () => {
    app = await startTestApp('embedded');
    claims = claimsOf(await app.login(await app.register()));
  });
  afterAll(() => app.close());
  const secret = () => app.env.JWT_SECRET;

  it.each<[name: string, token: () => string, why: string]>([
    ['of another secret', () => forge(claims, 'x'.repeat(64)), 'Its signature is not by JWT_SECRET'],
    ['cut off', () => forge(claims, secret()).slice(0, -3), 'Its signature is not by JWT_SECRET'],
    [
      'with alg none',
      () => `${forge(claims, '', { alg: 'none', typ: 'JWT' }).split('.', 2).join('.')}.`,
      'It has no signature (algorithm "none")',
    ],
    [
      'with another alg',
      () => forge(claims, secret(), { alg: 'HS512', typ: 'JWT' }),
      'the algorithm "HS512"',
    ],
    [
      'with an unknown kid',
      () => forge(claims, secret(), { alg: 'HS256', typ: 'JWT', kid: 'k\u202e' }),
      'the key "k\\u202e"',
    ],
    [
      'with another header',
      () => forge(claims, secret(), { alg: 'HS256', crit: ['x'] }),
      'Its header is malformed',
    ],
    [
      'of another issuer',
      () => forge({ ...claims, iss: '\u001b[31mx\u009b' }, secret()),
      'Its issuer is "\\u001b[31mx\\u009b"',
    ],
    ['of another audience', () => forge({ ...claims, aud: ['a'] }, secret()), 'Its audience is ["a"]'],
    ['without an issuer', () => forge({ ...claims, iss: undefined }, secret()), 'Its issuer is nothing'],
    [
      'without a jti',
      () => forge({ ...claims, jti: undefined }, secret()),
      'are not those of an access token',
    ],
    ['that is null', () => forge(null, secret()), 'are not those of an access token'],
    ['with nbf', () => forge({ ...claims, nbf: 99_999_999_999 }, secret()), 'not valid yet (nbf)'],
    [
      'of the future',
      () => forge({ ...claims, iat: 99_999_999_998, exp: 99_999_999_999 }, secret()),
      'issued in the future',
    ],
    ['expired with exp 1', () => forge({ ...claims, iat: 0, exp: 1 }, secret()), 'It has expired'],
    ['in quotes', () => `"${forge(claims, secret())}"`, 'for example quotes or spaces'],
    ['without dots', () => 'abc', 'a token has three parts between dots, and this has 1'],
    [
      'whose payload is no JSON',
      () => `${forge(claims, secret()).split('.', 1)}.bm8.bm8`,
      'a part of it is no JSON',
    ],
    ['a refresh token of another secret', () => 'A'.repeat(96), 'the form of a refresh token'],
  ])('%s', async (_name, token, why) => {
    const { code, output } = await explain(app, token());
    expect([code, output]).toEqual([1, expect.stringMatching(/^Not ours\. /)]);
    expect(output).toContain(why);
    expect(output.trim().split('\n')).toHaveLength(1);
  });

  it.each([
    ['of 1 MB', 'ä.'.repeat(500_000), 'longer than 4096 characters'],
    ['of 1 MB on many lines', `a.b.c\n${'x\n'.repeat(500_000)}`, 'Its header is malformed'],
  ])('%s, of which the program does not read everything', async (_name, token, why) => {
    const outcome = await startExplain(['-'], app.settings as Record<string, string>, token);
    const { code, output } = checked(app, token, outcome);
    expect([code, output]).toEqual([1, expect.stringMatching(/^Not ours\. /)]);
    expect(output).toContain(why);
    expect(output.trim().split('\n')).toHaveLength(1);
  });

  it('reads the whole header of a request', async () => {
    const { output } = await explain(app, `\n  Authorization: Bearer ${forge(claims, secret())}\r\n`);
    expect(output).toContain('Cannot say. It is a token of this API');
  });

  it('is run by the commands of docs/operations.md', async () => {
    const commands = codeBlocks(section('docs/operations.md', 'What the API thinks of a token'))
      .filter(({ language }) => language === 'sh')
      .map(({ code }) => code.replace('docker compose exec -T api', '').replace('< token.txt', ''));
    expect(commands).toHaveLength(2);
    for (const command of commands) {
      const env = bareEnvironment(app.settings as Record<string, string>);
      const input = forge(claims, 'x'.repeat(64));
      const program = run('sh', ['-ec', command], { cwd: folder.directory, env, input });
      expect([await program.exited, program.output()]).toEqual([
        1,
        expect.stringMatching(/^Not ours\. .*\n$/),
      ]);
    }
  });

  it('says how to use it, and what is wrong with the settings, with exit code 2', async () => {
    const empty = await explain(app, '\n \n');
    expect([empty.code, empty.output]).toEqual([
      2,
      expect.stringContaining('usage: npm run -s explain -- -'),
    ]);
    const usage = { code: 2, output: expect.stringContaining('usage: ') };
    expect(await startExplain([], {})).toEqual(usage);
    expect(await callProgram(explainProgram, ['a', 'b'], {})).toEqual(usage);
    const faulty = await explain(app, 'x', { DB_PORT: 'x' });
    expect([faulty.code, faulty.output]).toEqual([
      2,
      expect.stringContaining('DB_PORT must be a whole number'),
    ]);
  });

  it('takes the token as an argument, too, and says so when there is no SQLite file', async () => {
    const token = forge(claims, secret());
    const settings = { JWT_SECRET: secret(), SQLITE_PATH: 'none/auth.sqlite' };
    expect(await startExplain([token], settings)).toEqual({
      code: 2,
      output: expect.stringContaining('There is no SQLite file none/auth.sqlite'),
    });
  });
});

// At once, because most of the time is spent waiting for servers.
describe.skipIf(!hasRealStores || !hasBinaries()).concurrent('npm run explain without a store', () => {
  it('says what it cannot know while Redis or the database is down', async () => {
    const [redis, mariadb] = await Promise.all([startRedis(), startMariadb()]);
    const { host, port, user, password } = mariadb;
    const database = { DB_HOST: host, DB_PORT: String(port), DB_USER: user, DB_PASSWORD: password };
    const app = await startTestApp('real', { REDIS_URL: redis.url, CONCURRENT_LOGIN: 'true', ...database });
    try {
      const account = await app.register();
      const [live, ended] = [await logIn(app, account), await logIn(app, account)];
      await app.call('POST', '/auth/logout', { token: ended.access_token });
      await audited(app, 'session.ended', ended.session.id);
      const waiting = { DB_TIMEOUT_MS: '500', REDIS_TIMEOUT_MS: '500' };

      redis.kill('SIGKILL');
      const [withoutRedis, known] = await Promise.all([
        explain(app, live.access_token, waiting),
        explain(app, ended.access_token, waiting),
      ]);
      expect([withoutRedis.code, withoutRedis.output]).toEqual([2, expect.stringMatching(/^Cannot say\./)]);
      expect(withoutRedis.output).toMatch(
        /^Not known: the allowlist\. Redis at 127\.0\.0\.1:\d+ cannot be used/m,
      );
      expect(withoutRedis.output).toContain(`Session: ${live.session.id}; started`);
      expect([known.code, known.output]).toEqual([1, expect.stringContaining('was ended by a logout')]);

      await redis.restart();
      mariadb.kill('SIGKILL');
      const [withoutDatabase, why] = await Promise.all([
        explain(app, live.access_token, waiting),
        explain(app, ended.access_token, waiting),
      ]);
      expect(withoutDatabase.code).toBe(2);
      expect(withoutDatabase.output).toMatch(/^Cannot say\. It is on the allowlist/);
      expect(withoutDatabase.output).toMatch(
        /^Not known: the account and the audit trail\. The database at /m,
      );
      expect([why.code, why.output]).toEqual([1, expect.stringContaining('Why cannot be said')]);
      await mariadb.restart();
    } finally {
      await app.close();
      await Promise.all([redis.stop(), mariadb.stop()]);
    }
  });

  it('says so when Redis has lost a session, or has an ended one again', async () => {
    const app = await startTestApp('real');
    try {
      const user = await app.register();
      const { access_token: token, session } = await logIn(app, user);
      await audited(app, 'session.started', session.id);
      const key = `jwt:${user.id}:${claimsOf(token).jti}`;
      await app.stores.redis?.run(key, ['DEL', key]);
      const lost = await explain(app, token);
      expect([lost.code, lost.output]).toEqual([
        1,
        expect.stringContaining('Its session lives, and the audit trail has no end'),
      ]);
      await app.call('POST', '/auth/logout-all', { token: (await logIn(app, user)).access_token, body: {} });
      await audited(app, 'session.ended', session.id);
      await app.stores.redis?.run(key, ['SET', key, 'allow']);
      const back = await explain(app, token);
      expect([back.code, back.output]).toEqual([
        0,
        expect.stringContaining('Was an old append-only file restored?'),
      ]);
    } finally {
      await app.close();
    }
  });

  it.each([
    ['a Redis Cluster', startRedisCluster],
    ['Sentinels', startRedisSentinels],
  ])('works on %s, with JWT_KEYS', async (_name, start) => {
    const group = await start();
    const JWT_KEYS = keyFile(keyEntry('k1', 'ES256'));
    const app = await startTestApp('real', { REDIS_URL: undefined, ...group.settings, JWT_KEYS });
    try {
      const { access_token, session } = await logIn(app, await app.register());
      await audited(app, 'session.started', session.id);
      expect(await explain(app, access_token)).toMatchObject({ code: 0 });
      await app.call('POST', '/auth/logout', { token: access_token });
      expect(await explain(app, access_token)).toMatchObject({ code: 1 });
      const [header, , signature] = access_token.split('.');
      const changed = Buffer.from(JSON.stringify({ ...claimsOf(access_token), sub: '1' })).toString(
        'base64url',
      );
      const forged = await explain(app, [header, changed, signature].join('.'));
      expect(forged.output).toMatch(/^Not ours\. Its signature is not by the key ".+" of JWT_KEYS/);
      const short = await explain(app, [header, changed, randomUUID().slice(0, 8)].join('.'));
      expect(short.output).toMatch(/^Not ours\. Its signature is not by the key/);
    } finally {
      await app.close();
      await group.stop();
    }
  });
});
