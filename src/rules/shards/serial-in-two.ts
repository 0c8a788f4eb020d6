import type { Entry } from "../../crl/entry-reader.ts";
import type { EntryKnobs, Kit } from "../../fixture/index.ts";
import type { GivenCrl } from "../../given/other-crl.ts";
import { haveCommonName, namesOfCrl } from "../../given/points.ts";
import { type Context, defineRule, type EntryTally, type RelatedPlace } from "../../rule/rule.ts";
import type { EntryPlace } from "../../given/shards.ts";

export default defineRule({
  id: "shards/serial-in-two",
  title: "serial is listed in two partitions",
  looksAt: ["shards", "issuingDistributionPoint"],
  requirements: [{ source: "hygiene", section: "", severity: "error" }],
  create(ctx) {
    const { set, index } = ctx.shards;
    /** For each other partition, a window on its entries if its names distinguish it from this one. */
    const windows = new Map<number, ((entry: number) => Entry) | undefined>();
    const tallies = new Map<string, EntryTally>();
    const window = ctx.entries.openWindow();
    set.visitRepeated(index, (number, first) => {
      if (!windows.has(first.shard)) windows.set(first.shard, openOwnWindow(ctx, first.shard));
      const theirs = windows.get(first.shard)?.(first.entry);
      // If the certificate is given, shards/entry-in-wrong-shard checks its entries.
      const known = ctx.anyCertificates?.ofEntry(number)?.certificate;
      if (theirs === undefined || (known && set.shardsOf(known) !== undefined)) return;
      const entry = window(number);
      const isSame = Object.is(entry.date, theirs.date) && entry.reason === theirs.reason;
      const key = `${first.shard} ${isSame}`;
      const tally = tallies.get(key) ?? open(ctx, first, isSame);
      tallies.set(key, tally);
      tally.add(entry);
    });
  },
  why: "A certificate belongs to one partition, the one whose URI it contains. Clients never look at a second entry. If it differs, the partitions are made from different data.",
  fix: "list each certificate in the partition that its cRLDistributionPoints name",
  examples: () => ({
    bad: [
      {
        title: "same entry",
        make: (kit) =>
          kit.crl({
            idp: kit.partition(2),
            entries: [{ serial: 9, reason: 1 }],
            shards: [shard(kit, [{ serial: 9, reason: 1 }])],
          }),
      },
      {
        title: "same serial with another reason",
        make: (kit) =>
          kit.crl({
            idp: kit.partition(2),
            entries: [{ serial: 9, reason: 4 }],
            shards: [shard(kit, [{ serial: 9, reason: 1 }])],
          }),
      },
      {
        title: "in two partitions, one equal and one with another date",
        make: (kit) =>
          kit.crl({
            idp: kit.partition(2),
            entries: [7, 8, 9].map((serial) => ({ serial, reason: 1 })),
            shards: [
              shard(kit, [
                { serial: 9, reason: 1 },
                { serial: 8, reason: 1, date: "2026-05-31T00:00:00Z" },
              ]),
              kit.crl({ idp: kit.partition(3), entries: [{ serial: 7, reason: 1 }] }).crl,
            ],
          }),
      },
    ],
    good: [
      {
        title: "CRL without distributionPoint",
        make: (kit) =>
          kit.crl({
            idp: { onlyUser: true },
            entries: [{ serial: 9, reason: 1 }],
            shards: [shard(kit, [{ serial: 9, reason: 1 }])],
          }),
      },
      {
        title: "another CRL without distributionPoint",
        make: (kit) =>
          kit.crl({
            idp: kit.partition(2),
            entries: [{ serial: 9, reason: 1 }],
            shards: [kit.crl({ idp: { onlyUser: true }, entries: [{ serial: 9, reason: 1 }] }).crl],
          }),
      },
      {
        title: "two CRLs with the same name",
        make: (kit) =>
          kit.crl({
            idp: kit.partition(1),
            entries: [{ serial: 9, reason: 1 }],
            shards: [shard(kit, [{ serial: 9, reason: 1 }])],
          }),
        also: ["shards/idp-uri-overlap"],
      },
      {
        title: "other serials",
        make: (kit) =>
          kit.crl({ idp: kit.partition(2), entries: [{ serial: 8 }], shards: [shard(kit, [{ serial: 9 }])] }),
      },
      {
        title: "certificate with the URIs of both",
        make: (kit) =>
          kit.crl({
            idp: kit.partition(2),
            entries: [{ serial: 9, reason: 1 }],
            shards: [shard(kit, [{ serial: 9, reason: 1 }])],
            certificates: [
              kit.certificate({ serial: 9, crldp: ["http://crl.example.com/1.crl", "http://crl.example.com/2.crl"] }),
            ],
          }),
      },
      {
        title: "full CRL in addition to the partition",
        make: (kit) =>
          kit.crl({
            idp: kit.partition(2),
            entries: [{ serial: 9, reason: 1 }],
            shards: [
              kit.crl({
                entries: [
                  { serial: 8, reason: 1 },
                  { serial: 9, reason: 1 },
                ],
              }).crl,
              shard(kit, [{ serial: 8, reason: 1 }]),
            ],
          }),
      },
    ],
  }),
});

/** Opens the entries of another partition; undefined if names do not distinguish the two. */
function openOwnWindow({ shards, crl }: Context<"shards">, other: number): ((entry: number) => Entry) | undefined {
  const theirs = shards.set.crl(other);
  const names = namesOfCrl(crl);
  const others = theirs && namesOfCrl(theirs);
  // shards/idp-uri-overlap and idp/dp-absent-not-complete report partitions that names do not distinguish.
  if (theirs === undefined || names === undefined || others === undefined) return undefined;
  if (haveCommonName(crl.source.bytes, names, theirs.source.bytes, others)) return undefined;
  return theirs.entries.openWindow();
}

function open(ctx: Context<"shards">, { shard, entry }: EntryPlace, isSame: boolean): EntryTally {
  const given = ctx.shards.set.shards[shard];
  return ctx.tally({
    what: isSame ? "that another partition also lists" : "that another partition lists with a different date or reason",
    related: given === undefined ? [] : [placeOf(given, entry)],
    // When certificates are moved from one partition to another, both list them for some time.
    ...(isSame && { atMost: "warning" }),
  });
}

function placeOf({ crl: { entries }, artefact }: GivenCrl, entry: number): RelatedPlace {
  return { at: { start: entries.startOf(entry), end: entries.endOf(entry) }, path: entries.pathOf(entry), artefact };
}

function shard(kit: Kit, entries: readonly EntryKnobs[]): Uint8Array {
  return kit.crl({ idp: kit.partition(1), entries }).crl;
}
