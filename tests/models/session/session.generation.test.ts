import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sessionOptions, tokenOptions } from '../../../compose.ts';
import { parseEnv } from '../../../config/env.ts';
import { ApiError } from '../../../errors.ts';
import { createEmitter } from '../../../models/audit/events.ts';
import { GENERATION_TTL_MS, type GenerationReading } from '../../../models/session/generation.ts';
import { createRefreshTokenModel } from '../../../models/session/refreshToken.model.ts';
import { createMemorySessionStore } from '../../../models/session/session.memory.ts';
import { createSessionModel, type SessionModel } from '../../../models/session/session.model.ts';
import { createRedisSessionStore } from '../../../models/session/session.redis.ts';
import type { SessionStore } from '../../../models/session/session.store.ts';
import { createTokenModel } from '../../../models/session/token.model.ts';
import { DatabaseError } from '../../../stores/db.ts';
import { createLogger } from '../../../telemetry/logger.ts';
import { testSettings } from '../../support/harness.ts';
import { type Deployment, deployments } from '../../support/redis.forms.ts';
import { client, device, subjectOf } from '../../support/session.models.ts';

/** A clock that stands still until a test moves it. Redis counts its own time. */
const time = Date.now();
const now = () => time;

const forms = deployments<SessionStore>(
  () => createMemorySessionStore(now),
  redis => createRedisSessionStore(redis, now),
);

describe.each(forms)('a write between two generations, sessions %s', (_form, deploy) => {
  let deployment: Deployment<SessionStore>;
  let store: SessionStore;
  /** Two processes. */
  let sessions: SessionModel;
  let others: SessionModel;
  let userId: number;
  const env = parseEnv({ ...testSettings('embedded'), CONCURRENT_LOGIN: 'true' });
  const model = (store: SessionStore) =>
    createSessionModel({
      store,
      tokens: createTokenModel(tokenOptions(env), now),
      refreshTokens: createRefreshTokenModel(env.JWT_SECRET),
      events: createEmitter(createLogger('silent')),
      options: sessionOptions(env),
      now,
    });
  beforeAll(async () => {
    deployment = await deploy();
    store = deployment.stores[0];
    sessions = model(store);
    others = model(deployment.stores[1] ?? store);
  });
  beforeEach(() => {
    userId = randomInt(10 ** 9, 10 ** 14);
  });
  afterAll(() => deployment.close());

  const how = { reason: 'password_reset', client } as const;
  const next = () => ({ subject: subjectOf(userId), device, reason: 'password_change' }) as const;
  async function reading(): Promise<GenerationReading> {
    const found = await others.generation(userId);
    if (!found) throw new Error('logins are blocked');
    return found;
  }
  async function started(of = sessions): Promise<string> {
    const session = await of.start(subjectOf(userId), device, await reading());
    if (!session) throw new Error('no session');
    return session.accessToken;
  }
  const outcome = (token: string) =>
    others.authenticate(token).then(
      () => 'alive',
      (error: unknown) => (error instanceof ApiError ? error.code : error),
    );
  const failure = (error: unknown) => () => Promise.reject(error);

  it('ends every session before the write, and lets logins in after it', async () => {
    const tokens = [await started(), await started(others)];
    const early = await reading();
    const run = await sessions.endAllAndRun(
      userId,
      early,
      async () => {
        for (const token of tokens) expect(await outcome(token)).toBe('token_revoked');
        expect(await others.generation(userId)).toBeNull();
        expect(await others.start(subjectOf(userId), device, early)).toBeNull();
        return true;
      },
      how,
    );
    expect(run).toEqual({ written: true, ended: 2, session: null });
    expect(await others.start(subjectOf(userId), device, early)).toBeNull();
    expect(await outcome(await started())).toBe('alive');
    expect((await others.list(userId, 100)).sessions).toHaveLength(1);
  });

  it('starts the session that goes on, and no other one before it', async () => {
    await started();
    const early = await reading();
    const run = await sessions.endAllAndRun(userId, early, async () => true, { ...how, next: next() });
    expect(run).toMatchObject({ written: true, ended: 1 });
    expect(await outcome(run?.session?.accessToken ?? '')).toBe('alive');
    expect(await others.start(subjectOf(userId), device, early)).toBeNull();
    expect((await others.list(userId, 100)).sessions).toHaveLength(1);
    await started(others);
  });

  it('does not run in a generation that has passed, or that was read too long ago', async () => {
    const token = await started();
    const early = await reading();
    await others.endAllAndRun(userId, early, async () => true, { ...how, next: next() });
    const write = () => Promise.reject(new Error('must not run'));
    expect(await sessions.endAllAndRun(userId, early, write, how)).toBeNull();
    const late = await reading();
    expect(
      await sessions.endAllAndRun(userId, { ...late, readAt: now() - GENERATION_TTL_MS }, write, how),
    ).toBeNull();
    expect((await others.list(userId, 100)).sessions).toHaveLength(1);
    expect(await outcome(token)).toBe('token_revoked');
  });

  it('that changes nothing lets logins in again, and starts nothing', async () => {
    const early = await reading();
    const run = await sessions.endAllAndRun(userId, early, async () => false, { ...how, next: next() });
    expect(run).toEqual({ written: false, ended: 0, session: null });
    expect(await others.start(subjectOf(userId), device, early)).toBeNull();
    await started(others);
  });

  it.each([
    ['that the database refuses', new DatabaseError(new Error('refused'), 'refused')],
    ['that is refused before it begins', new ApiError('token_revoked')],
  ])('%s lets logins in again', async (_name, error) => {
    const token = await started();
    const early = await reading();
    const run = sessions.endAllAndRun(userId, early, failure(error), { ...how, next: next() });
    await expect(run).rejects.toBe(error);
    expect(await outcome(token)).toBe('token_revoked');
    expect(await others.start(subjectOf(userId), device, early)).toBeNull();
    await started(others);
  });

  it('whose outcome is unknown keeps logins out until the time of the generation is over', async () => {
    const early = await reading();
    const error = new DatabaseError(new Error('timeout'), 'unknown');
    const run = sessions.endAllAndRun(userId, early, failure(error), { ...how, next: next() });
    await expect(run).rejects.toBe(error);
    expect(await others.generation(userId)).toBeNull();
    expect(await others.start(subjectOf(userId), device, early)).toBeNull();
    expect(await sessions.endAllAndRun(userId, early, async () => true, how)).toBeNull();
  });

  it('during which the process dies keeps logins out as well', async () => {
    const token = await started();
    const early = await reading();
    let began = () => {};
    const writing = new Promise<void>(resolve => {
      began = resolve;
    });
    void sessions.endAllAndRun(
      userId,
      early,
      () => {
        began();
        return new Promise<boolean>(() => {});
      },
      how,
    );
    await writing;
    expect(await outcome(token)).toBe('token_revoked');
    expect(await others.generation(userId)).toBeNull();
    expect(await others.start(subjectOf(userId), device, early)).toBeNull();
  });

  describe('with a store that fails', () => {
    const lost = new ApiError('store_unavailable');

    it('when logins are blocked: nothing is written', async () => {
      const early = await reading();
      let writes = 0;
      const write = async () => ++writes > 0;
      const failing = model({ ...store, blockLogins: failure(lost) });
      await expect(failing.endAllAndRun(userId, early, write, how)).rejects.toBe(lost);
      expect(writes).toBe(0);
      await started(others);
    });

    it('when the answer to that is lost: nothing is written, and every session is over', async () => {
      const token = await started();
      const early = await reading();
      let writes = 0;
      const write = async () => ++writes > 0;
      const failing = model({
        ...store,
        async blockLogins(id, generation) {
          await store.blockLogins(id, generation);
          throw lost;
        },
      });
      await expect(failing.endAllAndRun(userId, early, write, how)).rejects.toBe(lost);
      expect(writes).toBe(0);
      expect(await outcome(token)).toBe('token_revoked');
      expect(await others.generation(userId)).toBeNull();
    });

    it('when logins are unblocked: the write counts, or its own error does', async () => {
      const failing = model({ ...store, unblockLogins: failure(lost) });
      const done = await failing.endAllAndRun(userId, await reading(), async () => true, how);
      expect(done).toEqual({ written: true, ended: 0, session: null });
      expect(await others.generation(userId)).toBeNull();

      userId++;
      const refusal = new DatabaseError(new Error('refused'), 'refused');
      const run = failing.endAllAndRun(userId, await reading(), failure(refusal), how);
      await expect(run).rejects.toBe(refusal);
      expect(await others.generation(userId)).toBeNull();
    });

    it('when the next session is started: no session is alive, and no login from before starts one', async () => {
      const token = await started();
      const early = await reading();
      const failing = model({ ...store, start: failure(lost) });
      const run = failing.endAllAndRun(userId, early, async () => true, { ...how, next: next() });
      await expect(run).rejects.toBe(lost);
      expect(await outcome(token)).toBe('token_revoked');
      expect(await others.generation(userId)).toBeNull();
      expect(await others.start(subjectOf(userId), device, early)).toBeNull();
    });
  });

  it('runs once, of 20 that read the same generation', async () => {
    const early = await reading();
    let writes = 0;
    const runs = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        (i % 2 ? sessions : others).endAllAndRun(userId, early, async () => ++writes > 0, how),
      ),
    );
    expect(runs.filter(Boolean)).toHaveLength(1);
    expect(writes).toBe(1);
  });
});
