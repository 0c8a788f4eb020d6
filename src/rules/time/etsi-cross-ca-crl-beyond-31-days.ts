import type { Certificate } from "../../cert/certificate.ts";
import { isoTime } from "../../der/time.ts";
import type { CertificateKnobs, Kit } from "../../fixture/index.ts";
import { compareToTerm, endOfTime, monthsAfter } from "../../checks/calendar.ts";
import { reportCertificates } from "../../checks/certificate-findings.ts";
import { textOf } from "../../given/points.ts";
import { defineRule } from "../../rule/rule.ts";

const days = 31 * 86_400;

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
    if (length <= days || nextUpdate.seconds === endOfTime || ctx.isDelta) return;
    // More than a year: time/etsi-ca-crl-beyond-1-year.
    if (compareToTerm(nextUpdate.seconds, monthsAfter(thisUpdate.seconds, 12)) === "beyond") return;
    const issuers = new Map<string, Set<string>>();
    for (const { certificate } of ctx.certificates.all) {
      if (certificate.basicConstraints?.ca !== true) continue;
      const known = issuers.get(keyOf(certificate)) ?? new Set();
      issuers.set(keyOf(certificate), known.add(textOf(certificate.source.bytes, certificate.issuer)));
    }
    // Another CA, or the CA itself, has certified the same name and key: that makes it a cross-certificate.
    const crossing = ctx.certificates.issued.filter(
      ({ certificate }) => !certificate.selfIssued && (issuers.get(keyOf(certificate))?.size ?? 0) > 1,
    );
    reportCertificates(ctx, crossing, {
      at: nextUpdate,
      path: "tbsCertList.nextUpdate",
      message: `nextUpdate ${isoTime(nextUpdate.seconds)} is ${length} s after thisUpdate; at most ${days} s (31 days) where a cross-certificate is in scope`,
    });
  },
  why: "A cross-certificate vouches for a CA under another roof. When trust in it ends, clients that hold on to a yearly CRL learn of it too late.",
  fix: "issue the CRL at least every 31 days, with a nextUpdate to match",
  examples: () => ({
    bad: [
      {
        title: "31 days and a second, with a cross-certificate",
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
        title: "a year, without cross-certificates",
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

/** Subject and key of a CA certificate. */
function keyOf({ source, subject, publicKey }: Certificate): string {
  return `${textOf(source.bytes, subject)}${textOf(source.bytes, publicKey)}`;
}

const subordinate: CertificateKnobs = { cA: true, subject: "C=DE, O=Other Trust AG, CN=Other Root CA", key: "p384" };

/** A certificate of another root's CA below the root, and the one that the other root has given itself. */
function crossed(kit: Kit): readonly Uint8Array[] {
  return [kit.certificate({ ...subordinate, parent: kit.root }), kit.certificate({ ...subordinate, parent: "self" })];
}
