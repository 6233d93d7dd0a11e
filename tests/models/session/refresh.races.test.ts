import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiError } from '../../../errors.ts';
import type { OpenedSession } from '../../../models/session/session.model.ts';
import { FAULT_ROUNDS, followFault } from '../../support/faults/faultTable.ts';
import { backends, startTestApp, type TestApp } from '../../support/harness.ts';
import { client, device, modelsOf, subjectOf } from '../../support/session.models.ts';
import { sideBySide } from '../../support/sideBySide.ts';

/** How many users race side by side: each has its share of the rounds, one after another. */
const USERS = 10;

const codeOf = (reason: unknown) => (reason instanceof ApiError ? reason.code : reason);

describe.each(backends)('races for a session on %s stores', { repeats: FAULT_ROUNDS - 1 }, backend => {
  const ROUNDS = backend === 'real' ? 1000 : 100;
  /** Each hashes four passwords. */
  const CHANGES = FAULT_ROUNDS > 1 ? ROUNDS : ROUNDS / 5;
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(backend, {
      CONCURRENT_LOGIN: 'true',
      REDIS_TIMEOUT_MS: '5000',
      DB_TIMEOUT_MS: '5000',
    });
  });
  afterAll(() => app.close());

  type Models = ReturnType<typeof modelsOf>;

  async function start({ sessions }: Models, userId: number): Promise<OpenedSession> {
    const generation = await sessions.generation(userId);
    const opened = generation === null ? null : await sessions.start(subjectOf(userId), device, generation);
    if (!opened) throw new Error('no session could be started');
    return opened;
  }

  /** Runs the rounds; `round` counts those of the user. */
  const forUsers = (
    models: Models,
    rounds: number,
    run: (user: Awaited<ReturnType<Models['register']>>, round: number) => Promise<void>,
  ) =>
    sideBySide(USERS, USERS, async () => {
      const user = await models.register();
      for (let round = 0; round < rounds / USERS; round++) await run(user, round);
    });

  const tokenOf = (session: OpenedSession) => session.refresh?.token ?? '';
  const refresh = async ({ accounts }: Models, text: string) =>
    (await accounts.refresh(text, device)).session;

  async function living({ sessions }: Models, opened: OpenedSession[]): Promise<OpenedSession[]> {
    const results = await Promise.allSettled(
      opened.map(({ accessToken }) => sessions.authenticate(accessToken)),
    );
    return opened.filter((_, i) => results[i]?.status === 'fulfilled');
  }

  const succeeded = <T>(results: PromiseSettledResult<T>[]) =>
    results.flatMap(result => (result.status === 'fulfilled' ? [result.value] : []));
  const refusals = (results: PromiseSettledResult<unknown>[]) =>
    results.flatMap(result => (result.status === 'rejected' ? [codeOf(result.reason)] : []));

  it(`ten with one refresh token get one and the same successor, ${ROUNDS} times`, async ({ task }) => {
    const race = followFault(task, `ten refreshes with one token, ${backend} stores`);
    const models = modelsOf(app);
    await forUsers(models, ROUNDS, async ({ id }) => {
      race.tried();
      const first = await start(models, id);
      const racers = await Promise.all(Array.from({ length: 10 }, () => refresh(models, tokenOf(first))));
      expect(new Set(racers.map(tokenOf)).size).toBe(1);
      expect(new Set(racers.map(({ accessToken }) => accessToken)).size).toBe(1);
      expect(await living(models, [first, ...racers])).toHaveLength(10);
      await models.sessions.end(id, first.id, 'logout', client);
    });
  });

  it(`ten with one refresh token and no leeway leave at most one live branch, ${ROUNDS} times`, async ({
    task,
  }) => {
    const race = followFault(task, `ten refreshes with one token and no leeway, ${backend} stores`);
    const models = modelsOf(app, { REFRESH_LEEWAY: 0 });
    await forUsers(models, ROUNDS, async ({ id }) => {
      race.tried();
      const first = await start(models, id);
      const results = await Promise.allSettled(
        Array.from({ length: 10 }, () => refresh(models, tokenOf(first))),
      );
      const winners = succeeded(results);
      expect(winners).toHaveLength(1);
      expect(new Set(refusals(results))).toEqual(new Set(['refresh_reused', 'refresh_invalid']));
      // The reuse ended the session, so even the winner's branch is gone.
      expect(await living(models, winners)).toHaveLength(0);
      expect((await models.sessions.list(id, 100)).sessions).toHaveLength(0);
    });
  });

  it.for(['logout', 'logout-all'])(
    `a refresh against a %s leaves no live token, ${ROUNDS} times`,
    async (way, { task }) => {
      const race = followFault(task, `a refresh against a ${way}, ${backend} stores`);
      const models = modelsOf(app);
      const { sessions } = models;
      await forUsers(models, ROUNDS, async ({ id }, round) => {
        race.tried();
        const first = await start(models, id);
        const logout = () =>
          way === 'logout'
            ? sessions.end(id, first.id, 'logout', client)
            : sessions.endAll(id, 'logout_all', client);
        const both = [() => refresh(models, tokenOf(first)), logout];
        if (round % 2) both.reverse();
        const results = await Promise.allSettled(both.map(act => act()));
        const refreshed = succeeded(results).filter(value => typeof value === 'object');
        expect(await living(models, [first, ...refreshed])).toHaveLength(0);
        expect((await sessions.list(id, 100)).sessions).toHaveLength(0);
      });
    },
  );

  it(`a password change against a login and a refresh leaves only its own session, ${CHANGES} times`, async ({
    task,
  }) => {
    const race = followFault(task, `a password change against a login and a refresh, ${backend} stores`);
    const models = modelsOf(app);
    const { accounts, logins, sessions, tokens } = models;
    await forUsers(models, CHANGES, async ({ id, email }, round) => {
      race.tried();
      const password = round === 0 ? 'the old password' : `the password ${round - 1}`;
      const { session } = await logins.login(email, password, device);
      const next = `the password ${round}`;
      const acts = [
        () => accounts.changePassword(tokens.verify(session.accessToken), password, next, device),
        () => logins.login(email, password, device),
        () => refresh(models, tokenOf(session)),
      ];
      const [changed, ...others] = await Promise.allSettled(acts.map(act => act()));
      if (changed?.status !== 'fulfilled') throw changed?.reason;
      for (const code of refusals(others)) expect(['invalid_credentials', 'refresh_invalid']).toContain(code);
      const [alive, ...more] = (await sessions.list(id, 100)).sessions;
      expect(more).toEqual([]);
      expect(alive?.id).toBe('session' in changed.value ? changed.value.session.id : undefined);
    });
  });
});
