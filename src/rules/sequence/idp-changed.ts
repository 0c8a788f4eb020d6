import { findExtension } from "../../crl/crl.ts";
import { extensionName } from "../../extension/oids.ts";
import { placeIn } from "../../checks/predecessor.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "sequence/idp-changed",
  title: "the CRL covers something else than the previous one",
  looksAt: ["previous", "tbsCertList"],
  requirements: [{ source: "hygiene", section: "", severity: "notice" }],
  create(ctx) {
    const { previous, crl } = ctx;
    const oid = previous.scopeDifference;
    if (oid === undefined || previous.isForeign || !previous.sameIssuer || !previous.sameKey) return;
    const now = findExtension(crl, oid);
    const before = findExtension(previous.crl, oid);
    const how = before === undefined ? "is new" : now === undefined ? "is gone" : "has another value";
    ctx.report({
      at: now ?? crl.crlExtensions ?? ctx.tbsCertList,
      path: now?.path ?? (crl.crlExtensions === undefined ? "tbsCertList" : "tbsCertList.crlExtensions"),
      message: `${extensionName(oid)} ${how} since the previous CRL`,
      related: before === undefined ? [] : placeIn(previous, before, before.path),
      notes: ["nothing else was compared"],
    });
  },
  why: "An issuingDistributionPoint says which certificates a CRL covers. CRLs with different ones are of different series (RFC 5280 5.2.3): numbers and entries of one say nothing of the other.",
  fix: "give the previous CRL of the same distribution point; where the scope was changed on purpose, check that no certificate fell out of all CRLs",
  examples: () => ({
    bad: [
      {
        title: "another URI",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/2.crl"], onlyUser: true },
            previous: kit.earlierCrl({ idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true } }),
          }),
      },
      {
        title: "no issuingDistributionPoint any more",
        make: (kit) => kit.crl({ previous: kit.earlierCrl({ idp: { onlyUser: true } }) }),
      },
    ],
    good: [
      {
        title: "the same URI",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true },
            previous: kit.earlierCrl({ idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true } }),
          }),
      },
    ],
  }),
});
