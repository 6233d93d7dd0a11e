// express-session with connect-redis as their READMEs set them up, and the user read from MySQL.
import bcrypt from 'bcrypt';
import { RedisStore } from 'connect-redis';
import express from 'express';
import session from 'express-session';
import { createClient } from 'redis';
import { dress } from './dress.ts';
import { findCredentials, findUser } from './mysql.ts';
import { serve } from './serve.ts';

declare module 'express-session' {
  interface SessionData {
    userId: number;
  }
}

const client = createClient({ url: process.env.REDIS_URL ?? '' });
await client.connect();

const app = express();
dress(app);
app.use(
  session({
    store: new RedisStore({ client, prefix: 'bench:' }),
    resave: false,
    saveUninitialized: false,
    secret: process.env.JWT_SECRET ?? '',
  }),
);
app.post('/login', express.json(), async (req, res) => {
  const { email, password } = req.body as { email: string; password: string };
  const found = await findCredentials(email);
  if (!found || !(await bcrypt.compare(password, found.password))) {
    res.sendStatus(401);
    return;
  }
  req.session.userId = found.id;
  res.sendStatus(204);
});
app.get('/item', async (req, res) => {
  const { userId } = req.session;
  const user = userId === undefined ? undefined : await findUser(userId);
  if (user) res.json({ user });
  else res.sendStatus(401);
});
serve(app);
