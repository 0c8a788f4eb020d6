/** Identifier octets (X.690 8.1.2) of the types in CRLs, certificates and names. */
export const Tag = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utf8String: 0x0c,
  numericString: 0x12,
  printableString: 0x13,
  teletexString: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  visibleString: 0x1a,
  universalString: 0x1c,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const;

/** Bit 6 of the identifier octet: set on a constructed encoding. */
export const constructed = 0x20;

/** Types that are primitive even in BER (X.690 8.2.1, 8.3.1, 8.4, 8.8.1, 8.19.1), unlike strings. */
export const neverConstructed: ReadonlySet<number> = new Set([
  Tag.boolean,
  Tag.integer,
  Tag.null,
  Tag.oid,
  Tag.enumerated,
]);

const names = new Map<number, string>([
  [0x00, "tag 00 (end-of-contents)"],
  [Tag.boolean, "BOOLEAN"],
  [Tag.integer, "INTEGER"],
  [Tag.bitString, "BIT STRING"],
  [Tag.octetString, "OCTET STRING"],
  [Tag.null, "NULL"],
  [Tag.oid, "OBJECT IDENTIFIER"],
  [0x07, "ObjectDescriptor"],
  [0x09, "REAL"],
  [Tag.enumerated, "ENUMERATED"],
  [Tag.utf8String, "UTF8String"],
  [0x0d, "RELATIVE-OID"],
  [Tag.numericString, "NumericString"],
  [Tag.printableString, "PrintableString"],
  [Tag.teletexString, "TeletexString"],
  [0x15, "VideotexString"],
  [Tag.ia5String, "IA5String"],
  [Tag.utcTime, "UTCTime"],
  [Tag.generalizedTime, "GeneralizedTime"],
  [0x19, "GraphicString"],
  [Tag.visibleString, "VisibleString"],
  [0x1b, "GeneralString"],
  [Tag.universalString, "UniversalString"],
  [Tag.bmpString, "BMPString"],
  [Tag.sequence, "SEQUENCE"],
  [Tag.set, "SET"],
  [0x28, "EXTERNAL"],
  [0x2b, "EMBEDDED PDV"],
]);

/**
 * Returns the identifier octet of a context-specific tag, e.g. `context(0, true)` for `[0]` around a constructed value.
 */
export function context(number: number, isConstructed: boolean): number {
  return 0x80 | (isConstructed ? constructed : 0) | number;
}

/** Returns the name of a tag for people: `SEQUENCE`, `[0]`, `tag 0x7f`. */
export function tagName(tag: number): string {
  const name = names.get(tag);
  if (name !== undefined) return name;
  const other = names.get(tag ^ constructed);
  if (other !== undefined) return tag & constructed ? `constructed ${other}` : `primitive ${other}`;
  if ((tag & 0xc0) === 0x80) return `[${tag & 0x1f}]`;
  return `tag 0x${tag.toString(16).padStart(2, "0")}`;
}
