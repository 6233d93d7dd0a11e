import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAuthClient } from '../../client/index.ts';
import { codeBlocks } from '../docs/markdown.ts';
import { bareEnvironment, freePort, type RunningProcess, run, startFolder } from '../support/checkout.ts';
import { type Front, startFront } from '../support/front.ts';
import { type RegisteredUser, startTestApp, type TestApp } from '../support/harness.ts';
import { connectSilently } from '../support/http.ts';

const README = readFileSync('examples/service/README.md', 'utf8');
const [start = '', client = '', shown = ''] = codeBlocks(README).map(({ code }) => code);

describe('the service', () => {
  it('runs with the commands of its README, and its client prints what the README shows', async () => {
    const { directory, remove } = await startFolder();
    const [apiPort, port] = [await freePort(), await freePort()];
    const script = `
      npm() { PORT=${apiPort} command npm "$@"; }
      npx() { PORT=${port} command npx "$@"; }
      ${start}
      until [ -e both-run ]; do sleep 0.1; done
      ${client.trim()} >printed.txt
      echo client ended
      wait`;
    const env = bareEnvironment({
      API_URL: `http://127.0.0.1:${apiPort}`,
      SERVICE_URL: `http://127.0.0.1:${port}`,
    });
    const programs = run('sh', ['-ec', script], { cwd: directory, env });
    try {
      await programs.printed('--data-raw');
      await programs.printed(`service at http://127.0.0.1:${port}\n`);
      await writeFile(join(directory, 'both-run'), '');
      await programs.printed('client ended');
      expect(await readFile(join(directory, 'printed.txt'), 'utf8')).toBe(shown);
    } finally {
      programs.killAll('SIGTERM');
      await programs.exited;
      await remove();
    }
  });

  describe('with an API of its own', () => {
    let app: TestApp;
    /** The way of the service to the API. */
    let front: Front;
    let service: RunningProcess;
    let origin: string;
    let user: RegisteredUser;
    const keys = {
      SERVICE_KEY: randomBytes(32).toString('hex'),
      CLIENT_KEY: randomBytes(32).toString('hex'),
    };

    beforeAll(async () => {
      const settings = /SIGNATURE_KEYS='([\s\S]*?)'\n/.exec(start)?.[1] ?? '';
      app = await startTestApp('embedded', {
        SIGNATURE_KEYS: settings.replace(/'\$(\w+)'/g, (_, name: keyof typeof keys) => keys[name]),
        CONCURRENT_LOGIN: 'true',
      });
      front = await startFront();
      front.target = app.origin;
      const env = bareEnvironment({ ...keys, API_URL: front.url, PORT: '0' });
      service = run(process.execPath, ['--import', 'tsx', 'examples/service/service.ts'], { env });
      await service.printed(/service at http\S+\n/);
      origin = /service at (\S+)/.exec(service.output())?.[1] ?? '';
    });
    afterAll(async () => {
      await connectSilently(origin); // does not hold the service
      service?.killAll('SIGTERM');
      expect(await service?.exited).toBe(0);
      front?.close();
      await app?.close();
    });
    beforeEach(async () => {
      front.isDown = false;
      // The programs have the time of this machine.
      app.clock.advance(Date.now() - app.clock.now());
      user = await app.register();
    });

    function call(token: string, method = 'GET', body?: string): Promise<Response> {
      const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
      return fetch(`${origin}/notes`, { method, headers, ...(body !== undefined && { body }) });
    }
    const write = async (token: string, text: unknown) =>
      (await call(token, 'POST', JSON.stringify({ text }))).status;
    const notes = async (token: string) => (await call(token)).json();

    it('keeps the notes of each user apart', async () => {
      const token = await app.login(user);
      const another = await app.login(await app.register());
      expect([await write(token, 'first'), await write(token, 'second')]).toEqual([201, 201]);
      expect([await notes(token), await notes(another)]).toEqual([
        { notes: ['first', 'second'] },
        { notes: [] },
      ]);
      // They belong to the user, not to the session.
      expect(await notes(await app.login(user))).toEqual({ notes: ['first', 'second'] });
    });

    it('refuses a token from the next request after its end', async () => {
      const token = await app.login(user);
      expect((await call(token)).status).toBe(200);
      await app.call('POST', '/auth/logout', { token });
      const refused = await call(token);
      expect([refused.status, await refused.json()]).toEqual([
        401,
        expect.objectContaining({ code: 'token_invalid' }),
      ]);
      for (const wrong of ['', 'x', `${token}x`])
        expect([wrong, await write(wrong, 'x')]).toEqual([wrong, 401]);
    });

    it('responds 503 with Retry-After while the API is away, and does not run the request', async () => {
      const token = await app.login(user);
      front.isDown = true;
      const refused = await call(token, 'POST', '{"text":"lost"}');
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
      expect(service.output()).not.toContain(token);
      front.isDown = false;
      expect(await notes(token)).toEqual({ notes: [] });
    });

    it('has a client that waits while the API is away, and goes on when it is back', async () => {
      front.isDown = true;
      const env = bareEnvironment({ ...keys, API_URL: app.origin, SERVICE_URL: origin });
      const program = run(process.execPath, ['--import', 'tsx', 'examples/service/client.ts'], { env });
      const waiting = 'the service cannot check the token, trying again in 1 s\n';
      await program.printed(waiting);
      front.isDown = false;
      expect([await program.exited, program.output().replaceAll(waiting, '')]).toEqual([0, shown]);
    });

    it('refuses bodies that are no note, and more than 100 notes', async () => {
      const token = await app.login(user);
      for (const text of ['', ' ', 1, null, 'x'.repeat(1001)])
        expect([text, await write(token, text)]).toEqual([text, 422]);
      for (const [body, status] of [
        ['', 422],
        ['[]', 422],
        ['{', 400],
        [`{"text":"${'x'.repeat(9000)}"}`, 413],
      ] as const) {
        const response = await call(token, 'POST', body);
        expect([body, response.status, await response.text()]).toEqual([
          body,
          status,
          expect.not.stringContaining('Error'),
        ]);
      }
      // One after another: many at once could wait for longer than the service waits for the API.
      for (let i = 1; i <= 100; i++) expect([i, await write(token, `note ${i}`)]).toEqual([i, 201]);
      expect(await write(token, 'one too many')).toBe(409);
    });

    it('has keys that may call nothing but what the programs need', async () => {
      const options = { baseUrl: app.origin, now: app.clock.now };
      const asService = createAuthClient({
        ...options,
        clientId: 'notes-service',
        signatureKey: keys.SERVICE_KEY,
      });
      const asClient = createAuthClient({
        ...options,
        clientId: 'notes-client',
        signatureKey: keys.CLIENT_KEY,
      });
      const refused = { status: 403, code: 'insufficient_role' };
      await expect(asService.login(user)).rejects.toMatchObject(refused);
      const { access_token: token } = await asClient.login(user);
      const ask = (auth: typeof asService) => auth.request('POST', '/auth/introspect', { body: { token } });
      await expect(ask(asClient)).rejects.toMatchObject(refused);
      expect(await ask(asService)).toMatchObject({ active: true, sub: String(user.id) });
    });
  });
});
