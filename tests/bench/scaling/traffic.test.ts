import { describe, expect, it } from 'vitest';
import type { Call, Reply } from '../../../bench/scaling/caller.ts';
import { createTraffic, noTraffic, type Person, wrongAnswers } from '../../../bench/scaling/traffic.ts';

const reply = (status: number, outcome = String(status), body: unknown = {}): Reply => ({
  ...{ status, outcome, body },
  ms: 1,
});
const unavailable = reply(503, 'store_unavailable');
const person = (): Person => ({ email: 'ada@example.com', slot: 0, tokens: null, ended: [] });

/** An API with one user, and what it does wrong. */
function fakeApi(
  answer: (method: string, path: string, right: Reply) => Reply | undefined = () => undefined,
): Call {
  let live = '';
  let tokens = 0;
  const start = () => {
    live = `token ${++tokens}`;
    return reply(200, '200', { access_token: live, refresh_token: `refresh of ${live}` });
  };
  return async (method, path, { token } = {}) => {
    const isLive = token === live && live !== '';
    const decide = () => {
      if (path === '/auth/login' || path === '/auth/refresh') return start();
      if (!isLive) return reply(401, 'token_revoked');
      if (path.startsWith('/auth/logout')) live = '';
      return reply(200);
    };
    const right = decide();
    return answer(method, path, right) ?? right;
  };
}

async function judge(call: Call) {
  const result = noTraffic();
  const { round, review } = createTraffic(call, 'secret', result);
  const ada = person();
  await round(ada);
  await review(ada);
  return { result, ada };
}

describe('the judge of the traffic', () => {
  it('finds nothing wrong with a right API, and checks each ended token', async () => {
    const { result, ada } = await judge(fakeApi());
    expect(wrongAnswers(result)).toBe(0);
    expect(result.rounds).toBe(1);
    // Of the first login by the refresh, of the refresh by the second login, and by both logouts.
    expect(ada.ended).toHaveLength(4);
    expect(result.steps['check of an ended token'].ms).toHaveLength(8);
    expect(ada.tokens).not.toBeNull();
  });

  it('counts ended tokens that are let in', async () => {
    const { result } = await judge(fakeApi((_, path) => (path === '/auth/verify' ? reply(200) : undefined)));
    expect(result).toMatchObject({ endedAccepted: 8, liveRefused: 0, otherWrong: [] });
  });

  it('counts live tokens that get 401', async () => {
    const refuse = fakeApi((_, path) => (path === '/auth/verify' ? reply(401, 'token_revoked') : undefined));
    const { result } = await judge(refuse);
    expect(result).toMatchObject({ endedAccepted: 0, liveRefused: 6, otherWrong: [] });
  });

  it('counts a logout that gets 401 at its first try', async () => {
    const refuse = fakeApi((_, path) => (path === '/auth/logout' ? reply(401, 'token_revoked') : undefined));
    expect((await judge(refuse)).result.otherWrong).toEqual(['logout: token_revoked']);
  });

  it('counts every other answer, such as a 500', async () => {
    const broken = fakeApi((_, path) =>
      path === '/auth/refresh' ? reply(500, 'internal_error') : undefined,
    );
    expect((await judge(broken)).result.otherWrong).toEqual(['refresh: internal_error']);
  });

  it('sends again what got 503, and does not call it wrong, whether it happened or not', async () => {
    let requests = 0;
    const flaky = fakeApi(() => (++requests % 2 === 1 ? unavailable : undefined));
    const { result } = await judge(flaky);
    expect(wrongAnswers(result)).toBe(0);
    const times = Object.values(result.steps).map(({ ms, unavailable: refused }) => [ms.length, refused]);
    for (const [answers, refused] of times) expect(refused).toBe(answers);
  });

  it('gives up an API that is away for good', async () => {
    const { result } = await judge(fakeApi((_, path) => (path === '/auth/login' ? unavailable : undefined)));
    expect(result.otherWrong).toContain('login: store_unavailable');
  });
});
