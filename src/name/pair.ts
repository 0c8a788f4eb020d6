import { countPaired, pairInOrder, Queues, type Order } from "./align.ts";
import { type Level, levels, type NameKeys } from "./keys.ts";

/** The RDNs of two names that correspond to each other, if neither all RDNs nor all attributes are the same. */
export interface Related {
  readonly order: Order;
  /** Position of the partner of every left RDN in the right name, or -1. */
  readonly partners: readonly number[];
  /** The partners that can share a row, ascending; undefined if the names are in reverse order. */
  readonly joined?: readonly number[];
  /** Whether the names have anything in common: an RDN by RFC 5280 7.1, a value, or an attribute of an RDN. */
  readonly common: boolean;
}

/**
 * Pairs the RDNs of two names. First pairs as many equal ones as possible in the same or in reverse order, whichever
 * gives more. Then pairs equal ones at other positions. Then pairs, within the gaps between pairs, RDNs with the same
 * values, with a common attribute, or with the same attribute types.
 */
export function pairRelated(left: NameKeys, right: NameKeys): Related {
  const last = right.name.rdns.length - 1;
  const forward = pairLongest(left, (level) => right.rdns(level));
  const backward = pairLongest(left, (level) => right.rdns(level).toReversed());
  const reversed = countPaired(backward) > countPaired(forward);
  const view = (to: number): number => (reversed && to !== -1 ? last - to : to);
  const base = reversed ? backward : forward;
  const partners = base.map(view);
  const moved = pairMoved(left, right, partners);
  const joined = [...base];
  let common = moved || countPaired(base) > 0;
  for (const gap of findGaps(base, partners, right, view)) {
    common = pairGap(left, right, gap, partners) || common;
    // Within a gap, only pairs that do not cross can share a row.
    let reached = -1;
    for (const from of gap.left) {
      const to = partners[from] ?? -1;
      if (to > reached) reached = joined[from] = to;
    }
  }
  const alone = left.name.rdns.length === 1 && last === 0 && left.rdns("types")[0] === right.rdns("types")[0];
  const empty = left.name.rdns.length === 0 || last < 0;
  const order = reversed ? "reversed" : moved ? "reordered" : "same";
  return { order, partners, common: common || alone || empty, ...(!reversed && { joined }) };
}

/** Returns the longest pairing in order, at the strictest level that reaches its length. */
function pairLongest(left: NameKeys, right: (level: Level) => readonly number[]): number[] {
  return levels
    .map((level) => pairInOrder(left.rdns(level), right(level)))
    .reduce((longest, next) => (countPaired(next) > countPaired(longest) ? next : longest));
}

/** Pairs the remaining equal RDNs at any position, the most similar first. Returns whether there were any. */
function pairMoved(left: NameKeys, right: NameKeys, partners: number[]): boolean {
  let moved = false;
  const taken = new Set(partners);
  for (const level of levels) {
    const free = new Queues();
    right.rdns(level).forEach((key, to) => {
      if (!taken.has(to)) free.add(key, to);
    });
    left.rdns(level).forEach((key, from) => {
      const to = partners[from] === -1 ? free.take(key) : undefined;
      if (to === undefined) return;
      partners[from] = to;
      taken.add(to);
      moved = true;
    });
  }
  return moved;
}

interface Gap {
  readonly left: number[];
  readonly right: number[];
}

/** Groups the RDNs without a partner by the pairs of `base` that they are between. */
function findGaps(
  base: readonly number[],
  partners: readonly number[],
  right: NameKeys,
  view: (to: number) => number,
): Iterable<Gap> {
  const gaps = new Map<number, Gap>();
  const gapAt = (number: number): Gap => {
    let gap = gaps.get(number);
    if (gap === undefined) gaps.set(number, (gap = { left: [], right: [] }));
    return gap;
  };
  let passed = 0;
  base.forEach((to, from) => {
    if (to !== -1) passed += 1;
    else if (partners[from] === -1) gapAt(passed).left.push(from);
  });
  const inBase = new Set(base);
  const taken = new Set(partners);
  passed = 0;
  right.name.rdns.forEach((_, to) => {
    if (inBase.has(to)) passed += 1;
    else if (!taken.has(view(to))) gapAt(passed).right.push(view(to));
  });
  return gaps.values();
}

/** Pairs the RDNs in one gap. Returns whether they have more than attribute types in common. */
function pairGap(left: NameKeys, right: NameKeys, gap: Gap, partners: number[]): boolean {
  const used = new Set<number | undefined>();
  const pass = (keysOf: (keys: NameKeys, place: number) => readonly number[]): boolean => {
    const free = new Queues();
    for (const to of gap.right) for (const key of keysOf(right, to)) free.add(key, to);
    let found = false;
    for (const from of gap.left) {
      if (partners[from] !== -1) continue;
      for (const key of keysOf(left, from)) {
        let to = free.take(key);
        while (used.has(to)) to = free.take(key);
        if (to === undefined) continue;
        partners[from] = to;
        used.add(to);
        found = true;
        break;
      }
    }
    return found;
  };
  const values = pass(rdnAt("values"));
  const shared = pass((keys, place) => keys.attributes("fold")[place] ?? []);
  pass(rdnAt("types"));
  return values || shared;
}

/** Returns a function that returns the key of one RDN at a level, as a list. */
function rdnAt(level: Level): (keys: NameKeys, place: number) => readonly number[] {
  return (keys, place) => keys.rdns(level).slice(place, place + 1);
}
