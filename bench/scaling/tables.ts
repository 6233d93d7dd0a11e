import type { Table } from '../report.ts';
import type { ClusterFindings } from './cluster.ts';
import type { LagFinding } from './lag.ts';
import { type Assumptions, assumptions, type Estimate, type Kind, kinds, type Shares } from './model.ts';
import type { RequestFindings } from './requests.ts';
import type { Sizes } from './sizes.ts';
import { type StepResult, steps, type TrafficResult, wrongAnswers } from './traffic.ts';

const whole = (value: number) => Math.round(value).toLocaleString('en');
const short = (value: number) => value.toLocaleString('en', { maximumSignificantDigits: 3 });
const percent = (part: number, of: number) => (of === 0 ? '–' : `${((100 * part) / of).toFixed(1)} %`);
const sumOf = (values: number[]) => values.reduce((sum, value) => sum + value, 0);

/** `requestsPerSession` as `--requests-per-session`. */
export const optionOf = (name: string) => name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);

const names = Object.keys(assumptions) as (keyof Assumptions)[];

export function assumptionTable(assumed: Assumptions): Table {
  return {
    title: 'Assumptions',
    head: ['assumption', 'option', 'value'],
    rows: names.map(name => [assumptions[name].meaning, `\`--${optionOf(name)}\``, String(assumed[name])]),
  };
}

export function estimateTable(estimates: Estimate[]): Table {
  const row = (label: string, figure: (of: Estimate) => string) => [label, ...estimates.map(figure)];
  const rate = (label: string, kind: Kind) => row(`${label} per second`, of => short(of.rates[kind]));
  const apiCores = ({ api }: Estimate) => api.hashCores + api.otherCores;
  return {
    title: 'Estimate',
    head: ['users', ...estimates.map(of => whole(of.users))],
    rows: [
      row('sessions; in use at the busiest time', of => `${whole(of.sessions)}; ${whole(of.activeSessions)}`),
      rate('checks', 'check'),
      rate('profiles', 'profile'),
      rate('lists', 'list'),
      rate('signed requests', 'signed'),
      rate('refreshes', 'refresh'),
      rate('logouts', 'logout'),
      rate('logins', 'login'),
      row('Redis: sessions in GB', of => short(of.redis.gigabytes)),
      row('Redis: commands per second', of => short(of.redis.commands)),
      row('Redis: cores at work', of => short(of.redis.cores)),
      row('Redis: masters for the memory; for the cores', of => {
        const { mastersForMemory, mastersForCores } = of.redis;
        return `${mastersForMemory}; ${mastersForCores}`;
      }),
      row('**Redis: masters; with replicas**', ({ redis }) => `**${redis.masters}; ${redis.servers}**`),
      row('Redis is limited by', ({ redis }) => redisLimit(redis)),
      row('MySQL: users in GB', of => short(of.mysql.userGigabytes)),
      row('MySQL: audit rows in GB', of => short(of.mysql.auditGigabytes)),
      row('MySQL: reads; writes per second', of => `${short(of.mysql.reads)}; ${short(of.mysql.writes)}`),
      row('**MySQL: cores of the primary; servers**', of => `**${of.mysql.cores}; ${of.mysql.servers}**`),
      row('MySQL: connections', of => whole(of.mysql.connections)),
      row('API: cores at work for bcrypt; for the rest', ({ api }) => {
        return `${short(api.hashCores)}; ${short(api.otherCores)}`;
      }),
      row('API: share of bcrypt', of => percent(of.api.hashCores, apiCores(of))),
      row('**API: processes, one core each**', of => `**${of.api.processes}**`),
      row('API: memory in GB', of => short(of.api.gigabytes)),
    ],
  };
}

function redisLimit({ masters, mastersForMemory, mastersForCores }: Estimate['redis']): string {
  if (masters === mastersForMemory) return 'memory';
  return masters === mastersForCores ? 'processor time' : 'the smallest cluster';
}

/** What the stores do for a request, and what it takes. */
export function requestTable({ requests }: Pick<RequestFindings, 'requests'>): Table {
  return {
    title: 'A request',
    head: [
      '',
      ...['Redis commands', 'scripts', 'µs per script', 'MySQL reads', 'writes', 'audit rows'],
      ...['µs API', 'µs Redis', 'µs MySQL'],
    ],
    rows: (Object.keys(kinds) as Kind[]).map(kind => {
      const cost = requests[kind];
      return [
        kinds[kind],
        ...[cost.redisCommands, cost.scripts].map(short),
        cost.scripts === 0 ? '–' : short(cost.microsPerScript),
        ...[cost.mysqlReads, cost.mysqlWrites, cost.auditRows].map(short),
        ...[cost.apiMicros, cost.redisMicros, cost.mysqlMicros].map(whole),
      ];
    }),
  };
}

export function sizeTable(sizes: Sizes, shares: Shares): Table {
  return {
    title: 'Sizes',
    head: ['', 'bytes'],
    rows: [
      ...sizes.sessions.map(({ perUser, bytes }) => [
        perUser === 1
          ? 'session, the only one of its user, one Redis server'
          : `session, one of ${whole(perUser)} of its user, one Redis server`,
        whole(bytes),
      ]),
      ['session, the only one of its user, Redis Cluster', whole(shares.sessionBytes)],
      ['row of `users` with its indexes', whole(shares.userBytes)],
      ['row of `audit_log` with its indexes', whole(shares.auditRowBytes)],
      ['API process, resident', whole(shares.processBytes)],
    ],
  };
}

export function clusterTable({ nodes }: ClusterFindings): Table {
  const masters = nodes.filter(({ role }) => role === 'master');
  const totals = {
    keys: sumOf(masters.map(({ keys }) => keys)),
    bytes: sumOf(masters.map(({ bytes }) => bytes)),
    commands: sumOf(masters.map(({ commands }) => commands)),
  };
  return {
    title: 'The servers of the cluster',
    head: ['', 'sessions', 'keys', 'MB', 'bytes per session', 'commands', 'processor s'],
    rows: nodes.map((node, i) => {
      const { role, slots, sessions, keys, bytes, commands, processorMicros } = node;
      const isMaster = role === 'master';
      const share = (part: number, of: number) => (isMaster ? ` (${percent(part, of)})` : '');
      return [
        isMaster ? `master, slots ${slots}` : `replica of master ${i - masters.length + 1}`,
        isMaster ? whole(sessions) : '',
        `${whole(keys)}${share(keys, totals.keys)}`,
        `${whole(bytes / 1e6)}${share(bytes, totals.bytes)}`,
        isMaster ? whole(bytes / sessions) : '',
        `${whole(commands)}${share(commands, totals.commands)}`,
        (processorMicros / 1e6).toFixed(1),
      ];
    }),
  };
}

/** Answers while slots moved, and before and after it. */
export function moveTables({ move }: ClusterFindings): Table[] {
  const phases: [string, TrafficResult][] = [
    ['before the move', move.before],
    ['during the move, users of the slots that move', move.moving],
    ['during the move, other users', move.staying],
    ['after the move', move.after],
  ];
  const all = [...phases.map(([, result]) => result), move.review];
  const total = (figure: (of: TrafficResult) => number) => whole(sumOf(all.map(figure)));
  return [
    {
      title: 'Answers while slots move',
      head: ['', 'request', 'answers', 'p50 ms', 'p99 ms', 'longest ms', '503'],
      rows: phases.flatMap(([phase, result]) =>
        steps.map((step, i) => [i === 0 ? phase : '', step, ...timesOf(result.steps[step])]),
      ),
    },
    {
      title: 'Wrong answers while slots move',
      head: ['', 'count'],
      rows: [
        ['answers that were judged', total(countAnswers)],
        ...Object.entries(move.refused).map(([kind, count]) => [
          `commands that Redis refused with ${kind}`,
          whole(count),
        ]),
        ['ended tokens that were let in', total(of => of.endedAccepted)],
        ['live tokens that got 401', total(of => of.liveRefused)],
        ['other wrong answers', total(of => of.otherWrong.length)],
        ['sessions read afterwards, of users whose slot moved', whole(move.read)],
        ['of these lost', whole(move.lost)],
      ],
    },
  ];
}

const countAnswers = ({ steps: results }: TrafficResult) =>
  sumOf(Object.values(results).map(({ ms, unavailable }) => ms.length + unavailable));

function timesOf({ ms, unavailable }: StepResult): string[] {
  const sorted = ms.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  const times = [0.5, 0.99, 1].map(share => at(share)?.toFixed(0) ?? '–');
  return [whole(sorted.length), ...times, whole(unavailable)];
}

/** All wrong answers of the run. */
export function countWrong({ move }: ClusterFindings): number {
  const { before, moving, staying, after, review, lost } = move;
  return lost + sumOf([before, moving, staying, after, review].map(wrongAnswers));
}

export function lagTable(findings: LagFinding[]): Table {
  return {
    title: 'Reads from a replica that is behind',
    head: ['', 'right', 'from the primary', 'from the replica'],
    rows: findings.map(({ name, right, primary, replica }) => [
      name,
      right,
      primary,
      replica === right ? replica : `**${replica}**`,
    ]),
  };
}
