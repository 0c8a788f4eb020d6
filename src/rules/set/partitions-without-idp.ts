import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "set/partitions-without-idp",
  title: "two complete CRLs of one CA have no entry in common",
  looksAt: ["together", "revokedCertificates"],
  requirements: [{ source: "hygiene", section: "", severity: "warning" }],
  create(ctx) {
    const { set, own } = ctx.together;
    const first = set.disjoint(own);
    if (first === undefined) return;
    ctx.report({
      at: ctx.revokedCertificates,
      path: "tbsCertList.revokedCertificates",
      message: `this CRL and ${first.artefact.name} are of one CA and current at the same time, have no issuingDistributionPoint, and list no certificate in common`,
      related: [
        {
          at: first.crl.revokedCertificates ?? first.crl.whole,
          path: "tbsCertList.revokedCertificates",
          artefact: first.artefact,
        },
      ],
      notes: ["severity capped: one may replace the other, if all certificates that it listed have expired"],
    });
  },
  why: "A CRL without issuingDistributionPoint counts as complete, so many clients use only one of the two. OpenSSL 3.0, BoringSSL, Node 20, Java 17, wolfSSL 5.5 and strongSwan 5.9 then accept certificates that only the other one lists.",
  fix: "add a critical issuingDistributionPoint with the URI of its certificates to each partition, or publish one complete CRL",
  examples: () => ({
    bad: [
      {
        title: "no serial in common",
        make: (kit) =>
          kit.crl({
            entries: [{ serial: 1, reason: 1 }],
            options: { together: [kit.crl({ crlNumber: 4710, entries: [{ serial: 2, reason: 1 }] }).crl] },
          }),
      },
    ],
    good: [
      {
        title: "a serial in common",
        make: (kit) =>
          kit.crl({
            entries: [
              { serial: 1, reason: 1 },
              { serial: 2, reason: 1 },
            ],
            options: { together: [kit.earlierCrl({ entries: [{ serial: 2, reason: 1 }] })] },
          }),
      },
      {
        title: "not current at the same time",
        make: (kit) =>
          kit.crl({
            entries: [{ serial: 1, reason: 1 }],
            options: {
              together: [kit.earlierCrl({ entries: [{ serial: 2, reason: 1 }], nextUpdate: "2026-11-01T00:00:00Z" })],
            },
          }),
      },
      {
        title: "a partition with issuingDistributionPoint",
        make: (kit) =>
          kit.crl({
            entries: [{ serial: 1, reason: 1 }],
            options: {
              together: [
                kit.earlierCrl({
                  entries: [{ serial: 2, reason: 1 }],
                  idp: { uris: ["http://crl.example.com/2.crl"] },
                }),
              ],
            },
          }),
      },
      {
        title: "without entries",
        make: (kit) =>
          kit.crl({ entries: [{ serial: 1, reason: 1 }], options: { together: [kit.earlierCrl({ entries: [] })] } }),
      },
    ],
  }),
});
