import { Reason } from "../../crl/reason.ts";
import { isoTime } from "../../der/time.ts";
import type { CrlCase, Kit } from "../../fixture/index.ts";
import type { Listing } from "../../given/certificates.ts";
import { reportListed } from "../../checks/certificate-findings.ts";
import { entryReason } from "../../rule/aspects.ts";
import { defineRule } from "../../rule/rule.ts";

const day = 86_400;

export default defineRule({
  id: "reason/fpki-hold-on-expired",
  title: "entry of an expired certificate has reasonCode certificateHold",
  looksAt: [entryReason(Reason.certificateHold), "thisUpdate", "certificates"],
  requirements: [
    {
      source: "fpki",
      document: "fpki-common",
      section: "4.9.16",
      // Only a warning: RFC 5280 3.3 keeps the entry on one CRL after the expiry, and states no reason for it.
      severity: "warning",
      // Version 2.6; earlier versions were not read for this sentence.
      from: "2023-11-03",
      // The sentence continues: "certificateHold" beyond the expiration date of the certificate.
      quote: "Certificates must not be published on a CRL with a reason code of",
    },
  ],
  create(ctx) {
    const read = ctx.entries.openWindow();
    // The expiration date is a day, so the CRL may list the hold through the end of that day.
    const hasExpired = ({ certificate }: Listing): boolean =>
      Math.floor((certificate.notAfter.seconds ?? Number.NaN) / day) < Math.floor(ctx.thisUpdate.seconds / day);
    const held = ctx.certificates.covered.filter(
      (listing) => listing.entry >= 0 && hasExpired(listing) && read(listing.entry).reason === Reason.certificateHold,
    );
    const first = Math.min(...held.map(({ certificate }) => certificate.notAfter.seconds ?? Number.NaN));
    reportListed(ctx, held, {
      what: (count) =>
        `with reasonCode certificateHold (6) for ${count === 1 ? "a certificate that expired at" : "certificates that expired, the first at"} ${isoTime(first)}`,
    });
  },
  why: "A hold can be released only while the certificate is valid. Software that checks an old signature cannot determine whether the certificate was revoked.",
  fix: "revoke the certificate permanently with the reason that applies, or release the hold before the certificate expires",
  examples: () => ({
    bad: [
      { title: "certificate that expired on the day before", make: (kit) => held(kit, "2026-10-31T23:59:59Z", 6) },
      {
        title: "two certificates that have expired",
        make: (kit) =>
          kit.crl({
            entries: [77, 78].map((serial) => ({ serial, reason: 6 })),
            certificates: [77, 78].map((serial) =>
              kit.certificate({ serial, notAfter: `2026-10-${serial - 50}T00:00:00Z` }),
            ),
          }),
      },
    ],
    good: [
      { title: "certificate that expires on the day of the CRL", make: (kit) => held(kit, "2026-11-01T00:00:00Z", 6) },
      { title: "permanent revocation of an expired certificate", make: (kit) => held(kit, "2026-10-31T23:59:59Z", 4) },
    ],
  }),
});

/** Returns a CRL that lists a certificate with this notAfter for this reason, and another one on hold. */
function held(kit: Kit, notAfter: string, reason: number): CrlCase {
  return kit.crl({
    entries: [
      { serial: 77, reason },
      { serial: 78, reason: 6 },
    ],
    certificates: [kit.certificate({ serial: 77, notAfter }), kit.certificate({ serial: 78 })],
  });
}
