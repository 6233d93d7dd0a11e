import type { Mail, Mailer } from '../../mail/mailer.ts';
import type { Circumstances, Mails, Recipient } from '../../mail/mails.ts';
import type { ActivityReader } from '../audit/activity.sql.ts';
import type { AppEvent, ClientContext, Emitter, EventName } from '../audit/events.ts';
import type { User, UserModel } from '../user/user.model.ts';
import type { VerifiedEmailTable } from '../user/verifiedEmail.sql.ts';
import type { AccountTokenModel } from './accountToken.model.ts';
import type { RecoveryModel } from './recovery.model.ts';

interface Dependencies {
  events: Emitter;
  activity: ActivityReader;
  users: UserModel;
  verifiedEmails: VerifiedEmailTable;
  accountTokens: AccountTokenModel;
  recovery: RecoveryModel;
  mailer: Mailer;
  mails: Mails;
  /** Unix time in milliseconds. */
  now: () => number;
}

type OfUser = AppEvent & { userId: number };
/** The names of the events that are about a user. */
type UserEvent = { [E in EventName]: { userId: number } extends never ? never : E }[EventName];

/** Sends the mails that follow from events, after the response. */
export function sendNotices(dependencies: Dependencies): void {
  const { events, activity, users, verifiedEmails, accountTokens, recovery, mailer, mails, now } =
    dependencies;
  if (!mailer.enabled) return;

  /**
   * Sends a mail to the user of each such event.
   * @param isDue asked when the mail's turn has come
   */
  function notify(
    name: UserEvent,
    letter: (to: Recipient, when: Circumstances, provider?: string) => Mail,
    isDue: (user: User, event: AppEvent) => Promise<boolean> = async () => true,
  ): void {
    events.on(name, (event: AppEvent) => {
      const { userId, requestId, by, detail } = event;
      // The address of an administrator is not the user's business.
      const { ip, userAgent } = by === undefined ? event : { ip: '', userAgent: '' };
      const provider = detail?.provider ?? undefined;
      const at = now();
      mailer.post({
        kind: name,
        requestId,
        async compose() {
          const user = userId === null ? undefined : (await users.findById(userId))?.user;
          if (!user || !(await isDue(user, event))) return null;
          const to = { name: user.name, email: user.email };
          return (await verifiedEmails.has(user))
            ? letter(to, { at, ip, userAgent }, provider)
            : letter({ ...to, name: null }, { at, ip, userAgent: '' }, provider);
        },
      });
    });
  }

  /** Whether the user has logged in before, but never with this user agent (version numbers are ignored). */
  async function isNewDevice({ id }: User, { sessionId = '', userAgent }: AppEvent): Promise<boolean> {
    const earlier = await activity.userAgentsBefore(id, sessionId);
    return (
      earlier.length > 0 && earlier.every(agent => withoutVersions(agent) !== withoutVersions(userAgent))
    );
  }

  events.on('account.registered', ({ userId, ...client }: OfUser) =>
    recovery.sendVerification(userId, client),
  );
  events.on('login.failed', ({ userId, reason, ...client }) => {
    if (reason === 'email_unverified' && userId !== null) recovery.sendVerification(userId, client);
  });
  notify('account.registration_repeated', mails.registeredAlready, user =>
    accountTokens.takeTurn(user.id, 'notice'),
  );
  notify('password.changed', mails.passwordChanged);
  notify('password.reset', mails.passwordReset);
  notify('roles.changed', mails.rolesChanged);
  notify('account.disabled', mails.accountDisabled);
  notify('account.enabled', mails.accountEnabled);
  notify('account.sessions_ended', mails.sessionsEnded);
  notify('mfa.enabled', mails.secondFactorOn);
  notify('mfa.disabled', mails.secondFactorOff);
  notify('mfa.removed', mails.secondFactorRemoved);
  notify('identity.linked', mails.identityLinked);
  notify('identity.unlinked', mails.identityUnlinked);
  notify('session.started', mails.newDevice, async (user, event) => {
    return event.reason === 'login' && (await isNewDevice(user, event));
  });
}

/**
 * The mail about a closed account. It takes the address, because the row no longer has it.
 * @returns what sends it, for a recipient whose name is null where the address is not verified
 */
export function createClosedNotice({ mailer, mails, now }: Pick<Dependencies, 'mailer' | 'mails' | 'now'>) {
  return (to: Recipient, { ip, userAgent, requestId }: ClientContext): void => {
    const when = { at: now(), ip, userAgent: to.name === null ? '' : userAgent };
    mailer.post({ kind: 'account.closed', requestId, compose: async () => mails.accountClosed(to, when) });
  };
}

function withoutVersions(userAgent: string): string {
  return userAgent.replace(/[\d._]+/g, '');
}
