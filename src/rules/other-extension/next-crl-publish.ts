import { findExtension } from "../../crl/crl.ts";
import { countOf } from "../../rule/format-count.ts";
import { defineRule } from "../../rule/rule.ts";

/** Microsoft's extension Next CRL Publish. */
const nextCrlPublish = "1.3.6.1.4.1.311.21.4";

export default defineRule({
  id: "other-extension/next-crl-publish",
  title: "CRL has no Next CRL Publish, and a certificate in scope has no OCSP responder",
  looksAt: ["certificates", "crlExtensions"],
  requirements: [
    {
      source: "microsoft",
      section: "3.2.3",
      severity: "notice",
      quote: "Should contain Microsoft-specific extension 1.3.6.1.4.1.311.21.4 (Next CRL Publish).",
    },
  ],
  create(ctx) {
    if (findExtension(ctx.crl, nextCrlPublish) !== undefined) return;
    const without = ctx.certificates.issued.filter(({ certificate }) => !certificate.hasOcsp);
    const [first] = without;
    if (first === undefined) return;
    ctx.report({
      at: ctx.crlExtensions,
      path: "tbsCertList.crlExtensions",
      message: `CRL has no Next CRL Publish, and ${countOf(without.length, "certificate")} in scope ${without.length === 1 ? "has" : "have"} no OCSP responder`,
      related: [{ at: first.certificate.subject, path: "tbsCertificate.subject", artefact: first.artefact }],
    });
  },
  why:
    "The extension gives the time from which clients can fetch the next CRL. Without it and without OCSP, a client learns of a " +
    "revocation only after nextUpdate. The TLS BR call any other extension NOT RECOMMENDED (7.2.2), so the two " +
    "documents contradict each other, and a run under both reports both.",
  fix: "add Next CRL Publish (1.3.6.1.4.1.311.21.4), or an OCSP responder to the certificates",
  examples: () => ({
    bad: [
      {
        title: "certificate without an OCSP responder",
        make: (kit) => kit.crl({ certificates: [kit.certificate({ serial: 77 })] }),
      },
    ],
    good: [
      {
        title: "certificate with an OCSP responder",
        make: (kit) => kit.crl({ certificates: [kit.certificate({ serial: 77, ocsp: ["http://ocsp.example.com/"] })] }),
      },
      {
        title: "Next CRL Publish",
        make: (kit) =>
          kit.crl({
            extra: [{ oid: nextCrlPublish, value: kit.der.time("2026-11-05T00:00:00Z") }],
            certificates: [kit.certificate({ serial: 77 })],
          }),
      },
    ],
  }),
});
