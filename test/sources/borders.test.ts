import { describe, expect, test } from "vitest";
import { type CrlCase, type CrlKnobs, kit } from "../../src/fixture/index.ts";
import type { CcadbKnobs } from "../../src/fixture/knobs.ts";
import { defineRule, lintCrl, rules } from "../../src/index.ts";
import type { Requirement } from "../../src/rule/rule.ts";
import { firstDay } from "../../src/sources/first-day.ts";
import { type ProfileId, profileOf } from "../../src/sources/profiles.ts";
import { lintCase } from "../support/lint-case.ts";

/** Makes a CRL with this thisUpdate, of a CA with this notBefore. */
type Make = (dates: { readonly thisUpdate: string; readonly ca: string }) => CrlCase;

const old = "2000-01-01T00:00:00Z";

function plus(time: string, seconds: number): string {
  return new Date(Date.parse(time) + seconds * 1000).toISOString().replace(".000", "");
}

/** A CRL of a subordinate CA of 2000 that is valid for this many days. */
function issued(days: number, knobs: CrlKnobs = {}): Make {
  return ({ thisUpdate }) =>
    kit.crl({
      ca: kit.caWith({ notBefore: old }),
      entries: [],
      thisUpdate,
      nextUpdate: plus(thisUpdate, days * 86_400),
      options: { signature: "ignore" },
      ...knobs,
    });
}

/** A CRL of a self-signed CA of 2000 that is valid for this many days. */
function ofRoot(days: number, knobs: CrlKnobs = {}): Make {
  return issued(days, { ca: kit.caWith({ parent: "self", notBefore: old }), ...knobs });
}

/** A CRL with the default dates, of a CA with this key and the notBefore under test. */
function ofKey(spki: Uint8Array): Make {
  return ({ ca: notBefore }) =>
    kit.crl({ ca: kit.caWith({ notBefore, spki }), entries: [], options: { signature: "ignore" } });
}

function rsa(bits: number, oid = "1.2.840.113549.1.1.1"): Uint8Array {
  return kit.der.seq(
    kit.der.seq(kit.der.oid(oid), kit.der.nul()),
    kit.der.bitString(kit.der.seq(kit.der.int(2n ** BigInt(bits - 1) + 1n), kit.der.int(65537))),
  );
}

function dsa(p: number, q: number): Uint8Array {
  const { der } = kit;
  const prime = (bits: number): Uint8Array => der.int(2n ** BigInt(bits - 1) + 1n);
  const identifier = der.seq(der.oid("1.2.840.10040.4.1"), der.seq(prime(p), prime(q), der.int(2)));
  return der.seq(identifier, der.bitString(der.int(5)));
}

const sha224 = kit.der.raw("300d06092a864886f70d01010e0500");
const signedWithSha224 = { signature: sha224, signatureAlgorithm: sha224 };

/** Returns the documents and sections that the findings of one rule cite. */
function cited(made: CrlCase, profile: ProfileId, rule: string): readonly string[] {
  const run = lintCase(made, { profile, select: [rule] });
  return run.findings.flatMap((finding) => finding.cites.map(({ documentId, section }) => `${documentId} ${section}`));
}

/** A certificate of the CA of `issued`, with a CRL URL. */
const leaf = kit.certificate({
  parent: kit.caWith({ notBefore: old }),
  notBefore: old,
  crldp: ["http://crl.example.com/1.crl"],
});

/** Knobs for these disclosed URLs. */
function disclosed(...disclosedUrls: readonly string[]): CrlKnobs {
  return { certificates: [leaf], options: { disclosedUrls, signature: "ignore" } };
}

/** Knobs for this CCADB record of the CA. */
function record(fields: CcadbKnobs): CrlKnobs {
  return { options: { ccadb: kit.ccadb(fields), signature: "ignore" } };
}

const otherUrl = issued(5, disclosed("http://crl.example.com/1.crl/"));
const noUrl = issued(5, record({}));
const noArray = issued(5, record({ partitioned: "none" }));
const bothKinds = issued(5, record({ full: "http://crl.example.com/1.crl", partitioned: ["http://a.example/1.crl"] }));
const scopedFull = issued(5, {
  idp: { onlyUser: true },
  options: { completeness: "full", signature: "ignore" },
});

const firstDays: readonly (readonly [rule: string, profile: ProfileId, cite: string, day: string, make: Make])[] = [
  ["algorithm/not-permitted", "mozilla", "mozilla 5.1, 5.1.2", "2020-01-01", issued(5, signedWithSha224)],
  ["algorithm/not-permitted", "cs-br", "cs-br 7.1.3.2", "2022-06-29", issued(5, signedWithSha224)],
  ["algorithm/not-permitted", "fpki", "fpki-common 6.1.5", "2023-11-03", issued(5, signedWithSha224)],
  ["algorithm/not-permitted", "rpki", "rfc7935 2", "2016-09-01", issued(5, signedWithSha224)],
  ["algorithm/not-permitted", "cnsa", "rfc8603 4.1, 7", "2019-06-01", issued(5, signedWithSha224)],
  ["crl-number/missing", "rpki", "rfc6487 5", "2012-03-01", issued(5, { crlNumber: null })],
  ["crl-number/missing", "rpki", "rfc9829 3.1", "2025-08-01", issued(5, { crlNumber: null })],
  ["time/next-update-missing", "etsi", "etsi-411-1 6.3.9 CSS-6.3.9-06", "2016-03-01", issued(5, { nextUpdate: null })],
  ["time/etsi-ca-crl-beyond-1-year", "etsi", "etsi-411-1 6.3.9 CSS-6.3.9-12", "2016-03-01", ofRoot(400)],
  ["time/subscriber-next-update-beyond-10-days", "mozilla", "mozilla 6", "2017-06-23", issued(11)],
  ["time/subscriber-next-update-beyond-10-days", "cs-br", "cs-br 4.9.7", "2019-08-13", issued(11)],
  ["time/subscriber-next-update-beyond-10-days", "smime-br", "smime-br 4.9.7", "2023-09-01", issued(11)],
  ["time/subscriber-next-update-beyond-10-days", "tls-br", "tls-br-1.8.7 4.9.7", "2012-07-01", issued(11)],
  ["time/subscriber-next-update-beyond-10-days", "tls-br", "tls-br 7.2", "2024-03-15", issued(11)],
  ["time/subscriber-next-update-exactly-10-days", "tls-br", "tls-br 4.9.9, 6.3.2, 7.2", "2020-09-30", issued(10)],
  ["time/ca-next-update-beyond-12-months", "tls-br", "tls-br-1.8.7 4.9.7", "2012-07-01", ofRoot(400)],
  ["time/ca-next-update-beyond-12-months", "tls-br", "tls-br 7.2", "2024-03-15", ofRoot(400)],
  ["time/ca-next-update-beyond-12-months", "cs-br", "cs-br 4.9.7", "2019-08-13", ofRoot(400)],
  ["time/fpki-next-update-limit", "fpki", "fpki-common 4.9.7", "2021-09-01", ofRoot(38)],
  ["reason/fpki-hold", "fpki", "fpki-common 4.9.13", "2021-09-01", ofRoot(30, { entries: [{ date: old, reason: 6 }] })],
  [
    "reason/unspecified",
    "tls-br",
    "tls-br-1.8.6 7.2.2",
    "2020-09-30",
    issued(5, { entries: [{ date: old, reason: 0 }] }),
  ],
  [
    "reason/unspecified-on-ca-entry",
    "tls-br",
    "tls-br 7.2.2 CRLReasons",
    "2024-03-15",
    ofRoot(30, { entries: [{ date: old, reason: 0 }] }),
  ],
  [
    "reason/certificate-hold",
    "tls-br",
    "tls-br 4.9.13",
    "2012-11-07",
    issued(5, { entries: [{ date: old, reason: 6 }] }),
  ],
  [
    "reason/missing-on-ca-entry",
    "microsoft",
    "microsoft 2.1.7",
    "2020-02-04",
    ofRoot(30, { entries: [{ date: old }] }),
  ],
  ["shards/ccadb-json-array", "ccadb", "ccadb-2.0 6.2", "2025-07-15", otherUrl],
  ["shards/ccadb-json-array", "ccadb", "ccadb 6.2", "2026-03-20", otherUrl],
  ["ccadb/url-missing", "mozilla", "mrsp-2.9 4.1", "2023-09-01", noUrl],
  ["ccadb/url-missing", "ccadb", "ccadb-2.0 6.2", "2025-07-15", noUrl],
  ["ccadb/url-missing", "ccadb", "ccadb 6.2", "2026-03-20", noUrl],
  ["ccadb/array-malformed", "ccadb", "ccadb-2.0 6.2", "2025-07-15", noArray],
  ["ccadb/array-malformed", "ccadb", "ccadb 6.2", "2026-03-20", noArray],
  ["ccadb/full-and-partitioned", "ccadb", "ccadb-2.0 6.2", "2025-07-15", bothKinds],
  ["idp/on-full-crl", "ccadb", "ccadb-2.0 6.2", "2025-07-15", scopedFull],
  ["idp/on-full-crl", "ccadb", "ccadb 6.2", "2026-03-20", scopedFull],
  ["algorithm/ca-key-not-permitted", "tls-br", "tls-br 6.1.5", "2011-01-01", ofKey(rsa(1024))],
  ["algorithm/ca-key-not-permitted", "tls-br", "tls-br 6.1.5", "2020-09-30", ofKey(rsa(2052))],
  [
    "algorithm/ca-key-not-permitted",
    "tls-br",
    "tls-br 7.1.3.1.1",
    "2020-09-30",
    ofKey(rsa(2048, "1.2.840.113549.1.1.10")),
  ],
  ["algorithm/ca-key-not-permitted", "smime-br", "smime-br 6.1.5", "2023-09-01", ofKey(rsa(1024))],
  ["algorithm/ca-key-not-permitted", "smime-br", "smime-br 6.1.5", "2026-09-15", ofKey(rsa(4095 - 7))],
  ["algorithm/ca-key-not-permitted", "cs-br", "cs-br 1.2.2", "2021-06-01", ofKey(rsa(3064))],
  ["algorithm/ca-key-not-permitted", "cs-br", "cs-br 6.1.5.1", "2022-06-29", ofKey(rsa(4088))],
  ["algorithm/ca-key-not-permitted", "cs-br", "cs-br 6.1.5.1", "2022-06-29", ofKey(dsa(1024, 160))],
];

const lastDays: readonly (readonly [rule: string, profile: ProfileId, cite: string, day: string, make: Make])[] = [
  ["crl-number/missing", "rpki", "rfc6487 5", "2025-07-31", issued(5, { crlNumber: null })],
  ["shards/ccadb-json-array", "ccadb", "ccadb-2.0 6.2", "2026-03-19", otherUrl],
  ["ccadb/url-missing", "mozilla", "mrsp-2.9 4.1", "2025-07-14", noUrl],
  ["ccadb/url-missing", "ccadb", "ccadb-2.0 6.2", "2026-03-19", noUrl],
  ["ccadb/array-malformed", "ccadb", "ccadb-2.0 6.2", "2026-03-19", noArray],
  ["ccadb/full-and-partitioned", "ccadb", "ccadb-2.0 6.2", "2026-03-19", bothKinds],
  ["idp/on-full-crl", "ccadb", "ccadb-2.0 6.2", "2026-03-19", scopedFull],
  ["time/subscriber-next-update-beyond-10-days", "tls-br", "tls-br-1.8.7 4.9.7", "2024-03-14", issued(11)],
  ["time/ca-next-update-beyond-12-months", "tls-br", "tls-br-1.8.7 4.9.7", "2024-03-14", ofRoot(400)],
  [
    "reason/unspecified",
    "tls-br",
    "tls-br-1.8.6 7.2.2",
    "2024-03-14",
    issued(5, { entries: [{ date: old, reason: 0 }] }),
  ],
  [
    "reason/not-permitted",
    "mozilla",
    "mrsp-2.8 6.1.1",
    "2023-08-31",
    issued(5, { entries: [{ date: "2022-10-01T00:00:00Z", reason: 10 }] }),
  ],
];

describe("requirements", () => {
  test.each(firstDays)("%s under %s: %s is in force from %s", (rule, profile, cite, day, make) => {
    const first = `${day}T00:00:00Z`;
    const before = plus(first, -1);
    expect(cited(make({ thisUpdate: first, ca: first }), profile, rule)).toContain(cite);
    expect(cited(make({ thisUpdate: before, ca: before }), profile, rule)).not.toContain(cite);
  });

  test.each(lastDays)("%s under %s: %s is in force through %s", (rule, profile, cite, day, make) => {
    const last = `${day}T23:59:59Z`;
    const after = plus(last, 1);
    expect(cited(make({ thisUpdate: last, ca: old }), profile, rule)).toContain(cite);
    expect(cited(make({ thisUpdate: after, ca: old }), profile, rule)).not.toContain(cite);
  });

  test("MRSP 2.8 exempts entries revoked before 2022-10-01", () => {
    const made = (date: string): CrlCase =>
      issued(5, { entries: [{ date, reason: 10 }] })({ thisUpdate: "2023-01-01T00:00:00Z", ca: old });
    expect(cited(made("2022-10-01T00:00:00Z"), "mozilla", "reason/not-permitted")).toContain("mrsp-2.8 6.1.1");
    expect(cited(made("2022-09-30T23:59:59Z"), "mozilla", "reason/not-permitted")).not.toContain("mrsp-2.8 6.1.1");
  });
});

describe("size of the CA's key", () => {
  const severity = (profile: ProfileId, notBefore: string, spki: Uint8Array): readonly string[] => {
    const run = lintCase(ofKey(spki)({ thisUpdate: old, ca: notBefore }), {
      profile,
      select: ["algorithm/ca-key-not-permitted"],
    });
    return run.findings.filter(({ rule }) => rule === "algorithm/ca-key-not-permitted").map((one) => one.severity);
  };

  test.each([
    ["cs-br", "2024-01-01", 4096, []],
    ["cs-br", "2024-01-01", 4088, ["warning"]],
    ["cs-br", "2024-01-01", 2048, ["warning"]],
    ["cs-br", "2024-01-01", 2040, ["error"]],
    ["cs-br", "2022-06-28", 3072, []],
    ["cs-br", "2022-06-28", 2048, ["warning"]],
    ["cs-br", "2022-06-28", 1024, ["error"]],
    ["cs-br", "2021-05-31", 1024, []],
    ["smime-br", "2026-09-14", 2048, []],
    ["smime-br", "2026-09-14", 2040, ["error"]],
    ["smime-br", "2026-09-15", 4096, []],
    ["smime-br", "2026-09-15", 4088, ["error"]],
    ["tls-br", "2024-01-01", 2048, []],
    ["tls-br", "2024-01-01", 2040, ["error"]],
  ] as const)("%s, CA of %s, RSA key of %i bits", (profile, notBefore, bits, expected) => {
    expect(severity(profile, `${notBefore}T00:00:00Z`, rsa(bits))).toEqual(expected);
  });
});

/** Whether a finding on a CRL with these dates cites a requirement. */
function isCited(requirement: Requirement, dates: { readonly thisUpdate: string; readonly ca: string }): boolean {
  const rule = defineRule({
    id: "test/always",
    title: "always",
    requirements: [requirement],
    create(ctx) {
      ctx.report({ at: { start: 0, end: 1 }, path: "" });
    },
    why: "",
    fix: "",
    examples: () => ({ bad: [], good: [] }),
  });
  const { crl, ca } = dated(dates);
  const run = lintCrl({ crl, form: "tbs", issuer: ca ?? [], profile: profileOf(requirement.source), rules: [rule] });
  return run.findings.some((finding) => finding.rule === rule.id);
}

const cases = new Map<string, CrlCase>();

function dated(dates: { readonly thisUpdate: string; readonly ca: string }): CrlCase {
  const { thisUpdate, ca: notBefore } = dates;
  const key = `${thisUpdate} ${notBefore}`;
  const nextUpdate = plus(thisUpdate, 86_400);
  const known =
    cases.get(key) ?? kit.crl({ form: "tbs", ca: kit.caWith({ notBefore }), entries: [], thisUpdate, nextUpdate });
  cases.set(key, known);
  return known;
}

describe("the first and last days of all requirements", () => {
  const days = rules.flatMap(({ id, requirements }) =>
    requirements.flatMap((requirement) => {
      // The rule itself compares the dates of entries.
      if (requirement.datedBy === "revocationDate") return [];
      const { to } = requirement;
      const from = firstDay(requirement);
      const name = `${id}: ${requirement.source} ${requirement.section}`;
      return [
        ...(from === undefined ? [] : [{ name, requirement, inside: `${from}T00:00:00Z`, step: -1 }]),
        ...(to === undefined ? [] : [{ name, requirement, inside: `${to}T23:59:59Z`, step: 1 }]),
      ];
    }),
  );

  test("are more than 300", () => {
    expect(days.length).toBeGreaterThan(300);
  });

  test("apply to the second", () => {
    const wrong = days.flatMap(({ name, requirement, inside, step }) => {
      const datesAt = (time: string) =>
        requirement.datedBy === "caNotBefore"
          ? { thisUpdate: "2026-12-01T00:00:00Z", ca: time }
          : { thisUpdate: time, ca: old };
      const holds = [inside, plus(inside, step)].map((time) => isCited(requirement, datesAt(time)));
      return holds[0] === true && holds[1] === false ? [] : [`${name} ${inside}`];
    });
    expect(wrong).toEqual([]);
  });
});
