import type { BitString } from "../der/bit-string.ts";
import type { Source } from "../der/cursor.ts";
import type { Span, Tlv } from "../der/span.ts";
import type { Time } from "../der/time.ts";
import type { AuthorityInfoAccess } from "../extension/authority-info-access.ts";
import type { AuthorityKeyIdentifier } from "../extension/authority-key-identifier.ts";
import type { DistributionPoints } from "../extension/distribution-point.ts";
import type { Extension, Extensions } from "../extension/extension.ts";
import type { GeneralNames } from "../extension/general-name.ts";
import type { IssuingDistributionPoint } from "../extension/issuing-distribution-point.ts";
import { Oid } from "../extension/oids.ts";
import type { Name } from "../name/parse.ts";
import type { Entries } from "./entries.ts";

/** An AlgorithmIdentifier (RFC 5280 4.1.1.2): its whole TLV, its OID, and the position of its parameters. */
export interface AlgorithmIdentifier extends Tlv {
  /** Dotted form; undefined if it could not be read. */
  readonly oid: string | undefined;
  readonly parameters: Tlv | undefined;
}

/**
 * A CRL that was read: views of its fields in the source, each with its position. A field is undefined if the CRL does
 * not have it or if it could not be read; `unread` distinguishes the two.
 */
export interface Crl {
  /** `tbs` for a bare TBSCertList, which has no signatureAlgorithm and signatureValue yet. */
  readonly form: "crl" | "tbs";
  readonly source: Source;
  /** All bytes that belong to the CRL. */
  readonly whole: Span;
  readonly tbsCertList: Tlv | undefined;
  readonly version: (Tlv & { readonly value: number | undefined }) | undefined;
  readonly signature: AlgorithmIdentifier | undefined;
  readonly issuer: Name | undefined;
  readonly thisUpdate: Time | undefined;
  readonly nextUpdate: Time | undefined;
  readonly revokedCertificates: Tlv | undefined;
  readonly entries: Entries;
  readonly crlExtensions: Extensions | undefined;
  readonly crlNumber: CrlNumber | undefined;
  readonly deltaCrlIndicator: CrlNumber | undefined;
  readonly authorityKeyIdentifier: AuthorityKeyIdentifier | undefined;
  readonly issuingDistributionPoint: IssuingDistributionPoint | undefined;
  readonly freshestCrl: DistributionPoints | undefined;
  readonly authorityInfoAccess: AuthorityInfoAccess | undefined;
  readonly issuerAltName: GeneralNames | undefined;
  /** The date of expiredCertsOnCRL; undefined if its value is not a GeneralizedTime. */
  readonly expiredCertsOnCrl: Time | undefined;
  readonly signatureAlgorithm: AlgorithmIdentifier | undefined;
  readonly signatureValue: (Tlv & { readonly bits: BitString | undefined }) | undefined;
  /** Fields that could not be read, with the reasons: `thisUpdate` -> "thisUpdate is an INTEGER". */
  readonly unread: ReadonlyMap<CrlField, string>;
}

/** A CRLNumber or BaseCRLNumber: an INTEGER of any length. */
export type CrlNumber = Tlv;

/** Fields that can also be undefined because they could not be read. */
export type CrlField =
  | "tbsCertList"
  | "version"
  | "signature"
  | "issuer"
  | "thisUpdate"
  | "nextUpdate"
  | "revokedCertificates"
  | "crlExtensions"
  | "crlNumber"
  | "deltaCrlIndicator"
  | "authorityKeyIdentifier"
  | "issuingDistributionPoint"
  | "signatureAlgorithm"
  | "signatureValue";

/** Returns the first extension of the CRL with an object identifier. */
export function findExtension(crl: Crl, oid: string): Extension | undefined {
  return crl.crlExtensions?.list.find((extension) => extension.oid === oid);
}

/** Whether a CRL is a delta CRL, even if its BaseCRLNumber cannot be read. */
export function isDelta(crl: Crl): boolean {
  return findExtension(crl, Oid.deltaCrlIndicator) !== undefined;
}

/** Returns the ASN.1 path of the value of the CRL's first extension with an object identifier. */
export function valuePath(crl: Crl, oid: string): string {
  const extension = findExtension(crl, oid);
  return extension === undefined ? "tbsCertList.crlExtensions" : `${extension.path}.extnValue`;
}
