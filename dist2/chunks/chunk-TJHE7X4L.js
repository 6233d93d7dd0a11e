import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  pLimit
} from "./chunk-4HYMMQZN.js";
import {
  withDeadline
} from "./chunk-HV5ORW3E.js";

// mail/mailer.ts
import { randomInt, randomUUID } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
var CAPACITY = 1e3;
var AT_ONCE = 4;
var RETRY_PAUSES_MS = [1e3, 5e3, 3e4, 12e4, 6e5];
var START_WITHIN_MS = 1e3;
var CLOSE_MS = 2e3;
var ABORT_MS = 500;
var CONNECT_MS = 1e4;
var SILENCE_MS = 2e4;
var ATTEMPT_MS = 6e4;
var ADDRESS = /^[^\s\p{Cc},;:<>()[\]"\\@]+@[^\s\p{Cc},;:<>()[\]"\\@]+$/u;
function openMailer(env, log, onDone) {
  const deliver = env.SMTP_URL ? smtpDelivery(env.SMTP_URL) : env.NODE_ENV === "production" ? null : outboxDelivery(join("data", "outbox"), env.NODE_ENV === "development" ? log : null);
  return createMailer({ deliver, from: env.MAIL_FROM, log, ...onDone && { onDone } });
}
function mailWarnings(env) {
  if (env.NODE_ENV !== "production") return [];
  if (!env.SMTP_URL) return ["SMTP_URL is not set, so no mail can be sent: no reset of forgotten passwords"];
  const warnings = [];
  if (/@localhost>?$/.test(env.MAIL_FROM))
    warnings.push("MAIL_FROM is not set: mails will be taken for spam");
  if (new URL(env.APP_URL).hostname === "localhost") {
    warnings.push("APP_URL is not set: the links in mails lead nowhere");
  }
  return warnings;
}
function createMailer(options) {
  const { deliver, from, log, onDone = () => {
  }, capacity = CAPACITY } = options;
  const { retryPausesMs = RETRY_PAUSES_MS, startWithinMs = START_WITHIN_MS } = options;
  const limit = pLimit(AT_ONCE);
  const ending = new AbortController();
  const pauses = /* @__PURE__ */ new Set();
  const running = /* @__PURE__ */ new Set();
  let closing = false;
  let lost = 0;
  function lose(job, err, message) {
    lost++;
    log.error({ kind: job.kind, request_id: job.requestId, ...smtpErrorFields(err) }, message);
    onDone("lost");
  }
  function pause(ms) {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        pauses.delete(end);
        resolve();
      };
      const timer = setTimeout(end, closing ? 0 : ms);
      pauses.add(end);
    });
  }
  async function run(job, send) {
    let message;
    await pause(startWithinMs > 0 ? randomInt(startWithinMs) : 0);
    for (let failures = 0; ; ) {
      try {
        await limit(async () => {
          ending.signal.throwIfAborted();
          message ??= await write(job, from);
          if (!message) return;
          await send(message, AbortSignal.any([ending.signal, AbortSignal.timeout(ATTEMPT_MS)]));
          onDone("sent");
        });
        return;
      } catch (err) {
        const next = closing ? void 0 : retryPausesMs[failures];
        if (next === void 0 || isPermanent(err)) return lose(job, err, "a mail could not be sent");
        if (++failures === 1) {
          const { kind, requestId } = job;
          log.warn({ kind, request_id: requestId, ...smtpErrorFields(err) }, "a mail will be tried again");
        }
        await pause(next);
      }
    }
  }
  return {
    enabled: deliver !== null,
    post(job) {
      if (!deliver) return;
      if (closing) return lose(job, null, "a mail came after the close");
      if (running.size >= capacity) return lose(job, null, "too many mails wait, so one was dropped");
      const work = run(job, deliver).finally(() => running.delete(work));
      running.add(work);
    },
    async close() {
      await turn();
      closing = true;
      for (const end of pauses) end();
      await withDeadline(Promise.allSettled(running), CLOSE_MS).catch(() => {
      });
      ending.abort();
      await withDeadline(Promise.allSettled(running), ABORT_MS).catch(() => {
      });
      if (lost > 0) log.error({ lost }, "mails were not sent");
    }
  };
}
var nodemailer = async () => (await import("./nodemailer-YCGAXPYR.js")).default;
async function write({ compose }, from) {
  const mail = await compose();
  if (!mail) return null;
  const { to, subject, text, html } = mail;
  if (!ADDRESS.test(to))
    throw Object.assign(new Error("not an address"), { permanent: true, code: "EADDRESS" });
  const { createTransport } = await nodemailer();
  const composer = createTransport({ streamTransport: true, buffer: true, newline: "windows" });
  const { message, envelope } = await composer.sendMail({
    from,
    // An object, because a text would be read as a list.
    to: { name: "", address: to },
    subject,
    text,
    html,
    headers: { "Auto-Submitted": "auto-generated" },
    // RFC 3834: no out-of-office answers
    disableFileAccess: true,
    disableUrlAccess: true
  });
  return { ...mail, raw: message, envelope };
}
function smtpDelivery(smtpUrl) {
  const options = smtpOptions(smtpUrl);
  return async ({ raw, envelope }, signal) => {
    const { createTransport } = await nodemailer();
    return createTransport(options).sendMail({ envelope, raw, signal });
  };
}
async function verifySmtp(smtpUrl) {
  const { createTransport } = await nodemailer();
  try {
    await createTransport(smtpOptions(smtpUrl)).verify();
  } catch (error) {
    const { reason, response_code } = smtpErrorFields(error);
    throw new Error(response_code ? `${reason}, reply ${response_code}` : reason);
  }
}
function smtpOptions(smtpUrl) {
  const { protocol, hostname, port, username, password } = new URL(smtpUrl);
  const host = hostname.replace(/^\[|\]$/g, "");
  const isLoopback = host === "localhost" || host === "::1" || host.startsWith("127.");
  return {
    host,
    ...port && { port: Number(port) },
    secure: protocol === "smtps:",
    ...username && { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } },
    requireTLS: username !== "" && !isLoopback,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    dnsTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS
  };
}
function outboxDelivery(directory, links) {
  return async ({ raw, link }) => {
    const time = (/* @__PURE__ */ new Date()).toISOString().replaceAll(":", "-");
    const file = join(directory, `${time}-${randomUUID()}.eml`);
    try {
      await mkdir(directory, { recursive: true, mode: 448 });
      await writeFile(file, raw, { mode: 384 });
    } catch (error) {
      const { code } = error;
      const next = code === "ENOSPC" ? "free space on its disk" : "let this user write to it, or set SMTP_URL";
      throw Object.assign(new Error(`${directory} cannot be written: ${next}`), { code });
    }
    links?.info({ file, link }, "a mail, as there is no SMTP_URL");
  };
}
function isPermanent(error) {
  return error?.permanent === true;
}
function smtpErrorFields(error) {
  if (!(error instanceof Error)) return {};
  const {
    code = error.name,
    responseCode,
    message
  } = error;
  if (responseCode !== void 0) return { reason: code, response_code: responseCode };
  return {
    reason: /^E(SOCKET|CONNECTION|TIMEDOUT|DNS|TLS|NOENT|ACCES|NOSPC|ROFS|NOTDIR|EXIST)$/.test(code) ? `${code}: ${message}` : code
  };
}

export {
  openMailer,
  mailWarnings,
  verifySmtp
};
//# sourceMappingURL=chunk-TJHE7X4L.js.map
