// The ceilings: Express that answers and does nothing else, naked or dressed.
import express from 'express';
import { dress } from './dress.ts';
import { answer, serve } from './serve.ts';

const app = express();
if (process.env.BENCH_DRESSED) dress(app);
app.get('/item', (_req, res) => {
  res.json(answer);
});
app.post('/item', express.json(), (_req, res) => {
  res.json(answer);
});
serve(app);
