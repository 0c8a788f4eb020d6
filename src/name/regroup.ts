import { pairEqual, Queues, type Order } from "./align.ts";
import type { Level, NameKeys } from "./keys.ts";

/** The RDNs of the right name that contain the attributes of each RDN of the left one, and their order. */
export interface Regrouping {
  /** For every left RDN, positions of right RDNs without repetition. */
  readonly owners: readonly ReadonlySet<number>[];
  readonly order: Order;
}

/**
 * Finds the regrouping if two names have the same attributes, grouped into RDNs in different ways.
 *
 * @param level level at which attributes are compared
 * @returns undefined if the names do not have the same attributes
 */
export function regroup(left: NameKeys, right: NameKeys, level: Level): Regrouping | undefined {
  const leftKeys = left.attributes(level).flat();
  const rightKeys = right.attributes(level).flat();
  if (leftKeys.length !== rightKeys.length || pairEqual(leftKeys, rightKeys).includes(-1)) return undefined;
  const inOrder = findInOrder(left.attributes(level), right.attributes(level));
  if (inOrder !== undefined) return { owners: inOrder, order: "same" };
  const ascending = findOwners(left, right, level, false);
  if (ascending === undefined) return undefined;
  if (isMonotone(ascending)) return { owners: ascending, order: "same" };
  const descending = findOwners(left, right, level, true);
  if (descending !== undefined && isMonotone(descending.toReversed())) return { owners: descending, order: "reversed" };
  return { owners: ascending, order: "reordered" };
}

/**
 * Reads both names side by side: one RDN of a side corresponds to one or more of the other side that have its
 * attributes. If equal RDNs appear more than once, only this order shows which of them were merged.
 */
function findInOrder(
  left: readonly (readonly number[])[],
  right: readonly (readonly number[])[],
): readonly ReadonlySet<number>[] | undefined {
  const owners: ReadonlySet<number>[] = [];
  let to = 0;
  for (let from = 0; from < left.length;) {
    const open = new Balance();
    const start = { from, to };
    do {
      // The next RDN is from the side with fewer attributes so far, or from the left one if both have the same number.
      const isLeftShort = open.surplus <= 0;
      const next = isLeftShort ? left[from] : right[to];
      if (next === undefined || next.length === 0) return undefined;
      for (const key of next) open.add(key, isLeftShort ? 1 : -1);
      if (isLeftShort) from += 1;
      else to += 1;
    } while (!open.isEven);
    if (from - start.from > 1 && to - start.to > 1) return undefined;
    const segment = new Set(Array.from({ length: to - start.to }, (_, i) => start.to + i));
    for (let i = start.from; i < from; i += 1) owners.push(segment);
  }
  return to === right.length ? owners : undefined;
}

/** The attributes that one side of a comparison has and the other does not. */
class Balance {
  /** Number of attributes of the left side so far, minus those of the right side. */
  surplus = 0;
  readonly #counts = new Map<number, number>();

  add(key: number, change: 1 | -1): void {
    this.surplus += change;
    const count = (this.#counts.get(key) ?? 0) + change;
    if (count === 0) this.#counts.delete(key);
    else this.#counts.set(key, count);
  }

  /** Whether both sides have the same attributes. */
  get isEven(): boolean {
    return this.#counts.size === 0;
  }
}

/** Finds the owners of whole RDNs first, and looks for single attributes only for the other RDNs. */
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

/** Whether the positions never decrease from one left RDN to the next. */
function isMonotone(owners: readonly ReadonlySet<number>[]): boolean {
  let reached = -1;
  for (const set of owners) {
    const before = reached;
    for (const place of set) {
      if (place < before) return false;
      reached = Math.max(reached, place);
    }
  }
  return true;
}
