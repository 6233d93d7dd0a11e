import { readFileSync } from 'node:fs';
import { minVersion, satisfies } from 'semver';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

interface Service {
  image: string;
  env?: Record<string, string>;
  ports: string[];
}

interface Job {
  'timeout-minutes': number;
  strategy?: { matrix: { node: number[] } };
  services?: Record<string, Service>;
  env?: Record<string, string | number>;
  steps: { uses?: string; run?: string; with?: Record<string, unknown> }[];
}

interface Workflow {
  permissions: Record<string, string>;
  concurrency: { group: string };
  jobs: Record<string, Job>;
}

const workflow: Workflow = parse(readFileSync('.github/workflows/test.yml', 'utf8'));
const { engines, scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
const jobs = Object.entries(workflow.jobs);
const { services = {}, env = {}, strategy } = workflow.jobs.services ?? { steps: [] };

/** The port of this machine that leads to the port of a service. */
function publishedPort(service: string, inner: number): string | undefined {
  const mappings = services[service]?.ports.map(mapping => mapping.split(':')) ?? [];
  return mappings.find(([, port]) => port === String(inner))?.[0];
}

describe('the workflow of GitHub Actions', () => {
  it('covers every line of Node.js that package.json names, and no other', () => {
    const lines = engines.node.split('||').map((range: string) => minVersion(range)?.major);
    expect(strategy?.matrix.node).toEqual(lines);
  });

  it.each(jobs)('%s takes the latest release of a line, which package.json accepts', (_name, { steps }) => {
    const setup = steps.find(({ uses }) => uses?.startsWith('actions/setup-node@'))?.with ?? {};
    const own = setup['node-version'];
    const versions = typeof own === 'number' ? [own] : strategy?.matrix.node;
    for (const version of versions ?? []) expect(satisfies(`${version}.99.0`, engines.node)).toBe(true);
    expect(setup).toMatchObject({ 'check-latest': true, cache: 'npm' });
  });

  it.each(jobs)('%s runs the tests, by scripts that there are', (_name, { steps }) => {
    const commands = steps.flatMap(({ run }) => run?.split('\n') ?? []);
    expect(commands).toEqual(expect.arrayContaining(['npm ci', 'npm test']));
    const named = commands.flatMap(command => /^npm (?:run )?([\w:]+)/.exec(command)?.[1] ?? []);
    for (const script of named) if (script !== 'ci') expect(scripts).toHaveProperty([script]);
  });

  it('sets variables that the tests read', () => {
    const read = readFileSync('scripts/engines.ts', 'utf8');
    expect(Object.keys(env)).not.toHaveLength(0);
    for (const [, { env: variables = {} }] of jobs) {
      for (const name of Object.keys(variables)) expect(read).toMatch(new RegExp(`\\b${name}\\b`));
    }
  });

  it('leads them to its services', () => {
    expect(services.mysql?.image).toBe('mysql:8.4');
    expect(services.redis?.image).toBe('redis:8');
    expect(`${env.TEST_DB_HOST}:${env.TEST_DB_PORT}`).toBe(`127.0.0.1:${publishedPort('mysql', 3306)}`);
    expect(env.TEST_REDIS_URL).toBe(`redis://127.0.0.1:${publishedPort('redis', 6379)}`);
    expect(env.TEST_DB_USER).toBe('root');
    expect(env.TEST_DB_PASSWORD).toBe(services.mysql?.env?.MYSQL_ROOT_PASSWORD);
    // Those that freePort gives to the servers of single suites, and those of the installed packages.
    for (const port of [publishedPort('mysql', 3306), publishedPort('redis', 6379)]) {
      expect(Number(port)).toBeGreaterThan(32_000);
    }
  });

  it('may only read, ends in time, and names actions by their major version', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' });
    expect(workflow.concurrency.group).toContain('github.ref');
    for (const [, job] of jobs) {
      expect(job['timeout-minutes']).toBeLessThanOrEqual(60);
      for (const { uses } of job.steps) if (uses) expect(uses).toMatch(/^actions\/[\w-]+@v\d+$/);
    }
  });
});
