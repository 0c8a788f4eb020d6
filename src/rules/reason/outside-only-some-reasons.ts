import { reasonFlags } from "../../crl/reason.ts";
import { entryReason } from "../../rule/aspects.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "reason/outside-only-some-reasons",
  title: "reasonCode is not among the reasons that the CRL covers",
  looksAt: ["revokedCertificates", "issuingDistributionPoint", entryReason(1, 2, 3, 4, 5, 6, 9, 10)],
  requirements: [
    {
      source: "rfc5280",
      section: "5.2.5",
      severity: "warning",
      quote: "MUST be assigned a revocation reason other than unspecified",
    },
  ],
  create(ctx) {
    const covered = ctx.issuingDistributionPoint.onlySomeReasons?.reasons;
    if (covered === undefined) return undefined;
    // RFC 5280 4.2.1.13: values without a bit in ReasonFlags are reported by other rules.
    const isOutside = (reason: number): boolean => {
      const flag = reasonFlags.get(reason);
      return flag !== undefined && !covered.has(flag);
    };
    if (![...ctx.entries.reasons.keys()].some(isOutside)) return undefined;
    const tally = ctx.tally({ what: "with a reasonCode that onlySomeReasons does not cover" });
    return {
      entry(entry) {
        if (isOutside(entry.reason)) tally.add(entry);
      },
    };
  },
  why: "onlySomeReasons states for which reasons the CRL is complete, and the reason of a revocation determines which CRL lists it. A client that collects CRLs by reason does not look for this entry here.",
  fix: "list the certificate on the CRL that covers its reason, or add the reason to onlySomeReasons",
  examples: () => ({
    bad: [
      {
        title: "superseded, but only keyCompromise is covered",
        also: ["idp/only-some-reasons-recommended-against"],
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/key.crl"], onlyUser: true, reasons: [1] },
            entries: [{ reason: 4 }, { reason: 1 }],
          }),
      },
    ],
    good: [
      {
        title: "covered reasons: bit 7 is privilegeWithdrawn (9)",
        also: ["idp/only-some-reasons-recommended-against"],
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/key.crl"], onlyUser: true, reasons: [1, 7] },
            entries: [{ reason: 1 }, { reason: 9 }, {}],
          }),
      },
    ],
  }),
});
