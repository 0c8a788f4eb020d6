import type { Crl } from "../crl/crl.ts";
import type { Span } from "../der/span.ts";
import { Oid } from "../extension/oids.ts";
import { findUnreadIssuer } from "./entry.ts";

/** A condition that a CRL does not meet, and its position in the algorithm. */
export interface FailedCondition {
  /** Position of the condition in the algorithm: out of several attempts, the one that got farthest is shown. */
  readonly step: number;
  readonly section: string;
  readonly why: string;
  readonly at: { readonly span: Span; readonly path: string };
  readonly related?: { readonly span: Span; readonly path: string };
}

/**
 * Extensions of CRLs and entries that are processed. A CRL with any other critical extension is not used (5.2, 5.3).
 */
const processed: ReadonlySet<string> = new Set([
  Oid.authorityKeyIdentifier,
  Oid.issuerAltName,
  Oid.crlNumber,
  Oid.deltaCrlIndicator,
  Oid.issuingDistributionPoint,
  Oid.freshestCrl,
  Oid.authorityInfoAccess,
]);
const processedInEntries: ReadonlySet<string> = new Set([
  Oid.reasonCode,
  Oid.invalidityDate,
  Oid.certificateIssuer,
  Oid.holdInstructionCode,
]);

/** Returns a condition that bytes of a CRL do not meet: the whole CRL if these bytes are not known. */
export function failedAt(
  crl: Crl,
  step: number,
  section: string,
  why: string,
  span: Span | undefined,
  path = "tbsCertList",
): FailedCondition {
  return { step, section, why, at: span === undefined ? { span: crl.whole, path: "" } : { span, path } };
}

/** Finds a part of a CRL that cannot be read. */
export function findUnread(crl: Crl): FailedCondition | undefined {
  const { revokedCertificates, issuingDistributionPoint: idp } = crl;
  const failed = (section: string, why: string, span?: Span, path?: string): FailedCondition =>
    failedAt(crl, 2, section, why, span, path);
  const [unread] = crl.unread.values();
  if (crl.form !== "crl" || unread !== undefined) return failed("5.1", unread ?? "it is not signed");
  if (crl.entries.broken) return failed("5.1.2.6", "its entries cannot be read to their end", revokedCertificates);
  const some = idp?.onlySomeReasons;
  if (some !== undefined && some.reasons === undefined) {
    return failed("5.2.5", "its onlySomeReasons cannot be read", some, `${idp?.path}.onlySomeReasons`);
  }
  const entry = crl.entries.extensions.has(Oid.certificateIssuer) ? findUnreadIssuer(crl) : undefined;
  return entry && failed("5.3.3", "certificateIssuer of an entry cannot be read", entry.span, entry.path);
}

/** Finds a critical extension that is not processed: the CRL is then not used (5.2 and 5.3). */
export function findUnknownCritical(crl: Crl): FailedCondition | undefined {
  const extension = crl.crlExtensions?.list.find(({ oid, critical }) => critical && !processed.has(oid ?? ""));
  if (extension !== undefined) {
    const why = `its critical extension ${extension.oid ?? ""} is not known`;
    return failedAt(crl, 7, "5.2", why, extension, extension.path);
  }
  for (const [oid, { critical }] of crl.entries.extensions) {
    if (critical === 0 || processedInEntries.has(oid)) continue;
    const why = `an entry has the critical extension ${oid}, which is not known`;
    return failedAt(crl, 7, "5.3", why, crl.revokedCertificates, "tbsCertList.revokedCertificates");
  }
  return undefined;
}
