import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Crl } from "../../src/crl/crl.ts";
import { readCrl } from "../../src/crl/read.ts";
import { hex } from "../../src/der/span.ts";
import { concat, int, intBytes, join, raw, seq, tlv, utcTime } from "../../src/fixture/der-writer.ts";
import { type CrlKnobs, kit } from "../../src/fixture/index.ts";

const { extension, oids } = kit;

/** CRLs that together contain data for every reader. */
const samples: readonly CrlKnobs[] = [
  {},
  { form: "tbs" },
  { entries: [] },
  { idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true, reasons: [1, 4] } },
  {
    idp: { indirect: true },
    entries: [
      { reason: 1, extensions: [extension.invalidityDate("2026-05-01T00:00:00Z")] },
      { extensions: [extension.certificateIssuer(kit.otherCa.subject)] },
      { extensions: [extension.extension("1.3.6.1.4.1.99999.1", raw("0c0161"))] },
    ],
  },
  {
    extra: [
      extension.freshestCrl("http://crl.example.com/delta.crl"),
      extension.extension(oids.issuerAltName, seq(extension.dnsName("ca.example.com"))),
      extension.extension(
        oids.authorityInfoAccess,
        seq(seq(kit.der.oid(oids.caIssuers), extension.uri("http://a.b/c"))),
      ),
      extension.expiredCertsOnCrl("2020-01-01T00:00:00Z"),
    ],
  },
];

const built = samples.map((knobs) => kit.crl(knobs));

/** Returns violations of properties that every CRL must have after it is read, for any bytes. */
function violationsIn(crl: Crl): readonly string[] {
  const { bytes, faults } = crl.source;
  const violations: string[] = [];
  for (const { first, count, code } of faults.groups()) {
    if (count < first.length) violations.push(`${code} is not counted`);
    for (const { start, end, message } of first) {
      if (start < 0 || start > end || end > bytes.length) violations.push(`${code} is at ${start}..${end}`);
      if (message === "") violations.push(`${code} has no message`);
    }
  }
  let seen = 0;
  crl.entries.visit((entry) => {
    const { index, start, serialContent, serialEnd, end } = entry;
    if (index !== seen || start !== crl.entries.startOf(index)) violations.push(`entry ${index} is at the wrong place`);
    const isInside = start < end && end <= bytes.length && serialContent <= serialEnd && serialEnd <= end;
    if (!isInside) violations.push(`entry ${index} extends past its bounds`);
    entry.extensions();
    seen += 1;
  });
  if (seen !== crl.entries.count) violations.push(`${seen} entries visited, ${crl.entries.count} counted`);
  return violations;
}

/** Returns the codes of all faults, in the order of their first occurrence. */
function faultCodes({ source }: Crl): readonly string[] {
  return [...source.faults.groups()].map(({ code }) => code);
}

function codesOf(knobs: CrlKnobs): readonly string[] {
  return faultCodes(readCrl(kit.crl(knobs).crl));
}

describe("readCrl", () => {
  test.each(built.map(({ crl, form }, i) => [i, crl, form ?? "crl"] as const))(
    "finds no fault in valid CRL %d",
    (_, crl, form) => {
      const read = readCrl(crl, form);
      expect(violationsIn(read)).toEqual([]);
      expect(faultCodes(read)).toEqual([]);
      expect([...read.unread]).toEqual([]);
      expect(read.whole).toEqual({ start: 0, end: crl.length });
    },
  );

  const sample = fc.constantFrom(...built);

  test("never throws, and no fault is outside the file, with any bytes changed", () => {
    const edits = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(sample, edits, ({ crl, form }, changes) => {
        const bytes = crl.slice();
        for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
        expect(violationsIn(readCrl(bytes, form))).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  test("never throws, and no fault is outside the file, with any bytes removed or inserted", () => {
    fc.assert(
      fc.property(sample, fc.nat(), fc.nat(20), fc.uint8Array({ maxLength: 8 }), ({ crl, form }, from, length, put) => {
        const at = from % (crl.length + 1);
        const bytes = concat(crl.subarray(0, at), put, crl.subarray(Math.min(crl.length, at + length)));
        expect(violationsIn(readCrl(bytes, form))).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  test("never throws for any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.constantFrom("crl", "tbs"), (bytes, form) => {
        expect(violationsIn(readCrl(bytes, form))).toEqual([]);
      }),
    );
  });

  test("a truncated file has one fault, and none of its fields counts as absent", () => {
    for (const { crl, form = "crl" } of built) {
      for (let length = 2; length < crl.length; length += 1) {
        const read = readCrl(crl.subarray(0, length), form);
        expect([length, ...faultCodes(read), ...violationsIn(read)]).toEqual([length, "input/truncated"]);
        const { thisUpdate, issuer, unread } = read;
        expect(thisUpdate !== undefined || unread.has("thisUpdate")).toBe(true);
        expect(issuer !== undefined || unread.has("issuer")).toBe(true);
        expect(form === "tbs" || read.signatureValue !== undefined || unread.has("signatureValue")).toBe(true);
      }
    }
  });
});

describe("fields of the tbsCertList", () => {
  const time = kit.der.time("2026-11-01T00:00:00Z");

  test.each<[string, CrlKnobs, string]>([
    [
      "issuer and thisUpdate swapped",
      { issuer: time, thisUpdate: kit.ca.subject.der() },
      "issuer comes after thisUpdate",
    ],
    ["thisUpdate of another type", { thisUpdate: int(1) }, "thisUpdate is INTEGER"],
    ["nextUpdate of another type", { nextUpdate: int(1) }, "nextUpdate is INTEGER"],
    ["issuer of another type", { issuer: int(1) }, "issuer is INTEGER"],
    ["signature of another type", { signature: int(1) }, "signature is INTEGER"],
    ["version as a certificate has it", { version: kit.der.explicit(0, int(1)) }, "version is [0]"],
    ["no thisUpdate", { thisUpdate: null, nextUpdate: null }, "tbsCertList has no thisUpdate"],
  ])("%s: one fault", (_, knobs, message) => {
    const crl = readCrl(kit.crl(knobs).crl);
    const { faults } = crl.source;
    expect(faultCodes(crl)).toEqual(["structure/tbs-cert-list"]);
    expect(faults.of("structure/tbs-cert-list")?.count).toBe(1);
    expect(faults.of("structure/tbs-cert-list")?.first[0]?.message).toContain(message);
  });

  test("an extra element does not hide the fields after it", () => {
    const crl = readCrl(kit.crl({ issuer: concat(int(1), kit.ca.subject.der()) }).crl);
    expect(faultCodes(crl)).toEqual(["der/unexpected-element"]);
    expect(crl.issuer?.rdns).toHaveLength(3);
    expect(crl.nextUpdate?.text).toBe("261107235959Z");
  });

  test("a field with a wrong type is unread, not absent", () => {
    const crl = readCrl(kit.crl({ thisUpdate: int(1) }).crl);
    expect(crl.thisUpdate).toBeUndefined();
    expect(crl.unread.get("thisUpdate")).toContain("INTEGER");
    expect(crl.nextUpdate?.text).toBe("261107235959Z");
  });
});

describe("extensions with a malformed length", () => {
  test.each([
    ["authorityKeyIdentifier", { aki: { value: raw("3003800241") } }],
    ["issuingDistributionPoint", { idp: { value: raw("30038102ff") } }],
    ["freshestCrl", { extra: [extension.extension(oids.freshestCrl, raw("30053003a00500"))] }],
    ["crlNumber", { crlNumber: raw("020512") }],
  ] as const)("%s is not read, and its length is the only fault", (field, knobs) => {
    const crl = readCrl(kit.crl(knobs).crl);
    expect(crl[field]).toBeUndefined();
    expect(faultCodes(crl)).toEqual(["der/length-past-parent"]);
  });
});

function privateExtension(value: string) {
  return extension.extension("1.3.6.1.4.1.99999.1", raw(value));
}

function holdInstruction(value: string): CrlKnobs {
  return { entries: [{ reason: 6, extensions: [extension.extension(oids.holdInstructionCode, raw(value))] }] };
}

describe("values of extensions", () => {
  test.each([
    ["0500", []],
    ["", ["der/private-extension-not-der"]],
    ["05000500", ["der/private-extension-not-der"]],
    ["30020105", ["der/private-extension-not-der"]],
    ["68656c6c6f", ["der/private-extension-not-der"]],
  ])("private extension with value '%s', in the CRL and in an entry", (value, expected) => {
    expect(codesOf({ extra: [privateExtension(value)] })).toEqual(expected);
    expect(codesOf({ entries: [{ extensions: [privateExtension(value)] }] })).toEqual(expected);
  });

  test("a known extension is checked by its definition", () => {
    expect(codesOf(holdInstruction("06072a8648ce380202"))).toEqual([]);
    expect(codesOf(holdInstruction("06072a8648ce3802020500"))).toEqual(["der/extension-value-trailing-data"]);
  });
});

/** Returns the values of each entry in a visit. */
function entryValues(crl: Crl) {
  const { bytes } = crl.source;
  const entries: unknown[] = [];
  crl.entries.visit((entry) => {
    entries.push({
      serial: hex(bytes.subarray(entry.serialContent, entry.serialEnd)),
      date: entry.date,
      dateText: hex(bytes.subarray(entry.dateStart, entry.dateEnd)),
      generalized: entry.generalized,
      reason: entry.reason,
      invalidityDate: entry.invalidityDate,
      hasExtensions: entry.hasExtensions,
      extensions: entry.extensions().map(({ oid, critical, value }) => ({
        oid,
        critical,
        value: value && hex(bytes.subarray(value.content, value.contentEnd)),
      })),
    });
  });
  return entries;
}

/** Returns the facts about the entries that do not depend on offsets. */
function facts({ entries }: Crl) {
  const { count, earliest, latest, longestSerial, serialsNotPositive, wrongTimeTypes, withExtensions } = entries;
  return {
    count,
    earliest,
    latest,
    longestSerial,
    serialsNotPositive,
    wrongTimeTypes,
    withExtensions,
    emptyExtensionLists: entries.emptyExtensionLists,
    reasonsNotEnumerated: entries.reasonsNotEnumerated,
    reasons: [...entries.reasons].sort(([a], [b]) => a - b),
    extensions: [...entries.extensions].sort(([a], [b]) => (a < b ? -1 : 1)),
    repeats: entries.repeats.count,
  };
}

/** Returns all faults except the non-minimal length that makes an entry uncommon. */
function otherFaults({ source }: Crl) {
  return [...source.faults.groups()]
    .filter(({ code }) => code !== "der/length-not-minimal")
    .flatMap(({ first }) => first.map(({ code, path, message }) => ({ code, path, message })));
}

interface EntryParts {
  readonly serial: Uint8Array;
  readonly dateText: string;
  readonly reason: number | undefined;
}

/** Encodes the contents of one entry. */
function contentsOf({ serial, dateText, reason }: EntryParts): Uint8Array {
  const extensions = reason === undefined ? [] : [raw("300c300a0603551d1504030a01"), Uint8Array.of(reason)];
  return concat(intBytes(serial), utcTime(dateText), ...extensions);
}

/** A CA whose key signs fast: these tests do not check the signature. */
const ca = kit.caWith({ key: "ed25519" });

function build(entries: readonly Uint8Array[]): Crl {
  return readCrl(kit.crl({ ca, revokedCertificates: seq(join(entries)) }).crl, "crl", { keep: 1000 });
}

/** Generates two digits. */
function pair(max: number): fc.Arbitrary<string> {
  return fc.integer({ min: 0, max }).map((value) => String(value).padStart(2, "0"));
}

describe("entries of the common shape and of other shapes", () => {
  const dateText = fc.oneof(
    {
      weight: 8,
      arbitrary: fc.tuple(pair(99), pair(12), pair(31), pair(24), pair(60), pair(60)).map((all) => `${all.join("")}Z`),
    },
    { weight: 1, arbitrary: fc.constantFrom("261101000000z", "2611010000000", "26110100000Z", "261101 00000Z") },
  );
  const serial = fc.oneof(
    fc.uint8Array({ minLength: 0, maxLength: 22 }),
    fc.constantFrom("00", "0000", "007f", "0080", "ff", "ff80", "ff7f", "05").map(raw),
  );
  const reason = fc.option(fc.integer({ min: 0, max: 255 }), { nil: undefined });
  const entry = fc.record({ serial, dateText, reason });

  test("have the same results", () => {
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 6 }), (list) => {
        const contents = list.map(contentsOf);
        const common = build(contents.map((bytes) => seq(bytes)));
        // The same entries with a length of one byte more than necessary, which the fast path does not read.
        const other = build(contents.map((bytes) => concat(Uint8Array.of(0x30, 0x81, bytes.length), bytes)));
        expect(entryValues(other)).toEqual(entryValues(common));
        expect(facts(other)).toEqual(facts(common));
        expect(otherFaults(other)).toEqual(otherFaults(common));
        expect(common.source.faults.of("der/length-not-minimal")).toBeUndefined();
        expect(other.source.faults.of("der/length-not-minimal")?.count).toBe(list.length);
      }),
      { numRuns: 200 },
    );
  });

  test("can be read one by one", () => {
    const crl = build([
      seq(int(5), utcTime("261101000000Z")),
      seq(int(6), utcTime("2611010000Z")),
      tlv(0x02, raw("07")),
    ]);
    expect(crl.entries.count).toBe(3);
    expect(crl.entries.at(0)).toMatchObject({ index: 0, date: 1_793_491_200 });
    expect(crl.entries.at(1)).toMatchObject({ index: 1, date: 1_793_491_200 });
    expect(crl.entries.at(2).date).toBeNaN();
  });
});
