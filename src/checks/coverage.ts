import { type CertificateKind, kindOf } from "../cert/kind.ts";
import type { Entry } from "../crl/entry-reader.ts";
import { Oid } from "../extension/oids.ts";
import type { Scope } from "../given/given.ts";
import type { Severity } from "../rule/report.ts";
import type { BaseContext, EntryTally, Facts } from "../rule/rule.ts";

/** Whose certificates the entries of a CRL are, as far as the CRL and its CA tell. */
export type EntryKind = "subscriber" | "ca" | "likely-ca" | "unknown";

/**
 * Tells what the entries are about. CA certificates for certain only where the issuingDistributionPoint says so: the
 * CRL of a root may list its OCSP responders too.
 */
export function entryKind({ scope, crl }: Pick<BaseContext, "scope" | "crl">): EntryKind {
  if (scope.kind === "subscriber") return "subscriber";
  if (scope.kind !== "ca") return "unknown";
  return crl.issuingDistributionPoint?.onlyContainsCaCerts?.value === true ? "ca" : "likely-ca";
}

/** Tells whose certificate an entry revokes: by the certificate itself where it was given, else by what holds for all. */
export function entryKinds(ctx: BaseContext): (entry: Entry) => EntryKind | CertificateKind {
  const fallback = entryKind(ctx);
  const { anyCertificates: given } = ctx;
  if (given === undefined) return () => fallback;
  return ({ index }) => {
    const certificate = given.ofEntry(index)?.certificate;
    const kind = certificate === undefined ? "unknown" : kindOf(certificate);
    return kind === "unknown" ? fallback : kind;
  };
}

/** Whether any entry can be one that revokes a CA certificate, as far as the CRL and what was given with it tell. */
export function mayListCas(facts: Facts): boolean {
  const kind = entryKind(facts);
  return kind === "ca" || kind === "likely-ca" || facts.anyCertificates !== undefined;
}

/**
 * Opens tallies of entries that revoke CA certificates, by how certain that is: an entry is counted only if its
 * certificate was given and is a CA's, or if all entries are taken to be of CA certificates.
 *
 * @param atMost severity for entries that only likely are of CA certificates
 * @returns undefined where no entry can be one
 */
export function tallyCaEntries(ctx: BaseContext, what: string, atMost?: Severity): EntryTally | undefined {
  if (!mayListCas(ctx)) return undefined;
  const fallback = entryKind(ctx);
  const kindAt = entryKinds(ctx);
  const known = ctx.tally({ what, notes: ["the certificates were given, and are CA certificates"] });
  const notes = [scopeNote(ctx.scope)];
  const isLowered = fallback === "likely-ca" && atMost !== undefined;
  const others = ctx.tally({ what, ...(isLowered ? { notes: [...notes, likelyCaNote], atMost } : { notes }) });
  return {
    add(entry) {
      const kind = kindAt(entry);
      const given = ctx.anyCertificates?.ofEntry(entry.index);
      if (given !== undefined && kindOf(given.certificate) === "ca") known.add(entry);
      else if (kind === "ca" || kind === "likely-ca") others.add(entry);
    },
  };
}

/** Whether the CRL covers subscriber certificates, alone or among others, so that ten days are the most. */
export function coversSubscribers({ kind }: Scope): boolean {
  return kind === "subscriber" || kind === "both";
}

const covered = {
  subscriber: "subscriber certificates",
  ca: "CA certificates",
  both: "subscriber and CA certificates",
  timestamp: "timestamp certificates",
  unknown: "cannot be told",
} as const;

/** What the CRL covers and by which evidence, as a note. */
export function scopeNote({ kind, evidence }: Scope): string {
  return `what the CRL covers: ${covered[kind]} (${evidence})`;
}

/** Note on a severity that was lowered because the entries are only likely those of CA certificates. */
const likelyCaNote = "not graver, because the CRL of a root may also list certificates of OCSP responders";

/** Whether the CRL may list certificates of other CAs (RFC 5280 5.2.5, 5.3.3): an indirect CRL, or one that acts so. */
export function listsOtherIssuers({ crl, entries }: Pick<BaseContext, "crl" | "entries">): boolean {
  return crl.issuingDistributionPoint?.indirectCrl?.value === true || entries.extensions.has(Oid.certificateIssuer);
}
