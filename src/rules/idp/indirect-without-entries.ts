import { Oid } from "../../extension/oids.ts";
import { idpNotAllowed } from "../../checks/not-allowed.ts";
import { defineRule } from "../../rule/rule.ts";
import indirectCrlRule from "./indirect-crl.ts";

export default defineRule({
  id: "idp/indirect-without-entries",
  title: "indirectCRL is TRUE, but no entry has a certificateIssuer",
  looksAt: ["issuingDistributionPoint"],
  requirements: [
    {
      source: "hygiene",
      document: "rfc5280",
      section: "5.2.5",
      severity: "notice",
      quote: "The authority responsible for each entry is indicated by the certificate issuer CRL entry extension",
    },
  ],
  create(ctx) {
    const { indirectCrl, path } = ctx.issuingDistributionPoint;
    if (indirectCrl?.value !== true || ctx.entries.count === 0 || ctx.entries.broken) return;
    // If indirect CRLs or the extension are forbidden, other rules report the same bytes.
    if (ctx.hasInForce([...indirectCrlRule.requirements, ...idpNotAllowed])) return;
    if (ctx.entries.extensions.has(Oid.certificateIssuer)) return;
    // A malformed entry or Extension may hide a certificateIssuer.
    const { faults } = ctx.crl.source;
    if (faults.of("structure/entry") !== undefined || faults.of("structure/extension") !== undefined) return;
    // If the CRL issuer issued all certificates given, idp/indirect-flag-wrong reports the flag.
    const { anyCertificates: given } = ctx;
    if (given?.foreign.length === 0 && given.issued.some(({ certificate }) => !certificate.selfIssued)) return;
    ctx.report({ at: indirectCrl, path: `${path}.indirectCRL` });
  },
  why: "All entries then belong to the issuer of the CRL. The flag only makes clients without support for indirect CRLs reject it.",
  fix: "leave indirectCRL [4] out, unless certificates of other CAs are in scope and none of them is revoked",
  examples: () => ({
    bad: [
      {
        title: "three entries of the CRL issuer",
        make: (kit) => kit.crl({ idp: { uris: ["http://crl.example.com/1.crl"], indirect: true, onlyUser: true } }),
      },
    ],
    good: [
      {
        title: "an entry of another CA",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/1.crl"], indirect: true, onlyUser: true },
            entries: [{ reason: 1, extensions: [kit.extension.certificateIssuer(kit.otherCa.subject)] }],
          }),
      },
      {
        title: "no entries",
        make: (kit) =>
          kit.crl({ idp: { uris: ["http://crl.example.com/1.crl"], indirect: true, onlyUser: true }, entries: [] }),
      },
    ],
  }),
});
