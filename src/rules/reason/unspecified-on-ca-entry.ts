import { Reason } from "../../crl/reason.ts";
import { tallyCaEntries } from "../../checks/coverage.ts";
import { entryReason } from "../../rule/aspects.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "reason/unspecified-on-ca-entry",
  title: "reasonCode unspecified on the certificate of a CA",
  looksAt: [entryReason(Reason.unspecified)],
  // A warning: the sentence is gone from the current version, which still wants a reasonCode to be there.
  requirements: [
    {
      source: "tls-br",
      document: "tls-br-1.7.1",
      section: "1.2.2 row 2020-09-30; 7.2.2",
      severity: "warning",
      from: "2020-09-30",
      quote: "The `CRLReason` indicated MUST NOT be unspecified (0).",
    },
  ],
  create(ctx) {
    const tally = tallyCaEntries(ctx, "with reasonCode unspecified (0) on the certificate of a CA");
    if (tally === undefined) return undefined;
    return {
      entry(entry) {
        if (entry.reason === Reason.unspecified) tally.add(entry);
      },
    };
  },
  why: "Root programs decide by the reason how a revoked CA is treated; unspecified tells them nothing.",
  fix: "state the reason that applies: cACompromise, keyCompromise, superseded, cessationOfOperation, ...",
  examples: () => ({
    bad: [
      {
        title: "unspecified in the CRL of a root",
        make: (kit) => kit.crl({ ca: kit.root, entries: [{ reason: 0 }, { reason: 4 }] }),
      },
    ],
    good: [
      { title: "superseded in the CRL of a root", make: (kit) => kit.crl({ ca: kit.root, entries: [{ reason: 4 }] }) },
    ],
  }),
});
