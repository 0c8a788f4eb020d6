import { valuePath } from "../../crl/crl.ts";
import { Oid } from "../../extension/oids.ts";
import { placeIn } from "../../checks/predecessor.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "delta/different-key",
  title: "delta CRL and base CRL are signed with different keys",
  looksAt: ["combinableBase", "tbsCertList"],
  requirements: [
    {
      source: "rfc5280",
      section: "5.2.4",
      severity: "error",
      quote: "MUST use the same private key to sign the delta CRL and any complete CRL that it can be used to update",
    },
  ],
  create(ctx) {
    const { combinableBase: base, crl } = ctx;
    const { sameKey, sameKeyIdentifier } = base;
    if (sameKey && sameKeyIdentifier !== false) return;
    const keyIdentifier = crl.authorityKeyIdentifier?.keyIdentifier;
    const byIdentifier = sameKeyIdentifier === false && keyIdentifier !== undefined;
    const other = byIdentifier ? base.crl.authorityKeyIdentifier?.keyIdentifier : base.crl.signatureValue;
    ctx.report({
      at: byIdentifier ? keyIdentifier : (crl.signatureValue ?? ctx.tbsCertList),
      path: byIdentifier
        ? valuePath(crl, Oid.authorityKeyIdentifier)
        : crl.signatureValue
          ? "signatureValue"
          : "tbsCertList",
      message: byIdentifier
        ? "authorityKeyIdentifier names a different key than that of the base CRL"
        : "the signature of the base CRL does not verify with the key of the CA",
      related: placeIn(base, other, byIdentifier ? valuePath(base.crl, Oid.authorityKeyIdentifier) : "signatureValue"),
      ...(sameKey && {
        atMost: "warning",
        notes: ["severity capped: the same key signed both CRLs, and only its identifier differs"],
      }),
    });
  },
  why: "Clients compare the authorityKeyIdentifier of the two CRLs (RFC 5280 6.3.3) and reject a delta CRL of another key.",
  fix: "sign the delta CRL with the key of its base CRL; after a key change, issue a complete CRL first",
  examples: () => ({
    bad: [
      {
        title: "another authorityKeyIdentifier",
        make: (kit) =>
          kit.crl({
            extra: [kit.extension.deltaCrlIndicator(4710)],
            base: kit.earlierCrl({ ca: kit.caWith({ key: "rsa2048c" }) }),
          }),
      },
      {
        title: "the signature of the base CRL does not verify with the key of the CA",
        make: (kit) =>
          kit.crl({
            extra: [kit.extension.deltaCrlIndicator(4710)],
            base: kit.earlierCrl({ signingKey: "rsa2048c" }),
          }),
      },
    ],
    good: [
      {
        title: "the same key",
        make: (kit) => kit.crl({ extra: [kit.extension.deltaCrlIndicator(4710)], base: kit.earlierCrl() }),
      },
    ],
  }),
});
