// `npm run docs:configuration`: writes docs/configuration.md from config/env.schema.ts and .env.example.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { envSchema } from '../config/env.schema.ts';

export const CONFIGURATION_PAGE = 'docs/configuration.md';

interface Setting {
  name: string;
  /** As `.env.example` gives it; empty where there is none. */
  defaultValue: string;
  /** The comment lines above it. */
  meaning: string;
}

const introduction = `# Configuration

<!-- Written by \`npm run docs:configuration\` from config/env.schema.ts and .env.example. Change those, not this page. -->

The API reads its settings from the process environment first, then from \`.env\`. An empty value counts as absent. The start
lists every invalid setting at once and then stops with exit code 1. The first \`npm start\` outside production writes a \`.env\`
with random secrets. In production the start refuses secrets that are missing, shorter than 32 bytes or known from examples.
`;

/**
 * The configuration page.
 * @param example the text of `.env.example`: a comment `# --- title` begins a section, and each setting has its
 *   meaning in the comment lines above it
 * @throws {Error} when the schema has a setting that the example does not name
 */
export function configurationPage(example: string): string {
  const sections = [...example.matchAll(/^# --- (.+)\n((?:(?!# --- ).*\n?)*)/gm)].map(
    ([, title = '', text = '']) => ({ title, settings: settingsIn(text) }),
  );
  const named = new Set(sections.flatMap(({ settings }) => settings.map(({ name }) => name)));
  const missing = Object.keys(envSchema.shape).filter(name => !named.has(name));
  if (missing.length > 0) throw new Error(`.env.example does not name ${missing.join(', ')}`);
  return [introduction, ...sections.map(({ title, settings }) => sectionText(title, settings))].join('\n');
}

function settingsIn(text: string): Setting[] {
  return [...text.matchAll(/((?:^# .*\n)*)^([A-Z_]+)=(.*)$/gm)].map(
    ([, comment = '', name = '', defaultValue = '']) => ({
      name,
      defaultValue,
      meaning: comment.replace(/^# /gm, '').trim().replaceAll('\n', ' '),
    }),
  );
}

function sectionText(title: string, settings: Setting[]): string {
  const rows = settings.map(({ name, defaultValue, meaning }) => {
    const cells = [`\`${name}\``, defaultValue && `\`${defaultValue}\``, valuesOf(name), meaning];
    return `| ${cells.map(cell => cell.replaceAll('|', '\\|') || '–').join(' | ')} |`;
  });
  const heading = `## ${title.charAt(0).toUpperCase()}${title.slice(1)}`;
  return [
    heading,
    '',
    '| variable | default | values | meaning |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

/** The values that the schema accepts, in its own words: the page shows what the start would say. */
function valuesOf(name: string): string {
  const schema = envSchema.shape[name as keyof typeof envSchema.shape];
  if (!schema) throw new Error(`.env.example names ${name}, which config/env.schema.ts does not have`);
  const options = enumOptions(schema);
  if (options.length > 0) return options.map(option => `\`${option}\``).join(', ');
  // No setting accepts both of these unless it accepts any text.
  const faults = ['999999999999', '-', 'a:b'].map(value => faultOf(schema, value));
  const fault = faults.find(text => text.startsWith('must be between')) ?? faults.find(Boolean) ?? '';
  const [rule = ''] = fault.split('; ');
  return rule.replace(/^must (be |look )?/, '') || 'text';
}

function enumOptions(schema: z.ZodType): unknown[] {
  const inner = schema instanceof z.ZodDefault || schema instanceof z.ZodOptional ? schema.unwrap() : schema;
  return inner instanceof z.ZodEnum ? inner.options : [];
}

function faultOf(schema: z.ZodType, value: string): string {
  return schema.safeParse(value).error?.issues[0]?.message ?? '';
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(CONFIGURATION_PAGE, configurationPage(readFileSync('.env.example', 'utf8')));
  console.log(`wrote ${CONFIGURATION_PAGE}`);
}
