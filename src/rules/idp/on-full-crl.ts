import { contentLength } from "../../der/span.ts";
import type { Kit } from "../../fixture/index.ts";
import { judgeCompleteness, recordEvidence } from "../../checks/completeness.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "idp/on-full-crl",
  title: "full and complete CRL has an issuingDistributionPoint",
  looksAt: ["issuingDistributionPoint"],
  requirements: [
    {
      source: "tls-br",
      section: "7.2.2.1",
      severity: "warning",
      from: "2024-03-15",
      quote: "This extension is NOT RECOMMENDED for full and complete CRLs.",
    },
    {
      source: "ccadb",
      section: "6.2",
      severity: "warning",
      from: "2026-03-20",
      quote: "the corresponding CRL SHOULD NOT contain an `IssuingDistributionPoint` extension",
    },
    {
      source: "ccadb",
      document: "ccadb-2.0",
      section: "6.2",
      severity: "warning",
      to: "2026-03-19",
      quote: "the corresponding CRL SHOULD NOT contain an 'Issuing Distribution Point' extension.",
    },
  ],
  create(ctx) {
    const idp = ctx.issuingDistributionPoint;
    if (ctx.isDelta || contentLength(idp) === 0) return;
    if (idp.indirectCrl?.value === true || idp.onlyContainsAttributeCerts?.value === true) return;
    const { kind, isStated, evidence } = judgeCompleteness(idp, ctx);
    const isDisclosed = !isStated && ctx.stated.disclosedAs === "full";
    if (kind !== "full" && !isDisclosed) return;
    ctx.report({
      at: idp,
      path: idp.path,
      // The CRL does not show whether it is disclosed as full, but a record in the CCADB does.
      violates: ctx.requirements.filter(({ source }) =>
        source === "ccadb" ? isStated || isDisclosed : kind === "full",
      ),
      notes: [`full: ${kind === "full" ? evidence : recordEvidence}`],
    });
  },
  why: "The extension is critical and indicates that the CRL is not complete. CRL aggregators then treat a full CRL as a partition, or reject it.",
  fix: "leave issuingDistributionPoint out of a CRL that covers every certificate of the CA",
  examples: () => ({
    bad: [
      {
        title: "URI in a CRL stated to be full",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true },
            options: { completeness: "full" },
          }),
      },
      {
        title: "onlyContainsUserCerts of a CA with pathLenConstraint 0",
        make: (kit) => kit.crl({ idp: { onlyUser: true } }),
      },
      {
        title: "onlyContainsCACerts of a root",
        make: (kit) => kit.crl({ ca: kit.root, idp: { onlyCa: true }, entries: [] }),
      },
      {
        title: "CRL disclosed as full in the CCADB",
        profile: "ccadb",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true },
            options: { completeness: "full" },
          }),
      },
      {
        title: "onlyContainsUserCerts of a CA with pathLenConstraint 0, under the CCADB Policy and the TLS BR",
        make: (kit) => kit.crl({ idp: { onlyUser: true } }),
        profile: "mozilla",
      },
    ],
    good: [
      {
        title: "CRL with a distributionPoint, treated as a partition",
        make: (kit) => kit.crl({ idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true } }),
      },
      {
        title: "onlyContainsCACerts of a root that also issued a certificate that is not a CA's, a partition",
        make: (kit) => kit.crl({ ca: kit.root, idp: { onlyCa: true }, entries: [], certificates: [ofRoot(kit)] }),
        also: ["idp/full-name-missing"],
      },
      {
        title: "full CRL without issuingDistributionPoint",
        make: (kit) => kit.crl({ options: { completeness: "full" } }),
      },
      {
        title: "indirect CRL, reported by idp/indirect-crl",
        make: (kit) => kit.crl({ idp: { indirect: true }, options: { completeness: "full" } }),
        also: ["idp/indirect-crl"],
      },
      {
        title: "onlyContainsAttributeCerts, reported by idp/attribute-certs",
        make: (kit) => kit.crl({ idp: { attr: true }, options: { completeness: "full" } }),
        also: ["idp/attribute-certs"],
      },
      {
        title: "empty issuingDistributionPoint, reported by idp/empty-sequence",
        make: (kit) => kit.crl({ idp: {}, options: { completeness: "full" } }),
        also: ["idp/empty-sequence"],
      },
    ],
  }),
});

/** Returns a certificate of the root for an OCSP responder. */
function ofRoot(kit: Kit): Uint8Array {
  return kit.certificate({ parent: kit.root, eku: [kit.oids.ocspSigning] });
}
