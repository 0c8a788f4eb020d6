import { octets, type Span } from "../der/span.ts";
import { latin1 } from "../der/strings.ts";
import { constructed } from "../der/tag.ts";
import { prepareText } from "./match.ts";
import type { Attribute, Name, Rdn } from "./parse.ts";

/**
 * What two RDNs must have in common to count as equal, strictest first: their octets; attribute types, string types
 * and texts; attribute types and texts; attribute types and texts as RFC 5280 7.1 compares them.
 */
export const levels = ["octets", "der", "text", "fold"] as const;

/** One of `levels`; or only the values (7.1), the attribute types, or the attribute types with their string types. */
export type Level = (typeof levels)[number] | "values" | "types" | "tags";

/** Gives equal texts equal numbers from 0, so that comparing costs the same however long a value is. */
export class Interner {
  readonly #numbers = new Map<string, number>();

  number(text: string): number {
    let number = this.#numbers.get(text);
    if (number === undefined) this.#numbers.set(text, (number = this.#numbers.size));
    return number;
  }
}

/** The numbers that two names share, so that their keys can be compared. */
export interface Shared {
  readonly types: Interner;
  readonly texts: Interner;
  readonly octets: Interner;
  /** Attributes put together into RDNs. */
  readonly sets: Interner;
}

/** The RDNs and attributes of one name as numbers that are equal where they are equal at a level. Made when asked for. */
export class NameKeys {
  readonly name: Name;
  readonly bytes: Uint8Array;
  readonly #shared: Shared;
  readonly #rdns = new Map<Level, readonly number[]>();
  readonly #attributes = new Map<Level, readonly (readonly number[])[]>();

  constructor(bytes: Uint8Array, name: Name, shared: Shared) {
    this.bytes = bytes;
    this.name = name;
    this.#shared = shared;
  }

  /** One number an RDN. Beyond level `octets` the order of attributes inside an RDN does not count. */
  rdns(level: Level): readonly number[] {
    let keys = this.#rdns.get(level);
    if (keys === undefined) {
      const attributes = level === "octets" ? [] : this.attributes(level);
      keys = this.name.rdns.map((rdn, i) =>
        level === "octets" ? this.#octetsKey(rdn) : this.#rdnKey(rdn, attributes[i] ?? []),
      );
      this.#rdns.set(level, keys);
    }
    return keys;
  }

  /** One number an attribute, in encoded order, for every RDN. */
  attributes(level: Level): readonly (readonly number[])[] {
    let keys = this.#attributes.get(level);
    if (keys === undefined) {
      keys = this.name.rdns.map((rdn) => rdn.attributes.map((attribute) => this.#attributeKey(attribute, level)));
      this.#attributes.set(level, keys);
    }
    return keys;
  }

  #rdnKey(rdn: Rdn, attributes: readonly number[]): number {
    const [only, ...others] = attributes;
    // An RDN without attributes, or no RDN at all, is only ever equal to its own octets.
    if (only === undefined) return this.#setKey(`octets ${latin1(octets(this.bytes, rdn))}`);
    if (others.length === 0) return only;
    return this.#setKey(attributes.toSorted((a, b) => a - b).join());
  }

  #attributeKey(attribute: Attribute, level: Level): number {
    const { oid, text, valueTag } = attribute;
    if (oid === undefined || valueTag === -1) return this.#octetsKey(attribute);
    // Fewer than 2^18 types and 2^22 values: type, string type and value fit into one number without loss.
    const type = level === "values" ? 0 : this.#shared.types.number(oid);
    const hasTag = level === "der" || level === "tags" || text === undefined;
    const tag = hasTag && level !== "types" ? valueTag | constructed : 0;
    const value = level === "types" || level === "tags" ? 0 : this.#valueNumber(attribute, level);
    return (value * 2 ** 18 + type) * 2 ** 8 + tag;
  }

  /** Even for texts, odd for octets that are none. */
  #valueNumber({ oid, text, value }: Attribute, level: Level): number {
    if (text === undefined) return this.#shared.octets.number(latin1(octets(this.bytes, value))) * 2 + 1;
    if (level === "der" || level === "text") return this.#shared.texts.number(text) * 2;
    return this.#shared.texts.number(prepareText(text, level === "values" ? undefined : oid)) * 2;
  }

  #setKey(text: string): number {
    return -3 - 2 * this.#shared.sets.number(text);
  }

  /** Negative and even, as sets are negative and odd and attributes positive; -1 is kept for what has no key. */
  #octetsKey(span: Span): number {
    return -2 - 2 * this.#shared.octets.number(latin1(octets(this.bytes, span)));
  }
}
