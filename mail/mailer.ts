import { randomInt, randomUUID } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import type { SendMailOptions } from 'nodemailer';
import pLimit from 'p-limit';
import type { Env } from '../config/env.ts';
import { withDeadline } from '../deadline.ts';
import type { Logger } from '../telemetry/logger.ts';

const CAPACITY = 1000;
const AT_ONCE = 4;
const RETRY_PAUSES_MS = [1000, 5000, 30_000, 120_000, 600_000];
const START_WITHIN_MS = 1000;
const CLOSE_MS = 2000;
const ABORT_MS = 500;

const CONNECT_MS = 10_000;
const SILENCE_MS = 20_000;
const ATTEMPT_MS = 60_000;

/** Exactly one address: no list and no second header. */
const ADDRESS = /^[^\s\p{Cc},;:<>()[\]"\\@]+@[^\s\p{Cc},;:<>()[\]"\\@]+$/u;

/** A mail before it becomes MIME. */
export interface Mail {
  to: string;
  subject: string;
  text: string;
  html: string;
  /** The link in the mail. */
  link?: string;
}

/** A mail that is composed when its turn comes. */
export interface MailJob {
  /** For the log. */
  kind: string;
  requestId: string;
  /** Called again when it fails. Null when there is nothing to send. */
  compose: () => Promise<Mail | null>;
}

/** A mail as it is sent. */
export interface MailMessage extends Mail {
  /** Headers and body (RFC 5322). */
  raw: Buffer;
  envelope: SendMailOptions['envelope'];
}

/** Delivers a message. */
export type Delivery = (message: MailMessage, signal: AbortSignal) => Promise<unknown>;

export interface Mailer {
  /** False where mails cannot be sent. */
  readonly enabled: boolean;
  /** Returns at once, never fails. */
  post(job: MailJob): void;
  /** Sends the queue, for two seconds at most. What is left is lost, and the log says how much. */
  close(): Promise<void>;
}

export interface MailerOptions {
  /** Null where mails cannot be sent. */
  deliver: Delivery | null;
  from: string;
  log: Logger;
  /** Called with the outcome of each job; nobody gets a `lost` one. */
  onDone?: (outcome: 'sent' | 'lost') => void;
  /** The pauses before each further attempt. */
  retryPausesMs?: number[];
  /** A job begins at a random moment within this time, so that the time of a later response reveals nothing. */
  startWithinMs?: number;
  capacity?: number;
}

/** The mailer for these settings: SMTP, or files outside production. */
export function openMailer(env: Env, log: Logger, onDone?: MailerOptions['onDone']): Mailer {
  const deliver = env.SMTP_URL
    ? smtpDelivery(env.SMTP_URL)
    : env.NODE_ENV === 'production'
      ? null
      : outboxDelivery(join('data', 'outbox'), env.NODE_ENV === 'development' ? log : null);
  return createMailer({ deliver, from: env.MAIL_FROM, log, ...(onDone && { onDone }) });
}

/** Warnings about the mail settings, a line each. */
export function mailWarnings(env: Pick<Env, 'NODE_ENV' | 'SMTP_URL' | 'MAIL_FROM' | 'APP_URL'>): string[] {
  if (env.NODE_ENV !== 'production') return [];
  if (!env.SMTP_URL) return ['SMTP_URL is not set, so no mail can be sent: no reset of forgotten passwords'];
  const warnings = [];
  if (/@localhost>?$/.test(env.MAIL_FROM))
    warnings.push('MAIL_FROM is not set: mails will be taken for spam');
  if (new URL(env.APP_URL).hostname === 'localhost') {
    warnings.push('APP_URL is not set: the links in mails lead nowhere');
  }
  return warnings;
}

/** A bounded queue that runs after the responses and tries again with growing pauses. */
export function createMailer(options: MailerOptions): Mailer {
  const { deliver, from, log, onDone = () => {}, capacity = CAPACITY } = options;
  const { retryPausesMs = RETRY_PAUSES_MS, startWithinMs = START_WITHIN_MS } = options;
  const limit = pLimit(AT_ONCE);
  const ending = new AbortController();
  const pauses = new Set<() => void>();
  const running = new Set<Promise<void>>();
  let closing = false;
  let lost = 0;

  function lose(job: MailJob, err: unknown, message: string): void {
    lost++;
    log.error({ kind: job.kind, request_id: job.requestId, ...smtpErrorFields(err) }, message);
    onDone('lost');
  }

  /** Ends early when the mailer closes. */
  function pause(ms: number): Promise<void> {
    return new Promise(resolve => {
      const end = () => {
        clearTimeout(timer);
        pauses.delete(end);
        resolve();
      };
      const timer = setTimeout(end, closing ? 0 : ms);
      pauses.add(end);
    });
  }

  async function run(job: MailJob, send: Delivery): Promise<void> {
    let message: MailMessage | null | undefined;
    await pause(startWithinMs > 0 ? randomInt(startWithinMs) : 0);
    for (let failures = 0; ; ) {
      try {
        await limit(async () => {
          ending.signal.throwIfAborted();
          message ??= await write(job, from); // once, so that a second attempt sends the same mail
          if (!message) return;
          await send(message, AbortSignal.any([ending.signal, AbortSignal.timeout(ATTEMPT_MS)]));
          onDone('sent');
        });
        return;
      } catch (err) {
        const next = closing ? undefined : retryPausesMs[failures];
        if (next === undefined || isPermanent(err)) return lose(job, err, 'a mail could not be sent');
        if (++failures === 1) {
          const { kind, requestId } = job;
          log.warn({ kind, request_id: requestId, ...smtpErrorFields(err) }, 'a mail will be tried again');
        }
        await pause(next);
      }
    }
  }

  return {
    enabled: deliver !== null,

    post(job) {
      if (!deliver) return;
      if (closing) return lose(job, null, 'a mail came after the close');
      if (running.size >= capacity) return lose(job, null, 'too many mails wait, so one was dropped');
      const work = run(job, deliver).finally(() => running.delete(work));
      running.add(work);
    },

    async close() {
      await turn(); // for events that were emitted but not yet delivered
      closing = true;
      for (const end of pauses) end();
      await withDeadline(Promise.allSettled(running), CLOSE_MS).catch(() => {});
      ending.abort();
      await withDeadline(Promise.allSettled(running), ABORT_MS).catch(() => {});
      if (lost > 0) log.error({ lost }, 'mails were not sent');
    },
  };
}

/** Loaded with the first mail: it takes megabytes. */
const nodemailer = async () => (await import('nodemailer')).default;

async function write({ compose }: MailJob, from: string): Promise<MailMessage | null> {
  const mail = await compose();
  if (!mail) return null;
  const { to, subject, text, html } = mail;
  if (!ADDRESS.test(to))
    throw Object.assign(new Error('not an address'), { permanent: true, code: 'EADDRESS' });
  const { createTransport } = await nodemailer();
  const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  const { message, envelope } = await composer.sendMail({
    from,
    // An object, because a text would be read as a list.
    to: { name: '', address: to },
    subject,
    text,
    html,
    headers: { 'Auto-Submitted': 'auto-generated' }, // RFC 3834: no out-of-office answers
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return { ...mail, raw: message as Buffer, envelope };
}

/**
 * SMTP submission with certificate checks. With `smtp:` STARTTLS is used where it is offered. A password is only sent
 * over TLS, except to this machine.
 */
export function smtpDelivery(smtpUrl: string): Delivery {
  const options = smtpOptions(smtpUrl);
  return async ({ raw, envelope }, signal) => {
    const { createTransport } = await nodemailer();
    return createTransport(options).sendMail({ envelope, raw, signal });
  };
}

/**
 * Connects to the SMTP server as for a mail, logs in where the URL has a user, and sends nothing.
 * @throws {Error} with one line without the address and the password
 */
export async function verifySmtp(smtpUrl: string): Promise<void> {
  const { createTransport } = await nodemailer();
  try {
    await createTransport(smtpOptions(smtpUrl)).verify();
  } catch (error) {
    const { reason, response_code } = smtpErrorFields(error);
    throw new Error(response_code ? `${reason}, reply ${response_code}` : reason);
  }
}

function smtpOptions(smtpUrl: string) {
  const { protocol, hostname, port, username, password } = new URL(smtpUrl);
  const host = hostname.replace(/^\[|\]$/g, '');
  const isLoopback = host === 'localhost' || host === '::1' || host.startsWith('127.');
  return {
    host,
    ...(port && { port: Number(port) }),
    secure: protocol === 'smtps:',
    ...(username && { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    requireTLS: username !== '' && !isLoopback,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    dnsTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
  };
}

/**
 * Writes mails to files.
 * @param links where the mails' links are logged, for developers alone; null: nowhere
 */
export function outboxDelivery(directory: string, links: Logger | null): Delivery {
  return async ({ raw, link }) => {
    const time = new Date().toISOString().replaceAll(':', '-');
    const file = join(directory, `${time}-${randomUUID()}.eml`);
    try {
      await mkdir(directory, { recursive: true, mode: 0o700 });
      await writeFile(`${file}.part`, raw, { mode: 0o600 });
      // Who waits for a mail sees it whole.
      await rename(`${file}.part`, file);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      const next =
        code === 'ENOSPC' ? 'free space on its disk' : 'let this user write to it, or set SMTP_URL';
      throw Object.assign(new Error(`${directory} cannot be written: ${next}`), { code });
    }
    links?.info({ file, link }, 'a mail, as there is no SMTP_URL');
  };
}

/** A reply that another attempt would get as well. */
function isPermanent(error: unknown): boolean {
  return (error as { permanent?: unknown } | null)?.permanent === true;
}

/** A reply of an SMTP server may contain the address, so only its code is logged. */
function smtpErrorFields(error: unknown): { reason?: string; response_code?: number } {
  if (!(error instanceof Error)) return {};
  const {
    code = error.name,
    responseCode,
    message,
  } = error as Error & { code?: string; responseCode?: number };
  if (responseCode !== undefined) return { reason: code, response_code: responseCode };
  return {
    reason: /^E(SOCKET|CONNECTION|TIMEDOUT|DNS|TLS|NOENT|ACCES|NOSPC|ROFS|NOTDIR|EXIST)$/.test(code)
      ? `${code}: ${message}`
      : code,
  };
}
