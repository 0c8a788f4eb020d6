import { noReason } from "../../crl/entry-reader.ts";
import { caReasons, tallyCaEntries } from "../../checks/coverage.ts";
import { entryReason } from "../../rule/aspects.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "reason/missing-on-ca-entry",
  title: "entry of a CA certificate has no reasonCode",
  looksAt: [entryReason(noReason)],
  requirements: caReasons,
  create(ctx) {
    // No document exempts CA certificates that were revoked before it took effect, so the date of the CRL decides.
    const tally = tallyCaEntries(ctx, "without reasonCode", "warning");
    if (tally === undefined) return undefined;
    return {
      entry(entry) {
        if (entry.reason === noReason) tally.add(entry);
      },
    };
  },
  why: "Root programs use the reason to decide how to handle a revoked CA. A CA whose key is compromised is blocked everywhere at once; a CA that ceased operation can wait.",
  fix: "add the reasonCode that applies, for example cACompromise, keyCompromise, superseded or cessationOfOperation",
  examples: () => ({
    bad: [
      {
        title: "root CRL, one entry without a reason",
        make: (kit) => kit.crl({ ca: kit.root, entries: [{ reason: 4 }, {}] }),
      },
      {
        title: "root CRL, entry dated before CCADB Policy 2.0",
        profile: "ccadb",
        make: (kit) => kit.crl({ ca: kit.root, entries: [{ date: "2025-07-14T23:59:59Z" }] }),
      },
      {
        title: "CA certificate in a CRL that also covers subscriber certificates",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ pathLen: null }),
            entries: [{ serial: 77 }],
            certificates: [kit.certificate({ cA: true, serial: 77 })],
          }),
      },
      {
        title: "onlyContainsCACerts TRUE, entry dated before CCADB Policy 2.0",
        profile: "ccadb",
        make: (kit) =>
          kit.crl({
            ca: kit.root,
            idp: { uris: ["http://crl.example.com/root.crl"], onlyCa: true },
            entries: [{ date: "2025-07-14T23:59:59Z" }],
          }),
      },
      {
        title: "CA certificate among others, entries dated before CCADB Policy 2.0",
        profile: "ccadb",
        make: (kit) => {
          const ca = kit.caWith({ pathLen: null });
          const date = "2025-07-14T23:59:59Z";
          return kit.crl({
            ca,
            entries: [77, 78, 79].map((serial) => ({ serial, date })),
            certificates: [
              kit.certificate({ parent: ca, cA: true, serial: 77, notBefore: "2025-01-01T00:00:00Z" }),
              kit.certificate({ parent: ca, serial: 78, notBefore: "2025-01-01T00:00:00Z" }),
            ],
          });
        },
      },
      {
        title: "CA certificate revoked in 2019, before the TLS BR required a reason",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ parent: "self", notBefore: "2010-01-01T00:00:00Z" }),
            idp: { uris: ["http://crl.example.com/root.crl"], onlyCa: true },
            entries: [{ date: "2019-11-19T06:00:00Z" }],
          }),
      },
      {
        title: "root CRL, on the first day on which the TLS BR required a reason",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ parent: "self", notBefore: "2015-01-01T00:00:00Z" }),
            thisUpdate: "2020-09-30T00:00:00Z",
            nextUpdate: "2020-10-30T00:00:00Z",
            entries: [{ date: "2020-01-01T00:00:00Z" }],
          }),
      },
      {
        title: "root CRL, entry dated before the S/MIME BR",
        profile: "smime-br",
        make: (kit) => kit.crl({ ca: kit.root, entries: [{ date: "2023-08-31T23:59:59Z" }] }),
      },
      {
        title: "root CRL, one entry without a reason, under the Microsoft requirements",
        profile: "microsoft",
        make: (kit) => kit.crl({ ca: kit.root, entries: [{}] }),
      },
    ],
    good: [
      {
        title: "root CRL with reasons",
        make: (kit) => kit.crl({ ca: kit.root, entries: [{ reason: 4 }, { reason: 5 }] }),
      },
      {
        title: "OCSP responder's certificate in the CRL of a root",
        make: (kit) =>
          kit.crl({
            ca: kit.root,
            entries: [{ serial: 77 }],
            certificates: [kit.certificate({ parent: kit.root, serial: 77, eku: [kit.oids.ocspSigning] })],
          }),
      },
      { title: "subscriber CRL without a reason", make: (kit) => kit.crl({ entries: [{}] }) },
      {
        title: "root CRL, on the day before the TLS BR required a reason",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ parent: "self", notBefore: "2015-01-01T00:00:00Z" }),
            thisUpdate: "2020-09-29T23:59:59Z",
            nextUpdate: "2020-10-29T00:00:00Z",
            entries: [{ date: "2020-01-01T00:00:00Z" }],
          }),
      },
      {
        title: "root CRL, on the day before CCADB Policy 2.0 took effect",
        profile: "ccadb",
        make: (kit) =>
          kit.crl({
            ca: kit.root,
            thisUpdate: "2025-07-14T23:59:59Z",
            nextUpdate: "2025-07-20T00:00:00Z",
            entries: [{ date: "2025-07-01T00:00:00Z" }],
          }),
      },
    ],
  }),
});
