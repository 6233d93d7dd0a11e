import { createHash, createHmac, webcrypto } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { stringToSign } from '../../signing/canonical.ts';
import { mac, signatureHeaders, signatureKey } from '../../signing/mac.ts';
import { vectors } from '../../signing/vectors.ts';

/** The published answers once more, as text: neither the code nor the vectors can drift away from them. */
const published = [
  [
    'POST/api/auth/login{"email":"a@a.com","password":"abc"}1750912634177',
    '8944886eacdb1b019ae91ae3e8f3dff9903e0fed5a4f9b1feffdd97003c444d6',
  ],
  ['POST/api/auth/logout{}1750912634177', 'f22ada357029ca2d3d2d47d477ca0095bc10f52c930f82261fe3cdcca1552793'],
] as const;

const parts = {
  method: 'POST',
  path: '/auth/login',
  body: '{"email":"a@a.com"}',
  timestamp: 1_750_912_634_177,
};

describe('the test vectors', () => {
  it('are the published ones', () => {
    expect(vectors.key).toBe('default_secret');
    expect(vectors.cases.map(({ signature, ...signed }) => [stringToSign(signed), signature])).toEqual(
      published,
    );
  });

  it.each(vectors.cases)('$method $path: mac() gives the known answer', ({ signature, ...signed }) => {
    expect(mac(signatureKey(vectors.key), signed).toString('hex')).toBe(signature);
  });

  it.each(vectors.cases)('$method $path: signatureHeaders() sends the known answer', vector => {
    const { signature, ...signed } = vector;
    expect(signatureHeaders(signatureKey(vectors.key), signed)).toEqual({
      'X-Signature': signature,
      'X-Timestamp': vector.timestamp,
    });
  });

  it.each(published)('%s: node:crypto agrees', (text, signature) => {
    expect(createHmac('sha256', vectors.key).update(text, 'utf8').digest('hex')).toBe(signature);
  });

  it.each(published)('%s: RFC 2104 written out over SHA-256 agrees', (text, signature) => {
    expect(hmacByHand(vectors.key, text)).toBe(signature);
  });

  it.each(published)('%s: the Web Crypto of a browser agrees', async (text, signature) => {
    const bytes = (value: string) => new TextEncoder().encode(value);
    const algorithm = { name: 'HMAC', hash: 'SHA-256' };
    const key = await webcrypto.subtle.importKey('raw', bytes(vectors.key), algorithm, false, ['sign']);
    const signed = await webcrypto.subtle.sign('HMAC', key, bytes(text));
    expect(Buffer.from(signed).toString('hex')).toBe(signature);
  });
});

describe('the string to sign', () => {
  it('is method, path, body and timestamp with nothing between them', () => {
    expect(stringToSign(parts)).toBe('POST/auth/login{"email":"a@a.com"}1750912634177');
  });

  it('is without a body the rest alone', () => {
    expect(stringToSign({ ...parts, body: '' })).toBe('POST/auth/login1750912634177');
  });

  it('is the same for a timestamp as number and as text', () => {
    expect(stringToSign({ ...parts, timestamp: '1750912634177' })).toBe(stringToSign(parts));
  });
});

describe('the MAC', () => {
  const key = signatureKey('a key of the tests');

  it('is 32 bytes', () => {
    expect(mac(key, parts)).toHaveLength(32);
  });

  it('is over UTF-8, under a key in UTF-8', () => {
    const body = '{"name":"Ådám 🦊 \u2028"}';
    const expected = createHmac('sha256', Buffer.from('schlüssel 🔑', 'utf8'))
      .update(Buffer.from(`POST/auth/login${body}1750912634177`, 'utf8'))
      .digest('hex');
    expect(mac(signatureKey('schlüssel 🔑'), { ...parts, body }).toString('hex')).toBe(expected);
  });

  it.each([
    ['method', { ...parts, method: 'PUT' }],
    ['path', { ...parts, path: '/auth/Login' }],
    ['body', { ...parts, body: '{"email":"a@a.con"}' }],
    ['timestamp', { ...parts, timestamp: 1_750_912_634_178 }],
  ])('is another for another %s', (_part, changed) => {
    expect(mac(key, changed)).not.toEqual(mac(key, parts));
  });

  it('is another under another key', () => {
    expect(mac(signatureKey('a key of the tests '), parts)).not.toEqual(mac(key, parts));
  });
});

function hmacByHand(key: string, text: string): string {
  const block = Buffer.alloc(64);
  block.write(key, 'utf8');
  const sha256 = (...data: Buffer[]) => createHash('sha256').update(Buffer.concat(data)).digest();
  const pad = (byte: number) => Buffer.from(block.map(value => value ^ byte));
  return sha256(pad(0x5c), sha256(pad(0x36), Buffer.from(text, 'utf8'))).toString('hex');
}
