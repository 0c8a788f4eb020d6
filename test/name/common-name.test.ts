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

/** Errors that the reader finds in a Name of at most 255 bytes of contents, empty RDNs included. */
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
  ["letters of two and three bytes", withText(der.utf8("Ö中\ud7ff\ue000"))],
  [
    "128 bytes",
    kit
      .name([
        ["CN", "a".repeat(58)],
        ["O", "b".repeat(48)],
      ])
      .der(),
  ],
])("%s is common", (_, name) => {
  expect(isCommon(name)).toBe(true);
  expect(errorsIn(name)).toBe(0);
});

test.each([
  ["an empty Name", der.seq()],
  ["65 bytes", withText(der.utf8("a".repeat(65)))],
  ["a type that is not of X.520", withText(der.printable("AT"), "1.3.6.1.4.1.311.60.2.1.3")],
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
])("%s is left to the reader", (_, name) => {
  expect(isCommon(name)).toBe(false);
});

describe("what is common has no error that the reader finds", () => {
  const names = [kit.ca.subject, kit.name("DC=example, C=AT, CN=Öa")].map((name) => name.der());

  test("whatever byte is changed to whatever value", () => {
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

  test("whatever the bytes of the text", () => {
    expect.hasAssertions();
    const text = fc.uint8Array({ minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(text, fc.constantFrom(0x0c, 0x13, 0x16), (bytes, tag) => {
        const name = withText(der.tlv(tag, bytes), tag === 0x16 ? "1.2.840.113549.1.9.1" : "2.5.4.3");
        // Characters of four bytes are left to the reader.
        const isSeen = tag !== 0x0c || bytes.every((byte) => byte < 0xf0);
        expect(isCommon(name)).toBe(isSeen ? errorsIn(name) === 0 : false);
      }),
      { numRuns: 3000 },
    );
  });
});
