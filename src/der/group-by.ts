/**
 * Groups items like Map.groupBy, which Node 20 lacks.
 *
 * @returns the items of each key, in their order; keys in the order in which they first appear
 */
export function groupBy<T, K>(items: Iterable<T>, keyOf: (item: T) => K): Map<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
