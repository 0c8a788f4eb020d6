import { Reason } from "../../crl/reason.ts";
import { entryKinds, tallyCaEntries } from "../../checks/coverage.ts";
import { fiveReasons } from "../../checks/five-reasons.ts";
import { entryReason } from "../../rule/aspects.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "reason/key-compromise-on-ca",
  title: "entry of a CA certificate has reasonCode keyCompromise",
  looksAt: [entryReason(Reason.keyCompromise)],
  requirements: [{ source: "hygiene", section: "", severity: "notice" }],
  create(ctx) {
    if (ctx.hasInForce(fiveReasons.filter(({ source }) => source === "tls-br"))) return undefined;
    const tally = tallyCaEntries(ctx, "with reasonCode keyCompromise (1) for a CA certificate");
    const kindAt = entryKinds(ctx);
    if (tally === undefined) return undefined;
    return {
      entry(entry) {
        if (entry.reason === Reason.keyCompromise && kindAt(entry) === "ca") tally.add(entry);
      },
    };
  },
  why: "RFC 5280 and X.509 define cACompromise for a compromised CA key. Most clients treat the two alike, but some do not. The TLS BR list only keyCompromise, so this rule reports nothing under them.",
  fix: "state cACompromise (2) if the key of the CA is compromised",
  examples: () => ({
    bad: [
      {
        title: "keyCompromise with onlyContainsCACerts TRUE",
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
        title: "keyCompromise with onlyContainsCACerts TRUE, under the TLS BR",
        profile: "tls-br",
        make: (kit) =>
          kit.crl({
            ca: kit.root,
            idp: { uris: ["http://crl.example.com/root.crl"], onlyCa: true },
            entries: [{ reason: 1 }],
          }),
      },
      {
        title: "cACompromise with onlyContainsCACerts TRUE",
        make: (kit) =>
          kit.crl({
            ca: kit.root,
            idp: { uris: ["http://crl.example.com/root.crl"], onlyCa: true },
            entries: [{ reason: 2 }],
          }),
      },
      {
        title: "keyCompromise in the CRL of a root, possibly for an OCSP responder's certificate",
        make: (kit) => kit.crl({ ca: kit.root, entries: [{ reason: 1 }] }),
      },
    ],
  }),
});
