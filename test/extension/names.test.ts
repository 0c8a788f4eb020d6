import { describe, expect, test } from "vitest";
import { faultCodes } from "../../src/der/fault.ts";
import { type CrlKnobs, kit } from "../../src/fixture/index.ts";
import { lintCrl } from "../../src/index.ts";
import { blankTexts } from "../hostile/inside.ts";

const { der, extension, oids } = kit;
const { raw } = der;

/** A GeneralName that appears once in a CRL; the name under test follows it. */
const mark = der.context(8, raw("2b06010401868d1f01"));
const uri = extension.uri("http://crl.example.com/1.crl");

const attribute = (value: Uint8Array) => der.seq(der.oid("2.5.4.3"), value);
const good = der.set(attribute(der.utf8("Good")));
const other = attribute(der.utf8("x"));
const upn = der.oid("1.3.6.1.4.1.311.20.2.3");

/** A directoryName of these RDNs. */
function directoryName(...rdns: readonly Uint8Array[]): Uint8Array {
  return der.explicit(4, der.seq(...rdns));
}

/** A directoryName of a good RDN and one with this attribute. */
function withAttribute(...attributes: readonly Uint8Array[]): Uint8Array {
  return directoryName(good, der.set(...attributes));
}

/** Alternatives of GeneralName, valid and malformed, with the expected errors: rule, offset in the name, length. */
const shapes: readonly (readonly [string, Uint8Array, readonly string[]])[] = [
  ["directoryName: empty RDN", directoryName(good, der.set()), ["structure/extension 19+2"]],
  ["directoryName: RDN that is a SEQUENCE", directoryName(good, der.seq(other)), ["structure/extension 19+12"]],
  ["directoryName: RDN that is an INTEGER", directoryName(good, der.int(7)), ["structure/extension 19+3"]],
  ["directoryName: AttributeTypeAndValue that is an INTEGER", withAttribute(der.int(7)), ["structure/extension 21+3"]],
  [
    "directoryName: AttributeTypeAndValue that is a SET",
    withAttribute(der.set(der.oid("2.5.4.3"), der.utf8("x"))),
    ["structure/extension 21+10"],
  ],
  ["directoryName: empty AttributeTypeAndValue", withAttribute(der.seq()), ["structure/extension 21+2"]],
  [
    "directoryName: attribute without a value",
    withAttribute(der.seq(der.oid("2.5.4.3"))),
    ["structure/extension 21+7"],
  ],
  ["directoryName: attribute without a type", withAttribute(der.seq(der.utf8("x"))), ["structure/extension 23+3"]],
  [
    "directoryName: attribute type that is an INTEGER",
    withAttribute(der.seq(der.int(3), der.utf8("x"))),
    ["structure/extension 23+3"],
  ],
  [
    "directoryName: three elements in an AttributeTypeAndValue",
    withAttribute(der.seq(der.oid("2.5.4.3"), der.utf8("x"), der.nul())),
    ["der/unexpected-element 31+2"],
  ],
  ["directoryName: malformed UTF-8", withAttribute(attribute(raw("0c02c328"))), ["der/utf8-string-invalid 28+4"]],
  [
    "directoryName: character outside PrintableString",
    withAttribute(attribute(raw("130140"))),
    ["der/printable-string-charset 28+3"],
  ],
  [
    "directoryName: BMPString of 1 byte",
    withAttribute(attribute(raw("1e0141"))),
    ["der/bmp-universal-teletex-malformed 28+3"],
  ],
  [
    "directoryName: letter in a NumericString",
    withAttribute(der.seq(der.oid("1.2.3.4"), raw("120141"))),
    ["der/bmp-universal-teletex-malformed 28+3"],
  ],
  [
    "directoryName: empty attribute type",
    withAttribute(der.seq(raw("0600"), der.utf8("x"))),
    ["der/oid-not-minimal 23+2"],
  ],
  [
    "directoryName: attribute type that ends within an arc",
    withAttribute(der.seq(raw("06025586"), der.utf8("x"))),
    ["der/oid-not-minimal 23+4"],
  ],
  [
    "directoryName: attribute type with a leading 80",
    withAttribute(der.seq(raw("060480550403"), der.utf8("x"))),
    ["der/oid-not-minimal 23+6"],
  ],
  [
    "directoryName: attribute value that is a BOOLEAN",
    withAttribute(attribute(der.bool(true))),
    ["structure/extension 28+3"],
  ],
  ["directoryName: attribute value with tag 00", withAttribute(attribute(raw("0000"))), ["structure/extension 28+2"]],
  [
    "directoryName: value of an unknown type with tag 00",
    withAttribute(der.seq(der.oid("1.2.3.4"), raw("0000"))),
    ["structure/extension 28+2"],
  ],
  [
    "directoryName: value of an unknown type that is a BOOLEAN 01",
    withAttribute(der.seq(der.oid("1.2.3.4"), raw("010101"))),
    ["der/boolean-true-not-ff 28+3"],
  ],
  [
    "directoryName: constructed attribute value",
    withAttribute(attribute(raw("2c040c024141"))),
    ["der/constructed-string 28+1"],
  ],
  [
    "directoryName: attributes in an order that is not DER",
    withAttribute(der.seq(der.oid("2.5.4.10"), der.utf8("xx")), other),
    ["der/set-of-order 32+10"],
  ],
  ["directoryName: primitive RDN", directoryName(good, raw("1100")), ["der/sequence-set-must-be-constructed 19+1"]],
  [
    "directoryName: length of an AttributeTypeAndValue past its RDN",
    withAttribute(raw("3009060355040c0101")),
    ["der/length-past-parent 21+9"],
  ],
  ["directoryName: empty name", directoryName(), ["general-name/empty 0+4"]],
  ["directoryName: no contents", raw("a400"), ["general-name/empty 0+2"]],
  ["directoryName: two names", der.explicit(4, der.seq(good), der.seq(good)), ["der/unexpected-element 19+17"]],
  ["directoryName: Name that is a SET", der.explicit(4, der.set(good)), ["structure/extension 2+17"]],
  ["directoryName: Name with an IMPLICIT tag", der.explicit(4, good), ["structure/extension 2+15"]],
  ["directoryName: primitive", raw("84023000"), ["der/sequence-set-must-be-constructed 0+1"]],
  ["directoryName: primitive SEQUENCE", der.explicit(4, raw("1000")), ["der/sequence-set-must-be-constructed 2+1"]],
  ["otherName: valid", der.explicit(0, upn, der.explicit(0, der.utf8("a@b"))), []],
  ["otherName: empty", raw("a000"), ["general-name/empty 0+2"]],
  ["otherName: without a value", der.explicit(0, upn), ["structure/extension 14+0"]],
  ["otherName: empty value", der.explicit(0, upn, raw("a000")), ["structure/extension 16+0"]],
  [
    "otherName: two values",
    der.explicit(0, upn, der.explicit(0, der.nul(), der.nul())),
    ["der/unexpected-element 18+2"],
  ],
  [
    "otherName: UTF8String value with an IMPLICIT tag",
    der.explicit(0, upn, der.utf8("a@b")),
    ["structure/extension 14+5"],
  ],
  [
    "otherName: value of malformed UTF-8",
    der.explicit(0, upn, der.explicit(0, raw("0c02c328"))),
    ["der/utf8-string-invalid 16+4"],
  ],
  [
    "otherName: value with tag 00",
    der.explicit(0, upn, der.explicit(0, raw("0003614062"))),
    ["der/unexpected-element 16+5"],
  ],
  [
    "otherName: tag 20 in its value",
    der.explicit(0, upn, der.explicit(0, der.seq(der.seq(raw("2000"))))),
    ["der/unexpected-element 20+2"],
  ],
  ["otherName: without a type-id", der.explicit(0, der.explicit(0, der.utf8("x"))), ["structure/extension 2+5"]],
  [
    "otherName: type-id that is an INTEGER",
    der.explicit(0, der.int(1), der.explicit(0, der.utf8("x"))),
    ["structure/extension 2+8"],
  ],
  [
    "otherName: a third element",
    der.explicit(0, der.oid("1.2.3"), der.explicit(0, der.utf8("x")), der.nul()),
    ["der/unexpected-element 11+2"],
  ],
  ["otherName: primitive", raw("800101"), ["der/sequence-set-must-be-constructed 0+1"]],
  [
    "otherName: type-id that ends within an arc",
    der.explicit(0, raw("06022a80"), der.explicit(0, der.utf8("x"))),
    ["der/oid-not-minimal 2+4"],
  ],
  ["rfc822Name: empty", raw("8100"), ["general-name/empty 0+2"]],
  ["rfc822Name: a character outside ASCII", raw("8101e9"), ["der/ia5-string-charset 0+3"]],
  ["rfc822Name: constructed", raw("a103160161"), ["der/constructed-string 0+1"]],
  ["dNSName: empty", raw("8200"), ["general-name/empty 0+2"]],
  ["dNSName: a character outside ASCII", raw("8201e9"), ["der/ia5-string-charset 0+3"]],
  ["dNSName: constructed", raw("a203160161"), ["der/constructed-string 0+1"]],
  [
    "x400Address: valid",
    der.explicit(
      3,
      der.seq(
        der.tlv(0x61, der.printable("AT")),
        der.tlv(0x62, der.printable("ADMD")),
        der.context(3, der.ascii("Org")),
      ),
    ),
    [],
  ],
  ["x400Address: empty", raw("a300"), ["general-name/empty 0+2"]],
  [
    "x400Address: INTEGER instead of BuiltInStandardAttributes",
    der.explicit(3, der.int(1)),
    ["structure/extension 2+3"],
  ],
  ["x400Address: unknown field", der.explicit(3, der.seq(der.int(1))), ["der/unexpected-element 4+3"]],
  [
    "x400Address: country-name that is NULL",
    der.explicit(3, der.seq(der.tlv(0x61, der.nul()))),
    ["structure/extension 6+2"],
  ],
  [
    "x400Address: fields out of order",
    der.explicit(3, der.seq(der.context(3, der.ascii("O")), der.tlv(0x61, der.printable("AT")))),
    ["der/unexpected-element 7+6"],
  ],
  [
    "x400Address: numeric-user-identifier of letters",
    der.explicit(3, der.seq(der.context(4, der.ascii("abc")))),
    ["der/bmp-universal-teletex-malformed 4+5"],
  ],
  [
    "x400Address: personal-name without a surname",
    der.explicit(3, der.seq(der.explicit(5, der.context(1, der.ascii("G"))))),
    ["structure/extension 6+3"],
  ],
  ["x400Address: empty organizational-unit-names", der.explicit(3, der.seq(raw("a600"))), ["structure/extension 4+2"]],
  [
    "x400Address: extension attribute without a value",
    der.explicit(3, der.seq(), der.set(der.seq(der.context(0, raw("01"))))),
    ["structure/extension 11+0"],
  ],
  ["x400Address: primitive", raw("83023000"), ["der/sequence-set-must-be-constructed 0+1"]],
  ["ediPartyName: valid", der.explicit(5, der.explicit(1, der.utf8("x"))), []],
  ["ediPartyName: empty", raw("a500"), ["general-name/empty 0+2"]],
  ["ediPartyName: without a partyName", der.explicit(5, der.explicit(0, der.utf8("x"))), ["structure/extension 7+0"]],
  [
    "ediPartyName: partyName with an IMPLICIT tag",
    der.explicit(5, der.context(1, der.ascii("x"))),
    ["der/sequence-set-must-be-constructed 2+1"],
  ],
  [
    "ediPartyName: partyName that is an IA5String",
    der.explicit(5, der.explicit(1, der.ia5("x"))),
    ["structure/extension 4+3"],
  ],
  ["ediPartyName: empty partyName", der.explicit(5, der.explicit(1, der.utf8(""))), ["structure/extension 4+2"]],
  [
    "ediPartyName: two partyNames",
    der.explicit(5, der.explicit(1, der.utf8("x"), der.utf8("x"))),
    ["der/unexpected-element 7+3"],
  ],
  ["ediPartyName: malformed UTF-8", der.explicit(5, der.explicit(1, raw("0c01ff"))), ["der/utf8-string-invalid 4+3"]],
  [
    "ediPartyName: an unknown element",
    der.explicit(5, der.explicit(1, der.utf8("x")), der.explicit(2, der.utf8("x"))),
    ["der/unexpected-element 7+5"],
  ],
  ["ediPartyName: primitive", raw("850100"), ["der/sequence-set-must-be-constructed 0+1"]],
  ["URI: empty", raw("8600"), ["general-name/empty 0+2"]],
  [
    "URI: a character outside ASCII",
    der.context(6, raw("687474703a2f2f612e6578616d706c652fe9")),
    ["der/ia5-string-charset 0+20"],
  ],
  ["URI: constructed", raw("a603160161"), ["der/constructed-string 0+1"]],
  ["iPAddress: empty", raw("8700"), ["general-name/ip-address-length 0+2"]],
  ["iPAddress: 3 bytes", raw("87030a0000"), ["general-name/ip-address-length 0+5"]],
  ["iPAddress: 5 bytes", raw("87050a00000001"), ["general-name/ip-address-length 0+7"]],
  ["iPAddress: 8 bytes", raw("87080a000001ff000000"), ["general-name/ip-address-length 0+10"]],
  ["iPAddress: constructed", raw("a7060404c0000201"), ["der/constructed-string 0+1"]],
  ["registeredID: empty", raw("8800"), ["general-name/empty 0+2"]],
  ["registeredID: ends within an arc", raw("88022a80"), ["der/oid-not-minimal 0+4"]],
  ["registeredID: arc with a leading 80", raw("88032a8001"), ["der/oid-not-minimal 0+5"]],
  ["registeredID: constructed", raw("a80306012a"), ["der/constructed-string 0+1"]],
  ["tag [9]", raw("890100"), ["structure/extension 0+3"]],
  ["UTF8String", der.utf8("x"), ["structure/extension 0+3"]],
  ["NULL", der.nul(), ["structure/extension 0+2"]],
  ["length past the end", raw("8a7f"), ["der/length-past-parent 0+2"]],
  ["tag [42]", raw("9f2a00"), ["der/high-tag-form 0+2", "structure/extension 0+3"]],
];

/** Every field of a CRL that has GeneralNames, and the number of bytes between the mark and the name. */
const fields: readonly { title: string; knobs: (name: Uint8Array) => CrlKnobs; gap?: number }[] = [
  {
    title: "fullName of issuingDistributionPoint",
    knobs: (name) => ({ idp: { names: der.explicit(0, uri, mark, name) } }),
  },
  {
    title: "fullName of freshestCRL",
    knobs: (name) => withValue(oids.freshestCrl, der.seq(der.explicit(0, der.explicit(0, uri, mark, name)))),
  },
  {
    title: "cRLIssuer of freshestCRL",
    knobs: (name) =>
      withValue(oids.freshestCrl, der.seq(der.explicit(0, der.explicit(0, uri)), der.explicit(2, mark, name))),
  },
  {
    title: "authorityCertIssuer",
    knobs: (name) => {
      const keyIdentifier = der.context(0, kit.ca.ski ?? raw(""));
      return { aki: { value: der.seq(keyIdentifier, der.explicit(1, mark, name), der.context(2, raw("05"))) } };
    },
  },
  { title: "issuerAltName", knobs: (name) => withValue(oids.issuerAltName, mark, name) },
  {
    title: "the second of two issuerAltNames",
    knobs: (name) => ({
      extra: [extension.issuerAltName(uri), extension.issuerAltName(mark, name)],
    }),
  },
  {
    title: "accessLocation",
    knobs: (name) => {
      const [first, second] = [mark, name].map((location) => der.seq(der.oid(oids.caIssuers), location));
      return withValue(oids.authorityInfoAccess, first ?? raw(""), second ?? raw(""));
    },
    gap: 2 + der.oid(oids.caIssuers).length,
  },
  { title: "certificateIssuer", knobs: (name) => inEntry(oids.certificateIssuer, der.seq(mark, name)) },
  { title: "issuerAltName in an entry", knobs: (name) => inEntry(oids.issuerAltName, der.seq(mark, name)) },
  { title: "certificateIssuer in crlExtensions", knobs: (name) => withValue(oids.certificateIssuer, mark, name) },
  { title: "subjectAltName", knobs: (name) => withValue(oids.subjectAltName, mark, name) },
  {
    title: "cRLDistributionPoints",
    knobs: (name) => withValue(oids.crlDistributionPoints, der.seq(der.explicit(0, der.explicit(0, mark, name)))),
  },
];

function withValue(oid: string, ...elements: readonly Uint8Array[]): CrlKnobs {
  return { extra: [extension.extension(oid, der.seq(...elements))] };
}

function inEntry(oid: string, value: Uint8Array): CrlKnobs {
  return {
    idp: { uris: ["http://crl.example.com/1.crl"], indirect: true },
    entries: [{}, { extensions: [extension.extension(oid, value, true)] }],
  };
}

/** Returns the offset after the only occurrence of some bytes. */
function after(bytes: Uint8Array, part: Uint8Array): number {
  const at = bytes.findIndex((_, i) => part.every((byte, j) => bytes[i + j] === byte));
  return at + part.length;
}

const codes: ReadonlySet<string> = new Set(faultCodes);

/** A CA with a fast key; no signature is verified here. */
const signer = kit.caWith({ key: "ed25519" });

/** Returns the errors that the readers find in a CRL: rule, offset from an origin, length. */
function found(knobs: CrlKnobs, origin: (crl: Uint8Array) => number): readonly string[] {
  const { crl, ca } = kit.crl({ ca: signer, ...knobs });
  const run = lintCrl({ crl, ...(ca && { issuer: ca }), profile: "rfc5280", signature: "ignore" });
  const from = origin(crl);
  expect(blankTexts(run)).toEqual([]);
  return run.findings
    .filter(({ rule }) => codes.has(rule))
    .map(({ rule, severity, location: { offset, length } }) => {
      expect(severity, rule).toBe("error");
      return `${rule} ${offset - from}+${length}`;
    })
    .sort();
}

describe.each(fields)("$title", ({ knobs, gap = 0 }) => {
  test.each(shapes)("%s", (__, name, expected) => {
    expect(found(knobs(name), (crl) => after(crl, mark) + gap)).toEqual(expected);
  });
});

/** Fields that may have a nameRelativeToCRLIssuer. */
const relativeFields: readonly (readonly [string, (name: Uint8Array) => CrlKnobs])[] = [
  ["issuingDistributionPoint", (name) => ({ idp: { names: name } })],
  ["freshestCRL", (name) => withValue(oids.freshestCrl, der.seq(der.explicit(0, name)))],
];

describe.each(relativeFields)("nameRelativeToCRLIssuer of %s", (_, knobs) => {
  test.each([
    ["valid", der.explicit(1, other), []],
    ["empty", der.explicit(1), ["structure/extension 0+2"]],
    ["primitive", raw("8100"), ["der/sequence-set-must-be-constructed 0+1"]],
    ["AttributeTypeAndValue that is an INTEGER", der.explicit(1, der.int(7)), ["structure/extension 2+3"]],
    ["an additional SET", der.explicit(1, der.set(other)), ["structure/extension 2+12"]],
    ["attribute without a value", der.explicit(1, der.seq(der.oid("2.5.4.3"))), ["structure/extension 2+7"]],
    [
      "three elements in an AttributeTypeAndValue",
      der.explicit(1, der.seq(der.oid("2.5.4.3"), der.utf8("x"), der.nul())),
      ["der/unexpected-element 12+2"],
    ],
    ["malformed UTF-8", der.explicit(1, attribute(raw("0c01ff"))), ["der/utf8-string-invalid 9+3"]],
    ["attribute value that is a BOOLEAN", der.explicit(1, attribute(der.bool(true))), ["structure/extension 9+3"]],
    [
      "attributes in an order that is not DER",
      der.explicit(1, der.seq(der.oid("2.5.4.10"), der.utf8("xx")), other),
      ["der/set-of-order 13+10"],
    ],
  ] as const)("%s", (__, name, expected) => {
    expect(found(knobs(name), (crl) => after(crl, name) - name.length)).toEqual(expected);
  });
});

describe("a GeneralNames without names is reported", () => {
  const empty = raw("a100 8205aabbccddee");
  test("in authorityCertIssuer", () => {
    const keyIdentifier = der.context(0, kit.ca.ski ?? raw(""));
    expect(found({ aki: { value: der.seq(keyIdentifier, empty) } }, (crl) => after(crl, empty) - 9)).toEqual([
      "structure/extension 0+2",
    ]);
  });

  test("in cRLIssuer", () => {
    const point = der.seq(der.explicit(0, der.explicit(0, uri)), raw("a200"));
    expect(found(withValue(oids.freshestCrl, point), (crl) => after(crl, point) - 2)).toEqual([
      "structure/extension 0+2",
    ]);
  });
});

describe("an error in many entries", () => {
  const issuer = extension.certificateIssuer(der.seq(der.set()));
  const idp = { uris: ["http://crl.example.com/1.crl"], indirect: true };

  test("is counted, and does not hide the same error in crlExtensions", () => {
    const { crl, ca } = kit.crl({
      idp,
      entries: Array.from({ length: 50 }, () => ({ extensions: [issuer] })),
      extra: [extension.issuerAltName(extension.directoryName(der.seq(der.set())))],
    });
    const run = lintCrl({ crl, ...(ca && { issuer: ca }), profile: "rfc5280", signature: "ignore" });
    const findings = run.findings.filter(({ rule }) => rule === "structure/extension");
    expect(findings.map(({ count = 1, location: { path } }) => [count, path])).toEqual([
      [50, "tbsCertList.revokedCertificates[0].crlEntryExtensions[0].extnValue[0].rdnSequence[0]"],
      [1, "tbsCertList.crlExtensions[3].extnValue[0].rdnSequence[0]"],
    ]);
  });
});
