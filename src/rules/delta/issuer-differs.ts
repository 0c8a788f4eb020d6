import { diffNames } from "../../name/diff.ts";
import { placeIn } from "../../checks/predecessor.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "delta/issuer-differs",
  title: "delta CRL and base CRL have different issuers",
  looksAt: ["base", "issuer"],
  requirements: [
    {
      source: "rfc5280",
      section: "5.2.4 (a)",
      severity: "error",
      quote: "The complete CRL and delta CRL have the same issuer.",
    },
  ],
  create(ctx) {
    const { base, issuer, bytes } = ctx;
    const other = base.crl.issuer;
    if (base.whyNotCombinable !== "has another issuer" || other === undefined) return;
    const difference = diffNames({ bytes, name: issuer }, { bytes: base.crl.source.bytes, name: other });
    const isEncoding = difference?.equivalent === true;
    ctx.report({
      at: issuer,
      path: "tbsCertList.issuer",
      message: isEncoding
        ? "issuer is that of the base CRL, but not byte for byte"
        : "issuer is not that of the base CRL",
      related: placeIn(base, other, "tbsCertList.issuer"),
      ...(isEncoding && {
        atMost: "warning",
        notes: [
          "severity capped: the names are equal by RFC 5280 7.1, but software that compares bytes treats them as different",
        ],
      }),
    });
  },
  why: "Clients must not combine CRLs of two issuers, so the delta CRL has no effect.",
  fix: "set issuer to that of the base CRL, byte for byte",
  examples: () => ({
    bad: [
      {
        title: "the base CRL of another CA",
        make: (kit) =>
          kit.crl({
            extra: [kit.extension.deltaCrlIndicator(4710)],
            base: kit.earlierCrl({ ca: kit.otherCa }),
          }),
      },
      {
        title: "the same name in other bytes",
        make: (kit) =>
          kit.crl({
            extra: [kit.extension.deltaCrlIndicator(4710)],
            base: kit.earlierCrl({ issuer: "C=AT, O=Example Trust GmbH, CN=EXAMPLE TLS CA 1" }),
          }),
      },
    ],
    good: [
      {
        title: "the same issuer",
        make: (kit) => kit.crl({ extra: [kit.extension.deltaCrlIndicator(4710)], base: kit.earlierCrl() }),
      },
    ],
  }),
});
