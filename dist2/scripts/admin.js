import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  auditCsv,
  auditQuery
} from "../chunks/chunk-UPUTPQQP.js";
import {
  createAuditModel
} from "../chunks/chunk-6D3GDYAO.js";
import {
  ROLE_NAME,
  createModels
} from "../chunks/chunk-D2RWL7RO.js";
import {
  openMailer
} from "../chunks/chunk-TJHE7X4L.js";
import {
  createLogger,
  createMetrics
} from "../chunks/chunk-4HYMMQZN.js";
import {
  errorText,
  openStores,
  parseEnv,
  readEnvironment
} from "../chunks/chunk-AILLIRO2.js";
import {
  ApiError,
  StoreError
} from "../chunks/chunk-HV5ORW3E.js";
import "../chunks/chunk-EU2VRU6C.js";

// scripts/admin.ts
import { parseArgs } from "node:util";

// scripts/admin/commands.ts
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
var USAGE = `npm run admin -- grant|revoke ADDRESS|ID ROLE
npm run admin -- list
npm run admin -- users [BEGINNING]
npm run admin -- show|lock|unlock ADDRESS|ID
npm run admin -- sessions ADDRESS|ID [--end SESSION|--end-all]
npm run admin -- audit [--user ADDRESS|ID] [--event NAME] [--ip ADDRESS] [--from TIME] [--to TIME] [--csv]`;
var MAX_LINES = 100;
var IN_PROCESS = "Sessions are in the server process";
var operator = { ip: "", userAgent: "", requestId: "operator", by: null };
var optionsOf = {
  sessions: { end: { type: "string" }, "end-all": { type: "boolean" } },
  audit: {
    user: { type: "string" },
    event: { type: "string" },
    ip: { type: "string" },
    from: { type: "string" },
    to: { type: "string" },
    csv: { type: "boolean" }
  }
};
var commands = {
  async grant(context, [who, name]) {
    const role = roleOf(name);
    const { user } = await targetOf(context, who);
    const roles = await context.roles.set(user.id, (held) => [...held, role], operator);
    return withRestart(context, `${user.email} has the roles ${roles.join(", ")}.`);
  },
  async revoke(context, [who, name]) {
    const role = roleOf(name);
    const { user } = await targetOf(context, who);
    const without = (held) => held.filter((each) => each !== role);
    const roles = await context.roles.set(user.id, without, operator);
    const left = roles.length > 0 ? `the roles ${roles.join(", ")}` : "no role";
    return withRestart(context, `${user.email} has ${left}.`);
  },
  async list({ roles, users }) {
    const granted = await roles.list();
    const lines = granted.map(async ({ userId, role, grantedAt, grantedBy }) => {
      const { user } = await users.findById(userId) ?? {};
      const by = grantedBy === null ? "the operator" : `user ${grantedBy}`;
      return `${role}  ${user?.email ?? "a closed account"} (user ${userId}), granted ${grantedAt} by ${by}`;
    });
    return (await Promise.all(lines)).join("\n") || "Nobody has a role.";
  },
  async users({ admin }, [search]) {
    const { found, hasMore } = await collect(async (cursor) => {
      const { users, next } = await admin.users(
        { search: search || void 0, limit: MAX_LINES, cursor },
        operator
      );
      return { found: users, next };
    });
    const lines = found.map(
      ({ user, ...state }) => [user.id, user.email, user.name ?? "\u2013", ...words(state)].join("  ")
    );
    if (hasMore) lines.push("There are more users: give more of the beginning.");
    return lines.join("\n") || "No user begins like this.";
  },
  async show(context, [who]) {
    const { user } = await targetOf(context, who);
    const { user: shown, ...state } = await context.admin.user(user.id, operator);
    return [
      `user ${shown.id}: ${shown.email}, ${shown.name ?? "without a name"}`,
      `registered ${shown.created_at ?? "at an unknown time"}, changed ${shown.updated_at ?? "at an unknown time"}`,
      words(state).join(", "),
      await sessionsText(context, user.id).catch((error) => {
        if (!(error instanceof StoreError)) throw error;
        return "Sessions: not known, because Redis does not answer.";
      })
    ].join("\n");
  },
  async lock(context, [who]) {
    const { user } = await targetOf(context, who);
    await context.admin.disable(user.id, operator);
    return withRestart(context, `${user.email} is locked.`);
  },
  async unlock(context, [who]) {
    const { user } = await targetOf(context, who);
    await context.admin.enable(user.id, operator);
    return `${user.email} is not locked.`;
  },
  async sessions(context, [who], { end, "end-all": all }) {
    if (end !== void 0 && all) throw new Error("give --end or --end-all, not both");
    const { user } = await targetOf(context, who);
    if (!context.hasSessions) throw new Error("sessions are in the server process: restart it to end them");
    if (all) return `${await context.admin.endSessions(user.id, operator)} sessions of ${user.email} ended.`;
    if (typeof end !== "string") return sessionsText(context, user.id);
    await context.admin.endSession(user.id, end, operator);
    return `Session ${end} of ${user.email} ended.`;
  },
  async audit(context, _, { user: who, csv, ...options }) {
    const user = typeof who === "string" ? (await targetOf(context, who)).user : void 0;
    const parsed = auditQuery.safeParse({ ...options, limit: String(MAX_LINES) });
    if (!parsed.success) {
      throw new Error(
        parsed.error.issues.map(({ path, message }) => `--${path[0]?.toString()} ${message}`).join("; ")
      );
    }
    const { event, ip, from, to, limit } = parsed.data;
    const filter = { userId: user?.id, event, ip, from, to };
    if (csv) {
      await print(auditCsv(context.admin.auditLists(filter, operator)));
      return "";
    }
    const { found, hasMore } = await collect(async (cursor) => {
      const { entries, next } = await context.admin.audit({ ...filter, limit, cursor }, operator);
      return { found: entries, next };
    });
    const lines = found.map(eventLine);
    if (hasMore) lines.push("There are more events: use --from and --to, or --csv for all.");
    return lines.join("\n") || "There is no such event.";
  }
};
async function collect(read) {
  const all = [];
  let cursor;
  do {
    const { found, next } = await read(cursor);
    all.push(...found);
    cursor = next;
  } while (cursor !== void 0 && all.length < MAX_LINES);
  return { found: all.slice(0, MAX_LINES), hasMore: cursor !== void 0 || all.length > MAX_LINES };
}
async function sessionsText({ admin, hasSessions }, userId) {
  if (!hasSessions) return `${IN_PROCESS}, so they are not known here.`;
  const { sessions, next } = await admin.sessions(userId, MAX_LINES);
  const at = (ms) => new Date(ms).toISOString();
  const lineOf = ({ id, device, lastUsedAt, expiresAt }) => `session ${id}  ${device.name ?? "\u2013"}  ${device.ip}  used ${at(lastUsedAt)}  until ${at(expiresAt)}  ${device.userAgent}`;
  const lines = sessions.map(lineOf);
  if (next) lines.push("There are more sessions.");
  return lines.join("\n") || "No sessions.";
}
function words({ roles, isVerified, hasSecondFactor, isDisabled }) {
  return [
    ...isDisabled ? ["locked"] : [],
    ...roles.map((role) => `role ${role}`),
    isVerified ? "verified" : "not verified",
    ...hasSecondFactor ? ["second factor"] : []
  ];
}
function eventLine({ time, event, user_id, reason, ip, detail }) {
  const { by, ...more } = detail ?? {};
  const who = by === void 0 ? [] : [by === null ? "by the operator" : `by user ${by}`];
  const rest = Object.entries(more).map(([name, value]) => `${name}=${value}`);
  return [time, event, user_id === null ? "\u2013" : `user ${user_id}`, ...who, reason ?? "", ip, ...rest].filter(Boolean).join("  ");
}
async function targetOf({ users }, who) {
  if (!who) throw new Error(`give an address or an id:
${USAGE}`);
  const isId = /^[1-9]\d{0,14}$/.test(who);
  const found = isId ? await users.findById(Number(who)) : await users.findByEmail(who);
  if (!found) throw new Error(`no user has the ${isId ? "id" : "address"} ${who}`);
  return found;
}
function roleOf(name) {
  if (!name) throw new Error(`give an address and a role:
${USAGE}`);
  if (ROLE_NAME.test(name)) return name;
  throw new Error("a role has 1 to 32 characters: a lower-case letter, then letters, digits, _ or -");
}
function withRestart({ hasSessions }, text) {
  return hasSessions ? text : `${text}
${IN_PROCESS}: restart it, so that earlier tokens end.`;
}
async function print(texts) {
  await pipeline(Readable.from(texts, { highWaterMark: 1 }), process.stdout, { end: false }).catch((error) => {
    if (error.code !== "EPIPE") throw error;
  });
}

// scripts/admin.ts
function printable(text) {
  return text.replace(/[^\P{C}\n]/gu, " ");
}
try {
  const [name = "", ...rest] = process.argv.slice(2);
  const command = Object.hasOwn(commands, name) ? commands[name] : void 0;
  if (!command) throw new Error(`give a command:
${USAGE}`);
  const { positionals, values } = parseArgs({
    args: rest,
    options: optionsOf[name] ?? {},
    allowPositionals: true
  });
  const env = parseEnv(readEnvironment());
  const log = createLogger("warn", process.stderr);
  const metrics = createMetrics();
  const stores = openStores(env, log, metrics);
  const audit = createAuditModel({ db: stores.db, log, now: Date.now });
  const mailer = openMailer(env, log, (outcome) => {
    if (outcome === "lost") console.error("The mail to the user could not be sent.");
  });
  try {
    const models = createModels({ env, ...stores, log, audit, metrics, mailer, now: Date.now });
    const text = await command({ ...models, hasSessions: stores.redis !== null }, positionals, values);
    if (text) console.log(printable(text));
  } finally {
    await mailer.close();
    await audit.close();
    await stores.close();
  }
} catch (error) {
  const fields = error instanceof ApiError ? error.data.fields ?? [] : [];
  const reasons = fields.map(({ path, message }) => `${path} ${message}`);
  const detail = error instanceof ApiError ? error.data.detail : void 0;
  console.error(printable(`admin: ${reasons.join("; ") || detail || errorText(error)}`));
  process.exitCode = 1;
}
//# sourceMappingURL=admin.js.map
