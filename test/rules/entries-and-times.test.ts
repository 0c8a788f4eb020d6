import { describe, expect, test } from "vitest";
import { type CrlKnobs, type ExtensionParts, kit } from "../../src/fixture/index.ts";
import type { ProfileId } from "../../src/index.ts";
import { lintCase } from "../support/lint-case.ts";

const entryOrTimeRule = /^(?:time|entry|entry-extension|reason|hold-instruction|invalidity-date)\//u;

/** Returns the findings on entries and times as `severity rule`, with the number of entries. */
function found(profile: ProfileId | readonly ProfileId[], knobs: CrlKnobs): readonly string[] {
  return lintCase(kit.crl(knobs), { profile })
    .findings.filter(({ rule }) => entryOrTimeRule.test(rule))
    .map(({ rule, severity, count }) => `${severity} ${rule}${count === undefined ? "" : ` ${count}`}`)
    .sort();
}

const onlyCa = { uris: ["http://crl.example.com/root.crl"], onlyCa: true };

describe("the severity of a reason depends on the kind of certificate and the date", () => {
  const cases: readonly (readonly [string, ProfileId | readonly ProfileId[], CrlKnobs, readonly string[]])[] = [
    ["unspecified, RFC 5280", "rfc5280", { entries: [{ reason: 0 }] }, ["warning reason/unspecified 1"]],
    ["unspecified, FPKI", "fpki", { entries: [{ reason: 0 }] }, ["warning reason/unspecified 1"]],
    ["unspecified, TLS subscriber", "tls-br", { entries: [{ reason: 0 }] }, ["error reason/unspecified 1"]],
    [
      "unspecified, TLS subscriber, the day before SC-61 and its first day",
      "tls-br",
      {
        ca: kit.caWith({ notBefore: "2020-01-01T00:00:00Z" }),
        entries: [
          { date: "2023-07-14T23:59:59Z", reason: 0 },
          { date: "2023-07-15T00:00:00Z", reason: 0 },
        ],
      },
      ["error reason/unspecified 1", "warning reason/unspecified 1"],
    ],
    [
      "unspecified, scope unknown",
      "tls-br",
      { ca: kit.caWith({ pathLen: null }), entries: [{ reason: 0 }] },
      ["warning reason/unspecified 1"],
    ],
    [
      "unspecified, root",
      "tls-br",
      { ca: kit.root, entries: [{ reason: 0 }] },
      ["warning reason/unspecified-on-ca-entry 1"],
    ],
    [
      "unspecified, root, TLS and S/MIME",
      ["tls-br", "smime-br"],
      { ca: kit.root, entries: [{ reason: 0 }] },
      ["error reason/unspecified-on-ca-entry 1"],
    ],
    [
      "cACompromise, subscriber",
      "tls-br",
      { entries: [{ reason: 2 }] },
      ["error reason/ca-compromise-on-subscriber 1"],
    ],
    [
      "cACompromise, subscriber, RFC 5280",
      "rfc5280",
      { entries: [{ reason: 2 }] },
      ["warning reason/ca-compromise-on-subscriber 1"],
    ],
    ["cACompromise, root", "tls-br", { ca: kit.root, entries: [{ reason: 2 }] }, ["notice reason/not-permitted 1"]],
    ["cACompromise, root, RFC 5280", "rfc5280", { ca: kit.root, entries: [{ reason: 2 }] }, []],
    ["aACompromise, RFC 5280", "rfc5280", { entries: [{ reason: 10 }] }, ["warning reason/aa-compromise 1"]],
    ["aACompromise, TLS", "tls-br", { entries: [{ reason: 10 }] }, ["warning reason/not-permitted 1"]],
    ["aACompromise, Mozilla", "mozilla", { entries: [{ reason: 10 }] }, ["warning reason/not-permitted 1"]],
    [
      "aACompromise, Mozilla, the day before MRSP 2.8 and its first day",
      "mozilla",
      {
        ca: kit.caWith({ notBefore: "2020-01-01T00:00:00Z" }),
        thisUpdate: "2023-06-01T00:00:00Z",
        nextUpdate: "2023-06-08T00:00:00Z",
        entries: [
          { date: "2022-09-30T23:59:59Z", reason: 10 },
          { date: "2022-10-01T00:00:00Z", reason: 10 },
        ],
      },
      ["error reason/not-permitted 1"],
    ],
    [
      "each value that has its own rule, TLS",
      "tls-br",
      { entries: [2, 6, 7, 8, 10, 11, 12].map((reason) => ({ reason })) },
      [
        "error reason/ca-compromise-on-subscriber 1",
        "error reason/certificate-hold 1",
        "error reason/remove-from-crl-in-full 1",
        "error reason/undefined-value 1",
        "error reason/value-7 1",
        "warning reason/not-permitted 1",
        "warning reason/weak-algorithm 1",
      ],
    ],
    [
      "certificateHold, certificates not given, CA for any purpose from before 2020-09-30",
      "tls-br",
      {
        ca: kit.caWith({ notBefore: "2020-09-29T23:59:59Z", eku: null }),
        entries: [
          { date: "2020-09-29T23:59:59Z", reason: 6 },
          { date: "2020-09-30T00:00:00Z", reason: 6 },
        ],
      },
      ["warning reason/certificate-hold 2"],
    ],
    [
      "certificateHold, certificates not given, CA for any purpose from 2020-09-30",
      "tls-br",
      {
        ca: kit.caWith({ notBefore: "2020-09-30T00:00:00Z", eku: null }),
        entries: [
          { date: "2020-09-29T23:59:59Z", reason: 6 },
          { date: "2020-09-30T00:00:00Z", reason: 6 },
        ],
      },
      [
        "error reason/certificate-hold 1",
        "notice entry/revocation-date-before-ca 1",
        "warning reason/certificate-hold 1",
      ],
    ],
    [
      "certificateHold, certificate not given, CA for TLS only from before 2020-09-30",
      "tls-br",
      { ca: kit.caWith({ notBefore: "2020-01-01T00:00:00Z" }), entries: [{ date: "2020-09-29T23:59:59Z", reason: 6 }] },
      ["error reason/certificate-hold 1"],
    ],
    [
      "certificateHold, code signing BR in addition to the TLS BR, certificate not given",
      ["tls-br", "cs-br"],
      {
        ca: kit.caWith({ key: "p256", notBefore: "2020-01-01T00:00:00Z", eku: null }),
        entries: [{ date: "2020-09-29T23:59:59Z", reason: 6 }],
      },
      ["error reason/certificate-hold 1"],
    ],
    ["certificateHold, S/MIME", "smime-br", { entries: [{ reason: 6 }] }, ["notice reason/hold-on-strict-smime 1"]],
    [
      "certificateHold, S/MIME root",
      "smime-br",
      { ca: kit.root, entries: [{ reason: 6 }] },
      ["warning reason/hold-on-ca 1"],
    ],
    [
      "certificateHold, S/MIME, CA certificates only",
      "smime-br",
      { ca: kit.root, idp: onlyCa, entries: [{ reason: 6 }] },
      ["error reason/hold-on-ca 1"],
    ],
    ["no reason, root", "tls-br", { ca: kit.root, entries: [{}] }, ["warning reason/missing-on-ca-entry 1"]],
    [
      "no reason, CA certificates only",
      "tls-br",
      { ca: kit.root, idp: onlyCa, entries: [{}] },
      ["error reason/missing-on-ca-entry 1"],
    ],
    [
      "no reason, CA certificates only, revoked before CCADB Policy 2.0",
      "ccadb",
      { ca: kit.root, idp: onlyCa, entries: [{ date: "2025-07-14T23:59:59Z" }, { date: "2025-07-15T00:00:00Z" }] },
      ["error reason/missing-on-ca-entry 2"],
    ],
    [
      "100 without a reason, TLS subscriber",
      "tls-br",
      { entries: Array.from({ length: 100 }, () => ({})) },
      ["notice reason/missing-on-subscriber-entry"],
    ],
    [
      "100 without a reason, TLS root",
      "tls-br",
      { ca: kit.root, entries: Array.from({ length: 100 }, () => ({})) },
      ["warning reason/missing-on-ca-entry 100"],
    ],
    [
      "removeFromCRL in a delta CRL",
      "tls-br",
      { extra: [kit.extension.deltaCrlIndicator(1)], entries: [{ reason: 8 }] },
      [],
    ],
  ];
  test.each(cases)("%s", (_, profile, knobs, expected) => {
    expect(found(profile, knobs)).toEqual(expected);
  });
});

describe("the maximum validity of a CRL depends on its coverage", () => {
  const unknown = kit.caWith({ pathLen: null });
  const timestamp = kit.caWith({ eku: [kit.oids.timeStamping] });
  const cases: readonly (readonly [string, ProfileId | readonly ProfileId[], CrlKnobs, readonly string[]])[] = [
    [
      "10 days, subscriber",
      "tls-br",
      { nextUpdate: "2026-11-11T00:00:00Z" },
      ["notice time/subscriber-next-update-exactly-10-days"],
    ],
    [
      "864,001 s, subscriber",
      "tls-br",
      { nextUpdate: "2026-11-11T00:00:01Z" },
      ["error time/subscriber-next-update-beyond-10-days"],
    ],
    ["864,001 s, RFC 5280", "rfc5280", { nextUpdate: "2026-11-11T00:00:01Z" }, []],
    [
      "864,001 s, scope unknown",
      "tls-br",
      { ca: unknown, nextUpdate: "2026-11-11T00:00:01Z" },
      ["warning time/next-update-beyond-10-days-scope-unknown"],
    ],
    [
      "12 months, scope unknown",
      "tls-br",
      { ca: unknown, nextUpdate: "2027-11-01T00:00:00Z" },
      ["warning time/next-update-beyond-10-days-scope-unknown"],
    ],
    [
      "12 months and 1 s, scope unknown",
      "tls-br",
      { ca: unknown, nextUpdate: "2027-11-01T00:00:01Z" },
      ["error time/ca-next-update-beyond-12-months"],
    ],
    [
      "12 months, scope both",
      "tls-br",
      { ca: kit.root, entries: [], nextUpdate: "2027-11-01T00:00:00Z", options: { scope: "both" } },
      ["error time/subscriber-next-update-beyond-10-days"],
    ],
    [
      "12 months and 1 s, timestamps, TLS",
      "tls-br",
      { ca: timestamp, nextUpdate: "2027-11-01T00:00:01Z" },
      ["notice time/validity-very-long"],
    ],
    [
      "12 months and 1 s, timestamps, code signing",
      "cs-br",
      { ca: timestamp, nextUpdate: "2027-11-01T00:00:01Z" },
      ["error time/timestamp-next-update-beyond-12-months"],
    ],
    ["last CRL, subscriber, ETSI", "etsi", { nextUpdate: "9999-12-31T23:59:59Z" }, []],
    [
      "last CRL, subscriber, ETSI and TLS",
      ["etsi", "tls-br"],
      { nextUpdate: "9999-12-31T23:59:59Z" },
      ["error time/subscriber-next-update-beyond-10-days"],
    ],
    [
      "13 months, scope unknown, ETSI",
      "etsi",
      { ca: unknown, nextUpdate: "2027-12-01T00:00:00Z" },
      ["warning time/etsi-ca-crl-beyond-1-year"],
    ],
  ];
  test.each(cases)("%s", (_, profile, knobs, expected) => {
    expect(found(profile, knobs)).toEqual(expected);
  });

  test("a finding shows the evidence for the coverage of the CRL", () => {
    const { findings } = lintCase(kit.crl({ nextUpdate: "2026-11-11T00:00:01Z" }));
    expect(findings).toMatchObject([
      {
        message:
          "nextUpdate 2026-11-11T00:00:01Z is 864,001 s (10 days and 1 s) after thisUpdate; the maximum is 864,000 s (10 days)",
        notes: ["scope of the CRL: subscriber certificates (the CA certificate has pathLenConstraint 0)"],
        location: { path: "tbsCertList.nextUpdate" },
      },
    ]);
  });
});

test.each([
  ["2024-02-28T00:00:00Z", "2025-02-27T23:59:59Z", ""],
  [
    "2024-02-28T00:00:00Z",
    "2025-02-28T00:00:00Z",
    "notice: nextUpdate 2025-02-28T00:00:00Z is exactly 12 months after",
  ],
  [
    "2024-02-28T00:00:00Z",
    "2025-02-28T00:00:01Z",
    "error: nextUpdate 2025-02-28T00:00:01Z is more than 12 months after",
  ],
  ["2024-02-29T00:00:00Z", "2025-02-27T23:59:59Z", ""],
  ["2024-02-29T00:00:00Z", "2025-02-28T00:00:00Z", "notice: nextUpdate 2025-02-28T00:00:00Z may be more than"],
  ["2024-02-29T00:00:00Z", "2025-02-28T00:00:01Z", "notice: nextUpdate 2025-02-28T00:00:01Z may be more than"],
  ["2024-02-29T00:00:00Z", "2025-02-28T23:59:59Z", "notice: nextUpdate 2025-02-28T23:59:59Z may be more than"],
  ["2024-02-29T00:00:00Z", "2025-03-01T00:00:00Z", "notice: nextUpdate 2025-03-01T00:00:00Z may be more than"],
  [
    "2024-02-29T00:00:00Z",
    "2025-03-01T00:00:01Z",
    "error: nextUpdate 2025-03-01T00:00:01Z is more than 12 months after",
  ],
])("the CRL of a root from %s to %s: %s", (thisUpdate, nextUpdate, expected) => {
  const { findings } = lintCase(kit.crl({ ca: kit.root, entries: [], thisUpdate, nextUpdate }), { profile: "tls-br" });
  expect(findings.map(({ severity, message }) => `${severity}: ${message}`)).toEqual(
    expected === "" ? [] : [expect.stringMatching(`^${expected}`)],
  );
  // 12 months from 29 February end on one of two days.
  const help = findings.map((finding) => finding.help).join();
  expect(help.includes("earlier than 2025-02-28T00:00:00Z")).toBe(expected.includes("may be"));
});

describe("dates outside the validity of the CA certificate", () => {
  test.each<readonly [string, CrlKnobs, readonly string[]]>([
    [
      "thisUpdate a day before notBefore",
      { ca: kit.caWith({ notBefore: "2026-11-02T00:00:00Z" }), entries: [] },
      ["notice time/this-update-before-ca-not-before"],
    ],
    [
      "thisUpdate a day and a second before notBefore",
      { ca: kit.caWith({ notBefore: "2026-11-02T00:00:01Z" }), entries: [] },
      ["notice time/this-update-before-ca-not-before"],
    ],
    [
      "thisUpdate after notAfter",
      { ca: kit.caWith({ notAfter: "2026-10-31T23:59:59Z" }) },
      ["error time/this-update-after-ca-not-after"],
    ],
    [
      "thisUpdate after notAfter of a root",
      { ca: kit.caWith({ parent: "self", notAfter: "2026-10-31T23:59:59Z" }), entries: [] },
      ["warning time/this-update-after-ca-not-after"],
    ],
  ])("%s", (_, knobs, expected) => {
    expect(found("rfc5280", knobs)).toEqual(expected);
  });

  test("a CRL that is linted before signing may have a thisUpdate in the future", () => {
    const ahead = { now: "2026-10-01T00:00:00Z" };
    expect(found("rfc5280", ahead)).toEqual(["warning time/this-update-in-future"]);
    expect(found("rfc5280", { ...ahead, form: "tbs" })).toEqual([]);
    expect(found("rfc5280", { ...ahead, options: { signature: "ignore" } })).not.toContain(
      "warning time/this-update-in-future",
    );
  });

  test.each([
    ["2026-10-31T23:54:59Z", "301 s (5 min and 1 s)", undefined],
    ["2026-10-31T23:05:01Z", "3,299 s (54 min and 59 s)", undefined],
    ["2026-10-31T23:05:00Z", "3,300 s (55 min)", "1 hour"],
    ["2026-10-31T23:00:00Z", "3,600 s (1 hour)", "1 hour"],
    ["2026-10-31T22:55:00Z", "3,900 s (1 hour and 5 min)", "1 hour"],
    ["2026-10-31T22:54:59Z", "3,901 s (1 hour, 5 min and 1 s)", undefined],
    ["2026-10-31T18:30:00Z", "19,800 s (5 hours and 30 min)", undefined],
    ["2026-10-31T10:00:00Z", "50,400 s (14 hours)", "14 hours"],
    ["2026-10-31T09:00:00Z", "54,000 s (15 hours)", undefined],
    ["2026-10-30T00:00:00Z", "172,800 s (2 days)", undefined],
  ])("thisUpdate in the future as of %s: %s later, UTC offset %s suggested", (now, ahead, offset) => {
    const capped = "severity capped: the CRL may be intended for later; --url states that it is published";
    const note = offset === undefined ? [] : [`an offset of ${offset} suggests local time written as UTC`];
    const message = `thisUpdate 2026-11-01T00:00:00Z is in the future as of ${now}: ${ahead} later`;
    const made = kit.crl({ now });
    expect(lintCase(made).findings).toMatchObject([{ severity: "warning", message, notes: [...note, capped] }]);
    for (const live of [{ url: "http://crl.example.com/ca.crl" }, { transport: kit.transport() }]) {
      const { findings } = lintCase(made, live);
      expect(findings).toMatchObject([{ severity: "error", message, notes: note }]);
    }
  });

  test.each([
    ["2026-11-06T23:59:59Z", "24h", undefined],
    ["2026-11-07T00:00:00Z", "24h", "86,399 s (23 hours, 59 min and 59 s) later than 2026-11-07T00:00:00Z"],
    ["2026-11-07T23:59:59Z", "1s", "0 s later than 2026-11-07T23:59:59Z"],
  ])("as of %s, with --valid-for %s", (now, validFor, expected) => {
    const { findings } = lintCase(kit.crl({ now, options: { validFor } }));
    const messages = findings.map(({ rule, severity, message }) => `${severity} ${rule}: ${message}`);
    const words = validFor === "1s" ? "1 s" : "86,400 s (1 day)";
    expect(messages).toEqual(
      expected === undefined
        ? []
        : [
            `error time/not-valid-for: nextUpdate 2026-11-07T23:59:59Z is ${expected}; the CRL must be valid for at least ${words} (--valid-for)`,
          ],
    );
  });

  test("a nextUpdate that is missing or cannot be read is an error with --valid-for only", () => {
    const notUtc = (der: Uint8Array): Uint8Array => {
      const copy = Uint8Array.from(der);
      copy[Buffer.from(der).indexOf("261107235959Z") + 2] = 0x39;
      return copy;
    };
    for (const knobs of [{ nextUpdate: null }, { patch: notUtc }]) {
      const made = kit.crl({ ...knobs, now: "2026-11-02T00:00:00Z" });
      const rules = (options: object) => lintCase(made, options).findings.map(({ rule }) => rule);
      expect(rules({})).not.toContain("time/not-valid-for");
      expect(rules({ validFor: "1s" })).toContain("time/not-valid-for");
    }
  });

  test("as of its own thisUpdate, no CRL has expired or is in the future", () => {
    const made = kit.crl({ thisUpdate: "2020-01-01T00:00:00Z", nextUpdate: "2020-01-02T00:00:00Z", entries: [] });
    const found = (validFor: string) =>
      lintCase(made, { profile: "rfc5280", select: ["time"], now: "thisUpdate", validFor }).findings.filter(
        ({ rule }) => /expired|future|valid-for/u.test(rule),
      );
    expect(found("24h")).toEqual([]);
    expect(found("24h1s")).toMatchObject([{ rule: "time/not-valid-for" }]);
  });

  test("rules about age are skipped without a time to lint as of", () => {
    const { rules } = lintCase(kit.crl());
    const skipped = rules.filter(({ rule }) => rule === "time/expired" || rule === "time/this-update-in-future");
    expect(skipped.map(({ status }) => status)).toEqual(["skipped", "skipped"]);
  });
});

describe("entry/serial-listed-twice", () => {
  test("distinguishes contradictory from identical entries, and names the first entry", () => {
    const run = lintCase(
      kit.crl({
        entries: [
          { serial: 9, reason: 1 },
          { serial: 8 },
          { serial: 9, reason: 1 },
          { serial: 9, reason: 4 },
          { serial: 8, date: "2026-06-02T00:00:00Z" },
        ],
      }),
    );
    expect(run.findings).toMatchObject([
      {
        severity: "warning",
        count: 1,
        entries: [{ serial: "09" }],
        related: [{ path: "tbsCertList.revokedCertificates[0]" }],
      },
      {
        severity: "error",
        count: 2,
        entries: [{ path: "tbsCertList.revokedCertificates[3]" }, { path: "tbsCertList.revokedCertificates[4]" }],
        notes: [
          "the first of these entries has 2026-06-01T12:00:00Z, superseded (4); the earlier entry has 2026-06-01T12:00:00Z, keyCompromise (1)",
        ],
      },
    ]);
  });

  test("20,000 equal serials are one finding per severity, with the first 20 entries", () => {
    const entries = Array.from({ length: 20_000 }, (_, i) => ({ serial: 5, reason: i % 2 === 0 ? 1 : 4 }));
    const run = lintCase(kit.crl({ entries, form: "tbs" }));
    expect(run.findings.map(({ severity, count, entries: kept }) => [severity, count, kept?.length])).toEqual([
      ["error", 10_000, 20],
      ["warning", 9999, 20],
    ]);
  });
});

function withExtensions(...extensions: readonly ExtensionParts[]): CrlKnobs {
  return { entries: [{ reason: 6, extensions }] };
}

function holdInstruction(oid: string, critical = false): ExtensionParts {
  return kit.extension.extension(kit.oids.holdInstructionCode, kit.der.oid(oid), critical);
}

describe("entry extensions", () => {
  test.each<readonly [string, CrlKnobs, readonly string[]]>([
    [
      "hold instruction none",
      withExtensions(holdInstruction("1.2.840.10040.2.1")),
      ["warning hold-instruction/none 1"],
    ],
    ["hold instruction", withExtensions(holdInstruction("1.2.840.10040.2.2")), ["warning hold-instruction/obsolete 1"]],
    [
      "hold instruction, critical",
      withExtensions(holdInstruction("1.2.840.10040.2.1", true)),
      ["error hold-instruction/obsolete 1"],
    ],
    [
      "hold instruction without certificateHold",
      { entries: [{ reason: 1, extensions: [holdInstruction("1.2.840.10040.2.3")] }] },
      ["warning hold-instruction/without-hold 1"],
    ],
    [
      "extensions of CRLs, one of them critical",
      withExtensions(kit.extension.crlNumber(1), kit.extension.deltaCrlIndicator(1)),
      ["error entry-extension/unknown-critical 1", "warning entry-extension/belongs-to-crl 1"],
    ],
  ])("%s", (_, knobs, expected) => {
    expect(found("rfc5280", knobs)).toEqual(expected);
  });

  test("extensions that are not recommended are counted by OID", () => {
    const other = kit.extension.extension("1.3.6.1.4.1.99999.1", kit.der.nul());
    const date = kit.extension.invalidityDate("2026-05-01T00:00:00Z");
    const entries = [{ reason: 1, extensions: [date] }, { reason: 1, extensions: [date, other] }, { reason: 1 }];
    const run = lintCase(kit.crl({ entries }));
    expect(run.findings.map(({ message }) => message)).toEqual([
      "2 entries with invalidityDate (2.5.29.24), which is not recommended",
      "1 entry with 1.3.6.1.4.1.99999.1, which is not recommended",
    ]);
  });
});
