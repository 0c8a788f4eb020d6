import { constructed, Tag } from "../der/tag.ts";
import type { Span } from "../der/span.ts";
import { AttributeOid } from "./attribute-limits.ts";
import type { Attribute, Name } from "./parse.ts";

/** An attribute of a Name, and its path. */
export interface PlacedAttribute {
  readonly attribute: Attribute;
  /** ASN.1 path: `tbsCertList.issuer.rdnSequence[0][1]`. */
  readonly path: string;
}

/**
 * Returns the attributes of all RDNs of a Name in encoded order.
 *
 * @param path ASN.1 path of the Name
 */
export function attributesOf(name: Name, path: string): readonly PlacedAttribute[] {
  const all: PlacedAttribute[] = [];
  name.rdns.forEach(({ attributes }, i) => {
    attributes.forEach((attribute, j) => all.push({ attribute, path: `${path}.rdnSequence[${i}][${j}]` }));
  });
  return all;
}

/** Returns the span of the whole value of an attribute, including its identifier octet. */
export function valueSpan({ valueStart, value }: Attribute): Span {
  return { start: valueStart, end: value.end };
}

/** Returns the identifier octet of the value in its primitive form; -1 if there is no value. */
export function valueType({ valueTag }: Attribute): number {
  return valueTag === -1 ? -1 : valueTag & ~constructed;
}

/** Returns the number of characters (code points) of some text. */
export function countCharacters(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/**
 * Whether an attribute is a domainComponent with non-ASCII characters in a string type that allows them. In an
 * IA5String, they are an error of the string itself.
 */
export function isRawUnicodeLabel(attribute: Attribute): boolean {
  if (attribute.oid !== AttributeOid.domainComponent || valueType(attribute) === Tag.ia5String) return false;
  return /[^\0-\x7f]/u.test(attribute.text ?? "");
}
