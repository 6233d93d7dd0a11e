import express from 'express';
import request from 'supertest';
import { expect, it } from 'vitest';
import { parseEnv } from '../../config/env.ts';
import { ApiError } from '../../errors.ts';
import { handleErrors } from '../../middlewares/handleErrors.ts';
import { verifySignature } from '../../middlewares/verifySignature.ts';
import type { ReplayStore } from '../../models/limits/replay.model.ts';
import type { AccessClaims } from '../../models/session/token.model.ts';
import { createSigningClients } from '../../signing/clients.ts';
import { signatureHeaders, signatureKey } from '../../signing/mac.ts';
import { createLogger } from '../../telemetry/logger.ts';
import { testSettings } from '../support/harness.ts';

type Authenticate = () => Promise<AccessClaims>;

const env = parseEnv(testSettings('embedded'));
const clients = createSigningClients(env);
const claims: AccessClaims = { userId: 1, sessionId: 's', jti: 'j', iat: 0, exp: 1, roles: [], amr: [] };
const accept: Authenticate = async () => claims;
const refuse: Authenticate = async () => {
  throw new ApiError('token_invalid');
};
const fresh: ReplayStore = { record: async () => true };
const used: ReplayStore = { record: async () => false };

/** Calls a route that needs a signature and a token. */
async function call(replays: ReplayStore, authenticate: Authenticate, secret = env.SIGNATURE_KEY) {
  const marked: AccessClaims[] = [];
  const app = express();
  const guard = verifySignature({
    env,
    clients: () => clients,
    replays,
    now: Date.now,
    authenticate,
    markUsed: who => marked.push(who),
  });
  app.post('/x', guard, (req, res) => void res.json({ code: 'handled', userId: req.auth.userId }));
  app.use(handleErrors(createLogger('silent')));
  const parts = { method: 'POST', path: '/x', body: '', timestamp: Date.now() };
  const { body } = await request(app)
    .post('/x')
    .set(signatureHeaders(signatureKey(secret), parts));
  return { ...(body as { code: string; userId?: number }), marked };
}

it('authenticates while the signature is recorded', async () => {
  let asked = () => {};
  const isAsked = new Promise<void>(resolve => {
    asked = resolve;
  });
  // The store answers only after the authentication has begun: one after the other, this would never end.
  const replays = { record: () => isAsked.then(() => true) };
  const authenticate: Authenticate = async () => {
    asked();
    return claims;
  };
  expect(await call(replays, authenticate)).toEqual({ code: 'handled', userId: 1, marked: [claims] });
});

it('lets nothing through that either check refuses, and reports the signature first', async () => {
  expect((await call(used, accept)).code).toBe('signature_replayed');
  expect((await call(used, refuse)).code).toBe('signature_replayed');
  expect((await call(fresh, refuse)).code).toBe('token_invalid');
  const down = { record: () => Promise.reject(new ApiError('store_unavailable')) };
  expect((await call(down, refuse)).code).toBe('store_unavailable');
});

it('marks a session as used only when the whole request is accepted', async () => {
  expect((await call(used, accept)).marked).toEqual([]);
  expect((await call(fresh, refuse)).marked).toEqual([]);
  expect((await call(fresh, accept)).marked).toEqual([claims]);
});

it('asks no store about a request with a wrong signature', async () => {
  let asked = 0;
  const replays = { record: async () => ++asked > 0 };
  const authenticate: Authenticate = async () => {
    asked++;
    return claims;
  };
  expect((await call(replays, authenticate, 'another key')).code).toBe('signature_mismatch');
  expect(asked).toBe(0);
});
