import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMemoryPendingLoginStore } from '../../../models/mfa/pendingLogin.memory.ts';
import {
  newMfaToken,
  PENDING_LOGIN_TTL_MS,
  type PendingLoginStore,
} from '../../../models/mfa/pendingLogin.model.ts';
import { createRedisPendingLoginStore } from '../../../models/mfa/pendingLogin.redis.ts';
import { type Deployment, deployments } from '../../support/redis.forms.ts';

let time = Date.now();
const now = () => time;
const pending = () => ({
  userId: 1,
  deviceName: 'Zoë’s 📱',
  fingerprint: 'f',
  expiresAt: time + PENDING_LOGIN_TTL_MS,
});

const forms = deployments<PendingLoginStore>(
  () => createMemoryPendingLoginStore(now),
  redis => createRedisPendingLoginStore(redis, now),
);

describe.each(forms)('a store of pending logins %s', (_form, deploy) => {
  let deployment: Deployment<PendingLoginStore>;
  let store: PendingLoginStore;
  beforeAll(async () => {
    deployment = await deploy();
    store = deployment.stores[0];
  });
  afterAll(() => deployment.close());

  it('keeps a login until it is taken, and again when it is put back', async () => {
    const login = pending();
    const [{ id }, { id: other }] = [newMfaToken(), newMfaToken()];
    await store.put(id, login);
    await store.put(other, { ...login, deviceName: null });
    for (const each of deployment.stores) {
      expect(await each.take(id)).toEqual(login);
      expect(await each.take(id)).toBeNull();
      await each.put(id, login);
    }
    expect(await store.take(id)).toEqual(login);
    expect(await store.take(other)).toEqual({ ...login, deviceName: null });
    expect(await store.take('unknown')).toBeNull();
  });

  it('gives it to one of 50 simultaneous callers, 50 times', async () => {
    for (let round = 0; round < 50; round++) {
      const { id } = newMfaToken();
      await store.put(id, pending());
      const takes = Array.from({ length: 50 }, (_, i) =>
        (deployment.stores[i % deployment.stores.length] ?? store).take(id),
      );
      expect((await Promise.all(takes)).filter(login => login !== null)).toHaveLength(1);
    }
  });
});

describe('a store of pending logins in this process', () => {
  it('forgets each when its time is over, however often it was put back', async () => {
    const store = createMemoryPendingLoginStore(now);
    const first = pending();
    await store.put('first', first);
    time += PENDING_LOGIN_TTL_MS - 1;
    await store.put('second', pending());
    expect(await store.take('first')).toEqual(first);
    await store.put('first', first);
    time += 1;
    expect(await store.take('first')).toBeNull();
    expect(await store.take('second')).not.toBeNull();
  });
});
