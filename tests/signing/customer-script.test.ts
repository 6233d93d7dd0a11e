import { webcrypto } from 'node:crypto';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { backends, startTestApp, type TestApp } from '../support/harness.ts';
import type { Response } from '../support/http.ts';

/** The pre-request script that clients already have in Postman, character for character. */
const script = `const SIGNATURE_KEY = pm.environment.get("SIGNATURE_KEY") || "default_secret";
const now = Date.now();
const timestamp = now.toString();

const fullUrl = pm.variables.replaceIn(pm.request.url.toString());
const path = new URL(fullUrl).pathname;

const raw = pm.request.body?.raw || "";
let parsedBody = {};
try { parsedBody = JSON.parse(raw); } catch (e) {}
const bodyString = JSON.stringify(parsedBody);
const dataToSign = pm.request.method + path + bodyString + timestamp;

const encoder = new TextEncoder();
const keyData = encoder.encode(SIGNATURE_KEY);
const data = encoder.encode(dataToSign);

crypto.subtle.importKey("raw", keyData, { name: "HMAC", hash: "SHA-256" }, false, ["sign"])
  .then(key => crypto.subtle.sign("HMAC", key, data))
  .then(buffer => {
    const hex = Array.from(new Uint8Array(buffer)).map(b => b.toString(16).padStart(2, "0")).join("");
    pm.request.headers.upsert({ key: "X-Signature", value: hex });
    pm.request.headers.upsert({ key: "X-Timestamp", value: timestamp });
  });
`;

interface PostmanRequest {
  method: string;
  path: string;
  /** The text of the body as it stands in Postman's editor. */
  raw?: string;
  token?: string;
  /** What goes over the wire in place of `raw`. */
  altered?: string;
}

/** Postman with its environment: runs the script before a request, waits for both headers, then sends. */
function postman(app: TestApp, environment: Record<string, string>) {
  const variables: Record<string, string> = { base_url: app.origin, ...environment };

  function headersFromScript({ method, path, raw }: PostmanRequest): Promise<Record<string, string>> {
    const headers: Record<string, string> = {};
    // Two requests must not meet in one millisecond of a clock that stands still.
    app.clock.advance(1);
    return new Promise(resolve => {
      const pm = {
        environment: { get: (name: string) => variables[name] },
        variables: {
          replaceIn: (text: string) =>
            text.replace(/\{\{(\w+)\}\}/g, (braced, name) => variables[name] ?? braced),
        },
        request: {
          method,
          url: { toString: () => `{{base_url}}${path}` },
          ...(raw !== undefined && { body: { mode: 'raw', raw } }),
          headers: {
            upsert({ key, value }: { key: string; value: string }) {
              headers[key] = value;
              if (headers['X-Signature'] && headers['X-Timestamp']) resolve(headers);
            },
          },
        },
      };
      runInNewContext(script, {
        pm,
        Date: { now: app.clock.now },
        URL,
        TextEncoder,
        crypto: webcrypto,
      });
    });
  }

  return async function send(request: PostmanRequest): Promise<Response> {
    const { method, path, raw, altered = raw, token } = request;
    return app.call(method, path, {
      headers: await headersFromScript(request),
      sign: false,
      ...(altered && { body: altered }),
      ...(token && { token }),
    });
  };
}

function pretty(body: object): string {
  return JSON.stringify(body, null, 4);
}

describe.each(backends)("the customer's Postman script on %s stores", backend => {
  let app: TestApp;
  let send: ReturnType<typeof postman>;
  beforeAll(async () => {
    app = await startTestApp(backend);
    send = postman(app, { SIGNATURE_KEY: app.env.SIGNATURE_KEY });
  });
  afterAll(() => app.close());

  it('signs a whole session: pretty-printed bodies, none at all, and a GET', async () => {
    const password = 'correct horse battery';
    const registered = await send({
      method: 'POST',
      path: '/api/auth/register',
      raw: pretty({ name: 'Siti Nurhaliza', email: 'siti@example.com', password }),
    });
    expect(registered.status).toBe(201);

    const login = await send({
      method: 'POST',
      path: '/api/auth/login',
      raw: pretty({ email: 'siti@example.com', password }),
    });
    expect(login.status).toBe(200);
    const token: string = login.body.access_token;

    const profile = await send({ method: 'GET', path: '/api/auth/profile', token });
    expect(profile.body).toEqual({ user: registered.body.user });

    const logout = await send({ method: 'POST', path: '/api/auth/logout', token });
    expect(logout.status).toBe(204);
    const after = await send({ method: 'GET', path: '/api/auth/profile', token });
    expect(after.body).toMatchObject({ status: 401, code: 'token_revoked' });
  });

  it('signs an empty body like none', async () => {
    const token = await app.login(await app.register());
    const { status } = await send({ method: 'POST', path: '/auth/logout', raw: '', token });
    expect(status).toBe(204);
  });

  it('signs JSON that JSON.stringify writes another way', async () => {
    const raw = String.raw`{
      "name": "Jos\u00e9 \u002F \uD83D\uDE00", "email": "jose@example.com",
      "password" : "correct horse battery", "2": 1.50, "1": 1e3
    }`;
    const { status, body } = await send({ method: 'POST', path: '/auth/register', raw });
    expect({ status, name: body.user?.name }).toEqual({ status: 201, name: 'José / 😀' });
  });

  it('signs the path without the query', async () => {
    const { email, password } = await app.register();
    const path = '/auth/login?from=postman';
    const { status } = await send({ method: 'POST', path, raw: pretty({ email, password }) });
    expect(status).toBe(200);
  });

  it.each([
    ['a value', (raw: string) => raw.replace('"correct', '"Correct')],
    ['a space within a value', (raw: string) => raw.replace('correct horse', 'correct  horse')],
    ['a member more', (raw: string) => raw.replace('}', ', "device_name": "Mallory" }')],
    ['another order', (raw: string) => pretty(Object.fromEntries(Object.entries(JSON.parse(raw)).reverse()))],
    ['no body', () => ''],
  ])('is not taken for a pretty-printed body altered by %s', async (_, alter) => {
    const { email, password } = await app.register();
    const raw = pretty({ email, password });
    const { body } = await send({ method: 'POST', path: '/auth/login', raw, altered: alter(raw) });
    expect(body).toMatchObject({ status: 401, code: 'signature_mismatch' });
  });

  it('is not taken for a body where it signed none', async () => {
    const { email, password } = await app.register();
    const altered = pretty({ email, password });
    const { body } = await send({ method: 'POST', path: '/auth/login', altered });
    expect(body).toMatchObject({ status: 401, code: 'signature_mismatch' });
  });

  it('is refused with another key in the environment, or with none', async () => {
    const { email, password } = await app.register();
    const environments: Record<string, string>[] = [{ SIGNATURE_KEY: 'of another server' }, {}];
    for (const environment of environments) {
      const request = { method: 'POST', path: '/auth/login', raw: pretty({ email, password }) };
      const { body } = await postman(app, environment)(request);
      expect(body).toMatchObject({ status: 401, code: 'signature_mismatch' });
    }
  });
});

describe("the customer's Postman script without an environment", () => {
  it('signs with default_secret', async () => {
    const app = await startTestApp('embedded', { SIGNATURE_KEY: 'default_secret' });
    onTestFinished(() => app.close());
    const { email, password } = await app.register();
    const send = postman(app, {});
    const login = await send({ method: 'POST', path: '/auth/login', raw: pretty({ email, password }) });
    expect(login.status).toBe(200);
    const token: string = login.body.access_token;
    expect((await send({ method: 'POST', path: '/auth/logout', token })).status).toBe(204);
  });
});
