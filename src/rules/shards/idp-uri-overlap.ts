import type { Crl } from "../../crl/crl.ts";
import { bytesOf, sameBytes } from "../../der/span.ts";
import type { EntryKnobs, Kit } from "../../fixture/index.ts";
import { namesOfCrl } from "../../given/points.ts";
import { type Context, defineRule, type Violation } from "../../rule/rule.ts";
import { escapeText } from "../../name/escape.ts";

export default defineRule({
  id: "shards/idp-uri-overlap",
  title: "two partitions have a distribution point name in common",
  looksAt: ["shards", "issuingDistributionPoint"],
  requirements: [{ source: "hygiene", section: "", severity: "error" }],
  create(ctx) {
    const { set, index } = ctx.shards;
    if (!set.isMember(index)) return;
    for (const name of namesOfCrl(ctx.crl) ?? []) {
      const other = set.holders(ctx.bytes, name).find((holder) => !haveDisjointReasons(ctx.crl, set.crl(holder)));
      const given = other === undefined || other >= index ? undefined : set.shards[other];
      if (given === undefined || other === undefined) continue;
      const at = given.crl.issuingDistributionPoint;
      ctx.report({
        at: name,
        path: name.path,
        message: `distribution point name ${name.text === undefined ? `(${name.kind})` : `"${escapeText(name.text)}"`} is also in another partition`,
        related: at === undefined ? [] : [{ at, path: at.path, artefact: given.artefact }],
        ...excuse(ctx, other),
      });
      return;
    }
  },
  why: "Only the URI distinguishes one partition from another. If two have the same one, either can be served instead of the other, and clients accept certificates that only the other lists.",
  fix: "give each partition its own URI, and put that URI into the certificates",
  examples: () => ({
    bad: [
      {
        title: "same URI",
        make: (kit) => kit.crl({ idp: kit.partition(1), shards: [shard(kit, 1), shard(kit, 2)], entries: [] }),
      },
      {
        title: "one of two URIs",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/3.crl", "http://crl.example.com/1.crl"], onlyUser: true },
            shards: [shard(kit, 1)],
            entries: [],
          }),
      },
      {
        title: "same CRL twice",
        make: (kit) => {
          const same = kit.crl({ idp: kit.partition(1), entries: [] });
          return { ...same, shards: [same.crl] };
        },
      },
      {
        title: "older issue of the same partition",
        make: (kit) => kit.crl({ idp: kit.partition(1), entries: entries(7, 8), shards: [older(kit, 7, 8)] }),
      },
      {
        title: "older CRL with half of the entries",
        make: (kit) => kit.crl({ idp: kit.partition(1), entries: entries(7, 8), shards: [older(kit, 7, 9, 10)] }),
      },
      {
        title: "older CRL with less than half of the entries",
        make: (kit) => kit.crl({ idp: kit.partition(1), entries: entries(7, 8, 11), shards: [older(kit, 7, 9, 10)] }),
      },
      {
        title: "older CRL with less than half of the entries, the others in another partition",
        make: (kit) =>
          kit.crl({
            idp: kit.partition(1),
            entries: entries(7, 8, 11),
            shards: [older(kit, 7, 9, 10), kit.crl({ idp: kit.partition(2), entries: entries(8, 11) }).crl],
          }),
        also: ["shards/serial-in-two"],
      },
      {
        title: "same directoryName",
        make: (kit) =>
          kit.crl({
            idp: { names: kit.der.explicit(0, kit.der.explicit(4, kit.ca.subject.der())), onlyUser: true },
            shards: [
              kit.crl({
                idp: { names: kit.der.explicit(0, kit.der.explicit(4, kit.ca.subject.der())), onlyUser: true },
              }).crl,
            ],
            entries: [],
          }),
        also: ["general-name/dp-no-http-or-ldap"],
      },
      {
        title: "onlySomeReasons with keyCompromise in both",
        make: (kit) =>
          kit.crl({
            idp: { ...kit.partition(1), reasons: [1, 2] },
            shards: [kit.crl({ idp: { ...kit.partition(1), reasons: [1, 3] } }).crl],
            entries: [],
          }),
        also: ["idp/only-some-reasons-recommended-against"],
      },
      {
        title: "onlySomeReasons in one of them",
        make: (kit) =>
          kit.crl({
            idp: { ...kit.partition(1), reasons: [1] },
            shards: [shard(kit, 1)],
            entries: [],
          }),
        also: ["idp/only-some-reasons-recommended-against"],
      },
      {
        title: "onlySomeReasons in the other",
        make: (kit) =>
          kit.crl({
            idp: kit.partition(1),
            shards: [kit.crl({ idp: { ...kit.partition(1), reasons: [1] } }).crl],
            entries: [],
          }),
      },
    ],
    good: [
      {
        title: "same URI in the CRL of another CA",
        make: (kit) =>
          kit.crl({ ca: kit.otherCa, idp: kit.partition(1), shards: [shard(kit, 1), shard(kit, 2)], entries: [] }),
        also: ["shards/different-ca"],
      },
      {
        title: "different URIs",
        make: (kit) => kit.crl({ idp: kit.partition(3), shards: [shard(kit, 1), shard(kit, 2)], entries: [] }),
      },
      {
        title: "one for keyCompromise and one for the other reasons",
        also: ["idp/only-some-reasons-recommended-against"],
        make: (kit) =>
          kit.crl({
            idp: { ...kit.partition(1), reasons: [1] },
            shards: [kit.crl({ idp: { ...kit.partition(1), reasons: [2, 3, 4, 5, 6, 7, 8] } }).crl],
            entries: [],
          }),
      },
      {
        title: "delta CRL with the URI of its base",
        make: (kit) =>
          kit.crl({
            idp: kit.partition(1),
            shards: [kit.crl({ idp: kit.partition(1), extra: [kit.extension.deltaCrlIndicator(4710)] }).crl],
            entries: [],
          }),
      },
    ],
  }),
});

/** Whether two CRLs of one distribution point are for disjoint sets of reasons (RFC 5280 5.2.5). */
function haveDisjointReasons(a: Crl, b: Crl | undefined): boolean {
  const mine = a.issuingDistributionPoint?.onlySomeReasons?.reasons;
  const theirs = b?.issuingDistributionPoint?.onlySomeReasons?.reasons;
  return mine !== undefined && theirs !== undefined && ![...mine].some((bit) => theirs.has(bit));
}

/** Returns the cap and note for two CRLs with one URI that may not be two partitions. */
function excuse({ shards, crl }: Context<"shards">, other: number): Pick<Violation, "atMost" | "notes"> {
  const { set, index } = shards;
  const theirs = set.crl(other);
  if (theirs === undefined) return {};
  if (sameBytes(bytesOf(crl.source.bytes, crl.whole), bytesOf(theirs.source.bytes, theirs.whole))) {
    return { atMost: "notice", notes: ["severity capped: it is the same CRL, byte for byte"] };
  }
  if (crl.thisUpdate?.seconds === theirs.thisUpdate?.seconds) return {};
  let common = 0;
  set.visitRepeated(index, (_, first) => {
    if (first.shard === other) common += 1;
  });
  if (common * 2 < Math.min(crl.entries.count, theirs.entries.count)) return {};
  return {
    atMost: "warning",
    notes: ["severity capped: they may be two issues of one partition; only the latest is needed"],
  };
}

function shard(kit: Kit, number: number): Uint8Array {
  return kit.crl({ idp: kit.partition(number) }).crl;
}

function entries(...serials: readonly number[]): readonly EntryKnobs[] {
  return serials.map((serial) => ({ serial, reason: 1 }));
}

/** Returns a CRL issued one day earlier, for the first partition. */
function older(kit: Kit, ...serials: readonly number[]): Uint8Array {
  return kit.earlierCrl({ idp: kit.partition(1), entries: entries(...serials) });
}
