import { appendFileSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { makeCrl, now } from "../../bench/generate.ts";
import { FileChanged, leaveInFile, partInFile } from "../../src/der/in-file.ts";
import { usualLimits } from "../../src/der/limits.ts";
import { readFile } from "../../src/files/read-files.ts";
import { lintFile } from "../../src/files/lint-file.ts";
import type { LintSetup } from "../../src/files/lint-setup.ts";
import { sortFile } from "../../src/files/sort-file.ts";
import { kit } from "../../src/fixture/index.ts";
import { readCrl } from "../../src/crl/read.ts";
import { readCertificate } from "../../src/cert/certificate.ts";
import { hex } from "../../src/der/span.ts";
import { usualOptions } from "../support/usual-options.ts";

const folder = mkdtempSync(join(tmpdir(), "crllint-in-file-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes a CRL into a file, and reads it like a file that is too large to keep in memory. */
function put(crl: Uint8Array) {
  const path = join(folder, "large.crl");
  writeFileSync(path, crl);
  const file = readFile(path, usualLimits.size, "large.crl", 0);
  if ("fault" in file) throw new Error(file.fault);
  return { ...file, path };
}

/** Counts how much of the entries of a file is read, and how often they are loaded. */
function count(bytes: Uint8Array) {
  const part = partInFile(bytes);
  if (part === undefined) throw new Error("all entries are in memory");
  const work = { read: 0, loads: 0, size: part.end - part.start };
  leaveInFile(bytes, {
    ...part,
    read(at) {
      const piece = part.read(at);
      work.read += piece.length;
      return piece;
    },
    load(into) {
      work.loads += 1;
      part.load(into);
    },
  });
  return work;
}

function lint(file: { readonly name: string; readonly bytes: Uint8Array }, more: Partial<LintSetup["options"]> = {}) {
  const certificate = readCertificate(kit.ca.certificate);
  if (certificate === undefined) throw new Error("the CA certificate cannot be read");
  const artefact = { name: "ca.der", bytes: kit.ca.certificate };
  const setup: LintSetup = {
    shared: { form: "crl", issuers: [{ certificate, artefact }], issuersChosen: false, others: [] },
    pairs: [],
    options: { ...usualOptions(Date.parse(now) / 1000), ...more },
  };
  const operand = { path: file.name, isNamed: true };
  const { objects } = sortFile(file, operand, "crl", usualLimits);
  const found = { isInShard: true, size: file.bytes.length, count: objects.length, isStream: false, objects };
  return lintFile({ ...operand, ...file, ...found }, setup);
}

const entries = 60_000;

/** Returns a CRL with many entries of the common shape, and a given entry among them. */
function withEntry(index: number, entry: Uint8Array): Uint8Array {
  const { der } = kit;
  const list = Array.from({ length: entries }, (_, i) => {
    const serial = Uint8Array.from([0x40, i >> 16, (i * 31) & 0xff, i >> 8, i, 7, 8, 9]);
    return der.concat(Uint8Array.of(0x30, 25), der.intBytes(serial), usual);
  });
  list[index] = entry;
  return kit.crl({
    thisUpdate: "2026-11-01T00:00:00Z",
    nextUpdate: "2026-11-08T00:00:00Z",
    revokedCertificates: der.tlv(0x30, der.join(list)),
  }).crl;
}

const { der } = kit;
const usual = der.utcTime("261001000000Z");
const serial = der.intBytes(Uint8Array.of(0x50, 1, 2, 3));

/** CRLs whose findings, facts and digests must not depend on where their entries are. */
const crls: Readonly<Record<string, () => Uint8Array>> = {
  "entries of the common shape": () => makeCrl({ entries }),
  "sorted serials": () => makeCrl({ entries, sorted: true }),
  "one serial in all entries": () => makeCrl({ entries, serials: "same" }),
  "serials that collide": () => makeCrl({ entries, serials: "colliding" }),
  "last serials equal to the first ones": () => makeCrl({ entries, repeats: 3 }),
  "violations in every entry": () => makeCrl({ entries, violations: true }),
  "a signature by another key": () => makeCrl({ entries, key: "p256" }),
  "a GeneralizedTime in the first entry": () => withEntry(0, der.seq(serial, der.generalizedTime("20261001000000Z"))),
  "a GeneralizedTime in the last entry": () =>
    withEntry(entries - 1, der.seq(serial, der.generalizedTime("20261001000000Z"))),
  "a serial with a leading zero": () => withEntry(30_000, der.seq(der.tlv(2, Uint8Array.of(0, 1)), usual)),
  "an entry that is not a SEQUENCE": () => withEntry(30_000, der.intBytes(Uint8Array.of(1))),
  "an entry longer than a piece": () => withEntry(20_000, der.seq(serial, usual, der.tlv(4, new Uint8Array(2 ** 21)))),
  "a length that hides the entries after it": () => withEntry(30_000, Uint8Array.of(0x30, 0x84, 0x7f, 0, 0, 0)),
};

describe("a CRL whose entries are in its file", () => {
  test.each(Object.entries(crls))("has the same findings as in memory: %s", (_, make) => {
    const crl = make();
    const file = put(crl);
    expect(partInFile(file.bytes)).toBeDefined();
    const whole = readFile(file.path, usualLimits.size, "large.crl");
    if ("fault" in whole) throw new Error(whole.fault);
    expect(partInFile(whole.bytes)).toBeUndefined();
    expect(lint(file)).toEqual(lint(whole));
  });

  test("has the same entries as in memory, for rules and callers", () => {
    const crl = makeCrl({ entries });
    const { bytes } = put(crl);
    const entriesOf = (of: Uint8Array): readonly string[] => {
      const read = readCrl(of);
      const found: string[] = [];
      read.entries.visit(({ index, serialContent, serialEnd, date, reason }) => {
        found.push(`${index} ${hex(of.subarray(serialContent, serialEnd))} ${date} ${reason}`);
      });
      return found;
    };
    expect(entriesOf(bytes)).toEqual(entriesOf(crl));
    expect(readCrl(put(crl).bytes).entries.at(59_999)).toMatchObject({ index: 59_999, reason: expect.any(Number) });
    expect(readCrl(put(crl).bytes).entries.serials.offsets).toHaveLength(entries);
  });

  test("returns the dates of some entries without being loaded", () => {
    const crl = makeCrl({ entries });
    const { bytes } = put(crl);
    const indexes = Int32Array.of(0, 1, 2, 20_000, 59_998, 59_999);
    const dates = readCrl(bytes).entries.datesOf(indexes);
    expect(partInFile(bytes)).toBeDefined();
    expect([...dates]).toEqual([...indexes].map((index) => readCrl(crl).entries.at(index).date));
  });

  test("is read once for entries, signature and digest, and is not loaded", () => {
    const file = put(makeCrl({ entries: 100_000 }));
    const work = count(file.bytes);
    const [run] = lint(file);
    expect(run).toMatchObject({ entries: 100_000, verdict: "pass", signature: { verdict: "valid" } });
    expect(work.loads).toBe(0);
    // Pieces overlap in at most one entry.
    expect(work.read).toBeLessThan(work.size + 2 ** 16 + 129 * Math.ceil(work.size / 2 ** 20));
  });

  test("is loaded once if a finding shows entries", () => {
    const file = put(makeCrl({ entries, repeats: 3 }));
    const work = count(file.bytes);
    const [run] = lint(file);
    expect(run?.findings.map(({ rule }) => rule)).toContain("entry/serial-listed-twice");
    expect(work.loads).toBe(1);
  });

  test("is reported if its file changes", () => {
    const file = put(makeCrl({ entries }));
    appendFileSync(file.path, "x");
    const [run, ...others] = lint(file);
    expect(others).toEqual([]);
    expect(run).toMatchObject({
      verdict: "undecided",
      findings: [
        {
          rule: "crllint/unreadable",
          message: "this file was readable earlier in this run and is not now: it changed while it was read",
        },
      ],
    });
  });

  test("is rejected if its file was replaced or removed", () => {
    const file = put(makeCrl({ entries }));
    utimesSync(file.path, 1, 1);
    expect(() => readCrl(file.bytes)).toThrow(FileChanged);
    const other = put(makeCrl({ entries }));
    rmSync(other.path);
    expect(() => readCrl(other.bytes)).toThrow("no such file or directory");
  });
});

describe("read into memory as a whole", () => {
  test.each([
    ["a CRL with few entries", makeCrl({ entries: 1000 })],
    ["a CRL with bytes after it", Uint8Array.from([...makeCrl({ entries }), 0])],
    ["a truncated CRL", makeCrl({ entries }).subarray(0, -1)],
    ["text", new TextEncoder().encode("x".repeat(2 ** 21))],
    ["zeros", new Uint8Array(2 ** 21)],
  ])("%s", (_, bytes) => {
    const file = put(bytes);
    expect(partInFile(file.bytes)).toBeUndefined();
    expect(Buffer.compare(file.bytes, bytes)).toBe(0);
  });
});
