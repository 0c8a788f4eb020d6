import type { Certificate } from "../cert/certificate.ts";
import type { Crl } from "../crl/crl.ts";
import { Reason } from "../crl/reason.ts";
import { bigInteger, compareIntegers, integerText } from "../der/integer.ts";
import { contents, type Tlv } from "../der/span.ts";
import type { OtherCrl } from "./further-inputs.ts";
import { CertificatesInScope } from "./certificates.ts";
import type { Context, EntryTally, RelatedPlace } from "./rule.ts";

/** Octets of a number whose successor is looked for: as many as a cRLNumber may have (RFC 5280 5.2.3). */
const longestNumber = 20;

/**
 * What shows that CRLs may have been issued between two that are compared, as notes: from the next cRLNumber alone
 * follows that there was none. Empty where the later CRL has that number.
 */
export function explainGap(earlier: Crl, later: Crl): readonly string[] {
  const from = earlier.crlNumber;
  const to = later.crlNumber;
  if (from === undefined || to === undefined) {
    return ["without a cRLNumber in both it cannot be told whether a CRL was issued between the two"];
  }
  if (isNext(earlier, from, later, to)) return [];
  const numbers = `${integerText(earlier.source.bytes, from)} to ${integerText(later.source.bytes, to)}`;
  return [`cRLNumber goes from ${numbers}: CRLs may have been issued between the two`];
}

function isNext(earlier: Crl, from: Tlv, later: Crl, to: Tlv): boolean {
  if (to.contentEnd - to.content > longestNumber || from.contentEnd - from.content > longestNumber) return false;
  const next = bigInteger(later.source.bytes, to);
  const last = bigInteger(earlier.source.bytes, from);
  return next !== undefined && last !== undefined && next === last + 1n;
}

/** Compares the cRLNumber of a CRL with that of another one; undefined where one of them has none. */
export function compareNumbers({ crl }: OtherCrl, current: Crl): number | undefined {
  if (crl.crlNumber === undefined || current.crlNumber === undefined) return undefined;
  const number = contents(current.source.bytes, current.crlNumber);
  return compareIntegers(contents(crl.source.bytes, crl.crlNumber), number);
}

/** A field of another CRL, as a related place of a finding. */
export function placeIn(
  { artefact }: OtherCrl,
  at: RelatedPlace["at"] | undefined,
  path: string,
): readonly RelatedPlace[] {
  return at === undefined ? [] : [{ at, path, artefact }];
}

/** An entry that was removed, and its certificate. */
export interface KnownRemoval {
  /** Index in the earlier CRL. */
  readonly entry: number;
  readonly certificate: Certificate;
  /** Its notAfter, in seconds since 1970. */
  readonly notAfter: number;
}

/** The entries that are gone since an earlier CRL, by what can be said of them; indexes into that CRL. */
export interface Removals {
  /** Those that were on hold: they may be released (RFC 5280 5.3.1). */
  readonly held: readonly number[];
  /** Those whose certificate was given, and expires at a known moment. */
  readonly known: readonly KnownRemoval[];
  /** All others. */
  readonly unknown: readonly number[];
}

/** Sorts the entries that are gone since an earlier CRL by what the certificates given tell of them. */
export function sortRemovals(previous: OtherCrl, certificates: CertificatesInScope | undefined): Removals {
  const given = certificates && new CertificatesInScope(previous.crl, certificates.all);
  const held: number[] = [];
  const known: KnownRemoval[] = [];
  const unknown: number[] = [];
  const read = previous.crl.entries.openWindow();
  for (const entry of previous.changes.removed) {
    const certificate = given?.ofEntry(entry)?.certificate;
    const notAfter = certificate?.notAfter.seconds;
    if (read(entry).reason === Reason.certificateHold) held.push(entry);
    else if (certificate !== undefined && notAfter !== undefined) known.push({ entry, certificate, notAfter });
    else unknown.push(entry);
  }
  return { held, known, unknown };
}

/** Fewer entries than this come and go for no particular reason. */
const few = 10;

/** Whether more than half of the entries are gone without a known reason: sequence/many-entries-removed says so. */
export function isSuddenLoss({ unknown }: Removals, { crl }: OtherCrl): boolean {
  return unknown.length >= few && unknown.length * 2 > crl.entries.count;
}

/** Counts entries of a CRL by their indexes. */
export function tallyEach({ entries }: Crl, indexes: Iterable<number>, tally: EntryTally): void {
  const read = entries.openWindow();
  for (const index of indexes) tally.add(read(index));
}

/** What may pass between a revocation and the CRL that has it: TLS BR 4.9.7. */
const day = 86_400;

/**
 * Counts entries that are new and dated more than 24 hours before thisUpdate, in one tally. Only between neighbours:
 * a CRL that lies between may have had them in time. What is dated far back behind the previous CRL is the business of
 * sequence/revocation-date-before-earlier-crl.
 */
export function tallyPublishedLate(ctx: Context<"predecessorEntries" | "thisUpdate">): void {
  const { predecessorEntries: previous, thisUpdate, crl, entries } = ctx;
  const before = previous.crl.thisUpdate?.seconds;
  const latest = thisUpdate.seconds - day;
  if (before === undefined || explainGap(previous.crl, crl).length > 0) return;
  const earliest = before - day;
  const read = entries.openWindow();
  const tally = ctx.tally({
    what: (count) => `${count === 1 ? "is" : "are"} new and dated more than 24 hours before thisUpdate`,
  });
  for (const index of previous.changes.added) {
    const entry = read(index);
    if (entry.date >= earliest && entry.date < latest) tally.add(entry);
  }
}

/**
 * Whether a base CRL is the very one that the delta CRL's BaseCRLNumber names, and older: a later one may already have
 * what the delta CRL brings. Entries that cannot be read to their end tell nothing either.
 */
export function isReferenced(base: OtherCrl, { deltaCrlIndicator, thisUpdate, source }: Crl): boolean {
  const number = base.crl.crlNumber;
  if (number === undefined || deltaCrlIndicator === undefined || base.whyUnread !== undefined) return false;
  const isOlder = (base.crl.thisUpdate?.seconds ?? Number.NaN) < (thisUpdate?.seconds ?? Number.NaN);
  const wanted = contents(source.bytes, deltaCrlIndicator);
  return isOlder && compareIntegers(contents(base.crl.source.bytes, number), wanted) === 0;
}
