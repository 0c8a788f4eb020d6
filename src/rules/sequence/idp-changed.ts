import { findExtension } from "../../crl/crl.ts";
import { extensionName } from "../../extension/oids.ts";
import { placeIn } from "../../checks/predecessor.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "sequence/idp-changed",
  title: "CRL has a different scope than the previous CRL",
  looksAt: ["previous", "tbsCertList"],
  requirements: [{ source: "hygiene", section: "", severity: "notice" }],
  create(ctx) {
    const { previous, crl } = ctx;
    const oid = previous.scopeDifference;
    if (oid === undefined || previous.isForeign || !previous.sameIssuer || !previous.sameKey) return;
    const now = findExtension(crl, oid);
    const before = findExtension(previous.crl, oid);
    const how = before === undefined ? "is not in" : now === undefined ? "is only in" : "differs from that in";
    ctx.report({
      at: now ?? crl.crlExtensions ?? ctx.tbsCertList,
      path: now?.path ?? (crl.crlExtensions === undefined ? "tbsCertList" : "tbsCertList.crlExtensions"),
      message: `${extensionName(oid)} ${how} the previous CRL`,
      related: before === undefined ? [] : placeIn(previous, before, before.path),
      notes: ["nothing else was compared"],
    });
  },
  why: "An issuingDistributionPoint states which certificates a CRL covers. CRLs with different ones belong to different series (RFC 5280 5.2.3), so their numbers and entries cannot be compared.",
  fix: "give the previous CRL of the same distribution point; if the scope was changed on purpose, check that a CRL still covers each certificate",
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
        title: "issuingDistributionPoint removed",
        make: (kit) => kit.crl({ previous: kit.earlierCrl({ idp: { onlyUser: true } }) }),
      },
    ],
    good: [
      {
        title: "same URI",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true },
            previous: kit.earlierCrl({ idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true } }),
          }),
      },
    ],
  }),
});
