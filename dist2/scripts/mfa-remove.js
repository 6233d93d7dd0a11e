import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  createAuditModel
} from "../chunks/chunk-6D3GDYAO.js";
import {
  createModels
} from "../chunks/chunk-D2RWL7RO.js";
import {
  openMailer
} from "../chunks/chunk-TJHE7X4L.js";
import {
  createLogger,
  createMetrics,
  stdout
} from "../chunks/chunk-4HYMMQZN.js";
import {
  errorText,
  openDatabase,
  parseEnv,
  readEnvironment
} from "../chunks/chunk-AILLIRO2.js";
import "../chunks/chunk-HV5ORW3E.js";
import "../chunks/chunk-EU2VRU6C.js";

// scripts/mfa-remove.ts
var operator = { ip: "", userAgent: "", requestId: "operator" };
try {
  const [email] = process.argv.slice(2);
  if (!email) throw new Error("give the e-mail address: npm run mfa:remove -- ada@example.com");
  const env = parseEnv(readEnvironment());
  const log = createLogger("warn", stdout(env));
  const metrics = createMetrics();
  const db = openDatabase(env, metrics);
  const audit = createAuditModel({ db, log, now: Date.now });
  const mailer = openMailer(env, log, (outcome) => {
    if (outcome === "lost") console.error("The mail to the user could not be sent.");
  });
  try {
    const { users, mfa } = createModels({ env, db, redis: null, log, audit, metrics, mailer, now: Date.now });
    const found = await users.findByEmail(email);
    if (!found) throw new Error(`no user has the address ${email}`);
    const removed = await mfa.remove({ userId: found.user.id, ...operator }, "operator");
    console.log(removed ? `The second factor of ${email} is removed.` : `${email} has no second factor.`);
  } finally {
    await mailer.close();
    await audit.close();
    await db.close();
  }
} catch (error) {
  console.error(`mfa:remove: ${errorText(error)}`);
  process.exitCode = 1;
}
//# sourceMappingURL=mfa-remove.js.map
