import { Reason } from "../../crl/reason.ts";
import { entryKinds, tallyCaEntries } from "../../checks/coverage.ts";
import { entryReason } from "../../rule/aspects.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "reason/key-compromise-on-ca",
  title: "reasonCode keyCompromise on the certificate of a CA",
  looksAt: [entryReason(Reason.keyCompromise)],
  requirements: [{ source: "hygiene", section: "", severity: "notice" }],
  create(ctx) {
    if (ctx.sources.has("tls-br")) return undefined;
    const tally = tallyCaEntries(ctx, "with reasonCode keyCompromise (1) on the certificate of a CA");
    const kindAt = entryKinds(ctx);
    if (tally === undefined) return undefined;
    return {
      entry(entry) {
        if (entry.reason === Reason.keyCompromise && kindAt(entry) === "ca") tally.add(entry);
      },
    };
  },
  why: "RFC 5280 and X.509 have cACompromise for the key of a CA; clients that treat the two alike are the rule, but not all do. The TLS BR list only keyCompromise, and this rule does not speak under them.",
  fix: "state cACompromise (2) where the key of a CA is lost",
  examples: () => ({
    bad: [
      {
        title: "keyCompromise where onlyContainsCACerts is TRUE",
        make: (kit) =>
          kit.crl({
            ca: kit.root,
            idp: { uris: ["http://crl.example.com/root.crl"], onlyCa: true },
            entries: [{ reason: 1 }, { reason: 2 }],
          }),
      },
    ],
    good: [
      {
        title: "keyCompromise where onlyContainsCACerts is TRUE, under the TLS BR",
        profile: "tls-br",
        make: (kit) =>
          kit.crl({
            ca: kit.root,
            idp: { uris: ["http://crl.example.com/root.crl"], onlyCa: true },
            entries: [{ reason: 1 }],
          }),
      },
      {
        title: "cACompromise where onlyContainsCACerts is TRUE",
        make: (kit) =>
          kit.crl({
            ca: kit.root,
            idp: { uris: ["http://crl.example.com/root.crl"], onlyCa: true },
            entries: [{ reason: 2 }],
          }),
      },
      {
        title: "keyCompromise in the CRL of a root: it may be that of an OCSP responder",
        make: (kit) => kit.crl({ ca: kit.root, entries: [{ reason: 1 }] }),
      },
    ],
  }),
});
