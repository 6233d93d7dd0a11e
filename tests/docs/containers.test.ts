import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import dotenv from 'dotenv';
import mysql from 'mysql2/promise';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { parse } from 'yaml';
import { envSchema } from '../../config/env.schema.ts';
import { isEmbedded, parseEnv } from '../../config/env.ts';
import { pageFiles } from '../../openapi/pageFiles.ts';
import { findBinary } from '../../scripts/engines/programs.ts';
import { type Engine, supervise } from '../../scripts/engines/supervise.ts';
import { signatureHeaders, signatureKey } from '../../signing/mac.ts';
import { bareEnvironment, freePort, freshCheckout, type RunningProcess, run } from '../support/checkout.ts';
import { hasRealStores } from '../support/harness.ts';
import { buildImage, type Image, isIgnored, parseDockerfile, runIn } from './image.ts';
import { codeBlocks, section } from './markdown.ts';

interface Service {
  image: string;
  command?: string[];
  environment: Record<string, string>;
  ports?: string[];
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test: string[] };
  restart: string;
  stop_grace_period?: string;
  volumes?: string[];
  read_only?: boolean;
}

const composeText = readFileSync('compose.yaml', 'utf8');
/** compose.yaml with its variables filled in, as Compose does it after parsing, and the required ones missing. */
function compose(values: Record<string, string>) {
  const missing = new Set<string>();
  const fill = (text: string) =>
    text.replace(/\$\{(\w+)(:[-?])([^}]*)\}/g, (_, name, kind, fallback) => {
      if (kind === ':?' && !values[name]) missing.add(name);
      return values[name] || (kind === ':-' ? fallback : '');
    });
  const parsed = parse(composeText, { merge: true });
  const filled = JSON.stringify(parsed, (_, value) => (typeof value === 'string' ? fill(value) : value));
  const { services, volumes } = JSON.parse(filled);
  return { services: services as Record<'api' | 'setup' | 'mysql' | 'redis', Service>, volumes, missing };
}

/** The documented command that makes the secrets. */
const makeSecrets = codeBlocks(section('docs/deployment.md', 'Containers'))[0]?.code ?? '';

async function secrets(): Promise<{ values: Record<string, string>; mode: number; again: boolean }> {
  const directory = await mkdtemp(join(tmpdir(), 'secrets-'));
  const file = join(directory, '.env');
  await writeFile(file, 'CORS_ORIGIN=https://app.example.com\nDB_PASSWORD=\n', { mode: 0o600 });
  const make = () => run('sh', ['-ec', makeSecrets.replace(/^docker .*$/gm, '')], { cwd: directory }).exited;
  expect(await make()).toBe(0);
  const first = await readFile(file, 'utf8');
  expect(await make()).toBe(0);
  const again = first !== (await readFile(file, 'utf8'));
  await rm(file);
  await make();
  const { mode } = await stat(file);
  await rm(directory, { recursive: true });
  return { values: dotenv.parse(first), mode: mode & 0o777, again };
}

describe('compose.yaml', () => {
  it('needs exactly the secrets that the documented command makes, each its own', async () => {
    const { values, mode, again } = await secrets();
    const { missing } = compose({});
    for (const name of missing) expect(values[name], name).toMatch(/^[0-9a-f]{64}$/);
    expect(new Set([...missing].map(name => values[name])).size).toBe(missing.size);
    expect([...Object.keys(values)].sort()).toEqual(['CORS_ORIGIN', ...missing].sort());
    expect([compose(values).missing.size, mode, again]).toEqual([0, 0o600, false]);
  });

  it('gives the API settings that it has, and that production accepts', async () => {
    const { api, setup } = compose((await secrets()).values).services;
    const known = Object.keys(envSchema.shape);
    for (const name of Object.keys(api.environment)) expect(known).toContain(name);
    const given = Object.entries(api.environment).filter(([, value]) => value !== '');
    const env = parseEnv({ NODE_ENV: 'production', ...Object.fromEntries(given) });
    expect(isEmbedded(env)).toBe(false);
    expect([env.HOST, env.PORT]).toEqual(['0.0.0.0', 3000]);
    expect(setup.environment).toEqual(api.environment);
  });

  it('wires the services to one another', async () => {
    const { values } = await secrets();
    const { services, volumes } = compose(values);
    const { api, setup, mysql, redis } = services;
    expect(api.depends_on).toEqual({
      setup: { condition: 'service_completed_successfully' },
      mysql: { condition: 'service_healthy' },
      redis: { condition: 'service_healthy' },
    });
    expect(setup.depends_on).toEqual({ mysql: { condition: 'service_healthy' } });
    expect([mysql.image, redis.image]).toEqual(['mysql:8.4', 'redis:8']);
    expect(setup.image).toBe(api.image);

    const { DB_HOST, DB_USER, DB_PASSWORD, DB_NAME, REDIS_URL } = api.environment;
    expect([DB_HOST, new URL(REDIS_URL ?? '').host]).toEqual(['mysql', 'redis:6379']);
    const { MYSQL_USER, MYSQL_PASSWORD, MYSQL_DATABASE, MYSQL_ROOT_PASSWORD } = mysql.environment;
    expect([DB_USER, DB_PASSWORD, DB_NAME]).toEqual([MYSQL_USER, MYSQL_PASSWORD, MYSQL_DATABASE]);
    expect(MYSQL_ROOT_PASSWORD).toBe(values.DB_ROOT_PASSWORD);

    const named = [...(mysql.volumes ?? []), ...(redis.volumes ?? [])].map(volume => volume.split(':')[0]);
    expect(Object.keys(volumes)).toEqual(named);
    expect([api, mysql, redis].map(({ restart }) => restart)).toEqual(Array(3).fill('unless-stopped'));
    expect(setup.restart).toBe('no');
  });

  it('publishes the API’s port, to this machine only, and nothing else', () => {
    const { services } = compose({ PORT: '8080' });
    expect(services.api.ports).toEqual(['127.0.0.1:8080:3000']);
    for (const name of ['setup', 'mysql', 'redis'] as const) expect(services[name].ports).toBeUndefined();
  });

  it('leaves the API longer to stop than it takes at most', () => {
    expect(Number.parseInt(compose({}).services.api.stop_grace_period ?? '', 10)).toBeGreaterThan(10);
  });
});

describe('the Dockerfile', () => {
  const steps = parseDockerfile(readFileSync('Dockerfile', 'utf8'));
  const last = (name: string) => steps.findLast(step => step.name === name);

  it('is built on one Node.js that package.json accepts', () => {
    const bases = steps.filter(({ name }) => name === 'FROM').map(({ words }) => words[0]);
    expect(new Set(bases).size).toBe(1);
    const [, major] = /^node:(\d+)\.\d+\.\d+-slim$/.exec(bases[0] ?? '') ?? [];
    expect(Number(major) % 2, 'even majors have long-term support').toBe(0);
    expect(Number(major)).toBeGreaterThanOrEqual(22);
  });

  it('runs node itself, not as root, and ends it with SIGTERM', () => {
    expect(last('CMD')?.text).toBe(
      '["node", "--no-allocation-site-pretenuring", "--max-semi-space-size=32", "dist/server.js"]',
    );
    expect(steps.some(({ name }) => name === 'ENTRYPOINT')).toBe(false);
    expect(last('USER')?.text).toMatch(/^[1-9]\d*:[1-9]\d*$/);
    expect(last('STOPSIGNAL')?.text).toBe('SIGTERM');
    expect(last('EXPOSE')?.text).toBe(String(envSchema.shape.PORT.parse(undefined)));
  });

  it('takes neither secrets nor data nor tests into the build', () => {
    const dockerignore = readFileSync('.dockerignore', 'utf8');
    const kept = [
      ...[
        '.env',
        '.env.local',
        '.git/config',
        'data/auth.sqlite',
        'tests/support/harness.ts',
        'node_modules/x/index.js',
      ],
      ...['postman_environment.local.json', 'dist/server.js', 'coverage/index.html', 'auth.sql', 'key.pem'],
    ].filter(path => !isIgnored(path, dockerignore));
    expect(kept).toEqual([]);
    expect(isIgnored('models/user/user.model.ts', dockerignore)).toBe(false);
  });
});

describe.skipIf(!hasRealStores || !findBinary(['redis-server']))('the image', () => {
  let image: Image;
  let redis: Engine;
  let redisPort: string;
  let admin: mysql.Connection;
  let services: ReturnType<typeof compose>['services'];
  let settings: Record<string, string>;
  const user = `auth_${randomBytes(4).toString('hex')}`;
  const running: RunningProcess[] = [];

  beforeAll(async () => {
    const { directory, remove } = await freshCheckout();
    await writeFile(join(directory, '.env'), 'PORT=1');
    await mkdir(join(directory, 'data'));
    await cp('LICENSE', join(directory, 'data/auth.sqlite'));
    image = await buildImage(directory);
    await remove();

    ({ services } = compose((await secrets()).values));
    redisPort = String(await freePort());
    const folder = await mkdtemp(join(tmpdir(), 'compose-redis-'));
    redis = await supervise({
      name: 'the Redis of compose.yaml',
      argv: [
        ...(services.redis.command ?? []),
        ...['--bind', '127.0.0.1', '--port', redisPort, '--dir', folder],
      ],
      probe: async () => expect(redisCli(['ping']).stdout).toBe('PONG\n'),
      signal: (pid, signal) => process.kill(pid, signal),
      cleanup: 'kill -9 $pid; rm -rf "$1"',
      subject: folder,
    });

    const { mariadb } = inject('engines');
    if (!mariadb) throw new Error('no database');
    admin = await mysql.createConnection(mariadb);
    // As the image of MySQL does for MYSQL_USER: everything on its database, and nothing else.
    const { MYSQL_PASSWORD } = services.mysql.environment;
    await admin.query('CREATE USER ?@? IDENTIFIED BY ?', [user, '%', MYSQL_PASSWORD]);
    await admin.query('GRANT ALL ON ??.* TO ?@?', [user, user, '%']);
    const addresses = { HOST: '127.0.0.1', DB_HOST: mariadb.host, DB_PORT: String(mariadb.port) };
    settings = {
      ...services.api.environment,
      ...addresses,
      DB_USER: user,
      DB_NAME: user,
      REDIS_URL: (services.api.environment.REDIS_URL ?? '').replace('redis:6379', `127.0.0.1:${redisPort}`),
    };
  });
  afterEach(async () => {
    for (const { child, exited, killAll } of running.splice(0)) {
      if (child.exitCode === null && child.signalCode === null) killAll('SIGKILL');
      await exited;
    }
  });
  afterAll(async () => {
    await admin.query('DROP DATABASE IF EXISTS ??', [user]);
    await admin.query('DROP USER IF EXISTS ?@?', [user, '%']);
    await admin.end();
    await redis.stop();
    await image.remove();
  });

  function redisCli(args: string[], password = services.redis.environment.REDISCLI_AUTH ?? '') {
    const env = bareEnvironment({ REDISCLI_AUTH: password });
    return spawnSync('redis-cli', ['-p', redisPort, ...args], { env, encoding: 'utf8' });
  }

  function start(argv: string[], env = settings): RunningProcess {
    const started = runIn(image, argv, env);
    running.push(started);
    return started;
  }

  const isHealthy = (port: string) => start(image.healthcheck, { PORT: port }).exited;

  it('has the compiled API and its packages in it, and nothing that it could write to', async () => {
    const app = join(image.root, image.workdir);
    expect((await readdir(app)).sort()).toEqual([
      'dist',
      'node_modules',
      'package.json',
      'reference',
      'schema.sql',
      'schema.sqlite.sql',
    ]);
    const packages = await readdir(join(app, 'node_modules'));
    expect(packages).toContain('express');
    for (const name of ['typescript', 'tsx', 'vitest', 'axios']) expect(packages).not.toContain(name);
    const written = start(['node', '-e', "fs.writeFileSync('dist/new.js', '')"]);
    if (process.getuid?.() === 0) expect(await written.exited).toBe(1);
  });

  it('imports only packages of production', async () => {
    const dist = join(image.root, image.workdir, 'dist');
    const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
    const files = (await readdir(dist, { recursive: true })).filter(
      file => file.endsWith('.js') && !file.startsWith('client/'),
    );
    const imported = files.flatMap(file =>
      [...readFileSync(join(dist, file), 'utf8').matchAll(/(?:from |import\(|load\()'([^.'][^']*)'/g)].map(
        ([, name = '']) =>
          name
            .split('/')
            .slice(0, name.startsWith('@') ? 2 : 1)
            .join('/'),
      ),
    );
    const unknown = imported.filter(name => !name.startsWith('node:') && !(name in dependencies));
    expect(unknown).toEqual([]);
    expect(imported).toContain('express');
  });

  it('sets the database up with the rights that compose gives, and again', async () => {
    for (const _ of [1, 2]) {
      const setup = start(services.setup.command ?? []);
      expect(await setup.exited, setup.output()).toBe(0);
    }
    await admin.query('SELECT id FROM ??.users', [user]);
  });

  it('serves on compose’s MySQL and Redis, tells its health, and ends with 0 on SIGTERM', async () => {
    const port = String(await freePort());
    expect(await isHealthy(port)).toBe(1);
    const mailing = {
      SMTP_URL: 'smtp://mail',
      MAIL_FROM: 'a@example.com',
      APP_URL: 'https://app.example.com',
    };
    const api = start(image.cmd, { ...settings, ...mailing, DOCS: 'true', PORT: port });
    await api.printed('"listening"');
    if (process.platform === 'linux' && process.getuid?.() === 0) {
      const status = await readFile(`/proc/${api.child.pid}/status`, 'utf8');
      expect(/^Uid:\s+(\d+)/m.exec(status)?.[1]).toBe(image.user.split(':')[0]);
    }
    // Redis as compose starts it leaves nothing to warn of, nor do the secrets and the mail settings.
    const lines = api.output().trim().split('\n');
    expect(lines.map(line => JSON.parse(line)).filter(({ level }) => level > 30)).toEqual([]);
    expect(await isHealthy(port)).toBe(0);

    const body = JSON.stringify({ name: 'Ada', email: 'ada@example.com', password: 'correct horse' });
    const parts = { method: 'POST', path: '/auth/register', body, timestamp: Date.now() };
    const signed = signatureHeaders(signatureKey(settings.SIGNATURE_KEY ?? ''), parts);
    const headers = { ...signed, 'Content-Type': 'application/json' };
    const answer = await fetch(`http://127.0.0.1:${port}/auth/register`, { method: 'POST', headers, body });
    expect(answer.status).toBe(201);
    for (const path of ['/docs', ...[...pageFiles().assets.keys()].map(name => `/docs/assets/${name}`)])
      expect((await fetch(`http://127.0.0.1:${port}${path}`)).status, path).toBe(200);

    api.child.kill('SIGSTOP');
    expect(await isHealthy(port)).toBe(1);
    api.child.kill('SIGCONT');
    api.child.kill('SIGTERM');
    expect(await api.exited).toBe(0);
    expect(await isHealthy(port)).toBe(1);
  });

  it.skipIf(!existsSync('/dev/full'))('serves while the disk that its log goes to is full', async () => {
    const port = String(await freePort());
    const api = start(['sh', '-c', `exec ${image.cmd.join(' ')} > /dev/full`], { ...settings, PORT: port });
    const ended = api.exited.then(code => code ?? -1);
    const live = () =>
      fetch(`http://127.0.0.1:${port}/health/live`).then(
        res => res.status,
        () => undefined,
      );
    const first = async () => {
      for (;;) {
        const status = await live();
        if (status) return status;
        await sleep(50);
      }
    };
    expect(await Promise.race([first(), ended]), api.output()).toBe(200);
    for (let i = 0; i < 100; i++) expect(await live()).toBe(200);
    api.child.kill('SIGTERM');
    expect(await ended).toBe(0);
  });

  it('has a Redis that keeps every write and evicts nothing, and whose health check asks with the password', async () => {
    const [, program, ...check] = services.redis.healthcheck?.test ?? [];
    expect(program).toBe('redis-cli');
    expect(redisCli(check)).toMatchObject({ status: 0, stdout: 'PONG\n' });
    expect(redisCli(check, 'wrong').status).not.toBe(0);
    const wanted = ['maxmemory-policy', 'appendonly', 'appendfsync', 'save', 'maxmemory'];
    const { stdout } = redisCli(['config', 'get', ...wanted]);
    const lines = stdout.split('\n');
    const value = (name: string) => lines[lines.indexOf(name) + 1];
    expect(wanted.map(value)).toEqual(['noeviction', 'yes', 'everysec', '', String(512 * 1024 * 1024)]);
  });

  /** A program as process 1 of a namespace of its own, as in a container; null where that is not allowed. */
  const asProcess1 = (() => {
    const unshare = ['unshare', '--pid', '--fork', '--kill-child', '--mount-proc'];
    return spawnSync(unshare[0] ?? '', [...unshare.slice(1), 'true']).status === 0 ? unshare : null;
  })();

  async function start1(env: Record<string, string>) {
    const [uid = '', gid = ''] = image.user.split(':');
    const outside = { ...image, user: '0:0' };
    const argv = [...(asProcess1 ?? []), '--setuid', uid, '--setgid', gid, ...image.cmd];
    const started = runIn(outside, argv, env);
    running.push(started);
    return {
      ...started,
      async terminate() {
        const { pid } = started.child;
        const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
        process.kill(Number(children), 'SIGTERM');
      },
    };
  }

  describe.skipIf(!asProcess1)('as process 1, which no signal ends by itself', () => {
    it('ends on SIGTERM', async () => {
      const api = await start1({ ...settings, PORT: '0' });
      await api.printed('"listening"');
      await api.terminate();
      expect(await api.exited).toBe(0);
    });

    it('ends on SIGTERM while it waits for its stores', async () => {
      const silent = createServer().listen(0, '127.0.0.1');
      await once(silent, 'listening');
      const asked = once(silent, 'connection');
      const { port } = silent.address() as { port: number };
      const api = await start1({ ...settings, DB_PORT: String(port), STARTUP_TIMEOUT_MS: '600000' });
      await Promise.race([asked, api.exited]);
      await api.terminate();
      await api.exited;
      silent.close();
      expect(api.child.signalCode).toBeNull();
    });
  });
});
