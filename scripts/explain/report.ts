import type { EndReason } from '../../models/audit/events.ts';
import type { TrailEvent } from '../../models/audit/sessionTrail.sql.ts';
import type { RefreshToken } from '../../models/session/refreshToken.model.ts';
import type { AccessClaims } from '../../models/session/token.model.ts';
import type { Facts, TokenOwner } from './facts.ts';
import { quoted, timeText } from './words.ts';

/** The exit codes of `npm run explain`. */
export const GOOD = 0;
export const NOT_GOOD = 1;
export const UNKNOWN = 2;

export interface Report {
  exitCode: typeof GOOD | typeof NOT_GOOD | typeof UNKNOWN;
  lines: string[];
}

/** More than a request takes from the `iat` of a new token to the audit row of the refresh. */
const REFRESH_MS = 70_000;

const RESTORED =
  'But Redis has it on the allowlist. Was an old append-only file restored? Then end every session (docs/operations.md).';
const STILL_ALLOWED =
  'It is still on the allowlist: a check that does not read the user accepts it, such as GET /auth/verify.';

const endings: Record<EndReason, string> = {
  logout: 'by a logout',
  ended_by_user: 'by the user, from the list of sessions',
  logout_all: 'by a logout of all sessions',
  evicted: 'by a newer login (CONCURRENT_LOGIN)',
  password_change: 'by a change of the password',
  password_reset: 'by a reset of the password',
  account_closed: 'because the account was closed',
  account_disabled: 'because an administrator locked the account',
  ended_by_admin: 'by an administrator',
  refresh_reuse: 'because a used refresh token came back',
};

/**
 * What the API thinks of a genuine access token.
 * @param now Unix time in milliseconds
 */
export function aboutAccessToken(claims: AccessClaims, facts: Facts, now: number): Report {
  const { exitCode, lines } = verdictOf(claims, facts, now);
  const { jti, iat, exp } = claims;
  const token = `Token: jti ${jti}, issued ${timeText(iat * 1000, now)}, expires ${timeText(exp * 1000, now)}.`;
  return { exitCode, lines: [...lines, ...ownerLines(claims, facts, now), token, ...unknownLines(facts)] };
}

/** What the API thinks of a refresh token of its own: never an access token. */
export function aboutRefreshToken(token: RefreshToken, facts: Facts, now: number): Report {
  const lines = ['Not an access token: it is a refresh token of this API, for POST /auth/refresh.'];
  return {
    exitCode: NOT_GOOD,
    lines: [
      ...lines,
      ...refreshLines(token, facts, now),
      ...ownerLines(token, facts, now),
      ...unknownLines(facts),
    ],
  };
}

function refreshLines(token: RefreshToken, facts: Facts, now: number): string[] {
  const { session } = facts;
  if (now >= token.sessionEndsAt) {
    return [`Its session has reached SESSION_MAX_AGE: on ${timeText(token.sessionEndsAt, now)}.`];
  }
  if (!session.known) return endLines(facts, now);
  if (!session.value) return whyLines(facts, now);
  return session.value.refreshHash === token.hash
    ? [
        `It is the current one of its session, for one refresh until ${timeText(session.value.expiresAt, now)}.`,
      ]
    : ['It was used already. Sent again after REFRESH_LEEWAY, it ends its session.'];
}

function verdictOf(claims: AccessClaims, facts: Facts, now: number): Report {
  const { allowed, userExists } = facts;
  const replaced = replacedLines(claims, facts, now);
  const ended = replaced.length > 0 ? replaced : endLines(facts, now);
  const gone = userExists.known && !userExists.value ? goneLines(claims, facts, now) : [];
  const until = timeText(claims.exp * 1000, now);
  const report = (exitCode: Report['exitCode'], ...lines: string[]): Report => ({ exitCode, lines });

  if (now >= claims.exp * 1000) return report(NOT_GOOD, `Expired: ${until}.`, ...ended, ...gone);
  if (!allowed.known) {
    if (ended.length > 0) return report(NOT_GOOD, 'Revoked: the audit trail shows it.', ...ended, ...gone);
    if (gone.length > 0) return report(NOT_GOOD, 'Not good: there is no such account.', ...gone);
    return report(UNKNOWN, `Cannot say. It is a token of this API, until ${until}.`);
  }
  if (!allowed.value) {
    const why = ended.length > 0 ? ended : whyLines(facts, now);
    return report(NOT_GOOD, 'Revoked: it is not on the allowlist.', ...why, ...gone);
  }
  const contradiction = ended.length > 0 ? [...ended, RESTORED] : [];
  if (gone.length > 0) {
    return report(NOT_GOOD, 'Not good: there is no such account.', ...gone, STILL_ALLOWED, ...contradiction);
  }
  if (!userExists.known) {
    return report(UNKNOWN, `Cannot say. It is on the allowlist, until ${until}.`, ...contradiction);
  }
  return report(GOOD, `Good: until ${until}.`, ...contradiction);
}

/** That the session has a newer token; empty where that is not certain. */
function replacedLines({ jti, iat }: AccessClaims, { session, trail }: Facts, now: number): string[] {
  const refreshedAt = trail.known ? trail.value.refreshed?.time : undefined;
  const isReplaced = session.known
    ? session.value !== null && session.value.tokenInfo.jti !== jti
    : refreshedAt !== undefined && refreshedAt > iat * 1000 + REFRESH_MS;
  if (!isReplaced) return [];
  const when = refreshedAt === undefined ? '' : `, the last time ${timeText(refreshedAt, now)}`;
  return [`The session was refreshed${when}, and has a newer token.`];
}

/** How the session ended, by the audit trail; empty where it does not say that. */
function endLines({ trail }: Facts, now: number): string[] {
  const { ended, evictedBy } = trail.known ? trail.value : { ended: null, evictedBy: null };
  if (!ended) return [];
  const how = endings[ended.reason as EndReason] ?? quoted(ended.reason);
  const lines = [`Its session was ended ${how}, ${timeText(ended.time, now)}, ${placeOf(ended)}.`];
  if (ended.reason !== 'evicted') return lines;
  const login = evictedBy
    ? `That login started the session ${evictedBy.sessionId}.`
    : 'Which login that was cannot be said for certain.';
  return [...lines, login];
}

/** Why a session does not live, or a token of a session that lives is not on the allowlist. */
function whyLines(facts: Facts, now: number): string[] {
  const { session, trail } = facts;
  const ended = endLines(facts, now);
  if (ended.length > 0) return ended;
  if (!trail.known) return ['Why cannot be said, because the audit trail is not known.'];
  const isAlive = session.known && session.value !== null;
  const { rolesChanged } = trail.value;
  if (isAlive && rolesChanged) {
    return [
      `The roles of the user were changed ${timeText(rolesChanged.time, now)}. The session goes on: POST /auth/refresh gives a new token.`,
    ];
  }
  const what = isAlive ? 'Its session lives, and the audit trail' : 'The audit trail';
  return [
    `${what} has no end of it. Redis lost it (no append-only file, eviction, deleted by hand), or the row is not written yet.`,
  ];
}

function goneLines({ userId }: TokenOwner, { trail }: Facts, now: number): string[] {
  const closed = trail.known ? trail.value.accountClosed : null;
  const reason = closed ? `was closed, ${timeText(closed.time, now)}` : 'is not in the database';
  return [`The account of user ${userId} ${reason}.`];
}

function ownerLines(owner: TokenOwner, { session, trail }: Facts, now: number): string[] {
  const { userId, sessionId } = owner;
  const started = trail.known ? trail.value.started : null;
  const live = session.known ? session.value : undefined;
  const parts = [
    `Session: ${sessionId}`,
    started && `started ${timeText(started.time, now)}, ${placeOf(started)}`,
    live && `last used ${timeText(live.lastUsedAt, now)}, ${placeOf(live.device)}`,
    live && `device ${quoted(live.device.name)}`,
  ];
  return [`User: ${userId}.`, `${parts.filter(Boolean).join('; ')}.`];
}

function placeOf({ ip, userAgent }: Pick<TrailEvent, 'ip' | 'userAgent'>): string {
  return ip === '' ? 'from an address that is not kept' : `from ${ip}, user agent ${quoted(userAgent)}`;
}

function unknownLines({ allowed, trail }: Facts): string[] {
  return [
    ...(allowed.known ? [] : [`Not known: the allowlist. ${allowed.why}.`]),
    ...(trail.known ? [] : [`Not known: the account and the audit trail. ${trail.why}.`]),
  ];
}
