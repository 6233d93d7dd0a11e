import { execFile, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Env, parseEnv } from '../../config/env.ts';
import {
  createMailer,
  type Delivery,
  type Mail,
  mailWarnings,
  outboxDelivery,
  smtpDelivery,
} from '../../mail/mailer.ts';
import { createMails } from '../../mail/mails.ts';
import { createLogger } from '../../telemetry/logger.ts';
import { freePort, sharedBuild } from '../support/checkout.ts';
import { faultsOf } from '../support/harness.ts';
import { NEW_KEY } from '../support/newKey.ts';
import { parseMail, startSmtpServer } from '../support/smtpServer.ts';

const ada = { name: 'Ada', email: 'ada@example.com' };
const mails = createMails('https://app.example.com/account');
const SECRET = 'smtp-secret-7f3a';

function logger() {
  const lines: string[] = [];
  const log = createLogger(
    'info',
    new PassThrough().on('data', chunk => lines.push(String(chunk))),
  );
  return { log, lines, logged: () => lines.join('') };
}

/** A mailer that begins at once; `post` sends a mail, or what it is given to compose. */
function mailerOf(deliver: Delivery | string, options: Partial<Parameters<typeof createMailer>[0]> = {}) {
  const { log, lines, logged } = logger();
  const outcomes: string[] = [];
  const mailer = createMailer({
    deliver: typeof deliver === 'string' ? smtpDelivery(deliver) : deliver,
    from: 'Example <no-reply@example.com>',
    log,
    onDone: outcome => outcomes.push(outcome),
    retryPausesMs: [10, 20, 40, 80],
    startWithinMs: 0,
    ...options,
  });
  onTestFinished(() => mailer.close());
  const post = (mail: Mail | (() => Promise<Mail | null>) = mails.verifyEmail(ada, 'the-token')) =>
    mailer.post({
      kind: 'test',
      requestId: 'request',
      compose: typeof mail === 'function' ? mail : async () => mail,
    });
  return { mailer, post, lines, logged, outcomes };
}

async function smtp(...args: Parameters<typeof startSmtpServer>) {
  const server = await startSmtpServer(...args);
  onTestFinished(() => server.stop());
  return server;
}

describe('a mail', () => {
  it('arrives with its headers, as plain text and as HTML', async () => {
    const server = await smtp();
    const { post, outcomes } = mailerOf(server.url);
    post();
    await expect.poll(() => outcomes).toEqual(['sent']);
    const [mail] = server.mails;
    expect(mail).toMatchObject({ from: 'no-reply@example.com', to: ['ada@example.com'] });
    expect(mail?.headers).toMatchObject({
      from: 'Example <no-reply@example.com>',
      to: 'ada@example.com',
      subject: 'Verify your e-mail address',
      'auto-submitted': 'auto-generated',
      'mime-version': '1.0',
      date: expect.stringMatching(/^\w{3}, \d{2} \w{3} \d{4} /),
      'message-id': expect.stringMatching(/^<[^<>\s]+@example\.com>$/),
      'content-type': expect.stringContaining('multipart/alternative'),
    });
    const link = 'https://app.example.com/account/verify-email?token=the-token';
    expect(mail?.text).toContain(`Hello Ada,\n\nPlease confirm`);
    expect(mail?.text).toContain(`\n\n${link}\n\n`);
    expect(mail?.html).toContain(`<a href="${link}">${link}</a>`);
  });

  it.each([
    ['markup', '<img src=x onerror=alert(1)>&"\'', '&lt;img src=x onerror=alert(1)&gt;&amp;&quot;&#39;'],
    ['a second header', 'Ada\r\nBcc: eve@example.com\r\n\r\nHello', 'Ada Bcc: eve@example.com Hello'],
    [
      'a list of addresses',
      'Ada, eve@example.com; <eve@example.com>',
      'Ada, eve@example.com; &lt;eve@example.com&gt;',
    ],
    ['other scripts', 'Zoë 李 Ω', 'Zoë 李 Ω'],
    ['signs that turn the text round', 'Ada\u202eadA\u2028Eve\u0000', 'Ada adA Eve'],
  ])('greets by a name with %s, and it stays a name', async (_what, name, shown) => {
    const server = await smtp();
    const { post, outcomes } = mailerOf(server.url);
    post(mails.passwordChanged({ ...ada, name }, { at: 0, ip: '::1', userAgent: `<b>${name}</b>` }));
    await expect.poll(() => outcomes).toEqual(['sent']);
    const [mail] = server.mails;
    expect(mail?.to).toEqual(['ada@example.com']);
    expect(mail?.html).toContain(`<p>Hello ${shown},</p>`);
    expect(mail?.html).toContain(`1970-01-01 00:00 UTC, from ::1, with &lt;b&gt;`);
    expect(mail?.html).not.toMatch(/<(?!\/?(html|body|p|a)\b|!DOCTYPE)/);
    expect(Object.keys(mail?.headers ?? {}).sort()).toEqual(
      [
        'auto-submitted',
        'content-type',
        'date',
        'from',
        'message-id',
        'mime-version',
        'subject',
        'to',
      ].sort(),
    );
  });

  it.each([
    'ada@example.com, eve@example.com',
    'ada@example.com\r\nBcc: eve@example.com',
    '<ada@example.com> eve@example.com',
    'group: ada@example.com;',
    'ada',
    '"ada eve"@example.com',
  ])('goes nowhere when the address is %j', async to => {
    const server = await smtp();
    const { post, outcomes, logged } = mailerOf(server.url);
    post({ ...mails.verifyEmail(ada, 'x'), to });
    await expect.poll(() => outcomes).toEqual(['lost']);
    expect(server.connections()).toBe(0);
    expect(logged()).toContain('EADDRESS');
    expect(logged()).not.toContain('eve@');
  });
});

describe('SMTP', () => {
  it('logs in with the user and the password of the URL', async () => {
    const logins: unknown[] = [];
    const server = await smtp({
      authOptional: false,
      onAuth({ username, password }, _session, done) {
        logins.push([username, password]);
        done(null, password === `${SECRET}/@` ? { user: username } : {});
      },
    });
    const url = (password: string) => `smtp://mail%40er:${password}@127.0.0.1:${server.port}`;
    const good = mailerOf(url(`${SECRET}%2F%40`));
    good.post();
    await expect.poll(() => good.outcomes).toEqual(['sent']);
    expect(logins).toEqual([['mail@er', `${SECRET}/@`]]);

    const bad = mailerOf(url(`${SECRET}%2F%41`));
    bad.post();
    await expect.poll(() => bad.outcomes).toEqual(['lost']);
    expect(bad.logged()).toContain('"response_code":535');
    for (const { logged } of [good, bad]) expect(logged()).not.toContain(SECRET);
  });

  it('tries again after a 4xx, and it stays the same mail', async () => {
    const server = await smtp();
    server.refusals.push(451, 451);
    const { post, outcomes, logged } = mailerOf(server.url);
    let composed = 0;
    post(async () => {
      composed++;
      return mails.verifyEmail(ada, 'the-token');
    });
    await expect.poll(() => outcomes).toEqual(['sent']);
    expect(composed).toBe(1);
    expect(server.mails).toHaveLength(1);
    expect(logged()).toContain('a mail will be tried again');
    expect(logged()).toContain('"response_code":451');
    for (const secret of ['ada@', 'the-token', 'app.example.com']) expect(logged()).not.toContain(secret);
  });

  it('gives up after a 5xx, and tells neither address, token nor link', async () => {
    const server = await smtp();
    server.refusals.push(550);
    const { post, outcomes, logged } = mailerOf(server.url);
    post();
    await expect.poll(() => outcomes).toEqual(['lost']);
    expect(server.connections()).toBe(1);
    expect(logged()).toContain('"kind":"test","request_id":"request"');
    expect(logged()).toContain('"response_code":550');
    for (const secret of ['ada@', 'the-token', 'app.example.com']) expect(logged()).not.toContain(secret);
  });

  it('gives up when all retries have failed', async () => {
    const { post, outcomes, logged } = mailerOf(`smtp://127.0.0.1:${await freePort()}`);
    post();
    await expect.poll(() => outcomes).toEqual(['lost']);
    expect(logged()).toContain('ECONNREFUSED');
  });

  it('sends what waited when the server is back', async () => {
    const port = await freePort();
    const { post, outcomes } = mailerOf(`smtp://127.0.0.1:${port}`, { retryPausesMs: Array(1000).fill(20) });
    for (let i = 0; i < 20; i++) post(mails.verifyEmail(ada, `token-${i}`));
    const server = await smtp({}, port);
    await expect.poll(() => outcomes).toHaveLength(20);
    expect(new Set(server.mails.map(({ text }) => /token-\d+/.exec(text)?.[0])).size).toBe(20);
  });

  it('demands TLS before it sends a password to another machine', async () => {
    const server = await smtp({ onAuth: (_auth, _session, done) => done(null, { user: 'x' }) });
    // Resolves to this machine, but is not known to.
    const { post, outcomes, logged } = mailerOf(`smtp://user:${SECRET}@0.0.0.0:${server.port}`, {
      retryPausesMs: [],
    });
    post();
    await expect.poll(() => outcomes).toEqual(['lost']);
    expect(server.mails).toEqual([]);
    expect(logged()).not.toContain(SECRET);
  });

  const certificate = (() => {
    try {
      const folder = mkdtempSync(join(tmpdir(), 'smtp-'));
      const files = { key: join(folder, 'key.pem'), cert: join(folder, 'cert.pem') };
      execFileSync(
        'openssl',
        [
          ...['req', '-x509', ...NEW_KEY, '-days', '2'],
          ...['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'],
          ...['-keyout', files.key, '-out', files.cert],
        ],
        { stdio: 'pipe' },
      );
      const pem = { key: readFileSync(files.key), cert: readFileSync(files.cert) };
      return { ...pem, file: files.cert, remove: () => rmSync(folder, { recursive: true }) };
    } catch {
      return null;
    }
  })();

  it.skipIf(!certificate).each([
    ['from the start', { secure: true }],
    ['by STARTTLS', { secure: false, disabledCommands: [] }],
  ])('speaks TLS %s, and only with whom the certificate is trusted', async (_when, options) => {
    if (!certificate) return;
    const { key, cert, file } = certificate;
    const secured: boolean[] = [];
    const server = await smtp({
      ...options,
      key,
      cert,
      onMailFrom(_address, session, done) {
        secured.push(session.secure);
        done();
      },
    });
    const { post, outcomes, logged } = mailerOf(server.url, { retryPausesMs: [] });
    post();
    await expect.poll(() => outcomes).toEqual(['lost']);
    expect(logged()).toMatch(/self-signed certificate/);
    expect(secured).toEqual([]);

    // Node reads NODE_EXTRA_CA_CERTS when it starts.
    const program = `
      import { createMailer, smtpDelivery } from './dist/mail/mailer.js';
      import { createLogger } from './dist/telemetry/logger.js';
      const deliver = smtpDelivery(process.argv[1]);
      const mailer = createMailer({ deliver, from: 'a@example.com', log: createLogger('info'), startWithinMs: 0 });
      const compose = async () => ({ to: 'b@example.com', subject: 's', text: 't', html: '<p>t</p>' });
      mailer.post({ kind: 'test', requestId: 'r', compose });
      await mailer.close();`;
    await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program, server.url], {
      cwd: await sharedBuild(),
      env: { PATH: process.env.PATH, NODE_EXTRA_CA_CERTS: file },
    });
    expect(secured).toEqual([true]);
    expect(server.mails).toHaveLength(1);
  });
  if (certificate) process.once('exit', () => certificate.remove());
});

describe('the queue', () => {
  it('is asked again while composing fails, and sends nothing where there is nothing to send', async () => {
    const sent: string[] = [];
    const { post, outcomes } = mailerOf(async ({ subject }) => sent.push(subject));
    let asked = 0;
    post(async () => {
      if (++asked < 3) throw new Error('the database does not answer');
      return { ...mails.verifyEmail(ada, 'x'), subject: 'the third' };
    });
    await expect.poll(() => sent).toEqual(['the third']);
    post(async () => null);
    post({ ...mails.verifyEmail(ada, 'x'), subject: 'last' });
    await expect.poll(() => sent).toEqual(['the third', 'last']);
    expect(outcomes).toEqual(['sent', 'sent']);
  });

  it('takes no more than it has room for, counts the rest, and never throws', async () => {
    let release = () => {};
    const gate = new Promise<void>(resolve => {
      release = resolve;
    });
    const { post, outcomes, mailer, logged } = mailerOf(() => gate, { capacity: 10 });
    for (let i = 0; i < 15; i++) post();
    expect(outcomes).toEqual(Array(5).fill('lost'));
    release();
    await expect.poll(() => outcomes.filter(outcome => outcome === 'sent')).toHaveLength(10);
    await mailer.close();
    expect(logged()).toContain('"lost":5');
  });

  it('works on a few at once, so that a mail that hangs holds no other up', async () => {
    const order: string[] = [];
    let release = () => {};
    const gate = new Promise<void>(resolve => {
      release = resolve;
    });
    const { post } = mailerOf(async ({ subject }) => {
      if (subject === 'hangs') await gate;
      order.push(subject);
    });
    post({ ...mails.verifyEmail(ada, 'x'), subject: 'hangs' });
    post({ ...mails.verifyEmail(ada, 'x'), subject: 'goes' });
    await expect.poll(() => order).toEqual(['goes']);
    release();
  });

  it('sends at the close what waits for its time or for a retry', async () => {
    const server = await smtp();
    server.refusals.push(451);
    const { post, mailer, outcomes } = mailerOf(server.url, { retryPausesMs: [3_600_000], startWithinMs: 1 });
    post();
    await expect.poll(() => server.refusals).toEqual([]);
    await mailer.close();
    expect(outcomes).toEqual(['sent']);
    post();
    expect(outcomes).toEqual(['sent', 'lost']);

    const later = mailerOf(server.url, { startWithinMs: 100_000_000 });
    for (let i = 0; i < 5; i++) later.post();
    await later.mailer.close();
    expect(later.outcomes).toEqual(Array(5).fill('sent'));
  });

  it('is closed within a bound when the server does not even greet, or takes the mail and does not answer', async () => {
    const sockets: Socket[] = [];
    const silent = createServer(socket => {
      sockets.push(socket.on('error', () => {}));
    }).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    onTestFinished(() => {
      for (const socket of sockets) socket.destroy();
      silent.close();
    });
    const { port } = silent.address() as { port: number };
    const server = await smtp();
    server.hangs = true;
    const mailers = [mailerOf(`smtp://127.0.0.1:${port}`), mailerOf(server.url)];
    for (const { post } of mailers) for (let i = 0; i < 6; i++) post();
    await expect.poll(() => [sockets.length, server.connections()]).toEqual([4, 4]);
    const startedAt = performance.now();
    await Promise.all(mailers.map(({ mailer }) => mailer.close()));
    expect(performance.now() - startedAt).toBeLessThan(20_000);
    for (const { outcomes, logged } of mailers) {
      expect(outcomes).toEqual(Array(6).fill('lost'));
      expect(logged()).toContain('"lost":6');
    }
  });
});

describe('the outbox', () => {
  it('gets a file for each mail that only its owner can read, and its link is logged where that is wanted', async () => {
    const directory = join(mkdtempSync(join(tmpdir(), 'outbox-')), 'data', 'outbox');
    onTestFinished(() => rmSync(join(directory, '../..'), { recursive: true }));
    const { log, lines } = logger();
    const { post, outcomes } = mailerOf(outboxDelivery(directory, log));
    post();
    post(mails.passwordChanged(ada, { at: 0, ip: '::1', userAgent: 'agent' }));
    await expect.poll(() => outcomes).toEqual(['sent', 'sent']);
    const files = readdirSync(directory);
    expect(files).toHaveLength(2);
    for (const file of files) {
      expect(file).toMatch(/^[\w.-]+\.eml$/);
      if (process.platform !== 'win32') expect(statSync(join(directory, file)).mode & 0o777).toBe(0o600);
    }
    const texts = files.map(file => parseMail(readFileSync(join(directory, file), 'utf8')).text);
    expect(texts.join()).toContain('verify-email?token=the-token');
    expect(lines.join('')).toContain('https://app.example.com/account/verify-email?token=the-token');
  });

  it('shows a mail only when it is whole', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'outbox-'));
    onTestFinished(() => rmSync(directory, { recursive: true }));
    const { post, outcomes } = mailerOf(outboxDelivery(directory, null));
    const seen = new Set<string>();
    for (let i = 0; i < 100; i++) post();
    while (seen.size < 100 || outcomes.length < 100) {
      for (const file of await readdir(directory)) {
        if (!file.endsWith('.eml') || seen.has(file)) continue;
        seen.add(file);
        const { text, html } = parseMail(readFileSync(join(directory, file), 'utf8'));
        expect(text + html).toContain('</html>');
      }
    }
  });

  it('that cannot be written is named, with what to do', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'outbox-')), 'data');
    onTestFinished(() => rmSync(join(file, '..'), { recursive: true }));
    writeFileSync(file, '');
    const { log, lines } = logger();
    const { post, outcomes } = mailerOf(outboxDelivery(join(file, 'outbox'), log), { log });
    post();
    await expect.poll(() => outcomes).toEqual(['lost']);
    const reason = `ENOTDIR: ${file}/outbox cannot be written: let this user write to it, or set SMTP_URL`;
    expect(lines.join('')).toContain(reason);
  });
});

describe('the settings', () => {
  const strong = { JWT_SECRET: 'j'.repeat(32), SIGNATURE_KEY: 'k'.repeat(32) };
  const production = { ...strong, NODE_ENV: 'production', ALLOW_EMBEDDED: 'true' };
  const warningsOf = (values: Record<string, string>) => mailWarnings(parseEnv(values) as Env);

  it('without SMTP_URL in production are a fault where verification is demanded, and else a warning', () => {
    expect(faultsOf({ ...production, REQUIRE_EMAIL_VERIFICATION: 'true' })).toEqual([
      expect.stringContaining('REQUIRE_EMAIL_VERIFICATION=true needs SMTP_URL'),
    ]);
    expect(faultsOf({ ...strong, REQUIRE_EMAIL_VERIFICATION: 'true' })).toEqual([]);
    expect(warningsOf(production)).toEqual([expect.stringContaining('no mail can be sent')]);
    expect(warningsOf(strong)).toEqual([]);
  });

  it('with SMTP_URL in production are warned of where sender or links would be of no use', () => {
    const mailing = { ...production, SMTP_URL: 'smtp://mail' };
    expect(warningsOf(mailing)).toEqual([
      expect.stringContaining('MAIL_FROM is not set'),
      expect.stringContaining('APP_URL is not set'),
    ]);
    const whole = { ...mailing, MAIL_FROM: 'a@example.com', APP_URL: 'https://example.com/' };
    expect(warningsOf(whole)).toEqual([]);
    expect(parseEnv(whole).APP_URL).toBe('https://example.com');
  });

  it.each([
    ['SMTP_URL', 'http://mail'],
    ['SMTP_URL', 'mail:25'],
    ['SMTP_URL', 'smtp://user:100%@mail'],
    ['MAIL_FROM', 'nobody'],
    ['MAIL_FROM', 'a@example.com, b@example.com'],
    ['MAIL_FROM', 'A <a@example.com>\r\nBcc: b@example.com'],
    ['APP_URL', 'app.example.com'],
    ['APP_URL', 'javascript:alert(1)'],
    ['APP_URL', 'https://app.example.com/?page='],
  ])('refuse %s=%s', (name, value) => {
    expect(faultsOf({ ...strong, [name]: value })).toEqual([expect.stringMatching(`^${name} `)]);
  });
});
