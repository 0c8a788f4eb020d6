import { Oid } from "../extension/oids.ts";
import type { Scope } from "./report.ts";
import type { BaseContext } from "./rule.ts";

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
export const likelyCaNote = "not graver, because the CRL of a root may also list certificates of OCSP responders";

/** Whether the CRL may list certificates of other CAs (RFC 5280 5.2.5, 5.3.3): an indirect CRL, or one that acts so. */
export function listsOtherIssuers({ crl, entries }: Pick<BaseContext, "crl" | "entries">): boolean {
  return crl.issuingDistributionPoint?.indirectCrl?.value === true || entries.extensions.has(Oid.certificateIssuer);
}
