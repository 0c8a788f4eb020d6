import { describe, expect, test } from "vitest";
import { type CrlKnobs, kit } from "../../src/fixture/index.ts";
import { lintCrl, type Run } from "../../src/index.ts";

const { der, extension, oids } = kit;
const { ascii, raw } = der;

function lint(knobs: CrlKnobs): Run {
  const { crl, ca } = kit.crl(knobs);
  return lintCrl({ crl, ...(ca && { issuer: ca }), profile: "rfc5280", signature: "ignore" });
}

/** Returns the messages of one rule. */
function messages(knobs: CrlKnobs, rule = "structure/extension"): readonly string[] {
  return lint(knobs).findings.flatMap((finding) => (finding.rule === rule ? [finding.message] : []));
}

describe("the message shows an extnValue that is not the DER of its type", () => {
  test.each([
    ["3831373638", 'the text "81768" (5 ASCII bytes 38 31 37 36 38)'],
    ["303230313132", 'the text "020112" (6 ASCII bytes 30 32 30 31 31 32), which is DER in hexadecimal'],
    [
      "30322030312031320a",
      'the text "02 01 12\\u{a}" (9 ASCII bytes 30 32 20 30 31 20 31 32 0a), which is DER in hexadecimal',
    ],
    ["3078303230313132", 'the text "0x020112" (8 ASCII bytes 30 78 30 32 30 31 31 32), which is DER in hexadecimal'],
    ["303230323132", 'the text "020212" (6 ASCII bytes 30 32 30 32 31 32)'],
    ["41", 'the text "A" (1 ASCII byte 41)'],
    ["225c", 'the text "\\"\\\\" (2 ASCII bytes 22 5c)'],
    ["1267", "bytes that are not one DER value: 12 67"],
    ["11", "bytes that are not one DER value: 11"],
    ["67c3b6", "bytes that are not one DER value: 67 c3 b6"],
    ["0101ff", "BOOLEAN: 01 01 ff"],
    ["040f000102030405060708090a0b0c0d0e", "OCTET STRING: 04 0f 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d ..."],
    ["", "nothing"],
  ])("cRLNumber with the bytes %j", (value, found) => {
    expect(messages({ crlNumber: raw(value) })).toEqual([`CRLNumber must be an INTEGER, found ${found}`]);
  });

  test("text is shortened after 32 characters, and bytes after 16", () => {
    const text = "http://crl.example.com/partition/1.crl";
    const bytes = "68 74 74 70 3a 2f 2f 63 72 6c 2e 65 78 61 6d 70 ...";
    expect(messages({ idp: { value: ascii(text) } })).toEqual([
      `IssuingDistributionPoint must be a SEQUENCE, found the text "${text.slice(0, 32)}..." (38 ASCII bytes ${bytes})`,
    ]);
  });

  const time = '"20260101000000Z" (15 ASCII bytes 32 30 32 36 30 31 30 31 30 30 30 30 30 30 5a)';
  test.each<readonly [string, CrlKnobs, string]>([
    [
      "authorityKeyIdentifier",
      { aki: { value: ascii("hi") } },
      'AuthorityKeyIdentifier must be a SEQUENCE, found the text "hi" (2 ASCII bytes 68 69)',
    ],
    [
      "issuerAltName",
      { extra: [extension.extension(oids.issuerAltName, ascii("a@b"))] },
      'IssuerAltName must be a SEQUENCE, found the text "a@b" (3 ASCII bytes 61 40 62)',
    ],
    [
      "freshestCRL",
      { extra: [extension.extension(oids.freshestCrl, ascii("01"))] },
      'CRLDistributionPoints must be a SEQUENCE, found the text "01" (2 ASCII bytes 30 31)',
    ],
    [
      "deltaCRLIndicator",
      { extra: [extension.extension(oids.deltaCrlIndicator, ascii("7"), true)] },
      'BaseCRLNumber must be an INTEGER, found the text "7" (1 ASCII byte 37)',
    ],
    [
      "expiredCertsOnCRL",
      { extra: [extension.extension(oids.expiredCertsOnCrl, ascii("20260101000000Z"))] },
      `extnValue must contain DER, found the text ${time}`,
    ],
    [
      "an extension that is only checked for its framing",
      { extra: [extension.extension("1.3.6.1.4.1.311.21.4", ascii("26"))] },
      'extnValue must contain DER, found the text "26" (2 ASCII bytes 32 36)',
    ],
    [
      "invalidityDate",
      { entries: [{ extensions: [extension.extension(oids.invalidityDate, ascii("20260101000000Z"))] }] },
      `InvalidityDate must be a GeneralizedTime, found the text ${time}`,
    ],
    [
      "certificateIssuer",
      { entries: [{ extensions: [extension.extension(oids.certificateIssuer, ascii("CN"), true)] }] },
      'CertificateIssuer must be a SEQUENCE, found the text "CN" (2 ASCII bytes 43 4e)',
    ],
  ])("%s that is text", (_, knobs, message) => {
    expect(messages(knobs)).toEqual([message]);
  });

  test("reasonCode that is text", () => {
    const notes = lint({ entries: [{ reason: ascii("1") }] }).findings.flatMap(({ rule, notes }) =>
      rule === "reason/not-enumerated" ? notes : [],
    );
    expect(notes).toEqual(['the first of them contains the text "1" (1 ASCII byte 31)']);
  });

  test("a private extension that is text", () => {
    const knobs = { extra: [extension.extension("1.3.6.1.4.1.99999.1", ascii("hello"))] };
    expect(messages(knobs, "der/private-extension-not-der")).toEqual([
      'extnValue of 1.3.6.1.4.1.99999.1 must contain DER, found the text "hello" (5 ASCII bytes 68 65 6c 6c 6f)',
    ]);
  });

  test("a private extension whose DER value is printable is not text", () => {
    // [APPLICATION 1] with the contents 30 bytes of "A".
    const knobs = { extra: [extension.extension("1.3.6.1.4.1.99999.1", ascii(`A!${"A".repeat(33)}`))] };
    expect(messages(knobs, "der/private-extension-not-der")).toEqual([]);
  });
});

test("a missing field of an Extension cites RFC 5280 4.1, and an invalid value cites 4.2", () => {
  const sections = (knobs: CrlKnobs) =>
    lint(knobs).findings.flatMap(({ rule, cites }) =>
      rule === "structure/extension" ? [cites.map(({ section }) => section)] : [],
    );
  expect(sections({ crlNumber: ascii("81768") })).toEqual([["4.2"]]);
  const bare = der.seq(der.oid(oids.crlNumber));
  expect(sections({ replace: { [oids.crlNumber]: bare } })).toEqual([["4.1"]]);
  expect(sections({ entries: [{ extensions: [bare] }] })).toEqual([["4.1"]]);
});

describe("an element that is not DER in the value of an unknown extension is reported", () => {
  test.each([
    ["BOOLEAN of 2 bytes", "01020000", "der/boolean-length", 0, 4],
    ["TRUE as 01", "3003010101", "der/boolean-true-not-ff", 2, 3],
    ["INTEGER with a leading 00", "30040202 0001", "der/integer-not-minimal", 2, 4],
    ["ENUMERATED without contents", "0a00", "der/integer-empty", 0, 2],
    ["BIT STRING with bits of the last byte set", "03020701", "der/bit-string-unused-bits-nonzero", 3, 1],
    ["NULL with contents", "050100", "der/null-not-empty", 0, 3],
    ["OBJECT IDENTIFIER that ends within an arc", "06022a80", "der/oid-not-minimal", 0, 4],
    ["malformed UTF-8", "0c01ff", "der/utf8-string-invalid", 0, 3],
    ["UTCTime without Z", "170c323630313031303030303030", "der/time-not-z", 0, 14],
    ["constructed OCTET STRING", "2403040100", "der/constructed-string", 0, 1],
    ["constructed INTEGER", "2203020101", "der/sequence-set-must-be-constructed", 0, 1],
    ["primitive SEQUENCE", "1000", "der/sequence-set-must-be-constructed", 0, 1],
  ])("%s", (_, value, rule, offset, length) => {
    const wrapped = der.seq(raw(value));
    // crlScope, whose value no reader decodes.
    const knobs: CrlKnobs = { extra: [extension.extension("2.5.29.44", wrapped, true)] };
    const { crl } = kit.crl(knobs);
    const start = crl.findIndex((__, i) => wrapped.every((byte, j) => crl[i + j] === byte)) + 2;
    const found = lint(knobs).findings.filter((finding) => finding.rule.startsWith("der/"));
    expect(found.map(({ rule: id, location }) => [id, location.offset - start, location.length])).toEqual([
      [rule, offset, length],
    ]);
  });
});
