import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'dotenv';
import { type Connection, createConnection, type RowDataPacket } from 'mysql2/promise';
import { createClient } from 'redis';
import { afterEach, describe, expect, test } from 'vitest';
import { type MariadbLogin, startMariadb } from '../../scripts/engines/mariadb.ts';
import { type EngineOptions, freePort } from '../../scripts/engines/places.ts';
import { startRedis } from '../../scripts/engines/redis.ts';
import { findEngines, hasBinaries } from '../../scripts/engines.ts';

const newClient = (url: string) => createClient({ url });
type RedisClient = ReturnType<typeof newClient>;

async function onRedis<T>(url: string, act: (client: RedisClient) => Promise<T>): Promise<T> {
  const client = newClient(url);
  await client.connect();
  try {
    return await act(client);
  } finally {
    client.destroy();
  }
}

async function onMariadb<T>(login: MariadbLogin, act: (connection: Connection) => Promise<T>): Promise<T> {
  const { host, port, user, password } = login;
  const connection = await createConnection({ host, port, user, password, multipleStatements: true });
  try {
    return await act(connection);
  } finally {
    await connection.end();
  }
}

const redisFolder = (url: string) => onRedis(url, async client => (await client.configGet('dir')).dir ?? '');

const mariadbValue = (login: MariadbLogin, expression: string) =>
  onMariadb(login, async connection => {
    const [rows] = await connection.query<RowDataPacket[]>(`SELECT ${expression} AS value`);
    return String(rows[0]?.value);
  });

const servers = [
  {
    name: 'Redis',
    open: async (options?: EngineOptions) => {
      const engine = await startRedis(options);
      const { url } = engine;
      return {
        engine,
        port: Number(new URL(url).port),
        write: () => onRedis(url, client => client.set('key', 'kept')),
        read: () => onRedis(url, client => client.get('key')),
        folder: () => redisFolder(url),
      };
    },
  },
  {
    name: 'MariaDB',
    open: async (options?: EngineOptions) => {
      const engine = await startMariadb(options);
      return {
        engine,
        port: engine.port,
        write: () =>
          onMariadb(engine, at => at.query("CREATE DATABASE d; CREATE TABLE d.t SELECT 'kept' AS v")),
        read: () => mariadbValue(engine, '(SELECT v FROM d.t)'),
        folder: () => mariadbValue(engine, '@@datadir'),
      };
    },
  },
];

function alive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const refuses = (port: number) =>
  new Promise<boolean>(resolve => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(false);
    });
    socket.once('error', () => resolve(true));
  });

const opened: { stop(): Promise<void> }[] = [];
afterEach(() => Promise.all(opened.splice(0).map(engine => engine.stop())));

test('a free port is given once, even if nobody listens there yet', async () => {
  const ports = new Set<number>();
  for (let i = 0; i < 1000; i++) ports.add(await freePort());
  expect(ports.size).toBe(1000);
});

describe.skipIf(!hasBinaries() && !process.env.CI)('private servers', () => {
  describe.each(servers)('$name', ({ open }) => {
    async function opening(options?: EngineOptions) {
      const server = await open(options);
      opened.push(server.engine);
      return server;
    }

    test('keeps data and port over a signal and a restart', async () => {
      const { engine, port, write, read } = await opening();
      await write();
      for (const signal of ['SIGKILL', 'SIGTERM', 'SIGSTOP'] as const) {
        const { pid } = engine;
        engine.kill(signal);
        await engine.restart();
        expect([signal, alive(pid)]).toEqual([signal, false]);
        expect(alive(engine.pid)).toBe(true);
        expect(await refuses(port)).toBe(false);
        expect(await read()).toBe('kept');
      }
    });

    test('stops without leaving a process or a folder, even while suspended', async () => {
      const { engine, port, folder } = await opening();
      const path = await folder();
      expect(existsSync(path)).toBe(true);
      engine.kill('SIGSTOP');
      await engine.stop();
      expect(alive(engine.pid)).toBe(false);
      expect(existsSync(path)).toBe(false);
      expect(await refuses(port)).toBe(true);
      await engine.stop();
    });

    test('keeps a folder that is not its own', async () => {
      const dir = await mkdtemp(join(tmpdir(), 'kept-'));
      opened.push({ stop: () => rm(dir, { recursive: true }) });
      const first = await open({ dir });
      await first.write();
      await first.engine.stop();
      const second = await open({ dir });
      expect(await second.read()).toBe('kept');
      await second.engine.stop();
    });

    test('tells what the server said when it does not start', async () => {
      await expect(opening({ args: ['--no-such-option', 'x'] })).rejects.toThrow(
        /last output:.*no-such-option/is,
      );
    });

    test('does not take another server on the same port for its own', async () => {
      const { port } = await opening();
      await expect(opening({ port })).rejects.toThrow(/last output:.*Address already in use/s);
    });
  });

  test('MariaDB runs far from UTC, in utf8mb4 and for this machine only', async () => {
    const engine = await startMariadb();
    opened.push(engine);
    const settings = "CONCAT_WS(' ', @@time_zone, @@collation_server, @@bind_address)";
    expect(await mariadbValue(engine, settings)).toBe('+07:00 utf8mb4_unicode_ci 127.0.0.1');
  });

  test('the servers that the environment names are used and left running', async () => {
    const [redis, mariadb] = await Promise.all([startRedis(), startMariadb()]);
    opened.push(redis, mariadb);
    const found = await findEngines({
      TEST_REDIS_URL: redis.url,
      TEST_DB_HOST: mariadb.host,
      TEST_DB_PORT: String(mariadb.port),
      TEST_DB_USER: mariadb.user,
      TEST_DB_PASSWORD: mariadb.password,
    });
    expect(found.missing).toEqual([]);
    expect(found.redis?.url).toBe(redis.url);
    expect(found.mariadb?.port).toBe(mariadb.port);
    await Promise.all([found.redis?.stop(), found.mariadb?.stop()]);
    expect([redis, mariadb].map(engine => alive(engine.pid))).toEqual([true, true]);
  });

  test('a server that the environment names but that does not answer is missing', async () => {
    const found = await findEngines({
      TEST_REDIS_URL: 'redis://127.0.0.1:1',
      TEST_DB_HOST: '127.0.0.1',
      TEST_DB_PORT: '1',
    });
    expect(found).toMatchObject({ redis: null, mariadb: null });
    expect(found.missing.join()).toMatch(
      /Redis is missing;.*TEST_REDIS_URL.*ECONNREFUSED.*MariaDB is missing;.*TEST_DB_HOST.*ECONNREFUSED/s,
    );
  });

  test('npm run engines leaves nothing behind after a signal', async () => {
    await Promise.all((['SIGINT', 'SIGTERM', 'SIGKILL'] as const).map(leavesNothingBehind));
  });
});

async function leavesNothingBehind(signal: NodeJS.Signals): Promise<void> {
  const parent = spawn(process.execPath, ['--import', 'tsx', 'scripts/engines.ts']);
  opened.push({ stop: async () => void parent.kill('SIGKILL') });
  let output = '';
  parent.stdout.on('data', text => {
    output += text;
  });
  await expect.poll(() => output).toMatch(/DB_NAME=api_test\n$/);
  const env = parse(output);
  const login = {
    host: '127.0.0.1',
    port: Number(env.DB_PORT),
    user: 'root',
    password: `${env.DB_PASSWORD}`,
  };
  const folders = [await redisFolder(`${env.REDIS_URL}`), await mariadbValue(login, '@@datadir')];
  expect(folders.filter(existsSync)).toEqual(folders);

  const gone = once(parent, 'exit');
  parent.kill(signal);
  await gone;
  const ports = [login.port, Number(new URL(`${env.REDIS_URL}`).port)];
  const ended = async () =>
    (await Promise.all(ports.map(refuses))).every(Boolean) && !folders.some(existsSync);
  await expect.poll(ended, { message: signal }).toBe(true);
}
