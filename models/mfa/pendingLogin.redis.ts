import { z } from 'zod';
import { defineScript, type Redis } from '../../stores/redis/redis.ts';
import { type PendingLoginStore, pendingLoginSchema } from './pendingLogin.model.ts';

const takeScript = defineScript(`
  local login = redis.call('GET', KEYS[1])
  redis.call('DEL', KEYS[1])
  return login
`);

const reply = z.string().nullable();

/**
 * Pending logins in Redis, `mfa_token:<sha256>`.
 * @param now Unix time in milliseconds
 */
export function createRedisPendingLoginStore(redis: Redis, now: () => number): PendingLoginStore {
  const keyOf = (id: string) => `mfa_token:${id}`;
  return {
    async put(id, login) {
      const key = keyOf(id);
      const ttl = Math.max(1, login.expiresAt - now());
      await redis.run(key, ['SET', key, JSON.stringify(login), 'PX', String(ttl)]);
    },

    async take(id) {
      const text = reply.parse(await redis.eval(takeScript, [keyOf(id)], []));
      return text === null ? null : pendingLoginSchema.parse(JSON.parse(text));
    },
  };
}
