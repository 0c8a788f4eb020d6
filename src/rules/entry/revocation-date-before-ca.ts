import { isoTime } from "../../der/time.ts";
import { listsOtherIssuers } from "../../checks/coverage.ts";
import { isOfAnotherKey } from "../../checks/identifiers.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "entry/revocation-date-before-ca",
  title: "revocationDate lies before the CA certificate's notBefore",
  looksAt: ["revokedCertificates", "ca"],
  // A notice: a renewed certificate has the same key and a later notBefore, and no input tells that there was none before.
  requirements: [{ source: "hygiene", section: "", severity: "notice" }],
  create(ctx) {
    if (listsOtherIssuers(ctx) || isOfAnotherKey(ctx)) return undefined;
    const first = Math.min(...ctx.ca.sameKey.map(({ certificate }) => certificate.notBefore.seconds ?? Number.NaN));
    if (!(ctx.entries.earliest < first)) return undefined;
    const earliest = isoTime(ctx.entries.earliest);
    const tally = ctx.tally({
      what: `with a revocationDate before the CA certificate's notBefore ${isoTime(first)}, down to ${earliest}`,
    });
    return {
      entry(entry) {
        if (entry.date < first) tally.add(entry);
      },
    };
  },
  why: "A revocation is back-dated at most to the certificate's own notBefore, and the certificate is not older than its CA. A date before that is a mistake, unless the CA certificate is a renewed one or the CA had another key before.",
  fix: "correct the date, or judge the CRL by all certificates that the CA has had for its key",
  examples: () => ({
    bad: [
      {
        title: "one second before",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ notBefore: "2026-03-01T00:00:00Z" }),
            entries: [{ date: "2026-02-28T23:59:59Z", reason: 1 }],
          }),
      },
      {
        title: "one second before, beside one of the same second",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ notBefore: "2026-03-01T00:00:00Z" }),
            entries: [
              { date: "2026-02-28T23:59:59Z", reason: 1 },
              { date: "2026-03-01T00:00:00Z", reason: 1 },
            ],
          }),
      },
    ],
    good: [
      {
        title: "the same second",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ notBefore: "2026-03-01T00:00:00Z" }),
            entries: [{ date: "2026-03-01T00:00:00Z", reason: 1 }],
          }),
      },
      {
        title: "the certificate that was renewed is given too",
        make: (kit) => {
          const renewed = kit.caWith({ notBefore: "2026-03-01T00:00:00Z" });
          return kit.crl({
            ca: renewed,
            issuerCertificate: [renewed.certificate, kit.ca.certificate],
            entries: [{ date: "2026-02-28T23:59:59Z", reason: 1 }],
          });
        },
      },
      {
        title: "the certificate given is that of the CA's next key",
        make: (kit) =>
          kit.crl({
            issuerCertificate: kit.caWith({ key: "rsa2048c", notBefore: "2026-10-01T00:00:00Z" }).certificate,
            entries: [{ date: "2026-02-28T23:59:59Z", reason: 1 }],
          }),
        also: ["signature/invalid"],
      },
    ],
  }),
});
