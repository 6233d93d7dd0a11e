import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { envSchema } from '../../config/env.schema.ts';
import { explanations } from '../../errors.causes.ts';
import { errorTable } from '../../errors.ts';
import { errorsMarkdown, errorsPage } from '../../openapi/errorPages.ts';
import { operations } from '../../openapi/operations.ts';
import { anchors } from '../docs/markdown.ts';
import { startTestApp, type TestApp } from '../support/harness.ts';

const codes = Object.keys(errorTable);
const PAGE = 'docs/errors.md';

describe('docs/errors.md', () => {
  it('is what `npm run docs:errors` writes', () => {
    expect(readFileSync(PAGE, 'utf8'), 'run `npm run docs:errors`').toBe(errorsMarkdown());
  });

  it('has a heading for every code, and a link to it', () => {
    const text = readFileSync(PAGE, 'utf8');
    expect(anchors(PAGE)).toEqual(['error-codes', ...codes]);
    for (const code of codes) expect(text).toContain(`[\`${code}\`](#${code})`);
  });
});

describe('the explanation of an error code', () => {
  const texts = Object.values(explanations).flatMap(({ meaning, causes }) => [
    meaning,
    ...causes.flatMap(({ cause, cure }) => [cause, cure]),
  ]);
  const inCode = texts.flatMap(text => [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code));

  it.each(Object.entries(explanations))('of %s has causes with cures, in sentences', (_, { causes }) => {
    expect(causes.length).toBeGreaterThan(0);
    for (const text of causes.flatMap(({ cause, cure }) => [cause, cure])) expect(text).toMatch(/^\S.*\.$/);
  });

  it('names settings, endpoints and commands that exist', () => {
    const settings = inCode.flatMap(code => code.match(/^[A-Z]+(?:_[A-Z]+)+/) ?? []);
    expect(settings.filter(name => !(name in envSchema.shape))).toEqual([]);

    const endpoints = inCode
      .filter(code => /^[A-Z]+ \//.test(code))
      .map(path => path.replace(/:(\w+)/g, '{$1}'));
    expect(endpoints).toContain('POST /auth/login');
    expect(endpoints.filter(endpoint => !(endpoint in operations))).toEqual([]);

    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
    const commands = inCode.flatMap(code => /^npm run (?:-s )?(\S+)/.exec(code)?.[1] ?? []);
    expect(commands).toContain('sign');
    expect(commands.filter(command => !(command in scripts))).toEqual([]);
  });
});

describe('GET /docs/errors', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp('embedded');
  });
  afterAll(() => app.close());

  it('is HTML without scripts, under a policy of its own', async () => {
    const { status, headers, text } = await app.call('GET', '/docs/errors');
    expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(headers['cache-control']).toBe('no-store');
    const policy = headers['content-security-policy']?.split('; ');
    expect(policy?.sort()).toEqual([
      "base-uri 'none'",
      "default-src 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      'img-src data:',
      expect.stringMatching(/^style-src 'sha256-[\w+/]{43}='$/),
    ]);
    expect(text).not.toMatch(/<script|style=|\son\w+=/);
  });

  it('has a section for every code with its status, and links that lead somewhere', async () => {
    const { text } = await app.call('GET', '/docs/errors');
    const ids = [...text.matchAll(/ id="(\w+)"/g)].map(([, id]) => id);
    expect(ids).toEqual(codes);
    for (const [code, { status, title }] of Object.entries(errorTable)) {
      const [, section] = text.split(`<section id="${code}">`);
      expect(section).toContain(`<strong>${status}: ${title}.</strong>`);
    }
    const targets = [...text.matchAll(/href="([^"]+)"/g)].map(([, target = '']) => target);
    expect(targets.filter(target => !ids.includes(target.slice(1)))).toEqual(['data:,']);
  });

  it('is where the type of an error leads', async () => {
    const { type } = (await app.call('GET', '/auth/profile')).body;
    const [path = '', code] = type.split('#');
    expect((await app.call('GET', path)).text).toContain(`<section id="${code}">`);
  });

  it('shows the headers and members of a response', async () => {
    const { text } = await app.call('GET', '/docs/errors');
    const sectionOf = (code: string) => text.split(`<section id="${code}">`)[1]?.split('</section>')[0];
    const { headers } = await app.call('GET', '/auth/profile');
    const challenge = headers['www-authenticate']?.replaceAll('"', '&quot;');
    expect(sectionOf('token_missing')).toContain(`<code>WWW-Authenticate: ${challenge}</code>`);
    expect(sectionOf('rate_limited')).toContain('<code>Retry-After</code>');
    expect(sectionOf('method_not_allowed')).toContain('<code>Allow</code>');
    expect(sectionOf('mfa_required')).toContain('<code>mfa_token</code>');
    expect(sectionOf('not_found')).not.toContain('Also in the response');
  });

  it('escapes its texts', () => {
    const { html } = errorsPage();
    expect(errorTable.token_missing.detail).toContain('<token>');
    expect(html).toContain('<code>Authorization: Bearer &lt;token&gt;</code>');
    expect(html).toContain('<code>credentials: &quot;include&quot;</code>');
    expect(html).not.toMatch(/<token>|\]\(|`/);
    expect(html.replaceAll(/&(?:amp|lt|gt|quot);/g, '')).not.toContain('&');
  });

  it('responds to HEAD, and to no other method', async () => {
    const head = await app.call('HEAD', '/docs/errors');
    expect([head.status, head.text]).toEqual([200, '']);
    expect(head.headers['content-type']).toBe('text/html; charset=utf-8');
    for (const method of ['POST', 'PUT', 'DELETE']) {
      const { status, headers } = await app.call(method, '/docs/errors');
      expect([status, headers.allow]).toEqual([405, 'GET, HEAD, OPTIONS']);
    }
  });

  it.each([
    [{}, 404],
    [{ DOCS: 'true' }, 200],
    [{ DOCS: 'false' }, 404],
  ])('in production with %o is %i', async (settings, status) => {
    const other = await startTestApp('embedded', {
      NODE_ENV: 'production',
      ALLOW_EMBEDDED: 'true',
      ...settings,
    });
    try {
      expect((await other.call('GET', '/docs/errors')).status).toBe(status);
      // The type stays, so that programs see the same in every environment.
      expect((await other.call('GET', '/auth/profile')).body.type).toBe('/docs/errors#token_missing');
    } finally {
      await other.close();
    }
  });
});
