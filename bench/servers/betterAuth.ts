// better-auth on Express, dressed: sessions in Redis, users in MySQL. BENCH_COOKIE_CACHE turns its cookie cache on.
import bcrypt from 'bcrypt';
import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { fromNodeHeaders, toNodeHandler } from 'better-auth/node';
import express from 'express';
import { Redis } from 'ioredis';
import { dress } from './dress.ts';
import { createPool } from './mysql.ts';
import { serve } from './serve.ts';

const {
  DB_NAME = '',
  BENCH_PEER_DB = '',
  PORT,
  REDIS_URL = '',
  JWT_SECRET = '',
  BENCH_COOKIE_CACHE,
} = process.env;
const pool = createPool(BENCH_PEER_DB);
const redis = new Redis(REDIS_URL, { keyPrefix: 'bench:better-auth:', enableAutoPipelining: true });

const options = {
  baseURL: `http://127.0.0.1:${PORT}`,
  secret: JWT_SECRET,
  database: pool,
  secondaryStorage: {
    get: (key: string) => redis.get(key),
    set: (key: string, value: string, ttl = 86_400) => redis.set(key, value, 'EX', ttl),
    delete: async (key: string) => {
      await redis.del(key);
    },
    getAndDelete: (key: string) => redis.getdel(key),
    async increment(key: string, ttl: number) {
      const [[, count] = []] = (await redis.multi().incr(key).expire(key, ttl, 'NX').exec()) ?? [];
      return Number(count);
    },
  },
  session: { cookieCache: { enabled: BENCH_COOKIE_CACHE === 'true', maxAge: 86_400 } },
  // The same hashes as in the users of the other servers.
  emailAndPassword: {
    enabled: true,
    password: {
      hash: (password: string) => bcrypt.hash(password, 10),
      verify: ({ hash, password }: { hash: string; password: string }) => bcrypt.compare(password, hash),
    },
  },
  // All logins come from one address.
  rateLimit: { enabled: false },
};
const { runMigrations } = await getMigrations(options);
await runMigrations();
await pool.query(
  `INSERT IGNORE INTO user (id, name, email, emailVerified, createdAt, updatedAt)
   SELECT id, name, email, true, created_at, updated_at FROM ??.users`,
  [DB_NAME],
);
await pool.query(
  `INSERT IGNORE INTO account (id, accountId, providerId, userId, password, createdAt, updatedAt)
   SELECT id, id, 'credential', id, password, created_at, updated_at FROM ??.users`,
  [DB_NAME],
);
const auth = betterAuth(options);

const app = express();
dress(app);
app.all('/api/auth/*splat', toNodeHandler(auth));
app.get('/item', async (req, res) => {
  const found = await auth.api.getSession({ headers: fromNodeHeaders(req.headers) });
  if (!found) {
    res.sendStatus(401);
    return;
  }
  const { id, name, email, createdAt, updatedAt } = found.user;
  res.json({ user: { id: Number(id), name, email, created_at: createdAt, updated_at: updatedAt } });
});
serve(app);
