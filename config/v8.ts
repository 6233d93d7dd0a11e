import { setFlagsFromString } from 'node:v8';

/**
 * Has V8 make every new object a young one. Left to itself it may conclude that what a line makes lives long, and make it
 * old at once. Each of those then keeps what it points to until the next full collection, which leads to the same
 * conclusion again: such a process spends a quarter of its time on garbage for as long as it runs (docs/performance.md).
 */
export function keepNewObjectsYoung(): void {
  setFlagsFromString('--no-allocation-site-pretenuring');
}
