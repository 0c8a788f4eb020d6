import type { CertificateKnobs, Kit } from "../../fixture/index.ts";
import { reportListed } from "../../checks/certificate-findings.ts";
import { urisOf } from "../../checks/near-names.ts";
import { defineRule } from "../../rule/rule.ts";
import { escapeText } from "../../name/escape.ts";

export default defineRule({
  id: "shards/entry-in-wrong-shard",
  title: "revoked certificate is listed in a partition that its cRLDistributionPoints do not name",
  looksAt: ["shards", "certificates", "issuingDistributionPoint"],
  requirements: [
    {
      source: "hygiene",
      document: "rfc5280",
      section: "5.2.5",
      severity: "error",
      quote: "it MUST include at least one of names from the corresponding distributionPoint field",
    },
  ],
  create(ctx) {
    const { set, index } = ctx.shards;
    if (!set.isMember(index) || ctx.issuingDistributionPoint.distributionPoint === undefined) return;
    const wrong = ctx.certificates.issued.flatMap((listing) => {
      const right = listing.entry < 0 ? undefined : set.shardsOf(listing.certificate);
      // shards/shards-must-cover-all reports a certificate whose names are in no partition.
      if (right === undefined || right.size === 0 || right.has(index)) return [];
      const point = listing.certificate.crlDistributionPoints?.list[0];
      return [point === undefined ? listing : { ...listing, at: point, path: point.path }];
    });
    const [uri] = wrong[0] === undefined ? [] : urisOf(wrong[0].certificate);
    reportListed(ctx, wrong, {
      what: (count) =>
        `for ${count === 1 ? "a certificate that belongs" : "certificates that belong"} to another partition`,
      notes: uri === undefined ? [] : [`cRLDistributionPoints of one of them: "${escapeText(uri)}"`],
    });
  },
  why: "A client fetches only the partition that the certificate names, and finds no entry there. The revoked certificate stays accepted.",
  fix: "move the entry to the partition that has the URI of the certificate",
  examples: () => ({
    bad: [
      {
        title: "certificate of partition 1, listed in partition 2",
        make: (kit) =>
          kit.crl({
            idp: kit.partition(2),
            entries: [{ serial: 9, reason: 1 }],
            shards: [shard(kit)],
            ...leaf(kit, 1),
          }),
      },
    ],
    good: [
      {
        title: "certificate whose URI no partition has, listed",
        make: (kit) =>
          kit.crl({
            idp: kit.partition(2),
            entries: [{ serial: 9, reason: 1 }],
            shards: [shard(kit)],
            ...leaf(kit, 3),
          }),
      },
      {
        title: "certificate of partition 1, listed in a CRL without distributionPoint",
        make: (kit) =>
          kit.crl({
            idp: { onlyUser: true },
            entries: [{ serial: 9, reason: 1 }],
            shards: [shard(kit)],
            ...leaf(kit, 1),
          }),
        also: ["idp/dp-absent-not-complete"],
      },
      {
        title: "certificate of partition 2, listed there",
        make: (kit) =>
          kit.crl({
            idp: kit.partition(2),
            entries: [{ serial: 9, reason: 1 }],
            shards: [shard(kit)],
            ...leaf(kit, 2),
          }),
      },
      {
        title: "certificate of partition 1, not listed",
        make: (kit) => kit.crl({ idp: kit.partition(2), entries: [], shards: [shard(kit)], ...leaf(kit, 1) }),
      },
    ],
  }),
});

function shard(kit: Kit): Uint8Array {
  return kit.crl({ idp: kit.partition(1), entries: [{ serial: 8, reason: 1 }] }).crl;
}

function leaf(kit: Kit, number: number): { readonly certificates: readonly Uint8Array[] } {
  const knobs: CertificateKnobs = { serial: 9, crldp: [`http://crl.example.com/${number}.crl`] };
  return { certificates: [kit.certificate(knobs)] };
}
