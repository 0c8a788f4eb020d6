import type { CrlCase, EntryKnobs, Kit } from "../../fixture/index.ts";
import { type FaultyCertificate, reportCertificates } from "../../checks/certificate-findings.ts";
import { CertificatesInScope } from "../../given/certificates.ts";
import { NearNames, urisOf } from "../../checks/near-names.ts";
import { namesOfCrl, textsOf } from "../../given/points.ts";
import { type Context, defineRule } from "../../rule/rule.ts";
import type { ShardSet } from "../../given/shards.ts";
import { escapeText } from "../../name/escape.ts";
import { countOf } from "../../rule/format-count.ts";

export default defineRule({
  id: "shards/shards-must-cover-all",
  title: "partitions together do not cover what a full CRL covers",
  looksAt: ["shards"],
  requirements: [
    {
      source: "tls-br",
      section: "7.2",
      severity: "error",
      from: "2024-03-15",
      quote: "the combined scope of those CRLs must be equivalent to that of a full and complete CRL",
    },
  ],
  create(ctx) {
    const { set, index } = ctx.shards;
    if (set.full >= 0) compareWithFull(ctx);
    // A full CRL covers every certificate. Without one, only the last partition reports, so each finding appears once.
    else if (set.partitions.at(-1) === index && set.isPartition(index)) findUncovered(ctx);
  },
  why: "A certificate that no partition covers has no CRL. Clients that use CRLs accept it even after it is revoked.",
  fix: "publish a partition for every URI in certificates, and list in all partitions together what the full CRL lists",
  examples: () => ({
    bad: [
      {
        title: "certificate whose URI no partition has",
        make: (kit) => withLeaf(kit, "http://crl.example.com/3.crl"),
      },
      {
        title: "certificate whose URI differs by a slash at the end",
        make: (kit) => withLeaf(kit, "http://crl.example.com/2.crl/"),
      },
      {
        title: "full CRL with an entry that no partition has",
        make: (kit) => kit.crl({ entries: entries(7, 8, 9), shards: [shard(kit, 1, 7), shard(kit, 2, 8)] }),
      },
      {
        title: "partition with an entry that the full CRL does not list",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/2.crl"], onlyUser: true },
            entries: entries(8, 9),
            shards: [kit.crl({ entries: entries(7, 8) }).crl, shard(kit, 1, 7)],
          }),
      },
      {
        title: "full CRL of another day with an entry that no partition has",
        make: (kit) =>
          kit.crl({
            thisUpdate: "2026-11-02T00:00:00Z",
            entries: [
              { serial: 7, reason: 1 },
              { serial: 8, reason: 1 },
              { serial: 9, reason: 1 },
            ],
            shards: [
              kit.crl({
                idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true },
                entries: [{ serial: 7, reason: 1 }],
              }).crl,
              kit.crl({
                idp: { uris: ["http://crl.example.com/2.crl"], onlyUser: true },
                entries: [{ serial: 8, reason: 1 }],
              }).crl,
            ],
          }),
      },
      {
        title: "two certificates whose URI no partition has",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/2.crl"], onlyUser: true },
            entries: [{ serial: 8, reason: 1 }],
            shards: [
              kit.crl({
                idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true },
                entries: [{ serial: 7, reason: 1 }],
              }).crl,
            ],
            certificates: [
              kit.certificate({ crldp: ["http://crl.example.com/3.crl"] }),
              kit.certificate({ serial: 78, crldp: ["http://crl.example.com/4.crl"] }),
            ],
          }),
      },
      {
        title: "certificate whose URI no partition has, in the last second of its validity",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/2.crl"], onlyUser: true },
            entries: [{ serial: 8, reason: 1 }],
            shards: [
              kit.crl({
                idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true },
                entries: [{ serial: 7, reason: 1 }],
              }).crl,
            ],
            certificates: [
              kit.certificate({ crldp: ["http://crl.example.com/3.crl"], notAfter: "2026-11-01T00:00:00Z" }),
            ],
          }),
      },
    ],
    good: [
      { title: "certificate of a partition", make: (kit) => withLeaf(kit, "http://crl.example.com/2.crl") },
      {
        title: "full CRL with the entries of all partitions",
        make: (kit) => kit.crl({ entries: entries(7, 8), shards: [shard(kit, 1, 7), shard(kit, 2, 8)] }),
      },
      {
        title: "certificate that has expired",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/2.crl"], onlyUser: true },
            entries: entries(8),
            shards: [shard(kit, 1, 7)],
            certificates: [
              kit.certificate({ crldp: ["http://crl.example.com/3.crl"], notAfter: "2026-10-31T23:59:59Z" }),
            ],
          }),
      },
      {
        title: "entry of a later partition, revoked after the full CRL was issued",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/2.crl"], onlyUser: true },
            thisUpdate: "2026-11-02T00:00:00Z",
            entries: [...entries(8), { serial: 9, reason: 1, date: "2026-11-01T12:00:00Z" }],
            shards: [kit.crl({ entries: entries(7, 8) }).crl, shard(kit, 1, 7)],
          }),
      },
    ],
  }),
});

/** Reports certificates whose names are in no partition. A certificate without cRLDistributionPoints is not counted. */
function findUncovered(ctx: Context<"shards">): void {
  const { set } = ctx.shards;
  const issued = (ctx.anyCertificates ?? new CertificatesInScope(ctx.crl, [])).issued;
  const oldest = Math.min(...set.partitions.map((index) => set.crl(index)?.thisUpdate?.seconds ?? Number.NaN));
  const uncovered = issued.filter(({ certificate }) => {
    if ((certificate.notAfter.seconds ?? Number.NaN) < oldest) return false;
    return set.shardsOf(certificate)?.size === 0;
  });
  const [first] = uncovered;
  if (first === undefined) return;
  const near = new NearNames(namesOfAll(set));
  const explanation = near.explainAny(uncovered);
  const uri = escapeText(urisOf(first.certificate)[0] ?? "");
  reportCertificates(ctx, uncovered.map(atPoint), {
    message: `no partition has the URI of ${countOf(uncovered.length, "certificate")}${uncovered.length > 1 ? "; the first is" : ":"} "${uri}"`,
    notes: explanation === undefined ? [] : [explanation],
  });
}

function atPoint(given: FaultyCertificate): FaultyCertificate {
  const point = given.certificate.crlDistributionPoints?.list[0];
  return point === undefined ? given : { ...given, at: point, path: point.path };
}

function namesOfAll(set: ShardSet): readonly string[] {
  return set.partitions.flatMap((index) => {
    const crl = set.crl(index);
    return crl === undefined ? [] : textsOf(namesOfCrl(crl) ?? []);
  });
}

/** Reports entries of the full CRL that no partition lists, and those of a partition that the full CRL lacks. */
function compareWithFull(ctx: Context<"shards">): void {
  const { set, index } = ctx.shards;
  if (index !== set.full && !set.isMember(index)) return;
  const unmatched = set.unmatched(index);
  if (unmatched.length === 0) return;
  const others = index === set.full ? set.partitions : [set.full];
  const times = others.map((other) => set.crl(other)?.thisUpdate?.seconds ?? Number.NaN);
  const isSameTime = times.every((time) => time === ctx.crl.thisUpdate?.seconds);
  const tally = ctx.tally({
    what: index === set.full ? "of the full CRL that no partition lists" : "that the full CRL does not list",
    ...(!isSameTime && {
      atMost: "warning",
      notes: [
        "severity capped: the CRLs were not issued at the same time, and entries may have been added or have expired in between",
      ],
    }),
  });
  const oldest = Math.min(...times);
  const window = ctx.entries.openWindow();
  for (const number of unmatched) {
    const entry = window(number);
    // The other CRL cannot list certificates that were revoked after it was issued.
    if (!(entry.date > oldest)) tally.add(entry);
  }
}

function entries(...serials: readonly number[]): readonly EntryKnobs[] {
  return serials.map((serial) => ({ serial, reason: 1 }));
}

function shard(kit: Kit, number: number, ...serials: readonly number[]): Uint8Array {
  return kit.crl({ idp: kit.partition(number), entries: entries(...serials) }).crl;
}

function withLeaf(kit: Kit, uri: string): CrlCase {
  return kit.crl({
    idp: { uris: ["http://crl.example.com/2.crl"], onlyUser: true },
    entries: entries(8),
    shards: [shard(kit, 1, 7)],
    certificates: [kit.certificate({ crldp: [uri] })],
  });
}
