import * as z from 'zod';
import type { Redis } from '../../stores/redis/redis.ts';
import { defineScript } from '../../stores/redis/script.ts';
import type { Expiring, OneTimeStore } from './oneTime.store.ts';

const takeScript = defineScript(`
  local entry = redis.call('GET', KEYS[1])
  redis.call('DEL', KEYS[1])
  return entry
`);

const reply = z.string().nullable();

interface Options<T> {
  /** The keys are `<prefix>:<id>`. */
  prefix: string;
  schema: z.ZodType<T>;
  /** Unix time in milliseconds. */
  now: () => number;
}

/** The store in Redis, with entries as JSON. */
export function createRedisOneTimeStore<T extends Expiring>(
  redis: Redis,
  { prefix, schema, now }: Options<T>,
): OneTimeStore<T> {
  const keyOf = (id: string) => `${prefix}:${id}`;
  return {
    async put(id, entry) {
      const key = keyOf(id);
      const ttl = Math.max(1, entry.expiresAt - now());
      await redis.run(key, ['SET', key, JSON.stringify(entry), 'PX', String(ttl)]);
    },

    async take(id) {
      const text = reply.parse(await redis.eval(takeScript, [keyOf(id)], []));
      if (text === null) return null;
      const entry = schema.parse(JSON.parse(text));
      return entry.expiresAt > now() ? entry : null;
    },
  };
}
