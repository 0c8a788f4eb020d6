import { Reason } from "../../crl/reason.ts";
import { tallyCaEntries } from "../../checks/coverage.ts";
import { entryReason } from "../../rule/aspects.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "reason/unspecified-on-ca-entry",
  title: "entry of a CA certificate has reasonCode unspecified",
  looksAt: [entryReason(Reason.unspecified)],
  requirements: [
    // Only a warning: the table represents unspecified by omitting reasonCode, but entries of CA certificates must have
    // one.
    {
      source: "tls-br",
      section: "7.2.2 CRLReasons",
      severity: "warning",
      from: "2024-03-15",
      quote: "Represented by the omission of a reasonCode.",
    },
    {
      source: "tls-br",
      document: "tls-br-1.8.6",
      section: "7.2.2",
      severity: "error",
      from: "2020-09-30",
      to: "2024-03-14",
      quote: "The `CRLReason` indicated MUST NOT be unspecified (0).",
    },
  ],
  create(ctx) {
    const tally = tallyCaEntries(ctx, "with reasonCode unspecified (0) for a CA certificate");
    if (tally === undefined) return undefined;
    return {
      entry(entry) {
        if (entry.reason === Reason.unspecified) tally.add(entry);
      },
    };
  },
  why: "Root programs use the reason to decide how to handle a revoked CA. The reason unspecified gives them no information.",
  fix: "state the reason that applies, for example cACompromise, keyCompromise, superseded or cessationOfOperation",
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
