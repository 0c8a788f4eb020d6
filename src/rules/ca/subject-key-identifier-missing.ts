import { Oid } from "../../extension/oids.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "ca/subject-key-identifier-missing",
  title: "CA certificate has no subjectKeyIdentifier",
  looksAt: ["ca", "caExtensions"],
  requirements: [
    {
      source: "rfc5280",
      section: "4.2.1.2",
      severity: "warning",
      quote: "this extension MUST appear in all conforming CA certificates",
    },
  ],
  create(ctx) {
    const { certificate, artefact, sameKey } = ctx.ca;
    const hasIdentifier = sameKey.some((given) =>
      given.certificate.extensions?.list.some(({ oid }) => oid === Oid.subjectKeyIdentifier),
    );
    // RFC 5280 4.2.1.2 requires it only in CA certificates.
    if (hasIdentifier || certificate.basicConstraints?.ca !== true || certificate.extensions === undefined) return;
    ctx.report({ at: certificate.extensions, path: "tbsCertificate.extensions", artefact });
  },
  why: "The CRL's authorityKeyIdentifier then has nothing to match, and clients cannot find the CA certificate by it.",
  fix: "issue a new CA certificate with subjectKeyIdentifier; a new CRL does not fix this",
  examples: () => ({
    bad: [{ title: "a CA without subjectKeyIdentifier", make: (kit) => kit.crl({ ca: kit.caWith({ ski: null }) }) }],
    good: [
      { title: "a CA with subjectKeyIdentifier", make: (kit) => kit.crl() },
      {
        title: "another certificate for the same key has subjectKeyIdentifier",
        make: (kit) => kit.crl({ issuerCertificate: [kit.caWith({ ski: null }).certificate, kit.ca.certificate] }),
      },
    ],
  }),
});
