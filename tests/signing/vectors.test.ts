import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { stringToSign } from '../../signing/canonical.ts';
import { mac, signatureKey } from '../../signing/mac.ts';
import { vectors } from '../../signing/vectors.ts';
import { startTestApp, type TestApp } from '../support/harness.ts';

interface Vector {
  name: string;
  method: string;
  path: string;
  body: string;
  timestamp: string;
  signature: string;
}

const file = readFileSync('docs/signing-vectors.json', 'utf8');
const {
  cases,
  refused,
}: {
  cases: (Vector & { key: string; string_to_sign: string })[];
  refused: (Vector & { code: string })[];
} = JSON.parse(file);

async function startAt(key: string): Promise<TestApp> {
  // Without a record of used signatures, timestamps from before the start are accepted, too.
  return startTestApp('embedded', { SIGNATURE_KEY: key, SIGNATURE_REPLAY: 'off' });
}

/** Sends the request exactly as the vector has it. */
async function send(app: TestApp, { method, path, body, timestamp, signature }: Vector) {
  const headers = { 'X-Timestamp': timestamp, 'X-Signature': signature };
  return app.call(method, path, { sign: false, headers, ...(body !== '' && { body }) });
}

describe('docs/signing-vectors.json', () => {
  it('begins with the published vectors', () => {
    for (const [i, vector] of vectors.cases.entries())
      expect(cases[i]).toMatchObject({ key: vectors.key, ...vector });
  });

  it('has what other languages get wrong', () => {
    expect(cases.some(({ body }) => body === '')).toBe(true);
    expect(cases.some(({ body }) => /\P{ASCII}/u.test(body))).toBe(true);
    expect(cases.some(({ key }) => /\P{ASCII}/u.test(key))).toBe(true);
    expect(cases.some(({ key }) => Buffer.byteLength(key) > 64)).toBe(true);
    expect(cases.some(({ body }) => body.length > 1000)).toBe(true);
    const names = [...cases, ...refused].map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(cases)('$name: string to sign and signature are right', vector => {
    expect(vector.string_to_sign).toBe(stringToSign(vector));
    expect(vector.signature).toBe(mac(signatureKey(vector.key), vector).toString('hex'));
    expect(vector.signature).toBe(
      createHmac('sha256', vector.key).update(vector.string_to_sign, 'utf8').digest('hex'),
    );
  });

  it.each(cases)('$name: the API accepts it', async vector => {
    const app = await startAt(vector.key);
    onTestFinished(() => app.close());
    app.clock.advance(Number(vector.timestamp) - app.clock.now());
    const { code } = (await send(app, vector)).body;
    expect(code).toBe(vector.path.endsWith('/login') ? 'invalid_credentials' : 'token_missing');
  });
});

describe('the refused requests of docs/signing-vectors.json', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startAt(vectors.key);
    app.clock.advance(Number(vectors.cases[0].timestamp) - app.clock.now());
  });
  afterAll(() => app.close());

  it.each(refused)('$name is $code', async vector => {
    const { status, body } = await send(app, vector);
    expect([status, body.code]).toEqual([401, vector.code]);
  });

  it('have the right MAC wherever only the form of the timestamp is wrong', () => {
    const ofTimestamp = refused.filter(({ name }) => name.startsWith('timestamp'));
    expect(ofTimestamp.length).toBeGreaterThan(5);
    for (const vector of ofTimestamp)
      expect(vector.signature).toBe(mac(signatureKey(vectors.key), vector).toString('hex'));
    const tookOver = ofTimestamp.find(({ timestamp }) => timestamp.startsWith('{}'));
    expect(tookOver?.signature).toBe(vectors.cases[1].signature);
  });
});
