import { idpNotAllowed } from "../../checks/not-allowed.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "idp/only-contains-user-certs-required",
  title: "issuingDistributionPoint of a CRL for subscriber certificates lacks onlyContainsUserCerts",
  looksAt: ["issuingDistributionPoint"],
  requirements: [
    {
      source: "rfc5280",
      section: "5.2.5",
      // The MUST depends on the scope that the CA declares. It may be "all certificates", even if the CA issues only
      // this kind.
      severity: "notice",
      quote:
        "If the scope of the CRL only includes end entity public key certificates, then onlyContainsUserCerts MUST be set to TRUE.",
    },
  ],
  create(ctx) {
    // If the extension is forbidden, it needs no flags: other rules report it.
    if (ctx.hasInForce(idpNotAllowed)) return;
    const idp = ctx.issuingDistributionPoint;
    if (ctx.scope.kind !== "subscriber" || ctx.stated.completeness === "full" || idp.distributionPoint === undefined)
      return;
    const flags = [idp.onlyContainsUserCerts, idp.onlyContainsCaCerts, idp.onlyContainsAttributeCerts, idp.indirectCrl];
    if (flags.some((flag) => flag?.value === true)) return;
    ctx.report({
      at: idp,
      path: idp.path,
      notes: [`subscriber certificates only: ${ctx.scope.evidence}`],
    });
  },
  why: "With the flag, a client knows that the CRL does not cover CA certificates. Without it, the client may use the CRL for both kinds.",
  fix: "assert onlyContainsUserCerts if no other certificates are in scope",
  examples: () => ({
    bad: [
      {
        title: "URI alone in the CRL of a CA with pathLenConstraint 0",
        make: (kit) => kit.crl({ idp: { uris: ["http://crl.example.com/1.crl"] } }),
      },
    ],
    good: [
      {
        title: "onlyContainsUserCerts TRUE",
        make: (kit) => kit.crl({ idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true } }),
      },
      {
        title: "no issuingDistributionPoint",
        make: (kit) => kit.crl({ entries: [] }),
      },
      {
        title: "CRL stated to be full",
        make: (kit) => kit.crl({ idp: { uris: ["http://crl.example.com/1.crl"] }, options: { completeness: "full" } }),
      },
    ],
  }),
});
