/**
 * Works on items, at most `limit` at a time; gives each with its result, in the order of the items. While nobody takes
 * results, nothing new is begun.
 *
 * @throws what `work` throws for an item, once those before it were taken
 */
export async function* mapInOrder<T, R>(
  items: Iterable<T>,
  limit: number,
  work: (item: T) => Promise<R>,
): AsyncIterable<readonly [T, R]> {
  const begun: { readonly item: T; readonly result: Promise<R> }[] = [];
  for (const item of items) {
    const result = work(item);
    // It is awaited in its turn; until then its fault must not end the process.
    result.catch(() => {});
    begun.push({ item, result });
    const [first] = begun;
    if (begun.length < limit || first === undefined) continue;
    begun.shift();
    yield [first.item, await first.result];
  }
  for (const { item, result } of begun) yield [item, await result];
}
