import { describe, expect, test } from "vitest";
import { Cursor, newSource } from "../../src/der/cursor.ts";
import { bytesOf } from "../../src/der/span.ts";
import { Tag } from "../../src/der/tag.ts";
import { kit } from "../../src/fixture/index.ts";
import { AttributeOid, findLimits, syntaxTags } from "../../src/name/attribute-limits.ts";
import { attributeTypeName } from "../../src/name/attribute-types.ts";
import { countCharacters, attributesOf, isRawUnicodeLabel, valueSpan, valueType } from "../../src/name/attributes.ts";
import { type Name, readName } from "../../src/name/parse.ts";

function read(bytes: Uint8Array): Name {
  const source = newSource(bytes);
  const tlv = new Cursor(source, { start: 0, end: bytes.length }, "").take(Tag.sequence, "");
  if (tlv === undefined) throw new Error("no SEQUENCE");
  return readName(source, tlv, "issuer");
}

test("attributesOf lists attributes in encoded order, with paths and values", () => {
  const bytes = kit.name("C=AT, CN=Example CA + serialNumber=7").der();
  const all = [...attributesOf(read(bytes), "issuer")];
  expect(all.map(({ attribute, path }) => `${attribute.type} ${path}`)).toEqual([
    "C issuer.rdnSequence[0][0]",
    "serialNumber issuer.rdnSequence[1][0]",
    "CN issuer.rdnSequence[1][1]",
  ]);
  expect(all.map(({ attribute }) => bytesOf(bytes, valueSpan(attribute)))).toEqual([
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

test("countCharacters counts code points", () => {
  expect(["", "abc", "Öä", "😀😀"].map(countCharacters)).toEqual([0, 3, 2, 2]);
});

test.each([
  ["müller", "utf8", true],
  ["müller", "teletex", true],
  ["mueller", "utf8", false],
  ["xn--mller-kva", "ia5", false],
] as const)("domainComponent %s as %s is a raw U-label: %s", (text, stringType, expected) => {
  const name = read(kit.name([["DC", text, stringType]]).der());
  expect(attributesOf(name, "").map(({ attribute }) => isRawUnicodeLabel(attribute))).toEqual([expected]);
});

test("valueType is -1 without a value, and the primitive type for a constructed string", () => {
  const attribute = { start: 0, end: 0, oid: undefined, type: "?", valueStart: 0, value: { start: 0, end: 0 } };
  const typeOf = (valueTag: number): number => valueType({ ...attribute, valueTag, text: undefined });
  expect([typeOf(-1), typeOf(0x2c), typeOf(0x0c)]).toEqual([-1, 0x0c, 0x0c]);
});

test("isRawUnicodeLabel is false for a commonName and for an IA5String", () => {
  const [attribute] = [...attributesOf(read(kit.name([["CN", "müller", "utf8"]]).der()), "")];
  expect(attribute && isRawUnicodeLabel(attribute.attribute)).toBe(false);
  const ia5 = kit.der.seq(
    kit.der.set(
      kit.der.seq(kit.der.oid(AttributeOid.domainComponent), kit.der.tlv(Tag.ia5String, Uint8Array.of(0xfc))),
    ),
  );
  expect([...attributesOf(read(ia5), "")].map((placed) => isRawUnicodeLabel(placed.attribute))).toEqual([false]);
});

describe("attribute types", () => {
  // RFC 4519 2, X.520, RFC 2985, RFC 3739, TLS BR 7.1.4.2.
  const arcs = {
    "2.5.4": `3 CN; 4 SN; 5 serialNumber; 6 C; 7 L; 8 ST; 9 STREET; 10 O; 11 OU; 12 title; 13 description;
      15 businessCategory; 16 postalAddress; 17 postalCode; 18 postOfficeBox; 20 telephoneNumber; 24 x121Address; 41 name;
      42 GN; 43 initials; 44 generationQualifier; 45 x500UniqueIdentifier; 46 dnQualifier; 51 houseIdentifier; 54 dmdName;
      65 pseudonym; 97 organizationIdentifier`,
    "0.9.2342.19200300.100.1": "1 UID; 3 mail; 25 DC",
    "1.2.840.113549.1.9": "1 emailAddress; 2 unstructuredName; 8 unstructuredAddress",
    "1.3.6.1.4.1.311.60.2.1": "1 jurisdictionL; 2 jurisdictionST; 3 jurisdictionC",
    "1.3.6.1.5.5.7.9": "1 dateOfBirth; 2 placeOfBirth; 3 gender; 4 countryOfCitizenship; 5 countryOfResidence",
  };
  const named = Object.entries(arcs).flatMap(([arc, list]) =>
    list.split(/;\s+/u).map((item) => {
      const [last = "", name = ""] = item.split(" ");
      return [`${arc}.${last}`, name] as const;
    }),
  );

  test.each([...named, ["2.5.4.99", "2.5.4.99"]] as const)("%s has the name %s", (oid, name) => {
    expect(attributeTypeName(oid)).toBe(name);
  });

  // Syntax, upper bound and whether it may be empty: RFC 5280 appendix A.1; position and bound: TLS BR 7.1.4.2.
  test.each([
    ["2.5.4.41", "directory", 32_768, undefined, undefined, undefined],
    ["2.5.4.4", "directory", 32_768, undefined, 8, 64],
    ["2.5.4.42", "directory", 32_768, undefined, 9, 64],
    ["2.5.4.43", "directory", 32_768, undefined, undefined, undefined],
    ["2.5.4.44", "directory", 32_768, undefined, undefined, undefined],
    [AttributeOid.commonName, "directory", 64, undefined, 11, 64],
    ["2.5.4.7", "directory", 128, undefined, 4, 128],
    ["2.5.4.8", "directory", 128, undefined, 3, 128],
    ["2.5.4.10", "directory", 64, undefined, 7, 64],
    ["2.5.4.11", "directory", 64, undefined, 10, 64],
    ["2.5.4.12", "directory", 64, undefined, undefined, undefined],
    ["2.5.4.65", "directory", 128, undefined, undefined, undefined],
    ["2.5.4.46", "printable", undefined, true, undefined, undefined],
    [AttributeOid.countryName, "printable", undefined, undefined, 2, undefined],
    [AttributeOid.serialNumber, "printable", 64, undefined, undefined, 64],
    [AttributeOid.domainComponent, "ia5", undefined, true, 1, 63],
    ["1.2.840.113549.1.9.1", "ia5", 255, undefined, undefined, undefined],
    ["2.5.4.17", "directory", undefined, undefined, 5, 40],
    [AttributeOid.streetAddress, "directory", undefined, undefined, 6, 128],
    ["2.5.4.15", "directory", undefined, undefined, undefined, 128],
    ["2.5.4.97", "directory", undefined, undefined, undefined, undefined],
    ["1.3.6.1.4.1.311.60.2.1.1", "directory", undefined, undefined, undefined, 128],
    ["1.3.6.1.4.1.311.60.2.1.2", "directory", undefined, undefined, undefined, 128],
    [AttributeOid.jurisdictionCountryName, "printable", undefined, undefined, undefined, undefined],
  ] as const)(
    "%s has the limits that RFC 5280 and the TLS BR set",
    (oid, syntax, upperBound, mayBeEmpty, tlsOrder, tlsBound) => {
      expect({ upperBound, mayBeEmpty, tlsOrder, tlsBound, ...findLimits(oid) }).toEqual({
        syntax,
        upperBound,
        mayBeEmpty,
        tlsOrder,
        tlsBound,
      });
      expect(findLimits(oid)?.upperBound).toBe(upperBound);
      expect([findLimits(oid)?.mayBeEmpty, findLimits(oid)?.tlsOrder, findLimits(oid)?.tlsBound]).toEqual([
        mayBeEmpty,
        tlsOrder,
        tlsBound,
      ]);
    },
  );

  test("an unknown type has no limits, and each syntax has its string types", () => {
    expect([findLimits("2.5.4.99"), findLimits(undefined)]).toEqual([undefined, undefined]);
    expect(syntaxTags).toEqual({ directory: [0x13, 0x0c], printable: [0x13], ia5: [0x16] });
  });
});
