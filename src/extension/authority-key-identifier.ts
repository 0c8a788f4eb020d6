import { Cursor, type Source } from "../der/cursor.ts";
import { checkInteger } from "../der/integer.ts";
import { contents, sameBytes, type Tlv } from "../der/span.ts";
import { context, Tag } from "../der/tag.ts";
import { type Extension, readExtensionValue } from "./extension.ts";
import { type GeneralName, readFilledNames } from "./general-name.ts";

/** AuthorityKeyIdentifier (RFC 5280 4.2.1.1), with the positions of its fields. */
export interface AuthorityKeyIdentifier extends Tlv {
  /** ASN.1 path of the extension; fields are named below it. */
  readonly path: string;
  readonly keyIdentifier: Tlv | undefined;
  readonly authorityCertIssuer: Tlv | undefined;
  /** The names inside authorityCertIssuer. */
  readonly issuerNames: readonly GeneralName[];
  readonly authorityCertSerialNumber: Tlv | undefined;
}

/**
 * Reads an authorityKeyIdentifier; its three fields are IMPLICIT `[0]`, `[1]` and `[2]`.
 *
 * @returns undefined if it cannot be read to its end
 */
export function readAuthorityKeyIdentifier(source: Source, extension: Extension): AuthorityKeyIdentifier | undefined {
  const tlv = readExtensionValue(source, extension, Tag.sequence, "AuthorityKeyIdentifier");
  if (tlv === undefined) return undefined;
  const cursor = Cursor.inside(source, tlv, extension.path);
  const keyIdentifier = cursor.take(context(0, false), "keyIdentifier");
  const authorityCertIssuer = cursor.take(context(1, true), "authorityCertIssuer");
  const authorityCertSerialNumber = cursor.take(context(2, false), "authorityCertSerialNumber");
  const issuerNames =
    authorityCertIssuer === undefined
      ? []
      : readFilledNames(source, authorityCertIssuer, `${extension.path}.authorityCertIssuer`, "authorityCertIssuer");
  if (authorityCertSerialNumber !== undefined) {
    checkInteger(source, authorityCertSerialNumber, `${extension.path}.authorityCertSerialNumber`);
  }
  cursor.expectEnd();
  // A malformed length may hide the fields after it, so no field is reported as missing.
  if (cursor.broken) return undefined;
  return { path: extension.path, keyIdentifier, authorityCertIssuer, issuerNames, authorityCertSerialNumber, ...tlv };
}

/** A CRL or a certificate. */
interface Issued {
  readonly source: Source;
  readonly authorityKeyIdentifier: AuthorityKeyIdentifier | undefined;
}

/** Whether two objects identify the same key in authorityKeyIdentifier; undefined if one of them identifies none. */
export function identifySameKey(a: Issued, b: Issued): boolean | undefined {
  const mine = a.authorityKeyIdentifier?.keyIdentifier;
  const other = b.authorityKeyIdentifier?.keyIdentifier;
  if (mine === undefined || other === undefined) return undefined;
  return sameBytes(contents(a.source.bytes, mine), contents(b.source.bytes, other));
}
