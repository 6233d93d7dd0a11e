import express, { type RequestHandler } from 'express';
import request from 'supertest';
import { expect, it } from 'vitest';
import { parseEnv } from '../config/env.ts';
import { ApiError } from '../errors.ts';
import { handleErrors } from '../middlewares/handleErrors.ts';
import { verifySignature } from '../middlewares/verifySignature.ts';
import type { ReplayStore } from '../models/limits/replay.model.ts';
import { signatureHeaders, signatureKey } from '../signing/mac.ts';
import { createLogger } from '../telemetry/logger.ts';
import { testSettings } from './harness.ts';

const env = parseEnv(testSettings('embedded'));
const invalid = new ApiError('token_invalid');
const revoked: RequestHandler = async () => {
  throw invalid;
};

/** A route behind a signature with another guard beside it; resolves with the code of its answer. */
async function answerOf(replays: ReplayStore, beside: RequestHandler, wrongKey = false): Promise<string> {
  const app = express();
  const handled = (_req: unknown, res: express.Response) => void res.json({ code: 'handled' });
  app.post('/x', verifySignature({ env, replays, now: Date.now, beside }), handled);
  app.use(handleErrors(createLogger('silent')));
  const key = signatureKey(wrongKey ? 'another' : env.SIGNATURE_KEY);
  const signed = signatureHeaders(key, { method: 'POST', path: '/x', body: '', timestamp: Date.now() });
  const { body } = await request(app).post('/x').set(signed);
  return body.code;
}

it('asks the guard beside it while the signature is being claimed', async () => {
  let asked = () => {};
  const isAsked = new Promise<void>(resolve => {
    asked = resolve;
  });
  // The claim is answered only when the other guard was asked: one after the other, this would never end.
  const replays = { claim: () => isAsked.then(() => true) };
  const ask: RequestHandler = (_req, _res, next) => {
    asked();
    next();
  };
  expect(await answerOf(replays, ask)).toBe('handled');
});

it('lets nothing through that one of both refuses, and says first what it says alone', async () => {
  const used = { claim: async () => false };
  const fresh = { claim: async () => true };
  const pass: RequestHandler = (_req, _res, next) => next();
  expect(await answerOf(used, pass)).toBe('signature_replayed');
  expect(await answerOf(used, revoked)).toBe('signature_replayed');
  expect(await answerOf(fresh, revoked)).toBe('token_invalid');
  const down = { claim: () => Promise.reject(new ApiError('store_unavailable')) };
  expect(await answerOf(down, revoked)).toBe('store_unavailable');
});

it('asks nobody about a request that nobody signed', async () => {
  let asked = 0;
  const count: RequestHandler = (_req, _res, next) => {
    asked++;
    next();
  };
  const claim = async () => {
    asked++;
    return true;
  };
  expect(await answerOf({ claim }, count, true)).toBe('signature_mismatch');
  expect(asked).toBe(0);
});
