import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** A mail as it arrived. */
export interface ReceivedMail {
  from: string;
  to: string[];
  raw: string;
  /** By lower-cased name, unfolded, still encoded. */
  headers: Record<string, string>;
  text: string;
  html: string;
}

export interface TestSmtpServer {
  port: number;
  url: string;
  mails: ReceivedMail[];
  /** Reply codes for the next mails, in place of taking them. */
  refusals: number[];
  /** Taken and not answered while it is true. */
  hangs: boolean;
  connections: () => number;
  stop(): Promise<void>;
}

/** A real SMTP server on the loopback address. */
export async function startSmtpServer(options: SMTPServerOptions = {}, port = 0): Promise<TestSmtpServer> {
  let connections = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    closeTimeout: 100,
    ...options,
    onConnect(_session, done) {
      connections++;
      done();
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', chunk => chunks.push(chunk));
      stream.on('end', () => {
        if (self.hangs) return;
        const responseCode = self.refusals.shift();
        const { mailFrom, rcptTo } = session.envelope;
        const to = rcptTo.map(({ address }) => address);
        if (responseCode) {
          done(Object.assign(new Error(`not for <${to}>`), { responseCode }));
          return;
        }
        const raw = Buffer.concat(chunks).toString();
        self.mails.push({ from: mailFrom ? mailFrom.address : '', to, raw, ...parseMail(raw) });
        done();
      });
    },
  });
  server.on('error', () => {}); // clients that go away
  server.listen(port, '127.0.0.1');
  await once(server.server, 'listening');
  const address = server.server.address() as AddressInfo;
  const self: TestSmtpServer = {
    port: address.port,
    url: `${options.secure ? 'smtps' : 'smtp'}://127.0.0.1:${address.port}`,
    mails: [],
    refusals: [],
    hangs: false,
    connections: () => connections,
    stop: () => new Promise(resolve => server.close(() => resolve())),
  };
  return self;
}

/** Headers and both parts of a mail in multipart/alternative. */
export function parseMail(raw: string): Pick<ReceivedMail, 'headers' | 'text' | 'html'> {
  const { headers, body } = split(raw);
  const [, boundary = ''] = /boundary="?([^";]+)"?/.exec(headers['content-type'] ?? '') ?? [];
  const parts = body
    .split(`--${boundary}`)
    .slice(1, -1)
    .map(part => split(part.replace(/^\r\n/, '')));
  const part = (type: string) => {
    const found = parts.find(({ headers }) => headers['content-type']?.startsWith(type));
    return found ? decode(found.body, found.headers['content-transfer-encoding'] ?? '7bit') : '';
  };
  return { headers, text: part('text/plain'), html: part('text/html') };
}

function split(text: string): { headers: Record<string, string>; body: string } {
  const end = text.indexOf('\r\n\r\n');
  const lines = text
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  const headers = lines.map(line => {
    const [, name = '', value = ''] = /^([^:]+): *(.*)$/.exec(line) ?? [];
    return [name.toLowerCase(), value];
  });
  return { headers: Object.fromEntries(headers), body: text.slice(end + 4) };
}

function decode(body: string, encoding: string): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString();
  const bytes =
    encoding === 'quoted-printable'
      ? Buffer.from(
          body
            .replace(/=\r\n/g, '')
            .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
          'latin1',
        )
      : Buffer.from(body);
  return bytes.toString().replaceAll('\r\n', '\n').trim();
}

/** The token of the link in a mail to a page. */
export function tokenIn({ text }: { text: string }, page: 'verify-email' | 'reset-password'): string {
  const [, token] = new RegExp(`/${page}\\?token=([\\w-]+)`).exec(text) ?? [];
  if (!token) throw new Error(`there is no link to ${page} in:\n${text}`);
  return token;
}
