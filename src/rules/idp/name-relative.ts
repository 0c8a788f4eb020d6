import { ccadbPartition, isKnownFull, partitionEvidence } from "../../checks/completeness.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "idp/name-relative",
  title: "issuingDistributionPoint uses nameRelativeToCRLIssuer",
  looksAt: ["issuingDistributionPoint"],
  requirements: [
    {
      source: "rfc5280",
      section: "4.2.1.13 via 5.2.5",
      severity: "warning",
      quote: "SHOULD NOT use nameRelativeToCRLIssuer to specify distribution point names",
    },
    // TLS BR 7.2.2.1 allows only fullName for a partitioned CRL.
    { source: "tls-br", section: "7.2.2.1", severity: "error", from: "2024-03-15" },
    ccadbPartition,
  ],
  create(ctx) {
    const { distributionPoint, path } = ctx.issuingDistributionPoint;
    const relative = distributionPoint?.nameRelativeToCrlIssuer;
    if (relative === undefined) return;
    const isFull = isKnownFull(ctx.stated);
    const isPartition = partitionEvidence(ctx.stated) !== undefined;
    ctx.report({
      at: relative,
      path: `${path}.distributionPoint.nameRelativeToCRLIssuer`,
      // TLS BR 7.2.2.1 and CCADB Policy 6.2 state this only for partitioned CRLs.
      violates: ctx.requirements.filter(
        ({ source }) => (source !== "tls-br" || !isFull) && (source !== "ccadb" || isPartition),
      ),
    });
  },
  why: "Few clients assemble such a name. For all others the CRL matches no certificate, and they ignore it.",
  fix: "use fullName with the URI of the certificates' cRLDistributionPoints",
  examples: () => ({
    bad: [
      {
        title: "nameRelativeToCRLIssuer with a commonName",
        make: (kit) => {
          const { der } = kit;
          const cn = der.seq(der.oid("2.5.4.3"), der.utf8("partition 1"));
          return kit.crl({ idp: { names: der.explicit(1, cn), onlyUser: true } });
        },
      },
      {
        title: "CRL under the TLS Baseline Requirements",
        profile: "tls-br",
        make: (kit) => {
          const { der } = kit;
          const cn = der.seq(der.oid("2.5.4.3"), der.utf8("partition 1"));
          return kit.crl({ idp: { names: der.explicit(1, cn), onlyUser: true } });
        },
      },
      {
        title: "partition under the CCADB Policy",
        profile: "ccadb",
        make: (kit) =>
          kit.crl({
            idp: {
              names: kit.der.explicit(1, kit.der.seq(kit.der.oid("2.5.4.3"), kit.der.utf8("partition 1"))),
              onlyUser: true,
            },
            options: { completeness: "partitioned" },
          }),
      },
      {
        title: "CRL stated to be full",
        make: (kit) =>
          kit.crl({
            idp: {
              names: kit.der.explicit(1, kit.der.seq(kit.der.oid("2.5.4.3"), kit.der.utf8("partition 1"))),
              onlyUser: true,
            },
            options: { completeness: "full" },
          }),
      },
      {
        title: "CRL disclosed in the CCADB as full",
        make: (kit) =>
          kit.crl({
            idp: {
              names: kit.der.explicit(1, kit.der.seq(kit.der.oid("2.5.4.3"), kit.der.utf8("partition 1"))),
              onlyUser: true,
            },
            options: { ccadb: kit.ccadb({ full: "http://crl.example.com/1.crl" }) },
          }),
      },
    ],
    good: [
      {
        title: "fullName",
        make: (kit) => kit.crl({ idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true } }),
      },
    ],
  }),
});
