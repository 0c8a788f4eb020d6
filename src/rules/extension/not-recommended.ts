import { extensionHome, isUnprocessable } from "../../extension/home.ts";
import { extensionLabel, Oid } from "../../extension/oids.ts";
import { anyOtherExtension } from "../../checks/not-allowed.ts";
import { isPermittedBy } from "../../checks/profile-sources.ts";
import { defineRule } from "../../rule/rule.ts";

/** The rows of the table of CRL extensions in TLS BR 7.2.2 before "Any other extension". */
const inTable: ReadonlySet<string> = new Set([Oid.authorityKeyIdentifier, Oid.crlNumber, Oid.issuingDistributionPoint]);

/** Microsoft's Next CRL Publish. */
const nextCrlPublish = "1.3.6.1.4.1.311.21.4";

export default defineRule({
  id: "extension/not-recommended",
  title: "CRL has an extension that the TLS Baseline Requirements recommend against",
  looksAt: ["crlExtensions", "uncommon extensions"],
  requirements: [anyOtherExtension],
  create(ctx) {
    const seen = new Set<string>();
    for (const extension of ctx.crlExtensions.list) {
      const { oid, path } = extension;
      if (oid === undefined || inTable.has(oid) || seen.has(oid)) continue;
      // Other rules cite the row: extension/unknown, unknown-critical and belongs-to-certificate, and
      // other-extension/legacy-vendor. Microsoft TRP 3.2.3 states "Should contain", which is a valid reason to use an
      // extension that is NOT RECOMMENDED.
      if (oid === nextCrlPublish && isPermittedBy(ctx, "microsoft")) continue;
      if (extensionHome(oid) !== "crl" || isUnprocessable(extension)) continue;
      seen.add(oid);
      ctx.report({
        at: extension,
        path,
        message: `${extensionLabel(oid)} is not recommended in CRLs`,
        ...(oid === Oid.deltaCrlIndicator && {
          notes: ["a delta CRL does not replace the full CRL that TLS BR 4.9.7 requires"],
        }),
      });
    }
  },
  why: "The table of CRL extensions has authorityKeyIdentifier, cRLNumber and issuingDistributionPoint. The CA needs a reason for any other. ETSI asks for expiredCertsOnCRL, and Microsoft for Next CRL Publish if there is no OCSP.",
  fix: "leave out the extension, or record why it is needed and ignore this rule",
  examples: () => ({
    bad: [
      {
        title: "authorityInfoAccess",
        make: (kit) => {
          const { der, oids } = kit;
          const description = der.seq(der.oid(oids.caIssuers), kit.extension.uri("http://ca.example.com/ca.cer"));
          return kit.crl({ extra: [kit.extension.extension(oids.authorityInfoAccess, der.seq(description))] });
        },
      },
      {
        title: "deltaCRLIndicator on the day when the requirement took effect",
        make: (kit) =>
          kit.crl({
            thisUpdate: "2024-03-15T00:00:00Z",
            nextUpdate: "2024-03-21T23:59:59Z",
            entries: [],
            extra: [kit.extension.deltaCrlIndicator(4700)],
          }),
      },
    ],
    good: [
      {
        title: "Next CRL Publish under the Microsoft program, which asks for it",
        profile: "microsoft",
        make: (kit) =>
          kit.crl({
            extra: [{ oid: "1.3.6.1.4.1.311.21.4", value: kit.der.time("2026-11-05T00:00:00Z") }],
            certificates: [kit.certificate({ serial: 77 })],
          }),
      },
      {
        title: "the three extensions in the table",
        make: (kit) => kit.crl({ idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true } }),
      },
      {
        title: "deltaCRLIndicator one second before the requirement took effect",
        make: (kit) =>
          kit.crl({
            thisUpdate: "2024-03-14T23:59:59Z",
            nextUpdate: "2024-03-21T23:59:58Z",
            entries: [],
            extra: [kit.extension.deltaCrlIndicator(4700)],
          }),
      },
    ],
  }),
});
