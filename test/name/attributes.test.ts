import { expect, test } from "vitest";
import { Cursor, type Source } from "../../src/der/cursor.ts";
import { Faults } from "../../src/der/fault.ts";
import { octets } from "../../src/der/span.ts";
import { Tag } from "../../src/der/tag.ts";
import { kit } from "../../src/fixture/index.ts";
import { countCharacters, eachAttribute, isRawUnicodeLabel, valueSpan, valueType } from "../../src/name/attributes.ts";
import { type Name, readName } from "../../src/name/parse.ts";

function read(bytes: Uint8Array): Name {
  const source: Source = { bytes, faults: new Faults() };
  const tlv = new Cursor(source, { start: 0, end: bytes.length }, "").take(Tag.sequence, "");
  if (tlv === undefined) throw new Error("no SEQUENCE");
  return readName(source, tlv, "issuer");
}

test("attributes come in the order of the encoding, with their paths and values", () => {
  const bytes = kit.name("C=AT, CN=Example CA + serialNumber=7").der();
  const all = [...eachAttribute(read(bytes), "issuer")];
  expect(all.map(({ attribute, path }) => `${attribute.type} ${path}`)).toEqual([
    "C issuer.rdnSequence[0][0]",
    "serialNumber issuer.rdnSequence[1][0]",
    "CN issuer.rdnSequence[1][1]",
  ]);
  expect(all.map(({ attribute }) => octets(bytes, valueSpan(attribute)))).toEqual([
    kit.der.printable("AT"),
    kit.der.printable("7"),
    kit.der.utf8("Example CA"),
  ]);
  expect(all.map(({ attribute }) => valueType(attribute))).toEqual([
    Tag.printableString,
    Tag.printableString,
    Tag.utf8String,
  ]);
});

test("characters are code points", () => {
  expect(["", "abc", "Öä", "😀😀"].map(countCharacters)).toEqual([0, 3, 2, 2]);
});

test.each([
  ["müller", "utf8", true],
  ["müller", "teletex", true],
  ["mueller", "utf8", false],
  ["xn--mller-kva", "ia5", false],
] as const)("domainComponent %s as %s is a raw U-label: %s", (text, stringType, expected) => {
  const name = read(kit.name([["DC", text, stringType]]).der());
  expect([...eachAttribute(name, "")].map(({ attribute }) => isRawUnicodeLabel(attribute))).toEqual([expected]);
});
