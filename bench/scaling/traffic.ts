import { type Call, type Reply, type Tokens, tokensOf } from './caller.ts';

/** A user who logs in, refreshes and logs out, one request after the other, so that the right answer is always known. */
export interface Person {
  email: string;
  slot: number;
  /** Of the live session. */
  tokens: Tokens | null;
  /** Access tokens that have been ended. */
  ended: string[];
}

export const steps = [
  'check',
  'check of an ended token',
  'login',
  'refresh',
  'logout',
  'logout-all',
] as const;
export type Step = (typeof steps)[number];

/** What came of the requests of one kind. */
export interface StepResult {
  /** Times of the answers other than 503, in ms. */
  ms: number[];
  unavailable: number;
}

export interface TrafficResult {
  steps: Record<Step, StepResult>;
  /** A token that was ended and let in. */
  endedAccepted: number;
  /** A live token that was refused with 401. */
  liveRefused: number;
  /** What else was neither the right answer nor a 503, such as `login: 500`. */
  otherWrong: string[];
  rounds: number;
}

export function noTraffic(): TrafficResult {
  const results = steps.map(step => [step, { ms: [], unavailable: 0 }] as const);
  return {
    steps: Object.fromEntries(results) as unknown as TrafficResult['steps'],
    endedAccepted: 0,
    liveRefused: 0,
    otherWrong: [],
    rounds: 0,
  };
}

export function wrongAnswers({ endedAccepted, liveRefused, otherWrong }: TrafficResult): number {
  return endedAccepted + liveRefused + otherWrong.length;
}

/** How many ended tokens of a person are checked at the end. */
const REMEMBERED = 20;
/** A request that gets 503 so often is given up. */
const MOST_TRIES = 200;

const REVOKED = 'token_revoked';

/**
 * Sends the requests of people and judges every answer. A 503 is no wrong answer: the request is sent again until it is
 * answered, as a client does that cannot know whether the first one happened.
 */
export function createTraffic(call: Call, password: string, result: TrafficResult) {
  async function answered(step: Step, send: () => Promise<Reply>): Promise<Reply & { isRepeated: boolean }> {
    for (let tries = 1; ; tries++) {
      const reply = await send();
      if (reply.status !== 503 || tries === MOST_TRIES) {
        result.steps[step].ms.push(reply.ms);
        return { ...reply, isRepeated: tries > 1 };
      }
      result.steps[step].unavailable++;
    }
  }

  function isRight(step: Step, { outcome }: Reply, expected: string[]): boolean {
    const right = expected.includes(outcome);
    if (!right) result.otherWrong.push(`${step}: ${outcome}`);
    return right;
  }

  async function check({ tokens }: Person): Promise<void> {
    const token = tokens?.access ?? '';
    const reply = await answered('check', () => call('GET', '/auth/verify', { token }));
    if (reply.status === 401) result.liveRefused++;
    else isRight('check', reply, ['200']);
  }

  async function checkEnded(token: string): Promise<void> {
    const step = 'check of an ended token';
    const reply = await answered(step, () => call('GET', '/auth/verify', { token }));
    if (reply.status === 200) result.endedAccepted++;
    else isRight(step, reply, [REVOKED]);
  }

  async function end(person: Person, tokens: Tokens | null = null): Promise<void> {
    const token = person.tokens?.access;
    person.tokens = tokens;
    if (token === undefined) return;
    person.ended = [token, ...person.ended].slice(0, REMEMBERED);
    await checkEnded(token);
  }

  async function logIn(person: Person): Promise<void> {
    const body = { email: person.email, password };
    const reply = await answered('login', () => call('POST', '/auth/login', { body }));
    // The default CONCURRENT_LOGIN=false: a login ends the session before it.
    if (isRight('login', reply, ['200'])) await end(person, tokensOf(reply));
    await check(person);
  }

  async function refresh(person: Person): Promise<void> {
    const body = { refresh_token: person.tokens?.refresh };
    const reply = await answered('refresh', () => call('POST', '/auth/refresh', { body }));
    if (isRight('refresh', reply, ['200'])) await end(person, tokensOf(reply));
    await check(person);
  }

  async function logOut(person: Person, step: 'logout' | 'logout-all', path: string): Promise<void> {
    const token = person.tokens?.access ?? '';
    const reply = await answered(step, () => call('POST', path, { token }));
    // One that got 503 may have happened.
    const done = reply.isRepeated ? ['200', '204', REVOKED] : ['200', '204'];
    if (isRight(step, reply, done)) await end(person);
  }

  return {
    /** One round of a person: two logins, a refresh, both kinds of logout, and checks after each. Ends with a live session. */
    async round(person: Person): Promise<void> {
      await logIn(person);
      await refresh(person);
      await logIn(person);
      await logOut(person, 'logout', '/auth/logout');
      await logIn(person);
      await logOut(person, 'logout-all', '/auth/logout-all');
      await logIn(person);
      result.rounds++;
    },

    /** Checks everything that is known of a person. */
    async review(person: Person): Promise<void> {
      if (person.tokens) await check(person);
      for (const token of person.ended) await checkEnded(token);
    },
  };
}
