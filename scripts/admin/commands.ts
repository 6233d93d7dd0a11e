import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ParseArgsConfig } from 'node:util';
import type { createModels } from '../../compose.ts';
import { auditQuery } from '../../controllers/admin.schemas.ts';
import { auditCsv } from '../../controllers/csv.ts';
import { StoreError } from '../../errors.ts';
import type { UserDetails } from '../../models/admin/userList.sql.ts';
import type { AuditEntry } from '../../models/audit/auditTrail.sql.ts';
import { ROLE_NAME } from '../../models/role/role.model.ts';
import type { ListedSession } from '../../models/session/session.store.ts';

export const USAGE = `npm run admin -- grant|revoke ADDRESS|ID ROLE
npm run admin -- list
npm run admin -- users [BEGINNING]
npm run admin -- show|lock|unlock ADDRESS|ID
npm run admin -- sessions ADDRESS|ID [--end SESSION|--end-all]
npm run admin -- audit [--user ADDRESS|ID] [--event NAME] [--ip ADDRESS] [--from TIME] [--to TIME] [--csv]`;

/** How many users or events are printed. */
const MAX_LINES = 100;
const IN_PROCESS = 'Sessions are in the server process';
const operator = { ip: '', userAgent: '', requestId: 'operator', by: null };

interface Context extends ReturnType<typeof createModels> {
  /** False where sessions are in the server process. */
  hasSessions: boolean;
  stdout: NodeJS.WritableStream;
}
type Options = Record<string, unknown>;
/** Returns what is printed. Throws an error whose message says what to do. */
export type Command = (context: Context, args: string[], options: Options) => Promise<string>;

/** The options of a command, for `parseArgs`. */
export const optionsOf: Record<string, ParseArgsConfig['options']> = {
  sessions: { end: { type: 'string' }, 'end-all': { type: 'boolean' } },
  audit: {
    user: { type: 'string' },
    event: { type: 'string' },
    ip: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
    csv: { type: 'boolean' },
  },
};

export const commands: Record<string, Command> = {
  async grant(context, [who, name]) {
    const role = roleOf(name);
    const { user } = await targetOf(context, who);
    const roles = await context.roles.set(user.id, held => [...held, role], operator);
    return withRestart(context, `${user.email} has the roles ${roles.join(', ')}.`);
  },

  async revoke(context, [who, name]) {
    const role = roleOf(name);
    const { user } = await targetOf(context, who);
    const without = (held: string[]) => held.filter(each => each !== role);
    const roles = await context.roles.set(user.id, without, operator);
    const left = roles.length > 0 ? `the roles ${roles.join(', ')}` : 'no role';
    return withRestart(context, `${user.email} has ${left}.`);
  },

  async list({ roles, users }) {
    const granted = await roles.list();
    const lines = granted.map(async ({ userId, role, grantedAt, grantedBy }) => {
      const { user } = (await users.findById(userId)) ?? {};
      const by = grantedBy === null ? 'the operator' : `user ${grantedBy}`;
      return `${role}  ${user?.email ?? 'a closed account'} (user ${userId}), granted ${grantedAt} by ${by}`;
    });
    return (await Promise.all(lines)).join('\n') || 'Nobody has a role.';
  },

  async users({ admin }, [search]) {
    const { found, hasMore } = await collect(async cursor => {
      const { users, next } = await admin.users(
        { search: search || undefined, limit: MAX_LINES, cursor },
        operator,
      );
      return { found: users, next };
    });
    const lines = found.map(({ user, ...state }) =>
      [user.id, user.email, user.name ?? '–', ...words(state)].join('  '),
    );
    if (hasMore) lines.push('There are more users: give more of the beginning.');
    return lines.join('\n') || 'No user begins like this.';
  },

  async show(context, [who]) {
    const { user } = await targetOf(context, who);
    const { user: shown, ...state } = await context.admin.user(user.id, operator);
    return [
      `user ${shown.id}: ${shown.email}, ${shown.name ?? 'without a name'}`,
      `registered ${shown.created_at ?? 'at an unknown time'}, changed ${shown.updated_at ?? 'at an unknown time'}`,
      words(state).join(', '),
      await sessionsText(context, user.id).catch(error => {
        if (!(error instanceof StoreError)) throw error;
        return 'Sessions: not known, because Redis does not answer.';
      }),
    ].join('\n');
  },

  async lock(context, [who]) {
    const { user } = await targetOf(context, who);
    await context.admin.disable(user.id, operator);
    return withRestart(context, `${user.email} is locked.`);
  },

  async unlock(context, [who]) {
    const { user } = await targetOf(context, who);
    await context.admin.enable(user.id, operator);
    return `${user.email} is not locked.`;
  },

  async sessions(context, [who], { end, 'end-all': all }) {
    if (end !== undefined && all) throw new Error('give --end or --end-all, not both');
    const { user } = await targetOf(context, who);
    if (!context.hasSessions) throw new Error('sessions are in the server process: restart it to end them');
    if (all) return `${await context.admin.endSessions(user.id, operator)} sessions of ${user.email} ended.`;
    if (typeof end !== 'string') return sessionsText(context, user.id);
    await context.admin.endSession(user.id, end, operator);
    return `Session ${end} of ${user.email} ended.`;
  },

  async audit(context, _, { user: who, csv, ...options }) {
    const user = typeof who === 'string' ? (await targetOf(context, who)).user : undefined;
    const parsed = auditQuery.safeParse({ ...options, limit: String(MAX_LINES) });
    if (!parsed.success) {
      throw new Error(
        parsed.error.issues.map(({ path, message }) => `--${path[0]?.toString()} ${message}`).join('; '),
      );
    }
    const { event, ip, from, to, limit } = parsed.data;
    const filter = { userId: user?.id, event, ip, from, to };
    if (csv) {
      await print(auditCsv(context.admin.auditLists(filter, operator)), context.stdout);
      return '';
    }
    const { found, hasMore } = await collect(async cursor => {
      const { entries, next } = await context.admin.audit({ ...filter, limit, cursor }, operator);
      return { found: entries, next };
    });
    const lines = found.map(eventLine);
    if (hasMore) lines.push('There are more events: use --from and --to, or --csv for all.');
    return lines.join('\n') || 'There is no such event.';
  },
};

/** Reads pages until there are as many entries as are printed. */
async function collect<T>(read: (cursor?: string) => Promise<{ found: T[]; next?: string | undefined }>) {
  const all: T[] = [];
  let cursor: string | undefined;
  do {
    const { found, next } = await read(cursor);
    all.push(...found);
    cursor = next;
  } while (cursor !== undefined && all.length < MAX_LINES);
  return { found: all.slice(0, MAX_LINES), hasMore: cursor !== undefined || all.length > MAX_LINES };
}

async function sessionsText({ admin, hasSessions }: Context, userId: number): Promise<string> {
  if (!hasSessions) return `${IN_PROCESS}, so they are not known here.`;
  const { sessions, next } = await admin.sessions(userId, MAX_LINES);
  const at = (ms: number) => new Date(ms).toISOString();
  const lineOf = ({ id, device, lastUsedAt, expiresAt }: ListedSession) =>
    `session ${id}  ${device.name ?? '–'}  ${device.ip}  used ${at(lastUsedAt)}  until ${at(expiresAt)}  ${device.userAgent}`;
  const lines = sessions.map(lineOf);
  if (next) lines.push('There are more sessions.');
  return lines.join('\n') || 'No sessions.';
}

function words({ roles, isVerified, hasSecondFactor, isDisabled }: Omit<UserDetails, 'user'>): string[] {
  return [
    ...(isDisabled ? ['locked'] : []),
    ...roles.map(role => `role ${role}`),
    isVerified ? 'verified' : 'not verified',
    ...(hasSecondFactor ? ['second factor'] : []),
  ];
}

function eventLine({ time, event, user_id, reason, ip, detail }: AuditEntry): string {
  const { by, ...more } = detail ?? {};
  const who = by === undefined ? [] : [by === null ? 'by the operator' : `by user ${by}`];
  const rest = Object.entries(more).map(([name, value]) => `${name}=${value}`);
  return [time, event, user_id === null ? '–' : `user ${user_id}`, ...who, reason ?? '', ip, ...rest]
    .filter(Boolean)
    .join('  ');
}

/** @throws {Error} with one line */
async function targetOf({ users }: Context, who: string | undefined) {
  if (!who) throw new Error(`give an address or an id:\n${USAGE}`);
  const isId = /^[1-9]\d{0,14}$/.test(who);
  const found = isId ? await users.findById(Number(who)) : await users.findByEmail(who);
  if (!found) throw new Error(`no user has the ${isId ? 'id' : 'address'} ${who}`);
  return found;
}

/** @throws {Error} with one line */
function roleOf(name: string | undefined): string {
  if (!name) throw new Error(`give an address and a role:\n${USAGE}`);
  if (ROLE_NAME.test(name)) return name;
  throw new Error('a role has 1 to 32 characters: a lower-case letter, then letters, digits, _ or -');
}

function withRestart({ hasSessions }: Context, text: string): string {
  return hasSessions ? text : `${text}\n${IN_PROCESS}: restart it, so that earlier tokens end.`;
}

/** Waits while the reader of the output does not read. Ends quietly when the reader has ended. */
async function print(texts: AsyncIterable<string>, output: NodeJS.WritableStream): Promise<void> {
  await pipeline(Readable.from(texts, { highWaterMark: 1 }), output, { end: false }).catch(error => {
    if (error.code !== 'EPIPE') throw error;
  });
}
