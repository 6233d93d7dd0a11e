import type { AuthClient, CallOptions, PageOptions, SessionEntry, User } from './index.ts';

/** A user as an administrator sees it. */
export interface AdminUser extends Omit<User, 'name' | 'created_at' | 'updated_at'> {
  /** Users from before this API may lack a name or a time. */
  name: string | null;
  /** ISO 8601, UTC. */
  created_at: string | null;
  updated_at: string | null;
  roles: string[];
  /** Whether the address is verified. */
  verified: boolean;
  /** Whether a second factor is on. */
  mfa: boolean;
  /** Whether an administrator locked the account. */
  locked: boolean;
}

export interface AuditEvent {
  id: string;
  /** ISO 8601, UTC. */
  time: string;
  event: string;
  user_id: number | null;
  session_id: string | null;
  reason: string | null;
  ip: string;
  user_agent: string;
  request_id: string;
  /** `by` is the id of the administrator, null for the operator. */
  detail: Record<string, string | null> | null;
}

export interface AuditFilter {
  userId?: number;
  event?: string;
  ip?: string;
  /** ISO 8601. */
  from?: string;
  /** ISO 8601; events before this time. */
  to?: string;
}

export type AdminClient = ReturnType<typeof createAdminClient>;

/**
 * The admin API for a client whose user has the role admin. All calls reject as those of the client do.
 * @param client signed in, where ADMIN_REQUIRE_MFA is on with a second factor
 */
export function createAdminClient({ request }: Pick<AuthClient, 'request'>) {
  function read<T>(path: string, query: object, options?: CallOptions): Promise<T> {
    const parameters = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) parameters.set(name, String(value));
    }
    return request('GET', `/auth/admin/${path}?${parameters}`, options);
  }

  /** With a nonce, because two administrators may do the same in the same millisecond. */
  function act(
    method: string,
    userId: number,
    path: string,
    options?: CallOptions,
    body = {},
  ): Promise<void> {
    return request(method, `/auth/admin/users/${userId}/${path}`, {
      ...options,
      body: { ...body, nonce: crypto.randomUUID() },
    });
  }

  return {
    /**
     * A page may have fewer users than `limit`, even none, while it has a `next`.
     * @param page `search` is the beginning of an address or a name
     */
    users: ({ search, limit, cursor }: PageOptions & { search?: string } = {}, options?: CallOptions) =>
      read<{ users: AdminUser[]; next?: string }>('users', { search, limit, cursor }, options),
    /** @param page of the sessions */
    user: (id: number, { limit, cursor }: PageOptions = {}, options?: CallOptions) =>
      read<{ user: AdminUser; sessions: Omit<SessionEntry, 'current'>[]; next?: string }>(
        `users/${id}`,
        { limit, cursor },
        options,
      ),
    lock: (id: number, options?: CallOptions) => act('POST', id, 'lock', options),
    unlock: (id: number, options?: CallOptions) => act('POST', id, 'unlock', options),
    /** Sends the user a link to set a new password. */
    resetPassword: (id: number, options?: CallOptions) => act('POST', id, 'reset-password', options),
    /** Gives the user exactly these roles. */
    setRoles: (id: number, roles: string[], options?: CallOptions) =>
      act('PUT', id, 'roles', options, { roles }),
    endSession: (id: number, sessionId: string, options?: CallOptions) =>
      act('DELETE', id, `sessions/${encodeURIComponent(sessionId)}`, options),
    endSessions: (id: number, options?: CallOptions) => act('DELETE', id, 'sessions', options),
    /** Removes the second factor of the user. */
    removeMfa: (id: number, options?: CallOptions) => act('DELETE', id, 'mfa', options),
    /** A page may have fewer events than `limit`, even none, while it has a `next`. */
    audit: ({ userId, ...filter }: AuditFilter & PageOptions = {}, options?: CallOptions) =>
      read<{ events: AuditEvent[]; next?: string }>('audit', { user_id: userId, ...filter }, options),
  };
}
