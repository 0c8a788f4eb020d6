import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeCrl } from "../../bench/generate.ts";
import { EntryBatch, readCommonEntries } from "../../src/crl/entry-batch.ts";
import { Fingerprints } from "../../src/crl/fingerprints.ts";
import { readCrl } from "../../src/crl/read.ts";
import { kit } from "../../src/fixture/index.ts";

/** Whether a serial may appear twice, according to fingerprints of these entries. */
function mayRepeat(entries: Uint8Array): boolean {
  return fingerprintsOf(entries).mayRepeat();
}

function fingerprintsOf(entries: Uint8Array): Fingerprints {
  const batch = new EntryBatch(entries, entries.length);
  const fingerprints = new Fingerprints(entries.length / 20);
  for (let at = 0; at < entries.length;) {
    at = readCommonEntries(at, entries.length, batch);
    expect(batch.count).toBeGreaterThan(0);
    fingerprints.addSerials(batch);
  }
  return fingerprints;
}

function entriesOf(crl: Uint8Array): Uint8Array {
  const { content = 0, contentEnd } = readCrl(crl).revokedCertificates ?? {};
  return crl.subarray(content, contentEnd);
}

const { der } = kit;
const date = der.utcTime("261001000000Z");

describe("fingerprints", () => {
  test("show that different serials do not repeat, and never overlook a repeat", () => {
    const serial = fc
      .uint8Array({ minLength: 1, maxLength: 20 })
      .map((bytes) => `40${Buffer.from(bytes).toString("hex")}`);
    fc.assert(
      fc.property(fc.array(serial, { minLength: 1, maxLength: 300 }), (serials) => {
        const entries = serials.map((hex) => der.seq(der.intBytes(Buffer.from(hex, "hex")), date));
        expect(mayRepeat(der.join(entries))).toBe(new Set(serials).size < serials.length);
      }),
      { numRuns: 200 },
    );
  });

  test("of two lists show that they have no common serial, and never overlook one", () => {
    const serial = fc
      .uint8Array({ minLength: 1, maxLength: 5 })
      .map((bytes) => `40${Buffer.from(bytes).toString("hex")}`);
    const list = fc.uniqueArray(serial, { maxLength: 200 });
    fc.assert(
      fc.property(list, list, fc.boolean(), (all, others, isCommon) => {
        const [one = ""] = all;
        const searched = isCommon && one !== "" ? [...others.filter((other) => other !== one), one] : others;
        const entriesOf = (serials: readonly string[]) =>
          der.join(serials.map((hex) => der.seq(der.intBytes(Buffer.from(hex, "hex")), date)));
        const expected = searched.some((each) => all.includes(each));
        expect(fingerprintsOf(entriesOf(all)).mayMeet(fingerprintsOf(entriesOf(searched)))).toBe(expected);
        const { entries } = readCrl(kit.crl({ revokedCertificates: der.tlv(0x30, entriesOf(searched)) }).crl);
        const even = searched.filter((_, i) => i % 2 === 0);
        const some = Fingerprints.of(
          entries.serials,
          Int32Array.from(even, (_, i) => i * 2),
        );
        expect(fingerprintsOf(entriesOf(all)).mayMeet(some)).toBe(even.some((each) => all.includes(each)));
      }),
      { numRuns: 200 },
    );
  });

  test.each([
    ["different serials", { entries: 50_000 }, false],
    ["three serials that repeat", { entries: 50_000, repeats: 3 }, true],
    ["one serial throughout", { entries: 50_000, serials: "same" }, true],
  ] as const)("of 50,000 entries: %s", (_, plan, expected) => {
    expect(mayRepeat(entriesOf(makeCrl(plan)))).toBe(expected);
  });

  test("of serials in steps of 256 show that none repeats", () => {
    const entries = Array.from({ length: 50_000 }, (_, i) => der.seq(der.int((1n << 100n) + BigInt(i) * 256n), date));
    expect(mayRepeat(der.join(entries))).toBe(false);
  });
});
