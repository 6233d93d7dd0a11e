import type { Logger } from '../../telemetry/logger.ts';

/** An address and a user agent from which a session was used. */
export interface ClientAddress {
  ip: string;
  userAgent: string;
}

/** The request behind an event, and where it came from. */
export interface ClientContext extends ClientAddress {
  requestId: string;
}

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
export type RemovalReason = 'password_reset' | 'operator';

/** Why a session ended before its time. */
export type EndReason =
  | 'logout'
  | 'ended_by_user'
  | 'logout_all'
  | 'evicted'
  | 'password_change'
  | 'password_reset'
  | 'account_closed'
  | 'refresh_reuse';

/** Which attempts are locked: logins, the current password in a session, or codes. */
export type LockReason = 'login' | 'password' | 'second_factor';

/** What every event says; `detail` is for what only this kind has, in the words of the log. Never a secret. */
export interface AppEvent extends ClientContext {
  /** Null where the request named no user that exists. */
  userId: number | null;
  /** The session that the event is about, or that asked for it. */
  sessionId?: string;
  reason?: string;
  detail?: Record<string, string | null>;
}

type OfUser = AppEvent & { userId: number };
type OfSession = OfUser & { sessionId: string };

/** What happens to accounts and sessions, by the name under which it is told. Each is audited. */
export interface Events {
  'account.registered': OfUser;
  /** Somebody registered an address that is taken, and was told what every newcomer is told. */
  'account.registration_repeated': OfUser;
  'account.renamed': OfSession;
  /** With the events that it brings along, says nothing of where it came from. */
  'account.closed': OfSession;
  'account.close_failed': OfSession & { reason: 'wrong_password' };
  /** So many attempts have failed that no more are let through for a time; told once, by the last of them. */
  'account.locked': AppEvent & { reason: LockReason };
  'email.verified': OfUser;
  /** The address that was typed is nowhere in it: people type passwords there. */
  'login.failed': AppEvent & {
    reason: 'unknown_address' | 'wrong_password' | 'email_unverified' | 'session_limit';
  };
  'password.changed': OfSession;
  'password.change_failed': OfSession & { reason: 'wrong_password' };
  /** Null for an address that nobody has. */
  'password.reset_requested': AppEvent;
  'password.reset': OfUser;
  'session.started': OfSession & {
    reason: 'login' | 'password_change';
    detail: { device_name: string | null };
  };
  'session.refreshed': OfSession;
  /** The client is the request that ended it, whoever's session that was. */
  'session.ended': OfSession & { reason: EndReason };
  'mfa.enabled': OfSession;
  'mfa.disabled': OfSession;
  'mfa.enrol_failed': OfSession & { reason: 'wrong_password' };
  /** Removed without a code. */
  'mfa.removed': OfUser & { reason: RemovalReason };
  /** A wrong code: in a login, or, with a session, where the second factor is turned on or off. */
  'mfa.failed': OfUser;
  'recovery_code.used': OfUser;
  /** A spent refresh token came back; `detail` is the session's last known use. */
  'refresh.reused': OfSession & { detail: { last_ip: string; last_user_agent: string } };
}

export type EventName = keyof Events;
type AnyListener = (name: EventName, event: AppEvent) => unknown;

export type Emitter = ReturnType<typeof createEmitter>;

/** Tells listeners in this process, after the request has gone on: what they do can neither slow nor break it. */
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

    /** Hears every event, in the order in which they were emitted. */
    onAny(listener: AnyListener): void {
      listeners.push(listener);
    },

    emit<E extends EventName>(name: E, event: Events[E]): void {
      for (const listener of listeners) setImmediate(tell, listener, name, event);
    },
  };
}
