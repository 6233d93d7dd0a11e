/** A median with the smallest and the largest value beside it. */
export interface Spread {
  median: number;
  min: number;
  max: number;
}

/** @throws {RangeError} without values */
export function spread(values: number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (i: number) => sorted[i] ?? Number.NaN;
  if (sorted.length === 0) throw new RangeError('There is nothing to take the median of.');
  const middle = (sorted.length - 1) / 2;
  return {
    median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2,
    min: at(0),
    max: at(sorted.length - 1),
  };
}

export function median(values: number[]): number {
  return spread(values).median;
}
