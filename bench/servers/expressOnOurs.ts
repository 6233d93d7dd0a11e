// Express, dressed, on the HTTP server of this project: what a request costs here before anything is checked.
import express from 'express';
import { messageClasses } from '../../http/messageClasses.ts';
import { createHttpServer, httpLimits } from '../../http/server.ts';
import { createLogger } from '../../telemetry/logger.ts';
import { dress } from './dress.ts';
import { answer } from './serve.ts';

const app = express();
dress(app);
app.get('/item', (_req, res) => {
  res.json(answer);
});
await createHttpServer(app, createLogger('info'), { ...httpLimits, ...messageClasses(app) }).listen(
  Number(process.env.PORT),
  '127.0.0.1',
);
