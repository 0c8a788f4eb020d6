import { CertificateOid, hasExtension } from "../../cert/kind.ts";
import type { CrlCase, ExtensionKnob, Kit } from "../../fixture/index.ts";
import { reportListed } from "../../checks/certificate-findings.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "certs/no-rev-avail-listed",
  title: "certificate with noRevAvail is listed",
  looksAt: ["certificates"],
  requirements: [{ source: "hygiene", document: "rfc9608", section: "2", severity: "notice" }],
  create(ctx) {
    const found = ctx.certificates.covered.filter(
      ({ certificate, entry }) => entry >= 0 && hasExtension(certificate, CertificateOid.noRevAvail),
    );
    reportListed(ctx, found, {
      what: (count) => (count === 1 ? "for a certificate with noRevAvail" : "for certificates with noRevAvail"),
    });
  },
  why: "noRevAvail means that no revocation information is available for the certificate. Clients do not look for an entry.",
  fix: "leave noRevAvail out of certificates that may have to be revoked",
  examples: () => ({
    bad: [
      { title: "certificate with noRevAvail", make: (kit) => listed(kit, [noRevAvail(kit)]) },
      {
        title: "two certificates with noRevAvail",
        make: (kit) =>
          kit.crl({
            entries: [
              { serial: 77, reason: 1 },
              { serial: 78, reason: 1 },
            ],
            certificates: [77, 78].map((serial) =>
              kit.certificate({ serial, extra: [noRevAvail(kit)], drop: [kit.oids.crlDistributionPoints] }),
            ),
          }),
      },
    ],
    good: [
      { title: "certificate without noRevAvail", make: (kit) => listed(kit, []) },
      {
        title: "certificate with noRevAvail, not listed",
        make: (kit) =>
          kit.crl({
            certificates: [kit.certificate({ extra: [noRevAvail(kit)], drop: [kit.oids.crlDistributionPoints] })],
          }),
      },
    ],
  }),
});

function noRevAvail(kit: Kit): ExtensionKnob {
  return kit.extension.extension(CertificateOid.noRevAvail, Uint8Array.of(0x05, 0x00));
}

function listed(kit: Kit, extra: readonly ExtensionKnob[]): CrlCase {
  return kit.crl({
    entries: [{ serial: 77, reason: 1 }],
    certificates: [
      kit.certificate({ serial: 77, extra, drop: [kit.oids.crlDistributionPoints], ocsp: ["http://ocsp.example.com"] }),
    ],
  });
}
