import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readCrl } from "../../src/crl/read.ts";
import { compareIntegers } from "../../src/der/integer.ts";
import { type CrlKnobs, kit } from "../../src/fixture/index.ts";
import { type LintCrlOptions, type Run, rules } from "../../src/index.ts";
import { OtherCrl } from "../../src/given/other-crl.ts";
import { countSteps } from "../../src/checks/interval.ts";
import { lintCase, outcome, messagesOf, failedRules } from "../support/lint-case.ts";

/** Lints the default CRL with some knobs changed, and compares it with a previous CRL. */
function compare(previous: CrlKnobs, knobs: CrlKnobs = {}, options: Partial<LintCrlOptions> = {}): Run {
  return lintCase(kit.crl({ ...knobs, previous: kit.earlierCrl(previous) }), { profile: "rfc5280", ...options });
}

const number = "sequence/number-not-increasing";
const removed = "sequence/entry-removed-early";

describe("comparison with the previous CRL", () => {
  const cases: readonly [string, CrlKnobs, CrlKnobs, string, readonly string[]][] = [
    [
      "of another issuer",
      { ca: kit.otherCa },
      { issuerCertificate: null },
      "has another issuer",
      ["sequence/issuer-or-aki-changed"],
    ],
    ["from another CA", { ca: kit.otherCa }, {}, "is not signed with the CA's key", ["sequence/other-ca"]],
    [
      "damaged",
      { signatureValue: new Uint8Array(256).fill(1, 8) },
      {},
      "is not signed with the CA's key",
      ["sequence/other-ca"],
    ],
    [
      "of another key",
      { ca: kit.caWith({ key: "rsa2048c" }) },
      {},
      "is signed with another key",
      ["sequence/issuer-or-aki-changed"],
    ],
    [
      "of another scope",
      { idp: { onlyCa: true }, entries: [] },
      { idp: { onlyUser: true } },
      "has another issuingDistributionPoint",
      ["sequence/idp-changed"],
    ],
    [
      "of another stream",
      { extra: [kit.extension.extension("2.5.29.40", kit.der.int(1))] },
      {},
      "has another cRLStreamIdentifier",
      ["sequence/idp-changed"],
    ],
    ["a delta CRL", { extra: [kit.extension.deltaCrlIndicator(4700)] }, {}, "is a delta CRL", []],
    [
      "not a delta CRL",
      {},
      { extra: [kit.extension.deltaCrlIndicator(4700)] },
      "is not a delta CRL",
      ["delta/instead-of-complete"],
    ],
    [
      "of the same number and time",
      { thisUpdate: "2026-11-01T00:00:00Z", crlNumber: 4711 },
      {},
      "has the same cRLNumber and thisUpdate",
      ["sequence/same-number-different-content"],
    ],
  ];

  test.each(cases)(
    "a previous CRL that is %s has at most one finding, and is not compared",
    (_, previous, knobs, why, found) => {
      // Entries, numbers and times that would cause findings if they were compared.
      const run = compare({ entries: [{ serial: 99 }], nextUpdate: "2026-12-01T00:00:00Z", ...previous }, knobs);
      expect(failedRules(run)).toEqual(found);
      expect(outcome(run, number)).toBe(`skipped: the previous CRL given ${why}`);
      const entries = run.rules.find(({ rule }) => rule === removed);
      expect(entries?.status).toMatch(/^(?:skipped|not-applicable)$/u);
    },
  );

  /** Lints a CRL with a lower number than the previous one, and without its entry. Returns the findings. */
  function lintContinued(previous: CrlKnobs, knobs: CrlKnobs) {
    const entries = [{ serial: 99, reason: 1, date: "2026-05-01T00:00:00Z" }];
    const run = lintCase(
      kit.crl({ crlNumber: 4700, entries: [], ...knobs, previous: kit.earlierCrl({ entries, ...previous }) }),
      { profile: "rfc5280", select: ["sequence"] },
    );
    return run.findings.map(({ rule, severity }) => `${severity} ${rule}`).sort();
  }

  const one = "http://crl.example.com/1.crl";
  const two = "http://crl.example.com/2.crl";
  const continuedFindings = ["error sequence/number-not-increasing", "warning sequence/entry-removed-early"];

  test.each<readonly [string, CrlKnobs, CrlKnobs, readonly string[]]>([
    [
      "a URI was added",
      { idp: { uris: [one] } },
      { idp: { uris: [one, two] } },
      ["error sequence/number-not-increasing", "notice sequence/idp-changed", "warning sequence/entry-removed-early"],
    ],
    [
      "the issuingDistributionPoint was added",
      {},
      { idp: { uris: [one], onlyUser: true } },
      ["error sequence/number-not-increasing", "notice sequence/idp-changed", "warning sequence/entry-removed-early"],
    ],
    [
      "the URI was replaced (it may be another partition)",
      { idp: { uris: [one] } },
      { idp: { uris: [two] } },
      [
        "warning sequence/entry-removed-early",
        "warning sequence/idp-changed",
        "warning sequence/number-not-increasing",
      ],
    ],
    [
      "the wrong issuer was fixed",
      { issuer: kit.root.subject },
      {},
      [...continuedFindings, "notice sequence/issuer-or-aki-changed"].sort(),
    ],
    [
      "the CA has a new key, and the URI stayed",
      { ca: kit.caWith({ key: "rsa2048c" }), idp: { uris: [one] } },
      { idp: { uris: [one] } },
      [...continuedFindings, "notice sequence/issuer-or-aki-changed"].sort(),
    ],
  ])("the series continues although %s", (_, previous, knobs, found) => {
    expect(lintContinued(previous, knobs)).toEqual(found);
  });

  test("a changed issuingDistributionPoint is shown with both lists of URIs", () => {
    const run = lintCase(kit.crl({ idp: { uris: [two] }, previous: kit.earlierCrl({ idp: { uris: [one] } }) }), {
      profile: "rfc5280",
      select: ["sequence/idp-changed"],
    });
    expect(run.findings[0]?.notes).toEqual([
      `URIs before: ${one}; now: ${two}`,
      "no name is in both: certificates that were issued earlier lead to the other CRL",
    ]);
  });

  test("without a previous CRL, all comparisons are skipped with a reason", () => {
    const run = lintCase(kit.crl(), { profile: ["tls-br", "etsi", "fpki", "icao"], select: ["sequence"] });
    expect(run.findings).toEqual([]);
    expect(run.rules).toHaveLength(rules.filter(({ id }) => id.startsWith("sequence/")).length);
    for (const { rule } of run.rules) expect(outcome(run, rule)).toBe("skipped: --previous not given");
  });

  test.each(["crl", "tbs"] as const)("the same file twice has one notice and no other finding: %s", (form) => {
    const run = lintCase(kit.crl({ form, previous: kit.crl().crl }), { profile: "etsi" });
    expect(run.findings.map(({ rule, severity }) => [rule, severity])).toEqual([["sequence/same-crl", "notice"]]);
    expect(outcome(run, number)).toBe("skipped: the previous CRL given is this CRL itself");
  });

  test("swapped files are reported as swapped", () => {
    const [newer, older] = [kit.crl().crl, kit.earlierCrl({ entries: [{ serial: 99 }] })];
    const run = lintCase({ crl: older, ca: kit.ca.certificate, previous: newer }, { profile: "rfc5280" });
    // A CA that restores a backup issues such a CRL: number and entries are also compared, intervals are not.
    expect(run.findings.map(({ severity, message }) => `${severity}: ${message}`)).toEqual([
      "error: thisUpdate 2026-10-31T00:00:00Z is earlier than that of the previous CRL, 2026-11-01T00:00:00Z: the previous CRL given is the newer one",
      "warning: 3 entries of the previous CRL were removed, and their certificates were not given",
      "error: cRLNumber 4710 is lower than that of the previous CRL, 4711",
    ]);
    expect(outcome(run, "sequence/next-update-decreased")).toBe(
      "skipped: the previous CRL given has the later thisUpdate",
    );
  });

  test("a fetched CRL that is older than the previous one has no other finding", () => {
    const [newer, older] = [kit.crl().crl, kit.earlierCrl({ entries: [{ serial: 99 }] })];
    const run = lintCase(
      { crl: older, ca: kit.ca.certificate, previous: newer, options: { transport: kit.transport() } },
      { profile: "rfc5280", select: ["sequence", "transport/older-than-known"] },
    );
    expect(failedRules(run)).toEqual(["transport/older-than-known"]);
    expect(outcome(run, number)).toBe("skipped: the previous CRL given has the later thisUpdate");
  });

  test("a CA certificate renewed with the same key continues the series, and a new key identifier is reported", () => {
    const renewed = kit.caWith({ ski: new Uint8Array(20).fill(7) });
    const run = compare({ ca: renewed, crlNumber: 4711 });
    expect(failedRules(run)).toEqual(["sequence/issuer-or-aki-changed", number]);
    expect(run.findings.find(({ rule }) => rule !== number)?.notes).toEqual([
      "one key signed both CRLs: only its identifier is new",
    ]);
  });

  test("a CRL that its CA did not sign is not compared with the previous one", () => {
    const run = compare({}, { signingKey: "rsa2048c" });
    expect(failedRules(run)).toEqual(["signature/invalid"]);
  });

  test("a CRL that is linted before signing is compared like a signed one", () => {
    const run = compare({ crlNumber: 4711, entries: [{ serial: 99 }] }, { form: "tbs" });
    expect(failedRules(run)).toEqual([removed, number, "sequence/revocation-date-before-earlier-crl"]);
    const fine = compare({}, { form: "tbs" });
    expect(fine.findings).toEqual([]);
  });

  test("if the CRL is signed with a test key, the previous CRL is still verified with the CA's key", () => {
    const knobs: CrlKnobs = { signingKey: "rsa2048c" };
    expect(failedRules(compare({}, knobs, { signature: "ignore" }))).toEqual([]);
    expect(failedRules(compare({ signingKey: "rsa2048c" }, knobs, { signature: "ignore" }))).toEqual([
      "sequence/other-ca",
    ]);
  });

  test.each(["previous", "current"])(
    "entries after a malformed length are not reported as removed: %s CRL",
    (which) => {
      const entry = kit.der.seq(kit.der.int(5), kit.der.utcTime("261001000000Z"));
      const broken = { revokedCertificates: kit.der.seq(entry, Uint8Array.of(0x30, 0x7f, 0x02)) };
      const whole = { entries: [{ serial: 6 }, { serial: 7 }] };
      const run = which === "previous" ? compare(broken, whole) : compare(whole, broken);
      expect(outcome(run, removed)).toBe("skipped: entries after a malformed length or a limit cannot be read");
      expect(failedRules(run).filter((rule) => rule.startsWith("sequence/"))).toEqual([]);
    },
  );
});

describe("cRLNumber", () => {
  test("compareIntegers orders INTEGER contents by value", () => {
    const contents = fc.uint8Array({ minLength: 1, maxLength: 24 });
    const value = (bytes: Uint8Array): bigint =>
      BigInt.asIntN(bytes.length * 8, BigInt(`0x${Buffer.from(bytes).toString("hex")}`));
    const compareByValue = (a: Uint8Array, b: Uint8Array): void => {
      const [x, y] = [value(a), value(b)];
      expect(Math.sign(compareIntegers(a, b))).toBe(x < y ? -1 : x > y ? 1 : 0);
    };
    fc.assert(fc.property(contents, contents, compareByValue));
    // Close values, with unnecessary leading bytes.
    fc.assert(
      fc.property(contents, fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 255 }), (a, pad, last) => {
        const sign = (a[0] ?? 0) >= 0x80 ? 0xff : 0x00;
        const b = Uint8Array.from([...Array.from({ length: pad }, () => sign), ...a]);
        expect(compareIntegers(a, b)).toBe(0);
        b[b.length - 1] = last;
        compareByValue(a, b);
      }),
    );
  });

  const steps = (from: CrlKnobs["crlNumber"], to: CrlKnobs["crlNumber"]): number | undefined => {
    const current = readCrl(kit.crl({ crlNumber: to ?? null }).crl);
    const crl = readCrl(kit.earlierCrl({ crlNumber: from ?? null }));
    const artefact = { name: "previous", bytes: crl.source.bytes };
    const other = new OtherCrl(current, { crl, artefact }, () => ({ verdict: "not-checked", why: "" }));
    return countSteps(other, current);
  };

  test.each([
    [4710, 4711, 1],
    [4700, 4711, 11],
    [4711, 4711, undefined],
    [4712, 4711, undefined],
    [null, 4711, undefined],
    [4711, null, undefined],
    [2n ** 158n - 1n, 2n ** 158n, 1],
    [1, 2n ** 200n, undefined],
  ] as const)("the maximum number of CRLs from cRLNumber %s to %s is %s", (from, to, expected) => {
    expect(steps(from, to)).toBe(expected);
  });

  test("a repeated number and a lower number each cite the sentences that they violate", () => {
    const quotes = (previous: CrlKnobs): readonly (string | undefined)[] =>
      compare(previous).findings.flatMap(({ cites }) => cites.map(({ quote }) => quote?.slice(0, 14)));
    expect(quotes({ crlNumber: 4711 })).toEqual(["a monotonicall", "if the this up"]);
    expect(quotes({ crlNumber: 4712 })).toEqual(["a monotonicall"]);
  });
});

describe("intervals", () => {
  const late = (previous: CrlKnobs, profile: LintCrlOptions["profile"] = "tls-br"): Run =>
    compare({ nextUpdate: "2026-11-03T00:00:00Z", ...previous }, {}, profile === undefined ? {} : { profile });
  const week = "sequence/interval-beyond-7-days";

  test("numbers decide whether a long interval is an error: a gap allows for CRLs in between", () => {
    expect(messagesOf(late({ thisUpdate: "2026-10-24T23:59:59Z" }), week)).toEqual([
      "error: thisUpdate 2026-11-01T00:00:00Z is 604,801 s (7 days and 1 s) after that of the previous CRL; the maximum is 604,800 s (7 days)",
    ]);
    expect(messagesOf(late({ thisUpdate: "2026-10-24T23:59:59Z", crlNumber: 4709 }), week)).toEqual([]);
    expect(messagesOf(late({ thisUpdate: "2026-10-17T23:59:59Z", crlNumber: 4709 }), week)).toEqual([
      "error: thisUpdate 2026-11-01T00:00:00Z is 1,209,601 s (14 days and 1 s) after that of the previous CRL; with at most 1 CRL between the two, one came later than 604,800 s (7 days) after its predecessor",
    ]);
    expect(messagesOf(late({ thisUpdate: "2026-10-24T23:59:59Z", crlNumber: null }), week)[0]).toMatch(/^warning:/u);
  });

  test.each(["smime-br", "cs-br", "mozilla"] as const)("7 days also apply under %s", (profile) => {
    expect(messagesOf(late({ thisUpdate: "2026-10-24T23:59:59Z" }, profile), week)).toHaveLength(1);
  });

  test("4 days apply only under the TLS Baseline Requirements", () => {
    const knobs: CrlKnobs = { certificates: [kit.certificate()] };
    const run = compare({ thisUpdate: "2026-10-27T23:59:59Z" }, knobs, { profile: ["mozilla"], select: ["sequence"] });
    expect(run.findings.map(({ cites }) => cites.map(({ source }) => source))).toEqual([["tls-br"]]);
    const others = compare({ thisUpdate: "2026-10-27T23:59:59Z" }, knobs, {
      profile: "smime-br",
      select: ["sequence"],
    });
    expect(others.findings).toEqual([]);
  });

  test("numbers that are encoded times do not increase the maximum number of CRLs", () => {
    const root = { ca: kit.root, entries: [] } as const;
    const run = compare(
      { ...root, thisUpdate: "2020-11-01T00:00:00Z", crlNumber: 20201101000000 },
      { ...root, crlNumber: 20261101000000 },
      { profile: "tls-br", select: ["sequence"] },
    );
    expect(run.findings).toEqual([]);
  });
});

describe("removed entries", () => {
  const two: CrlKnobs = {
    entries: [
      { serial: 1001, reason: 1 },
      { serial: 1002, reason: 4 },
    ],
  };
  const one: CrlKnobs = { entries: [{ serial: 1001, reason: 1 }] };

  test("are located at their position in the previous CRL", () => {
    const [finding] = compare(two, one).findings;
    expect(finding).toMatchObject({
      rule: removed,
      severity: "warning",
      message: "1 entry of the previous CRL was removed, and its certificate was not given",
      location: { file: "previous", path: "tbsCertList.revokedCertificates[1]", serial: "03:ea" },
      count: 1,
    });
    const crl = kit.earlierCrl(two);
    const { offset = 0, length = 0 } = finding?.location ?? {};
    expect([...crl.subarray(offset, offset + 6)]).toEqual([0x30, length - 2, 0x02, 0x02, 0x03, 0xea]);
  });

  test("are an error only with a certificate that proves it, and entries on hold are reported separately", () => {
    const entries = [1, 2, 3, 4].map((serial) => ({ serial, reason: serial === 4 ? 6 : 1 }));
    const run = compare(
      { entries },
      { ...one, certificates: [kit.certificate({ serial: 2 }), kit.certificate({ serial: 4 })] },
    );
    expect(messagesOf(run, removed)).toEqual([
      "warning: 2 entries of the previous CRL were removed, and their certificates were not given",
      "error: 1 entry of the previous CRL was removed too early: notAfter of its certificate is 2026-11-30T23:59:59Z, and the entry must stay until a CRL that is issued later has listed it",
    ]);
    expect(messagesOf(run, "sequence/hold-released")).toEqual([
      "notice: 1 entry with certificateHold (6) in the previous CRL was removed: released or expired",
    ]);
  });

  const cited = (notAfter: string, profile: NonNullable<LintCrlOptions["profile"]>): readonly string[] => {
    const run = compare(two, { ...one, certificates: [kit.certificate({ serial: 1002, notAfter })] }, { profile });
    return run.findings
      .filter(({ rule }) => rule === removed)
      .flatMap(({ cites }) => cites.map(({ source, section }) => `${source} ${section}`));
  };

  // thisUpdate of the previous CRL is 2026-10-31T00:00:00Z, of the new one 2026-11-01T00:00:00Z.
  test.each([
    ["2026-11-01T00:00:00Z", "tls-br", ["rfc5280 3.3", "tls-br 7.2", "tls-br 4.10.1"]],
    ["2026-10-31T23:59:59Z", "tls-br", ["rfc5280 3.3", "tls-br 7.2"]],
    ["2026-10-31T00:00:00Z", "tls-br", ["rfc5280 3.3", "tls-br 7.2"]],
    ["2026-10-30T23:59:59Z", "tls-br", []],
    ["2026-11-01T00:00:00Z", "smime-br", ["rfc5280 3.3", "smime-br 4.10.1", "smime-br 4.9.13"]],
    ["2026-10-31T23:59:59Z", "etsi", ["rfc5280 3.3"]],
    ["2026-10-30T23:59:59Z", "cs-br", ["cs-br 7.2"]],
  ] as const)("notAfter %s under %s violates %j", (notAfter, profile, expected) => {
    expect(cited(notAfter, profile)).toEqual(expected);
  });

  test("a code signing certificate for lifetime signing may be removed immediately", () => {
    const leaf = { serial: 1002, notAfter: "2026-10-30T00:00:00Z" };
    const eku = ["1.3.6.1.5.5.7.3.3", "1.3.6.1.4.1.311.10.3.13"];
    const run = compare(two, { ...one, certificates: [kit.certificate({ ...leaf, eku })] }, { profile: "cs-br" });
    expect(messagesOf(run, removed)).toEqual([]);
  });

  test.each([
    ["2026-10-28T00:00:00Z", "2026-11-03T23:59:59Z", 0],
    ["2026-10-28T00:00:00Z", "2026-11-04T00:00:00Z", 1],
  ])("short-lived certificates need not be listed under the TLS BR: %s to %s", (notBefore, notAfter, count) => {
    const certificates = [kit.certificate({ serial: 1002, notBefore, notAfter })];
    const run = compare(two, { ...one, certificates }, { profile: "tls-br" });
    expect(messagesOf(run, removed)).toHaveLength(count);
  });

  test.each<readonly [string, NonNullable<LintCrlOptions["profile"]>, readonly string[], readonly string[]]>([
    ["TLS", "tls-br", [kit.oids.serverAuth], []],
    ["TLS", "mozilla", [kit.oids.serverAuth], []],
    ["TLS", ["tls-br", "etsi"], [kit.oids.serverAuth], ["etsi 6.3.9 REV-6.3.9-04", "etsi 6.3.10 CSS-6.3.10-04"]],
    ["TLS", ["smime-br", "tls-br"], [kit.oids.serverAuth], ["smime-br 4.10.1", "smime-br 4.9.13"]],
    ["TLS", ["cs-br", "tls-br"], [kit.oids.serverAuth], ["cs-br 7.2"]],
    ["TLS", "rfc5280", [kit.oids.serverAuth], ["rfc5280 3.3"]],
    ["S/MIME", "tls-br", [kit.oids.emailProtection], ["rfc5280 3.3", "tls-br 7.2", "tls-br 4.10.1"]],
    ["S/MIME", "smime-br", [kit.oids.emailProtection], ["rfc5280 3.3", "smime-br 4.10.1", "smime-br 4.9.13"]],
  ])("the entry of a short-lived %s certificate under %j with %j violates %j", (_, profile, eku, expected) => {
    const leaf = { serial: 1002, notBefore: "2026-10-28T00:00:00Z", notAfter: "2026-11-03T23:59:59Z", eku };
    const run = compare(two, { ...one, certificates: [kit.certificate(leaf)] }, { profile });
    const found = run.findings.filter(({ rule }) => rule === removed);
    expect(found.map(({ severity }) => severity)).toEqual(expected.length === 0 ? [] : ["error"]);
    const cites = found.flatMap((finding) => finding.cites.map(({ source, section }) => `${source} ${section}`));
    expect(cites).toEqual(expected);
  });

  test("most entries removed: one finding for entries without certificate, those with certificate are still reported", () => {
    const entries = Array.from({ length: 20 }, (_, i) => ({ serial: 1001 + i, reason: 1 }));
    const run = compare(
      { entries },
      { entries: entries.slice(0, 8), certificates: [kit.certificate({ serial: 1020 })] },
    );
    expect(messagesOf(run, removed)).toHaveLength(1);
    expect(messagesOf(run, removed)[0]).toMatch(/^error: 1 entry/u);
    expect(messagesOf(run, "sequence/many-entries-removed")).toEqual([
      "warning: 11 entries of the previous CRL were removed, more than half: it has 20, this CRL has 8",
    ]);
  });
});

describe("changed entries", () => {
  const entry = (reason: number | undefined, date = "2026-06-01T12:00:00Z"): CrlKnobs => ({
    entries: [{ serial: 1001, date, ...(reason === undefined ? {} : { reason }) }],
  });

  test.each([
    [4, 3, ["notice"]],
    [4, 1, []],
    [1, 4, ["warning"]],
    [1, undefined, ["warning"]],
    [4, 6, ["warning"]],
    [6, 4, []],
    [undefined, 4, []],
    [undefined, 0, []],
    [4, undefined, ["notice"]],
  ] as const)("a reason changed from %s to %s: %j", (before, now, expected) => {
    const run = compare(entry(before), entry(now), { select: ["sequence"] });
    expect(run.findings.map(({ severity }) => severity)).toEqual(expected);
  });

  test.each([
    [1, "2026-06-01T12:00:01Z", ["warning"]],
    [1, "2026-06-01T11:59:59Z", ["notice"]],
    [4, "2026-06-01T11:59:59Z", ["warning"]],
    [1, "2026-06-01T12:00:00Z", []],
  ] as const)("a date changed for reason %s to %s: %j", (reason, date, expected) => {
    const run = compare(entry(reason), entry(reason, date), { select: ["sequence"] });
    expect(run.findings.map(({ severity }) => severity)).toEqual(expected);
  });

  test("a backdated new entry is a notice if the Baseline Requirements allow it", () => {
    const severityUnder = (profile: NonNullable<LintCrlOptions["profile"]>): readonly string[] =>
      messagesOf(compare({ entries: [] }, entry(1), { profile }), "sequence/revocation-date-before-earlier-crl").map(
        (text) => text.slice(0, text.indexOf(":")),
      );
    expect(severityUnder("rfc5280")).toEqual(["warning"]);
    expect(severityUnder("tls-br")).toEqual(["notice"]);
    expect(severityUnder("cs-br")).toEqual(["notice"]);
  });
});
