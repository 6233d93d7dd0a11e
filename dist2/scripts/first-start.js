import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import "../chunks/chunk-EU2VRU6C.js";

// scripts/first-start.ts
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
function writeFirstEnv(directory, environment) {
  const file = join(directory, ".env");
  const postmanFile = join(directory, "postman_environment.local.json");
  if (existsSync(file) || environment.JWT_SECRET && environment.SIGNATURE_KEY) return [];
  const signatureKey = environment.SIGNATURE_KEY || randomBytes(32).toString("hex");
  const example = readFileSync(join(directory, ".env.example"), "utf8");
  const text = example.replace(/^JWT_SECRET=$/m, () => `JWT_SECRET=${randomBytes(32).toString("hex")}`).replace(/^DATA_KEY=$/m, () => `DATA_KEY=${randomBytes(32).toString("hex")}`).replace(/^SIGNATURE_KEY=.*$/m, () => `SIGNATURE_KEY=${signatureKey}`);
  if (!write(file, text, "wx")) return [];
  const postman = {
    name: "express-auth-api (local)",
    values: [
      {
        key: "base_url",
        value: `http://127.0.0.1:${environment.PORT || 3e3}`,
        type: "default",
        enabled: true
      },
      { key: "SIGNATURE_KEY", value: signatureKey, type: "secret", enabled: true }
    ],
    _postman_variable_scope: "environment"
  };
  write(postmanFile, `${JSON.stringify(postman, null, 2)}
`, "w");
  return [".env", "postman_environment.local.json"];
}
function write(file, text, flag) {
  try {
    writeFileSync(file, text, { flag, mode: 384 });
    return true;
  } catch (error) {
    const { code } = error;
    if (code === "EEXIST") return false;
    if (code !== "ENOSPC") {
      throw new Error(
        `${basename(file)} cannot be written (${code}): let this user write to the folder ${dirname(file)}`
      );
    }
    rmSync(file, { force: true });
    throw new Error(
      `${basename(file)} cannot be written (ENOSPC): free space on the disk of ${dirname(file)}`
    );
  }
}
export {
  writeFirstEnv
};
//# sourceMappingURL=first-start.js.map
