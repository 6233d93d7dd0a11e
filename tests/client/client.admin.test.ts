import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAdminClient } from '../../client/admin.ts';
import { createAuthClient } from '../../client/index.ts';
import {
  type Administrator,
  auditRows,
  registerAdmin,
  turnOnSecondFactor,
} from '../support/administrator.ts';
import { eventually } from '../support/eventually.ts';
import { startTestApp, type TestApp } from '../support/harness.ts';

describe('the admin client', () => {
  let app: TestApp;
  let ada: Administrator;
  let admin: ReturnType<typeof createAdminClient>;
  beforeAll(async () => {
    app = await startTestApp('embedded', { CONCURRENT_LOGIN: 'true' });
    ada = await registerAdmin(app);
    const client = createAuthClient({
      baseUrl: app.origin,
      signatureKey: app.env.SIGNATURE_KEY,
      now: app.clock.now,
    });
    await client.login(ada);
    admin = createAdminClient(client);
  });
  afterAll(() => app.close());

  it('lists users page by page, and searches', async () => {
    const user = await app.register({ email: 'bea+list@example.com' });
    const first = await admin.users({ limit: 1 });
    expect(first.users.map(({ id }) => id)).toEqual([ada.id]);
    const second = await admin.users({ limit: 1, cursor: first.next });
    expect(second.users.map(({ id }) => id)).toEqual([user.id]);
    const { users } = await admin.users({ search: 'bea+list@' });
    expect(users).toMatchObject([{ id: user.id, roles: [], verified: false, mfa: false, locked: false }]);
  });

  it('does every act', async () => {
    const user = await app.register();
    await turnOnSecondFactor(app, user);
    const [session] = (await admin.user(user.id)).sessions;
    await admin.endSession(user.id, session?.id ?? '');
    expect((await admin.user(user.id)).sessions).toEqual([]);
    await admin.removeMfa(user.id);
    await app.login(user);
    await admin.endSessions(user.id);
    await admin.setRoles(user.id, ['editor']);
    await admin.lock(user.id);
    expect(await admin.user(user.id)).toMatchObject({
      user: { roles: ['editor'], mfa: false, locked: true },
      sessions: [],
    });
    await admin.unlock(user.id);
    await admin.resetPassword(user.id);
    await expect(admin.resetPassword(user.id)).rejects.toMatchObject({
      code: 'rate_limited',
      retryAfter: 60,
    });
    await eventually(async () =>
      expect(await auditRows(app, 'password.reset_requested', user.id)).toHaveLength(1),
    );
    const { events } = await admin.audit({ userId: user.id, event: 'account.disabled' });
    expect(events).toMatchObject([{ user_id: user.id, detail: { by: String(ada.id) } }]);
  });

  it('sends the same act twice in the same millisecond', async () => {
    const user = await app.register();
    await Promise.all([admin.lock(user.id), admin.lock(user.id)]);
    await Promise.all([admin.unlock(user.id), admin.unlock(user.id)]);
  });

  it('rejects as the client does', async () => {
    await expect(admin.user(0)).rejects.toMatchObject({ code: 'not_found', status: 404 });
    await expect(admin.setRoles(ada.id, ['Not a role'])).rejects.toMatchObject({
      code: 'validation_failed',
      errors: [{ path: 'roles.0' }],
    });
  });
});
