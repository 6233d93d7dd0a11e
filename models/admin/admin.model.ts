import { ApiError } from '../../errors.ts';
import type { DisabledAccountTable } from '../account/disabledAccount.sql.ts';
import type { RecoveryModel } from '../account/recovery.model.ts';
import type { AuditEntry, AuditFilter, AuditPage, AuditTrailReader } from '../audit/auditTrail.sql.ts';
import type { AdminContext, Emitter, Events } from '../audit/events.ts';
import type { MfaModel } from '../mfa/mfa.model.ts';
import { ADMIN, type RoleModel, withoutAdmin } from '../role/role.model.ts';
import { retryOnStaleGeneration } from '../session/generation.ts';
import type { SessionModel } from '../session/session.model.ts';
import type { Credentials, UserModel } from '../user/user.model.ts';
import type { UserDetails, UserList, UserPage } from './userList.sql.ts';

export type AdminModel = ReturnType<typeof createAdminModel>;

interface Dependencies {
  users: UserModel;
  list: UserList;
  trail: AuditTrailReader;
  disabledAccounts: DisabledAccountTable;
  sessions: SessionModel;
  mfa: MfaModel;
  roles: RoleModel;
  recovery: RecoveryModel;
  events: Emitter;
}

/**
 * What administrators and the operator do to the accounts of others. Each act and each read is in the audit trail, and
 * the user gets a mail about each act. All methods throw {@link StoreError}.
 */
export function createAdminModel(dependencies: Dependencies) {
  const { users, list, trail, disabledAccounts, sessions, mfa, roles, recovery, events } = dependencies;

  /** @throws {ApiError} `not_found`, also for a closed account */
  async function owner(userId: number): Promise<Credentials> {
    const found = await users.findById(userId);
    if (found) return found;
    throw unknownUser();
  }

  function tellRead(
    what: Events['admin.read']['detail']['what'],
    userId: number | null,
    client: AdminContext,
  ): void {
    events.emit('admin.read', { userId, detail: { what }, ...client });
  }

  return {
    /**
     * A page of users, as {@link UserList.page}.
     * @throws {ApiError} `validation_failed` for an invalid cursor
     */
    async users(
      { search, limit, cursor }: { search?: string | undefined; limit: number; cursor?: string | undefined },
      client: AdminContext,
    ): Promise<UserPage> {
      const page = await list.page(search, limit, cursor);
      tellRead('users', null, client);
      return page;
    },

    /** @throws {ApiError} `not_found` */
    async user(userId: number, client: AdminContext): Promise<UserDetails> {
      const found = await list.find(userId);
      if (!found) throw unknownUser();
      tellRead('user', userId, client);
      return found;
    },

    /** A page of the user's live sessions, as {@link SessionModel.list}; none for an unknown user. */
    sessions: sessions.list,

    /**
     * Locks an account: it has no sessions, and no login can start one. It loses the role admin first, so that locked
     * accounts are no administrators. A second call ends sessions again.
     * @throws {ApiError} `not_found`, `validation_failed` for the last administrator
     */
    async disable(userId: number, client: AdminContext): Promise<void> {
      const { written } = await retryOnStaleGeneration(async () => {
        await roles.set(userId, withoutAdmin, client);
        const generation = await sessions.generation(userId);
        if (generation === null) return null;
        // Read inside the generation: somebody may have given the role back.
        if ((await owner(userId)).roles.includes(ADMIN)) return null;
        return sessions.endAllAndRun(userId, generation, () => disabledAccounts.add(userId, client.by), {
          reason: 'account_disabled',
          client,
        });
      });
      if (written) events.emit('account.disabled', { userId, ...client });
    },

    /**
     * Unlocks an account. It does not get back the role admin.
     * @throws {ApiError} `not_found`
     */
    async enable(userId: number, client: AdminContext): Promise<void> {
      await owner(userId);
      if (await disabledAccounts.remove(userId)) events.emit('account.enabled', { userId, ...client });
    },

    /** @throws {ApiError} `not_found` when it is no live session of this user */
    async endSession(userId: number, sessionId: string, client: AdminContext): Promise<void> {
      if (!(await sessions.end(userId, sessionId, 'ended_by_admin', client))) {
        throw new ApiError('not_found', { detail: 'The user has no live session with this id.' });
      }
      events.emit('account.sessions_ended', { userId, detail: { sessions: '1' }, ...client });
    },

    /**
     * @returns how many sessions ended
     * @throws {ApiError} `not_found`
     */
    async endSessions(userId: number, client: AdminContext): Promise<number> {
      await owner(userId);
      const ended = await sessions.endAll(userId, 'ended_by_admin', client);
      if (ended > 0) {
        events.emit('account.sessions_ended', { userId, detail: { sessions: String(ended) }, ...client });
      }
      return ended;
    },

    /**
     * Sends the user a link to set a new password. Nothing else changes.
     * @throws {ApiError} `not_found`, also where mails cannot be sent; `rate_limited` within a minute after the last link
     */
    async sendResetLink(userId: number, client: AdminContext): Promise<void> {
      await recovery.sendResetLink(await owner(userId), client);
    },

    /** @throws {ApiError} `not_found` for an unknown user, and when the second factor is off */
    async removeSecondFactor(userId: number, client: AdminContext): Promise<void> {
      await owner(userId);
      if (!(await mfa.remove({ userId, ...client }, 'admin'))) {
        throw new ApiError('not_found', { detail: 'The second factor of this user is not on.' });
      }
    },

    /**
     * Gives the user exactly these roles, as {@link RoleModel.set}.
     * @throws {ApiError} `not_found`, `validation_failed` for the last administrator
     */
    async setRoles(userId: number, wanted: string[], client: AdminContext): Promise<void> {
      await roles.set(userId, () => wanted, client);
    },

    /**
     * A page of the audit trail, as {@link AuditTrailReader.page}.
     * @throws {ApiError} `validation_failed` for an invalid cursor
     */
    async audit(
      { limit, cursor, ...filter }: AuditFilter & { limit: number; cursor?: string | undefined },
      client: AdminContext,
    ): Promise<AuditPage> {
      const page = await trail.page(filter, limit, cursor);
      tellRead('audit', filter.userId ?? null, client);
      return page;
    },

    /** The whole audit trail, a list of entries at a time. The next list is read when it is asked for. */
    async *auditLists(filter: AuditFilter, client: AdminContext): AsyncGenerator<AuditEntry[]> {
      tellRead('audit_csv', filter.userId ?? null, client);
      yield* trail.lists(filter);
    },
  };
}

function unknownUser(): ApiError {
  return new ApiError('not_found', { detail: 'There is no user with this id.' });
}
