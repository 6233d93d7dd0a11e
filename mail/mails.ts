import type { Mail } from './mailer.ts';

/** The name is null for an unverified address: its owner gets no text that somebody else chose. */
export interface Recipient {
  name: string | null;
  email: string;
}

/** The contents of a mail, before it is plain text and HTML. */
interface Letter {
  subject: string;
  before: string[];
  link?: string;
  after?: string[];
}

/** Time and place of an event, for the mail. */
export interface Circumstances {
  /** Ms since 1970. */
  at: number;
  ip: string;
  /** Empty where the address is not verified. */
  userAgent: string;
}

const MAX_AGENT = 200;

export type Mails = ReturnType<typeof createMails>;

/** @param appUrl where the pages are to which the links lead, without a slash at its end */
export function createMails(appUrl: string) {
  const linkTo = (page: string, token: string) => `${appUrl}/${page}?token=${token}`;
  const notYou = `If that was not you, reset your password at once: ${appUrl}`;

  return {
    verifyEmail: (to: Recipient, token: string) =>
      write(to, {
        subject: 'Verify your e-mail address',
        before: ['Please confirm that this is your e-mail address. The link is good for 24 hours:'],
        link: linkTo('verify-email', token),
        after: ['If you did not register, ignore this mail: without the link the address stays unverified.'],
      }),

    resetPassword: (to: Recipient, token: string, asker: 'Somebody' | 'An administrator' = 'Somebody') =>
      write(to, {
        subject: 'Reset your password',
        before: [`${asker} asked to reset your password. To choose a new one, within 30 minutes:`],
        link: linkTo('reset-password', token),
        after: ['If you did not ask for it, ignore this mail: your password stays as it is.'],
      }),

    /** To the owner of an address that was registered again. */
    registeredAlready: (to: Recipient) =>
      write(to, {
        subject: 'You have an account already',
        before: [
          'Somebody tried to register with your e-mail address. Nothing has changed: you have an account already.',
          `If it was you, log in, or reset your password if you have forgotten it: ${appUrl}`,
        ],
      }),

    passwordChanged: (to: Recipient, when: Circumstances) =>
      write(to, {
        subject: 'Your password was changed',
        before: ['The password of your account was changed:', told(when), notYou],
      }),

    passwordReset: (to: Recipient, when: Circumstances) =>
      write(to, {
        subject: 'Your password was reset',
        before: [
          'The password of your account was reset by a link from your mailbox, and you were logged out everywhere:',
          told(when),
          `If that was not you, somebody reads your mail: secure your mailbox, then reset your password: ${appUrl}`,
        ],
      }),

    accountClosed: (to: Recipient, when: Circumstances) =>
      write(to, {
        subject: 'Your account was closed',
        before: [
          'Your account was closed, and what was kept of you is being removed:',
          told(when),
          `If that was not you, somebody knew your password. The account cannot be brought back; you can register again: ${appUrl}`,
        ],
      }),

    newDevice: (to: Recipient, when: Circumstances) =>
      write(to, {
        subject: 'A login from a new device',
        before: [
          'Somebody logged in to your account from a device that was not used before:',
          told(when),
          notYou,
        ],
      }),

    rolesChanged: (to: Recipient, when: Circumstances) =>
      write(to, {
        subject: 'Your roles were changed',
        before: [
          'An administrator changed what your account may do:',
          told(when),
          'Your sessions go on. If you did not expect this, ask the administrator.',
        ],
      }),

    /** @param provider a name of the settings */
    identityLinked: (to: Recipient, when: Circumstances, provider = '') =>
      write(to, {
        subject: `A sign-in with ${provider} was added`,
        before: [
          `From now on somebody can log in to your account by a sign-in with ${provider}:`,
          told(when),
          `If that was not you, reset your password at once, then remove the sign-in: ${appUrl}`,
        ],
      }),

    /** @param provider a name of the settings */
    identityUnlinked: (to: Recipient, when: Circumstances, provider = '') =>
      write(to, {
        subject: `A sign-in with ${provider} was removed`,
        before: [`A sign-in with ${provider} no longer logs in to your account:`, told(when), notYou],
      }),

    accountDisabled: (to: Recipient, when: Circumstances) =>
      write(to, {
        subject: 'Your account was locked',
        before: [
          'An administrator locked your account. You were logged out everywhere, and you cannot log in:',
          told(when),
          'If you did not expect this, ask the administrator.',
        ],
      }),

    accountEnabled: (to: Recipient, when: Circumstances) =>
      write(to, {
        subject: 'Your account was unlocked',
        before: ['An administrator unlocked your account. You can log in again:', told(when)],
      }),

    sessionsEnded: (to: Recipient, when: Circumstances) =>
      write(to, {
        subject: 'You were logged out',
        before: [
          'An administrator ended one or more of your sessions:',
          told(when),
          'You can log in again. If you did not expect this, ask the administrator.',
        ],
      }),

    secondFactorOn: (to: Recipient, when: Circumstances) =>
      write(to, {
        subject: 'Your second factor was turned on',
        before: ['From now on a login to your account asks for a code as well:', told(when), notYou],
      }),

    secondFactorOff: (to: Recipient, when: Circumstances) =>
      write(to, {
        subject: 'Your second factor was turned off',
        before: ['From now on a login to your account asks for the password alone:', told(when), notYou],
      }),

    secondFactorRemoved: (to: Recipient, when: Circumstances) =>
      write(to, {
        subject: 'Your second factor was removed',
        before: [
          'Your second factor was removed, by a password reset or by an administrator. From now on a login to your account asks for the password alone:',
          told(when),
          'To turn it on again, log in and set it up anew.',
          notYou,
        ],
      }),
  };
}

function told({ at, ip, userAgent }: Circumstances): string {
  const time = new Date(at).toISOString().slice(0, 16).replace('T', ' ');
  const agent = plain(userAgent).slice(0, MAX_AGENT);
  return `${time} UTC${ip && `, from ${ip}`}${agent && `, with ${agent}`}`;
}

function write({ name, email }: Recipient, { subject, before, link, after = [] }: Letter): Mail {
  const shown = plain(name ?? '').trim();
  const greeting = `Hello${shown && ` ${shown}`},`;
  const text = [greeting, ...before, ...(link ? [link] : []), ...after].join('\n\n');
  const paragraph = (line: string) => `<p>${escapeHtml(line)}</p>`;
  const html = [
    ...[greeting, ...before].map(paragraph),
    ...(link ? [`<p><a href="${escapeHtml(link)}">${escapeHtml(link)}</a></p>`] : []),
    ...after.map(paragraph),
  ].join('\n');
  return {
    to: email,
    subject,
    text: `${text}\n`,
    html: `<!DOCTYPE html>\n<html lang="en"><body>\n${html}\n</body></html>\n`,
    ...(link && { link }),
  };
}

/** Removes characters that break lines or change the reading direction. */
function plain(text: string): string {
  return text.toWellFormed().replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ');
}

function escapeHtml(text: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, sign => entities[sign] ?? sign);
}
