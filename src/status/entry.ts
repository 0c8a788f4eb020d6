import type { Certificate } from "../cert/certificate.ts";
import type { Crl } from "../crl/crl.ts";
import { type Entry, noReason, unreadableReason } from "../crl/entry-reader.ts";
import { Reason, reasonLabel } from "../crl/reason.ts";
import { compareIntegers } from "../der/integer.ts";
import { contents, type Span } from "../der/span.ts";
import { isoTime } from "../der/time.ts";
import { readGeneralNamesValue } from "../extension/general-name.ts";
import { Oid } from "../extension/oids.ts";
import { withoutErrorReports } from "../extension/peek.ts";
import type { GivenCrl } from "../given/other-crl.ts";
import { locateEntry } from "../rule/location.ts";
import type { Revocation } from "../rule/report.ts";
import { areSame, directoryNameIn, type PlacedName } from "./names.ts";
import { issuerOf } from "./path.ts";

/**
 * Returns the entry for a certificate (6.3.3 (i) to (k) and 5.3.3); `removed` if it states that the certificate is no
 * longer revoked.
 */
export function findEntry(given: GivenCrl, certificate: Certificate): Revocation | "removed" | undefined {
  const { crl } = given;
  const { bytes } = crl.source;
  const serial = contents(certificate.source.bytes, certificate.serialNumber);
  const hasIssuers = crl.entries.extensions.has(Oid.certificateIssuer);
  let issuers: readonly PlacedName[] = crl.issuer === undefined ? [] : [{ source: crl.source, name: crl.issuer }];
  let found: Revocation | "removed" | undefined;
  crl.entries.visit((entry) => {
    // A certificateIssuer stays in effect for the entries that follow.
    if (hasIssuers) issuers = certificateIssuersOf(crl, entry) ?? issuers;
    // An encoding with an unnecessary leading byte is the same number.
    if (found !== undefined || compareIntegers(bytes.subarray(entry.serialContent, entry.serialEnd), serial) !== 0)
      return;
    if (!issuers.some((issuer) => areSame(issuer, issuerOf(certificate)))) return;
    found = entry.reason === Reason.removeFromCRL ? "removed" : revocationOf(given, entry);
  });
  return found;
}

/**
 * Returns the first entry with a certificateIssuer that cannot be read: the issuer of the certificate that it revokes
 * is unknown.
 */
export function findUnreadIssuer(crl: Crl): { readonly span: Span; readonly path: string } | undefined {
  let found: { readonly span: Span; readonly path: string } | undefined;
  crl.entries.visit((entry) => {
    if (found !== undefined || !hasCertificateIssuer(entry) || certificateIssuersOf(crl, entry) !== undefined) return;
    found = { span: { start: entry.start, end: entry.end }, path: crl.entries.pathOf(entry.index) };
  });
  return found;
}

function hasCertificateIssuer(entry: Entry): boolean {
  return entry.hasExtensions && entry.extensions().some(({ oid }) => oid === Oid.certificateIssuer);
}

/** Returns the names in the certificateIssuer of an entry (5.3.3); undefined if it has none that can be read. */
function certificateIssuersOf(crl: Crl, entry: Entry): readonly PlacedName[] | undefined {
  if (!entry.hasExtensions) return undefined;
  const extension = entry.extensions().find(({ oid }) => oid === Oid.certificateIssuer);
  const names =
    extension && readGeneralNamesValue(withoutErrorReports(crl.source), extension, "CertificateIssuer")?.names;
  const read = names?.flatMap((name) => directoryNameIn(crl.source, name) ?? []).filter(({ name }) => !name.broken);
  return read === undefined || read.length === 0 ? undefined : read;
}

function revocationOf({ crl, artefact }: GivenCrl, entry: Entry): Revocation {
  const { reason, date, index } = entry;
  return {
    crl: artefact.name,
    entry: index + 1,
    ...(reason !== noReason && { reason: reason === unreadableReason ? "unreadable" : reasonLabel(reason) }),
    ...(Number.isFinite(date) && { date: isoTime(date) }),
    location: locateEntry(artefact, crl.source.bytes, entry, crl.entries.pathOf(index)),
  };
}
