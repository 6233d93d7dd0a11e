import { connect } from 'node:net';

export interface RawAnswer {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  /** Parsed where it is JSON. */
  body: unknown;
}

export interface Talk {
  /** Everything that came, in order; an interim answer (1xx) among them. */
  answers: RawAnswer[];
  /** How the connection ended: with a FIN, or the code of the error, if only behind the FIN. */
  ended: string;
}

/**
 * Sends bytes as they are and listens until the server closes its side.
 * @param parts sent one after another, with `pause` between
 * @param options.halfClose true ends our side behind the last part
 */
export function talk(
  port: number,
  parts: string | string[],
  { halfClose = false, pause = async () => {} }: { halfClose?: boolean; pause?: () => Promise<unknown> } = {},
): Promise<Talk> {
  return new Promise(resolve => {
    let received = '';
    let ended = '';
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }, async () => {
      for (const [i, part] of [parts].flat().entries()) {
        if (i > 0) await pause();
        socket.write(part, 'latin1');
      }
      if (halfClose) socket.end();
    });
    socket
      .setEncoding('latin1')
      .on('data', chunk => {
        received += chunk;
      })
      .on('end', () => {
        ended ||= 'FIN';
        socket.end();
      })
      .on('error', error => {
        ended = (error as NodeJS.ErrnoException).code ?? error.message;
      })
      .on('close', () => resolve({ answers: parseAnswers(received), ended }));
  });
}

/** @throws {Error} where an answer breaks off or something else stands between two */
function parseAnswers(received: string): RawAnswer[] {
  const answers: RawAnswer[] = [];
  for (let rest = received; rest !== ''; ) {
    const end = rest.indexOf('\r\n\r\n');
    const [statusLine = '', ...lines] = rest.slice(0, end).split('\r\n');
    const [, status] = /^HTTP\/1\.1 (\d{3}) /.exec(statusLine) ?? [];
    if (end < 0 || !status) throw new Error(`not an answer: ${rest}`);
    const headers = Object.fromEntries(
      lines.map(line => {
        const [, name = '', value = ''] = /^([^:]+): (.*)$/.exec(line) ?? [];
        return [name.toLowerCase(), value];
      }),
    );
    const length = Number(headers['content-length'] ?? 0);
    const body = rest.slice(end + 4, end + 4 + length);
    if (body.length < length) throw new Error(`the answer breaks off: ${rest}`);
    answers.push({ status: Number(status), headers, body: body && JSON.parse(body) });
    rest = rest.slice(end + 4 + length);
  }
  return answers;
}
