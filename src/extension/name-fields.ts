import { Cursor, type Source } from "../der/cursor.ts";
import { checkInteger } from "../der/integer.ts";
import { checkNested } from "../der/nested.ts";
import { readOid } from "../der/oid.ts";
import { contentLength, type Tlv } from "../der/span.ts";
import { readString } from "../der/strings.ts";
import { context, Tag, tagName } from "../der/tag.ts";

/** A function that checks the contents of an element with the right tag. */
type Check = (source: Source, tlv: Tlv, path: string) => void;

/** An element of a SEQUENCE or SET. */
interface Field {
  readonly name: string;
  readonly tag: number;
  readonly isOptional: boolean;
  readonly check: Check;
}

function required(name: string, tag: number, check: Check): Field {
  return { name, tag, isOptional: false, check };
}

function optional(name: string, tag: number, check: Check): Field {
  return { name, tag, isOptional: true, check };
}

/**
 * Returns a check of the elements of a SEQUENCE or SET. If a required one is missing, the rest cannot be identified.
 */
function fields(type: string, ...list: readonly Field[]): Check {
  return (source, tlv, path) => {
    const cursor = Cursor.inside(source, tlv, path);
    for (const { name, tag, isOptional, check } of list) {
      const found = cursor.take(tag, name);
      // An element in the wrong form, primitive or constructed, was reported when it was taken.
      if (found !== undefined) {
        if (found.tag === tag) check(source, found, cursor.child(name));
      } else if (cursor.broken) {
        return;
      } else if (!isOptional) {
        cursor.missing("structure/extension", `${type} has no ${name}${cursor.found()}`);
        return;
      }
    }
    cursor.expectEnd();
  };
}

/** Returns a check of a SEQUENCE OF or SET OF with 1 to `maximum` elements. */
function listOf(type: string, tag: number, maximum: number, check: Check): Check {
  return (source, tlv, path) => {
    const cursor = Cursor.inside(source, tlv, path);
    let count = 0;
    for (; !cursor.atEnd; count += 1) {
      const name = `[${count}]`;
      const item = cursor.take(tag, name);
      const other = item ?? cursor.read(name);
      if (other === undefined) return;
      if (item !== undefined) check(source, item, cursor.child(name));
      else {
        const message = `${type} contains ${tagName(other.tag)}; its elements must be ${tagName(tag)}`;
        source.faults.add("structure/extension", other, cursor.child(name), message);
      }
    }
    if (count > 0 && count <= maximum) return;
    const message = `${type} has ${count} elements; it must have 1 to ${maximum}`;
    source.faults.add("structure/extension", tlv, path, message);
  };
}

/** Returns a check of an EXPLICIT tag around a CHOICE: one string of these types, of at least `minimum` bytes. */
function choice(type: string, minimum: 0 | 1, ...tags: readonly number[]): Check {
  return (source, tlv, path) => {
    const cursor = Cursor.inside(source, tlv, path);
    const tag = tags.find((each) => cursor.peek() === each);
    const found = tag === undefined ? undefined : cursor.read("");
    if (found === undefined) {
      const wanted = tags.map(tagName).join(" or ");
      if (!cursor.broken)
        cursor.missing("structure/extension", `${type} must be ${wanted}${cursor.found(", not empty")}`);
      return;
    }
    if (contentLength(found) < minimum) {
      source.faults.add("structure/extension", found, path, `${type} is empty; it must have at least 1 character`);
    }
    readString(source, found, path);
    cursor.expectEnd();
  };
}

/** Returns a check of an EXPLICIT tag around a value of any type. */
function anyValue(type: string): Check {
  return (source, tlv, path) => {
    const cursor = Cursor.inside(source, tlv, path);
    const value = cursor.read("");
    if (value === undefined) {
      if (!cursor.broken) cursor.missing("structure/extension", `${type} is empty; it must contain one value`);
      return;
    }
    checkNested(source, value, path);
    cursor.expectEnd();
  };
}

/** Returns a check of a string whose tag is replaced by an IMPLICIT tag. */
function text(as: number): Check {
  return (source, tlv, path) => {
    readString(source, tlv, path, as);
  };
}

const oid: Check = (source, tlv, path) => {
  readOid(source, tlv, path);
};

const integer: Check = (source, tlv, path) => {
  checkInteger(source, tlv, path);
};

/** Returns a check of an EXPLICIT tag around a DirectoryString (RFC 5280 4.1.2.4), which is never empty. */
function directoryString(type: string): Check {
  const { utf8String, printableString, teletexString, universalString, bmpString } = Tag;
  return choice(type, 1, utf8String, printableString, teletexString, universalString, bmpString);
}

/** Checks the contents of an otherName (RFC 5280 4.2.1.6). */
export const checkOtherName = fields(
  "otherName",
  required("type-id", Tag.oid, oid),
  required("value", context(0, true), anyValue("value")),
);

/** Checks the contents of an ediPartyName (RFC 5280 4.2.1.6). */
export const checkEdiPartyName = fields(
  "ediPartyName",
  optional("nameAssigner", context(0, true), directoryString("nameAssigner")),
  required("partyName", context(1, true), directoryString("partyName")),
);

const printable = text(Tag.printableString);

/** Tags [APPLICATION 1] and [APPLICATION 2], constructed. */
const countryName = 0x61;
const administrationDomainName = 0x62;

const personalName = fields(
  "personal-name",
  required("surname", context(0, false), printable),
  optional("given-name", context(1, false), printable),
  optional("initials", context(2, false), printable),
  optional("generation-qualifier", context(3, false), printable),
);

const standardAttributes = fields(
  "built-in-standard-attributes",
  optional("country-name", countryName, choice("country-name", 1, Tag.numericString, Tag.printableString)),
  optional(
    "administration-domain-name",
    administrationDomainName,
    choice("administration-domain-name", 0, Tag.numericString, Tag.printableString),
  ),
  optional("network-address", context(0, false), text(Tag.numericString)),
  optional("terminal-identifier", context(1, false), printable),
  optional(
    "private-domain-name",
    context(2, true),
    choice("private-domain-name", 1, Tag.numericString, Tag.printableString),
  ),
  optional("organization-name", context(3, false), printable),
  optional("numeric-user-identifier", context(4, false), text(Tag.numericString)),
  optional("personal-name", context(5, true), personalName),
  optional(
    "organizational-unit-names",
    context(6, true),
    listOf("organizational-unit-names", Tag.printableString, 4, (source, tlv, path) => {
      readString(source, tlv, path);
    }),
  ),
);

const domainAttribute = fields(
  "BuiltInDomainDefinedAttribute",
  required("type", Tag.printableString, printable),
  required("value", Tag.printableString, printable),
);

const extensionAttribute = fields(
  "ExtensionAttribute",
  required("extension-attribute-type", context(0, false), integer),
  required("extension-attribute-value", context(1, true), anyValue("extension-attribute-value")),
);

/** Checks the contents of an x400Address: an ORAddress (RFC 5280 appendix A.1), without the lengths of its strings. */
export const checkX400Address = fields(
  "x400Address",
  required("built-in-standard-attributes", Tag.sequence, standardAttributes),
  optional(
    "built-in-domain-defined-attributes",
    Tag.sequence,
    listOf("built-in-domain-defined-attributes", Tag.sequence, 4, domainAttribute),
  ),
  optional("extension-attributes", Tag.set, listOf("extension-attributes", Tag.sequence, 256, extensionAttribute)),
);
