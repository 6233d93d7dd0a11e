import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Installable, install } from '../../scripts/engines/programs.ts';

const WITHOUT_PASSWORD = `#!/bin/sh
shift
exec "$@"
`;
/** Takes note of what it is asked for. A package has a program of its name; "unknown-…" is in no list. */
const APT_GET = `#!/bin/sh
folder=$(dirname "$0")
shift 2
echo "$*" >> "$folder/asked"
case "$*" in *unknown-*) exit 100 ;; esac
[ "$1" = install ] || exit 0
shift 3
for name in "$@"; do cp /bin/true "$folder/$name"; done
`;

const program = (...packages: string[]): Installable => ({ binaries: packages, packages });

describe.runIf(process.platform === 'linux')('programs that are missing', () => {
  let folder: string;
  const asked = () => {
    const file = join(folder, 'asked');
    return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  };
  const has = (name: string) => existsSync(join(folder, name));
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'apt-'));
    for (const [name, text] of Object.entries({ 'apt-get': APT_GET, sudo: WITHOUT_PASSWORD })) {
      writeFileSync(join(folder, name), text);
      chmodSync(join(folder, name), 0o755);
    }
    vi.stubEnv('PATH', [folder, process.env.PATH].join(delimiter));
    vi.spyOn(console, 'log').mockReturnValue();
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });

  it('are installed together, without those that are there', () => {
    install(program('made-up-1'), program('sh'), program('made-up-2', 'made-up-3'));
    expect(asked()).toEqual(['install -y --no-install-recommends made-up-1 made-up-2']);
    expect(console.log).toHaveBeenCalledExactlyOnceWith(
      'Installing with apt-get, as the tests need it: made-up-1, made-up-2',
    );
    install(program('made-up-1'), program('made-up-2', 'made-up-3'));
    expect(asked()).toHaveLength(1);
  });

  it('are installed one by one where a package is unknown, which another may replace', () => {
    install(program('made-up-1'), program('unknown-2', 'made-up-3'), program('unknown-4'));
    const together = 'install made-up-1 unknown-2 unknown-4';
    expect(asked().map(line => line.replace('-y --no-install-recommends ', ''))).toEqual([
      ...[together, 'update', together],
      'install made-up-1',
      'install unknown-2',
      'install made-up-3',
      'install unknown-4',
    ]);
    expect(['made-up-1', 'made-up-3', 'unknown-4'].map(has)).toEqual([true, true, false]);
  });
});
