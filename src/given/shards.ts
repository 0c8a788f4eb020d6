import { identifySameKey } from "../extension/authority-key-identifier.ts";
import type { Certificate } from "../cert/certificate.ts";
import { type Crl, findExtension, isDelta } from "../crl/crl.ts";
import { readLinted } from "../crl/read.ts";
import { SerialIndex } from "../crl/serial-index.ts";
import { contents, hex } from "../der/span.ts";
import { mapKey } from "../der/strings.ts";
import type { GeneralName } from "../extension/general-name.ts";
import type { InputObject } from "../input/read.ts";
import { Oid } from "../extension/oids.ts";
import { serialsOf } from "./certificates.ts";
import type { GivenCrl } from "./other-crl.ts";
import type { GivenCertificate } from "./given.ts";
import { namesOfCrl, namesOfPoint } from "./points.ts";

/** An entry of another CRL of the set. */
export interface EntryPlace {
  readonly shard: number;
  readonly entry: number;
}

/**
 * The CRLs of one call, if the user states that they are the partitions of one CA. It is built once and passed to the
 * run of each CRL. Its tables are built on first use, in time linear in the number of entries and without an object per
 * entry. A CRL of another CA, and a delta CRL, are not partitions.
 */
export class ShardSet {
  /** All CRLs of the call, in order. */
  readonly shards: readonly GivenCrl[];
  #layout: PartitionLayout | undefined;
  #index: SerialIndex | undefined;
  #byName: Map<string, number[]> | undefined;

  constructor(shards: readonly GivenCrl[]) {
    this.shards = shards;
  }

  /** Index of the first CRL of the CA that issued most of the CRLs. */
  get reference(): number {
    return this.#findLayout().reference;
  }

  /** Index of the CRL without issuingDistributionPoint that lists the entries of the partitions; -1 for none. */
  get full(): number {
    return this.#findLayout().full;
  }

  /** Indexes of the partitions: CRLs of the reference's CA that are complete for their scope, except `full`. */
  get partitions(): readonly number[] {
    return this.#findLayout().partitions;
  }

  /** Returns the CRL with an index. */
  crl(index: number): Crl | undefined {
    return this.shards[index]?.crl;
  }

  /** Whether a CRL is one of several partitions. */
  isPartition(index: number): boolean {
    return this.partitions.includes(index) && this.partitions.length > 1;
  }

  /** Whether a CRL belongs to the set of partitions, alone or with others. */
  isMember(index: number): boolean {
    return this.#findLayout().listOf.has(index);
  }

  /**
   * Whether a CRL is a delta CRL of the CA with an issuingDistributionPoint, and no partition with the same one is
   * complete.
   */
  isDeltaAlone(index: number): boolean {
    const ca = this.crl(this.reference);
    const delta = this.crl(index);
    if (ca === undefined || delta === undefined || !isDelta(delta) || !areOfOneCa(ca, delta)) return false;
    const point = pointOf(delta);
    return point !== undefined && this.partitions.every((shard) => pointOf(this.crl(shard)) !== point);
  }

  /** Visits the entries of a partition whose serial is also in an earlier partition, each with the first such entry. */
  visitRepeated(shard: number, visitor: (entry: number, first: EntryPlace) => void): void {
    const list = this.#findLayout().listOf.get(shard);
    const count = this.crl(shard)?.entries.count ?? 0;
    const index = this.#serials();
    if (list === undefined || !index.hasRepeats) return;
    const start = index.startOf(list);
    for (let entry = 0; entry < count; entry += 1) {
      const first = index.firstOf(start + entry);
      if (first >= start) continue;
      const at = index.listOf(first);
      visitor(entry, { shard: this.partitions[at] ?? -1, entry: first - index.startOf(at) });
    }
  }

  /**
   * Returns the indexes of entries of a partition that the full CRL lacks, or of entries of the full CRL in no
   * partition.
   */
  unmatched(shard: number): Int32Array {
    const serials = this.crl(shard)?.entries.serials;
    if (this.full < 0 || serials === undefined) return new Int32Array(0);
    const found = (shard === this.full ? this.#serials() : this.#findLayout().fullIndex).find(serials);
    const missing: number[] = [];
    found.forEach((other, entry) => {
      if (other < 0) missing.push(entry);
    });
    return Int32Array.from(missing);
  }

  /** Returns for each of some certificates of the CA whether any partition lists it. */
  findListed(certificates: readonly GivenCertificate[]): readonly boolean[] {
    return Array.from(this.#serials().find(serialsOf(certificates)), (found) => found >= 0);
  }

  /** Returns the partitions whose issuingDistributionPoint contains a name, byte for byte, in order. */
  holders(bytes: Uint8Array, name: GeneralName): readonly number[] {
    return this.#names().get(mapKey(bytes, name)) ?? [];
  }

  /** Returns the partitions that the cRLDistributionPoints of a certificate lead to; undefined if it has no names. */
  shardsOf({ source, crlDistributionPoints }: Certificate): ReadonlySet<number> | undefined {
    const names = crlDistributionPoints?.list.flatMap((point) => namesOfPoint(point) ?? []) ?? [];
    return names.length === 0 ? undefined : new Set(names.flatMap((name) => this.holders(source.bytes, name)));
  }

  #serials(): SerialIndex {
    this.#index ??= new SerialIndex(this.partitions.flatMap((shard) => this.crl(shard)?.entries.serials ?? []));
    return this.#index;
  }

  #findLayout(): PartitionLayout {
    this.#layout ??= findLayout(this.shards);
    return this.#layout;
  }

  #names(): Map<string, number[]> {
    if (this.#byName !== undefined) return this.#byName;
    const byName = new Map<string, number[]>();
    for (const shard of this.partitions) {
      const crl = this.crl(shard);
      if (crl === undefined) continue;
      for (const name of namesOfCrl(crl) ?? []) {
        const key = mapKey(crl.source.bytes, name);
        const holders = byName.get(key);
        if (holders === undefined) byName.set(key, [shard]);
        else if (holders.at(-1) !== shard) holders.push(shard);
      }
    }
    this.#byName = byName;
    return byName;
  }
}

/** A CRL in its set. */
export interface ShardPosition {
  readonly set: ShardSet;
  /** Index of the CRL being linted. */
  readonly index: number;
  /** Whether the call lints no other CRL of the set. */
  readonly isOnlyLinted?: true;
}

function issuerKey(crl: Crl | undefined): string | undefined {
  return crl?.issuer && mapKey(crl.source.bytes, crl.issuer);
}

/** Returns the value of issuingDistributionPoint as text. */
function pointOf(crl: Crl | undefined): string | undefined {
  const value = crl && findExtension(crl, Oid.issuingDistributionPoint)?.value;
  return value && mapKey(crl.source.bytes, value);
}

function keyIdentifierOf({ authorityKeyIdentifier: value, source }: Crl): string | undefined {
  return value?.keyIdentifier && hex(contents(source.bytes, value.keyIdentifier));
}

/** Whether two CRLs have the same issuer and, if both identify a key, the same key. */
function areOfOneCa(a: Crl, b: Crl): boolean {
  return issuerKey(a) === issuerKey(b) && identifySameKey(a, b) !== false;
}

/** Returns the index of the first CRL of the CA that issued most of them. */
function findReference(shards: readonly GivenCrl[]): number {
  const counts = new Map<string, { first: number; count: number }>();
  shards.forEach(({ crl }, i) => {
    const key = `${issuerKey(crl) ?? ""}/${keyIdentifierOf(crl) ?? ""}`;
    const known = counts.get(key);
    if (known === undefined) counts.set(key, { first: i, count: 1 });
    else known.count += 1;
  });
  let most = { first: -1, count: 0 };
  for (const found of counts.values()) if (found.count > most.count) most = found;
  return most.first;
}

/** The role of each CRL in a set. */
interface PartitionLayout {
  readonly reference: number;
  readonly full: number;
  /** The entries of the full CRL; empty if there is none. */
  readonly fullIndex: SerialIndex;
  readonly partitions: readonly number[];
  /** Positions of the CRLs among the partitions, by their indexes. */
  readonly listOf: ReadonlyMap<number, number>;
}

function findLayout(shards: readonly GivenCrl[]): PartitionLayout {
  const reference = findReference(shards);
  const ca = shards[reference]?.crl;
  const members = shards.flatMap(({ crl }, i) => (ca && areOfOneCa(ca, crl) && !isDelta(crl) ? [i] : []));
  const claim = findClaim(shards, members);
  const others = members.filter((member) => member !== claim);
  const serials = shards[claim]?.crl.entries.serials;
  const fullIndex = new SerialIndex(serials === undefined ? [] : [serials]);
  const isFull = claim >= 0 && listsAtLeastHalf(fullIndex, shards, others);
  const partitions = isFull ? others : members;
  return {
    reference,
    full: isFull ? claim : -1,
    fullIndex,
    partitions,
    listOf: new Map(partitions.map((shard, list) => [shard, list])),
  };
}

/**
 * Returns the only CRL without issuingDistributionPoint, which thus claims to be full; -1 if there is not exactly one.
 */
function findClaim(shards: readonly GivenCrl[], members: readonly number[]): number {
  const claims = members.filter((member) => {
    const crl = shards[member]?.crl;
    if (crl === undefined || crl.unread.has("crlExtensions")) return false;
    return findExtension(crl, Oid.issuingDistributionPoint) === undefined;
  });
  const [only] = claims;
  return only === undefined || claims.length !== 1 || members.length < 2 ? -1 : only;
}

/**
 * Whether a CRL lists at least half of the entries of the others. Otherwise it is not a full CRL, but a partition
 * without the required issuingDistributionPoint.
 */
function listsAtLeastHalf(index: SerialIndex, shards: readonly GivenCrl[], others: readonly number[]): boolean {
  let listed = 0;
  let all = 0;
  for (const other of others) {
    const serials = shards[other]?.crl.entries.serials;
    if (serials === undefined) continue;
    for (const found of index.find(serials)) if (found >= 0) listed += 1;
    all += serials.offsets.length;
  }
  return listed * 2 >= all;
}

/** Reads the CRLs of a call as a set. An input that is not a CRL keeps its position, and has nothing to compare. */
export function readShards(
  objects: readonly InputObject[],
  form: Crl["form"],
  options: Parameters<typeof readLinted>[2],
): ShardSet {
  return new ShardSet(objects.map((object) => ({ crl: readLinted(object, form, options), artefact: object.artefact })));
}
