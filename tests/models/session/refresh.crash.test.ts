import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bareEnvironment, programFolder, run } from '../../support/checkout.ts';
import { FAULT_ROUNDS, followFault } from '../../support/faults/faultTable.ts';
import { hasRealStores, startTestApp, type TestApp } from '../../support/harness.ts';
import { sideBySide } from '../../support/sideBySide.ts';

const ROUNDS = FAULT_ROUNDS > 1 ? 50 : 15;

describe.skipIf(!hasRealStores)('a process killed in the middle of a refresh', () => {
  let app: TestApp;
  let directory: string;
  let remove: () => Promise<void>;

  beforeAll(async () => {
    app = await startTestApp('real');
    ({ directory, remove } = await programFolder());
  });
  afterAll(async () => {
    await app.close();
    await remove();
  });

  /** Another process of the same API, on the same stores. */
  async function startVictim() {
    const settings = Object.fromEntries(
      Object.entries(app.settings).map(([name, value]) => [name, String(value)]),
    );
    const victim = run(process.execPath, ['dist/server.js'], {
      cwd: directory,
      env: bareEnvironment({ ...settings, PORT: '0' }),
    });
    await victim.printed('"listening"');
    const [, port] = /"origin":"http:\/\/127\.0\.0\.1:(\d+)"/.exec(victim.output()) ?? [];
    return { victim, port: Number(port) };
  }

  /** Sends the refresh to the victim and kills it `delay` ms later, or when it answers; what had come back until then. */
  async function refreshAndKill(refreshToken: string, delay?: number): Promise<string> {
    const { victim, port } = await startVictim();
    const body = JSON.stringify({ refresh_token: refreshToken });
    const headers = {
      Host: 'localhost',
      'Content-Type': 'application/json',
      'Content-Length': String(Buffer.byteLength(body)),
      ...app.sign('POST', '/auth/refresh', body),
    };
    const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket.on('data', chunk => {
      answer += chunk;
    });
    socket.on('error', () => {}); // it is reset by the kill
    const closed = new Promise(resolve => socket.once('close', resolve));
    await once(socket, 'connect');
    socket.write(`POST /auth/refresh HTTP/1.1\r\n${head.join('')}\r\n${body}`);
    // Where in the refresh it strikes is spread over the rounds.
    await (delay === undefined ? once(socket, 'data') : sleep(delay));
    victim.child.kill('SIGKILL');
    await Promise.all([victim.exited, closed]);
    return answer;
  }

  it(`lets the client go on or log in again, and never makes two branches, ${ROUNDS} times`, {
    repeats: FAULT_ROUNDS - 1,
  }, async ({ task }) => {
    const race = followFault(task, 'a process killed in a refresh');
    const outcomes = { answered: 0, unanswered: 0 };
    // Most of a round is the start of the process.
    await sideBySide(ROUNDS, 3, async round => {
      const user = await app.register();
      app.clock.advance(Date.now() - app.clock.now());
      const login = await app.call('POST', '/auth/login', {
        body: { email: user.email, password: user.password },
      });
      const refresh_token: string = login.body.refresh_token;
      const answer = await refreshAndKill(refresh_token, round < ROUNDS - 1 ? round / 2 : undefined);
      race.tried();
      outcomes[answer.startsWith('HTTP/1.1 200') ? 'answered' : 'unanswered']++;

      app.clock.advance(Date.now() - app.clock.now());
      const retry = await app.call('POST', '/auth/refresh', { body: { refresh_token } });
      expect([200, 401]).toContain(retry.status);
      const keys = await app.stores.redis?.run('', ['KEYS', `jwt:${user.id}:*`]);
      expect(keys).toHaveLength(retry.status === 200 ? 1 : 0);
      if (retry.status === 200) {
        const { status } = await app.call('GET', '/auth/profile', { token: retry.body.access_token });
        expect(status).toBe(200);
        if (answer.endsWith('}')) expect(answer).toContain(retry.body.refresh_token);
      }
    });
    // Both sides of the moment were hit, or the rounds have shown nothing.
    expect(outcomes.answered).toBeGreaterThan(0);
    expect(outcomes.unanswered).toBeGreaterThan(0);
  });
});
