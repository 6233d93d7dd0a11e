import { connect, type Socket } from 'node:net';

/**
 * A request in parts, sent as it is. All text is Latin-1: a character is a byte. In a header `{now}` stands for the time of
 * sending in Unix milliseconds, and `{now_s}` for the same in seconds.
 */
export interface RawRequest {
  method: string;
  target: string;
  /** Without Content-Length and Transfer-Encoding. */
  fields: [name: string, value: string][];
  body: string;
  /** Size of the chunks in bytes; left out: the body is sent with Content-Length. */
  chunkSize?: number;
}

/** Longer than any response takes. */
const SILENCE_MS = 5000;

/** @param now Unix time in milliseconds */
function toBytes({ method, target, fields, body, chunkSize }: RawRequest, now: number): Buffer {
  const lines = fields.map(([name, value]) =>
    `${name}: ${value}`.replace('{now}', `${now}`).replace('{now_s}', `${Math.floor(now / 1000)}`),
  );
  const framing = chunkSize ? ['Transfer-Encoding: chunked'] : body ? [`Content-Length: ${body.length}`] : [];
  const head = [`${method} ${target} HTTP/1.1`, ...lines, ...framing, '', ''].join('\r\n');
  return Buffer.from(head + (chunkSize ? inChunks(body, chunkSize) : body), 'latin1');
}

function inChunks(body: string, size: number): string {
  let text = '';
  for (let i = 0; i < body.length; i += size) {
    const chunk = body.slice(i, i + size);
    text += `${chunk.length.toString(16)}\r\n${chunk}\r\n`;
  }
  return `${text}0\r\n\r\n`;
}

/** Sends requests one after another, over one connection for as long as the server keeps it. */
export function createSender(origin: string) {
  const { hostname, port } = new URL(origin);
  let current: Socket | undefined;

  function open(): Socket {
    const socket = connect(Number(port), hostname).setEncoding('latin1');
    socket.setTimeout(SILENCE_MS, () => socket.destroy());
    return socket.on('error', () => {}); // followed by close
  }

  return {
    /** @returns the status of the response; 0 where the connection ended without one */
    send(request: RawRequest): Promise<number> {
      const socket = current?.writable ? current : open();
      current = socket;
      return new Promise(resolve => {
        let received = '';
        const settle = () => {
          socket.off('data', take).off('close', settle).off('end', close);
          resolve(Number(/^HTTP\/1\.1 (\d{3})/.exec(received)?.[1] ?? 0));
        };
        const close = () => socket.destroy();
        const take = (text: string) => {
          received += text;
          const end = received.indexOf('\r\n\r\n') + 4;
          if (end < 4) return;
          const head = received.slice(0, end);
          const [, length = 0] = /^content-length: (\d+)/im.exec(head) ?? [];
          if (request.method !== 'HEAD' && received.length < end + Number(length)) return;
          if (/^connection: close/im.test(head)) socket.destroy();
          settle();
        };
        socket.on('data', take).on('close', settle).on('end', close);
        socket.write(toBytes(request, Date.now()));
      });
    },

    close(): void {
      current?.destroy();
    },
  };
}
