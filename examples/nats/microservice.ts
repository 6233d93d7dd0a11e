// A service behind the gateway. It trusts only messages with a context of the gateway, and ends live subscriptions with
// their sessions. In a project of your own import from 'express-auth-api/client/nats'.
import { type Msg, MsgHdrsImpl } from '@nats-io/transport-node';
import { natsVerifier, watchSessions } from '../../client/nats.ts';
import { CONTEXT_HEADER, ContextError, readContext, type UserContext } from './context.ts';
import { connectAs, setting } from './settings.ts';

interface Stream {
  sessionId: string;
  token: string;
  close(reason: string): void;
}

const RECHECK_MS = 1000;
const RECHECK_LIMIT_MS = 30_000;

const secret = setting('CONTEXT_SECRET');
const tickMs = Number(process.env.TICK_MS ?? 1000);
const connection = await connectAs('service', setting('SERVICE_PASSWORD'));
const verify = natsVerifier({ connection });
const streams = new Map<string, Stream>();

/** Answers requests that have a context of the gateway, and refuses all others. */
function handle(subject: string, act: (context: UserContext, payload: string) => unknown): void {
  const respond = async (message: Msg) => {
    try {
      const payload = message.string();
      const context = (message.headers ?? new MsgHdrsImpl()).get(CONTEXT_HEADER);
      const result = await act(readContext(secret, context, message.subject, payload), payload);
      message.respond(JSON.stringify(result));
    } catch (error) {
      const refused = error instanceof ContextError;
      if (!refused) console.error(error);
      const { code, status } = refused ? error : { code: 'internal_error', status: 500 };
      message.respond(JSON.stringify({ error: { code, status } }));
    }
  };
  connection.subscribe(subject, { queue: 'orders', callback: (_, message) => void respond(message) });
}

handle('orders.list', ({ userId }) => ({ user: userId, orders: [{ id: 1 }] }));

/** Publishes ticks on a subject of its own until the session ends. */
handle('ticks.open', async ({ sessionId }, payload) => {
  const { id, token } = JSON.parse(payload);
  if (!/^[\da-f-]{36}$/.test(id) || streams.has(id)) throw new ContextError('token_invalid');
  let n = 0;
  const publish = (message: object) => connection.publish(`ticks.to.${id}`, JSON.stringify(message));
  const timer = setInterval(() => publish({ tick: ++n }), tickMs);
  const stream: Stream = {
    sessionId,
    token,
    close(reason) {
      if (!streams.delete(id)) return;
      clearInterval(timer);
      clearTimeout(expiry);
      publish({ end: reason });
      console.log(`stream closed: ${reason}`);
    },
  };
  let expiry: NodeJS.Timeout | undefined;
  streams.set(id, stream);
  // Asked after the stream is listed: so no end of the session falls between the two.
  const caller = await verify(token).catch(error => {
    stream.close('unchecked');
    throw error;
  });
  if (caller?.sessionId !== sessionId) {
    stream.close('inactive');
    throw new ContextError('token_invalid');
  }
  expiry = setTimeout(() => stream.close('expired'), Math.min(caller.exp * 1000 - Date.now(), 2 ** 31 - 1));
  return { id };
});

handle('ticks.close', ({ sessionId }, payload) => {
  const stream = streams.get(JSON.parse(payload).id);
  if (stream?.sessionId === sessionId) stream.close('closed');
  return {};
});

/** After a gap: asks again. When nobody can tell for too long, the stream ends. */
async function recheck(stream: Stream): Promise<void> {
  const limit = Date.now() + RECHECK_LIMIT_MS;
  for (;;) {
    try {
      if (!(await verify(stream.token))) stream.close('inactive');
      return;
    } catch {
      if (Date.now() > limit) {
        stream.close('unchecked');
        return;
      }
      await new Promise(resolve => setTimeout(resolve, RECHECK_MS));
    }
  }
}

watchSessions(connection, {
  onEnded({ sessionId, reason }) {
    for (const stream of [...streams.values()]) if (stream.sessionId === sessionId) stream.close(reason);
  },
  onGap(reason) {
    console.log(`gap: ${reason}`);
    for (const stream of streams.values()) void recheck(stream);
  },
});
await connection.flush();
console.log('service ready');
