import type { Crl } from "../crl/crl.ts";
import { SerialIndex } from "../crl/serial-index.ts";
import { bytesOf, contents, hex } from "../der/span.ts";
import { latin1 } from "../der/strings.ts";
import type { GivenCrl } from "./other-crl.ts";

/** Minimum size in bytes of a serial that two CAs do not both use by accident: sequential numbers are shorter. */
export const longSerial = 8;

/**
 * Minimum number of dates in common, in entries with the same shorter serials, that two CAs do not have by accident.
 */
const shortSerials = 3;

/** Maximum number of CAs, beyond the first, that are recorded for one serial. */
const maximumCas = 8;

/** Entries of a CRL whose serials the CRLs of other CAs also list. */
export interface SharedSerials {
  /** The first CRL of each other CA that lists one of them. */
  readonly others: readonly GivenCrl[];
  /** Number of the entries. */
  readonly count: number;
  /** The serial of the first entry, in hexadecimal. */
  readonly first: string;
}

/** Numbers for the CA of a CRL, for its name, and for the key that the authorityKeyIdentifier identifies. */
interface Ca {
  readonly id: number;
  readonly issuer: number;
  readonly key: number;
}

/** An entry of a CRL, and an entry of another CA's CRL with the same serial. */
interface Shared {
  /** Index of the entry. */
  readonly index: number;
  /** Position of the other CRL. */
  readonly other: number;
  /** Numbers of the two CAs, the lower one first. */
  readonly cas: readonly [number, number];
  /** The revocationDate, if the serials are short and both entries have the same date. */
  readonly date: number | undefined;
}

/**
 * Finds serials that CRLs of several CAs list: one database then writes its entries into the CRLs of all CAs. Linear in
 * the entries of all CRLs.
 */
export function findSharedSerials(crls: readonly GivenCrl[]): ReadonlyMap<GivenCrl, SharedSerials> {
  const found = new Map<GivenCrl, SharedSerials>();
  const cas = identifyCas(crls);
  if (new Set([...cas.values()].map(({ issuer }) => issuer)).size < 2) return found;
  const lists = [...cas.keys()];
  const index = new SerialIndex(lists.map(({ crl }) => crl.entries.serials));
  if (!index.hasRepeats) return found;
  const table = new Table(lists, [...cas.values()], index);
  const dates = new CommonDates();
  for (const list of lists.keys()) for (const shared of table.sharedBy(list, "short")) dates.add(shared);
  for (const [list, given] of lists.entries()) {
    const entries = new Set<number>();
    const others = new Map<number, number>();
    const add = ({ index: entry, other }: Shared): void => {
      entries.add(entry);
      const ca = cas.get(lists[other]!)!.id;
      others.set(ca, Math.min(other, others.get(ca) ?? other));
    };
    for (const shared of table.sharedBy(list, "long")) add(shared);
    for (const shared of table.sharedBy(list, "short")) if (dates.prove(shared)) add(shared);
    if (entries.size === 0) continue;
    found.set(given, {
      others: [...others.values()].sort((a, b) => a - b).map((other) => lists[other]!),
      count: entries.size,
      first: serialOf(given.crl, leastOf(entries)),
    });
  }
  return found;
}

/** Dates that two CAs have in common in entries with short serials. */
class CommonDates {
  readonly #dates = new Map<string, Set<number>>();

  add({ cas, date }: Shared): void {
    if (date === undefined) return;
    const key = cas.join("/");
    this.#dates.set(key, (this.#dates.get(key) ?? new Set()).add(date));
  }

  /** Whether there are too many for an accident. */
  prove({ cas, date }: Shared): boolean {
    return date !== undefined && (this.#dates.get(cas.join("/"))?.size ?? 0) >= shortSerials;
  }
}

/** The serials of some CRLs, and the CAs that list them. */
class Table {
  readonly #lists: readonly GivenCrl[];
  readonly #cas: readonly Ca[];
  readonly #index: SerialIndex;
  readonly #readers: readonly ReturnType<Crl["entries"]["openWindow"]>[];
  /**
   * Entries with a serial in the CRLs of further CAs, one per CA, by the number of the first entry with that serial.
   */
  readonly #further = new Map<number, readonly number[]>();

  constructor(lists: readonly GivenCrl[], cas: readonly Ca[], index: SerialIndex) {
    this.#lists = lists;
    this.#cas = cas;
    this.#index = index;
    this.#readers = lists.map(({ crl }) => crl.entries.openWindow());
    for (const [list, { crl }] of lists.entries()) {
      const start = index.startOf(list);
      for (let number = start; number < start + crl.entries.count; number += 1) this.#add(number, cas[list]!);
    }
  }

  #add(number: number, { id }: Ca): void {
    const first = this.#index.firstOf(number);
    if (first === number || this.#caOf(first).id === id) return;
    const known = this.#further.get(first) ?? [];
    if (known.length < maximumCas && known.every((each) => this.#caOf(each).id !== id)) {
      this.#further.set(first, [...known, number]);
    }
  }

  /** Returns the entries of a CRL that other CAs also list, with long or with short serials. */
  *sharedBy(list: number, size: "long" | "short"): Iterable<Shared> {
    const own = this.#cas[list]!;
    const { bytes, offsets, lengths } = this.#lists[list]!.crl.entries.serials;
    const start = this.#index.startOf(list);
    for (let index = 0; index < offsets.length; index += 1) {
      const first = this.#index.firstOf(start + index);
      const further = this.#further.get(first);
      if (further === undefined) continue;
      const length = lengths?.[index] ?? bytes[(offsets[index] ?? 0) - 1] ?? 0;
      if (length >= longSerial !== (size === "long")) continue;
      const date = size === "long" ? undefined : this.#dateOf(start + index);
      for (const number of [first, ...further]) {
        const ca = this.#caOf(number);
        if (!areTwo(own, ca)) continue;
        const isSameDate = date !== undefined && this.#dateOf(number) === date;
        yield {
          index,
          other: this.#index.listOf(number),
          cas: own.id < ca.id ? [own.id, ca.id] : [ca.id, own.id],
          date: isSameDate ? date : undefined,
        };
      }
    }
  }

  #caOf(number: number): Ca {
    return this.#cas[this.#index.listOf(number)]!;
  }

  #dateOf(number: number): number {
    const list = this.#index.listOf(number);
    return this.#readers[list]!(number - this.#index.startOf(list)).date;
  }
}

/** Returns the CAs of CRLs that identify their key, without indirect CRLs: their entries are of several CAs. */
function identifyCas(crls: readonly GivenCrl[]): ReadonlyMap<GivenCrl, Ca> {
  const numbers = new Map<string, number>();
  const numberOf = (...parts: readonly Uint8Array[]): number => {
    const text = parts.map((bytes) => `${bytes.length} ${latin1(bytes)}`).join("");
    const known = numbers.get(text) ?? numbers.size;
    numbers.set(text, known);
    return known;
  };
  return new Map(
    crls.flatMap((given): readonly (readonly [GivenCrl, Ca])[] => {
      const { issuer, authorityKeyIdentifier, entries, source } = given.crl;
      const keyIdentifier = authorityKeyIdentifier?.keyIdentifier;
      if (issuer === undefined || keyIdentifier === undefined || entries.serials.issuers !== undefined) return [];
      const [name, key] = [bytesOf(source.bytes, issuer), contents(source.bytes, keyIdentifier)];
      return [[given, { id: numberOf(name, key), issuer: numberOf(name), key: numberOf(key) }]];
    }),
  );
}

/**
 * Whether two CRLs are of different CAs. A different name alone may be a wrong issuer, and a different key a new one.
 */
function areTwo(a: Ca, b: Ca): boolean {
  return a.issuer !== b.issuer && a.key !== b.key;
}

function leastOf(numbers: Iterable<number>): number {
  let least = Number.POSITIVE_INFINITY;
  for (const number of numbers) least = Math.min(least, number);
  return least;
}

function serialOf({ entries, source }: Crl, index: number): string {
  const { serialContent, serialEnd } = entries.at(index);
  return hex(source.bytes.subarray(serialContent, serialEnd));
}
