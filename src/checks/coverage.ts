import { type CertificateKind, kindOf } from "../cert/kind.ts";
import type { Entry } from "../crl/entry-reader.ts";
import { Oid } from "../extension/oids.ts";
import type { Scope } from "../given/given.ts";
import type { Severity } from "../rule/report.ts";
import type { BaseContext, EntryTally, Facts, Requirement } from "../rule/rule.ts";

/** The kind of certificates that the entries of a CRL revoke, according to the CRL and its CA. */
export type EntryKind = "subscriber" | "ca" | "likely-ca" | "unknown";

/**
 * Returns the kind of certificates that the entries revoke. Without onlyContainsCACerts, it is not certain that all are
 * CA certificates: the CRL of a root may also list its OCSP responders.
 */
export function entryKind({ scope, crl }: Pick<BaseContext, "scope" | "crl">): EntryKind {
  if (scope.kind === "subscriber") return "subscriber";
  if (scope.kind !== "ca") return "unknown";
  return crl.issuingDistributionPoint?.onlyContainsCaCerts?.value === true ? "ca" : "likely-ca";
}

/**
 * Returns a function that determines the kind of certificate that an entry revokes: from the certificate if it was
 * given, else from the CRL.
 */
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

/** Requirements of a reasonCode in entries of CA certificates: reason/missing-on-ca-entry. */
export const caReasons: readonly Requirement[] = [
  {
    source: "tls-br",
    section: "7.2.2 crlEntryExtensions",
    severity: "error",
    from: "2024-03-15",
    quote:
      "MUST be present unless the CRL entry is for a Certificate not technically capable of causing issuance and either",
  },
  {
    source: "tls-br",
    document: "tls-br-1.8.6",
    section: "7.2.2",
    severity: "error",
    from: "2020-09-30",
    to: "2024-03-14",
    quote:
      "If a CRL entry is for a Root CA or Subordinate CA Certificate, including Cross Certificates, this CRL entry extension MUST be present.",
  },
  {
    source: "ccadb",
    section: "3.2",
    severity: "error",
    from: "2025-07-15",
    quote: "each corresponding revocation entry published to a CRL MUST include a reasonCode extension",
  },
  {
    source: "microsoft",
    section: "2.1.7",
    severity: "error",
    // The version of this date has the sentence as item 7 of section 2.
    from: "2020-02-04",
    quote: "Reason Code must be included in revocations for intermediate certificates.",
  },
  {
    source: "smime-br",
    section: "7.2.2",
    severity: "error",
    from: "2023-09-01",
    quote: "this CRL entry extension SHALL be present",
  },
];

/** Whether an entry may revoke a CA certificate, according to the CRL and the certificates given. */
function mayListCas(facts: Facts): boolean {
  const kind = entryKind(facts);
  return kind === "ca" || kind === "likely-ca" || facts.anyCertificates !== undefined;
}

/**
 * Opens tallies of entries that revoke CA certificates, one for each degree of certainty. An entry is counted only if
 * its certificate was given and is a CA's, or if all entries are assumed to revoke CA certificates.
 *
 * @param atMost severity for entries that only probably revoke CA certificates
 * @param violates the violated requirements, out of `ctx.requirements`
 * @returns undefined if no entry may revoke a CA certificate
 */
export function tallyCaEntries(
  ctx: BaseContext,
  what: string,
  atMost?: Severity,
  violates: readonly Requirement[] = ctx.requirements,
): Pick<EntryTally, "add"> | undefined {
  if (!mayListCas(ctx)) return undefined;
  const fallback = entryKind(ctx);
  const kindAt = entryKinds(ctx);
  const known = ctx.tally({ what, violates, notes: ["the certificates given show that they are CA certificates"] });
  const notes = [scopeNote(ctx.scope)];
  const isLowered = fallback === "likely-ca" && atMost !== undefined;
  const others = ctx.tally({
    what,
    violates,
    ...(isLowered ? { notes: [...notes, likelyCaNote], atMost } : { notes }),
  });
  return {
    add(entry) {
      const kind = kindAt(entry);
      const given = ctx.anyCertificates?.ofEntry(entry.index);
      if (given !== undefined && kindOf(given.certificate) === "ca") known.add(entry);
      else if (kind === "ca" || kind === "likely-ca") others.add(entry);
    },
  };
}

/** Whether the CRL covers subscriber certificates, alone or among others: the maximum is then 10 days. */
export function coversSubscribers({ kind }: Scope): boolean {
  return kind === "subscriber" || kind === "both";
}

const covered = {
  subscriber: "subscriber certificates",
  ca: "CA certificates",
  both: "subscriber and CA certificates",
  timestamp: "timestamp certificates",
  unknown: "unknown",
} as const;

/** Returns a note with the scope of the CRL and the evidence for it. */
export function scopeNote({ kind, evidence }: Scope): string {
  return `scope of the CRL: ${covered[kind]} (${evidence})`;
}

/** Note on a severity that is capped because the entries only probably revoke CA certificates. */
const likelyCaNote = "severity capped: the CRL of a root may also list certificates of OCSP responders";

/**
 * Whether the CRL may list certificates of other CAs (RFC 5280 5.2.5, 5.3.3): it is indirect, or has a
 * certificateIssuer.
 */
export function listsOtherIssuers({ crl, entries }: Pick<BaseContext, "crl" | "entries">): boolean {
  return crl.issuingDistributionPoint?.indirectCrl?.value === true || entries.extensions.has(Oid.certificateIssuer);
}
