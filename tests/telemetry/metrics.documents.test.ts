import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { hasRealStores, startTestApp, type TestApp } from '../support/harness.ts';

interface Dashboard {
  templating: { list: { name: string; type: string; query: string | { query: string } }[] };
  panels: { title: string; type: string; datasource?: { uid: string }; targets?: { expr: string }[] }[];
}

interface Rules {
  groups: { rules: Rule[] }[];
}

interface Rule {
  alert: string;
  expr: string;
  labels: { severity: string };
  annotations: { summary: string; description: string };
}

const dashboard: Dashboard = JSON.parse(readFileSync('docs/grafana-dashboard.json', 'utf8'));
const rules = (parse(readFileSync('docs/alerts.yaml', 'utf8')) as Rules).groups.flatMap(group => group.rules);
const page = readFileSync('docs/operations.md', 'utf8');

const panels = dashboard.panels.filter(({ type }) => type !== 'row');
const shown = panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => [title, expr] as const));
const asked = dashboard.templating.list.flatMap(({ name, query }) =>
  typeof query === 'string' ? [] : [[name, query.query] as const],
);
const alerts = rules.map(({ alert, expr }) => [alert, expr] as const);

/** What Prometheus adds to what it has read. */
const ITS_OWN = { metrics: ['up'], labels: ['job', 'instance'] };
const WORDS = ['by', 'on', 'without', 'and', 'or', 'unless', 'ignoring'];

/** A metric in an expression, with the labels that its selector names and the values it asks for exactly. */
interface Use {
  metric: string;
  matchers: { label: string; exactly?: string | undefined }[];
}

/** The metrics of a PromQL expression, and the labels by which it groups and joins. */
function usesOf(expr: string): { uses: Use[]; grouping: string[] } {
  const grouping: string[] = [];
  const rest = expr
    .replace(/\[[^\]]*\]/g, '')
    .replace(/\b(?:by|on|without|ignoring)\s*\(([^)]*)\)/g, (_, list: string) => {
      grouping.push(...list.split(',').map(label => label.trim()));
      return '';
    })
    // In a dashboard's question the label stands after the metric.
    .replace(/^label_values\((.*), *(\w+)\)$/, (_, metric: string, label: string) => {
      grouping.push(label);
      return metric;
    });
  const uses = [...rest.matchAll(/([a-zA-Z_]\w*)(?:\{([^}]*)\})?(?![\w"]|\s*\()/g)]
    .map(([, metric = '', selector = '']) => ({
      metric,
      matchers: [...selector.matchAll(/(\w+)(=~|!~|!=|=)"((?:[^"\\]|\\.)*)"/g)].map(
        ([, label = '', operator, value]) => ({ label, exactly: operator === '=' ? value : undefined }),
      ),
    }))
    .filter(({ metric }) => !WORDS.includes(metric));
  return { uses, grouping };
}

/** There is nothing to show of it before the first time, which a short test may not see. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
}

describe.skipIf(!hasRealStores)('the dashboard and the alerts', () => {
  let app: TestApp;
  /** By metric, its series as text. */
  const series = new Map<string, string[]>();
  let own: string[];

  beforeAll(async () => {
    const a = { issuer: 'https://login.example.com', client_id: 'a', client_secret: 'a' };
    app = await startTestApp('real', { OIDC_PROVIDERS: JSON.stringify({ a }) });
    const user = await app.register();
    const token = await app.login(user);
    await app.call('POST', '/auth/login', { body: { ...user, password: 'wrong horse' } });
    await app.call('POST', '/auth/logout', { token });
    await app.metrics.text(); // from now on it is watched
    collectGarbage();
    const text = (await app.call('GET', '/metrics')).text;
    for (const line of text.split('\n')) {
      const [, metric] = /^([a-z]\w*)[ {]/.exec(line) ?? [];
      if (metric) series.set(metric, [...(series.get(metric) ?? []), line]);
    }
    own = [...text.matchAll(/^# TYPE (auth_\w+)/gm)].map(([, metric = '']) => metric);
  });
  afterAll(() => app.close());

  const labelled = (metric: string, label: string, value?: string) =>
    (series.get(metric) ?? []).some(line =>
      value === undefined
        ? new RegExp(`[{,]${label}="`).test(line)
        : line.includes(`{${label}="${value}"`) || line.includes(`,${label}="${value}"`),
    );

  it.each([...shown, ...asked, ...alerts])('use what /metrics has: %s: %s', (_, expr) => {
    const { uses, grouping } = usesOf(expr);
    expect(uses.length).toBeGreaterThan(0);
    for (const { metric, matchers } of uses) {
      if (!ITS_OWN.metrics.includes(metric)) expect([...series.keys()]).toContain(metric);
      for (const { label, exactly } of matchers) {
        if (ITS_OWN.labels.includes(label)) continue;
        expect(labelled(metric, label, exactly), `${metric} {${label}="${exactly ?? '…'}"}`).toBe(true);
      }
    }
    for (const label of grouping) {
      if (ITS_OWN.labels.includes(label)) continue;
      for (const { metric } of uses) expect(labelled(metric, label), `${metric} by ${label}`).toBe(true);
    }
  });

  it('show every metric of the API’s own, and the operations page names it', () => {
    const used = new Set(shown.flatMap(([, expr]) => usesOf(expr).uses.map(({ metric }) => metric)));
    const forms = (metric: string) => ['', '_bucket', '_count', '_sum'].map(suffix => metric + suffix);
    expect(own.length).toBeGreaterThan(15);
    expect(own.filter(metric => !forms(metric).some(form => used.has(form)))).toEqual([]);
    expect(own.filter(metric => !page.includes(`\`${metric}\``))).toEqual([]);
  });
});

describe('the dashboard', () => {
  it('takes its data source from a variable', () => {
    expect(dashboard.templating.list[0]).toMatchObject({ name: 'datasource', type: 'datasource' });
    for (const { title, datasource } of panels)
      expect(datasource?.uid, title).toBe('${'.concat('datasource}'));
  });

  it('leaves nothing out of sight', () => {
    for (const { title, targets } of panels) expect(targets?.length, title).toBeGreaterThan(0);
    expect(new Set(panels.map(({ title }) => title)).size).toBe(panels.length);
  });
});

describe('the alerts', () => {
  it.each(rules)('$alert has a severity, says what is wrong and where to read on', rule => {
    expect(rule.alert).toMatch(/^Auth[A-Z]/);
    expect(['critical', 'warning']).toContain(rule.labels.severity);
    expect(rule.annotations.summary).toMatch(/\w/);
    expect(rule.annotations.description).toContain('docs/operations.md');
  });

  it('are told apart by their names', () => {
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
  });
});

describe('the check itself', () => {
  it('finds metrics, selectors and groupings in an expression', () => {
    const expr = 'sum by (le, route) (rate(a_bucket{status=~"5..",code="x"}[5m])) / on (job) b > 0.5 and up';
    expect(usesOf(expr)).toEqual({
      uses: [
        { metric: 'a_bucket', matchers: [{ label: 'status' }, { label: 'code', exactly: 'x' }] },
        { metric: 'b', matchers: [] },
        { metric: 'up', matchers: [] },
      ],
      grouping: ['le', 'route', 'job'],
    });
  });
});
