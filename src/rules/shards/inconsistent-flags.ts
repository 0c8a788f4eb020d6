import type { Crl } from "../../crl/crl.ts";
import type { Kit } from "../../fixture/index.ts";
import { defineRule } from "../../lint/rule.ts";
import type { ShardSet } from "../../lint/shards.ts";

export default defineRule({
  id: "shards/inconsistent-flags",
  title: "issuingDistributionPoint has other flags than those of the other partitions",
  needs: ["shards", "issuingDistributionPoint"],
  requirements: [{ source: "hygiene", section: "", severity: "warning" }],
  why: "Partitions are made by one template. One that says something else of what it covers leaves certificates out that its neighbours cover, or covers them twice.",
  fix: "give all partitions the same flags; one kind for subscriber and one for CA certificates is fine",
  examples: {
    bad: [
      {
        title: "no flag among partitions with onlyContainsUserCerts",
        also: ["idp/only-contains-user-certs-required"],
        make: (kit) => kit.crl({ idp: { uris: ["http://crl.example.com/3.crl"] }, shards: shards(kit), entries: [] }),
      },
      {
        title: "indirectCRL on one of them",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/3.crl"], onlyUser: true, indirect: true },
            shards: shards(kit),
            entries: [],
          }),
      },
      {
        title: "one of two: the first of them is taken for usual",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/3.crl"], onlyUser: true, indirect: true },
            shards: [kit.crl({ idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true }, entries: [] }).crl],
            entries: [],
          }),
      },
      {
        title: "no indirectCRL among partitions with it",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/3.crl"], onlyUser: true },
            shards: [
              kit.crl({ idp: { uris: ["http://crl.example.com/2.crl"], onlyUser: true, indirect: true }, entries: [] })
                .crl,
              kit.crl({ idp: { uris: ["http://crl.example.com/4.crl"], onlyUser: true, indirect: true }, entries: [] })
                .crl,
            ],
            entries: [],
          }),
      },
    ],
    good: [
      {
        title: "the same flags",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/3.crl"], onlyUser: true },
            shards: shards(kit),
            entries: [],
          }),
      },
      {
        title: "one for CA certificates beside those for subscribers'",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/ca.crl"], onlyCa: true },
            shards: shards(kit),
            entries: [],
          }),
      },
      {
        title: "a CRL that does not name itself",
        make: (kit) =>
          kit.crl({
            idp: { onlyUser: true },
            shards: [
              kit.crl({ idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true }, entries: [] }).crl,
              kit.crl({ idp: { uris: ["http://crl.example.com/2.crl"], onlyUser: true }, entries: [] }).crl,
            ],
            entries: [],
          }),
      },
    ],
  },
  create(ctx) {
    const { set, index } = ctx.shards;
    if (!set.isMember(index)) return;
    const mine = flagsOf(ctx.crl);
    const usual = findUsual(set);
    const given = set.shards[usual?.first ?? -1];
    const at = given?.crl.issuingDistributionPoint;
    if (mine === undefined || usual === undefined || mine === usual.flags || given === undefined || at === undefined)
      return;
    ctx.report({
      at: ctx.issuingDistributionPoint,
      path: ctx.issuingDistributionPoint.path,
      message: `issuingDistributionPoint ${mine}; that of most partitions ${usual.flags}`,
      related: [{ at, path: at.path, artefact: given.artefact }],
    });
  },
});

/** What the flags say, in words; undefined for a CRL that does not name itself, which idp/dp-absent-not-complete judges. */
function flagsOf({ issuingDistributionPoint: idp }: Crl): string | undefined {
  if (idp?.distributionPoint === undefined) return undefined;
  const isLimited =
    idp.onlyContainsUserCerts?.value === true ||
    idp.onlyContainsCaCerts?.value === true ||
    idp.onlyContainsAttributeCerts?.value === true;
  const what = isLimited ? "is for one kind of certificates" : "is for all kinds of certificates";
  return idp.indirectCrl?.value === true ? `${what} and indirect` : what;
}

/** The flags that most partitions have, and the first of these. */
function findUsual(set: ShardSet): { readonly flags: string; readonly first: number } | undefined {
  const found = new Map<string, { readonly flags: string; readonly first: number; count: number }>();
  for (const index of set.partitions) {
    const crl = set.crl(index);
    const flags = crl && flagsOf(crl);
    if (flags === undefined) continue;
    const known = found.get(flags);
    if (known === undefined) found.set(flags, { flags, first: index, count: 1 });
    else known.count += 1;
  }
  return [...found.values()].sort((a, b) => b.count - a.count || a.first - b.first)[0];
}

function shards(kit: Kit): readonly Uint8Array[] {
  return [1, 2].map((number) => {
    return kit.crl({ idp: { uris: [`http://crl.example.com/${number}.crl`], onlyUser: true }, entries: [] }).crl;
  });
}
