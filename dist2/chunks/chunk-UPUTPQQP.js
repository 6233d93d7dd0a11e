import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  LAST_TIME,
  MAX_ROLES,
  ROLE_NAME
} from "./chunk-D2RWL7RO.js";
import {
  _enum,
  array,
  iso_exports,
  object,
  string,
  union
} from "./chunk-AILLIRO2.js";

// controllers/csv.ts
var COLUMNS = [
  "time",
  "event",
  "user_id",
  "session_id",
  "reason",
  "ip",
  "user_agent",
  "request_id",
  "id",
  "detail"
];
var FORMULA = /^[=+\-@\t\r]/;
async function* auditCsv(lists) {
  let header = lineOf(COLUMNS);
  for await (const entries of lists) {
    const lines = entries.map((entry) => lineOf(COLUMNS.map((column) => textOf(entry[column]))));
    yield header + lines.join("");
    header = "";
  }
}
function textOf(value) {
  return value !== null && typeof value === "object" ? JSON.stringify(value) : String(value ?? "");
}
function lineOf(cells) {
  return `${cells.map(toCell).join(",")}\r
`;
}
function toCell(text) {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

// controllers/admin.schemas.ts
import { isIP } from "node:net";

// controllers/fields.ts
var COLUMN_WIDTH = 100;
var wellFormed = string().refine(
  (text) => text.isWellFormed() && !new RegExp("\\p{Cc}", "u").test(text),
  "must be well-formed text without control characters"
);
var label = wellFormed.trim().min(1, "must not be empty").refine((text) => [...text].length <= COLUMN_WIDTH, `must be at most ${COLUMN_WIDTH} characters`);
var knownEmail = wellFormed.min(1, "must not be empty").max(254, "must be at most 254 characters");
var totpCode = string().transform((text) => text.replace(/\s/g, "")).refine((text) => /^\d{6}$/.test(text), "must be 6 digits");
var recoveryCode = string().min(1, "must not be empty").max(64, "must be at most 64 characters");
var anyCode = recoveryCode.transform((text) => text.replace(/\s/g, ""));
function pageQuery(cursor) {
  return object({
    limit: string("must be there once").regex(/^([1-9]\d?|100)$/, "must be a whole number from 1 to 100").default("20").transform(Number),
    cursor: string("must be there once").regex(cursor, "must be the `next` of a response").optional()
  });
}
function newPassword(policy) {
  return string().superRefine(async (password, context) => {
    const message = await policy.faultOf(password);
    if (message) context.addIssue({ code: "custom", message });
  });
}
function repeats(name) {
  const repetition = `${name}_confirmation`;
  return [
    (body) => (body[repetition] ?? body[name]) === body[name],
    { path: [repetition], message: `must be the same as ${name}` }
  ];
}

// controllers/admin.schemas.ts
var adminBodies = {
  setRoles: object({
    roles: array(
      string().regex(
        ROLE_NAME,
        "must have 1 to 32 characters: a lower-case letter, then letters, digits, _ or -"
      )
    ).max(MAX_ROLES, `must have at most ${MAX_ROLES} entries`).refine((roles) => new Set(roles).size === roles.length, "must not have a role twice")
  })
};
var once = string("must be there once");
var usersQuery = pageQuery(/^(?:address|id)\.(?:0|[1-9]\d{0,14})$/).extend({
  search: once.pipe(wellFormed).refine((text) => text.length > 0, "must not be empty").refine((text) => [...text].length <= COLUMN_WIDTH, `must be at most ${COLUMN_WIDTH} characters`).optional()
});
var time = once.refine(
  (text) => union([iso_exports.date(), iso_exports.datetime({ offset: true })]).safeParse(text).success,
  "must be a time in ISO 8601, such as 2026-01-31T08:00:00Z"
).transform((text) => Date.parse(text)).refine((ms) => !(ms < 0 || ms > LAST_TIME), "must be from 1970 to 9999").optional();
var auditQuery = pageQuery(/^\d{1,15}\.[1-9]\d{0,14}$/).extend({
  user_id: once.regex(/^[1-9]\d{0,14}$/, "must be the id of a user").transform(Number).optional(),
  event: once.regex(/^[a-z_]{1,32}\.[a-z_]{1,31}$/, "must be the name of an event").optional(),
  ip: once.refine((text) => isIP(text) > 0, "must be an IP address").optional(),
  from: time,
  to: time,
  format: _enum(["json", "csv"], "must be json or csv").optional()
});

export {
  auditCsv,
  COLUMN_WIDTH,
  label,
  knownEmail,
  totpCode,
  recoveryCode,
  anyCode,
  pageQuery,
  newPassword,
  repeats,
  adminBodies,
  usersQuery,
  auditQuery
};
//# sourceMappingURL=chunk-UPUTPQQP.js.map
