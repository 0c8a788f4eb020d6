import { isoTime } from "../../der/time.ts";
import { listsOtherIssuers } from "../../checks/coverage.ts";
import { isOfAnotherKey } from "../../checks/identifiers.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "entry/revocation-date-before-ca",
  title: "revocationDate is earlier than the CA certificate's notBefore",
  looksAt: ["revokedCertificates", "ca"],
  // Only a notice: a renewed certificate has a later notBefore, and no input shows whether there was an earlier one.
  requirements: [{ source: "hygiene", section: "", severity: "notice" }],
  create(ctx) {
    if (listsOtherIssuers(ctx) || isOfAnotherKey(ctx)) return undefined;
    const first = Math.min(...ctx.ca.sameKey.map(({ certificate }) => certificate.notBefore.seconds ?? Number.NaN));
    if (!(ctx.entries.earliest < first)) return undefined;
    const earliest = isoTime(ctx.entries.earliest);
    const tally = ctx.tally({
      what: `with a revocationDate earlier than the CA certificate's notBefore ${isoTime(first)}; the earliest is ${earliest}`,
    });
    return {
      entry(entry) {
        if (entry.date < first) tally.add(entry);
      },
    };
  },
  why: "A revocation is backdated at most to the notBefore of the revoked certificate, which is not older than its CA. An earlier date is a mistake, unless the CA certificate was renewed or the CA had another key before.",
  fix: "correct the date, or lint the CRL with all certificates that the CA has had for its key",
  examples: () => ({
    bad: [
      {
        title: "one second before notBefore",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ notBefore: "2026-03-01T00:00:00Z" }),
            entries: [{ date: "2026-02-28T23:59:59Z", reason: 1 }],
          }),
      },
      {
        title: "one second before notBefore, and another entry at notBefore",
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
        title: "at notBefore",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ notBefore: "2026-03-01T00:00:00Z" }),
            entries: [{ date: "2026-03-01T00:00:00Z", reason: 1 }],
          }),
      },
      {
        title: "one second before notBefore, and the certificate that was renewed is also given",
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
        title: "before notBefore, and the certificate given is for the next key of the CA",
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
