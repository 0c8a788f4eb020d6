import { ccadbPartition, isKnownFull, partitionEvidence, partitionNotStated } from "../../checks/completeness.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "idp/non-uri",
  title: "fullName of issuingDistributionPoint contains a name that is not a URI",
  looksAt: ["issuingDistributionPoint"],
  requirements: [
    {
      source: "tls-br",
      section: "7.2.2.1",
      severity: "error",
      from: "2024-03-15",
      quote: "Non-`uniformResourceIdentifier` GeneralName types MUST NOT be included.",
    },
    ccadbPartition,
  ],
  create(ctx) {
    // Both documents state this only for partitioned CRLs. In a full CRL, idp/on-full-crl reports the whole extension.
    if (isKnownFull(ctx.stated)) return;
    const names = ctx.issuingDistributionPoint.distributionPoint?.fullName ?? [];
    // CCADB Policy 6.2 requires a URI, and permits names of other kinds in addition to it.
    const hasUri = names.some(({ kind }) => kind === "uniformResourceIdentifier");
    const violates = ctx.requirements.filter(({ source }) => source !== "ccadb" || !hasUri);
    const isProven = violates.some(({ source }) => source !== "ccadb") || partitionEvidence(ctx.stated) !== undefined;
    for (const name of names) {
      if (name.kind === "uniformResourceIdentifier") continue;
      ctx.report({
        at: name,
        path: name.path,
        message: `fullName contains ${name.kind}; it must contain ${hasUri ? "only uniformResourceIdentifier names" : "a uniformResourceIdentifier"}`,
        violates,
        ...(!isProven && { atMost: "warning", notes: [partitionNotStated] }),
      });
    }
  },
  why: "Certificates of the Web PKI identify their CRL by an HTTP URI. A name of another kind cannot match any of them.",
  fix: "keep only names of the type uniformResourceIdentifier in fullName",
  examples: () => ({
    bad: [
      {
        title: "only a directoryName on a partition, under the CCADB Policy alone",
        profile: "ccadb",
        also: ["general-name/dp-no-http-or-ldap"],
        make: (kit) =>
          kit.crl({
            idp: { names: kit.der.explicit(0, kit.der.explicit(4, kit.ca.subject.der())), onlyUser: true },
            options: { completeness: "partitioned" },
          }),
      },
      {
        title: "only a directoryName, with nothing that shows that the CRL is a partition",
        profile: "ccadb",
        also: ["general-name/dp-no-http-or-ldap"],
        make: (kit) =>
          kit.crl({ idp: { names: kit.der.explicit(0, kit.der.explicit(4, kit.ca.subject.der())), onlyUser: true } }),
      },
      {
        title: "directoryName in addition to the URI",
        make: (kit) => {
          const { der, extension } = kit;
          const names = [extension.uri("http://crl.example.com/1.crl"), der.explicit(4, kit.ca.subject.der())];
          return kit.crl({ idp: { names: der.explicit(0, ...names), onlyUser: true } });
        },
      },
    ],
    good: [
      {
        title: "directoryName in addition to the URI, under the CCADB Policy alone",
        profile: "ccadb",
        make: (kit) => {
          const { der, extension } = kit;
          const names = [extension.uri("http://crl.example.com/1.crl"), der.explicit(4, kit.ca.subject.der())];
          return kit.crl({
            idp: { names: der.explicit(0, ...names), onlyUser: true },
            options: { completeness: "partitioned" },
          });
        },
      },
      {
        title: "two URIs",
        make: (kit) =>
          kit.crl({ idp: { uris: ["http://crl.example.com/1.crl", "http://crl.example.net/1.crl"], onlyUser: true } }),
      },
      {
        title: "CRL stated to be full, reported by idp/on-full-crl",
        make: (kit) =>
          kit.crl({
            idp: { names: kit.der.explicit(0, kit.der.explicit(4, kit.ca.subject.der())), onlyUser: true },
            options: { completeness: "full" },
          }),
        also: ["general-name/dp-no-http-or-ldap", "idp/on-full-crl"],
      },
      {
        title: "CRL disclosed in the CCADB as full",
        make: (kit) =>
          kit.crl({
            idp: { names: kit.der.explicit(0, kit.der.explicit(4, kit.ca.subject.der())), onlyUser: true },
            options: { ccadb: kit.ccadb({ full: "http://crl.example.com/1.crl" }) },
          }),
        also: ["general-name/dp-no-http-or-ldap"],
      },
    ],
  }),
});
