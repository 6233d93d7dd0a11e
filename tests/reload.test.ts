import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAuthClient } from '../client/index.ts';
import { parseEnv } from '../config/env.ts';
import { keys as keysProgram } from '../scripts/keys/keys.ts';
import { bareEnvironment, programFolder, type RunningProcess, run } from './support/checkout.ts';
import { createDatabase, dropDatabase, hasRealStores, testSettings } from './support/harness.ts';
import { callProgram } from './support/programs.ts';

const KEY = 'k'.repeat(40);
const user = { name: 'Ada', email: 'ada@example.com', password: 'correct horse battery' };
const secret = (letter: string) => letter.repeat(40);

let folder: Awaited<ReturnType<typeof programFolder>>;
beforeAll(async () => {
  folder = await programFolder();
});
afterAll(() => folder.remove());

describe.each([
  ['one process', 1],
  ['two processes', 2],
])('SIGHUP, with %s', (_name, processes) => {
  const settings = {
    ...(testSettings(processes > 1 ? 'real' : 'embedded') as Record<string, string>),
    SIGNATURE_KEY: KEY,
    CONCURRENT_LOGIN: 'true',
    WEB_CONCURRENCY: String(processes),
    PORT: '0',
  };
  const runs = processes === 1 || hasRealStores;
  let directory: string;
  let server: RunningProcess;
  let baseUrl: string;
  let reloads = 0;

  beforeEach(async () => {
    if (!runs) return;
    directory = await mkdtemp(join(tmpdir(), 'reload-'));
    await createDatabase(parseEnv(settings));
  });
  afterEach(async () => {
    if (!runs) return;
    server.child.kill('SIGTERM');
    await server.exited;
    await dropDatabase(parseEnv(settings));
    await rm(directory, { recursive: true, force: true });
  });

  async function start(more: Record<string, string>): Promise<void> {
    const env = bareEnvironment({ ...settings, ...more });
    server = run(process.execPath, ['dist/server.js'], { cwd: folder.directory, env });
    await server.printed('"msg":"listening"', processes);
    baseUrl = /"origin":"([^"]+)"/.exec(server.output())?.[1] ?? '';
    reloads = 0;
    await createAuthClient({ baseUrl, signatureKey: KEY }).register(user);
  }

  /** Sends the signal and waits until every process has done it. */
  async function reload(message = 'keys reloaded'): Promise<void> {
    server.child.kill('SIGHUP');
    reloads += processes;
    await server.printed(/"msg":"keys (not )?reloaded/, reloads);
    const last = server
      .output()
      .split('\n')
      .filter(line => line.includes('"msg":"keys '))
      .slice(-processes);
    for (const line of last) expect(line).toContain(`"msg":"${message}`);
  }

  async function keys(...args: string[]): Promise<void> {
    const outcome = await callProgram(keysProgram, args, { JWT_KEYS: join(directory, 'keys.json') });
    expect(outcome).toMatchObject({ code: 0 });
  }

  it.skipIf(!runs)(
    'rotates keys under load and loses no token',
    async () => {
      await keys('generate');
      await start({ JWT_KEYS: join(directory, 'keys.json') });
      const kids = new Set<string>();
      const failures: unknown[] = [];
      let checks = 0;
      let rotating = true;
      const earlier: string[] = [];
      /** Fetches with a connection of its own, so that each request may meet another process. */
      const profile = async (token: string) => {
        const headers = { Authorization: `Bearer ${token}`, Connection: 'close' };
        const { status } = await fetch(`${baseUrl}/auth/profile`, { headers });
        checks++;
        if (status !== 200) failures.push({ status, token });
      };
      const client = async () => {
        const api = createAuthClient({ baseUrl, signatureKey: KEY });
        while (rotating) {
          try {
            const { access_token } = await api.login({ ...user, deviceName: randomUUID() });
            const { kid = 'JWT_SECRET' } = JSON.parse(
              Buffer.from(access_token.split('.')[0] ?? '', 'base64url').toString(),
            );
            if (!kids.has(kid)) earlier.push(access_token); // the first of each key
            kids.add(kid);
            for (const token of [access_token, access_token, ...earlier]) await profile(token);
          } catch (error) {
            failures.push(error);
          }
        }
      };
      const clients = [client(), client(), client()];
      /** So many that at least one client has logged in meanwhile. */
      const moreChecks = async () => {
        const enough = checks + 20;
        await expect.poll(() => failures.length > 0 || checks >= enough).toBe(true);
      };
      await moreChecks();
      for (const alg of ['RS256', 'HS256', 'ES256']) {
        await keys('rotate', '--now');
        await reload();
        await moreChecks();
        await keys('generate', '--alg', alg);
        await reload();
        await moreChecks();
      }
      rotating = false;
      await Promise.all(clients);
      // The very first token, of JWT_SECRET, and one of each key.
      for (const token of earlier) await profile(token);
      expect(failures).toEqual([]);
      expect(kids.size).toBe(4); // JWT_SECRET and the active keys
      expect(checks).toBeGreaterThan(100);
    },
    120_000,
  );

  it.skipIf(!runs)(
    'cuts one client off and rotates another, and touches no third',
    async () => {
      const file = join(directory, 'clients.json');
      const clients = {
        billing: { current: secret('b') },
        web: { current: secret('w') },
        app: { current: secret('a') },
      };
      await writeFile(file, JSON.stringify(clients));
      await start({ SIGNATURE_KEYS: file });
      const login = (clientId: string, letter: string) =>
        createAuthClient({ baseUrl, clientId, signatureKey: secret(letter) })
          .login(user)
          .then(
            () => 'ok',
            error => error.code,
          );
      for (const [id, letter] of [
        ['billing', 'b'],
        ['web', 'w'],
        ['app', 'a'],
      ] as const)
        expect(await login(id, letter)).toBe('ok');

      const { web: _, ...others } = clients;
      await writeFile(
        file,
        JSON.stringify({ ...others, billing: { current: secret('n'), previous: secret('b') } }),
      );
      await reload();
      for (let i = 0; i < 2 * processes; i++) expect(await login('web', 'w')).toBe('signature_mismatch');
      for (const [id, letter] of [
        ['billing', 'b'],
        ['billing', 'n'],
        ['app', 'a'],
      ] as const)
        expect(await login(id, letter)).toBe('ok');

      // A file that is of no use changes nothing, and is not printed.
      for (const text of [
        '{',
        '{"app":{"current":""}}',
        JSON.stringify({ a: { current: secret('x') }, b: { current: secret('x') } }),
      ]) {
        await writeFile(file, text);
        await reload('keys not reloaded');
        expect(await login('app', 'a')).toBe('ok');
      }
      await rm(file);
      await reload('keys not reloaded');
      expect(await login('billing', 'n')).toBe('ok');
      expect(server.output()).not.toMatch(/([bwanxk])\1{20}/);
    },
    60_000,
  );
});
