import { extensionLabel, Oid } from "../../extension/oids.ts";
import { rpkiNoOtherExtension } from "../../checks/not-allowed.ts";
import { defineRule, type Requirement } from "../../rule/rule.ts";

const noIndirectOrDelta: Requirement = {
  source: "rpki",
  section: "5",
  severity: "error",
  quote: "CRLs conforming to this profile MUST NOT include Indirect or Delta CRLs.",
};
const wholeScope: Requirement = {
  source: "rpki",
  section: "5",
  severity: "error",
  quote: "The scope of each CRL MUST be all certificates issued by this CA.",
};

export default defineRule({
  id: "extension/rpki-not-allowed",
  title: "RPKI CRL has an extension other than authorityKeyIdentifier and cRLNumber",
  looksAt: ["crlExtensions"],
  requirements: [rpkiNoOtherExtension, noIndirectOrDelta, wholeScope],
  create(ctx) {
    const seen = new Set<string>();
    for (const extension of ctx.crlExtensions.list) {
      const { oid, path } = extension;
      if (oid === undefined || oid === Oid.authorityKeyIdentifier || oid === Oid.crlNumber || seen.has(oid)) continue;
      seen.add(oid);
      const isIdp = oid === Oid.issuingDistributionPoint;
      const isIndirect = isIdp && ctx.crl.issuingDistributionPoint?.indirectCrl?.value === true;
      const violated = new Set([rpkiNoOtherExtension]);
      if (isIdp) violated.add(wholeScope);
      if (isIndirect || oid === Oid.deltaCrlIndicator) violated.add(noIndirectOrDelta);
      ctx.report({
        at: extension,
        path,
        message: `${extensionLabel(oid)} is not allowed in RPKI CRLs`,
        violates: ctx.requirements.filter((requirement) => violated.has(requirement)),
      });
    }
  },
  why: "RPKI validators accept only a CRL with exactly these two extensions. They discard any other CRL, and with it everything that the CA has published.",
  fix: "remove all CRL extensions except authorityKeyIdentifier and cRLNumber",
  examples: () => ({
    bad: [
      {
        title: "issuingDistributionPoint",
        make: (kit) =>
          kit.crl({ ca: kit.rpkiCa, entries: [], idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true } }),
      },
      {
        title: "deltaCRLIndicator",
        make: (kit) => kit.crl({ ca: kit.rpkiCa, entries: [], extra: [kit.extension.deltaCrlIndicator(4700)] }),
      },
      {
        title: "private extension, critical",
        make: (kit) =>
          kit.crl({
            ca: kit.rpkiCa,
            entries: [],
            extra: [kit.extension.extension("1.3.6.1.4.1.99999.1", kit.der.nul(), true)],
          }),
      },
    ],
    good: [
      { title: "only authorityKeyIdentifier and cRLNumber", make: (kit) => kit.crl({ ca: kit.rpkiCa, entries: [] }) },
    ],
  }),
});
