import { contentLength } from "../../der/span.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "idp/full-name-empty",
  title: "fullName of issuingDistributionPoint is empty",
  looksAt: ["issuingDistributionPoint"],
  requirements: [
    {
      source: "rfc5280",
      section: "4.2.1.6",
      severity: "error",
      quote: "GeneralNames ::= SEQUENCE SIZE (1..MAX) OF GeneralName",
    },
  ],
  create(ctx) {
    const { distributionPoint, path } = ctx.issuingDistributionPoint;
    const alternative = distributionPoint?.alternative;
    if (alternative === undefined || distributionPoint?.fullName === undefined) return;
    if (contentLength(alternative) > 0) return;
    ctx.report({ at: alternative, path: `${path}.distributionPoint.fullName` });
  },
  why: "`GeneralNames` must contain at least one name. A client that compares the distribution point of a certificate with an empty list finds no match and ignores the CRL.",
  fix: "put the URI of the distribution point into fullName",
  examples: () => ({
    bad: [
      {
        title: "empty fullName, A0 00",
        make: (kit) => kit.crl({ idp: { names: kit.der.explicit(0), onlyUser: true } }),
      },
    ],
    good: [
      {
        title: "one URI",
        make: (kit) => kit.crl({ idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true } }),
      },
      { title: "no distributionPoint", make: (kit) => kit.crl({ idp: { onlyUser: true } }) },
      {
        title: "nameRelativeToCRLIssuer",
        make: (kit) =>
          kit.crl({
            idp: {
              names: kit.der.explicit(1, kit.der.seq(kit.der.oid("2.5.4.3"), kit.der.utf8("partition 1"))),
              onlyUser: true,
            },
          }),
        also: ["idp/name-relative"],
      },
    ],
  }),
});
