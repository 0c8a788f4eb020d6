import { Reason } from "../../crl/reason.ts";
import { tallyCaEntries } from "../../checks/coverage.ts";
import { entryReason } from "../../rule/aspects.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "reason/hold-on-ca",
  title: "entry of a CA certificate has reasonCode certificateHold",
  looksAt: [entryReason(Reason.certificateHold)],
  requirements: [
    {
      source: "smime-br",
      section: "7.2.2",
      severity: "error",
      from: "2023-09-01",
      quote: "SHALL NOT be used for Root CA or Subordinate CA Certificates",
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
      { title: "superseded in the CRL of a root", make: (kit) => kit.crl({ ca: kit.root, entries: [{ reason: 4 }] }) },
      {
        title: "certificateHold in the CRL of a root, on the day before the S/MIME BR took effect",
        make: (kit) =>
          kit.crl({
            ca: kit.root,
            thisUpdate: "2023-08-31T23:59:59Z",
            nextUpdate: "2023-09-10T00:00:00Z",
            entries: [{ date: "2023-08-01T00:00:00Z", reason: 6 }],
          }),
      },
    ],
  }),
});
