import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromSqlTime, toPreciseSqlTime, toSqlTime } from '../../stores/db.ts';

describe('a time of a table', () => {
  const times = fc.integer({ min: 0, max: Date.UTC(9999, 11, 31) });

  it('is read as it was written, to the second or to the millisecond', () => {
    fc.assert(
      fc.property(times, ms => {
        expect(fromSqlTime(toPreciseSqlTime(ms))).toBe(new Date(ms).toISOString());
        expect(fromSqlTime(toSqlTime(ms))).toBe(new Date(ms - (ms % 1000)).toISOString());
      }),
    );
  });

  it.each([
    ['2026-11-27 08:09:10.5', '2026-11-27T08:09:10.500Z'],
    ['2026-11-27 08:09:10.123456', '2026-11-27T08:09:10.123Z'],
    ['0000-00-00 00:00:00', null],
    ['2026-00-27 08:09:10', null],
    ['2026-11-00 08:09:10', null],
  ])('is read from %s, as columns of other tables have it', (text, iso) => {
    expect(fromSqlTime(text)).toBe(iso);
  });
});
