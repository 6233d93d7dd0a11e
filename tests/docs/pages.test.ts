import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CONFIGURATION_PAGE, configurationPage } from '../../scripts/configuration.ts';
import { anchors, pages, relativeLinks, section } from './markdown.ts';

describe('README.md', () => {
  it('has at most 200 lines', () => {
    expect(readFileSync('README.md', 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(200);
  });

  it('links to every other page', () => {
    const linked = relativeLinks('README.md').map(({ path }) => path);
    expect(linked).toEqual(expect.arrayContaining(pages.filter(page => page !== 'README.md')));
  });

  it('names settings with the defaults that they have', () => {
    const example = readFileSync('.env.example', 'utf8').split('\n');
    const rows = [...section('README.md', 'Configuration').matchAll(/^\| `(\w+)` \| (?:`(.*?)`|–) \|/gm)];
    expect(rows).toHaveLength(10);
    for (const [, name, value = ''] of rows) expect(example).toContain(`${name}=${value}`);
  });
});

describe('README.id.md', () => {
  const [english, indonesian] = ['README.md', 'README.id.md'].map(page => readFileSync(page, 'utf8'));
  /** The headings in both languages, in their order. */
  const headings = [
    ['# express-auth-api', '# express-auth-api'],
    ['## Start', '## Mulai'],
    ['## A five-minute tour', '## Tur lima menit'],
    ['## Endpoints', '## Endpoint'],
    ['## Signing', '## Signature'],
    ['## Configuration', '## Konfigurasi'],
    ['## Documentation', '## Dokumentasi'],
    ['## License', '## Lisensi'],
  ];

  /** The parts of each section that a translation must not change: code, links, and the first cells of tables. */
  function unchanged(text = ''): string[][] {
    return text.split(/^#+ .*$/m).map(section => {
      const code = [...section.matchAll(/^```[\s\S]*?^```$|`[^`\n]+`/gm)].map(([found]) => found);
      const links = [...section.matchAll(/\]\(([^)]+)\)/g)].map(([, target = '']) => target);
      const cells = [...section.matchAll(/^\| (`.*?) \|/gm)].map(([, cell = '']) => cell);
      return [...code, ...cells, ...links.filter(target => !target.startsWith('README'))].sort();
    });
  }

  it('has the headings of README.md', () => {
    const headingsOf = (text = '') => text.replace(/^```[\s\S]*?^```$/gm, '').match(/^#+ .*$/gm);
    expect(headingsOf(english)).toEqual(headings.map(([original]) => original));
    expect(headingsOf(indonesian)).toEqual(headings.map(([, translated]) => translated));
  });

  it('has its samples, names, links and list entries, section by section', () => {
    expect(unchanged(indonesian)).toEqual(unchanged(english));
    const entries = (text = '') => text.match(/^(- |\d+\. |\| )/gm);
    expect(entries(indonesian)).toEqual(entries(english));
  });
});

describe.each(pages)('%s', page => {
  it('links to files and headings that exist', () => {
    const broken = relativeLinks(page).filter(({ path, anchor }) => {
      const target = path === '' ? page : join(dirname(page), path);
      return !existsSync(target) || (anchor !== undefined && !anchors(target).includes(anchor));
    });
    expect(broken).toEqual([]);
  });

  it('names files of the code that exist', () => {
    const text = readFileSync(page, 'utf8').replace(/^```[\s\S]*?^```$/gm, '');
    const named = [...text.matchAll(/`([\w.-]+\/[\w./-]+\.(?:ts|mjs|sql))`/g)].map(([, path = '']) => path);
    expect(named.filter(path => !path.startsWith('dist/') && !existsSync(path))).toEqual([]);
  });
});

describe('docs/configuration.md', () => {
  it('is what `npm run docs:configuration` writes', () => {
    const written = configurationPage(readFileSync('.env.example', 'utf8'));
    expect(readFileSync(CONFIGURATION_PAGE, 'utf8'), 'run `npm run docs:configuration`').toBe(written);
  });

  it('fails to be written when .env.example leaves a setting out', () => {
    const shorter = readFileSync('.env.example', 'utf8').replace(/^JWT_SECRET=$/m, '');
    expect(() => configurationPage(shorter)).toThrow('does not name JWT_SECRET');
  });
});

describe('docs/security.md', () => {
  const rows = section('docs/security.md', 'OWASP ASVS 5.0, level 2')
    .split('\n')
    .filter(line => /^\| \d/.test(line))
    .map(line => line.split(/(?<!\\)\|/).map(cell => cell.trim()));
  const paths = rows.flatMap(([, , , , evidence = '']) =>
    [...evidence.matchAll(/`([^`]+)`/g)].map(([, path = '']) => path),
  );

  it('has requirements of every chapter that applies, each once', () => {
    const numbers = rows.map(([, number = '']) => number);
    expect(new Set(numbers).size).toBe(numbers.length);
    const chapters = [...new Set(numbers.map(number => Number.parseInt(number, 10)))];
    expect(chapters).toEqual([2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 16]);
  });

  it('gives each requirement a result', () => {
    const results = rows.map(([, , , result = '']) => result);
    expect(results.filter(text => !/^(met|partly met|not met|not applicable)\b/.test(text))).toEqual([]);
  });

  it('names tests that exist, and one for everything that it calls met', () => {
    expect(paths.filter(path => !path.startsWith('tests/') || !existsSync(path))).toEqual([]);
    const unproven = rows.filter(
      ([, , , result, evidence]) => result?.startsWith('met:') && evidence === '–',
    );
    expect(unproven).toEqual([]);
  });
});
