import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "idp/non-uri",
  title: "fullName of issuingDistributionPoint holds a name that is no URI",
  looksAt: ["issuingDistributionPoint"],
  requirements: [
    {
      source: "tls-br",
      section: "7.2.2.1",
      severity: "error",
      from: "2024-03-15",
      quote: "Non-`uniformResourceIdentifier` GeneralName types MUST NOT be included.",
    },
  ],
  create(ctx) {
    // 7.2.2.1 says so of partitioned CRLs; on a full one idp/on-full-crl speaks of the extension as a whole.
    if (ctx.stated.completeness === "full") return;
    for (const name of ctx.issuingDistributionPoint.distributionPoint?.fullName ?? []) {
      if (name.kind === "uniformResourceIdentifier") continue;
      ctx.report({ at: name, path: name.path, message: `fullName holds a ${name.kind}` });
    }
  },
  why: "Certificates of the Web PKI name their CRL by an HTTP URI: a name of another kind can match none of them.",
  fix: "leave uniformResourceIdentifiers as the only names in fullName",
  examples: () => ({
    bad: [
      {
        title: "directoryName beside the URI",
        make: (kit) => {
          const { der, extension } = kit;
          const names = [extension.uri("http://crl.example.com/1.crl"), der.explicit(4, kit.ca.subject.der())];
          return kit.crl({ idp: { names: der.explicit(0, ...names), onlyUser: true } });
        },
      },
    ],
    good: [
      {
        title: "two URIs",
        make: (kit) =>
          kit.crl({ idp: { uris: ["http://crl.example.com/1.crl", "http://crl.example.net/1.crl"], onlyUser: true } }),
      },
      {
        title: "a CRL stated to be full, in which the extension is wrong as a whole",
        make: (kit) =>
          kit.crl({
            idp: { names: kit.der.explicit(0, kit.der.explicit(4, kit.ca.subject.der())), onlyUser: true },
            options: { completeness: "full" },
          }),
        also: ["idp/on-full-crl"],
      },
    ],
  }),
});
