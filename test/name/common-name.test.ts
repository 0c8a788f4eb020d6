import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { newSource } from "../../src/der/cursor.ts";
import { kit } from "../../src/fixture/index.ts";
import { findAttributeProblem } from "../../src/name/attribute-problem.ts";
import { isCommonName } from "../../src/name/common-name.ts";
import { readName } from "../../src/name/parse.ts";

const { der } = kit;

function isCommon(name: Uint8Array): boolean {
  return isCommonName(name, 0, name.length);
}

/** Counts the errors that readName finds in a Name of at most 255 bytes of contents, empty RDNs included. */
function errorsIn(name: Uint8Array): number {
  const source = newSource(name);
  const content = (name[1] ?? 0) < 0x80 ? 2 : 3;
  const read = readName(
    source,
    { tag: 0x30, start: 0, content, contentEnd: name.length, end: name.length },
    "issuer",
    "structure/extension",
  );
  const attributes = read.rdns.flatMap((rdn) => rdn.attributes);
  const problems = attributes.filter((attribute) => findAttributeProblem(attribute) !== undefined).length;
  return source.faults.count + problems + read.rdns.filter((rdn) => rdn.attributes.length === 0).length;
}

function withText(value: Uint8Array, type = "2.5.4.3"): Uint8Array {
  return der.seq(der.set(der.seq(der.oid(type), value)));
}

test.each([
  ["a CA's name", kit.ca.subject.der()],
  ["domainComponents", kit.name("DC=org, DC=example, CN=Example").der()],
  ["64 bytes", withText(der.utf8("a".repeat(64)))],
  ["characters of two and three bytes", withText(der.utf8("Ö中\ud7ff\ue000"))],
  [
    "128 bytes",
    kit
      .name([
        ["CN", "a".repeat(58)],
        ["O", "b".repeat(48)],
      ])
      .der(),
  ],
])("accepts %s as common", (_, name) => {
  expect(isCommon(name)).toBe(true);
  expect(errorsIn(name)).toBe(0);
});

test.each([
  ["an empty Name", der.seq()],
  ["65 bytes", withText(der.utf8("a".repeat(65)))],
  ["an attribute type outside X.520", withText(der.printable("AT"), "1.3.6.1.4.1.311.60.2.1.3")],
  ["a countryName of three letters", withText(der.printable("AUT"), "2.5.4.6")],
  ["a countryName as UTF8String", withText(der.utf8("AT"), "2.5.4.6")],
  ["a serialNumber as UTF8String", withText(der.utf8("1"), "2.5.4.5")],
  ["a dnQualifier as UTF8String", withText(der.utf8("1"), "2.5.4.46")],
  ["a commonName as IA5String", withText(der.ia5("a"))],
  ["an empty RDN", der.seq(der.set())],
  ["an empty value", withText(der.utf8(""))],
  [
    "two attributes in one RDN",
    der.seq(der.set(der.seq(der.oid("2.5.4.3"), der.utf8("a")), der.seq(der.oid("2.5.4.10"), der.utf8("b")))),
  ],
  ["a TeletexString", withText(der.teletex("a"))],
  ["a character of four bytes", withText(der.utf8("😀"))],
  ["an arc of 2^28", withText(der.utf8("a"), "1.2.268435456")],
  ["65 RDNs", der.seq(...Array.from({ length: 65 }, () => der.set(der.seq(der.oid("2.5.4.3"), der.utf8("a")))))],
])("leaves %s to readName", (_, name) => {
  expect(isCommon(name)).toBe(false);
});

describe("readName finds no error in a common name", () => {
  const names = [kit.ca.subject, kit.name("DC=example, C=AT, CN=Öa")].map((name) => name.der());

  test("with any byte changed to any value", () => {
    let common = 0;
    for (const name of names) {
      for (const at of name.keys()) {
        for (let value = 0; value < 256; value += 1) {
          const changed = name.with(at, value);
          if (!isCommon(changed)) continue;
          common += 1;
          expect(errorsIn(changed), `byte ${at} is ${value}`).toBe(0);
        }
      }
    }
    expect(common).toBeGreaterThan(1000);
  });

  test("with any bytes as text", () => {
    expect.hasAssertions();
    const text = fc.uint8Array({ minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(text, fc.constantFrom(0x0c, 0x13, 0x16), (bytes, tag) => {
        const name = withText(der.tlv(tag, bytes), tag === 0x16 ? "1.2.840.113549.1.9.1" : "2.5.4.3");
        // isCommonName leaves characters of four bytes to readName.
        const isSeen = tag !== 0x0c || bytes.every((byte) => byte < 0xf0);
        expect(isCommon(name)).toBe(isSeen ? errorsIn(name) === 0 : false);
      }),
      { numRuns: 3000 },
    );
  });
});
