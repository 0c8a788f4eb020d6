import { Reason } from "../../crl/reason.ts";
import { entryReason } from "../../rule/aspects.ts";
import { isPermittedBy } from "../../checks/profile-sources.ts";
import { defineRule } from "../../rule/rule.ts";

const permittedByEtsi = {
  atMost: "notice",
  notes: ["EN 319 411-1 OVR-6.6.2-01 permits a CRL as defined in X.509, which defines this reason"],
} as const;

export default defineRule({
  id: "reason/weak-algorithm",
  title: "reasonCode is weakAlgorithmOrKey, which RFC 5280 does not define",
  looksAt: [entryReason(Reason.weakAlgorithmOrKey)],
  requirements: [
    { source: "x509", section: "9.5.3.1", severity: "warning", quote: "weakAlgorithmOrKey(11)" },
    { source: "rfc5280", section: "5.3.1", severity: "warning", quote: "aACompromise (10) }" },
  ],
  create(ctx) {
    const tally = ctx.tally({
      what: "with reasonCode weakAlgorithmOrKey (11), which RFC 5280 does not define",
      ...(isPermittedBy(ctx, "etsi") && permittedByEtsi),
    });
    return {
      entry(entry) {
        if (entry.reason === Reason.weakAlgorithmOrKey) tally.add(entry);
      },
    };
  },
  why: "X.509 has defined the value since 2016, and RFC 5280 does not. Bouncy Castle 1.72 accepts a revoked certificate whose entry has it.",
  fix: "state superseded (4), or another reason of RFC 5280 that applies",
  examples: () => ({
    bad: [
      { title: "weakAlgorithmOrKey", make: (kit) => kit.crl({ entries: [{ reason: 11 }, { reason: 1 }] }) },
      {
        title: "weakAlgorithmOrKey under RFC 5280",
        profile: "rfc5280",
        make: (kit) => kit.crl({ entries: [{ reason: 11 }] }),
      },
      {
        title: "weakAlgorithmOrKey under EN 319 411-1, which permits it",
        profile: "etsi",
        make: (kit) => kit.crl({ entries: [{ reason: 11 }] }),
      },
    ],
    good: [{ title: "superseded", make: (kit) => kit.crl({ entries: [{ reason: 4 }] }) }],
  }),
});
