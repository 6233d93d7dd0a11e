import type { Logger } from '../../telemetry/logger.ts';

/** An address and a user agent from which a session was used. */
export interface ClientAddress {
  ip: string;
  userAgent: string;
}

/** The request behind an event, and where it came from. */
export interface ClientContext extends ClientAddress {
  requestId: string;
  /** Which client signed the request, where it is not the default one. */
  clientId?: string;
  /** Who acts on somebody else's account: the id of an administrator, null for the operator. */
  by?: number | null;
}

/** The request of an administrator, or of the operator. */
export type AdminContext = ClientContext & { by: number | null };

/** A user, the session where there is one, and the request. */
export interface Actor extends ClientContext {
  userId: number;
  sessionId?: string;
}

/** A user in a session. */
export interface SessionActor extends Actor {
  sessionId: string;
}

/** Why a second factor was removed without a code. */
export type RemovalReason = 'password_reset' | 'operator' | 'admin';

/** Why a session ended before its time. */
export type EndReason =
  | 'logout'
  | 'ended_by_user'
  | 'logout_all'
  | 'evicted'
  | 'password_change'
  | 'password_reset'
  | 'account_closed'
  | 'account_disabled'
  | 'ended_by_admin'
  | 'refresh_reuse';

/** Which attempts are locked: logins, the current password in a session, or codes. */
export type LockReason = 'login' | 'password' | 'second_factor';

/** What every event has. `detail` is for fields that only this event has. Never a secret. */
export interface AppEvent extends ClientContext {
  /** Null for an unknown user. */
  userId: number | null;
  /** The session of the event, or of the request. */
  sessionId?: string;
  reason?: string;
  detail?: Record<string, string | null>;
}

type OfUser = AppEvent & { userId: number };
type OfSession = OfUser & { sessionId: string };

/** Every event by its name. Each is audited. */
export interface Events {
  /** `detail` names the OpenID Provider whose user it is, where there is one. */
  'account.registered': OfUser & { detail?: { provider: string } };
  /** Somebody registered a taken address and got the same response as a new user. */
  'account.registration_repeated': OfUser;
  'account.renamed': OfSession;
  /** `ip` and `userAgent` are blank, also in the events that it causes. */
  'account.closed': OfSession;
  'account.close_failed': OfSession & { reason: 'wrong_password' };
  /** Further attempts are refused for a time. Emitted once, by the last failure. */
  'account.locked': AppEvent & { reason: LockReason };
  'email.verified': OfUser;
  /** An administrator locked the account, or unlocked it. */
  'account.disabled': OfUser & AdminContext;
  'account.enabled': OfUser & AdminContext;
  /** An administrator ended sessions. Each has a `session.ended` besides. */
  'account.sessions_ended': OfUser & AdminContext & { detail: { sessions: string } };
  /** An administrator read the data of this user, or of no certain one. */
  'admin.read': AppEvent & AdminContext & { detail: { what: 'user' | 'users' | 'audit' | 'audit_csv' } };
  'roles.changed': OfUser & { detail: { roles: string } };
  /** Never has the address that was typed: people type passwords there. */
  'login.failed': AppEvent & {
    reason:
      | 'unknown_address'
      | 'wrong_password'
      | 'account_disabled'
      | 'email_unverified'
      | 'session_limit'
      | 'link_required'
      | 'provider_failed'
      | 'wrong_code';
  };
  'password.changed': OfSession;
  'password.change_failed': OfSession & { reason: 'wrong_password' };
  /** Null for an address that nobody has. */
  'password.reset_requested': AppEvent;
  'password.reset': OfUser;
  'session.started': OfSession & {
    reason: 'login' | 'password_change';
    detail: { device_name: string | null; provider?: string };
  };
  'session.refreshed': OfSession;
  /** The request is the one that ended the session. */
  'session.ended': OfSession & { reason: EndReason };
  'mfa.enabled': OfSession;
  'mfa.disabled': OfSession;
  'mfa.enrol_failed': OfSession & { reason: 'wrong_password' };
  /** Removed without a code. */
  'mfa.removed': OfUser & { reason: RemovalReason };
  /** A wrong code, in a login or in a session. */
  'mfa.failed': OfUser;
  'recovery_code.used': OfUser;
  /** A login with an OpenID Provider was added to the account, or removed from it. */
  'identity.linked': OfSession & { detail: { provider: string } };
  'identity.unlinked': OfSession & { detail: { provider: string } };
  'identity.link_failed': OfSession & { reason: 'wrong_password' };
  /** A spent refresh token came back; `detail` is the session's last known use. */
  'refresh.reused': OfSession & { detail: { last_ip: string; last_user_agent: string } };
}

export type EventName = keyof Events;

type AnyListener = (name: EventName, event: AppEvent) => unknown;

export type Emitter = ReturnType<typeof createEmitter>;

/** Calls listeners in this process after the request has continued, so that they can neither delay nor break it. */
export function createEmitter(log: Logger) {
  const listeners: AnyListener[] = [];

  async function tell(listener: AnyListener, name: EventName, event: AppEvent) {
    try {
      await listener(name, event);
    } catch (err) {
      log.error({ err, event: name, request_id: event.requestId }, 'an event listener failed');
    }
  }

  return {
    on<E extends EventName>(name: E, listener: (event: Events[E]) => unknown): void {
      listeners.push((told, event) => (told === name ? listener(event as Events[E]) : undefined));
    },

    /** Gets every event in the order of emission. */
    onAny(listener: AnyListener): void {
      listeners.push(listener);
    },

    emit<E extends EventName>(name: E, event: Events[E]): void {
      for (const listener of listeners) setImmediate(tell, listener, name, event);
    },

    /** For events about something that is still being read. Where that fails, the log says so. */
    emitAfter<T>(read: Promise<T>, emit: (found: T) => void): void {
      read.then(emit).catch(err => log.error({ err }, 'events are lost'));
    },
  };
}
