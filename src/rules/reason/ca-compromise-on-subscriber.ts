import { Reason } from "../../crl/reason.ts";
import { entryKinds, scopeNote } from "../../checks/coverage.ts";
import { fiveReasons } from "../../checks/five-reasons.ts";
import { isForCa } from "../../checks/profile-sources.ts";
import { entryReason } from "../../rule/aspects.ts";
import { defineRule } from "../../rule/rule.ts";
import { tallyBy } from "../../checks/tally-by.ts";

export default defineRule({
  id: "reason/ca-compromise-on-subscriber",
  title: "entry of a subscriber certificate has reasonCode cACompromise",
  looksAt: [entryReason(Reason.cACompromise)],
  requirements: [
    {
      source: "tls-br",
      section: "7.2.2",
      severity: "error",
      from: "2020-09-30",
      quote: "MUST indicate the most appropriate reason for revocation of the Certificate",
    },
    ...fiveReasons.filter(({ severity }) => severity === "error"),
    {
      source: "hygiene",
      document: "x509",
      section: "9.5.3.1",
      severity: "warning",
      quote: "cACompromise is used in revoking a CA-certificate",
    },
  ],
  create(ctx) {
    const kindAt = entryKinds(ctx);
    const notes = [scopeNote(ctx.scope)];
    const what = "with reasonCode cACompromise (2), which is for CA certificates";
    // The documents apply to revocations from their effective date; only X.509 applies to earlier ones.
    const tally = tallyBy(
      ctx,
      { what, notes },
      (requirement, { date }) => isForCa(requirement, ctx) && ctx.holdsAt(requirement, date),
    );
    return {
      entry(entry) {
        if (entry.reason === Reason.cACompromise && kindAt(entry) === "subscriber") tally.add(entry);
      },
    };
  },
  why: "cACompromise means that the key of a CA is compromised. For a subscriber certificate it is a false alarm; the reason for a compromised subscriber key is keyCompromise.",
  fix: "state keyCompromise (1), or another reason that applies to a subscriber",
  examples: () => ({
    bad: [
      {
        title: "cACompromise on a TLS certificate",
        make: (kit) => kit.crl({ entries: [{ reason: 2 }, { reason: 1 }] }),
      },
      {
        title: "cACompromise with onlyContainsUserCerts TRUE",
        profile: "rfc5280",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ pathLen: null }),
            idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true },
            entries: [{ reason: 2 }],
          }),
      },
    ],
    good: [
      { title: "keyCompromise", make: (kit) => kit.crl({ entries: [{ reason: 1 }] }) },
      {
        title: "cACompromise in the CRL of a root",
        profile: "rfc5280",
        make: (kit) => kit.crl({ ca: kit.root, entries: [{ reason: 2 }] }),
      },
    ],
  }),
});
