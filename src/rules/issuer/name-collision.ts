import { issuerPath } from "../../checks/issuer-faults.ts";
import { matchesSubject } from "../../given/pair.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "issuer/name-collision",
  title: "another CA certificate given has the CRL issuer's name and another key",
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
    const twins = ctx.ca.others.filter(({ certificate }) => matchesSubject(ctx.crl, certificate));
    if (twins.length === 0) return;
    ctx.report({
      at: ctx.issuer,
      path: issuerPath,
      related: twins
        .slice(0, 5)
        .map(({ certificate, artefact }) => ({ at: certificate.subject, path: "tbsCertificate.subject", artefact })),
      notes: ["authorityKeyIdentifier and signature tell which key this CRL belongs to"],
    });
  },
  why: "The scope of a CRL goes by the name, whatever key signs it (RFC 5280 5). Some clients take this CRL for certificates of the other key too, others do not.",
  fix: "give each key of a CA a name of its own when it is next certified",
  examples: () => ({
    bad: [
      {
        title: "a CA before and after a change of its key",
        make: (kit) =>
          kit.crl({ issuerCertificate: [kit.ca.certificate, kit.caWith({ key: "rsa2048c" }).certificate] }),
      },
    ],
    good: [
      {
        title: "another CA's certificate beside the right one",
        make: (kit) => kit.crl({ issuerCertificate: [kit.ca.certificate, kit.otherCa.certificate] }),
      },
      {
        title: "two certificates for one key",
        make: (kit) => kit.crl({ issuerCertificate: [kit.ca.certificate, kit.caWith({ serial: 4660 }).certificate] }),
      },
    ],
  }),
});
