import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { ApiError, StoreError } from '../../../errors.ts';
import type { LoggedIn } from '../../../models/account/login.model.ts';
import { ADMIN } from '../../../models/role/role.model.ts';
import { DatabaseError } from '../../../stores/db.ts';
import { operator } from '../../support/administrator.ts';
import { FAULT_ROUNDS, followFault } from '../../support/faults/faultTable.ts';
import { backends, startTestApp, type TestApp } from '../../support/harness.ts';
import { client, device, modelsOf } from '../../support/session.models.ts';
import { sideBySide } from '../../support/sideBySide.ts';

const ROUNDS = 100;
/** Most of a round is the pause before a lock is tried again. */
const AT_ONCE = 10;
const PASSWORD = 'the old password';
const NEW_PASSWORD = 'the newer password';

describe.each(backends)('administrators on %s stores', { repeats: FAULT_ROUNDS - 1 }, backend => {
  let app: TestApp;
  let models: ReturnType<typeof modelsOf>;
  /** Those of another process of the deployment; the embedded stores have one. */
  let others: typeof models;
  beforeAll(async () => {
    app = await startTestApp(backend, { CONCURRENT_LOGIN: 'true' });
    models = modelsOf(app);
    others = backend === 'real' ? modelsOf(app) : models;
  });
  afterAll(() => app.close());

  it(`a lock against logins, refreshes and a password change leaves no session, ${ROUNDS} times`, async ({
    task,
  }) => {
    const race = followFault(task, `a lock against logins in flight, ${backend} stores`);
    await sideBySide(ROUNDS, AT_ONCE, async round => {
      race.tried();
      const { id, email } = await models.register();
      const { session } = await models.logins.login(email, PASSWORD, device);
      const by = await others.sessions.authenticate(session.accessToken);
      const acts: (() => Promise<LoggedIn | undefined>)[] = [
        () => others.logins.login(email, PASSWORD, device),
        () => others.accounts.refresh(session.refresh?.token ?? '', client),
        async () => void (await models.admin.disable(id, operator)),
        () => others.accounts.changePassword(by, PASSWORD, NEW_PASSWORD, client),
        () => models.logins.login(email, PASSWORD, device),
      ];
      const turn = round % acts.length;
      const ordered = [...acts.slice(turn), ...acts.slice(0, turn)];
      const results = await Promise.allSettled(ordered.map(act => act()));
      const opened = results.flatMap(result => {
        if (result.status === 'fulfilled') return result.value ? [result.value.session] : [];
        if (result.reason instanceof ApiError) return [];
        throw result.reason;
      });
      expect((await models.users.findById(id))?.isDisabled).toBe(true);
      expect(await others.sessions.list(id, 1)).toEqual({ sessions: [] });
      for (const { accessToken, refresh } of [session, ...opened]) {
        await expect(others.sessions.authenticate(accessToken)).rejects.toMatchObject({
          code: 'token_revoked',
        });
        await expect(others.accounts.refresh(refresh?.token ?? '', client)).rejects.toMatchObject({
          code: 'refresh_invalid',
        });
      }
    });
  });

  it(`two administrators who lock each other leave one, ${ROUNDS} times`, async ({ task }) => {
    const race = followFault(task, `two administrators lock each other, ${backend} stores`);
    const own = await startTestApp(backend);
    onTestFinished(() => own.close());
    const models = modelsOf(own);
    const others = backend === 'real' ? modelsOf(own) : models;
    const [ada, bea] = [await models.register(), await models.register()];
    for (let round = 0; round < ROUNDS; round++) {
      race.tried();
      for (const { id } of [ada, bea]) {
        await models.admin.enable(id, operator);
        await models.roles.set(id, () => [ADMIN], operator);
      }
      const results = await Promise.allSettled([
        models.admin.disable(bea.id, { ...client, by: ada.id }),
        others.admin.disable(ada.id, { ...client, by: bea.id }),
      ]);
      const states = await Promise.all([ada, bea].map(({ id }) => models.users.findById(id)));
      const holders = states.filter(found => found?.roles.includes(ADMIN));
      expect(holders).toHaveLength(1);
      expect(holders[0]?.isDisabled).toBe(false);
      const refused = results.flatMap(result => (result.status === 'rejected' ? [result.reason] : []));
      // The database may have ended one of the two statements as a deadlock.
      for (const error of refused) {
        expect(error instanceof StoreError || (error as ApiError).code === 'validation_failed').toBe(true);
      }
      expect(refused.length).toBeGreaterThan(0);
    }
  });

  it('no login starts a session while the lock is being written', async () => {
    const { id, email } = await models.register();
    const { run } = app.stores.db;
    let during: unknown;
    const spy = vi.spyOn(app.stores.db, 'run').mockImplementation(async (sql, values) => {
      if (sql.startsWith('INSERT INTO disabled_accounts')) {
        during = await others.logins.login(email, PASSWORD, device).catch(error => error);
      }
      return run(sql, values);
    });
    await models.admin.disable(id, operator);
    spy.mockRestore();
    expect(during).toMatchObject({ code: 'store_unavailable' });
    expect(await models.sessions.list(id, 1)).toEqual({ sessions: [] });
  });

  it('a lock that the database refuses locks nobody, and can be tried again', async () => {
    const { id, email } = await models.register();
    const { session } = await models.logins.login(email, PASSWORD, device);
    const { run } = app.stores.db;
    const spy = vi.spyOn(app.stores.db, 'run').mockImplementation(async (sql, values) => {
      if (sql.startsWith('INSERT INTO disabled_accounts'))
        throw new DatabaseError(new Error('full'), 'refused');
      return run(sql, values);
    });
    await expect(models.admin.disable(id, operator)).rejects.toThrow(StoreError);
    spy.mockRestore();
    await expect(others.sessions.authenticate(session.accessToken)).rejects.toMatchObject({
      code: 'token_revoked',
    });
    await others.logins.login(email, PASSWORD, device);
    await models.admin.disable(id, operator);
    expect(await models.sessions.list(id, 1)).toEqual({ sessions: [] });
  });

  it('a lock takes the role again that was granted between its steps', async () => {
    const [ada, bea] = [await models.register(), await models.register()];
    await models.roles.set(ada.id, () => [ADMIN], operator);
    const { set } = models.roles;
    const spy = vi.spyOn(models.roles, 'set').mockImplementationOnce(async (...args) => {
      const roles = await set(...args);
      await set(bea.id, () => [ADMIN], operator);
      return roles;
    });
    await models.admin.disable(bea.id, operator);
    spy.mockRestore();
    expect(await models.users.findById(bea.id)).toMatchObject({ roles: [], isDisabled: true });
  });

  it(`a lock against a grant of the role leaves no locked administrator, ${ROUNDS} times`, async ({
    task,
  }) => {
    const race = followFault(task, `a lock against a grant of the role admin, ${backend} stores`);
    // The database counts administrators over all rows: side by side in one database, rounds would end as deadlocks.
    await sideBySide(AT_ONCE, AT_ONCE, async () => {
      const app = await startTestApp(backend);
      try {
        const models = modelsOf(app);
        const others = backend === 'real' ? modelsOf(app) : models;
        const [ada, bea] = [await models.register(), await models.register()];
        await models.roles.set(ada.id, () => [ADMIN], operator);
        for (let round = 0; round < ROUNDS / AT_ONCE; round++) {
          race.tried();
          await models.admin.enable(bea.id, operator);
          const results = await Promise.allSettled([
            models.admin.disable(bea.id, operator),
            others.roles.set(bea.id, () => [ADMIN], operator),
          ]);
          const found = await models.users.findById(bea.id);
          expect(found?.isDisabled && found.roles.includes(ADMIN)).toBe(false);
          for (const result of results) {
            if (result.status === 'rejected' && !(result.reason instanceof ApiError)) throw result.reason;
          }
          await models.roles.set(bea.id, () => [], operator);
        }
      } finally {
        await app.close();
      }
    });
  });
});
