import { describe, expect, test } from "vitest";
import { type CrlKnobs, kit } from "../../src/fixture/index.ts";
import type { Run } from "../../src/index.ts";
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
