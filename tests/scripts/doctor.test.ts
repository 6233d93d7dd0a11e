import { once } from 'node:events';
import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import {
  afterAll,
  afterEach,
  beforeAll,
  describe,
  expect,
  inject,
  it,
  onTestFinished,
  type TestContext,
} from 'vitest';
import { type Env, parseEnv } from '../../config/env.ts';
import type { Finding } from '../../scripts/doctor/findings.ts';
import { checkNats, checkPorts, checkSmtp } from '../../scripts/doctor/machine.ts';
import { checkDatabase, checkRedis } from '../../scripts/doctor/stores.ts';
import { onServer } from '../../scripts/engines/redis.groups.ts';
import { startRedis } from '../../scripts/engines/redis.ts';
import { hasBinaries } from '../../scripts/engines.ts';
import { codeBlocks, section } from '../docs/markdown.ts';
import { bareEnvironment, freePort, programFolder, run } from '../support/checkout.ts';
import {
  createDatabase,
  dropDatabase,
  hasRealStores,
  type Settings,
  startTestApp,
  testSettings,
} from '../support/harness.ts';
import { hasNats, natsServer } from '../support/nats.ts';
import { startSmtpServer } from '../support/smtpServer.ts';

let folder: Awaited<ReturnType<typeof programFolder>>;
beforeAll(async () => {
  folder = await programFolder();
  await chmod(folder.directory, 0o755);
});
afterAll(() => folder.remove());

const path = (name: string) => join(folder.directory, name);
afterEach(() => rm(path('.env'), { recursive: true, force: true }));

const strong = {
  JWT_SECRET: 'j'.repeat(32),
  SIGNATURE_KEY: 'k'.repeat(32),
  DATA_KEY: 'd'.repeat(64),
  PORT: '0',
};

/** Runs the compiled program as in a container. */
async function doctor(settings: Settings = strong, user: { uid?: number; gid?: number } = {}) {
  const env = bareEnvironment(settings as Record<string, string>);
  const program = run(process.execPath, ['dist/scripts/doctor.js'], {
    cwd: folder.directory,
    env,
    ...user,
  });
  const code = await program.exited;
  const lines = program.output().trimEnd().split('\n');
  expect(code, program.output()).toBe(lines.some(line => line.startsWith('✗')) ? 1 : 0);
  return {
    lines: checked(lines, settings),
    having: (mark: string) => lines.filter(line => line.startsWith(mark)),
  };
}

/** What one check finds. */
async function findings(
  settings: Settings,
  check: (env: Env) => Finding | Finding[] | Promise<Finding | Finding[]>,
): Promise<string[]> {
  const found = [await check(parseEnv(settings))].flat();
  const signs = { ok: '✓', warning: '!', fault: '✗' };
  return checked(
    found.map(({ mark, text }) => `${signs[mark]} ${text}`),
    settings,
  );
}

/** The lines, in which nobody may find a secret or what controls a terminal. */
function checked(lines: string[], { JWT_SECRET = '', DB_PASSWORD = '' }: Settings): string[] {
  for (const line of lines) expect(line).toMatch(/^[✓!✗] [^\p{Cc}]+$/u);
  for (const secret of [JWT_SECRET, DB_PASSWORD])
    if (secret.length > 8) expect(lines.join('\n')).not.toContain(secret);
  return lines;
}

describe('npm run doctor', () => {
  it('finds nothing on a machine that has only Node.js, and makes no file', async () => {
    const before = await readdir(folder.directory);
    const { lines } = await doctor();
    expect(lines).toEqual([
      `✓ Node.js ${process.versions.node}`,
      '✓ No .env: the settings come from the environment',
      '✓ Settings and secrets',
      '✓ The folder data can be written',
      '✓ SQLite file data/auth.sqlite: the first start makes it',
      '✓ Sessions are in the memory of the server: no REDIS_URL',
      '✓ The folder data/outbox can be written',
      '✓ PORT=0: any free port',
    ]);
    expect(await readdir(folder.directory)).toEqual(before);
  });

  it('lists every fault of a broken .env, and checks what it can', async () => {
    const text = [
      ...['NODE_ENV=production', 'JWT_SECRET=short-and-secret', 'DB_HOST=127.0.0.1', 'DB_PORT=x'],
      ...['BCRYPT_ROUNDS=x', 'JWT_KEYS=none.json', 'SIGNATURE_KEYS=none-either.json', 'PORT=0'],
      `REDIS_URL=redis://:hunter2hunter2@127.0.0.1:${await freePort()}`,
    ];
    await writeFile(path('.env'), text.join('\n'), { mode: 0o644 });
    const { lines, having } = await doctor({});
    expect(lines).toContain('! .env can be read by other users of this machine: run `chmod 600 .env`');
    expect(having('✗')).toEqual([
      expect.stringMatching(/^✗ JWT_KEYS names the file none\.json, which cannot be read: ENOENT$/),
      expect.stringMatching(/^✗ SIGNATURE_KEYS names the file none-either\.json/),
      '✗ BCRYPT_ROUNDS must be a whole number',
      '✗ DB_PORT must be a whole number',
      expect.stringMatching(/^✗ JWT_SECRET is shorter than 32 bytes/),
      expect.stringMatching(/^✗ SIGNATURE_KEY is missing or a known example value/),
      expect.stringMatching(/^✗ Redis at 127\.0\.0\.1:\d+ cannot be used: .*ECONNREFUSED/),
    ]);
    expect(lines).toContain('! The database: not checked. Correct DB_PORT first');
    expect(lines.join()).not.toMatch(/hunter2|short-and-secret/);
  });

  it('says that .env cannot be read, and does not miss what may be in it', async () => {
    await mkdir(path('.env'));
    const { having } = await doctor({ PORT: '0' });
    expect(having('✗')).toEqual([expect.stringMatching(/^✗ \.env cannot be read \(EISDIR\)/)]);
  });

  it('knows an old Node.js, and a .env that is private', async () => {
    await writeFile(path('.env'), '', { mode: 0o600 });
    const fake = `Object.defineProperty(process.versions, 'node', { value: '22.22.1' });`;
    const NODE_OPTIONS = `--import data:text/javascript,${encodeURIComponent(fake)}`;
    const { having } = await doctor({ ...strong, NODE_OPTIONS } as Settings);
    expect(having('✗')).toEqual([expect.stringMatching(/^✗ Node\.js 22\.22\.1 is too old: install one of /)]);
    expect(having('✓')).toContain('✓ .env is for its owner alone');
  });

  it('tells a folder and a SQLite file that cannot be used', async () => {
    await mkdir(path('closed'), { mode: 0o555 });
    await writeFile(path('closed/text'), 'x'.repeat(5000));
    const user = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
    const closed = await doctor({ ...strong, SQLITE_PATH: 'closed/more/auth.sqlite' }, user);
    expect(closed.having('✗')[0]).toBe(
      `✗ ${path('closed')} cannot be written (EACCES): let this user write to it, or change SQLITE_PATH`,
    );
    const text = await doctor({ ...strong, SQLITE_PATH: 'closed/text' });
    expect(text.having('✗')).toContain(
      '✗ The SQLite file closed/text cannot be used: file is not a database. Move it away, or set SQLITE_PATH to another file',
    );
    await rm(path('closed'), { recursive: true });
  });

  it('tells a port that is free, taken by another program, and taken by this API', async () => {
    const port = await freePort();
    const ports = (settings: Settings) => findings({ ...strong, ...settings }, checkPorts);
    expect(await ports({ PORT: String(port), METRICS_PORT: '0' })).toEqual([
      `✓ Port ${port} on 127.0.0.1 is free (PORT)`,
      '✓ METRICS_PORT=0: any free port',
    ]);
    const other = createHttpServer((_req, res) => res.end('{"status":"ok"}')).listen(port, '127.0.0.1');
    onTestFinished(() => void other.close());
    await once(other, 'listening');
    expect(await ports({ PORT: String(port) })).toEqual([
      expect.stringContaining(`✗ Port ${port} is in use (EADDRINUSE)`),
    ]);
    const app = await startTestApp('embedded');
    onTestFinished(() => app.close());
    const own = new URL(app.origin).port;
    const running = await doctor({ ...strong, PORT: own, METRICS_PORT: own });
    expect(running.lines.at(-1)).toBe(`✓ This API is on port ${own} (PORT)`);
    expect(await ports({ HOST: '192.0.2.1', PORT: String(await freePort()) })).toEqual([
      expect.stringContaining('✗ HOST=192.0.2.1 is no address'),
    ]);
  });

  it('logs in to the SMTP server', async () => {
    const smtp = await startSmtpServer({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: ({ password }, _session, done) =>
        password === 'right-password' ? done(null, { user: 1 }) : done(new Error('no')),
    });
    onTestFinished(() => smtp.stop());
    const url = (password: string) => smtp.url.replace('//', `//ada:${password}@`);
    const good = await doctor({ ...strong, SMTP_URL: url('right-password') });
    expect(good.lines).toContain(`✓ SMTP server 127.0.0.1:${smtp.port}`);
    expect(smtp.mails).toEqual([]);
    const refused = await findings(strong, () => checkSmtp(url('wrong-password')));
    expect(refused).toEqual([
      `✗ SMTP server 127.0.0.1:${smtp.port} cannot be used: EAUTH, reply 535. Start it, or correct SMTP_URL`,
    ]);
  });
});

describe('docs/operations.md', () => {
  it('has the commands, and lines as they are printed', async () => {
    const text = section('docs/operations.md', 'Doctor');
    const [shown = ''] = codeBlocks(text)
      .filter(({ language }) => language === 'text')
      .map(({ code }) => code.trim());
    const commands = codeBlocks(text).filter(({ language }) => language === 'sh');
    expect(commands).toHaveLength(2);
    await writeFile(path('.env'), 'DATA_KEY=\n', { mode: 0o644 });
    for (const { code } of commands) {
      const env = bareEnvironment({ ...strong, NODE_ENV: 'production', ALLOW_EMBEDDED: 'true', PORT: 'x' });
      const command = code.replace('docker compose exec -T api', '');
      const program = run('sh', ['-ec', command], { cwd: folder.directory, env: { ...env, DATA_KEY: '' } });
      expect(await program.exited).toBe(1);
      for (const line of shown.split('\n')) expect(program.output()).toContain(line);
    }
  });
});

describe.skipIf(!hasNats)('npm run doctor with NATS', () => {
  it('logs in', async () => {
    const server = await natsServer({ args: ['--user', 'ada', '--pass', 'right-password'] });
    const url = (password: string) => server.url.replace('//', `//ada:${password}@`);
    const good = await doctor({ ...strong, NATS_URL: url('right-password') });
    expect(good.lines).toContain(`✓ NATS at 127.0.0.1:${server.port}`);
    const refused = await findings(strong, () => checkNats([url('wrong-password')]));
    expect(refused).toEqual([
      expect.stringMatching(/^✗ NATS at .* cannot be used: .*authorization violation.*correct NATS_URL$/i),
    ]);
    expect(refused.join()).not.toContain('wrong-password');
  });
});

// At once, because most of the time is spent waiting for servers.
describe.concurrent('npm run doctor of servers', () => {
  const isReal = hasRealStores && hasBinaries();
  const settings = () => ({ ...testSettings('real', { RATE_LIMIT: 'on' }), ...strong, PORT: '0' });

  /** A database of its own, by other SQL than schema.sql where that is given. */
  async function newDatabase({ onTestFinished }: TestContext, sql?: string) {
    const own = settings();
    const env = parseEnv(own as Record<string, string>);
    await createDatabase(env, sql);
    onTestFinished(() => dropDatabase(env));
    return own;
  }

  it('tells which servers hang, and ends', async ({ onTestFinished }) => {
    const silent = createServer(() => {}).listen(0, '127.0.0.1');
    onTestFinished(() => void silent.close());
    await once(silent, 'listening');
    const { port } = silent.address() as { port: number };
    const address = `127.0.0.1:${port}`;
    const { having } = await doctor({
      ...strong,
      DB_HOST: '127.0.0.1',
      DB_PORT: String(port),
      REDIS_URL: `redis://${address}`,
      NATS_URL: `nats://${address}`,
      SMTP_URL: `smtp://${address}`,
    });
    expect(having('✗')).toEqual([
      expect.stringMatching(`^✗ The database at ${address} cannot be used: `),
      expect.stringMatching(`^✗ Redis at ${address} cannot be used: `),
      expect.stringMatching(`^✗ NATS at ${address} cannot be used: .*timeout`),
      expect.stringMatching(`^✗ SMTP server ${address} cannot be used: ETIMEDOUT: `),
    ]);
  });

  it.skipIf(!isReal)('checks tables, character set and clock of the database', async context => {
    const { mariadb } = inject('engines');
    const address = `${mariadb?.host}:${mariadb?.port}`;
    const own = await newDatabase(context);
    const good = await doctor(own);
    expect(good.having('✗')).toEqual([]);
    expect(good.lines).toContain(`✓ The database at ${address}, with every table`);
    expect(good.lines).toContain("✓ The clock of the database is right by this machine's");

    const fake = 'const { now } = Date; Date.now = () => now() + 3_600_000;';
    const NODE_OPTIONS = `--import data:text/javascript,${encodeURIComponent(fake)}`;
    const late = await doctor({ ...own, NODE_OPTIONS } as Settings);
    expect(late.having('!')).toEqual([
      expect.stringMatching(
        /^! The clock of the database is 3[56]\d\d s behind this machine's: set both by NTP$/,
      ),
      expect.stringMatching(/^! The clock of Redis is 3[56]\d\d s behind this machine's: set both by NTP$/),
    ]);

    const faults: [Settings, string][] = [
      [{ DB_NAME: 'no_such_database' }, 'the database is missing: run `npm run db:setup`'],
      [{ DB_PASSWORD: 'wrong-password' }, 'user or password is refused: see DB_USER and DB_PASSWORD'],
      [{ DB_PORT: String(await freePort()) }, 'ECONNREFUSED'],
    ];
    const found = await Promise.all(faults.map(([change]) => findings({ ...own, ...change }, checkDatabase)));
    for (const [i, [, text]] of faults.entries()) {
      expect(found[i]).toEqual([expect.stringMatching(/^✗ /)]);
      expect(found[i]?.[0]).toContain(text);
    }
    const noCertificate = await doctor({ ...own, DB_TLS: 'true', DB_TLS_CA: 'none.pem' });
    expect(noCertificate.having('✗')).toEqual([
      expect.stringContaining('DB_TLS_CA: none.pem is not a PEM file'),
    ]);
  });

  it.skipIf(!isReal)(
    'finds a table that is missing, and a column that cannot hold every name',
    async context => {
      const bare = await newDatabase(context, 'CREATE TABLE users (id INT AUTO_INCREMENT PRIMARY KEY)');
      expect(await findings(bare, checkDatabase)).toEqual([
        expect.stringMatching(/^✗ .*run `npm run db:setup`/),
      ]);
      const own = await newDatabase(context);
      const env = parseEnv(own as Record<string, string>);
      await dropDatabase(env);
      const latin =
        'CREATE TABLE users (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(100) CHARACTER SET latin1, email VARCHAR(100), password VARCHAR(255), created_at TIMESTAMP NULL, updated_at TIMESTAMP NULL)';
      await createDatabase(env, `${latin}; ${await readFile('schema.sql', 'utf8')}`);
      const found = await findings(own, checkDatabase);
      expect(found.filter(line => !line.startsWith('✓'))).toEqual([
        expect.stringContaining('! users.name cannot hold every character (it is latin1)'),
      ]);
    },
  );

  it.skipIf(!isReal)('checks that Redis is there, keeps sessions, and tells its settings', async context => {
    const redis = await startRedis({ args: ['--appendonly', 'no', '--maxmemory-policy', 'allkeys-lru'] });
    context.onTestFinished(() => redis.stop());
    const own = { ...settings(), REDIS_URL: redis.url, REDIS_TIMEOUT_MS: '1000' };
    expect((await findings(own, checkRedis)).filter(line => !line.startsWith('✓'))).toEqual([
      expect.stringMatching(/^! redis at .* evicts keys \(maxmemory-policy allkeys-lru\): set noeviction$/),
      expect.stringMatching(/^! redis at .* keeps no append-only file: .* set appendonly yes$/),
    ]);
    await onServer(redis, async client => {
      await client.sendCommand(['CONFIG', 'SET', 'appendonly', 'yes']);
      await client.sendCommand(['CONFIG', 'SET', 'maxmemory-policy', 'noeviction']);
      const rights = ['~*', '+@all', '-config', '>right-password'];
      await client.sendCommand(['ACL', 'SETUSER', 'ada', 'on', ...rights]);
    });
    const as = (password: string) => ({ ...own, REDIS_URL: redis.url.replace('//', `//ada:${password}@`) });
    const [good, mute, refused] = await Promise.all([
      findings(own, checkRedis),
      findings(as('right-password'), checkRedis),
      findings(as('wrong-password'), checkRedis),
    ]);
    expect(good.every(line => line.startsWith('✓'))).toBe(true);
    expect(good.join()).toContain('evicts nothing (maxmemory-policy noeviction)');
    expect(mute.filter(line => !line.startsWith('✓'))).toEqual([
      expect.stringContaining('! Redis does not tell its settings'),
    ]);
    expect(refused).toEqual([expect.stringMatching(/^✗ .*user or password is refused: see REDIS_USERNAME/)]);
    for (const lines of [mute, refused]) expect(lines.join()).not.toMatch(/(right|wrong)-password/);
    redis.kill('SIGSTOP');
    expect(await findings(own, checkRedis)).toEqual([
      expect.stringMatching(/^✗ Redis at .* cannot be used: /),
    ]);
  });
});
