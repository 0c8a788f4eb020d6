import type { Certificate } from "../cert/certificate.ts";
import { type Crl, findExtension, isDelta } from "../crl/crl.ts";
import { matchSerials } from "../crl/match-serials.ts";
import { groupBy } from "../der/group-by.ts";
import { compareIntegers } from "../der/integer.ts";
import { bytesOf, contents, sameBytes } from "../der/span.ts";
import { latin1, mapKey } from "../der/strings.ts";
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
  /** The first CRL of a CA below it; if there is none, of a CA above it. */
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
  #byKey: ReadonlyMap<string, readonly GivenCrl[]> | undefined;
  #bySubject: ReadonlyMap<string, GivenCertificate> | undefined;
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

  /** Whether a certificate was issued by a CA whose certificate was given, and is not that certificate. */
  hasIssuerOf({ source, issuer, selfIssued }: Certificate): boolean {
    return !selfIssued && this.#issuers.get(mapKey(source.bytes, issuer))?.certificate.basicConstraints?.ca === true;
  }

  /**
   * Returns the CAs that have no CRL in the call, but are in a chain with the CA of a CRL. Each is returned only for one
   * CRL.
   */
  uncovered(own: GivenCrl): readonly UncoveredCa[] {
    this.#uncovered ??= this.#findUncovered();
    return this.#uncovered.filter((each) => each.own === own);
  }

  /**
   * Returns certificates of other CAs that have no CRL in the call, and are in no chain with a CA that has. Only for the
   * first CRL.
   */
  unusedCas(own: GivenCrl): readonly GivenCertificate[] {
    if (own !== this.crls[0]) return [];
    this.#uncovered ??= this.#findUncovered();
    const inChains = new Set(this.#uncovered.map(({ ca }) => subjectKey(ca.certificate)));
    return this.#cas.filter(({ certificate }) => {
      const key = subjectKey(certificate);
      return certificate.basicConstraints?.ca === true && this.#crlsOf(key).length === 0 && !inChains.has(key);
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

  /** Returns the first CRL of a CA, by its name, or by its key if the CRL has another issuer by mistake. */
  #crlOf(name: string, ca: GivenCertificate | undefined): GivenCrl | undefined {
    const [named] = this.#crlsOf(name);
    if (named !== undefined || ca === undefined) return named;
    this.#byKey ??= groupBy(this.crls, ({ crl: { authorityKeyIdentifier: aki, source } }) =>
      aki?.keyIdentifier === undefined ? "" : latin1(contents(source.bytes, aki.keyIdentifier)),
    );
    const { subjectKeyIdentifier: key, source } = ca.certificate;
    return key && this.#byKey.get(latin1(contents(source.bytes, key)))?.[0];
  }

  /** Returns the certificates by subject. */
  get #issuers(): ReadonlyMap<string, GivenCertificate> {
    this.#bySubject ??= new Map(this.certificates.map((given) => [subjectKey(given.certificate), given] as const));
    return this.#bySubject;
  }

  /**
   * Yields the CAs above a certificate, up to the root or to the first one whose certificate was not given. If a CRL of
   * another issuer covers a certificate (RFC 5280 4.2.1.13, cRLIssuer), clients need none of its CA.
   */
  *#climb(lowest: GivenCertificate): Iterable<{
    readonly name: string;
    readonly ca: GivenCertificate | undefined;
    readonly below: GivenCertificate;
  }> {
    for (let below: GivenCertificate | undefined = lowest; below !== undefined;) {
      const { source, issuer, selfIssued } = below.certificate;
      if (selfIssued || isCoveredByOther(below.certificate)) return;
      const name = mapKey(source.bytes, issuer);
      const ca = this.#issuers.get(name);
      yield { name, ca, below };
      below = ca;
    }
  }

  /**
   * Searches upward from each CA that has a CRL in the call, until a CA that also has one, or the root. Then from each
   * certificate in scope, until a CA that has one: without it, the CRLs of the call are not about this certificate.
   */
  #findUncovered(): readonly UncoveredCa[] {
    const found = new Map<string, UncoveredCa>();
    for (const lowest of this.certificates) {
      const own = this.#crlOf(subjectKey(lowest.certificate), lowest);
      if (own === undefined) continue;
      for (const { name, ca, below } of this.#climb(lowest)) {
        if (ca === undefined || found.has(name) || this.#crlOf(name, ca) !== undefined) break;
        found.set(name, { ca, below, own });
      }
    }
    // The CRL that the search reached from each CA.
    const reached = new Map<string, GivenCrl | undefined>();
    const newest = this.crls.reduce(
      (latest, { crl }) => Math.max(latest, crl.thisUpdate?.seconds ?? latest),
      Number.NEGATIVE_INFINITY,
    );
    for (const lowest of this.#inScope) {
      // No client needs the status of an expired certificate.
      if ((lowest.certificate.notAfter.seconds ?? Number.NaN) < newest) continue;
      const passed = new Map<string, Omit<UncoveredCa, "own">>();
      let own: GivenCrl | undefined;
      for (const { name, ca, below } of this.#climb(lowest)) {
        own = this.#crlOf(name, ca) ?? reached.get(name);
        if (own !== undefined || ca === undefined || passed.has(name) || reached.has(name)) break;
        passed.set(name, { ca, below });
      }
      for (const [name, each] of passed) {
        reached.set(name, own);
        if (own !== undefined && !found.has(name)) found.set(name, { ...each, own });
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

/** Whether only CRLs of other issuers cover a certificate, by the cRLIssuer of all its distribution points. */
function isCoveredByOther({ crlDistributionPoints }: Certificate): boolean {
  const points = crlDistributionPoints?.list ?? [];
  return points.length > 0 && points.every(({ crlIssuer }) => crlIssuer !== undefined);
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
