import { isoTime } from "../../der/time.ts";
import { isOfAnotherKey } from "../../checks/identifiers.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "time/this-update-after-ca-not-after",
  title: "CRL was issued after the CA certificate expired",
  looksAt: ["ca", "thisUpdate"],
  requirements: [
    {
      source: "hygiene",
      document: "rfc5280",
      section: "6.3.3 (f)",
      severity: "error",
      quote: "Obtain and validate the certification path for the issuer of the complete CRL.",
    },
  ],
  create(ctx) {
    const { thisUpdate, ca } = ctx;
    const last = Math.max(...ca.compared.map(({ certificate }) => certificate.notAfter.seconds ?? Number.NaN));
    if (!(thisUpdate.seconds > last) || isOfAnotherKey(ctx)) return;
    const isRoot = ca.compared.some(({ certificate }) => certificate.selfIssued);
    ctx.report({
      at: thisUpdate,
      path: "tbsCertList.thisUpdate",
      message: `thisUpdate ${isoTime(thisUpdate.seconds)} is later than the CA certificate's notAfter ${isoTime(last)}`,
      // RFC 5280 6.1.1 (d): the validity of a trust anchor is not part of path validation.
      ...(isRoot && {
        atMost: "warning",
        notes: ["severity capped: path validation does not check the validity of a trust anchor, but many clients do"],
      }),
    });
  },
  why: "No document forbids such a CRL, but clients that check the path to its issuer do not use it, because the certificate has expired. If the CA certificate was renewed, the CRL is valid with the renewed certificate.",
  fix: "lint the CRL with the CA certificate that is valid now, or stop issuing CRLs if nothing is left to revoke",
  examples: () => ({
    bad: [
      {
        title: "one second after notAfter",
        make: (kit) => kit.crl({ ca: kit.caWith({ notAfter: "2026-10-31T23:59:59Z" }) }),
      },
      {
        title: "one second after notAfter, root CA",
        make: (kit) => kit.crl({ ca: kit.caWith({ parent: "self", notAfter: "2026-10-31T23:59:59Z" }), entries: [] }),
      },
    ],
    good: [
      {
        title: "at notAfter",
        also: ["time/next-update-after-ca-not-after"],
        make: (kit) => kit.crl({ ca: kit.caWith({ notAfter: "2026-11-01T00:00:00Z" }) }),
      },
      {
        title: "renewed CA certificate",
        make: (kit) => {
          const old = kit.caWith({ notAfter: "2026-10-31T23:59:59Z" });
          return kit.crl({ ca: old, issuerCertificate: [old.certificate, kit.ca.certificate] });
        },
      },
      {
        title: "certificate of the CA's former key",
        also: ["signature/invalid"],
        make: (kit) =>
          kit.crl({ issuerCertificate: kit.caWith({ key: "rsa2048c", notAfter: "2026-10-31T23:59:59Z" }).certificate }),
      },
    ],
  }),
});
