import { Reason } from "../../crl/reason.ts";
import { caReasons, tallyCaEntries } from "../../checks/coverage.ts";
import type { Kit } from "../../fixture/index.ts";
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
    {
      source: "smime-br",
      section: "7.2.2",
      severity: "error",
      from: "2023-09-01",
      quote: "The `CRLReason` indicated SHALL NOT be unspecified (0).",
    },
    // The CCADB Policy and Microsoft require some reasonCode, so omitting it is not a fix.
    {
      source: "rfc5280",
      section: "5.3.1",
      severity: "warning",
      quote: "SHOULD be absent instead of using the unspecified (0) reasonCode value",
    },
  ],
  create(ctx) {
    // reason/unspecified reports these entries if no document requires a reason.
    if (!ctx.hasInForce(caReasons)) return undefined;
    // The TLS BR state what the value 0 means in entries of CA certificates.
    const hasTlsBr = ctx.requirements.some(({ source }) => source === "tls-br");
    const violates = ctx.requirements.filter(({ source }) => source !== "rfc5280" || !hasTlsBr);
    const tally = tallyCaEntries(ctx, "with reasonCode unspecified (0) for a CA certificate", undefined, violates);
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
      ...(["smime-br", "ccadb"] as const).map((profile) => ({
        title: `unspecified in the CRL of a root, ${profile}`,
        profile,
        make: (kit: Kit) => kit.crl({ ca: kit.root, entries: [{ reason: 0 }, { reason: 4 }] }),
      })),
    ],
    good: [
      {
        title: "unspecified in the CRL of a root, under RFC 5280 alone",
        profile: "rfc5280",
        make: (kit) => kit.crl({ ca: kit.root, entries: [{ reason: 0 }] }),
        also: ["reason/unspecified"],
      },
      { title: "superseded in the CRL of a root", make: (kit) => kit.crl({ ca: kit.root, entries: [{ reason: 4 }] }) },
    ],
  }),
});
