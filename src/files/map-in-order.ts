interface Begun<T, R> {
  readonly item: T;
  readonly result: Promise<R>;
  isDone: boolean;
}

/**
 * Processes items elsewhere, at most `limit` at a time. Returns each with its result, in the order of the items. While
 * no result is taken, no item is started. At most twice `limit` items are started and not yet taken.
 *
 * @param here processes an item in this thread, while the next result is not ready
 * @throws the error of `work` or `here` for an item, after the items before it were taken
 */
export async function* mapInOrder<T, R>(
  items: Iterable<T>,
  limit: number,
  work: (item: T) => Promise<R>,
  here?: (item: T) => Promise<R>,
): AsyncIterable<readonly [T, R]> {
  const waiting = items[Symbol.iterator]();
  const begun: Begun<T, R>[] = [];
  const begin = (how: (item: T) => Promise<R>): Begun<T, R> | undefined => {
    const next = waiting.next();
    if (next.done === true) return undefined;
    const each: Begun<T, R> = { item: next.value, result: how(next.value), isDone: false };
    const end = (): void => {
      each.isDone = true;
    };
    // An error is thrown when it is the item's turn. Until then it must not end the process.
    each.result.then(end, end);
    begun.push(each);
    return each;
  };
  const hasRoom = (): boolean => begun.length < limit * 2;
  for (;;) {
    while (hasRoom() && begun.filter(({ isDone }) => !isDone).length < limit && begin(work) !== undefined);
    const [first] = begun;
    if (first === undefined) return;
    const startLocally = () => (here !== undefined && !first.isDone && hasRoom() ? begin(here) : undefined);
    for (let mine = startLocally(); mine !== undefined; mine = startLocally()) await mine.result.catch(() => {});
    begun.shift();
    yield [first.item, await first.result];
  }
}
