import { ApiError, invalidInput } from '../../errors.ts';
import { type Database, DuplicateEntryError } from '../../stores/db.ts';
import type { ClientContext, Emitter } from '../audit/events.ts';
import { retryOnStaleGeneration } from '../session/generation.ts';
import type { SessionModel } from '../session/session.model.ts';
import type { UserModel } from '../user/user.model.ts';
import { createRoleTable, type GrantedRole } from './role.sql.ts';

/** The role that may use the admin API. There is always somebody who has it, once somebody has it. */
export const ADMIN = 'admin';

/** The form of a role's name. */
export const ROLE_NAME = /^[a-z][a-z0-9_-]{0,31}$/;
/** Every role is in each access token of the user. */
export const MAX_ROLES = 16;

export type RoleModel = ReturnType<typeof createRoleModel>;

interface Dependencies {
  db: Database;
  users: UserModel;
  sessions: SessionModel;
  events: Emitter;
  /** Unix time in milliseconds. */
  now: () => number;
}

/** The roles of users. They are in the access token (RFC 9068, section 2.2.3.1). */
export function createRoleModel({ db, users, sessions, events, now }: Dependencies) {
  const table = createRoleTable(db);

  /** Changes the rows. What takes rights away comes first, so that a failure between leaves too few of them. */
  async function write(userId: number, before: string[], after: string[], by: number | null): Promise<void> {
    for (const role of before.filter(role => !after.includes(role))) {
      if (role !== ADMIN) await table.delete(userId, role);
      else if (!(await table.deleteUnlessLast(userId, role))) throw lastAdmin();
    }
    for (const role of after.filter(role => !before.includes(role))) {
      await table.insert(userId, role, now(), by).catch(error => {
        if (!(error instanceof DuplicateEntryError)) throw error;
      });
    }
  }

  return {
    /** Everybody who has a role, by role. */
    list: (): Promise<GrantedRole[]> => table.list(),

    /**
     * Gives the user exactly these roles. Every access token of the user is revoked, and the sessions stay: a refresh
     * gives a token with the new roles. No token with the old roles is accepted after this resolves. Equal roles
     * change nothing.
     * @param change the roles from those that the user has
     * @param client `by` is who grants them, null for the operator
     * @returns the roles after the change, sorted
     * @throws {ApiError} `not_found` for an unknown user, `validation_failed` when the last administrator would lose
     *   the role, or a locked account would get it
     * @throws {StoreError}
     */
    set(userId: number, change: (roles: string[]) => string[], client: ClientContext): Promise<string[]> {
      return retryOnStaleGeneration(async () => {
        const generation = await sessions.generation(userId);
        if (generation === null) return null;
        const found = await users.findById(userId);
        if (!found) throw new ApiError('not_found', { detail: 'There is no user with this id.' });
        const before = found.roles;
        const after = [...new Set(change(before))].sort();
        if (after.length > MAX_ROLES) {
          throw invalidInput({ path: 'roles', message: `must be at most ${MAX_ROLES}` });
        }
        if (after.join() === before.join()) return after;
        if (found.isDisabled && after.includes(ADMIN)) {
          throw invalidInput({ path: 'roles', message: 'must not have admin while the account is locked' });
        }
        // Asked first, so that a refusal revokes nothing. The statement that deletes decides.
        const losesAdmin = before.includes(ADMIN) && !after.includes(ADMIN);
        if (losesAdmin && !(await table.hasOther(userId, ADMIN))) throw lastAdmin();
        const run = await sessions.revokeTokensAndRun(userId, generation, () =>
          write(userId, before, after, client.by ?? null),
        );
        if (!run) return null;
        events.emit('roles.changed', { userId, detail: { roles: after.join(' ') }, ...client });
        return after;
      });
    },
  };
}

/** For {@link RoleModel.set}: takes the role {@link ADMIN} away. */
export function withoutAdmin(roles: string[]): string[] {
  return roles.filter(role => role !== ADMIN);
}

function lastAdmin(): ApiError {
  return invalidInput({
    path: 'roles',
    message: 'would leave nobody with the role admin: give it to another user first',
  });
}
