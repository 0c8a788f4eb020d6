import { isPrecertificate } from "../../cert/kind.ts";
import type { Listing } from "../../given/certificates.ts";
import { reportCertificates } from "../../checks/certificate-findings.ts";
import { findExclusion } from "../../given/covering.ts";
import { matchPoints } from "../../given/points.ts";
import { serialOf } from "../../cert/serial.ts";
import { type BaseContext, defineRule, type Violation } from "../../rule/rule.ts";
import type { ShardPosition } from "../../given/shards.ts";
import { countOf } from "../../rule/format-count.ts";

export default defineRule({
  id: "certs/revoked-not-listed",
  title: "certificate that is expected to be revoked is not listed",
  looksAt: ["expectedRevoked"],
  requirements: [
    { source: "hygiene", section: "", severity: "error" },
    {
      source: "mozilla",
      section: "5.4",
      severity: "notice",
      from: "2022-10-01",
      quote:
        "a CA MUST provide CRL and OCSP services and responses in accordance with this policy for all certificates presumed to exist",
    },
  ],
  create(ctx) {
    // A delta CRL omits entries that its base CRL has.
    if (ctx.isDelta || ctx.entries.broken) return;
    const thisUpdate = ctx.crl.thisUpdate?.seconds ?? Number.NaN;
    // certs/serial-not-byte-identical reports a serial that is listed in other bytes.
    const absent = ctx.expectedRevoked.issued.filter(({ entry, likeEntry }) => entry < 0 && likeEntry < 0);
    const missing = ctx.anyShards === undefined ? absent.filter(isCoveredByCrl(ctx)) : findDue(ctx.anyShards, absent);
    const hasExpired = ({ certificate }: Listing): boolean => (certificate.notAfter.seconds ?? Number.NaN) < thisUpdate;
    report(
      ctx,
      missing.filter((listing) => !hasExpired(listing)),
      {},
    );
    report(ctx, missing.filter(hasExpired), {
      atMost: "notice",
      notes: ["severity capped: the certificate has expired, and its entry may have been removed since (RFC 5280 3.3)"],
    });
  },
  why: "Clients that use this CRL accept a certificate that it does not list. This applies to precertificates as well: the certificate that a precertificate announces is presumed to exist.",
  fix: "add an entry with the serial of the certificate, byte for byte",
  examples: () => ({
    bad: [
      {
        title: "certificate expected to be revoked, and not listed",
        make: (kit) => kit.crl({ options: { expectRevoked: [kit.certificate({ serial: 77 })] } }),
      },
      {
        title: "precertificate expected to be revoked, and not listed",
        profile: "mozilla",
        make: (kit) => {
          const poison = kit.extension.extension("1.3.6.1.4.1.11129.2.4.3", Uint8Array.of(0x05, 0x00), true);
          return kit.crl({ options: { expectRevoked: [kit.certificate({ serial: 77, extra: [poison] })] } });
        },
      },
      {
        title: "certificate expected to be revoked, and expired before thisUpdate",
        make: (kit) =>
          kit.crl({
            options: { expectRevoked: [kit.certificate({ serial: 77, notAfter: "2026-10-31T23:59:59Z" })] },
          }),
      },
      {
        title: "two certificates and an empty list, one of them with notAfter at thisUpdate, under the Mozilla policy",
        profile: "mozilla",
        make: (kit) =>
          kit.crl({
            entries: [],
            options: {
              expectRevoked: [
                kit.certificate({ serial: 77, notAfter: "2026-11-01T00:00:00Z" }),
                kit.certificate({ serial: 78 }),
              ],
            },
          }),
      },
    ],
    good: [
      {
        title: "delta CRL, whose base CRL may list the certificate",
        make: (kit) =>
          kit.crl({
            extra: [kit.extension.deltaCrlIndicator(4710)],
            options: { expectRevoked: [kit.certificate({ serial: 77 })] },
          }),
      },
      {
        title: "certificate expected to be revoked, and listed with the serial in other bytes",
        make: (kit) =>
          kit.crl({
            entries: [{ serial: "01", reason: 1 }],
            options: { expectRevoked: [kit.certificate({ serial: "0001" })] },
          }),
      },
      {
        title: "certificate expected to be revoked, and listed after an entry with a malformed length",
        make: (kit) =>
          kit.crl({
            entries: [{ raw: kit.der.raw("30ff") }, { serial: 77, reason: 1 }],
            options: { expectRevoked: [kit.certificate({ serial: 77 })] },
          }),
        also: ["der/reserved-length-octet"],
      },
      {
        title: "certificate expected to be revoked, and listed",
        make: (kit) =>
          kit.crl({
            entries: [{ serial: 77, reason: 1 }],
            options: { expectRevoked: [kit.certificate({ serial: 77 })] },
          }),
      },
      {
        title: "CA certificate, and a CRL that has onlyContainsUserCerts",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true },
            options: { expectRevoked: [kit.certificate({ serial: 77, cA: true, crldp: null })] },
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
  }),
});

function isCoveredByCrl({ crl }: BaseContext): (listing: Listing) => boolean {
  return ({ certificate }) =>
    matchPoints(crl, certificate) !== "elsewhere" && findExclusion(crl, certificate) === undefined;
}

/**
 * Returns the certificates that this CRL of a set must list. If several CRLs may list one, it is due in the last of
 * them.
 */
function findDue({ set, index }: ShardPosition, absent: readonly Listing[]): readonly Listing[] {
  if (set.full === index) return absent;
  // shards/entry-in-wrong-shard reports a certificate that a wrong partition lists.
  const isListed = set.findListed(absent);
  return absent.filter(({ certificate }, i) => {
    if (isListed[i] === true) return false;
    const right = [...(set.shardsOf(certificate) ?? [])];
    return (right.length > 0 ? Math.max(...right) : set.partitions.at(-1)) === index;
  });
}

function report(ctx: BaseContext, missing: readonly Listing[], more: Pick<Violation, "atMost" | "notes">): void {
  const announced = missing.filter(({ certificate }) => isPrecertificate(certificate));
  const [first] = missing;
  if (first === undefined) return;
  const { tbsCertList, revokedCertificates } = ctx.crl;
  reportCertificates(ctx, missing, {
    at: revokedCertificates ?? tbsCertList ?? { start: 0, end: 0 },
    path: revokedCertificates === undefined ? "tbsCertList" : "tbsCertList.revokedCertificates",
    message: `${countOf(missing.length, "certificate expected to be revoked is", "certificates expected to be revoked are")} not listed; ${missing.length > 1 ? "the first has" : "it has"} serial ${serialOf(first)}`,
    // The sentence of the Mozilla policy applies only to precertificates.
    violates: ctx.requirements.filter(({ source }) => source !== "mozilla" || announced.length > 0),
    ...more,
  });
}
