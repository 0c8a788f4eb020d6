import { isUnprocessable } from "../../extension/home.ts";
import { extensionLabel } from "../../extension/oids.ts";
import { anyOtherExtension, rpkiNoOtherExtension } from "../../checks/not-allowed.ts";
import { isPermittedBy } from "../../checks/profile-sources.ts";
import { defineRule } from "../../rule/rule.ts";

/** Extensions that are always critical in X.509: crlScope and statusReferrals. */
const criticalInX509: ReadonlySet<string> = new Set(["2.5.29.44", "2.5.29.45"]);

/** Extensions that other rules report if the profile includes X.509: revokedGroups, AAissuingDistributionPoint. */
const reportedUnderX509: ReadonlySet<string> = new Set(["2.5.29.59", "2.5.29.63"]);

export default defineRule({
  id: "extension/unknown-critical",
  title: "CRL has a critical extension that RFC 5280 does not define for CRLs",
  looksAt: ["crlExtensions", "uncommon extensions"],
  requirements: [
    {
      source: "rfc5280",
      section: "5.2",
      severity: "error",
      quote:
        "If a CRL contains a critical extension that the application cannot process, then the application MUST NOT use that CRL",
    },
    anyOtherExtension,
  ],
  create(ctx) {
    // Under RFC 6487, extension/rpki-not-allowed reports every such extension.
    if (ctx.hasInForce([rpkiNoOtherExtension])) return;
    const hasX509 = isPermittedBy(ctx, "x509");
    const seen = new Set<string>();
    for (const extension of ctx.crlExtensions.list) {
      const { oid, path } = extension;
      if (oid === undefined || seen.has(oid) || !isUnprocessable(extension)) continue;
      seen.add(oid);
      if (hasX509 && reportedUnderX509.has(oid)) continue;
      ctx.report({
        at: extension,
        path,
        message: `${extensionLabel(oid)} is critical; clients that cannot process it must not use this CRL`,
        ...(hasX509 &&
          criticalInX509.has(oid) && {
            atMost: "warning",
            notes: [
              "severity capped: X.509 requires this extension to be critical, but clients of RFC 5280 cannot process it",
            ],
          }),
      });
    }
  },
  why: "Every client that cannot process the extension must reject the CRL. Most clients then have no revocation information at all. GnuTLS 3.7 and wolfSSL 5.5 use the CRL nevertheless.",
  fix: "mark the extension non-critical, or leave it out",
  examples: () => ({
    bad: [
      {
        title: "private extension, critical",
        make: (kit) => kit.crl({ extra: [kit.extension.extension("1.3.6.1.4.1.99999.1", kit.der.nul(), true)] }),
      },
      {
        title: "keyUsage, critical",
        make: (kit) => kit.crl({ extra: [kit.extension.extension(kit.oids.keyUsage, kit.der.namedBits(6), true)] }),
      },
      {
        title: "the same private extension twice",
        make: (kit) =>
          kit.crl({
            extra: [
              kit.extension.extension("1.3.6.1.4.1.99999.1", kit.der.nul(), true),
              kit.extension.extension("1.3.6.1.4.1.99999.1", kit.der.nul(), true),
            ],
          }),
        also: ["extension/duplicate"],
      },
      {
        title: "private extension, critical, X.509",
        make: (kit) => kit.crl({ extra: [kit.extension.extension("1.3.6.1.4.1.99999.1", kit.der.nul(), true)] }),
        profile: "private",
      },
    ],
    good: [
      {
        title: "issuingDistributionPoint and deltaCRLIndicator are critical and known",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true },
            extra: [kit.extension.deltaCrlIndicator(4700)],
          }),
      },
    ],
  }),
});
