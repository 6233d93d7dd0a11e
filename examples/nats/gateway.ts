// The gateway checks the access token over NATS and passes the request on with a context that only it can make. In a
// project of your own import from 'express-auth-api/client/express'.
import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { headers } from '@nats-io/transport-node';
import express, { type Request } from 'express';
import { requireAuth } from '../../client/express.ts';
import { CONTEXT_HEADER, signContext } from './context.ts';
import { connectAs, setting } from './settings.ts';

const REQUEST_TIMEOUT_MS = 5000;

const secret = setting('CONTEXT_SECRET');
/** A stream that is silent for so long has lost its service. */
const idleMs = Number(process.env.IDLE_MS ?? 15_000);
const connection = await connectAs('gateway', setting('GATEWAY_PASSWORD'));

interface Reply {
  error?: { code: string; status: number };
}

/** Sends a request with the context of the caller. */
async function ask(req: Request, subject: string, value: object): Promise<Reply> {
  const payload = JSON.stringify(value);
  const sent = headers();
  sent.set(CONTEXT_HEADER, signContext(secret, req.auth, subject, payload));
  try {
    const reply = await connection.request(subject, payload, { timeout: REQUEST_TIMEOUT_MS, headers: sent });
    return reply.json<Reply>();
  } catch (error) {
    console.error(error);
    return { error: { code: 'store_unavailable', status: 503 } };
  }
}

const app = express();
app.use(requireAuth({ nats: { connection }, onError: error => console.error(error) }));

app.get('/orders', async (req, res) => {
  const reply = await ask(req, 'orders.list', {});
  res.status(reply.error?.status ?? 200).json(reply);
});

/** A live subscription, as server-sent events. */
app.get('/ticks', async (req, res) => {
  const id = randomUUID();
  const end = () => void res.end();
  let idle = setTimeout(end, idleMs);
  const subscription = connection.subscribe(`ticks.to.${id}`, {
    callback(_, message) {
      res.write(`data: ${message.string()}\n\n`);
      idle = idle.refresh();
      if ('end' in message.json<object>()) end();
    },
  });
  res.on('close', () => {
    clearTimeout(idle);
    subscription.unsubscribe();
    void ask(req, 'ticks.close', { id });
  });
  res.set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  const token = (req.headers.authorization ?? '').split(' ').at(-1);
  const { error } = await ask(req, 'ticks.open', { id, token });
  if (!error) res.flushHeaders();
  else if (!res.headersSent) res.status(error.status).type('json').end(JSON.stringify({ error }));
  else end();
});

const server = app.listen(Number(process.env.PORT ?? 8080), '127.0.0.1', () => {
  console.log(`gateway at http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
