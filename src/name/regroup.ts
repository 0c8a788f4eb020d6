import { pairEqual, Queues, type Order } from "./align.ts";
import type { Level, NameKeys } from "./keys.ts";

/** Which RDNs of the right name the attributes of every RDN of the left one come from, and in what order. */
export interface Regrouping {
  /** For every left RDN, positions of right RDNs without repetition. */
  readonly owners: readonly ReadonlySet<number>[];
  readonly order: Order;
}

/**
 * Finds out whether two names hold the same attributes, only put together into RDNs in another way.
 *
 * @param level what makes two attributes the same
 */
export function regroup(left: NameKeys, right: NameKeys, level: Level): Regrouping | undefined {
  if (![left, right].some((keys) => keys.name.rdns.some((rdn) => rdn.attributes.length > 1))) return undefined;
  const leftKeys = left.attributes(level).flat();
  const rightKeys = right.attributes(level).flat();
  if (leftKeys.length !== rightKeys.length || pairEqual(leftKeys, rightKeys).includes(-1)) return undefined;
  const ascending = findOwners(left, right, level, false);
  if (ascending === undefined) return undefined;
  if (isMonotone(ascending, 1)) return { owners: ascending, order: "same" };
  const descending = findOwners(left, right, level, true);
  if (descending !== undefined && isMonotone(descending, -1)) return { owners: descending, order: "reversed" };
  return { owners: ascending, order: "reordered" };
}

/** Whole RDNs find each other first; only the attributes of the others are looked for one by one. */
function findOwners(
  left: NameKeys,
  right: NameKeys,
  level: Level,
  fromLast: boolean,
): readonly ReadonlySet<number>[] | undefined {
  const places = right.rdns(level).map((_, i) => i);
  if (fromLast) places.reverse();
  const whole = pairEqual(
    left.rdns(level),
    places.map((place) => right.rdns(level)[place] ?? -1),
  ).map((found) => places[found] ?? -1);
  const taken = new Set(whole);
  const free = new Queues();
  for (const place of places) {
    const attributes = right.attributes(level)[place] ?? [];
    if (taken.has(place)) continue;
    if (attributes.length === 0) return undefined;
    for (const key of attributes) free.add(key, place);
  }
  const owners = left.attributes(level).map((attributes, i) => {
    const found = whole[i] ?? -1;
    return new Set(found === -1 ? attributes.map((key) => free.take(key) ?? -1) : [found]);
  });
  return owners.some((set) => set.size === 0 || set.has(-1)) ? undefined : owners;
}

/** Whether the positions never go down (`direction` 1) or never go up (-1) from one left RDN to the next. */
function isMonotone(owners: readonly ReadonlySet<number>[], direction: 1 | -1): boolean {
  let reached = -Infinity;
  for (const set of owners) {
    let furthest = reached;
    for (const place of set) {
      if (place * direction < reached) return false;
      furthest = Math.max(furthest, place * direction);
    }
    reached = furthest;
  }
  return true;
}
