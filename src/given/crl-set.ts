import type { Certificate } from "../cert/certificate.ts";
import { type Crl, findExtension, isDelta } from "../crl/crl.ts";
import { matchSerials } from "../crl/match-serials.ts";
import { groupBy } from "../der/group-by.ts";
import { compareIntegers } from "../der/integer.ts";
import { bytesOf, contents, sameBytes } from "../der/span.ts";
import { mapKey } from "../der/strings.ts";
import { identifySameKey } from "../extension/authority-key-identifier.ts";
import { Oid } from "../extension/oids.ts";
import { isIssuedBy, serialsOf } from "./certificates.ts";
import type { GivenCertificate } from "./given.ts";
import type { GivenCrl } from "./other-crl.ts";
import { findSharedSerials, longSerial, type SharedSerials } from "./shared-serials.ts";

/** Maximum number of CRLs of a CA that each one is compared with, entry by entry. */
const maximumCompared = 32;

/** A CA that issued a certificate of the call, but has no CRL in the call. */
export interface UncoveredCa {
  readonly ca: GivenCertificate;
  /** A certificate that it issued. */
  readonly below: GivenCertificate;
  /** The first CRL of a CA below it. */
  readonly own: GivenCrl;
}

/** A certificate of another CA that this CRL lists. */
export interface ForeignListed extends GivenCertificate {
  readonly entry: number;
  /** The CRL of its own CA, if it was given and does not list the certificate. */
  readonly missingIn: GivenCrl | undefined;
  /** Whether its serial is too long for two CAs to use it by accident. */
  readonly isLong: boolean;
}

/**
 * The CRLs and certificates of one call, checked together. It is built once and passed to the run of each CRL. Its
 * tables are built on first use. The order in which files were given does not matter.
 */
export class CrlSet {
  readonly crls: readonly GivenCrl[];
  /** Certificates that may be CA certificates. */
  readonly #cas: readonly GivenCertificate[];
  /** Certificates in scope. */
  readonly #inScope: readonly GivenCertificate[];
  #byIssuer: ReadonlyMap<string, readonly GivenCrl[]> | undefined;
  #uncovered: readonly UncoveredCa[] | undefined;
  #shared: ReadonlyMap<GivenCrl, SharedSerials> | undefined;

  constructor(
    crls: readonly GivenCrl[],
    cas: readonly GivenCertificate[],
    inScope: readonly GivenCertificate[] | undefined,
  ) {
    this.crls = inOrder(crls);
    this.#cas = inOrder(cas);
    this.#inScope = inOrder(inScope ?? []);
  }

  /** All certificates. */
  get certificates(): readonly GivenCertificate[] {
    return [...this.#cas, ...this.#inScope];
  }

  /**
   * Returns the CAs above that of a CRL that have no CRL in the call. Each is returned only for the first CRL of a CA
   * below it.
   */
  uncoveredAbove(own: GivenCrl): readonly UncoveredCa[] {
    this.#uncovered ??= this.#findUncovered();
    return this.#uncovered.filter((each) => each.own === own);
  }

  /**
   * Returns certificates of other CAs that have no CRL in the call, and are above no CA that has. Only for the first
   * CRL.
   */
  unusedCas(own: GivenCrl): readonly GivenCertificate[] {
    if (own !== this.crls[0]) return [];
    this.#uncovered ??= this.#findUncovered();
    const above = new Set(this.#uncovered.map(({ ca }) => subjectKey(ca.certificate)));
    return this.#cas.filter(({ certificate }) => {
      const key = subjectKey(certificate);
      return certificate.basicConstraints?.ca === true && this.#crlsOf(key).length === 0 && !above.has(key);
    });
  }

  /**
   * Returns the complete CRL that a delta CRL updates. It has the same issuer, key and scope, and a number that is at
   * least BaseCRLNumber and lower than that of the delta CRL (RFC 5280 5.2.4). Of several, clients use the highest
   * number.
   */
  baseOf({ crl: delta }: GivenCrl): GivenCrl | undefined {
    const { deltaCrlIndicator, source, issuer } = delta;
    if (deltaCrlIndicator === undefined || issuer === undefined) return undefined;
    const from = contents(source.bytes, deltaCrlIndicator);
    let best: GivenCrl | undefined;
    for (const given of this.#crlsOf(mapKey(source.bytes, issuer))) {
      const { crl } = given;
      if (isDelta(crl) || crl.crlNumber === undefined || !areOfOneSeries(crl, delta)) continue;
      if (compareIntegers(numberOf(crl), from) < 0 || compareIntegers(numberOf(crl), numberOf(delta)) >= 0) continue;
      if (best === undefined || compareIntegers(numberOf(crl), numberOf(best.crl)) > 0) best = given;
    }
    return best;
  }

  /** Whether the call contains a delta CRL with the scope of a complete CRL. */
  hasDelta({ crl }: GivenCrl): boolean {
    const { issuer, source } = crl;
    const ofIssuer = issuer === undefined ? [] : this.#crlsOf(mapKey(source.bytes, issuer));
    return ofIssuer.some((other) => isDelta(other.crl) && areOfOneSeries(other.crl, crl));
  }

  /**
   * Returns the serials that CRLs of other CAs also list: one database then writes its entries into the CRLs of all
   * CAs.
   */
  sharedSerials(own: GivenCrl): SharedSerials | undefined {
    this.#shared ??= findSharedSerials(this.crls);
    return this.#shared.get(own);
  }

  /** Returns the certificates in scope that another CA issued, and whose serials this CRL lists. */
  foreignListed({ crl }: GivenCrl): readonly ForeignListed[] {
    if (crl.entries.serials.issuers !== undefined) return [];
    const foreign = this.#inScope.filter(({ certificate }) => isOfAnotherCa(certificate, crl));
    if (foreign.length === 0) return [];
    const entries = matchSerials(serialsOf(foreign), crl.entries.serials);
    // A certificate of this CA explains the entry.
    const ofOwn = this.#inScope.filter(({ certificate }) => isIssuedBy(crl, certificate));
    const explained = new Set(matchSerials(serialsOf(ofOwn), crl.entries.serials));
    const listed = foreign.flatMap((given, i) => {
      const entry = entries[i] ?? -1;
      const { serialNumber } = given.certificate;
      const isLong = serialNumber.contentEnd - serialNumber.content >= longSerial;
      return entry < 0 || (!isLong && explained.has(entry)) ? [] : [{ ...given, entry, isLong }];
    });
    const missing = this.#missingInOwn(listed);
    return listed.map((each) => ({ ...each, missingIn: missing.get(each.certificate) }));
  }

  /** Returns the first complete CRL of its own CA for each certificate that none of these CRLs lists. */
  #missingInOwn(certificates: readonly GivenCertificate[]): ReadonlyMap<Certificate, GivenCrl> {
    const byIssuer = groupBy(certificates, ({ certificate: { source, issuer } }) => mapKey(source.bytes, issuer));
    const missing = new Map<Certificate, GivenCrl>();
    for (const [issuer, ofIssuer] of byIssuer) {
      const crls = this.#crlsOf(issuer).filter(({ crl }) => !isDelta(crl));
      const [first] = crls;
      if (first === undefined) continue;
      const places = crls.map(({ crl }) => matchSerials(serialsOf(ofIssuer), crl.entries.serials));
      for (const [i, { certificate }] of ofIssuer.entries()) {
        if (places.every((place) => (place[i] ?? -1) < 0)) missing.set(certificate, first);
      }
    }
    return missing;
  }

  /**
   * Returns another CRL of the same CA that is current at the same time and complete like this one, but has no entry in
   * common with it: the two may be partitions.
   */
  disjoint(own: GivenCrl): GivenCrl | undefined {
    const { issuer, source } = own.crl;
    if (issuer === undefined || !isWhole(own.crl)) return undefined;
    const current = this.#crlsOf(mapKey(source.bytes, issuer)).filter(
      ({ crl }) => crl !== own.crl && isWhole(crl) && identifySameKey(crl, own.crl) !== false && overlap(crl, own.crl),
    );
    return current.slice(0, maximumCompared).find(({ crl }) => areDisjoint(crl, own.crl));
  }

  #crlsOf(issuer: string): readonly GivenCrl[] {
    this.#byIssuer ??= groupBy(this.crls, ({ crl: { issuer, source } }) =>
      issuer === undefined ? "" : mapKey(source.bytes, issuer),
    );
    return this.#byIssuer.get(issuer) ?? [];
  }

  /** Searches upward from each CA that has a CRL in the call, until a CA that also has one, or the root. */
  #findUncovered(): readonly UncoveredCa[] {
    const all = this.certificates;
    const bySubject = new Map(all.map((given) => [subjectKey(given.certificate), given] as const));
    const found = new Map<string, UncoveredCa>();
    for (const lowest of all) {
      const [own] = this.#crlsOf(subjectKey(lowest.certificate));
      if (own === undefined) continue;
      for (let below = lowest; !below.certificate.selfIssued;) {
        const { source, issuer: name } = below.certificate;
        const issuer = mapKey(source.bytes, name);
        const ca = bySubject.get(issuer);
        if (ca === undefined || found.has(issuer) || this.#crlsOf(issuer).length > 0) break;
        found.set(issuer, { ca, below, own });
        below = ca;
      }
    }
    return [...found.values()];
  }
}

/** A CRL, and the set that it belongs to. */
export interface SetPosition {
  readonly set: CrlSet;
  readonly own: GivenCrl;
}

function inOrder<T extends Pick<GivenCrl, "artefact">>(objects: readonly T[]): readonly T[] {
  return objects.toSorted((a, b) => compare(placeOf(a), placeOf(b)));
}

/** Returns the sort key of objects of files. */
function placeOf({ artefact }: Pick<GivenCrl, "artefact">): string {
  return `${artefact.name} ${String(artefact.origin?.offset ?? 0).padStart(12, "0")}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Whether a CRL counts as one that lists all revoked certificates of its CA. */
function isWhole(crl: Crl): boolean {
  return !isDelta(crl) && findExtension(crl, Oid.issuingDistributionPoint) === undefined && crl.entries.count > 0;
}

function numberOf({ crlNumber, source }: Crl): Uint8Array {
  return crlNumber === undefined ? new Uint8Array() : contents(source.bytes, crlNumber);
}

function haveSameIssuer(a: Crl, b: Crl): boolean {
  if (a.issuer === undefined || b.issuer === undefined) return false;
  return sameBytes(bytesOf(a.source.bytes, a.issuer), bytesOf(b.source.bytes, b.issuer));
}

/** Whether a certificate was issued by another CA than the CRL. */
function isOfAnotherCa(certificate: Certificate, crl: Crl): boolean {
  return !isIssuedBy(crl, certificate) && identifySameKey(certificate, crl) === false;
}

function areOfOneSeries(a: Crl, b: Crl): boolean {
  if (!haveSameIssuer(a, b) || identifySameKey(a, b) === false) return false;
  const [mine, other] = [a, b].map((crl) => findExtension(crl, Oid.issuingDistributionPoint)?.value);
  if (mine === undefined || other === undefined) return mine === other;
  return sameBytes(contents(a.source.bytes, mine), contents(b.source.bytes, other));
}

function overlap(a: Crl, b: Crl): boolean {
  const isUntil = (one: Crl, other: Crl): boolean =>
    (one.thisUpdate?.seconds ?? Number.NaN) < (other.nextUpdate?.seconds ?? Number.NaN);
  return isUntil(a, b) && isUntil(b, a);
}

function areDisjoint(a: Crl, b: Crl): boolean {
  return matchSerials(a.entries.serials, b.entries.serials).every((entry) => entry < 0);
}

function subjectKey({ source, subject }: Certificate): string {
  return mapKey(source.bytes, subject);
}
