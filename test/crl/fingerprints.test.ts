import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeCrl } from "../../bench/generate.ts";
import { EntryBatch, readCommonEntries } from "../../src/crl/entry-batch.ts";
import { Fingerprints } from "../../src/crl/fingerprints.ts";
import { readCrl } from "../../src/crl/read.ts";
import { kit } from "../../src/fixture/index.ts";

/** Whether fingerprints of these entries leave it open whether one repeats. */
function mayRepeat(entries: Uint8Array): boolean {
  const batch = new EntryBatch(entries, entries.length);
  const fingerprints = new Fingerprints(entries.length / 20);
  for (let at = 0; at < entries.length;) {
    at = readCommonEntries(at, entries.length, batch);
    expect(batch.count).toBeGreaterThan(0);
    fingerprints.addSerials(batch);
  }
  return fingerprints.mayRepeat();
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

  test.each([
    ["different serials", { entries: 50_000 }, false],
    ["three serials that repeat", { entries: 50_000, repeats: 3 }, true],
    ["one serial throughout", { entries: 50_000, serials: "same" }, true],
  ] as const)("of 50,000 entries: %s", (_, plan, expected) => {
    expect(mayRepeat(entriesOf(makeCrl(plan)))).toBe(expected);
  });

  test("of serials that count up show that none repeats", () => {
    const entries = Array.from({ length: 50_000 }, (_, i) => der.seq(der.int((1n << 100n) + BigInt(i) * 256n), date));
    expect(mayRepeat(der.join(entries))).toBe(false);
  });
});
