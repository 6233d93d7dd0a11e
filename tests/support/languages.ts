import { spawnSync } from 'node:child_process';

/** Commands that end with 0 where a sample of docs/signing.md in this language can be run. */
const PROBES = {
  php: ['php', '--version'],
  go: ['go', 'version'],
  // Without the compiler, `java` cannot run a source file.
  java: ['javac', '--version'],
};
export type Language = keyof typeof PROBES;

export function canRun(language: Language): boolean {
  const [command = '', ...args] = PROBES[language];
  return spawnSync(command, args).status === 0;
}

/** What is said where PHP is missing; null where it is there. */
export function phpMissing(): string | null {
  return canRun('php')
    ? null
    : 'PHP is missing, and apt-get could not provide it; install the package php-cli.';
}

/**
 * The samples that are left out, a line each. Go and Java are never installed and are not required in CI either: a tool
 * chain of some 300 MB is too much for one printed line.
 */
export function samplesLeftOut(): string[] {
  return (['go', 'java'] as const)
    .filter(language => !canRun(language))
    .map(language => `Left out: the ${language} sample of docs/signing.md, because ${language} is missing.`);
}
