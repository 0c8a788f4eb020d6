import type { IssuingDistributionPoint } from "../../extension/issuing-distribution-point.ts";
import type { IdpKnobs, Kit } from "../../fixture/index.ts";
import { defineRule, type RelatedPlace } from "../../rule/rule.ts";
import type { ShardSet } from "../../given/shards.ts";

export default defineRule({
  id: "shards/inconsistent-flags",
  title: "issuingDistributionPoint has different flags than in most partitions",
  looksAt: ["shards", "issuingDistributionPoint"],
  requirements: [{ source: "hygiene", section: "", severity: "warning" }],
  create(ctx) {
    const { set, index } = ctx.shards;
    const { issuingDistributionPoint: idp } = ctx;
    const mine = flagsOf(idp);
    if (mine === undefined || !set.isMember(index)) return;
    const usual = findUsual(set);
    if (usual === undefined || usual.flags === mine) return;
    ctx.report({
      at: idp,
      path: idp.path,
      message: `issuingDistributionPoint ${mine}; that of most partitions ${usual.flags}`,
      related: [usual.place],
    });
  },
  why: "Partitions are made from one template. A partition with different flags leaves out certificates that the others cover, or covers certificates twice.",
  fix: "give all partitions the same flags; separate partitions for subscriber and for CA certificates are allowed",
  examples: () => ({
    bad: [
      {
        title: "no flag among partitions with onlyContainsUserCerts",
        also: ["idp/only-contains-user-certs-required"],
        make: (kit) => kit.crl({ idp: { ...kit.partition(3), onlyUser: false }, shards: shards(kit), entries: [] }),
      },
      {
        title: "indirectCRL on one of them",
        make: (kit) => kit.crl({ idp: indirect(kit, 3), shards: shards(kit), entries: [] }),
      },
      {
        title: "two partitions that differ, the first of them counted as usual",
        make: (kit) => kit.crl({ idp: indirect(kit, 3), shards: [shard(kit, kit.partition(1))], entries: [] }),
      },
      {
        title: "no indirectCRL among partitions with it",
        make: (kit) =>
          kit.crl({
            idp: kit.partition(3),
            shards: [shard(kit, indirect(kit, 2)), shard(kit, indirect(kit, 4))],
            entries: [],
          }),
      },
      {
        title: "indirectCRL on the first and the last of five",
        make: (kit) =>
          kit.crl({
            idp: indirect(kit, 5),
            shards: [shard(kit, indirect(kit, 3)), ...shards(kit), shard(kit, kit.partition(4))],
            entries: [],
          }),
      },
    ],
    good: [
      {
        title: "same flags",
        make: (kit) => kit.crl({ idp: kit.partition(3), shards: shards(kit), entries: [] }),
      },
      {
        title: "flags that most partitions have, but not the first",
        make: (kit) =>
          kit.crl({ idp: kit.partition(4), shards: [shard(kit, indirect(kit, 3)), ...shards(kit)], entries: [] }),
      },
      {
        title: "partition for CA certificates among those for subscriber certificates",
        make: (kit) =>
          kit.crl({ idp: { ...kit.partition(3), onlyUser: false, onlyCa: true }, shards: shards(kit), entries: [] }),
      },
      {
        title: "partition for attribute certificates among those for subscriber certificates",
        make: (kit) =>
          kit.crl({ idp: { ...kit.partition(3), onlyUser: false, attr: true }, shards: shards(kit), entries: [] }),
        also: ["idp/attribute-certs"],
      },
      {
        title: "indirectCRL in the CRL of another CA",
        make: (kit) => kit.crl({ ca: kit.otherCa, idp: indirect(kit, 3), shards: shards(kit), entries: [] }),
        also: ["shards/different-ca"],
      },
      {
        title: "CRL without distributionPoint",
        make: (kit) => kit.crl({ idp: { onlyUser: true }, shards: shards(kit), entries: [] }),
      },
    ],
  }),
});

/** Returns the flags in words; undefined without distributionPoint, which idp/dp-absent-not-complete checks. */
function flagsOf(idp: IssuingDistributionPoint): string | undefined {
  if (idp.distributionPoint === undefined) return undefined;
  const isLimited =
    idp.onlyContainsUserCerts?.value === true ||
    idp.onlyContainsCaCerts?.value === true ||
    idp.onlyContainsAttributeCerts?.value === true;
  const what = isLimited ? "is for one kind of certificates" : "is for all kinds of certificates";
  return idp.indirectCrl?.value === true ? `${what} and indirect` : what;
}

/**
 * Returns the flags that most partitions have, the first ones in a tie, and their place in the first partition with
 * them.
 */
function findUsual(set: ShardSet): { readonly flags: string; readonly place: RelatedPlace } | undefined {
  const found = new Map<string, { readonly flags: string; readonly place: RelatedPlace; count: number }>();
  for (const { crl, artefact } of set.partitions.flatMap((index) => set.shards[index] ?? [])) {
    const at = crl.issuingDistributionPoint;
    const flags = at && flagsOf(at);
    if (at === undefined || flags === undefined) continue;
    const known = found.get(flags) ?? { flags, place: { at, path: at.path, artefact }, count: 0 };
    known.count += 1;
    found.set(flags, known);
  }
  return [...found.values()].sort((a, b) => b.count - a.count)[0];
}

function indirect(kit: Kit, number: number): IdpKnobs {
  return { ...kit.partition(number), indirect: true };
}

function shard(kit: Kit, knobs: IdpKnobs): Uint8Array {
  return kit.crl({ idp: knobs, entries: [] }).crl;
}

function shards(kit: Kit): readonly Uint8Array[] {
  return [shard(kit, kit.partition(1)), shard(kit, kit.partition(2))];
}
