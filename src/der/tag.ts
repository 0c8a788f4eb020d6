/** Identifier octets (X.690 8.1.2) of the types that CRLs, certificates and names are made of. */
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

const names = new Map<number, string>([
  [Tag.boolean, "BOOLEAN"],
  [Tag.integer, "INTEGER"],
  [Tag.bitString, "BIT STRING"],
  [Tag.octetString, "OCTET STRING"],
  [Tag.null, "NULL"],
  [Tag.oid, "OBJECT IDENTIFIER"],
  [Tag.enumerated, "ENUMERATED"],
  [Tag.utf8String, "UTF8String"],
  [Tag.numericString, "NumericString"],
  [Tag.printableString, "PrintableString"],
  [Tag.teletexString, "TeletexString"],
  [Tag.ia5String, "IA5String"],
  [Tag.utcTime, "UTCTime"],
  [Tag.generalizedTime, "GeneralizedTime"],
  [Tag.visibleString, "VisibleString"],
  [Tag.universalString, "UniversalString"],
  [Tag.bmpString, "BMPString"],
  [Tag.sequence, "SEQUENCE"],
  [Tag.set, "SET"],
]);

/** Identifier octet of a context-specific tag, e.g. `context(0, true)` for `[0]` around a constructed value. */
export function context(number: number, isConstructed: boolean): number {
  return 0x80 | (isConstructed ? constructed : 0) | number;
}

/** What a person calls a tag: `SEQUENCE`, `[0]`, `tag 0x7f`. */
export function tagName(tag: number): string {
  const name = names.get(tag);
  if (name !== undefined) return name;
  const other = names.get(tag ^ constructed);
  if (other !== undefined) return tag & constructed ? `constructed ${other}` : `primitive ${other}`;
  if ((tag & 0xc0) === 0x80) return `[${tag & 0x1f}]`;
  return `tag 0x${tag.toString(16).padStart(2, "0")}`;
}
