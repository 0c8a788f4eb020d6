import { describe, expect, test } from "vitest";
import { type CrlKnobs, kit } from "../../src/fixture/index.ts";
import type { LintCrlOptions, Run } from "../../src/index.ts";
import { lintCase, outcome, messagesOf, failedRules } from "../support/lint-case.ts";

describe("delta CRL and base CRL", () => {
  const delta = (base: CrlKnobs, knobs: CrlKnobs = {}): Run =>
    lintCase(kit.crl({ extra: [kit.extension.deltaCrlIndicator(4710)], ...knobs, base: kit.earlierCrl(base) }), {
      profile: "rfc5280",
    });

  test.each([
    [
      "itself a delta CRL",
      { extra: [kit.extension.deltaCrlIndicator(4000)] },
      "is a delta CRL itself",
      "base-is-delta",
    ],
    ["of another issuer", { ca: kit.otherCa }, "has another issuer", "issuer-differs"],
    ["of another scope", { idp: { onlyUser: true } }, "has another scope", "idp-differs"],
    [
      "newer than the delta CRL",
      { thisUpdate: "2026-11-01T00:00:01Z" },
      "has the later thisUpdate",
      "this-update-before-base",
    ],
    [
      "older than BaseCRLNumber",
      { crlNumber: 4709 },
      "is older than what the delta CRL starts from",
      "base-number-not-found",
    ],
  ] as const)("a base CRL that is %s has one finding, and is not combined", (_, base, why, rule) => {
    const run = delta({ entries: [{ serial: 5, reason: 1 }], ...base }, { entries: [{ serial: 5, reason: 8 }] });
    expect(failedRules(run)).toEqual([`delta/${rule}`]);
    expect(outcome(run, "delta/remove-from-crl-not-held")).toBe(`skipped: the base CRL given ${why}`);
  });

  test("rules on delta CRLs do not apply to a complete CRL", () => {
    const run = lintCase(kit.crl({ base: kit.earlierCrl() }), { profile: "rfc5280", select: ["delta"] });
    expect(run.findings).toEqual([]);
    expect(outcome(run, "delta/different-key")).toBe("not-applicable: the CRL is not a delta CRL");
  });

  test("issuers that are the same name in different bytes are a warning", () => {
    const run = delta({ issuer: "C=AT, O=Example Trust GmbH, CN=EXAMPLE TLS CA 1" });
    expect(messagesOf(run, "delta/issuer-differs")).toEqual([
      "warning: issuer is that of the base CRL, but not byte for byte",
    ]);
  });

  test("freshestCRL in the base CRL is cited only if it exists", () => {
    const sections = (extra: CrlKnobs["extra"]): readonly string[] =>
      delta({ idp: { onlyUser: true }, extra: extra ?? [] }).findings.flatMap(({ cites }) =>
        cites.map(({ section }) => section),
      );
    expect(sections([])).toEqual(["5.2.4"]);
    expect(sections([kit.extension.freshestCrl("http://crl.example.com/delta.crl")])).toEqual(["5.2.4", "5.2.6"]);
  });

  test("the severity of removeFromCRL for a permanently revoked entry depends on its certificate", () => {
    const severities = (certificates: readonly Uint8Array[]): readonly string[] =>
      lintCase(
        kit.crl({
          extra: [kit.extension.deltaCrlIndicator(4710)],
          entries: [{ serial: 5, reason: 8 }],
          base: kit.earlierCrl({ entries: [{ serial: 5, reason: 1 }] }),
          ...(certificates.length === 0 ? {} : { certificates }),
        }),
        { profile: "rfc5280", select: ["delta"] },
      ).findings.map(({ severity }) => severity);
    expect(severities([])).toEqual(["notice"]);
    expect(severities([kit.certificate({ serial: 5 })])).toEqual(["warning"]);
    expect(severities([kit.certificate({ serial: 5, notAfter: "2026-10-31T23:59:59Z" })])).toEqual([]);
  });
});

describe("delta CRL instead of a complete CRL", () => {
  const one = "http://crl.example.com/1.crl";
  const full = "http://crl.example.com/full.crl";
  const rule = "delta/instead-of-complete";
  const record = "severity capped: the CRL may be another one than the disclosed one; --url states where it is served";
  const published = "severity capped: the complete CRL may still be published; --base compares a delta CRL with it";
  const isFull = { ccadb: kit.ccadb({ full }) };
  const isPartitioned = { ccadb: kit.ccadb({ partitioned: [one] }) };
  const base = kit.earlierCrl({ idp: { uris: [one], onlyUser: true } });

  test.each<readonly [string, Partial<LintCrlOptions>, readonly string[]]>([
    ["the disclosed URL of the full CRL", { ...isFull, url: full }, ["error"]],
    ["the disclosed URL of the full CRL, with its base", { ...isFull, url: full, base }, ["error"]],
    ["the disclosed URL of a partition", { ...isPartitioned, url: one }, ["error"]],
    ["another URL", { ...isFull, url: one }, []],
    ["an unknown URL, and a record with a full CRL", isFull, ["notice", record]],
    ["an unknown URL, and a record with partitions", isPartitioned, ["notice", record]],
    ["an unknown URL, and a record with a full CRL, with its base", { ...isFull, base }, []],
    ["an unknown URL, stated to be a partition", { completeness: "partitioned" }, ["warning", published]],
    ["an unknown URL, stated to be a partition, with its base", { completeness: "partitioned", base }, []],
    ["an unknown URL, stated to be full, with its base", { completeness: "full", base }, ["error"]],
  ])("at %s", (_, options, expected) => {
    const idp = { uris: [one], onlyUser: true };
    const made = kit.crl({ idp, entries: [], extra: [kit.extension.deltaCrlIndicator(4710)] });
    const found = lintCase(made, { profile: "chrome", ...options }).findings.filter((finding) => finding.rule === rule);
    expect(found.flatMap(({ severity, notes }) => [severity, ...notes])).toEqual(expected);
    const cites = found.flatMap((finding) => finding.cites.map(({ source, section }) => `${source} ${section}`));
    expect(cites).toEqual(found.length === 0 ? [] : ["rfc5280 5.2.4", "tls-br 7.2"]);
  });

  test.each([
    ["its own point alone", [2], ["warning"]],
    ["its own point, complete too", [1, 2], []],
  ] as const)("in a set of partitions: %s", (_, points, expected) => {
    const idp = (i: number) => ({ uris: [`http://crl.example.com/${i}.crl`], onlyUser: true });
    const shards = points.map((i) => kit.crl({ idp: idp(i), entries: [] }).crl);
    const made = kit.crl({ idp: idp(1), entries: [], extra: [kit.extension.deltaCrlIndicator(4710)], shards });
    const run = lintCase(made, { profile: "rfc5280" });
    expect(run.findings.map((finding) => `${finding.severity} ${finding.rule}`)).toEqual(
      expected.map((severity) => `${severity} ${rule}`),
    );
  });
});
