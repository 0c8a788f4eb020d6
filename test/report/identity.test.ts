import { expect, test } from "vitest";
import { fileUri } from "../../src/report/file-uri.ts";
import { fingerprintsOf, fnv128 } from "../../src/report/fingerprint.ts";
import type { Finding, Location, Run } from "../../src/rule/report.ts";
import { reversed } from "./cases.ts";

// Computed by hand for the empty text (the offset basis); the others are test vectors of the algorithm's authors.
test.each([
  ["", "6c62272e07bb014262b821756295c58d"],
  ["a", "d228cb696f1a8caf78912b704e4a8964"],
  ["foobar", "343e1662793c64bf6f0d3597ba446f18"],
])("fnv128(%j) is %s", (text, digest) => {
  expect(fnv128(text)).toBe(digest);
});

const [run, finding] = [reversed().runs[0] as Run, reversed().runs[0]?.findings[0] as Finding];

function fingerprintsFor(...findings: readonly Finding[]): readonly (string | undefined)[] {
  const fingerprints = fingerprintsOf({ ...run, findings });
  return findings.map((each) => fingerprints.get(each));
}

function at(path: string, more: Partial<Location> = {}): Finding {
  return { ...finding, location: { ...finding.location, path, ...more } };
}

test("offset, length, count and text are not part of a fingerprint", () => {
  const later = { ...finding, message: "other", count: 7, location: { ...finding.location, offset: 99, length: 1 } };
  expect(fingerprintsFor(later)).toEqual(fingerprintsFor(finding));
});

test("rule, path and file are part of a fingerprint", () => {
  const [own] = fingerprintsFor(finding);
  for (const other of [
    { ...finding, rule: "test/other" },
    at("tbsCertList"),
    at("tbsCertList.issuer", { file: "x" }),
  ]) {
    expect(fingerprintsFor(other)).not.toEqual([own]);
  }
});

test("the serial of an entry is part of a fingerprint, not its index; of several entries, neither is", () => {
  const entry = (index: number, serial: string): Finding => at(`tbsCertList.revokedCertificates[${index}]`, { serial });
  expect(fingerprintsFor(entry(5, "4a:01"))).toEqual(fingerprintsFor(entry(9, "4a:01")));
  expect(fingerprintsFor(entry(5, "4a:02"))).not.toEqual(fingerprintsFor(entry(5, "4a:01")));
  const several = (index: number): Finding => ({ ...entry(index, `4a:0${index}`), entries: [finding.location] });
  expect(fingerprintsFor(several(1))).toEqual(fingerprintsFor(several(2)));
});

test("equal findings have different fingerprints, which are the same in every run", () => {
  const fingerprints = fingerprintsFor(finding, { ...finding }, { ...finding });
  expect(new Set(fingerprints).size).toBe(3);
  expect(fingerprintsFor({ ...finding }, { ...finding })).toEqual(fingerprints.slice(0, 2));
});

test.each([
  ["ov-1.crl", "ov-1.crl"],
  ["crls/ov 1#2?.crl", "crls/ov%201%232%3F.crl"],
  ["/srv/crl/a.crl", "/srv/crl/a.crl"],
  ["//host/a.crl", "/host/a.crl"],
  ["a:b.crl", "a%3Ab.crl"],
  [String.raw`crls\a.crl`, "crls/a.crl"],
  [String.raw`C:\crl\a.crl`, "file:///C:/crl/a.crl"],
  [String.raw`a\u{1b}.crl`, "a%5Cu%7B1b%7D.crl"],
  ["100%.crl", "100%25.crl"],
  ["\u682a.crl", "%E6%A0%AA.crl"],
  ["\ud800.crl", "%EF%BF%BD.crl"],
  ["it's(1)!*.crl", "it%27s%281%29%21%2A.crl"],
])("fileUri(%j) is %s", (name, uri) => {
  expect(fileUri(name)).toBe(uri);
});
