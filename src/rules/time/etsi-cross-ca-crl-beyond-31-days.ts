import type { Certificate } from "../../cert/certificate.ts";
import { mapKey } from "../../der/strings.ts";
import { isoTime } from "../../der/time.ts";
import type { CertificateKnobs, Kit } from "../../fixture/index.ts";
import { compareToTerm, endOfTime, monthsAfter } from "../../checks/calendar.ts";
import { reportCertificates } from "../../checks/certificate-findings.ts";
import { formatDuration } from "../../rule/format-duration.ts";
import { defineRule } from "../../rule/rule.ts";

const maximum = 31 * 86_400;

export default defineRule({
  id: "time/etsi-cross-ca-crl-beyond-31-days",
  title: "CRL that covers a cross-certificate is valid for more than 31 days",
  looksAt: ["thisUpdate", "nextUpdate", "certificates"],
  requirements: [
    {
      source: "etsi",
      section: "6.3.9 CSS-6.3.9-14",
      severity: "warning",
      quote: "should be issued at least every 31 days",
    },
  ],
  create(ctx) {
    const { thisUpdate, nextUpdate } = ctx;
    const length = nextUpdate.seconds - thisUpdate.seconds;
    if (length <= maximum || nextUpdate.seconds === endOfTime || ctx.isDelta) return;
    // time/etsi-ca-crl-beyond-1-year reports a term of more than a year.
    if (compareToTerm(nextUpdate.seconds, monthsAfter(thisUpdate.seconds, 12)) === "beyond") return;
    const issuers = new Map<string, Set<string>>();
    for (const { certificate } of ctx.certificates.all) {
      if (certificate.basicConstraints?.ca !== true) continue;
      const known = issuers.get(keyOf(certificate)) ?? new Set();
      issuers.set(keyOf(certificate), known.add(mapKey(certificate.source.bytes, certificate.issuer)));
    }
    // It is a cross-certificate if another CA, or the CA itself, has also certified the same name and key.
    const crossing = ctx.certificates.issued.filter(
      ({ certificate }) => !certificate.selfIssued && (issuers.get(keyOf(certificate))?.size ?? 0) > 1,
    );
    reportCertificates(ctx, crossing, {
      at: nextUpdate,
      path: "tbsCertList.nextUpdate",
      message: `nextUpdate ${isoTime(nextUpdate.seconds)} is ${formatDuration(length)} after thisUpdate; the maximum is ${formatDuration(maximum)} if a cross-certificate is in scope`,
    });
  },
  why: "A cross-certificate extends trust to a CA of another organization. If that trust ends, clients with a yearly CRL learn of it too late.",
  fix: "issue the CRL at least every 31 days, with a matching nextUpdate",
  examples: () => ({
    bad: [
      {
        title: "31 days and one second, with a cross-certificate",
        make: (kit) =>
          kit.crl({ ca: kit.root, entries: [], nextUpdate: "2026-12-02T00:00:01Z", certificates: crossed(kit) }),
      },
    ],
    good: [
      {
        title: "31 days",
        make: (kit) =>
          kit.crl({ ca: kit.root, entries: [], nextUpdate: "2026-12-02T00:00:00Z", certificates: crossed(kit) }),
      },
      {
        title: "one year, without cross-certificates",
        make: (kit) =>
          kit.crl({
            ca: kit.root,
            entries: [],
            nextUpdate: "2027-10-31T00:00:00Z",
            certificates: [kit.certificate({ ...subordinate, parent: kit.root })],
          }),
      },
    ],
  }),
});

/** Returns the subject and key of a CA certificate as text. */
function keyOf({ source, subject, publicKey }: Certificate): string {
  return `${mapKey(source.bytes, subject)}${mapKey(source.bytes, publicKey)}`;
}

const subordinate: CertificateKnobs = { cA: true, subject: "C=DE, O=Other Trust AG, CN=Other Root CA", key: "p384" };

/** Returns a certificate of the root for another root CA, and the self-signed certificate of that CA. */
function crossed(kit: Kit): readonly Uint8Array[] {
  return [kit.certificate({ ...subordinate, parent: kit.root }), kit.certificate({ ...subordinate, parent: "self" })];
}
