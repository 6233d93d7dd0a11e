import { availableParallelism } from 'node:os';
import bcrypt from 'bcrypt';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { ApiError } from '../../../errors.ts';
import { createPasswordModel } from '../../../models/password/password.model.ts';
import { backends, startTestApp } from '../../support/harness.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

describe('the hashing queue', () => {
  it.each([0, 3])(
    'takes what is being hashed and %i in line, of one burst, and refuses the rest',
    async queueLimit => {
      const passwords = createPasswordModel({ rounds: 4, queueLimit, threads: 2 });
      const burst = () =>
        Promise.allSettled(Array.from({ length: 10 }, () => passwords.hash('correct horse')));
      for (const _ of ['first', 'after it']) {
        const results = await burst();
        expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1 + queueLimit);
        for (const result of results) {
          if (result.status === 'fulfilled') continue;
          expect(result.reason).toBeInstanceOf(ApiError);
          expect(result.reason.code).toBe('overloaded');
        }
      }
    },
  );

  it.each([
    ['than it has threads for, and leaves one free', { threads: 2 }, 1],
    ['than its share of the cores', { threads: 64, processes: availableParallelism() }, 1],
    ['than there are cores', { threads: 64 }, Math.min(availableParallelism(), 20)],
  ])('hashes no more at once %s', async (_, shares, bound) => {
    let running = 0;
    let most = 0;
    vi.spyOn(bcrypt, 'hash').mockImplementation(async () => {
      most = Math.max(most, ++running);
      await new Promise(resolve => setImmediate(resolve));
      running--;
      return 'a hash';
    });
    const passwords = createPasswordModel({ rounds: 4, queueLimit: 100, ...shares });
    await Promise.all(Array.from({ length: 20 }, () => passwords.hash('correct horse')));
    expect(most).toBe(bound);
  });

  it('takes nobody who would wait for more than 10 s, and says how long the line is', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] });
    onTestFinished(() => void vi.useRealTimers());
    vi.spyOn(bcrypt, 'hash').mockImplementation(
      () => new Promise(resolve => setTimeout(resolve, 6000, 'a hash')) as never,
    );
    const passwords = createPasswordModel({ rounds: 4, queueLimit: 100, threads: 2 });
    const hashes = (count: number) => Array.from({ length: count }, () => passwords.hash('correct horse'));
    const known = hashes(50);
    await vi.advanceTimersByTimeAsync(50 * 6000);
    await Promise.all(known);

    // One is hashed, two wait; behind them the wait would be 12 s.
    const results = Promise.allSettled(hashes(5));
    await vi.advanceTimersByTimeAsync(5 * 6000);
    const states = (await results).map(({ status }) => status);
    expect(states).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected', 'rejected']);
    expect((await results)[4]).toMatchObject({
      reason: { code: 'overloaded', data: { retryAfterSeconds: 12 } },
    });
  });

  it('goes on after a hash that failed', async () => {
    const passwords = createPasswordModel({ rounds: 4, queueLimit: 0, threads: 2 });
    vi.spyOn(bcrypt, 'hash').mockRejectedValueOnce(new Error('out of memory') as never);
    await expect(passwords.hash('correct horse')).rejects.toThrow('out of memory');
    await expect(passwords.hash('correct horse')).resolves.toMatch(/^\$2b\$04\$/);
  });
});

describe('verify', () => {
  const passwords = createPasswordModel({ rounds: 4, queueLimit: 10, threads: 4 });

  it.each([
    ['a wrong password', 'wrong horse', () => passwords.hash('correct horse')],
    ['no such user', 'correct horse', async () => null],
    ['a lone surrogate', 'correct \ud800', () => passwords.hash('correct \ufffd')],
  ])('does the work of one compare, at the same cost, for %s', async (_, password, hashOf) => {
    const hash = await hashOf();
    await passwords.verify('warm up', null);
    const compare = vi.spyOn(bcrypt, 'compare');
    expect(await passwords.verify(password, hash)).toBe(false);
    expect(compare).toHaveBeenCalledTimes(1);
    expect(compare.mock.calls[0]?.[1]).toMatch(/^\$2b\$04\$/);
  });

  it('tells passwords apart behind a NUL', async () => {
    expect(await passwords.verify('correct\0horse', await passwords.hash('correct'))).toBe(false);
  });
});

describe.each(backends)('a login flood on %s stores', backend => {
  it('is shed with 503 overloaded and Retry-After, and leaves no session behind', async () => {
    const app = await startTestApp(backend, { BCRYPT_ROUNDS: '12', HASH_QUEUE_LIMIT: '0' });
    try {
      const { email, password } = await app.register();
      const login = () => app.call('POST', '/auth/login', { body: { email, password } });
      const answers = await Promise.all(Array.from({ length: 20 }, login));
      const shed = answers.filter(({ status }) => status === 503);
      expect(shed.length).toBeGreaterThan(0);
      expect(shed.length).toBeLessThan(20);
      for (const { body, headers } of shed) {
        expect([body.code, headers['retry-after']]).toEqual(['overloaded', '1']);
      }
      const admitted = answers.filter(({ status }) => status === 200);
      expect(admitted.length + shed.length).toBe(20);
    } finally {
      await app.close();
    }
  });
});
