import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bareEnvironment, run, sharedBuild } from '../support/checkout.ts';
import { startTestApp, type TestApp } from '../support/harness.ts';

const body = `{"name":"O'Hara","email":"ohara@example.com","password":"correct horse"}`;

let signProgram: string;
beforeAll(async () => {
  signProgram = join(await sharedBuild(), 'dist/client/sign.js');
});

describe('npm run sign', () => {
  let app: TestApp;
  const SIGNATURE_KEYS = JSON.stringify({ billing: { current: 'b'.repeat(40) } });
  beforeAll(async () => {
    app = await startTestApp('embedded', { SIGNATURE_KEYS });
  });
  afterAll(() => app.close());

  async function sign(...args: string[]) {
    const env = bareEnvironment({ SIGNATURE_KEY: app.env.SIGNATURE_KEY, SIGNATURE_KEYS });
    const signer = run(process.execPath, [signProgram, ...args], { env });
    return { code: await signer.exited, output: signer.output() };
  }

  it('prints a curl command that the API accepts, quotes in the body included', async () => {
    const { code, output } = await sign('POST', '/auth/register', body, '--url', app.origin);
    expect(code).toBe(0);
    expect(output).not.toContain(app.env.SIGNATURE_KEY);
    const curl = run('sh', ['-c', output]);
    await curl.exited;
    expect(JSON.parse(curl.output())).toMatchObject({ user: { name: "O'Hara" } });
  });

  it('sends with --send and --token, prints status and body, and fails when the API refuses', async () => {
    const user = await app.register();
    const token = await app.login(user);
    const renamed = await sign(
      'patch',
      '/auth/profile',
      '{"name":"Ada"}',
      '--token',
      token,
      '--url',
      app.origin,
      '--send',
    );
    expect(renamed.code).toBe(0);
    expect(renamed.output).toContain('200 OK');
    expect(renamed.output).toContain('"name":"Ada"');
    const refused = await sign('POST', '/auth/logout', '--url', app.origin, '--send');
    expect(refused.code).toBe(1);
    expect(refused.output).toContain('token_missing');
  });

  it('signs by RFC 9421 with --rfc9421, with a token and a query, to send or to print', async () => {
    const token = await app.login(await app.register());
    const options = ['--rfc9421', '--url', app.origin, '--token', token];
    const { output } = await sign('PATCH', '/auth/profile?x=1', `{"name":"O'Hara"}`, ...options);
    expect(output).not.toContain('X-Signature');
    const curl = run('sh', ['-c', output]);
    await curl.exited;
    expect(JSON.parse(curl.output())).toMatchObject({ user: { name: "O'Hara" } });
    const sent = await sign('POST', '/auth/logout', ...options, '--send');
    expect([sent.code, sent.output]).toEqual([0, expect.stringContaining('204')]);
  });

  it('signs as a client of SIGNATURE_KEYS', async () => {
    const ask = ['POST', '/auth/introspect', '{"token":"x"}', '--url', app.origin, '--send', '--client'];
    const { code, output } = await sign(...ask, 'billing');
    expect([code, output]).toEqual([0, expect.stringContaining('{"active":false}')]);
    const unknown = await sign(...ask, 'nobody');
    expect([unknown.code, unknown.output]).toEqual([1, 'SIGNATURE_KEYS has no client nobody.\n']);
  });

  it.each([[[]], [['POST']], [['POST', 'auth/login']], [['POST', '/a', '{}', 'more']]])(
    'shows its usage for %j',
    args => {
      const { status, stderr } = spawnSync(process.execPath, [signProgram, ...args], {
        encoding: 'utf8',
      });
      expect(status).toBe(2);
      expect(stderr).toContain('npm run -s sign -- METHOD PATH');
    },
  );
});
