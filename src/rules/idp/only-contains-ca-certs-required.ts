import { idpNotAllowed } from "../../checks/not-allowed.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "idp/only-contains-ca-certs-required",
  title: "issuingDistributionPoint of a CRL for CA certificates lacks onlyContainsCACerts",
  looksAt: ["issuingDistributionPoint"],
  requirements: [
    {
      source: "rfc5280",
      section: "5.2.5",
      // The MUST depends on the scope that the CA declares. It may be "all certificates", even if the CA issues only
      // this kind.
      severity: "notice",
      quote: "If the scope of the CRL only includes CA certificates, then onlyContainsCACerts MUST be set to TRUE.",
    },
  ],
  create(ctx) {
    // If the extension is forbidden, it needs no flags: other rules report it.
    if (ctx.hasInForce(idpNotAllowed)) return;
    const idp = ctx.issuingDistributionPoint;
    if (ctx.scope.kind !== "ca" || ctx.stated.completeness === "full" || idp.distributionPoint === undefined) return;
    const flags = [idp.onlyContainsUserCerts, idp.onlyContainsCaCerts, idp.onlyContainsAttributeCerts, idp.indirectCrl];
    if (flags.some((flag) => flag?.value === true)) return;
    ctx.report({
      at: idp,
      path: idp.path,
      notes: [`CA certificates only: ${ctx.scope.evidence}`],
    });
  },
  why: "With the flag, a client knows that the CRL does not cover subscriber certificates. Without it, the client may use the CRL for both kinds.",
  fix: "assert onlyContainsCACerts if no other certificates are in scope",
  examples: () => ({
    bad: [
      {
        title: "URI alone in the CRL of a root",
        make: (kit) => kit.crl({ ca: kit.root, idp: { uris: ["http://crl.example.com/root.crl"] }, entries: [] }),
      },
    ],
    good: [
      {
        title: "onlyContainsCACerts TRUE",
        make: (kit) =>
          kit.crl({ ca: kit.root, idp: { uris: ["http://crl.example.com/root.crl"], onlyCa: true }, entries: [] }),
      },
      {
        title: "no issuingDistributionPoint",
        make: (kit) => kit.crl({ ca: kit.root, entries: [] }),
      },
      {
        title: "CRL stated to be full",
        make: (kit) =>
          kit.crl({
            ca: kit.root,
            entries: [],
            idp: { uris: ["http://crl.example.com/1.crl"] },
            options: { completeness: "full" },
          }),
      },
    ],
  }),
});
