import { valuePath } from "../../crl/crl.ts";
import { Oid } from "../../extension/oids.ts";
import { placeIn } from "../../checks/predecessor.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "delta/instead-of-complete",
  title: "CRL is a delta CRL, but a complete CRL is expected",
  looksAt: ["deltaCrlIndicator"],
  requirements: [
    {
      source: "rfc5280",
      section: "5.2.4",
      severity: "error",
      quote:
        "Delta CRLs contain updates to revocation information previously distributed, rather than all the information that would appear in a complete CRL.",
    },
  ],
  create(ctx) {
    const { deltaCrlIndicator, crl, stated, anyPrevious: previous } = ctx;
    const isSaidToBeFull = stated.completeness === "full";
    // If a base is given, the previous CRL is another complete one to compare with.
    const replacesComplete = ctx.anyBase === undefined && previous?.whyNotOfSeries === "is not a delta CRL";
    if (!isSaidToBeFull && !replacesComplete) return;
    const why = isSaidToBeFull
      ? `${stated.completenessBy ?? "--full"} states that the CRL is complete`
      : "the previous CRL given is complete";
    ctx.report({
      at: deltaCrlIndicator,
      path: valuePath(crl, Oid.deltaCrlIndicator),
      message: `the CRL has deltaCRLIndicator, and ${why}`,
      related: replacesComplete ? placeIn(previous, previous.crl.tbsCertList, "tbsCertList") : [],
      ...(!isSaidToBeFull && {
        atMost: "warning",
        notes: ["severity capped: the complete CRL may still be published; --base compares a delta CRL with it"],
      }),
    });
  },
  why: "A client that follows RFC 5280 does not use a delta CRL without the complete CRL that it updates, so the CA has no usable CRL. OpenSSL 3.0, BoringSSL, Node 20, GnuTLS 3.7, wolfSSL 5.5 and strongSwan 5.9 use it as if it were complete, and accept revoked certificates that it does not list.",
  fix: "publish a complete CRL, without deltaCRLIndicator, at this place",
  examples: () => ({
    bad: [
      {
        title: "delta CRL that is stated to be full",
        profile: "rfc5280",
        make: (kit) => kit.crl({ extra: [kit.extension.deltaCrlIndicator(4710)], options: { completeness: "full" } }),
      },
      {
        title: "delta CRL that replaces a complete CRL",
        profile: "rfc5280",
        make: (kit) => kit.crl({ extra: [kit.extension.deltaCrlIndicator(4710)], previous: kit.earlierCrl() }),
      },
    ],
    good: [
      {
        title: "delta CRL with its base",
        profile: "rfc5280",
        make: (kit) => kit.crl({ extra: [kit.extension.deltaCrlIndicator(4710)], base: kit.earlierCrl() }),
      },
      {
        title: "delta CRL that replaces a delta CRL",
        profile: "rfc5280",
        make: (kit) =>
          kit.crl({
            extra: [kit.extension.deltaCrlIndicator(4710)],
            previous: kit.earlierCrl({ extra: [kit.extension.deltaCrlIndicator(4700)] }),
          }),
      },
      {
        title: "complete CRL that is stated to be full",
        profile: "rfc5280",
        make: (kit) => kit.crl({ options: { completeness: "full" } }),
      },
    ],
  }),
});
