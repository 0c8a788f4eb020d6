import { Oid } from "../../extension/oids.ts";
import { idpNotAllowed } from "../../checks/not-allowed.ts";
import { formatCount } from "../../rule/format-count.ts";
import { defineRule } from "../../rule/rule.ts";
import indirectCrlRule from "./indirect-crl.ts";

export default defineRule({
  id: "idp/indirect-flag-wrong",
  title: "indirectCRL is TRUE, but the CRL issuer issued all certificates in scope",
  looksAt: ["issuingDistributionPoint", "certificates"],
  requirements: [
    {
      source: "rfc5280",
      section: "5.2.5",
      // The sentence has a MUST, but certificates that were not given may also be in scope.
      severity: "warning",
      quote:
        "If the scope of the CRL only includes certificates issued by the CRL issuer, then the indirectCRL boolean MUST be set to FALSE.",
    },
  ],
  create(ctx) {
    const { indirectCrl, path } = ctx.issuingDistributionPoint;
    if (indirectCrl?.value !== true || ctx.entries.broken || ctx.entries.extensions.has(Oid.certificateIssuer)) return;
    // If indirect CRLs or the extension are forbidden, other rules report the same bytes.
    if (ctx.hasInForce([...indirectCrlRule.requirements, ...idpNotAllowed])) return;
    const { foreign } = ctx.certificates;
    const issued = ctx.certificates.issued.filter(({ certificate }) => !certificate.selfIssued);
    if (issued.length === 0 || foreign.length > 0) return;
    ctx.report({
      at: indirectCrl,
      path: `${path}.indirectCRL`,
      message: `indirectCRL is TRUE, but the CRL issuer issued all certificates in scope (${formatCount(issued.length)}), and no entry names another issuer`,
      notes: ["certificates that were not given may also be in scope"],
    });
  },
  why: "Clients without support for indirect CRLs reject the CRL, although nothing in it needs that support.",
  fix: "leave indirectCRL [4] out, unless the CRL covers certificates of other CAs",
  examples: () => ({
    bad: [
      {
        title: "certificate of the CRL issuer",
        make: (kit) => kit.crl({ idp: { uris, indirect: true }, certificates: [kit.certificate()] }),
      },
    ],
    good: [
      {
        title: "certificates of two CAs",
        make: (kit) =>
          kit.crl({
            idp: { uris, indirect: true },
            entries: [],
            certificates: [kit.certificate(), kit.certificate({ parent: kit.otherCa })],
          }),
      },
      {
        title: "indirectCRL left out",
        make: (kit) => kit.crl({ idp: { uris, onlyUser: true }, certificates: [kit.certificate()] }),
      },
    ],
  }),
});

const uris = ["http://crl.example.com/tls-ca-1.crl"];
