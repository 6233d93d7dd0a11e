import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** What stands between an app and its store, and can do what networks do. */
export interface TcpProxy {
  port: number;
  /** Where new connections lead to from now on; those that exist stay where they are. */
  redirect(port: number): void;
  /** Each piece of data, both ways, arrives this much later. */
  delay(ms: number): void;
  /** Every connection falls silent for ever without being closed; new ones do so until `heal()`. */
  blackhole(): void;
  /** Keeps back, until `heal()`, what a client sends from the first piece with this text in it. */
  hold(text: string): void;
  /** Sends on what was held; new connections work again, those in a black hole are lost. */
  heal(): void;
  /** How many clients have a connection open now. */
  connections(): number;
  close(): Promise<void>;
}

/** Starts a proxy on a free port of 127.0.0.1 that leads to another one there. */
export async function startTcpProxy(target: number): Promise<TcpProxy> {
  const clients = new Set<Socket>();
  const lost = new WeakSet<Socket>();
  let delayMs = 0;
  let swallowing = false;
  let heldText: string | null = null;
  let held: (() => void)[] = [];

  const server = createServer(client => {
    const upstream = connect(target, '127.0.0.1');
    clients.add(client);
    if (swallowing) lost.add(client);
    let holding = false;
    let closed = false;

    function pass(from: Socket, to: Socket): void {
      from.on('data', chunk => {
        if (lost.has(client)) return;
        if (from === client && heldText !== null && chunk.includes(heldText)) holding = true;
        const send = () => !to.destroyed && to.write(chunk);
        if (from === client && holding) {
          held.push(() => {
            holding = false;
            send();
            if (closed) upstream.end();
          });
        } else if (delayMs > 0) setTimeout(() => !lost.has(client) && send(), delayMs);
        else send();
      });
      from.on('error', () => {});
    }
    pass(client, upstream);
    pass(upstream, client);
    client.on('close', () => {
      clients.delete(client);
      closed = true;
      if (!holding) upstream.destroy();
    });
    upstream.on('close', () => {
      if (!lost.has(client)) client.destroy();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    port: (server.address() as AddressInfo).port,
    redirect(port) {
      target = port;
    },
    delay(ms) {
      delayMs = ms;
    },
    blackhole() {
      swallowing = true;
      for (const client of clients) lost.add(client);
    },
    hold(text) {
      heldText = text;
    },
    heal() {
      swallowing = false;
      heldText = null;
      for (const send of held) send();
      held = [];
    },
    connections: () => clients.size,
    async close() {
      for (const client of clients) client.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
