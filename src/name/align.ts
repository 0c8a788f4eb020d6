/** A pairing of two lists: for each position in the left list, the position of its partner in the right list, or -1. */
export type Partners = readonly number[];

/** Order of the right list, compared with the left one. */
export type Order = "same" | "reversed" | "reordered";

/** Maximum size, in cells, of the table for a longest common subsequence: 500 RDNs on either side. */
const maximumCells = 250_000;

/**
 * Pairs two lists that contain the same keys equally often. Tries the same order first, then the reverse, so lists with
 * repeated keys are described in the simplest way.
 *
 * @returns undefined if one is not a permutation of the other
 */
export function pairPermutation(left: readonly number[], right: readonly number[]): [Order, Partners] | undefined {
  const last = right.length - 1;
  if (left.length !== right.length) return undefined;
  if (left.every((key, i) => key === right[i])) return ["same", left.map((_, i) => i)];
  if (left.every((key, i) => key === right[last - i])) return ["reversed", left.map((_, i) => last - i)];
  const partners = pairEqual(left, right);
  return partners.includes(-1) ? undefined : ["reordered", partners];
}

/** Pairs every key of the left list with the first equal key of the right list that is still free. */
export function pairEqual(left: readonly number[], right: readonly number[]): number[] {
  const free = new Queues();
  right.forEach((key, i) => free.add(key, i));
  return left.map((key) => free.take(key) ?? -1);
}

/** Queues of positions, one per key, first in, first out. */
export class Queues {
  readonly #places = new Map<number, { places: number[]; next: number }>();

  /** Adds a position at the end of the queue of its key. */
  add(key: number, place: number): void {
    const queue = this.#places.get(key);
    if (queue === undefined) this.#places.set(key, { places: [place], next: 0 });
    else queue.places.push(place);
  }

  /** Removes and returns the next position of a key; undefined if none is left. */
  take(key: number): number | undefined {
    const queue = this.#places.get(key);
    if (queue === undefined) return undefined;
    queue.next += 1;
    return queue.places[queue.next - 1];
  }
}

/**
 * Pairs as many equal keys as possible without crossing (a longest common subsequence). The common prefix and suffix
 * are paired first. If too many keys remain between them, only equal keys at equal positions are paired there, so the
 * time stays linear for hostile lengths.
 */
export function pairInOrder(left: readonly number[], right: readonly number[]): number[] {
  const partners = Array.from(left, () => -1);
  const shortest = Math.min(left.length, right.length);
  let head = 0;
  while (head < shortest && left[head] === right[head]) {
    partners[head] = head;
    head += 1;
  }
  let leftEnd = left.length;
  let rightEnd = right.length;
  while (leftEnd > head && rightEnd > head && left[leftEnd - 1] === right[rightEnd - 1]) {
    leftEnd -= 1;
    rightEnd -= 1;
    partners[leftEnd] = rightEnd;
  }
  const rows = leftEnd - head;
  const columns = rightEnd - head;
  if (rows * columns > maximumCells) {
    for (let i = head; i < Math.min(leftEnd, rightEnd); i += 1) if (left[i] === right[i]) partners[i] = i;
    return partners;
  }
  // lengths[i * width + j]: maximum number of pairs between left[head + i ..] and right[head + j ..].
  const width = columns + 1;
  const lengths = new Uint32Array((rows + 1) * width);
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = rows - 1; i >= 0; i -= 1) {
    for (let j = columns - 1; j >= 0; j -= 1) {
      const equal = left[head + i] === right[head + j];
      lengths[i * width + j] = equal ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  for (let i = 0, j = 0; i < rows && j < columns;) {
    if (left[head + i] === right[head + j]) {
      partners[head + i] = head + j;
      i += 1;
      j += 1;
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return partners;
}

/** Returns the number of positions that have a partner. */
export function countPaired(partners: Partners): number {
  return partners.reduce((count, partner) => count + (partner === -1 ? 0 : 1), 0);
}
