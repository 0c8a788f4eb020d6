import { Oid } from "../../extension/oids.ts";
import { isOfAnotherKey } from "../../checks/identifiers.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "ca/key-usage-missing",
  title: "CA certificate has no keyUsage",
  looksAt: ["ca", "caExtensions"],
  requirements: [
    {
      source: "rfc5280",
      document: "rfc10007",
      section: "update of RFC 5280 6.3.3 (f)",
      severity: "error",
      quote:
        "Verify that the keyUsage extension is present in the CRL issuer's certificate and verify that the cRLSign bit is set.",
    },
    {
      source: "rfc5280",
      section: "4.2.1.3",
      severity: "warning",
      to: "2026-06-30",
      quote:
        "Conforming CAs MUST include this extension in certificates that contain public keys that are used to validate digital signatures",
    },
  ],
  create(ctx) {
    const { certificate, artefact, compared } = ctx.ca;
    const hasKeyUsage = compared.some((given) =>
      given.certificate.extensions?.list.some(({ oid }) => oid === Oid.keyUsage),
    );
    if (hasKeyUsage || isOfAnotherKey(ctx)) return;
    // RFC 5280 6.1.1 (d): a trust anchor is a name and a key. Whether its extensions apply is not settled.
    const isAnchor = compared.some((given) => given.certificate.selfIssued);
    ctx.report({
      at: certificate.extensions ?? certificate.tbsCertificate,
      path: certificate.extensions === undefined ? "tbsCertificate" : "tbsCertificate.extensions",
      artefact,
      ...(isAnchor
        ? {
            atMost: "warning" as const,
            notes: ["severity capped: clients may use only the name and key of a root that is a trust anchor"],
          }
        : {}),
    });
  },
  why: "Clients that follow RFC 10007 reject every CRL of a CA whose certificate does not state that its key may sign CRLs.",
  fix: "issue a new CA certificate with keyUsage keyCertSign and cRLSign; a new CRL does not fix this",
  examples: () => ({
    bad: [
      {
        title: "a CA without keyUsage, on 2026-11-01",
        make: (kit) => kit.crl({ ca: kit.caWith({ keyUsage: null }) }),
      },
      {
        title: "a CA without keyUsage, on 2026-06-30",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ keyUsage: null }),
            thisUpdate: "2026-06-30T23:59:59Z",
            nextUpdate: "2026-07-06T23:59:59Z",
            entries: [],
          }),
      },
      {
        title: "a root without keyUsage",
        make: (kit) => kit.crl({ ca: kit.caWith({ parent: "self", keyUsage: null }) }),
      },
    ],
    good: [
      { title: "keyCertSign and cRLSign", make: (kit) => kit.crl() },
      {
        title: "another certificate for the same key has keyUsage",
        make: (kit) => kit.crl({ issuerCertificate: [kit.caWith({ keyUsage: null }).certificate, kit.ca.certificate] }),
      },
    ],
  }),
});
