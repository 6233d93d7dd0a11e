import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import type * as z from 'zod';
import type { AdminModel } from '../models/admin/admin.model.ts';
import type { UserDetails } from '../models/admin/userList.sql.ts';
import type { AdminContext } from '../models/audit/events.ts';
import type { AuditQuery, UsersQuery } from './admin.schemas.ts';
import type { Checked } from './bodies.ts';
import { clientContextOf } from './clientContextOf.ts';
import { auditCsv } from './csv.ts';
import type { sessionsQuery } from './session.schemas.ts';
import { sessionView } from './sessionView.ts';

type OfUser = Request<{ id: string }>;

/** The accounts of others, and the audit trail. */
export function createAdminController(admin: AdminModel) {
  /** A handler that does something to a user and sends an empty response. */
  function act(work: (userId: number, client: AdminContext) => Promise<unknown>) {
    return async (req: OfUser, res: Response): Promise<void> => {
      await work(userIdOf(req), adminContextOf(req));
      res.status(204).end();
    };
  }

  /** Sends the entries as they are read. Ends early when the client goes away. */
  async function sendCsv(req: Request, res: Response, query: AuditQuery): Promise<void> {
    const { user_id: userId, event, ip, from, to } = query;
    const texts = auditCsv(admin.auditLists({ userId, event, ip, from, to }, adminContextOf(req)));
    // Read before the headers are sent, so that a database that is down gets an error response.
    const first = await texts.next();
    res.attachment('audit.csv');
    if (req.method === 'HEAD') return void res.end();
    const all = async function* () {
      if (!first.done) yield first.value;
      yield* texts;
    };
    try {
      // The stream holds one text, and asks for the next one when the client has taken it.
      await pipeline(Readable.from(all(), { highWaterMark: 1 }), res);
    } catch (error) {
      if (!hasLeft(error)) throw error;
    }
  }

  return {
    async users(req: Request, res: Response, query: UsersQuery) {
      const { users, next } = await admin.users(query, adminContextOf(req));
      res.json({ users: users.map(userView), next });
    },

    async user(req: Request, res: Response, { limit, cursor }: z.infer<typeof sessionsQuery>) {
      const userId = userIdOf(req);
      const user = await admin.user(userId, adminContextOf(req));
      const page = await admin.sessions(userId, limit, cursor);
      res.json({ user: userView(user), ...page, sessions: page.sessions.map(sessionView) });
    },

    lock: act(admin.disable),
    unlock: act(admin.enable),
    sendResetLink: act(admin.sendResetLink),
    removeSecondFactor: act(admin.removeSecondFactor),
    endSessions: act(admin.endSessions),

    async endSession(req: Request<{ id: string; sid: string }>, res: Response) {
      await admin.endSession(userIdOf(req), req.params.sid, adminContextOf(req));
      res.status(204).end();
    },

    async setRoles(req: Checked<'setRoles'> & OfUser, res: Response) {
      await admin.setRoles(userIdOf(req), req.body.roles, adminContextOf(req));
      res.status(204).end();
    },

    async audit(req: Request, res: Response, query: AuditQuery) {
      const { user_id: userId, format, ...filter } = query;
      res.vary('Accept');
      if ((format ?? req.accepts('json', 'csv')) === 'csv') return sendCsv(req, res, query);
      const { entries, next } = await admin.audit({ ...filter, userId }, adminContextOf(req));
      res.json({ events: entries, next });
    },
  };
}

/** The user that the path names; 0, which nobody is, for a text that is no id. */
function userIdOf({ params }: Request<{ id?: string | string[] }>): number {
  const id = String(params.id);
  return /^[1-9]\d{0,14}$/.test(id) ? Number(id) : 0;
}

function adminContextOf(req: Request<object>): AdminContext {
  return { ...clientContextOf(req), by: req.auth.userId };
}

function userView({ user, roles, isVerified, hasSecondFactor, isDisabled }: UserDetails) {
  return { ...user, roles, verified: isVerified, mfa: hasSecondFactor, locked: isDisabled };
}

/** Whether a stream failed because the client closed the connection. */
function hasLeft(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
}
