import { bytesOf, type Span } from "../der/span.ts";
import { latin1 } from "../der/strings.ts";
import { constructed } from "../der/tag.ts";
import { prepareText } from "./match.ts";
import type { Attribute, Name, Rdn } from "./parse.ts";

/**
 * Levels at which two RDNs can be equal, strictest first: their bytes; attribute types, string types and texts;
 * attribute types and texts; attribute types and texts as RFC 5280 7.1 compares them.
 */
export const levels = ["bytes", "der", "text", "fold"] as const;

/**
 * One of `levels`; `typed`, which is `fold` with string types; `values`, only the values (7.1); or `types`, only the
 * attribute types.
 */
export type Level = (typeof levels)[number] | "typed" | "values" | "types";

/** The parts of an attribute that are compared at a level. */
interface Counted {
  readonly type: boolean;
  readonly tag: boolean;
  /** Returns the part of a text that is compared. A value that is not text is compared by its bytes instead. */
  readonly text: ((text: string, oid: string) => string) | undefined;
}

const unchanged = (text: string): string => text;

const counted: Readonly<Record<Exclude<Level, "bytes">, Counted>> = {
  der: { type: true, tag: true, text: unchanged },
  text: { type: true, tag: false, text: unchanged },
  fold: { type: true, tag: false, text: prepareText },
  typed: { type: true, tag: true, text: prepareText },
  // Without the type, the matching rule of most types is used.
  values: { type: false, tag: false, text: (text) => prepareText(text) },
  types: { type: true, tag: false, text: undefined },
};

/** Gives equal texts equal numbers from 0, so the time of a comparison does not depend on the length of values. */
export class Interner {
  readonly #numbers = new Map<string, number>();

  number(text: string): number {
    let number = this.#numbers.get(text);
    if (number === undefined) this.#numbers.set(text, (number = this.#numbers.size));
    return number;
  }
}

/** The keys of one level: one number for each RDN, and for each of its attributes in encoded order. */
interface Keys {
  readonly rdns: readonly number[];
  readonly attributes: readonly (readonly number[])[];
}

/**
 * The RDNs and attributes of one name as numbers, which are equal if these are equal at a level. Computed on demand.
 */
export class NameKeys {
  readonly name: Name;
  readonly bytes: Uint8Array;
  readonly #shared: Interner;
  readonly #keys = new Map<Level, Keys>();

  /** @param shared the numbers that two names share, so their keys can be compared */
  constructor(bytes: Uint8Array, name: Name, shared: Interner) {
    this.bytes = bytes;
    this.name = name;
    this.#shared = shared;
  }

  /** Returns one number per RDN. Only at level `bytes` does the order of the attributes in an RDN matter. */
  rdns(level: Level): readonly number[] {
    return this.#at(level).rdns;
  }

  /** Returns one number for each attribute, in encoded order, for every RDN. */
  attributes(level: Level): readonly (readonly number[])[] {
    return this.#at(level).attributes;
  }

  #at(level: Level): Keys {
    let keys = this.#keys.get(level);
    if (keys === undefined) {
      const made = this.name.rdns.map((rdn) => {
        const attributes = rdn.attributes.map((attribute) => this.#attributeKey(attribute, level));
        return { key: this.#rdnKey(rdn, attributes, level), attributes };
      });
      keys = { rdns: made.map(({ key }) => key), attributes: made.map(({ attributes }) => attributes) };
      this.#keys.set(level, keys);
    }
    return keys;
  }

  #rdnKey(rdn: Rdn, attributes: readonly number[], level: Level): number {
    // An RDN without attributes, or a value that is not an RDN, is equal only to the same bytes.
    if (level === "bytes" || attributes.length === 0) return this.#bytesKey(rdn);
    return this.#shared.number(`set ${attributes.toSorted((a, b) => a - b).join()}`);
  }

  #attributeKey(attribute: Attribute, level: Level): number {
    const { oid, text, valueTag } = attribute;
    if (level === "bytes" || oid === undefined || valueTag === -1) return this.#bytesKey(attribute);
    const counts = counted[level];
    const type = counts.type ? oid : "";
    if (counts.text === undefined) return this.#shared.number(`type ${type}`);
    if (text === undefined) return this.#shared.number(`value ${type} ${valueTag} ${this.#read(attribute.value)}`);
    const tag = counts.tag ? valueTag | constructed : 0;
    return this.#shared.number(`text ${type} ${tag} ${counts.text(text, oid)}`);
  }

  #bytesKey(span: Span): number {
    return this.#shared.number(`bytes ${this.#read(span)}`);
  }

  #read(span: Span): string {
    return latin1(bytesOf(this.bytes, span));
  }
}
