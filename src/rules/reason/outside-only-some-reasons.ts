import { Reason, reasonFlags } from "../../crl/reason.ts";
import { entryReason } from "../../rule/aspects.ts";
import { defineRule, type Requirement } from "../../rule/rule.ts";

const assigned: Requirement = {
  source: "rfc5280",
  section: "5.2.5",
  severity: "error",
  quote: "MUST be assigned a revocation reason other than unspecified",
};

const listed: Requirement = {
  source: "rfc5280",
  section: "5.2.5",
  severity: "warning",
  quote: "The assigned revocation reason is used to determine on which CRL(s) to list the revoked certificate",
};

export default defineRule({
  id: "reason/outside-only-some-reasons",
  title: "reasonCode is not among the reasons that the CRL covers",
  looksAt: ["revokedCertificates", "issuingDistributionPoint", entryReason(0, 1, 2, 3, 4, 5, 6, 9, 10)],
  requirements: [assigned, listed],
  create(ctx) {
    const covered = ctx.issuingDistributionPoint.onlySomeReasons?.reasons;
    if (covered === undefined) return undefined;
    // RFC 5280 4.2.1.13: values without a bit in ReasonFlags are reported by other rules.
    const isOutside = (reason: number): boolean => {
      const flag = reasonFlags.get(reason);
      return flag !== undefined && !covered.has(flag);
    };
    const given = [...ctx.entries.reasons.keys()];
    if (!given.some((reason) => reason === Reason.unspecified || isOutside(reason))) return undefined;
    const unassigned = ctx.tally({
      what: "with reasonCode unspecified (0), although onlySomeReasons requires a reason for each",
      violates: [assigned],
    });
    const outside = ctx.tally({ what: "with a reasonCode that onlySomeReasons does not cover", violates: [listed] });
    return {
      entry(entry) {
        if (entry.reason === Reason.unspecified) unassigned.add(entry);
        else if (isOutside(entry.reason)) outside.add(entry);
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
      {
        title: "unspecified, which is a value of its own and not a missing reasonCode",
        profile: "rfc5280",
        also: ["idp/only-some-reasons-recommended-against", "reason/unspecified"],
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/key.crl"], onlyUser: true, reasons: [1] },
            entries: [{ reason: 0 }, {}],
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
