/**
 * Runs `round(0)` to `round(count - 1)`, up to `atOnce` of them at the same time: for rounds that wait, each on users
 * of its own. After a failure no further round begins.
 * @throws what the first round that failed threw, when no round runs any more
 */
export async function sideBySide(
  count: number,
  atOnce: number,
  round: (i: number) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  const failures: unknown[] = [];
  async function line(): Promise<void> {
    while (next < count && failures.length === 0) {
      await round(next++).catch(error => failures.push(error));
    }
  }
  await Promise.all(Array.from({ length: atOnce }, line));
  if (failures.length > 0) throw failures[0];
}
