import type { Crl } from "../../crl/crl.ts";
import { matchSerials } from "../../crl/match-serials.ts";
import type { EntryKnobs, IdpKnobs, Kit } from "../../fixture/index.ts";
import { countOf } from "../../rule/format-count.ts";
import { type BaseContext, defineRule, type RelatedPlace } from "../../rule/rule.ts";
import fullNameMissing from "./full-name-missing.ts";
import type { ShardSet } from "../../given/shards.ts";

/** Maximum number of seconds between two CRLs of one CA that are assumed to contain the same earlier revocations. */
const sameTime = 86_400;

export default defineRule({
  id: "idp/dp-absent-not-complete",
  title: "CRL without distributionPoint lacks entries of another CRL of the CA",
  looksAt: ["shards", "thisUpdate"],
  requirements: [
    {
      source: "rfc5280",
      section: "5.2.5",
      severity: "warning",
      quote:
        "the CRL MUST contain entries for all revoked unexpired certificates issued by the CRL issuer, if any, within the scope of the CRL",
    },
  ],
  create(ctx) {
    const { set, index } = ctx.shards;
    const idp = ctx.crl.issuingDistributionPoint;
    if (!set.isMember(index) || idp?.distributionPoint !== undefined || idp?.onlySomeReasons !== undefined) return;
    if (ctx.crl.unread.has("crlExtensions") || ctx.crl.unread.has("issuingDistributionPoint")) return;
    // Some documents require a distributionPoint: idp/full-name-missing and idp/missing-on-partition report its
    // absence.
    if (ctx.hasInForce(fullNameMissing.requirements)) return;
    const other = findOther(set, index);
    const given = set.shards[other];
    if (given === undefined) return;
    const missing = findMissing(ctx, given.crl, ctx.thisUpdate.seconds);
    const [first] = missing;
    if (first === undefined) return;
    const { entries: theirs, thisUpdate } = given.crl;
    const at = { start: theirs.startOf(first), end: theirs.endOf(first) };
    const related: RelatedPlace = { at, path: theirs.pathOf(first), artefact: given.artefact };
    const isSameTime = Math.abs((thisUpdate?.seconds ?? Number.NaN) - ctx.thisUpdate.seconds) <= sameTime;
    ctx.report({
      at: idp ?? ctx.crl.crlExtensions ?? ctx.crl.whole,
      path: idp?.path ?? "tbsCertList.crlExtensions",
      message: `CRL has no distributionPoint, which makes it complete for its scope, but another CRL of the CA lists ${countOf(missing.length, "entry", "entries")} that it lacks`,
      related: [related],
      notes: [
        "the scope of the CRL may be a part of the certificates that its extensions do not show",
        ...(isSameTime
          ? []
          : ["the two CRLs were issued at different times, and the certificates may have expired in between"]),
      ],
    });
  },
  why: "A CRL without distributionPoint counts as complete. If it is served instead of the partition that lists a certificate, clients accept the revoked certificate.",
  fix: "give each partition a critical issuingDistributionPoint with its own distributionPoint",
  examples: () => ({
    bad: [
      {
        title: "two partitions with onlyContainsUserCerts alone",
        make: (kit) =>
          kit.crl({ idp: { onlyUser: true }, entries: entries(8), shards: [shard(kit, { onlyUser: true }, 9)] }),
      },
      {
        title: "two partitions without issuingDistributionPoint",
        make: (kit) => kit.crl({ entries: entries(8), shards: [shard(kit, null, 9)] }),
      },
      {
        title: "CRL without issuingDistributionPoint among CRLs with it",
        make: (kit) =>
          kit.crl({
            entries: entries(8),
            shards: [1, 2].map((i) =>
              shard(kit, { uris: [`http://crl.example.com/${i}.crl`], onlyUser: true }, 10 + i),
            ),
          }),
      },
    ],
    good: [
      {
        title: "one CRL for subscriber certificates and one for CA certificates",
        make: (kit) =>
          kit.crl({ idp: { onlyUser: true }, entries: entries(8), shards: [shard(kit, { onlyCa: true }, 9)] }),
      },
      {
        title: "the other entry was revoked later",
        make: (kit) =>
          kit.crl({
            idp: { onlyUser: true },
            entries: entries(8),
            shards: [
              kit.crl({
                idp: { onlyUser: true },
                thisUpdate: "2026-11-02T00:00:00Z",
                entries: [...entries(8), { serial: 9, date: "2026-11-01T12:00:00Z" }],
              }).crl,
            ],
          }),
      },
    ],
  }),
});

/**
 * Returns the index of the CRL to compare with, or -1. It is the nearest earlier one that has entries and a scope
 * within that of this CRL. If there is none, it is the first later one with these properties and a distributionPoint,
 * which this rule does not check itself. One CRL is enough for proof.
 */
function findOther(set: ShardSet, index: number): number {
  const mine = set.crl(index);
  const fits = (other: number): boolean => {
    const theirs = set.crl(other);
    return mine !== undefined && theirs !== undefined && theirs.entries.count > 0 && isWithinScope(theirs, mine);
  };
  for (let other = index - 1; other >= 0; other -= 1) if (set.isMember(other) && fits(other)) return other;
  return set.partitions.find((other) => other > index && hasDistributionPoint(set.crl(other)) && fits(other)) ?? -1;
}

function hasDistributionPoint(crl: Crl | undefined): boolean {
  return crl?.issuingDistributionPoint?.distributionPoint !== undefined;
}

/** Whether the flags of one CRL allow only certificates that the flags of another one also allow. */
function isWithinScope({ issuingDistributionPoint: inner }: Crl, { issuingDistributionPoint: outer }: Crl): boolean {
  const covers = (out: boolean | undefined, own: boolean | undefined): boolean => out !== true || own === true;
  return (
    covers(outer?.onlyContainsUserCerts?.value, inner?.onlyContainsUserCerts?.value) &&
    covers(outer?.onlyContainsCaCerts?.value, inner?.onlyContainsCaCerts?.value) &&
    covers(outer?.onlyContainsAttributeCerts?.value, inner?.onlyContainsAttributeCerts?.value) &&
    inner?.indirectCrl?.value !== true
  );
}

/** Returns the entries of another CRL, revoked no later than a given time, that this one does not list. */
function findMissing({ entries: mine }: BaseContext, { entries: theirs }: Crl, by: number): readonly number[] {
  const window = theirs.openWindow();
  const missing: number[] = [];
  matchSerials(theirs.serials, mine.serials).forEach((found, entry) => {
    if (found < 0 && window(entry).date <= by) missing.push(entry);
  });
  return missing;
}

function entries(...serials: readonly number[]): readonly EntryKnobs[] {
  return serials.map((serial) => ({ serial, reason: 1 }));
}

function shard(kit: Kit, idp: IdpKnobs | null, serial: number): Uint8Array {
  return kit.crl({ idp, entries: entries(serial) }).crl;
}
