import type { Logger } from '../config/logger.ts';

/** Why a session ended before its time. */
export type EndReason =
  | 'logout'
  | 'ended_by_user'
  | 'logout_all'
  | 'evicted'
  | 'password_change'
  | 'refresh_reuse';

/** An address and a user agent from which a session was used. */
export interface Origin {
  ip: string;
  userAgent: string;
}

/** What happens to sessions, by the name under which it is told. */
export interface SessionEvents {
  'session.started': { userId: number; sessionId: string; deviceName: string | null } & Origin;
  'session.refreshed': { userId: number; sessionId: string } & Origin;
  'session.ended': { userId: number; sessionId: string; reason: EndReason };
  /** A spent refresh token came back: `lastUse` is the session's last known use, the event's own origin this one. */
  'refresh.reused': { userId: number; sessionId: string; lastUse: Origin | null } & Origin;
  'mfa.enabled': { userId: number } & Origin;
  'mfa.disabled': { userId: number } & Origin;
  /** A wrong code, in a login or where the second factor is turned on or off. */
  'mfa.failed': { userId: number } & Origin;
  'recovery_code.used': { userId: number } & Origin;
}

type Listener<E extends keyof SessionEvents> = (event: SessionEvents[E]) => unknown;

export type SessionEmitter = ReturnType<typeof createSessionEmitter>;

/** Tells listeners in this process, after the request has gone on: what they do can neither slow nor break it. */
export function createSessionEmitter(log: Logger) {
  const listeners: { [E in keyof SessionEvents]: Listener<E>[] } = {
    'session.started': [],
    'session.refreshed': [],
    'session.ended': [],
    'refresh.reused': [],
    'mfa.enabled': [],
    'mfa.disabled': [],
    'mfa.failed': [],
    'recovery_code.used': [],
  };

  async function tell<E extends keyof SessionEvents>(
    name: E,
    listener: Listener<E>,
    event: SessionEvents[E],
  ) {
    try {
      await listener(event);
    } catch (err) {
      log.error({ err, event: name }, 'a session listener failed');
    }
  }

  return {
    on<E extends keyof SessionEvents>(name: E, listener: Listener<E>): void {
      listeners[name].push(listener);
    },

    emit<E extends keyof SessionEvents>(name: E, event: SessionEvents[E]): void {
      for (const listener of listeners[name]) setImmediate(tell, name, listener, event);
    },
  };
}
