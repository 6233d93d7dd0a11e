import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freePort } from '../support/checkout.ts';
import { type RegisteredUser, startTestApp, type TestApp } from '../support/harness.ts';
import { findNginx, startNginx } from '../support/nginx.ts';

const nginx = findNginx();

describe.skipIf(!nginx)('the nginx gateway sample', () => {
  let app: TestApp;
  let gateway: { stop(): Promise<void> };
  let service: Server;
  let origin: string;
  let user: RegisteredUser;
  /** The headers of each request that the service has got. */
  const received: IncomingHttpHeaders[] = [];

  beforeAll(async () => {
    app = await startTestApp('embedded', { CONCURRENT_LOGIN: 'true' });
    user = await app.register();
    service = createServer((req, res) => {
      received.push(req.headers);
      res.statusCode = req.url === '/fails' ? 500 : 200;
      res.end('from the service');
    }).listen(0, '127.0.0.1');
    await once(service, 'listening');
    const port = await freePort();
    origin = `http://127.0.0.1:${port}`;
    const sample = readFileSync('docs/nginx-gateway.conf', 'utf8')
      .replace('listen 80', `listen 127.0.0.1:${port}`)
      .replace('127.0.0.1:3000', new URL(app.origin).host)
      .replace('127.0.0.1:4000', `127.0.0.1:${(service.address() as AddressInfo).port}`);
    gateway = await startNginx(nginx ?? '', () => sample);
  });
  afterAll(async () => {
    await gateway?.stop();
    service?.close();
    await app?.close();
  });
  beforeEach(() => {
    received.length = 0;
  });

  const call = (headers: Record<string, string> = {}, init: RequestInit = {}) =>
    fetch(`${origin}/things?a=1`, { ...init, headers });
  const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });

  it('lets a request with a good token through, and tells the service who asks', async () => {
    const token = await app.login(user);
    const answer = await call(bearer(token), { method: 'POST', body: 'a body' });
    expect([answer.status, await answer.text()]).toEqual([200, 'from the service']);
    const { sid } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    expect(received).toMatchObject([
      { 'x-auth-user-id': String(user.id), 'x-auth-session-id': sid, 'x-auth-email': user.email },
    ]);
  });

  it('never passes on what the outside says of itself', async () => {
    const token = await app.login(user);
    const forged = {
      'X-Auth-User-Id': '1',
      'x-auth-session-id': 'forged',
      'X-Auth-Email': 'admin@example.com',
      X_Auth_User_Id: '1',
    };
    expect((await call({ ...forged, ...bearer(token) })).status).toBe(200);
    expect(received[0]).toMatchObject({ 'x-auth-user-id': String(user.id), 'x-auth-email': user.email });
    expect(JSON.stringify(received)).not.toMatch(/forged|admin@example/);
    expect(received[0]).not.toHaveProperty('x_auth_user_id');
    expect((await call(forged)).status).toBe(401);
    expect(received).toHaveLength(1);
  });

  it('refuses a missing, a wrong and a revoked token with 401, with the next request after a logout', async () => {
    const token = await app.login(user);
    expect((await call(bearer(token))).status).toBe(200);
    await app.call('POST', '/auth/logout', { token });
    for (const headers of [{}, bearer('x.y.z'), bearer(token)]) {
      const answer = await call(headers);
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer realm="auth"/);
    }
    expect(received).toHaveLength(1);
  });

  it('leaves the errors of the service alone', async () => {
    const token = await app.login(user);
    const answer = await fetch(`${origin}/fails`, { headers: bearer(token) });
    expect([answer.status, await answer.text()]).toEqual([500, 'from the service']);
  });

  it('is 503 with Retry-After while the API cannot check, and the internal path is closed', async () => {
    const token = await app.login(user);
    expect((await fetch(`${origin}/_auth`, { headers: bearer(token) })).status).toBe(404);
    await app.stores.db.run('ALTER TABLE users RENAME TO out_of_reach');
    const answer = await call(bearer(token));
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await answer.json()).toMatchObject({ code: 'store_unavailable' });
    await app.stores.db.run('ALTER TABLE out_of_reach RENAME TO users');
    expect((await call(bearer(token))).status).toBe(200);
    expect(received).toHaveLength(1);
  });
});
