import { describe, expect, test } from "vitest";
import { readCertificate } from "../../src/cert/certificate.ts";
import { readCrl } from "../../src/crl/read.ts";
import { type CrlKnobs, type EntryKnobs, kit } from "../../src/fixture/index.ts";
import { lintShards } from "../../src/index.ts";
import { ShardSet } from "../../src/given/shards.ts";

function entries(...serials: readonly number[]): readonly EntryKnobs[] {
  return serials.map((serial) => ({ serial, reason: 1 }));
}

function shard(number: number, ...serials: readonly number[]): CrlKnobs {
  return { idp: { uris: [`http://crl.example.com/${number}.crl`], onlyUser: true }, entries: entries(...serials) };
}

function setOf(...all: readonly CrlKnobs[]): ShardSet {
  return new ShardSet(
    all.map((knobs, i) => {
      const { crl: bytes } = kit.crl(knobs);
      return { crl: readCrl(bytes, "crl"), artefact: { name: `${i}`, bytes } };
    }),
  );
}

function repeatedIn(set: ShardSet, index: number): readonly (readonly number[])[] {
  const found: number[][] = [];
  set.visitRepeated(index, (entry, first) => found.push([entry, first.shard, first.entry]));
  return found;
}

describe("a set of shards", () => {
  test("pairs a serial once, with the first earlier partition that lists it", () => {
    const set = setOf(shard(1, 4, 5), shard(2, 6, 6), shard(3, 9, 6, 5));
    expect(set.partitions).toEqual([0, 1, 2]);
    expect(repeatedIn(set, 0)).toEqual([]);
    expect(repeatedIn(set, 1)).toEqual([]);
    expect(repeatedIn(set, 2)).toEqual([
      [1, 1, 0],
      [2, 0, 1],
    ]);
  });

  test("treats a CRL without issuingDistributionPoint that lists most entries of the others as the full CRL", () => {
    const set = setOf(shard(1, 4, 5), { entries: entries(4, 5, 7) }, shard(2, 6, 7));
    expect([set.full, set.partitions]).toEqual([1, [0, 2]]);
    expect([...set.unmatched(1)]).toEqual([]);
    expect([...set.unmatched(2)]).toEqual([0]);
    expect(repeatedIn(set, 2)).toEqual([]);
  });

  test("treats such a CRL as a partition if it lists few of these entries, or if there are two", () => {
    expect(setOf(shard(1, 4, 5), { entries: entries(9) }, shard(2, 6)).full).toBe(-1);
    expect(setOf({ entries: entries(9) }, { entries: entries(9) }).full).toBe(-1);
  });

  test("ignores CRLs of other CAs and keys, and delta CRLs", () => {
    const delta: CrlKnobs = { ...shard(4, 4), extra: [kit.extension.deltaCrlIndicator(1)] };
    const set = setOf(
      { ...shard(1, 4), ca: kit.otherCa },
      shard(2, 4),
      { ...shard(3, 4), ca: kit.caWith({ key: "rsa2048c" }) },
      delta,
      shard(5, 4),
    );
    expect([set.reference, set.partitions]).toEqual([1, [1, 4]]);
    expect(repeatedIn(set, 4)).toEqual([[0, 1, 0]]);
    expect(repeatedIn(set, 0)).toEqual([]);
  });

  test("finds the partitions of a certificate by its URIs, byte for byte", () => {
    const set = setOf(shard(1), shard(2), shard(2));
    const shardsOf = (crldp: readonly string[] | null) => {
      const certificate = readCertificate(kit.certificate({ crldp }));
      const found = certificate && set.shardsOf(certificate);
      return found && [...found];
    };
    expect(shardsOf(["http://crl.example.com/2.crl"])).toEqual([1, 2]);
    expect(shardsOf(["http://crl.example.com/1.crl", "http://crl.example.com/2.crl"])).toEqual([0, 1, 2]);
    expect(shardsOf(["http://CRL.example.com/2.crl"])).toEqual([]);
    expect(shardsOf(null)).toBeUndefined();
  });

  test("is empty without a CRL", () => {
    const set = new ShardSet([
      { crl: readCrl(new Uint8Array(0), "crl"), artefact: { name: "x", bytes: new Uint8Array(0) } },
    ]);
    expect([set.full, repeatedIn(set, 0)]).toEqual([-1, []]);
  });
});

describe("lintShards", () => {
  const lint = (all: readonly CrlKnobs[], more: Partial<Parameters<typeof lintShards>[0]> = {}) =>
    lintShards({ crls: all.map((knobs) => kit.crl(knobs).crl), issuer: kit.ca.certificate, ...more });
  const found = (all: readonly CrlKnobs[], more: Partial<Parameters<typeof lintShards>[0]> = {}) =>
    lint(all, more).map(({ findings }) => findings.map(({ rule }) => rule));

  test("reports a pair once, in the run of the later CRL", () => {
    expect(found([shard(1, 4), shard(2, 5), shard(3, 4)])).toEqual([[], [], ["shards/serial-in-two"]]);
  });

  test("gives each CRL the name of its position", () => {
    expect(lint([shard(1), shard(2)]).map(({ crl }) => crl)).toEqual(["crl[0]", "crl[1]"]);
  });

  test("treats several CRLs as partitions, so each needs its own distribution point", () => {
    expect(found([{ entries: entries(4) }, { entries: entries(5) }])).toEqual([
      ["idp/missing-on-partition"],
      ["idp/missing-on-partition"],
    ]);
  });

  test("checks each partition for the revoked certificates that belong to it", () => {
    const leaf = (serial: number, number: number) =>
      kit.certificate({ serial, crldp: [`http://crl.example.com/${number}.crl`] });
    const expectRevoked = [leaf(4, 1), leaf(5, 2), leaf(6, 2)];
    expect(found([shard(1, 4), shard(2, 5)], { expectRevoked })).toEqual([[], ["certs/revoked-not-listed"]]);
  });

  test("reports an input that is not a CRL, and lints the other inputs", () => {
    const runs = lintShards({ crls: [kit.ca.certificate, kit.crl(shard(1)).crl], issuer: kit.ca.certificate });
    expect(runs.map(({ judged }) => judged)).toEqual([false, true]);
    expect(runs[1]?.findings).toEqual([]);
  });
});
