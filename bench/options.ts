import { parseArgs } from 'node:util';
import { ownRuntime } from './stage/runtimes.ts';

/** The parts of a run. */
export const sections = [
  'checks',
  'signed',
  'login',
  'cluster',
  'growth',
  'services',
  'refused',
  'cost',
  'soak',
] as const;
export type Section = (typeof sections)[number];

export interface Options {
  only: Section[];
  /** Major versions of Node.js. All contenders run on each of them, the other sections on the first. */
  node: number[];
  rounds: number;
  seconds: number;
  connections: number;
  /** Live sessions in Redis, ascending. */
  sessions: number[];
  /** Sessions of one user, ascending. */
  userSessions: number[];
  /** How often each operation is measured in a round of `growth`. */
  repeats: number;
  soakSeconds: number;
  /** Each job ends after so many requests; shows that everything works and says nothing of time. */
  quick: boolean;
  /** Folder for bench.md and bench.svg; undefined: docs/ after a whole run, else a temporary one. */
  out: string | undefined;
  /** Server to profile instead. */
  profile: string | undefined;
}

const usage = `npm run bench -- [options]
  --only a,b         of: ${sections.join(', ')}
  --node a,b         Node.js of the servers: checks and signed on each, the others on the first (20,24)
  --rounds n         how often the servers take their turn (7)
  --seconds n        of each turn (5)
  --connections n    of the load (50)
  --sessions a,b     live sessions in Redis, for growth (1,1000,100000,1000000)
  --soak n           seconds of the long load (600)
  --out folder       for bench.md and bench.svg
  --quick            a few requests everywhere, to see that it works
  --profile server   a processor profile of one server under load: http, naked, dressed, token, profile, session,
                     passport, fastify, fastify-tuned, better-auth, better-auth-cookie, naked-post, dressed-post, signed, hmac`;

/** @throws {Error} with the usage when the arguments make no sense */
export function parseOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: 'string' },
      node: { type: 'string' },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      connections: { type: 'string', default: '50' },
      sessions: { type: 'string' },
      soak: { type: 'string' },
      out: { type: 'string' },
      quick: { type: 'boolean', default: false },
      profile: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) throw new Error(usage);
  const { quick } = values;
  const numbers = (text: string) => text.split(',').map(part => number(part));
  return {
    only: values.only ? values.only.split(',').map(section) : [...sections],
    node: numbers(values.node ?? (quick ? String(ownRuntime.major) : '20,24')),
    rounds: number(values.rounds ?? (quick ? '1' : '7')),
    seconds: number(values.seconds ?? (quick ? '1' : '5')),
    connections: number(values.connections),
    sessions: numbers(values.sessions ?? (quick ? '1,10' : '1,1000,100000,1000000')),
    userSessions: quick ? [1, 10] : [1, 10, 100, 1000],
    repeats: quick ? 3 : 300,
    soakSeconds: number(values.soak ?? (quick ? '1' : '600')),
    quick,
    out: values.out,
    profile: values.profile,
  };
}

function number(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new Error(`${text} is no number above 0.\n\n${usage}`);
  return value;
}

function section(name: string): Section {
  const found = sections.find(known => known === name);
  if (!found) throw new Error(`There is no section ${name}.\n\n${usage}`);
  return found;
}
