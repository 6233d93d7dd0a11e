import { generateSync } from 'otplib';
import * as z from 'zod';
import type { Call } from './caller.ts';

export const PASSWORD = 'correct horse battery';
const NEXT_PASSWORD = 'another horse battery';
/** A time step of TOTP. */
const STEP_MS = 30_000;

export interface LagUser {
  id: number;
  name: string;
  email: string;
  token: string;
}

/** An API on a database with a replica, and a clock that can be moved. */
export interface LagApi {
  call: Call;
  /** Unix time in milliseconds. */
  now(): number;
  advance(ms: number): void;
  /** Waits until the replica has everything, and then lets it apply nothing more. */
  hold(): Promise<void>;
  /** Lets the replica go on, and waits until it has everything. */
  follow(): Promise<void>;
  /** A user whom the replica knows, with a session. */
  newUser(): Promise<LagUser>;
  /** The token of the last link to this page in a mail to the user. */
  linkTo(page: string, user: LagUser): Promise<string>;
  /** Marks the address as verified. */
  verify(user: LagUser): Promise<void>;
  /** Resolves when the audit trail has the event. */
  audited(user: LagUser, event: string): Promise<void>;
}

interface Scenario {
  name: string;
  right: string;
  /** Holds the replica back, changes something and looks at what the API makes of it. @returns the last outcome */
  run(api: LagApi): Promise<string>;
}

const logIn = ({ call }: LagApi, { email }: LagUser, password = PASSWORD) =>
  call('POST', '/auth/login', { body: { email, password } });

async function changePassword({ call }: LagApi, { token }: LagUser): Promise<void> {
  const body = { current_password: PASSWORD, new_password: NEXT_PASSWORD };
  await expectOk(call('POST', '/auth/change-password', { token, body }));
}

const resetPassword = ({ call }: LagApi, token: string) =>
  call('POST', '/auth/reset-password', { body: { token, new_password: NEXT_PASSWORD } });

async function resetLink(api: LagApi, user: LagUser): Promise<string> {
  await expectOk(api.call('POST', '/auth/forgot-password', { body: { email: user.email } }));
  return api.linkTo('reset-password', user);
}

const enrolment = z.object({ secret: z.string() });
const challenge = z.object({ mfa_token: z.string() });
const profile = z.object({ user: z.object({ name: z.string() }) });
const activity = z.object({ events: z.array(z.object({ event: z.string() })) });

/** Begins to turn the second factor on; the replica knows of it. @returns makes the code of a moment */
async function enrol(api: LagApi, user: LagUser): Promise<() => string> {
  await api.verify(user);
  await api.follow();
  const { token } = user;
  const { body } = await expectOk(
    api.call('POST', '/auth/mfa/totp', { token, body: { password: PASSWORD } }),
  );
  await api.follow();
  const { secret } = enrolment.parse(body);
  return () => generateSync({ secret, epoch: Math.floor(api.now() / 1000) });
}

async function confirm({ call }: LagApi, { token }: LagUser, code: string): Promise<void> {
  await expectOk(call('POST', '/auth/mfa/totp/confirm', { token, body: { code } }));
}

async function logInWithCode(api: LagApi, user: LagUser, code: string) {
  const { mfa_token } = challenge.parse((await logIn(api, user)).body);
  return api.call('POST', '/auth/login/mfa', { body: { mfa_token, code } });
}

/** @throws {Error} when the response is not 2xx */
async function expectOk(reply: ReturnType<Call>): ReturnType<Call> {
  const answer = await reply;
  if (answer.status >= 300)
    throw new Error(`A step before the last one was answered with ${answer.outcome}.`);
  return answer;
}

export const scenarios: Scenario[] = [
  {
    name: 'log in with the old password after its change',
    right: 'invalid_credentials',
    async run(api) {
      const user = await api.newUser();
      await api.hold();
      await changePassword(api, user);
      return (await logIn(api, user)).outcome;
    },
  },
  {
    name: 'log in with the new password after its change',
    right: '200',
    async run(api) {
      const user = await api.newUser();
      await api.hold();
      await changePassword(api, user);
      return (await logIn(api, user, NEXT_PASSWORD)).outcome;
    },
  },
  {
    name: 'log in without a code after the second factor was turned on',
    right: 'mfa_required',
    async run(api) {
      const user = await api.newUser();
      const code = await enrol(api, user);
      await api.hold();
      await confirm(api, user, code());
      return (await logIn(api, user)).outcome;
    },
  },
  {
    name: 'log in to a closed account',
    right: 'invalid_credentials',
    async run(api) {
      const user = await api.newUser();
      await api.hold();
      const { token } = user;
      await expectOk(api.call('DELETE', '/auth/account', { token, body: { password: PASSWORD } }));
      return (await logIn(api, user)).outcome;
    },
  },
  {
    name: 'use a new link that resets the password',
    right: '204',
    async run(api) {
      const user = await api.newUser();
      await api.hold();
      return (await resetPassword(api, await resetLink(api, user))).outcome;
    },
  },
  {
    name: 'use a link that resets the password twice',
    right: 'validation_failed',
    async run(api) {
      const user = await api.newUser();
      const link = await resetLink(api, user);
      await api.hold();
      await expectOk(resetPassword(api, link));
      return (await resetPassword(api, link)).outcome;
    },
  },
  {
    name: 'log in right after registration',
    right: '200',
    async run(api) {
      await api.hold();
      const user = { name: 'Ada', email: `new${api.now()}@example.com`, password: PASSWORD };
      await expectOk(api.call('POST', '/auth/register', { body: user }));
      return (await api.call('POST', '/auth/login', { body: user })).outcome;
    },
  },
  {
    name: 'use a code of the second factor twice',
    right: 'invalid_credentials',
    async run(api) {
      const user = await api.newUser();
      const code = await enrol(api, user);
      await confirm(api, user, code());
      await api.hold();
      api.advance(STEP_MS);
      const used = code();
      await expectOk(logInWithCode(api, user, used));
      return (await logInWithCode(api, user, used)).outcome;
    },
  },
  {
    name: 'register an address twice',
    right: 'email_taken',
    async run(api) {
      await api.hold();
      const body = { name: 'Ada', email: `twice${api.now()}@example.com`, password: PASSWORD };
      await expectOk(api.call('POST', '/auth/register', { body }));
      return (await api.call('POST', '/auth/register', { body })).outcome;
    },
  },
  {
    name: 'use a token after logout',
    right: 'token_revoked',
    async run(api) {
      const { token } = await api.newUser();
      await api.hold();
      await expectOk(api.call('POST', '/auth/logout', { token }));
      return (await api.call('GET', '/auth/profile', { token })).outcome;
    },
  },
  {
    name: 'read the profile after a change of the name',
    right: 'new name',
    async run(api) {
      const { token } = await api.newUser();
      await api.hold();
      await expectOk(api.call('PATCH', '/auth/profile', { token, body: { name: 'Augusta' } }));
      const { body } = await api.call('GET', '/auth/profile', { token });
      return profile.parse(body).user.name === 'Augusta' ? 'new name' : 'old name';
    },
  },
  {
    name: 'read the activity after a change of the name',
    right: 'with the change',
    async run(api) {
      const user = await api.newUser();
      const { token } = user;
      await api.hold();
      await expectOk(api.call('PATCH', '/auth/profile', { token, body: { name: 'Augusta' } }));
      await api.audited(user, 'account.renamed');
      const { body } = await api.call('GET', '/auth/activity', { token });
      const isThere = activity.parse(body).events.some(({ event }) => event === 'account.renamed');
      return isThere ? 'with the change' : 'without the change';
    },
  },
];
