import type { Certificate } from "../cert/certificate.ts";
import type { Crl } from "../crl/crl.ts";
import { Reason } from "../crl/reason.ts";
import { compareIntegers } from "../der/integer.ts";
import { contents } from "../der/span.ts";
import type { OtherCrl } from "../given/other-crl.ts";
import { CertificatesInScope } from "../given/certificates.ts";
import type { RelatedPlace } from "../rule/rule.ts";

/** Compares the cRLNumber of a CRL with that of another one; undefined if one of them has none. */
export function compareNumbers({ crl }: OtherCrl, current: Crl): number | undefined {
  if (crl.crlNumber === undefined || current.crlNumber === undefined) return undefined;
  const number = contents(current.source.bytes, current.crlNumber);
  return compareIntegers(contents(crl.source.bytes, crl.crlNumber), number);
}

/** Returns a field of another CRL as a related place of a finding. */
export function placeIn(
  { artefact }: OtherCrl,
  at: RelatedPlace["at"] | undefined,
  path: string,
): readonly RelatedPlace[] {
  return at === undefined ? [] : [{ at, path, artefact }];
}

/** An entry that was removed, and its certificate. */
export interface KnownRemoval {
  /** Index of the entry in the earlier CRL. */
  readonly entry: number;
  readonly certificate: Certificate;
  /** notAfter of the certificate, in seconds since 1970. */
  readonly notAfter: number;
}

/** The entries of an earlier CRL that were removed, grouped by what is known about them, as indexes into that CRL. */
export interface Removals {
  /** Entries that were on hold: a hold may be released (RFC 5280 5.3.1). */
  readonly held: readonly number[];
  /** Entries whose certificate was given and has a readable notAfter. */
  readonly known: readonly KnownRemoval[];
  /** All others. */
  readonly unknown: ArrayLike<number> & Iterable<number>;
}

/** Groups the entries of an earlier CRL that were removed by what the certificates given show. */
export function sortRemovals(previous: OtherCrl, certificates: CertificatesInScope | undefined): Removals {
  const { removed } = previous.changes;
  const { entries } = previous.crl;
  const hasHolds = entries.reasons.has(Reason.certificateHold);
  // All entries may have been removed, so they are not read one by one without need.
  if (!hasHolds && certificates === undefined) return { held: [], known: [], unknown: removed };
  const given = certificates && new CertificatesInScope(previous.crl, certificates.all);
  const held: number[] = [];
  const known: KnownRemoval[] = [];
  const unknown: number[] = [];
  const read = entries.openWindow();
  for (const entry of removed) {
    const certificate = given?.ofEntry(entry)?.certificate;
    const notAfter = certificate?.notAfter.seconds;
    if (hasHolds && read(entry).reason === Reason.certificateHold) held.push(entry);
    else if (certificate !== undefined && notAfter !== undefined) known.push({ entry, certificate, notAfter });
    else unknown.push(entry);
  }
  return { held, known, unknown };
}

/** Minimum number of entries for a sudden change: fewer appear and disappear without a particular reason. */
const few = 10;

/** Whether more than half of the entries were removed for no known reason: sequence/many-entries-removed reports it. */
export function isSuddenLoss({ unknown }: Removals, previous: OtherCrl, current: Crl): boolean {
  return (
    unknown.length >= few && unknown.length * 2 > previous.crl.entries.count && replacesUnexpired(previous, current)
  );
}

/** Whether a CRL replaced another one that was still valid. Over a longer time, many changes are normal. */
export function replacesUnexpired({ crl }: OtherCrl, { thisUpdate }: Crl): boolean {
  return (thisUpdate?.seconds ?? Number.NaN) <= (crl.nextUpdate?.seconds ?? Number.NaN);
}

/**
 * Whether a base CRL is exactly the one that the delta CRL's BaseCRLNumber refers to, and is older: a later one may
 * already have the changes of the delta CRL. Entries that cannot be read to their end prove nothing.
 */
export function isReferenced(base: OtherCrl, { deltaCrlIndicator, thisUpdate, source }: Crl): boolean {
  const number = base.crl.crlNumber;
  if (number === undefined || deltaCrlIndicator === undefined || base.whyUnread !== undefined) return false;
  const isOlder = (base.crl.thisUpdate?.seconds ?? Number.NaN) < (thisUpdate?.seconds ?? Number.NaN);
  const wanted = contents(source.bytes, deltaCrlIndicator);
  return isOlder && compareIntegers(contents(base.crl.source.bytes, number), wanted) === 0;
}
