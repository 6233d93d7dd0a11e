import { randomBytes } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { satisfies } from 'semver';
import { envSchema } from '../../config/env.schema.ts';
import { weakSecrets } from '../../config/env.secrets.ts';
import {
  ConfigError,
  configurationWarnings,
  type Env,
  parseEnv,
  readEnvironment,
  readVariables,
} from '../../config/env.ts';
import { mailWarnings } from '../../mail/mailer.ts';
import { type Finding, fault, ok, warning } from './findings.ts';

/** The settings as far as they are valid. */
export interface CheckedSettings {
  findings: Finding[];
  env: Env;
  /** The names of settings that are not valid; `env` has their defaults. */
  faulty: string[];
}

export function checkNode(): Finding {
  const { engines } = JSON.parse(readFileSync('package.json', 'utf8'));
  const { node } = process.versions;
  if (satisfies(node, engines.node)) return ok(`Node.js ${node}`);
  return fault(`Node.js ${node} is too old: install one of ${engines.node} from https://nodejs.org`);
}

export function checkEnvFile(): Finding {
  const file = statSync('.env', { throwIfNoEntry: false });
  if (!file) return ok('No .env: the settings come from the environment');
  // Windows has no such rights.
  const isOpen = process.platform !== 'win32' && (file.mode & 0o077) !== 0;
  if (isOpen) return warning('.env can be read by other users of this machine: run `chmod 600 .env`');
  return ok('.env is for its owner alone');
}

export function checkSettings(): CheckedSettings {
  const { values, faults } = readValues();
  const issues = envSchema.safeParse(values).error?.issues ?? [];
  const faulty = issues.map(({ path }) => String(path[0]));
  if (faulty.length > 0) faults.push(...faultsOf(values));
  for (const name of faulty) delete values[name];
  // Not used for a token here, and not to be found weak.
  values.JWT_SECRET ??= randomBytes(32).toString('hex');
  faults.push(...faultsOf(values));
  const settings = envSchema.parse(values);
  const env = { ...settings, HOST: settings.HOST ?? hostOf(values) };
  const warnings = [
    ...(env.NODE_ENV === 'production' ? [] : weakSecrets(env)),
    ...configurationWarnings(env),
    ...mailWarnings(env),
  ];
  const findings = [...faults.map(fault), ...warnings.map(warning)];
  return { env, faulty, findings: findings.length > 0 ? findings : [ok('Settings and secrets')] };
}

/** The variables that can be read, and what cannot. */
function readValues(): { values: Record<string, string | undefined>; faults: string[] } {
  const [values, ofFiles] = attempt(() => readEnvironment());
  if (values) return { values, faults: [] };
  const [variables] = attempt(() => readVariables());
  // Without .env, the secret may well be in it.
  const known = variables ?? { JWT_SECRET: randomBytes(32).toString('hex'), ...process.env };
  const unread = ['JWT_KEYS', 'SIGNATURE_KEYS'].filter(name => ofFiles.some(text => text.startsWith(name)));
  const kept = Object.entries(known).filter(([name, value]) => value && !unread.includes(name));
  return { values: Object.fromEntries(kept), faults: ofFiles };
}

function faultsOf(values: Record<string, string | undefined>): string[] {
  return attempt(() => parseEnv(values))[1];
}

/** The address that the API takes by itself. */
function hostOf(values: Record<string, string | undefined>): string {
  return attempt(() => parseEnv(values))[0]?.HOST ?? '127.0.0.1';
}

function attempt<T>(read: () => T): [T | undefined, faults: string[]] {
  try {
    return [read(), []];
  } catch (error) {
    if (error instanceof ConfigError) return [undefined, error.faults];
    throw error;
  }
}
