import { Reason } from "../../crl/reason.ts";
import { fiveReasons } from "../../checks/five-reasons.ts";
import { isForCa } from "../../checks/profile-sources.ts";
import { entryReason } from "../../rule/aspects.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "reason/aa-compromise",
  title: "entry of a public key certificate has reasonCode aACompromise",
  looksAt: [entryReason(Reason.aACompromise)],
  requirements: [{ source: "hygiene", section: "", severity: "warning" }],
  create(ctx) {
    if (ctx.crl.issuingDistributionPoint?.onlyContainsAttributeCerts?.value === true) return undefined;
    // If a document lists the permitted reasons, reason/not-permitted reports the entry.
    if (ctx.hasInForce(fiveReasons.filter((list) => isForCa(list, ctx)))) return undefined;
    const tally = ctx.tally({ what: "with reasonCode aACompromise (10), which is for attribute authorities" });
    return {
      entry(entry) {
        if (entry.reason === Reason.aACompromise) tally.add(entry);
      },
    };
  },
  why: "aACompromise (10) is about an attribute authority, which issues attribute certificates. RFC 5280 allows the value, but for a public key certificate it contains nothing that a client can use.",
  fix: "state the reason that applies, for example keyCompromise (1), cACompromise (2) for a CA, or superseded (4)",
  examples: () => ({
    bad: [{ title: "aACompromise", make: (kit) => kit.crl({ entries: [{ reason: 10 }, { reason: 1 }] }) }],
    good: [
      { title: "privilegeWithdrawn", make: (kit) => kit.crl({ entries: [{ reason: 9 }] }) },
      {
        title: "CRL of attribute certificates",
        also: ["idp/attribute-certs"],
        make: (kit) =>
          kit.crl({ idp: { uris: ["http://crl.example.com/aa.crl"], attr: true }, entries: [{ reason: 10 }] }),
      },
    ],
  }),
});
