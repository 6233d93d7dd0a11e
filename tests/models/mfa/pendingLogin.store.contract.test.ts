import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createMemoryPendingLoginStore,
  createRedisPendingLoginStore,
  newMfaToken,
  PENDING_LOGIN_TTL_MS,
  type PendingLoginStore,
} from '../../../models/mfa/pendingLogin.model.ts';
import { type Deployment, deployments } from '../../support/redis.forms.ts';

let time = Date.now();
const ada = { userId: 1, deviceName: 'Zoë’s 📱', fingerprint: 'f' };

const forms = deployments<PendingLoginStore>(
  () => createMemoryPendingLoginStore(() => time),
  createRedisPendingLoginStore,
);

describe.each(forms)('a store of pending logins %s', (_form, deploy) => {
  let deployment: Deployment<PendingLoginStore>;
  let store: PendingLoginStore;
  beforeAll(async () => {
    deployment = await deploy();
    store = deployment.stores[0];
  });
  afterAll(() => deployment.close());

  it('keeps a login until it is taken', async () => {
    const [{ id }, { id: other }] = [newMfaToken(), newMfaToken()];
    await store.put(id, ada);
    await store.put(other, { ...ada, deviceName: null });
    for (const each of deployment.stores) expect(await each.get(id)).toEqual(ada);
    expect(await store.take(id)).toBe(true);
    expect([await store.take(id), await store.get(id)]).toEqual([false, null]);
    expect(await store.get(other)).toEqual({ ...ada, deviceName: null });
    expect(await store.get('unknown')).toBeNull();
  });

  it('gives it to one of 50 simultaneous callers, 50 times', async () => {
    for (let round = 0; round < 50; round++) {
      const { id } = newMfaToken();
      await store.put(id, ada);
      const takes = Array.from({ length: 50 }, (_, i) =>
        (deployment.stores[i % deployment.stores.length] ?? store).take(id),
      );
      expect((await Promise.all(takes)).filter(Boolean)).toHaveLength(1);
    }
  });
});

describe('a store of pending logins in this process', () => {
  it('forgets each when its time is over', async () => {
    const store = createMemoryPendingLoginStore(() => time);
    await store.put('first', ada);
    time += PENDING_LOGIN_TTL_MS - 1;
    await store.put('second', ada);
    expect(await store.get('first')).toEqual(ada);
    time += 1;
    expect(await store.get('first')).toBeNull();
    expect(await store.take('first')).toBe(false);
    expect(await store.take('second')).toBe(true);
  });
});
