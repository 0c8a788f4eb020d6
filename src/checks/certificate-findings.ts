import type { Span } from "../der/span.ts";
import type { Listing } from "../given/certificates.ts";
import type { GivenCertificate } from "../given/given.ts";
import type { BaseContext, RelatedPlace, TallyOptions, Violation } from "../rule/rule.ts";

/** A certificate with a defect, and the bytes that are wrong; default: its serial. */
export interface FaultyCertificate extends GivenCertificate {
  readonly at?: Span;
  /** ASN.1 path in the certificate. */
  readonly path?: string;
}

/** Maximum number of certificates that one finding refers to; the rest are counted. */
const shown = 5;

/** The finding about some certificates. `at` is a place in the CRL; default: the first certificate. */
export type CertificateViolation = Omit<Violation, "at" | "path" | "artefact" | "related"> & {
  readonly at?: Span;
  readonly path?: string;
};

/**
 * Reports certificates with the same defect as one finding that refers to the first few. Reports nothing if there are
 * none.
 */
export function reportCertificates(
  ctx: BaseContext,
  faulty: readonly FaultyCertificate[],
  { at, path, ...violation }: CertificateViolation,
): void {
  const places = faulty.slice(0, shown).map(placeOf);
  const [first, ...others] = places;
  if (first === undefined) return;
  if (at !== undefined && path !== undefined) ctx.report({ ...violation, at, path, related: places });
  else ctx.report({ ...violation, ...first, related: others });
}

/** Reports entries, found by the certificates they revoke, as one finding that refers to both. */
export function reportListed(
  ctx: BaseContext,
  listed: readonly (FaultyCertificate & Pick<Listing, "entry">)[],
  options: Omit<TallyOptions, "related">,
): void {
  if (listed.length === 0) return;
  const inOrder = listed.toSorted((a, b) => a.entry - b.entry);
  const tally = ctx.tally({ ...options, related: inOrder.slice(0, shown).map(placeOf) });
  const window = ctx.entries.openWindow();
  for (const { entry } of inOrder) tally.add(window(entry));
}

/** Returns a place in a certificate, for a finding. */
function placeOf({ certificate, artefact, at, path }: FaultyCertificate): RelatedPlace {
  return { at: at ?? certificate.serialNumber, path: path ?? "tbsCertificate.serialNumber", artefact };
}

/**
 * Options for serials that the certificates have: the certificates are wrong, and the CRL must repeat their serials.
 */
export const inheritedSerial: Pick<TallyOptions, "atMost" | "notes" | "help"> = {
  atMost: "notice",
  notes: ["the certificates given have the same serials: the error is inherited from there"],
  help: "leave the CRL unchanged: it must repeat the serial of the certificate byte for byte",
};
