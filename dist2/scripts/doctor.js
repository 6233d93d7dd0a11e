import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  natsTarget,
  tryConnection
} from "../chunks/chunk-4UNVMZZ4.js";
import {
  listenFault
} from "../chunks/chunk-4RGWMB7X.js";
import {
  mailWarnings,
  verifySmtp
} from "../chunks/chunk-TJHE7X4L.js";
import {
  createLogger,
  createMetrics,
  escapeUnsafe,
  require_semver
} from "../chunks/chunk-4HYMMQZN.js";
import {
  ConfigError,
  coerce_exports,
  configurationWarnings,
  databaseWarnings,
  envSchema,
  errorText,
  fromSqlTime,
  mysqlAddress,
  openSessionRedis,
  parseEnv,
  readDatabase,
  readEnvironment,
  readVariables,
  redisName,
  sqliteFault,
  tuple,
  usesMysql,
  waitForDatabase,
  waitForRedis,
  weakSecrets
} from "../chunks/chunk-AILLIRO2.js";
import {
  withDeadline
} from "../chunks/chunk-HV5ORW3E.js";
import {
  __toESM
} from "../chunks/chunk-EU2VRU6C.js";

// scripts/doctor.ts
import { join } from "node:path";
import { styleText } from "node:util";

// scripts/doctor/findings.ts
var ok = (text) => finding("ok", text);
var warning = (text) => finding("warning", text);
var fault = (text) => finding("fault", text);
function finding(mark, text) {
  const [line = ""] = text.split("\n", 1);
  return { mark, text: escapeUnsafe(line) };
}

// scripts/doctor/machine.ts
import { once } from "node:events";
import { accessSync, constants, existsSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, resolve } from "node:path";
var LIVE_MS = 2e3;
function checkFolder(folder, setting) {
  let place = resolve(folder);
  while (!existsSync(place)) place = dirname(place);
  try {
    accessSync(place, constants.W_OK);
    return ok(`The folder ${folder} can be written`);
  } catch (error) {
    const { code } = error;
    return fault(`${place} cannot be written (${code}): let this user write to it, or change ${setting}`);
  }
}
async function checkNats(servers) {
  const target = natsTarget(servers);
  const name = `NATS at ${[target.servers].flat().join(", ")}`;
  try {
    await tryConnection(target);
    return ok(name);
  } catch (error) {
    return fault(`${name} cannot be used: ${errorText(error)}. Start it, or correct NATS_URL`);
  }
}
async function checkSmtp(url) {
  const name = `SMTP server ${new URL(url).host}`;
  try {
    await verifySmtp(url);
    return ok(name);
  } catch (error) {
    return fault(`${name} cannot be used: ${errorText(error)}. Start it, or correct SMTP_URL`);
  }
}
async function checkPorts(env2) {
  const main = await checkPort(env2.PORT, env2.HOST, "PORT");
  if (env2.METRICS_PORT === void 0 || main.isApi) return [main.finding];
  const { finding: finding2 } = await checkPort(env2.METRICS_PORT, env2.HOST, "METRICS_PORT");
  return [main.finding, finding2];
}
async function checkPort(port, host, setting) {
  const server = createServer();
  try {
    server.listen(port, host);
    await once(server, "listening");
    server.close();
    const text = port === 0 ? `${setting}=0: any free port` : `Port ${port} on ${host} is free (${setting})`;
    return { finding: ok(text), isApi: false };
  } catch (error) {
    if (await isApi(port, host))
      return { finding: ok(`This API is on port ${port} (${setting})`), isApi: true };
    return { finding: fault(listenFault(error, { port, host, setting })), isApi: false };
  }
}
async function isApi(port, host) {
  const near = host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "::1" : host;
  try {
    const url = `http://${near.includes(":") ? `[${near}]` : near}:${port}/health/live`;
    const response = await fetch(url, { signal: AbortSignal.timeout(LIVE_MS) });
    return response.headers.has("x-request-id") && await response.text() === '{"status":"ok"}';
  } catch {
    return false;
  }
}

// scripts/doctor/settings.ts
var import_semver = __toESM(require_semver(), 1);
import { randomBytes } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
function checkNode() {
  const { engines } = JSON.parse(readFileSync("package.json", "utf8"));
  const { node } = process.versions;
  if ((0, import_semver.satisfies)(node, engines.node)) return ok(`Node.js ${node}`);
  return fault(`Node.js ${node} is too old: install one of ${engines.node} from https://nodejs.org`);
}
function checkEnvFile() {
  const file = statSync(".env", { throwIfNoEntry: false });
  if (!file) return ok("No .env: the settings come from the environment");
  const isOpen = process.platform !== "win32" && (file.mode & 63) !== 0;
  if (isOpen) return warning(".env can be read by other users of this machine: run `chmod 600 .env`");
  return ok(".env is for its owner alone");
}
function checkSettings() {
  const { values, faults } = readValues();
  const issues = envSchema.safeParse(values).error?.issues ?? [];
  const faulty2 = issues.map(({ path }) => String(path[0]));
  if (faulty2.length > 0) faults.push(...faultsOf(values));
  for (const name of faulty2) delete values[name];
  values.JWT_SECRET ??= randomBytes(32).toString("hex");
  faults.push(...faultsOf(values));
  const settings = envSchema.parse(values);
  const env2 = { ...settings, HOST: settings.HOST ?? hostOf(values) };
  const warnings = [
    ...env2.NODE_ENV === "production" ? [] : weakSecrets(env2),
    ...configurationWarnings(env2),
    ...mailWarnings(env2)
  ];
  const findings = [...faults.map(fault), ...warnings.map(warning)];
  return { env: env2, faulty: faulty2, findings: findings.length > 0 ? findings : [ok("Settings and secrets")] };
}
function readValues() {
  const [values, ofFiles] = attempt(() => readEnvironment());
  if (values) return { values, faults: [] };
  const [variables] = attempt(() => readVariables());
  const known = variables ?? { JWT_SECRET: randomBytes(32).toString("hex"), ...process.env };
  const unread = ["JWT_KEYS", "SIGNATURE_KEYS"].filter((name) => ofFiles.some((text) => text.startsWith(name)));
  const kept = Object.entries(known).filter(([name, value]) => value && !unread.includes(name));
  return { values: Object.fromEntries(kept), faults: ofFiles };
}
function faultsOf(values) {
  return attempt(() => parseEnv(values))[1];
}
function hostOf(values) {
  return attempt(() => parseEnv(values))[0]?.HOST ?? "127.0.0.1";
}
function attempt(read) {
  try {
    return [read(), []];
  } catch (error) {
    if (error instanceof ConfigError) return [void 0, error.faults];
    throw error;
  }
}

// scripts/doctor/stores.ts
import { existsSync as existsSync2 } from "node:fs";
import { dirname as dirname2 } from "node:path";
var PATIENCE_MS = 3e3;
var CLOCK_MS = 2e3;
var timeReply = tuple([coerce_exports.number(), coerce_exports.number()]);
async function checkDatabase(settings) {
  const env2 = { ...settings, STARTUP_TIMEOUT_MS: PATIENCE_MS };
  if (!usesMysql(env2))
    return [checkFolder(dirname2(env2.SQLITE_PATH), "SQLITE_PATH"), ...await checkSqlite(env2)];
  return withStore(readDatabase(env2, createMetrics()), async (db) => {
    await waitForDatabase(db, env2);
    const warnings = await databaseWarnings({ db });
    const clock = await compareClocks("the database", async () => {
      const [row] = await db.query("SELECT UTC_TIMESTAMP(3) AS time");
      return Date.parse(fromSqlTime(String(row?.time)) ?? "");
    });
    return [ok(`The database at ${mysqlAddress(env2)}, with every table`), ...warnings.map(warning), clock];
  });
}
async function checkSqlite(env2) {
  if (!existsSync2(env2.SQLITE_PATH)) return [ok(`SQLite file ${env2.SQLITE_PATH}: the first start makes it`)];
  return withStore(readDatabase(env2, createMetrics()), async (db) => {
    try {
      await db.query("SELECT name FROM sqlite_master");
      return [ok(`SQLite file ${env2.SQLITE_PATH}`)];
    } catch (error) {
      return [fault(sqliteFault(env2.SQLITE_PATH, error.cause ?? error))];
    }
  });
}
async function checkRedis(settings) {
  const env2 = { ...settings, STARTUP_TIMEOUT_MS: PATIENCE_MS };
  const redis = openSessionRedis(env2, createLogger("silent"), createMetrics());
  if (!redis) return [ok("Sessions are in the memory of the server: no REDIS_URL")];
  return withStore(redis, async () => {
    await waitForRedis(redis, env2);
    const warnings = await durabilityOf(redis);
    const clock = await compareClocks("Redis", async () => {
      const [seconds, microseconds] = timeReply.parse(await redis.run("", ["TIME"]));
      return seconds * 1e3 + microseconds / 1e3;
    });
    return [ok(redisName(env2)), ...warnings, clock];
  });
}
async function durabilityOf(redis) {
  const warnings = (await redis.durabilityWarnings()).map(warning);
  if (warnings.length > 0) return warnings;
  try {
    await redis.run("", ["CONFIG", "GET", "maxmemory-policy"]);
    return [ok("Redis keeps an append-only file and evicts nothing (maxmemory-policy noeviction)")];
  } catch {
    return [
      warning(
        "Redis does not tell its settings: allow its user `+config|get`, or make sure of `appendonly yes` and `maxmemory-policy noeviction`"
      )
    ];
  }
}
async function withStore(store, check) {
  try {
    return await check(store);
  } catch (error) {
    return [fault(errorText(error))];
  } finally {
    await store.close();
  }
}
async function compareClocks(name, readTime) {
  const before = Date.now();
  const theirs = await readTime();
  const after = Date.now();
  const ahead = theirs < before ? theirs - before : Math.max(0, theirs - after);
  if (Math.abs(ahead) <= CLOCK_MS) return ok(`The clock of ${name} is right by this machine's`);
  const seconds = Math.round(Math.abs(ahead) / 1e3);
  return warning(
    `The clock of ${name} is ${seconds} s ${ahead > 0 ? "ahead of" : "behind"} this machine's: set both by NTP`
  );
}

// scripts/doctor.ts
var DEADLINE_MS = 15e3;
var marks = {
  ok: { sign: "\u2713", color: "green" },
  warning: { sign: "!", color: "yellow" },
  fault: { sign: "\u2717", color: "red" }
};
var hasColors = process.stdout.isTTY && process.stdout.hasColors();
var { env, faulty, findings: ofSettings } = checkSettings();
var { SMTP_URL, NATS_URL } = env;
var writesMails = !SMTP_URL && env.NODE_ENV !== "production";
var checks = [
  run("Node.js", checkNode),
  run(".env", checkEnvFile),
  run("The settings", () => ofSettings),
  run("The database", () => checkDatabase(env), /^(DB|SQLITE)_/),
  run("Redis", () => checkRedis(env), /^REDIS_/),
  run("NATS", () => NATS_URL ? checkNats(NATS_URL) : [], /^NATS_/),
  run("The SMTP server", () => SMTP_URL ? checkSmtp(SMTP_URL) : [], /^SMTP_/),
  run("The folder of mails", () => writesMails ? checkFolder(join("data", "outbox"), "SMTP_URL") : []),
  run("The port", () => checkPorts(env), /^(HOST|(METRICS_)?PORT)$/)
];
var exitCode = 0;
for (const check of checks) {
  for (const { mark, text } of await check) {
    const { sign, color } = marks[mark];
    console.log(`${hasColors ? styleText(color, sign) : sign} ${text}`);
    if (mark === "fault") exitCode = 1;
  }
}
process.stdout.write("", () => process.exit(exitCode));
async function run(name, check, needs) {
  const missing = faulty.filter((setting) => needs?.test(setting));
  if (missing.length > 0) return [warning(`${name}: not checked. Correct ${missing.join(" and ")} first`)];
  try {
    return [await withDeadline(Promise.resolve().then(check), DEADLINE_MS)].flat();
  } catch (error) {
    return [fault(`${name}: ${errorText(error)}`)];
  }
}
//# sourceMappingURL=doctor.js.map
