import { findExtension } from "../../crl/crl.ts";
import { Oid } from "../../extension/oids.ts";
import { placeIn } from "../../checks/predecessor.ts";
import { defineRule, type Requirement } from "../../rule/rule.ts";

/** The requirement on a complete CRL with freshestCRL, which leads to its delta CRLs. */
const freshest: Requirement = {
  source: "rfc5280",
  section: "5.2.6",
  severity: "error",
  quote: "The scope of these delta CRLs MUST be the same as the scope of this complete CRL.",
};

export default defineRule({
  id: "delta/idp-differs",
  title: "delta CRL and base CRL have different issuingDistributionPoint extensions",
  looksAt: ["base", "deltaCrlIndicator"],
  requirements: [
    {
      source: "rfc5280",
      section: "5.2.4",
      severity: "error",
      quote:
        "MUST omit the issuing distribution point extension or contain identical issuing distribution point extensions",
    },
    freshest,
  ],
  create(ctx) {
    const { base, crl } = ctx;
    if (base.whyNotCombinable !== "has another scope" || base.scopeDifference !== Oid.issuingDistributionPoint) return;
    const mine = findExtension(crl, Oid.issuingDistributionPoint);
    const other = findExtension(base.crl, Oid.issuingDistributionPoint);
    const how =
      mine === undefined
        ? "is in the base CRL only"
        : other === undefined
          ? "is in the delta CRL only"
          : "is not that of the base CRL";
    const hasFreshest = findExtension(base.crl, Oid.freshestCrl) !== undefined;
    ctx.report({
      at: mine ?? ctx.deltaCrlIndicator,
      path: mine?.path ?? "tbsCertList.crlExtensions",
      message: `issuingDistributionPoint ${how}`,
      related: other === undefined ? [] : placeIn(base, other, other.path),
      ...(!hasFreshest && { violates: ctx.requirements.filter((requirement) => requirement !== freshest) }),
    });
  },
  why: "The two CRLs cover different certificates. Clients must not combine them, so the delta CRL has no effect.",
  fix: "use the same issuingDistributionPoint in the delta CRL and the base CRL, or none in both",
  examples: () => ({
    bad: [
      {
        title: "issuingDistributionPoint in the delta CRL only",
        make: (kit) =>
          kit.crl({
            idp: { onlyUser: true },
            extra: [kit.extension.deltaCrlIndicator(4710)],
            base: kit.earlierCrl(),
          }),
      },
      {
        title: "another URI, and the base CRL has freshestCRL",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/1-delta.crl"], onlyUser: true },
            extra: [kit.extension.deltaCrlIndicator(4710)],
            base: kit.earlierCrl({
              idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true },
              extra: [kit.extension.freshestCrl("http://crl.example.com/1-delta.crl")],
            }),
          }),
      },
    ],
    good: [
      {
        title: "identical issuingDistributionPoint extensions",
        make: (kit) =>
          kit.crl({
            idp: { onlyUser: true },
            extra: [kit.extension.deltaCrlIndicator(4710)],
            base: kit.earlierCrl({ idp: { onlyUser: true } }),
          }),
      },
    ],
  }),
});
