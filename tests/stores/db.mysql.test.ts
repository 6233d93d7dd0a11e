import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { parseEnv } from '../../config/env.ts';
import { type MariadbEngine, startMariadb } from '../../scripts/engines/mariadb.ts';
import { hasBinaries } from '../../scripts/engines.ts';
import { DatabaseError } from '../../stores/db.ts';
import { openMysql } from '../../stores/mysql.ts';
import { openStores, waitForStores } from '../../stores/stores.ts';
import { createLogger } from '../../telemetry/logger.ts';
import { createMetrics } from '../../telemetry/metrics.ts';
import { bareEnvironment, freePort, run, sharedBuild } from '../support/checkout.ts';
import { startTcpProxy } from '../support/faults/tcpProxy.ts';
import { faultsOf, type Settings } from '../support/harness.ts';
import { NEW_KEY } from '../support/newKey.ts';

const { mariadb } = inject('engines');
const secrets = { JWT_SECRET: 'j'.repeat(32) };

function open(port: number, password = '', settings: Settings = {}) {
  return openMysql(
    parseEnv({
      ...secrets,
      DB_HOST: '127.0.0.1',
      DB_PORT: String(port),
      DB_PASSWORD: password,
      DB_NAME: 'mysql',
      DB_POOL_SIZE: '1',
      DB_TIMEOUT_MS: '2000',
      ...settings,
    }),
  );
}

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => null,
    error => error,
  );
}

describe('a MySQL statement that failed', () => {
  it('is known to have changed nothing when there was no connection', async () => {
    const db = open(await freePort());
    const failure = await failureOf(db.run('DELETE FROM nothing'));
    expect(failure).toBeInstanceOf(DatabaseError);
    expect(failure).toMatchObject({ code: 'store_unavailable', outcome: 'refused' });
    await db.close();
  });

  it.skipIf(!mariadb)('is known to have changed nothing when the server said so', async () => {
    const db = open(mariadb?.port ?? 0, mariadb?.password);
    onTestFinished(() => db.close());
    expect(await failureOf(db.run('DELETE FROM nothing'))).toMatchObject({ outcome: 'refused' });
  });

  it.skipIf(!mariadb)('was given up by the server a little before the deadline', async () => {
    const db = open(mariadb?.port ?? 0, mariadb?.password);
    onTestFinished(() => db.close());
    await db.query('SELECT 1');
    const failure = await failureOf(db.query('SELECT SLEEP(30)'));
    expect(failure).toMatchObject({ outcome: 'refused', cause: { errno: 1969 } });
    const [limits] = await db.query(
      'SELECT @@innodb_lock_wait_timeout a, @@lock_wait_timeout b, @@max_statement_time c, @@time_zone d',
    );
    expect(limits).toEqual({ a: 1, b: 1, c: 1.8, d: '+00:00' });
  });

  it.skipIf(!mariadb)('may yet change something when nobody answered', async () => {
    const proxy = await startTcpProxy(mariadb?.port ?? 0);
    const db = open(proxy.port, mariadb?.password);
    onTestFinished(async () => {
      await db.close();
      await proxy.close();
    });
    await db.query('SELECT 1');
    proxy.blackhole();
    expect(await failureOf(db.query('SELECT 1'))).toMatchObject({ outcome: 'unknown' });
  });
});

describe('settings', () => {
  it.each([
    [{ DB_HOST: 'db', DB_TLS_CA: '/ca.pem' }, 'DB_TLS_CA needs DB_TLS=true'],
    [{ DB_SOCKET: '/run/db', DB_TLS: 'true' }, 'DB_TLS=true is for DB_HOST'],
  ])('%j are refused', (settings, fault) => {
    expect(faultsOf({ ...secrets, ...settings }).join()).toContain(fault);
  });

  it('of DB_SOCKET alone mean MySQL', () => {
    const production = { ...secrets, SIGNATURE_KEY: 's'.repeat(32), NODE_ENV: 'production' };
    expect(faultsOf({ ...production, DB_SOCKET: '/run/db', REDIS_URL: 'redis://cache' })).toEqual([]);
  });
});

const openssl = (...args: string[]) => spawnSync('openssl', args, { encoding: 'utf8' });
const canCertify = hasBinaries() && openssl('version').status === 0;

describe.skipIf(!canCertify)('a server with a socket and TLS', () => {
  let dir: string;
  let server: MariadbEngine;
  const file = (name: string) => join(dir, name);

  function certify(name: string, subject: string, issuer?: string, names = ''): void {
    writeFileSync(
      file('extensions'),
      names ? `subjectAltName=${names}` : 'basicConstraints=critical,CA:TRUE',
    );
    const key = ['-keyout', file(`${name}.key`), '-subj', `/CN=${subject}`];
    openssl('req', '-new', ...NEW_KEY, ...key, '-out', file(`${name}.csr`));
    const signer = issuer
      ? ['-CA', file(`${issuer}.pem`), '-CAkey', file(`${issuer}.key`), '-CAcreateserial']
      : ['-signkey', file(`${name}.key`)];
    const signed = ['-extfile', file('extensions'), '-days', '2', '-out', file(`${name}.pem`)];
    const { status, stderr } = openssl('x509', '-req', '-in', file(`${name}.csr`), ...signer, ...signed);
    if (status !== 0) throw new Error(stderr);
  }

  /** Starts with a certificate for these names, and a socket `name`. */
  async function start(name: string, names: string): Promise<MariadbEngine> {
    certify(`${name}.server`, 'db', 'ca', names);
    const [cert, key] = [file(`${name}.server.pem`), file(`${name}.server.key`)];
    return startMariadb({ args: [`--ssl-cert=${cert}`, `--ssl-key=${key}`, `--socket=${file(name)}`] });
  }

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'tls-'));
    certify('ca', 'an authority');
    certify('stranger', 'another authority');
    server = await start('socket', 'DNS:localhost');
  });
  afterAll(async () => {
    await server?.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  const tls = (host: string, ca?: string) => ({
    DB_HOST: host,
    DB_TLS: 'true',
    ...(ca && { DB_TLS_CA: file(ca) }),
  });

  it('is reached over TLS 1.2 or newer by the name in its certificate', async () => {
    const db = open(server.port, server.password, tls('localhost', 'ca.pem'));
    onTestFinished(() => db.close());
    const [row] = await db.query("SHOW SESSION STATUS LIKE 'Ssl_version'");
    expect(row?.Value).toMatch(/^TLSv1\.[23]$/);
  });

  it('is reached by an address that its certificate has', async () => {
    const other = await start('other', 'IP:127.0.0.1');
    const db = open(other.port, other.password, tls('127.0.0.1', 'ca.pem'));
    onTestFinished(async () => {
      await db.close();
      await other.stop();
    });
    const [row] = await db.query("SHOW SESSION STATUS LIKE 'Ssl_cipher'");
    expect(row?.Value).not.toBe('');
  });

  it('is reached by its socket, whatever DB_HOST says', async () => {
    const db = open(1, server.password, { DB_SOCKET: file('socket'), DB_USER: 'root' });
    onTestFinished(() => db.close());
    // Through the socket the user is another one, which this server does not know: its answer is proof enough.
    const failure = await failureOf(db.query('SELECT 1'));
    expect(failure).toMatchObject({ cause: { message: expect.stringContaining("'root'@'localhost'") } });
  });

  /** Why the start is given up, which would go on waiting for what waiting may mend. */
  async function startFault(settings: Settings): Promise<string> {
    const login = { DB_PORT: String(server.port), DB_USER: server.user, DB_PASSWORD: server.password };
    const env = parseEnv({ ...secrets, ...login, STARTUP_TIMEOUT_MS: '600000', ...settings });
    try {
      const stores = await openStores(env, createLogger('silent'), createMetrics());
      onTestFinished(() => stores.close());
      await waitForStores(stores, env);
    } catch (error) {
      expect((error as Error).constructor).toBe(Error);
      return (error as Error).message;
    }
    return '';
  }

  it.each([
    ['from an unknown authority', () => tls('localhost'), /TLS failed, .*certificate.*: see DB_TLS_CA/],
    [
      'from another authority',
      () => tls('localhost', 'stranger.pem'),
      /TLS failed, .*certificate.*: see DB_TLS_CA/,
    ],
    [
      'for another name',
      () => tls('127.0.0.1', 'ca.pem'),
      /TLS failed, .*127\.0\.0\.1 is not in the cert's list/,
    ],
    [
      'without a file of authorities',
      () => tls('localhost', 'missing.pem'),
      /DB_TLS_CA: .*missing\.pem is not a PEM/,
    ],
    [
      'with a key as its authority',
      () => tls('localhost', 'ca.key'),
      /DB_TLS_CA: .*ca\.key is not a PEM file/,
    ],
  ])('%s stops the start at once', async (_, settings, line) => {
    expect(await startFault(settings())).toMatch(line);
  });

  it.skipIf(!mariadb)('with no TLS at all stops the start at once', async () => {
    const { host = '', port, password = '', user = '' } = mariadb ?? {};
    const login = { DB_PORT: String(port), DB_USER: user, DB_PASSWORD: password, DB_TLS: 'true' };
    expect(await startFault({ DB_HOST: host, ...login })).toBe(
      `The database at ${host}:${port} cannot be used: the server has no TLS: see DB_TLS`,
    );
  });

  it('that wants TLS, a wrong password, a missing database and a missing table each stop the start at once', async () => {
    const plain = { DB_HOST: '127.0.0.1', DB_NAME: 'mysql' };
    expect(await startFault(plain)).toContain('a table of schema.sql is missing: run `npm run db:setup`');
    expect(await startFault({ ...plain, DB_NAME: 'none' })).toContain('run `npm run db:setup`');
    expect(await startFault({ ...plain, DB_PASSWORD: 'x' })).toContain('see DB_USER and DB_PASSWORD');
    const db = open(server.port, server.password, tls('localhost', 'ca.pem'));
    onTestFinished(() => db.close());
    await db.run("CREATE USER 'secure'@'127.0.0.1' IDENTIFIED BY 'x' REQUIRE SSL");
    expect(await startFault({ ...plain, DB_USER: 'secure', DB_PASSWORD: 'x' })).toContain('cannot be used: ');
    await db.run('SET GLOBAL require_secure_transport = ON');
    expect(await startFault(plain)).toMatch(/wants/);
    await db.run('SET GLOBAL require_secure_transport = OFF');
  });

  async function dbSetup(settings: Settings): Promise<string> {
    const login = { DB_USER: 'setup', DB_PASSWORD: 'x', DB_PORT: String(server.port), DB_NAME: 'set_up' };
    const env = bareEnvironment({ ...secrets, ...login, ...settings });
    const program = run(process.execPath, ['dist/scripts/db-setup.js'], { cwd: await sharedBuild(), env });
    await program.exited;
    return program.output();
  }

  it('is set up by db:setup, over TLS and over the socket', async () => {
    const db = open(server.port, server.password, tls('localhost', 'ca.pem'));
    onTestFinished(() => db.close());
    for (const from of ['localhost', '127.0.0.1']) {
      await db.run(`CREATE USER 'setup'@'${from}' IDENTIFIED BY 'x'`);
      await db.run(`GRANT ALL ON set_up.* TO 'setup'@'${from}'`);
    }
    expect(
      await Promise.all([
        dbSetup(tls('localhost', 'ca.pem')),
        dbSetup({ DB_SOCKET: file('socket') }),
        dbSetup(tls('localhost', 'stranger.pem')),
      ]),
    ).toEqual([
      `The database set_up at localhost:${server.port} is ready.\n`,
      `The database set_up at ${file('socket')} is ready.\n`,
      expect.stringMatching(/^db:setup: .*certificate/),
    ]);
  });
});
