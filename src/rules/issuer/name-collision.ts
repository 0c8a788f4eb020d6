import { issuerPath } from "../../checks/issuer-faults.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "issuer/name-collision",
  title: "another given CA certificate has the CRL issuer's name and a different key",
  looksAt: ["ca", "issuer"],
  requirements: [
    {
      source: "hygiene",
      document: "rfc5280",
      section: "8",
      severity: "notice",
      quote: "CA and CRL issuer names SHOULD be formed in a way that reduces the likelihood of name collisions.",
    },
  ],
  create(ctx) {
    const { namesakes } = ctx.ca;
    if (namesakes.length === 0) return;
    ctx.report({
      at: ctx.issuer,
      path: issuerPath,
      related: namesakes
        .slice(0, 5)
        .map(({ certificate, artefact }) => ({ at: certificate.subject, path: "tbsCertificate.subject", artefact })),
      notes: ["authorityKeyIdentifier and signature show which key this CRL belongs to"],
    });
  },
  why: "The scope of a CRL depends on the name, whatever key signs it (RFC 5280 5). Some clients also apply this CRL to certificates of the other key; others do not.",
  fix: "give each key of a CA its own name when it is next certified",
  examples: () => ({
    bad: [
      {
        title: "CA before and after a key change",
        make: (kit) =>
          kit.crl({ issuerCertificate: [kit.ca.certificate, kit.caWith({ key: "rsa2048c" }).certificate] }),
      },
    ],
    good: [
      {
        title: "another CA's certificate in addition to the right one",
        make: (kit) => kit.crl({ issuerCertificate: [kit.ca.certificate, kit.otherCa.certificate] }),
      },
      {
        title: "two certificates for one key",
        make: (kit) => kit.crl({ issuerCertificate: [kit.ca.certificate, kit.caWith({ serial: 4660 }).certificate] }),
      },
    ],
  }),
});
