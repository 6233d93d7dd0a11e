import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  MAX_TOKEN_LENGTH,
  REFRESH_TOKEN_FORM,
  TokenRefusedError,
  createRedisSessionStore,
  createRefreshTokenModel,
  createTokenModel,
  createUserModel,
  tokenOptions
} from "../chunks/chunk-D2RWL7RO.js";
import {
  createLogger,
  createMetrics,
  escapeUnsafe
} from "../chunks/chunk-4HYMMQZN.js";
import {
  errorText,
  fromSqlTime,
  openSessionRedis,
  parseEnv,
  readDatabase,
  readEnvironment,
  record,
  string,
  toPreciseSqlTime,
  unknown,
  waitForDatabase,
  waitForRedis
} from "../chunks/chunk-AILLIRO2.js";
import "../chunks/chunk-HV5ORW3E.js";
import "../chunks/chunk-EU2VRU6C.js";

// models/audit/sessionTrail.sql.ts
var COLUMNS = "created_at, session_id, reason, ip, user_agent, request_id";
var SAME_LOGIN_MS = 1e3;
function toEvent(row) {
  return {
    time: Date.parse(fromSqlTime(String(row.created_at)) ?? ""),
    sessionId: String(row.session_id),
    reason: String(row.reason),
    ip: String(row.ip),
    userAgent: String(row.user_agent),
    requestId: String(row.request_id)
  };
}
async function readSessionTrail(db, userId, sessionId) {
  async function latest(event) {
    const [row] = await db.query(
      `SELECT ${COLUMNS} FROM audit_log WHERE user_id = ? AND session_id = ? AND event = ? ORDER BY id DESC LIMIT 1`,
      [userId, sessionId, event]
    );
    return row ? toEvent(row) : null;
  }
  async function evictor({ time, requestId, ip, userAgent }) {
    const rows = await db.query(
      `SELECT ${COLUMNS} FROM audit_log WHERE user_id = ? AND event = 'session.started' AND session_id <> ? AND request_id = ? AND ip = ? AND user_agent = ? AND created_at BETWEEN ? AND ? LIMIT 2`,
      [
        ...[userId, sessionId, requestId, ip, userAgent],
        ...[toPreciseSqlTime(time), toPreciseSqlTime(time + SAME_LOGIN_MS)]
      ]
    );
    return rows.length === 1 && rows[0] ? toEvent(rows[0]) : null;
  }
  async function latestOfUser(event) {
    const [row] = await db.query(
      `SELECT ${COLUMNS} FROM audit_log WHERE user_id = ? AND event = ? ORDER BY id DESC LIMIT 1`,
      [userId, event]
    );
    return row ? toEvent(row) : null;
  }
  const ended = await latest("session.ended");
  return {
    started: await latest("session.started"),
    refreshed: await latest("session.refreshed"),
    ended,
    evictedBy: ended?.reason === "evicted" ? await evictor(ended) : null,
    accountClosed: await latestOfUser("account.closed"),
    rolesChanged: await latestOfUser("roles.changed")
  };
}

// scripts/explain/facts.ts
var PATIENCE_MS = 3e3;
var IN_MEMORY = "Sessions are in the memory of the server process. Only the server knows: send the token to GET /auth/profile";
async function answerOf(work) {
  try {
    return { known: true, value: await work() };
  } catch (error) {
    return { known: false, why: errorText(error) };
  }
}
async function askStores(settings, token) {
  const env = { ...settings, STARTUP_TIMEOUT_MS: PATIENCE_MS };
  const metrics = createMetrics();
  const redis = await answerOf(() => openSessionRedis(env, createLogger("silent"), metrics));
  const db = await answerOf(() => readDatabase(env, metrics));
  try {
    const [ofSession, ofAccount] = await Promise.all([
      redis.known ? askRedis(redis.value, env, token) : { allowed: redis, session: redis },
      db.known ? askDatabase(db.value, env, token) : { trail: db, userExists: db }
    ]);
    return { ...ofSession, ...ofAccount };
  } finally {
    await Promise.all([redis.known && redis.value?.close(), db.known && db.value.close()]);
  }
}
async function askRedis(redis, env, { userId, sessionId, jti = "" }) {
  if (!redis) return { allowed: { known: false, why: IN_MEMORY }, session: { known: false, why: IN_MEMORY } };
  const reached = await answerOf(() => waitForRedis(redis, env));
  if (!reached.known) return { allowed: reached, session: reached };
  const store = createRedisSessionStore(redis, Date.now);
  const [allowed, session] = await Promise.all([
    answerOf(() => store.isAllowed({ userId, sessionId, jti })),
    answerOf(() => store.find(userId, sessionId))
  ]);
  return { allowed, session };
}
async function askDatabase(db, env, { userId, sessionId }) {
  const reached = await answerOf(() => waitForDatabase(db, env));
  if (!reached.known) return { trail: reached, userExists: reached };
  const [trail, userExists] = await Promise.all([
    answerOf(() => readSessionTrail(db, userId, sessionId)),
    answerOf(async () => await createUserModel(db, Date.now).findById(userId) !== null)
  ]);
  return { trail, userExists };
}

// scripts/explain/words.ts
var LONGEST = 200;
var UNITS = [
  ["day", 86400],
  ["hour", 3600],
  ["minute", 60],
  ["second", 1]
];
var relative = new Intl.RelativeTimeFormat("en");
function quoted(value) {
  const text = JSON.stringify(value) ?? "nothing";
  return escapeUnsafe(text.length > LONGEST ? `${text.slice(0, LONGEST)}\u2026` : text);
}
function timeText(ms, now) {
  const seconds = (ms - now) / 1e3;
  const [unit, size] = UNITS.find(([, size2]) => Math.abs(seconds) >= size2) ?? ["second", 1];
  const utc = new Date(ms).toISOString().slice(0, 19).replace("T", " ");
  return `${utc} UTC (${relative.format(Math.trunc(seconds / size), unit)})`;
}

// scripts/explain/refusals.ts
var partSchema = record(string(), unknown());
function membersOf(token, part) {
  try {
    return partSchema.parse(JSON.parse(Buffer.from(token.split(".")[part] ?? "", "base64url").toString()));
  } catch {
    return {};
  }
}
function expiryOf(token) {
  return Number(membersOf(token, 1).exp);
}
function refusalText(refusal, token, env) {
  const { alg, kid } = membersOf(token, 0);
  const { iss, aud } = membersOf(token, 1);
  const key = kid === void 0 ? "JWT_SECRET" : `the key ${quoted(kid)} of JWT_KEYS`;
  switch (refusal) {
    case "too_long":
      return `It is longer than ${MAX_TOKEN_LENGTH} characters, and no token of this API is.`;
    case "form":
      return formText(token, alg);
    case "header":
      return `Its header is malformed: it must have "alg", "typ":"JWT" and at most a "kid" besides.`;
    case "key": {
      const known = env.JWT_KEYS.map((each) => each.kid).join(", ") || "empty";
      return `It names the key ${quoted(kid)}, which JWT_KEYS (${known}) does not have: it was removed, or the token is of another API.`;
    }
    case "algorithm":
      return `It has the algorithm ${quoted(alg)}, which is not that of ${key}.`;
    case "signature":
      return `Its signature is not by ${key}: it is of another API, the secret was changed since, or a part of the token was changed or cut off.`;
    case "not_before":
      return "It is not valid yet (nbf), and this API makes no such tokens.";
    case "expired":
      return "It has expired.";
    case "audience":
      return `Its audience is ${quoted(aud)}, and JWT_AUDIENCE is ${quoted(env.JWT_AUDIENCE)}.`;
    case "issuer":
      return `Its issuer is ${quoted(iss)}, and JWT_ISSUER is ${quoted(env.JWT_ISSUER)}.`;
    case "claims":
      return "Its signature is by our key, but sub, jti, sid, iat and exp are not those of an access token.";
    case "issued_later":
      return "It is issued in the future (iat): the clock of the server that made it is ahead, or the clock of this machine is behind.";
  }
}
function formText(token, alg) {
  if (REFRESH_TOKEN_FORM.test(token)) {
    return "It has the form of a refresh token, but it was not made with this JWT_SECRET.";
  }
  const parts = token.split(".");
  if (parts.length !== 3)
    return `It is malformed: a token has three parts between dots, and this has ${parts.length}.`;
  if (parts[2] === "") return `It has no signature (algorithm ${quoted(alg)}).`;
  if (/[^\w.-]/.test(token)) {
    return "It is malformed: it has other characters than A-Z a-z 0-9 - _ and dots, for example quotes or spaces.";
  }
  return "It is malformed: a part of it is no JSON.";
}

// scripts/explain/report.ts
var GOOD = 0;
var NOT_GOOD = 1;
var UNKNOWN = 2;
var REFRESH_MS = 7e4;
var RESTORED = "But Redis has it on the allowlist. Was an old append-only file restored? Then end every session (docs/operations.md).";
var STILL_ALLOWED = "It is still on the allowlist: a check that does not read the user accepts it, such as GET /auth/verify.";
var endings = {
  logout: "by a logout",
  ended_by_user: "by the user, from the list of sessions",
  logout_all: "by a logout of all sessions",
  evicted: "by a newer login (CONCURRENT_LOGIN)",
  password_change: "by a change of the password",
  password_reset: "by a reset of the password",
  account_closed: "because the account was closed",
  account_disabled: "because an administrator locked the account",
  ended_by_admin: "by an administrator",
  refresh_reuse: "because a used refresh token came back"
};
function aboutAccessToken(claims, facts, now) {
  const { exitCode, lines } = verdictOf(claims, facts, now);
  const { jti, iat, exp } = claims;
  const token = `Token: jti ${jti}, issued ${timeText(iat * 1e3, now)}, expires ${timeText(exp * 1e3, now)}.`;
  return { exitCode, lines: [...lines, ...ownerLines(claims, facts, now), token, ...unknownLines(facts)] };
}
function aboutRefreshToken(token, facts, now) {
  const lines = ["Not an access token: it is a refresh token of this API, for POST /auth/refresh."];
  return {
    exitCode: NOT_GOOD,
    lines: [
      ...lines,
      ...refreshLines(token, facts, now),
      ...ownerLines(token, facts, now),
      ...unknownLines(facts)
    ]
  };
}
function refreshLines(token, facts, now) {
  const { session } = facts;
  if (now >= token.sessionEndsAt) {
    return [`Its session has reached SESSION_MAX_AGE: on ${timeText(token.sessionEndsAt, now)}.`];
  }
  if (!session.known) return endLines(facts, now);
  if (!session.value) return whyLines(facts, now);
  return session.value.refreshHash === token.hash ? [
    `It is the current one of its session, for one refresh until ${timeText(session.value.expiresAt, now)}.`
  ] : ["It was used already. Sent again after REFRESH_LEEWAY, it ends its session."];
}
function verdictOf(claims, facts, now) {
  const { allowed, userExists } = facts;
  const replaced = replacedLines(claims, facts, now);
  const ended = replaced.length > 0 ? replaced : endLines(facts, now);
  const gone = userExists.known && !userExists.value ? goneLines(claims, facts, now) : [];
  const until = timeText(claims.exp * 1e3, now);
  const report = (exitCode, ...lines) => ({ exitCode, lines });
  if (now >= claims.exp * 1e3) return report(NOT_GOOD, `Expired: ${until}.`, ...ended, ...gone);
  if (!allowed.known) {
    if (ended.length > 0) return report(NOT_GOOD, "Revoked: the audit trail shows it.", ...ended, ...gone);
    if (gone.length > 0) return report(NOT_GOOD, "Not good: there is no such account.", ...gone);
    return report(UNKNOWN, `Cannot say. It is a token of this API, until ${until}.`);
  }
  if (!allowed.value) {
    const why = ended.length > 0 ? ended : whyLines(facts, now);
    return report(NOT_GOOD, "Revoked: it is not on the allowlist.", ...why, ...gone);
  }
  const contradiction = ended.length > 0 ? [...ended, RESTORED] : [];
  if (gone.length > 0) {
    return report(NOT_GOOD, "Not good: there is no such account.", ...gone, STILL_ALLOWED, ...contradiction);
  }
  if (!userExists.known) {
    return report(UNKNOWN, `Cannot say. It is on the allowlist, until ${until}.`, ...contradiction);
  }
  return report(GOOD, `Good: until ${until}.`, ...contradiction);
}
function replacedLines({ jti, iat }, { session, trail }, now) {
  const refreshedAt = trail.known ? trail.value.refreshed?.time : void 0;
  const isReplaced = session.known ? session.value !== null && session.value.tokenInfo.jti !== jti : refreshedAt !== void 0 && refreshedAt > iat * 1e3 + REFRESH_MS;
  if (!isReplaced) return [];
  const when = refreshedAt === void 0 ? "" : `, the last time ${timeText(refreshedAt, now)}`;
  return [`The session was refreshed${when}, and has a newer token.`];
}
function endLines({ trail }, now) {
  const { ended, evictedBy } = trail.known ? trail.value : { ended: null, evictedBy: null };
  if (!ended) return [];
  const how = endings[ended.reason] ?? quoted(ended.reason);
  const lines = [`Its session was ended ${how}, ${timeText(ended.time, now)}, ${placeOf(ended)}.`];
  if (ended.reason !== "evicted") return lines;
  const login = evictedBy ? `That login started the session ${evictedBy.sessionId}.` : "Which login that was cannot be said for certain.";
  return [...lines, login];
}
function whyLines(facts, now) {
  const { session, trail } = facts;
  const ended = endLines(facts, now);
  if (ended.length > 0) return ended;
  if (!trail.known) return ["Why cannot be said, because the audit trail is not known."];
  const isAlive = session.known && session.value !== null;
  const { rolesChanged } = trail.value;
  if (isAlive && rolesChanged) {
    return [
      `The roles of the user were changed ${timeText(rolesChanged.time, now)}. The session goes on: POST /auth/refresh gives a new token.`
    ];
  }
  const what = isAlive ? "Its session lives, and the audit trail" : "The audit trail";
  return [
    `${what} has no end of it. Redis lost it (no append-only file, eviction, deleted by hand), or the row is not written yet.`
  ];
}
function goneLines({ userId }, { trail }, now) {
  const closed = trail.known ? trail.value.accountClosed : null;
  const reason = closed ? `was closed, ${timeText(closed.time, now)}` : "is not in the database";
  return [`The account of user ${userId} ${reason}.`];
}
function ownerLines(owner, { session, trail }, now) {
  const { userId, sessionId } = owner;
  const started = trail.known ? trail.value.started : null;
  const live = session.known ? session.value : void 0;
  const parts = [
    `Session: ${sessionId}`,
    started && `started ${timeText(started.time, now)}, ${placeOf(started)}`,
    live && `last used ${timeText(live.lastUsedAt, now)}, ${placeOf(live.device)}`,
    live && `device ${quoted(live.device.name)}`
  ];
  return [`User: ${userId}.`, `${parts.filter(Boolean).join("; ")}.`];
}
function placeOf({ ip, userAgent }) {
  return ip === "" ? "from an address that is not kept" : `from ${ip}, user agent ${quoted(userAgent)}`;
}
function unknownLines({ allowed, trail }) {
  return [
    ...allowed.known ? [] : [`Not known: the allowlist. ${allowed.why}.`],
    ...trail.known ? [] : [`Not known: the account and the audit trail. ${trail.why}.`]
  ];
}

// scripts/explain.ts
var usage = `usage: npm run -s explain -- -
       npm run -s explain -- TOKEN

  -  reads the token from standard input. A token in the command stays in the history of the shell.`;
try {
  const [argument, ...more] = process.argv.slice(2);
  if (argument === void 0 || more.length > 0) throw new Error(usage);
  const text = argument === "-" ? await readLine() : argument;
  const token = text.trim().replace(/^(authorization: *)?bearer +/i, "");
  if (token === "") throw new Error(usage);
  const { exitCode, lines } = await explain(token, parseEnv(readEnvironment()), Date.now());
  console.log(lines.join("\n"));
  process.exitCode = exitCode;
} catch (error) {
  console.error(`explain: ${errorText(error)}`);
  process.exitCode = UNKNOWN;
}
async function readLine() {
  let text = "";
  for await (const chunk of process.stdin.setEncoding("utf8")) {
    text = (text + chunk).trimStart();
    if (text.includes("\n") || text.length > 2 * MAX_TOKEN_LENGTH) break;
  }
  return text.split("\n", 1)[0] ?? "";
}
async function explain(token, env, now) {
  const refreshToken = createRefreshTokenModel(env.JWT_SECRET).parse(token);
  if (refreshToken) return aboutRefreshToken(refreshToken, await askStores(env, refreshToken), now);
  try {
    const claims = genuineClaims(token, env, now);
    return aboutAccessToken(claims, await askStores(env, claims), now);
  } catch (error) {
    if (!(error instanceof TokenRefusedError)) throw error;
    return { exitCode: NOT_GOOD, lines: [`Not ours. ${refusalText(error.refusal, token, env)}`] };
  }
}
function genuineClaims(token, env, now) {
  const verifyAt = (time) => createTokenModel(tokenOptions(env), () => time).verify(token);
  try {
    return verifyAt(now);
  } catch (error) {
    if (!(error instanceof TokenRefusedError) || error.refusal !== "expired") throw error;
    return verifyAt((expiryOf(token) - 1) * 1e3);
  }
}
//# sourceMappingURL=explain.js.map
