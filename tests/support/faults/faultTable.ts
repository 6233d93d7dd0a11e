import type { TestContext } from 'vitest';

/**
 * What a fault or a race did, for the table that `npm run test:faults` closes with.
 *
 * A suite joins in three steps. Its file name has `faults`, `races` or `crash` in it, so that the long form runs it. Its
 * outermost `describe` gets `{ repeats: FAULT_ROUNDS - 1 }`, so that there each test runs several times. Each test
 * follows what it does, and the rows of one name are added up over tests, repeats and files:
 *
 *     it('answers 503 while Redis is stopped', async ({ task }) => {
 *       const fault = followFault(task, 'Redis stopped');
 *       await halt(redis);
 *       fault.tried();
 *       await fault.judge(profile(token), answer => answer.status === 503);
 *       await resume(redis);
 *       await fault.recovered(() => profile(token), answer => answer.status === 200);
 *     });
 *
 * Wrong answers fail the test when it is over. A test that failed in another way counts as one wrong answer, so that the
 * table never shows less than there was.
 */
export interface FaultRow {
  fault: string;
  tried: number;
  wrong: number;
  /** The longest time from a request to its answer; null where it was not taken. */
  worstWaitMs: number | null;
  /** From the mend to the first right answer, or from the fault where others mend it; null where there is no mend. */
  recoveryMs: number | null;
}

declare module 'vitest' {
  interface TaskMeta {
    faults?: FaultRow[];
  }
}

/** How often each fault and each race is made: once in `npm test`, several times in `npm run test:faults`. */
export const FAULT_ROUNDS = Number(process.env.FAULT_ROUNDS ?? 1);

export type FollowedFault = ReturnType<typeof followFault>;

/** Adds a row to the closing table, see {@link FaultRow}. To be called in the test, which it fails for wrong answers. */
export function followFault(task: TestContext['task'], fault: string) {
  const row: FaultRow = { fault, tried: 0, wrong: 0, worstWaitMs: null, recoveryMs: null };
  const wrong: unknown[] = [];
  const errorsBefore = task.result?.errors?.length ?? 0;
  // Of the context: tests that run at the same time share the global one.
  task.context.onTestFinished(() => {
    const failed = (task.result?.errors?.length ?? 0) > errorsBefore;
    row.wrong = Math.max(wrong.length, failed ? 1 : 0);
    task.meta.faults = [...(task.meta.faults ?? []), row];
    if (wrong.length > 0) throw new Error(`${fault}: ${wrong.length} wrong answers, ${describeSome(wrong)}`);
  });

  function note(answer: unknown, isRight: boolean): void {
    if (!isRight) wrong.push(answer);
  }

  function waited(ms: number): void {
    row.worstWaitMs = Math.max(row.worstWaitMs ?? 0, ms);
  }

  function recoveredIn(ms: number): void {
    row.recoveryMs = Math.max(row.recoveryMs ?? 0, ms);
  }

  return {
    /** Counts how often the fault, or the race, was made. */
    tried(times = 1): void {
      row.tried += times;
    },
    /** Counts an answer that was judged elsewhere. */
    note,
    /** Notes a wait that was measured elsewhere. */
    waited,
    /** Notes a recovery that was measured elsewhere. */
    recoveredIn,
    /** Takes the time until an answer comes, and judges it. */
    async judge<T>(asked: Promise<T>, isRight: (answer: T) => boolean): Promise<T> {
      const askedAt = performance.now();
      const answer = await asked;
      waited(performance.now() - askedAt);
      note(answer, isRight(answer));
      return answer;
    },
    /** Judges the first answer after the mend, and takes its time. To be called as soon as the mend is done. */
    async recovered<T>(ask: () => Promise<T>, isRight: (answer: T) => boolean): Promise<T> {
      const mendedAt = performance.now();
      const answer = await ask();
      recoveredIn(performance.now() - mendedAt);
      note(answer, isRight(answer));
      return answer;
    },
  };
}

/** Up to five different ones; of an HTTP answer what matters. */
function describeSome(answers: unknown[]): string {
  const texts = answers.map(answer => {
    const { status, body } = Object(answer) as { status?: number; body?: { code?: string } };
    return status ? `${status} ${body?.code ?? ''}`.trim() : JSON.stringify(answer);
  });
  return [...new Set(texts)].slice(0, 5).join('; ');
}
