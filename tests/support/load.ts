import { randomBytes } from 'node:crypto';
import { Agent, type IncomingMessage, type RequestOptions, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { signatureHeaders, signatureKey } from '../../signing/mac.ts';

export interface Answer {
  status: number;
  /** What the answer says of its connection. */
  connection: string;
  body: Record<string, unknown>;
  /** When the request was begun, as `performance.now()`. */
  startedAt: number;
}

export interface LoadReport {
  answers: Answer[];
  /** Requests that failed or were answered by something but 2xx. */
  lost: string[];
  /** When readiness was first seen as 503, as `performance.now()`. */
  turnedAwayAt: number | null;
  /** The readiness answer that said so. */
  readiness: Record<string, unknown> | null;
}

export interface Load {
  /** Resolves when every client has been answered once. */
  warm: Promise<void>;
  /** Resolves when no client sends any more, because the balancer sends them elsewhere. */
  over: Promise<LoadReport>;
}

/** One request; a body is sent in pieces with a pause between. */
function send(options: RequestOptions, pieces: string[] = []): Promise<Answer> {
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    const asked = request(options, async (response: IncomingMessage) => {
      try {
        const chunks: Buffer[] = [];
        for await (const chunk of response) chunks.push(chunk);
        const body = JSON.parse(Buffer.concat(chunks).toString() || 'null');
        resolve({
          status: response.statusCode ?? 0,
          connection: response.headers.connection ?? '',
          body,
          startedAt,
        });
      } catch (error) {
        reject(error);
      }
    });
    asked.on('error', reject);
    void (async () => {
      for (const piece of pieces) {
        asked.write(piece);
        await sleep(40);
      }
      asked.end();
    })();
  });
}

/**
 * Clients behind a balancer: on kept connections and on new ones, with quick requests, logins and bodies sent slowly.
 * They send until readiness says 503.
 */
export function startLoad(port: number, key: string): Load {
  const to = { host: '127.0.0.1', port };
  const report: LoadReport = { answers: [], lost: [], turnedAwayAt: null, readiness: null };
  let timestamps = 0;

  function signed(
    path: string,
    value: object,
    headers: Record<string, string>,
  ): RequestOptions & { body: string } {
    const body = JSON.stringify(value);
    const parts = { method: 'POST', path, body, timestamp: Date.now() + (timestamps++ % 1000) };
    return {
      ...to,
      method: 'POST',
      path,
      headers: {
        ...headers,
        'Content-Type': 'application/json',
        'Content-Length': Buffer.byteLength(body),
        ...signatureHeaders(signatureKey(key), parts),
      },
      body,
    };
  }

  async function balancer(): Promise<void> {
    for (;;) {
      // On a connection of its own each time: the port must still accept.
      const { status, body } = await send({ ...to, path: '/health/ready', agent: false });
      if (status === 503) {
        report.turnedAwayAt = performance.now();
        report.readiness = body;
        return;
      }
      await sleep(20);
    }
  }

  async function client(
    ask: (agent: Agent | false) => Promise<Answer>,
    keepsAlive: boolean,
    onFirst: () => void,
  ) {
    const agent = keepsAlive && new Agent({ keepAlive: true, maxSockets: 1 });
    while (report.turnedAwayAt === null) {
      try {
        const answer = await ask(agent);
        report.answers.push(answer);
        if (answer.status >= 300) report.lost.push(`${answer.status} ${JSON.stringify(answer.body)}`);
      } catch (error) {
        report.lost.push(String((error as NodeJS.ErrnoException).code ?? error));
      }
      onFirst();
    }
    if (agent) agent.destroy();
  }

  const user = {
    name: 'Ada',
    email: `${randomBytes(6).toString('hex')}@example.com`,
    password: 'correct horse',
  };
  const { name: _, ...credentials } = user;
  const post = (path: string, value: object, pieces: number) => (agent: Agent | false) => {
    const { body, ...options } = signed(path, value, {});
    const size = Math.ceil(body.length / pieces);
    const parts = Array.from({ length: pieces }, (_piece, i) => body.slice(i * size, (i + 1) * size));
    return send({ ...options, agent }, parts);
  };
  const kinds = [
    (agent: Agent | false) => send({ ...to, path: '/health/live', agent }),
    post('/auth/login', credentials, 1),
    post('/auth/login', credentials, 5),
  ];

  const started = post('/auth/register', user, 1)(false);
  const clients = kinds.flatMap(ask =>
    [true, true, false].map(keepsAlive => {
      let onFirst = () => {};
      const warm = new Promise<void>(resolve => {
        onFirst = resolve;
      });
      return { warm, over: started.then(() => client(ask, keepsAlive, onFirst)) };
    }),
  );
  const watched = started.then(balancer);
  return {
    warm: Promise.all(clients.map(({ warm }) => warm)).then(() => {}),
    over: Promise.all([watched, ...clients.map(({ over }) => over)]).then(() => report),
  };
}
