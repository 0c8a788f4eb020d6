import { Reason } from "../../crl/reason.ts";
import { tallyCaEntries } from "../../checks/coverage.ts";
import { entryReason } from "../../rule/aspects.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "reason/fpki-hold",
  title: "entry of a CA certificate has reasonCode certificateHold",
  looksAt: [entryReason(Reason.certificateHold)],
  requirements: [
    {
      source: "fpki",
      document: "fpki-common",
      section: "4.9.13",
      severity: "error",
      quote: "For CA certificates, suspension is not permitted.",
    },
  ],
  create(ctx) {
    const tally = tallyCaEntries(ctx, "with reasonCode certificateHold (6)", "warning");
    if (tally === undefined) return undefined;
    return {
      entry(entry) {
        if (entry.reason === Reason.certificateHold) tally.add(entry);
      },
    };
  },
  why: "A CA on hold may be released, and it is impossible to tell what it issued in the meantime.",
  fix: "revoke the CA certificate permanently, with the reason that applies",
  examples: () => ({
    bad: [
      {
        title: "certificateHold in the CRL of a root",
        make: (kit) => kit.crl({ ca: kit.root, entries: [{ reason: 6 }, { reason: 4 }] }),
      },
    ],
    good: [
      { title: "certificateHold on an end entity certificate", make: (kit) => kit.crl({ entries: [{ reason: 6 }] }) },
    ],
  }),
});
