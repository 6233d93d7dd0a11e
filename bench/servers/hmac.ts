// A signed POST as it is commonly written: the parsed body written anew, compared as text, good any number of times.
import { createHmac } from 'node:crypto';
import express from 'express';
import { dress } from './dress.ts';
import { answer, serve } from './serve.ts';

const key = process.env.SIGNATURE_KEY ?? '';

const app = express();
dress(app);
app.use(express.json());
app.post('/item', (req, res) => {
  const timestamp = req.get('X-Timestamp') ?? '';
  const text = req.method + req.path + JSON.stringify(req.body) + timestamp;
  const expected = createHmac('sha256', key).update(text).digest('hex');
  const late = Math.abs(Date.now() - Number(timestamp)) > 60_000;
  if (late || req.get('X-Signature') !== expected) res.sendStatus(401);
  else res.json(answer);
});
serve(app);
