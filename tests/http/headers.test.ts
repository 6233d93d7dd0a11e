import express from 'express';
import request from 'supertest';
import { expect, it } from 'vitest';
import { bearerToken } from '../../http/headers.ts';
import { handleErrors } from '../../middlewares/handleErrors.ts';
import { createLogger } from '../../telemetry/logger.ts';

const app = express();
app.get('/', (req, res) => void res.json({ token: bearerToken(req) }));
app.use(handleErrors(createLogger('silent')));

async function parse(header?: string) {
  const sent = request(app).get('/');
  if (header !== undefined) sent.set('Authorization', header);
  return (await sent).body as { token?: string | null; code?: string };
}

it.each([
  ['Bearer abc', 'abc'],
  ['bearer abc', 'abc'],
  ['Bearer   abc  ', 'abc'],
])('reads %j', async (header, token) => {
  expect(await parse(header)).toEqual({ token });
});

it.each([
  ['nothing', undefined],
  ['another scheme', 'Basic abc'],
  ['a longer scheme', 'Bearers abc'],
])('refuses %s with token_missing', async (_name, header) => {
  expect((await parse(header)).code).toBe('token_missing');
});

it.each([
  ['a scheme alone', 'Bearer'],
  ['two tokens', 'Bearer a b'],
  ['thousands of spaces between two tokens', `Bearer a${' '.repeat(15_000)}b`],
  ['a token that is too long', `Bearer ${'a'.repeat(4097)}`],
])('gives null for %s', async (_name, header) => {
  expect(await parse(header)).toEqual({ token: null });
});
