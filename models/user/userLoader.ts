import DataLoader from 'dataloader';
import type { Row } from '../../stores/db.ts';

/** More are read with several statements: while the database works on one, this process works with the rows of another. */
const LARGEST = 32;
/** Each size is a statement of its own, which MySQL keeps prepared. */
const SIZES = [1, 2, 4, 8, 16, LARGEST];

/**
 * Reads the rows that are asked for in the same turn of the event loop together, up to 32 with one statement. Nothing is
 * cached: each read begins after it was asked for.
 * @param read rows with an `id` for these ids, with as many placeholders; gaps are filled with the last id
 * @returns the row of an id, undefined where there is none; rejects as `read` does
 */
export function createUserLoader(read: (ids: number[], placeholders: string) => Promise<Row[]>) {
  const loader = new DataLoader<number, Row | undefined>(
    async asked => {
      const ids = [...new Set(asked)];
      const size = SIZES.find(size => size >= ids.length) ?? LARGEST;
      while (ids.length < size) ids.push(ids.at(-1) ?? 0);
      const rows = await read(ids, ids.map(() => '?').join(', '));
      const byId = new Map(rows.map(row => [Number(row.id), row]));
      return asked.map(id => byId.get(id));
    },
    { cache: false, maxBatchSize: LARGEST, batchScheduleFn: setImmediate },
  );
  return (id: number): Promise<Row | undefined> => loader.load(id);
}
