import type { Row } from '../../stores/db.ts';

/** Each is a statement of its own, which MySQL keeps prepared. Gaps are filled with the last id. */
const SIZES = [1, 4, 16, 64];
const LARGEST = 64;

/**
 * Makes one read of all that are asked for in the same turn of the event loop. Each begins after it was asked for, so
 * it is as fresh as a read of its own.
 * @param read rows with an `id` for so many ids, and as many placeholders
 * @returns the row of an id, undefined where there is none; rejects as `read` does
 */
export function readTogether(read: (ids: number[], placeholders: string) => Promise<Row[]>) {
  let waiting = new Map<number, PromiseWithResolvers>();

  function flush(): void {
    const asked = [...waiting];
    waiting = new Map();
    for (let from = 0; from < asked.length; from += LARGEST) readSome(asked.slice(from, from + LARGEST));
  }

  async function readSome(asked: [number, PromiseWithResolvers][]): Promise<void> {
    const ids = asked.map(([id]) => id);
    const size = SIZES.find(size => size >= ids.length) ?? LARGEST;
    while (ids.length < size) ids.push(ids.at(-1) ?? 0);
    try {
      const rows = await read(ids, ids.map(() => '?').join(', '));
      const byId = new Map(rows.map(row => [Number(row.id), row]));
      for (const [id, { resolve }] of asked) resolve(byId.get(id));
    } catch (error) {
      for (const [, { reject }] of asked) reject(error);
    }
  }

  return (id: number): Promise<Row | undefined> => {
    if (waiting.size === 0) setImmediate(flush);
    const known = waiting.get(id);
    if (known) return known.promise;
    const fresh = withResolvers();
    waiting.set(id, fresh);
    return fresh.promise;
  };
}

interface PromiseWithResolvers {
  promise: Promise<Row | undefined>;
  resolve: (row: Row | undefined) => void;
  reject: (error: unknown) => void;
}

function withResolvers(): PromiseWithResolvers {
  let resolve: PromiseWithResolvers['resolve'] = () => {};
  let reject: PromiseWithResolvers['reject'] = () => {};
  const promise = new Promise<Row | undefined>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}
