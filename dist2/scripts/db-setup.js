import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  errorText,
  mysqlAddress,
  mysqlOptions,
  parseEnv,
  readEnvironment,
  readSchema,
  require_promise,
  usesMysql
} from "../chunks/chunk-AILLIRO2.js";
import "../chunks/chunk-HV5ORW3E.js";
import {
  __toESM
} from "../chunks/chunk-EU2VRU6C.js";

// scripts/db-setup.ts
var import_promise = __toESM(require_promise(), 1);
try {
  const env = parseEnv(readEnvironment());
  if (!usesMysql(env)) throw new Error("DB_HOST is not set: the embedded database needs no set-up.");
  const { database, ...server } = mysqlOptions(env);
  const connection = await import_promise.default.createConnection({ ...server, multipleStatements: true });
  try {
    await connection.query("CREATE DATABASE IF NOT EXISTS ?? CHARACTER SET utf8mb4", [database]);
    await connection.changeUser({ database });
    await connection.query(readSchema("schema.sql"));
    console.log(`The database ${database} at ${mysqlAddress(env)} is ready.`);
  } finally {
    await connection.end();
  }
} catch (error) {
  console.error(`db:setup: ${errorText(error)}`);
  process.exitCode = 1;
}
//# sourceMappingURL=db-setup.js.map
