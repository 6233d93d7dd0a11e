import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { ApiError, StoreError } from '../../../errors.ts';
import { createAccountModel } from '../../../models/account/account.model.ts';
import type { LoggedIn } from '../../../models/account/login.model.ts';
import { ADMIN } from '../../../models/role/role.model.ts';
import { GENERATION_TTL_MS } from '../../../models/session/generation.ts';
import { FAULT_ROUNDS, followFault } from '../../support/faults/faultTable.ts';
import { backends, startTestApp, type TestApp } from '../../support/harness.ts';
import { client, device, modelsOf } from '../../support/session.models.ts';
import { sideBySide } from '../../support/sideBySide.ts';

const ROUNDS = 50;
/** Most of a round is the pause before a login or a change is tried again. */
const AT_ONCE = 10;
const PASSWORD = 'the old password';

describe.each(backends)('roles on %s stores', { repeats: FAULT_ROUNDS - 1 }, backend => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(backend, { CONCURRENT_LOGIN: 'true' });
  });
  afterAll(() => app.close());

  /** Without the administrators of other tests and of an earlier repeat. */
  async function startOwnApp(): Promise<TestApp> {
    const own = await startTestApp(backend);
    onTestFinished(() => own.close());
    return own;
  }

  it(`a change against logins and refreshes leaves no token with the earlier roles, ${ROUNDS} times`, async ({
    task,
  }) => {
    const race = followFault(task, `a change of roles against logins and refreshes, ${backend} stores`);
    // Two processes of one deployment; the embedded stores have one.
    const models = modelsOf(app);
    const others = backend === 'real' ? modelsOf(app) : models;
    await sideBySide(ROUNDS, AT_ONCE, async round => {
      race.tried();
      const { id, email } = await models.register();
      await models.roles.set(id, () => ['earlier'], client);
      const first = await models.logins.login(email, PASSWORD, device);
      const role = `role-${round}`;
      const acts: (() => Promise<LoggedIn | string[]>)[] = [
        () => others.logins.login(email, PASSWORD, device),
        () => models.roles.set(id, () => [role], client),
        () => others.accounts.refresh(first.session.refresh?.token ?? '', client),
        () => models.logins.login(email, PASSWORD, device),
      ];
      const results = await Promise.allSettled(acts.map(act => act()));
      const opened = results.flatMap(result => {
        if (result.status === 'rejected') throw result.reason;
        return 'session' in result.value ? [result.value.session] : [];
      });
      for (const { accessToken } of [first.session, ...opened]) {
        const claims = await others.sessions.authenticate(accessToken).catch(error => error);
        if (claims instanceof ApiError) {
          expect(claims.code).toBe('token_revoked');
        } else expect(claims.roles).toEqual([role]);
      }
    });
  });

  it.each([
    ['', 0],
    [', for longer than a generation is kept,', GENERATION_TTL_MS + 1],
  ])('a refresh that is held up before it rotates%s has the later roles', async (_name, ms) => {
    const { stores, clock } = app;
    const models = modelsOf(app);
    const { roles, sessions, tokens } = models;
    const { id, email } = await models.register();
    await roles.set(id, () => ['earlier'], client);
    const { session } = await models.logins.login(email, PASSWORD, device);
    // So that the change of roles is the only one that the refresh could notice.
    clock.advance(GENERATION_TTL_MS + 1);
    await stores.redis?.run('', ['DEL', `generation:${id}`]);

    let isHeld = false;
    const accounts = createAccountModel({
      ...models,
      sessions: {
        ...sessions,
        async refresh(...args) {
          if (!isHeld) {
            isHeld = true;
            await roles.set(id, () => ['later'], client);
            clock.advance(ms);
            // Redis counts its own time.
            if (ms > GENERATION_TTL_MS) await stores.redis?.run('', ['DEL', `generation:${id}`]);
          }
          return sessions.refresh(...args);
        },
      },
    });
    const refreshed = await accounts.refresh(session.refresh?.token ?? '', client);
    expect(isHeld).toBe(true);
    expect(tokens.verify(refreshed.session.accessToken).roles).toEqual(['later']);
  });

  it(`two administrators who take the role from each other leave one, ${ROUNDS} times`, async ({ task }) => {
    const race = followFault(task, `two administrators demote each other, ${backend} stores`);
    const models = modelsOf(await startOwnApp());
    const [ada, bea] = [await models.register(), await models.register()];
    const holders = async () =>
      (await models.roles.list()).filter(({ role }) => role === ADMIN).map(({ userId }) => userId);
    for (let round = 0; round < ROUNDS; round++) {
      race.tried();
      for (const { id } of [ada, bea]) await models.roles.set(id, () => [ADMIN], client);
      const results = await Promise.allSettled(
        [ada, bea].map(({ id }) => models.roles.set(id, () => [], client)),
      );
      const left = await holders();
      expect(left).toHaveLength(1);
      const [refused] = results.flatMap(result => (result.status === 'rejected' ? [result.reason] : []));
      // The database may have ended one of the two statements as a deadlock.
      expect(refused instanceof StoreError || (refused as ApiError).code === 'validation_failed').toBe(true);
    }
  });
});
