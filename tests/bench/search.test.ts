import { describe, expect, it } from 'vitest';
import { refusedCases } from '../../bench/refused/cases.ts';
import type { RawRequest } from '../../bench/refused/request.ts';
import { createRandom, search } from '../../bench/refused/search.ts';

const seeds = refusedCases.filter(({ beyond }) => !beyond);

/** Runs the search on a cost that is counted, and returns all that it measured. */
async function run(seed: number, tries: number, costOf: (request: RawRequest) => number) {
  const measured: RawRequest[] = [];
  const measure = async (request: RawRequest) => {
    measured.push(request);
    return costOf(request);
  };
  let left = tries;
  const found = await search(seeds, measure, createRandom(seed), () => left-- > 0);
  return { found, measured };
}

const count = (text: string, sign: string) => text.split(sign).length - 1;

describe('the search for slow requests', () => {
  it('makes the same requests from the same seed, and others from another', async () => {
    const once = (seed: number) => run(seed, 200, ({ body }) => body.length);
    const [first, second, other] = [await once(1), await once(1), await once(2)];
    expect(second.measured).toEqual(first.measured);
    expect(other.measured).not.toEqual(first.measured);
  });

  it.each<[string, (request: RawRequest) => number]>([
    ['a body', ({ body }) => count(body, 'null')],
    ['a path', ({ target }) => count(target, '%2F')],
    ['a header', ({ fields }) => Math.max(...fields.map(([, value]) => count(value, 'sig1=()')))],
    ['many headers', ({ fields }) => fields.length * count(fields.join(), '\x85')],
  ])('finds what is slow in %s', async (_place, costOf) => {
    const { found } = await run(1, 3000, costOf);
    const best = Math.max(...seeds.map(({ request }) => costOf(request)));
    expect(found[0]?.cost).toBeGreaterThan(best);
    expect(found.map(({ cost }) => cost)).toEqual(found.map(({ cost }) => cost).sort((a, b) => b - a));
    for (const { request, cost } of found) expect(costOf(request)).toBe(cost);
  });

  it('sends nothing that is larger than the server reads, and no line ends in a header', async () => {
    const { measured } = await run(1, 3000, ({ body, target, fields }) => `${body}${target}${fields}`.length);
    for (const { target, fields, body } of measured.slice(seeds.length)) {
      expect(body.length).toBeLessThanOrEqual(100 * 1024);
      const head =
        target.length + fields.reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0);
      expect(head).toBeLessThanOrEqual(16 * 1024);
      expect(fields.join()).not.toMatch(/[\r\n]/);
    }
  });
});
