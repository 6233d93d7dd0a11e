import { describe, expect, it } from 'vitest';
import { createUserLoader } from '../../../models/user/userLoader.ts';

/** A table of these ids that remembers what it was asked. */
function table(...present: number[]) {
  const reads: { ids: number[]; placeholders: string }[] = [];
  const rowOf = createUserLoader(async (ids, placeholders) => {
    reads.push({ ids, placeholders });
    return present.filter(id => ids.includes(id)).map(id => ({ id, name: `user ${id}` }));
  });
  return { reads, rowOf };
}

describe('reads asked for in one turn of the event loop', () => {
  it('are one read, in which each id stands once, and everybody gets their own row', async () => {
    const { reads, rowOf } = table(1, 2, 3);
    const rows = await Promise.all([3, 1, 3, 9].map(rowOf));
    expect(rows.map(row => row?.name)).toEqual(['user 3', 'user 1', 'user 3', undefined]);
    expect(reads).toEqual([{ ids: [3, 1, 9, 9], placeholders: '?, ?, ?, ?' }]);
  });

  it('of one id are a read of one', async () => {
    const { reads, rowOf } = table(7);
    expect((await rowOf(7))?.id).toBe(7);
    expect(reads).toEqual([{ ids: [7], placeholders: '?' }]);
  });

  it('use six statements however many ids there are, and more than 32 ids several at once', async () => {
    const { reads, rowOf } = table();
    for (let count = 1; count <= 200; count++)
      await Promise.all(Array.from({ length: count }, (_, i) => rowOf(i)));
    expect(new Set(reads.map(({ ids }) => ids.length))).toEqual(new Set([1, 2, 4, 8, 16, 32]));
    reads.length = 0;
    await Promise.all(Array.from({ length: 50 }, (_, i) => rowOf(i)));
    expect(reads.map(({ ids }) => ids.length)).toEqual([32, 32]);
    for (const { ids, placeholders } of reads) expect(placeholders.split(', ')).toHaveLength(ids.length);
  });

  it('never get what a read under way brings: that began before they were asked for', async () => {
    const answers: (() => void)[] = [];
    let version = 0;
    const rowOf = createUserLoader(async () => {
      const row = { id: 1, version: ++version };
      await new Promise<void>(resolve => answers.push(resolve));
      return [row];
    });
    const first = rowOf(1);
    await new Promise(setImmediate);
    const second = rowOf(1);
    await new Promise(setImmediate);
    for (const answer of answers) answer();
    expect([(await first)?.version, (await second)?.version]).toEqual([1, 2]);
  });

  it('fail together, and the next read is a new one', async () => {
    let down = true;
    const rowOf = createUserLoader(async ([id = 0]) => {
      if (down) throw new Error('down');
      return [{ id }];
    });
    const failed = await Promise.allSettled([rowOf(1), rowOf(2)]);
    expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    down = false;
    expect(await rowOf(1)).toEqual({ id: 1 });
  });
});
