import { isPrecertificate } from "../../cert/kind.ts";
import type { Listing } from "../../lint/certificates.ts";
import { countOf, reportCertificates, type CertificateViolation } from "../../lint/certificate-findings.ts";
import { leadsOf } from "../../lint/points.ts";
import { serialOf } from "../../lint/location.ts";
import { type Context, defineRule } from "../../lint/rule.ts";

export default defineRule({
  id: "certs/revoked-not-listed",
  title: "certificate that is said to be revoked is not listed",
  needs: ["expected"],
  requirements: [
    { source: "hygiene", section: "", severity: "error" },
    {
      source: "mozilla",
      section: "5.4",
      severity: "notice",
      quote:
        "a CA MUST provide CRL and OCSP services and responses in accordance with this policy for all certificates presumed to exist",
    },
  ],
  why: "A certificate that is not on the CRL is good for everybody who goes by it. A precertificate counts: the certificate that it announces is presumed to exist.",
  fix: "add an entry with the serial of the certificate, octet for octet",
  examples: {
    bad: [
      {
        title: "certificate said to be revoked, and not listed",
        make: (kit) => kit.crl({ options: { expectRevoked: [kit.certificate({ serial: 77 })] } }),
      },
      {
        title: "precertificate said to be revoked, and not listed",
        profile: "mozilla",
        make: (kit) => {
          const poison = kit.extension.extension("1.3.6.1.4.1.11129.2.4.3", Uint8Array.of(0x05, 0x00), true);
          return kit.crl({ options: { expectRevoked: [kit.certificate({ serial: 77, extra: [poison] })] } });
        },
      },
      {
        title: "expired since",
        make: (kit) =>
          kit.crl({
            options: { expectRevoked: [kit.certificate({ serial: 77, notAfter: "2026-10-31T23:59:59Z" })] },
          }),
      },
    ],
    good: [
      {
        title: "certificate said to be revoked, and listed",
        make: (kit) =>
          kit.crl({
            entries: [{ serial: 77, reason: 1 }],
            options: { expectRevoked: [kit.certificate({ serial: 77 })] },
          }),
      },
      {
        title: "certificate of another partition",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/2.crl"], onlyUser: true },
            entries: [],
            certificates: [kit.certificate({ crldp: ["http://crl.example.com/2.crl"] })],
            options: { expectRevoked: [kit.certificate({ serial: 77, crldp: ["http://crl.example.com/1.crl"] })] },
          }),
      },
    ],
  },
  create(ctx) {
    // A delta CRL leaves out what its base has.
    if (ctx.isDelta || ctx.entries.broken) return;
    const thisUpdate = ctx.crl.thisUpdate?.seconds ?? Number.NaN;
    // One that is listed in other octets: certs/serial-not-byte-identical.
    const missing = ctx.expected.revoked.issued.filter(
      (listing) => listing.entry < 0 && listing.likeEntry < 0 && isDue(ctx, listing),
    );
    const hasExpired = ({ certificate }: Listing): boolean => (certificate.notAfter.seconds ?? Number.NaN) < thisUpdate;
    report(ctx, missing.filter((listing) => !hasExpired(listing)), {});
    report(ctx, missing.filter(hasExpired), {
      atMost: "notice",
      notes: ["not graver, because the certificate has expired: its entry may have been taken off since (RFC 5280 3.3)"],
    });
  },
});

/** Whether this is the CRL that has to list a certificate: the one, or the last one, that may. */
function isDue(ctx: Context<"expected">, { certificate }: Listing): boolean {
  const { anyShards: shards } = ctx;
  if (shards === undefined) return leadsOf(ctx.crl, certificate) !== "elsewhere";
  const { set, index } = shards;
  const right = set.shardsOf(certificate);
  // Where no partition has its name, shards/shards-must-cover-all speaks.
  if (right !== undefined && right.size > 0) return Math.max(...right) === index;
  return set.full === index || (right === undefined && set.full < 0 && set.partitions.at(-1) === index && !isListed(ctx, certificate));
}
