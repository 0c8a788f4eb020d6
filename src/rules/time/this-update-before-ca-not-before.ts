import { isoTime } from "../../der/time.ts";
import { isOfAnotherKey } from "../../checks/identifiers.ts";
import { defineRule } from "../../rule/rule.ts";

/** What CAs back-date a CRL by at most, in seconds. */
const tolerance = 86_400;

export default defineRule({
  id: "time/this-update-before-ca-not-before",
  title: "CRL was issued before the CA certificate was valid",
  looksAt: ["ca", "thisUpdate"],
  // A notice: a renewed certificate has the same key and a later notBefore, and no input tells that there was none before.
  requirements: [{ source: "hygiene", section: "", severity: "notice" }],
  create(ctx) {
    const { thisUpdate, ca } = ctx;
    const first = Math.min(...ca.sameKey.map(({ certificate }) => certificate.notBefore.seconds ?? Number.NaN));
    if (!(thisUpdate.seconds < first) || isOfAnotherKey(ctx)) return;
    const isBackDated = first - thisUpdate.seconds <= tolerance;
    ctx.report({
      at: thisUpdate,
      path: "tbsCertList.thisUpdate",
      message: `thisUpdate ${isoTime(thisUpdate.seconds)} lies before the CA certificate's notBefore ${isoTime(first)}`,
      notes: isBackDated
        ? ["less than a day: many CAs back-date their CRLs a little"]
        : ["the CA may have had another certificate for this key at that time"],
    });
  },
  why: "A CA cannot have issued a CRL before it was there: the clock, the CRL or the certificate is the wrong one. Certificates that were renewed for the same key are the harmless reason.",
  fix: "set thisUpdate to the time of issue, or judge the CRL by the certificate that the CA had at that time",
  examples: () => ({
    bad: [
      {
        title: "one year before",
        make: (kit) => kit.crl({ ca: kit.caWith({ notBefore: "2027-11-01T00:00:00Z" }), entries: [] }),
      },
      {
        title: "one second before: back-dated",
        make: (kit) => kit.crl({ ca: kit.caWith({ notBefore: "2026-11-01T00:00:01Z" }), entries: [] }),
      },
      {
        title: "one day before",
        make: (kit) => kit.crl({ ca: kit.caWith({ notBefore: "2026-11-02T00:00:00Z" }), entries: [] }),
      },
    ],
    good: [
      {
        title: "the same second",
        make: (kit) => kit.crl({ ca: kit.caWith({ notBefore: "2026-11-01T00:00:00Z" }), entries: [] }),
      },
      {
        title: "the certificate that was renewed is given too",
        make: (kit) => {
          const renewed = kit.caWith({ notBefore: "2027-11-01T00:00:00Z" });
          return kit.crl({ ca: renewed, issuerCertificate: [renewed.certificate, kit.ca.certificate] });
        },
      },
      {
        title: "the certificate given is that of the CA's next key",
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
