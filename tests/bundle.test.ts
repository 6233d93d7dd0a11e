import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringToSign } from '../signing/canonical.ts';
import { signatureHeaders, signatureKey } from '../signing/mac.ts';
import { bareEnvironment, freePort, programFolder, type RunningProcess, run } from './support/checkout.ts';
import { APP_URL, type HostileProvider, providerSettings, startHostileProvider } from './support/oidc.ts';
import { parseMail, tokenIn } from './support/smtpServer.ts';

/** What the sources load at first use, and what they make of their own text, must work in the bundle, too. */
describe('the bundle of the server', () => {
  const key = randomBytes(32).toString('hex');
  const user = { name: 'Ada', email: 'ada@example.com', password: 'correct horse battery' };
  let folder: Awaited<ReturnType<typeof programFolder>>;
  let provider: HostileProvider;
  let server: RunningProcess;
  let origin: string;
  let token: string;

  beforeAll(async () => {
    folder = await programFolder();
    provider = await startHostileProvider();
    const port = await freePort();
    origin = `http://127.0.0.1:${port}`;
    server = run(process.execPath, ['dist/server.js'], {
      cwd: folder.directory,
      env: bareEnvironment({
        ...{ PORT: String(port), SIGNATURE_KEY: key, JWT_SECRET: randomBytes(32).toString('hex') },
        ...{ PASSWORD_HASH: 'argon2id', DATA_KEY: randomBytes(32).toString('base64') },
        ...{ APP_URL, OIDC_PROVIDERS: providerSettings({ local: provider }) },
      }),
    });
    await server.printed('"listening"');
  });
  afterAll(async () => {
    server?.child.kill('SIGKILL');
    await server?.exited;
    await provider?.stop();
    await folder?.remove();
  });

  function post(path: string, value: object): Promise<Response> {
    const body = JSON.stringify(value);
    const signature = signatureHeaders(signatureKey(key), {
      method: 'POST',
      path,
      body,
      timestamp: Date.now(),
    });
    const headers = { ...signature, 'Content-Type': 'application/json', Authorization: `Bearer ${token}` };
    return fetch(origin + path, { method: 'POST', body, headers });
  }

  it('knows common passwords, and hashes with argon2id', async () => {
    expect((await post('/auth/register', { ...user, password: 'password1234' })).status).toBe(422);
    expect((await post('/auth/register', user)).status).toBe(201);
    const login = await post('/auth/login', user);
    expect(login.status).toBe(200);
    token = ((await login.json()) as { access_token: string }).access_token;
  });

  it('writes mails, and draws the code for an authenticator', async () => {
    const outbox = join(folder.directory, 'data/outbox');
    const mails = async () => (await readdir(outbox).catch(() => [])).filter(name => name.endsWith('.eml'));
    await expect.poll(mails).toHaveLength(1);
    const [mail = ''] = await mails();
    const link = tokenIn(parseMail(await readFile(join(outbox, mail), 'utf8')), 'verify-email');
    expect((await post('/auth/verify-email', { token: link })).status).toBe(204);
    const enrolment = await post('/auth/mfa/totp', { password: user.password });
    expect(await enrolment.text()).toContain('<svg');
  });

  it('sends a browser to an OpenID Provider', async () => {
    const { status, headers } = await fetch(`${origin}/auth/oidc/local/start`, { redirect: 'manual' });
    expect(status).toBe(302);
    expect(headers.get('location')).toContain(`${provider.issuer}/authorize?`);
  });

  it('gives the reference page the rule of the string to sign', async () => {
    const text = await (await fetch(`${origin}/docs/assets/canonical.js`)).text();
    const served = await import(`data:text/javascript,${encodeURIComponent(text)}`);
    const parts = { method: 'POST', path: '/a', timestamp: 1, body: '{"b":1}' };
    expect(served.stringToSign(parts)).toBe(stringToSign(parts));
  });
});
