import { isoTime } from "../../der/time.ts";
import { isOfAnotherKey } from "../../checks/identifiers.ts";
import { defineRule } from "../../rule/rule.ts";

/** Maximum number of seconds by which CAs usually backdate a CRL. */
const tolerance = 86_400;

export default defineRule({
  id: "time/this-update-before-ca-not-before",
  title: "CRL was issued before the CA certificate was valid",
  looksAt: ["ca", "thisUpdate"],
  // Only a notice: a renewed certificate has the same key and a later notBefore, and no input shows an earlier one.
  requirements: [{ source: "hygiene", section: "", severity: "notice" }],
  create(ctx) {
    const { thisUpdate, ca } = ctx;
    const first = Math.min(...ca.sameKey.map(({ certificate }) => certificate.notBefore.seconds ?? Number.NaN));
    if (!(thisUpdate.seconds < first) || isOfAnotherKey(ctx)) return;
    const isBackdated = first - thisUpdate.seconds <= tolerance;
    ctx.report({
      at: thisUpdate,
      path: "tbsCertList.thisUpdate",
      message: `thisUpdate ${isoTime(thisUpdate.seconds)} is earlier than the CA certificate's notBefore ${isoTime(first)}`,
      notes: isBackdated
        ? ["at most one day earlier: many CAs backdate their CRLs slightly"]
        : ["the CA may have had another certificate for this key at that time"],
    });
  },
  why: "A CA cannot issue a CRL before it exists, so the clock, the CRL or the certificate is wrong. A certificate renewed for the same key is a harmless cause.",
  fix: "set thisUpdate to the time of issue, or lint the CRL with the certificate that the CA had at that time",
  examples: () => ({
    bad: [
      {
        title: "one year before",
        make: (kit) => kit.crl({ ca: kit.caWith({ notBefore: "2027-11-01T00:00:00Z" }), entries: [] }),
      },
      {
        title: "one second before, backdated",
        make: (kit) => kit.crl({ ca: kit.caWith({ notBefore: "2026-11-01T00:00:01Z" }), entries: [] }),
      },
      {
        title: "one day before",
        make: (kit) => kit.crl({ ca: kit.caWith({ notBefore: "2026-11-02T00:00:00Z" }), entries: [] }),
      },
    ],
    good: [
      {
        title: "same second",
        make: (kit) => kit.crl({ ca: kit.caWith({ notBefore: "2026-11-01T00:00:00Z" }), entries: [] }),
      },
      {
        title: "renewed certificate, given with the certificate before it",
        make: (kit) => {
          const renewed = kit.caWith({ notBefore: "2027-11-01T00:00:00Z" });
          return kit.crl({ ca: renewed, issuerCertificate: [renewed.certificate, kit.ca.certificate] });
        },
      },
      {
        title: "certificate of the CA's next key",
        also: ["signature/invalid"],
        make: (kit) =>
          kit.crl({
            issuerCertificate: kit.caWith({ key: "rsa2048c", notBefore: "2027-11-01T00:00:00Z" }).certificate,
            entries: [],
          }),
      },
    ],
  }),
});
