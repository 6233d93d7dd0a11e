import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  PENDING_LOGIN_TTL_MS,
  type PendingLogin,
  pendingLoginSchema,
} from '../../../models/mfa/pendingLogin.model.ts';
import { LOGIN_CODE_TTL_MS, type LoginCode, loginCodeSchema } from '../../../models/oidc/oidc.model.ts';
import { createMemoryOneTimeStore } from '../../../models/oneTime/oneTime.memory.ts';
import { createRedisOneTimeStore } from '../../../models/oneTime/oneTime.redis.ts';
import { newOneTimeToken, type OneTimeStore } from '../../../models/oneTime/oneTime.store.ts';
import { type Deployment, deployments } from '../../support/redis.forms.ts';

let time = Date.now();
const now = () => time;
const pendingLogin = (): PendingLogin => ({
  userId: 1,
  deviceName: 'Zoë’s 📱',
  fingerprint: 'f',
  identity: { id: 7, provider: 'google' },
  expiresAt: time + PENDING_LOGIN_TTL_MS,
});
const loginCode = (): LoginCode => ({
  provider: 'google',
  subject: '1069',
  email: 'zoe@example.com',
  name: 'Zoë 📱',
  expiresAt: time + LOGIN_CODE_TTL_MS,
});

const forms = [
  ...deployments<OneTimeStore<PendingLogin>>(
    () => createMemoryOneTimeStore(now),
    redis => createRedisOneTimeStore(redis, { prefix: 'mfa_token', schema: pendingLoginSchema, now }),
  ).map(([form, deploy]) => contract(`of pending logins ${form}`, deploy, pendingLogin)),
  ...deployments<OneTimeStore<LoginCode>>(
    () => createMemoryOneTimeStore(now),
    redis => createRedisOneTimeStore(redis, { prefix: 'oidc_code', schema: loginCodeSchema, now }),
  ).map(([form, deploy]) => contract(`of one-time codes ${form}`, deploy, loginCode)),
];

function contract<T extends PendingLogin | LoginCode>(
  name: string,
  deploy: () => Promise<Deployment<OneTimeStore<T>>>,
  newEntry: () => T,
): { name: string; define: () => void } {
  return {
    name,
    define() {
      let deployment: Deployment<OneTimeStore<T>>;
      let store: OneTimeStore<T>;
      beforeAll(async () => {
        deployment = await deploy();
        store = deployment.stores[0];
      });
      afterAll(() => deployment.close());

      it('keeps an entry until it is taken, and again when it is put back', async () => {
        const [entry, another] = [newEntry(), { ...newEntry(), expiresAt: time + 1000 }];
        const [id, other] = [newOneTimeToken(), newOneTimeToken()];
        await store.put(id, entry);
        await store.put(other, another);
        for (const each of deployment.stores) {
          expect(await each.take(id)).toEqual(entry);
          expect(await each.take(id)).toBeNull();
          await each.put(id, entry);
        }
        expect(await store.take(id)).toEqual(entry);
        expect(await store.take(other)).toEqual(another);
        expect(await store.take('unknown')).toBeNull();
      });

      it('gives it to one of 50 simultaneous callers, 50 times', async () => {
        for (let round = 0; round < 50; round++) {
          const id = newOneTimeToken();
          await store.put(id, newEntry());
          const takes = Array.from({ length: 50 }, (_, i) =>
            (deployment.stores[i % deployment.stores.length] ?? store).take(id),
          );
          expect((await Promise.all(takes)).filter(entry => entry !== null)).toHaveLength(1);
        }
      });

      it('gives it to nobody when its time is over', async () => {
        const id = newOneTimeToken();
        const entry = newEntry();
        await store.put(id, entry);
        time = entry.expiresAt;
        expect(await store.take(id)).toBeNull();
      });
    },
  };
}

describe.each(forms)('a store $name', ({ define }) => define());

describe('a store in this process', () => {
  it('forgets each entry when its time is over, however often it was put back', async () => {
    const store = createMemoryOneTimeStore<PendingLogin>(now);
    const first = pendingLogin();
    await store.put('first', first);
    time += PENDING_LOGIN_TTL_MS - 1;
    await store.put('second', pendingLogin());
    expect(await store.take('first')).toEqual(first);
    await store.put('first', first);
    time += 1;
    expect(await store.take('first')).toBeNull();
    expect(await store.take('second')).not.toBeNull();
  });
});
