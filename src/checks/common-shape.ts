import { type Crl, findExtension } from "../crl/crl.ts";
import type { Entries } from "../crl/entries.ts";
import { noReason } from "../crl/entry-reader.ts";
import { Tag } from "../der/tag.ts";
import { Oid } from "../extension/oids.ts";
import type { Attribute, Name } from "../name/parse.ts";
import { AttributeOid } from "../name/attribute-limits.ts";

/** What nearly every CRL is signed by: RSA and ECDSA with the SHA-2 family. */
const commonAlgorithms: ReadonlySet<string> = new Set([
  "1.2.840.113549.1.1.11",
  "1.2.840.113549.1.1.12",
  "1.2.840.113549.1.1.13",
  "1.2.840.10045.4.3.2",
  "1.2.840.10045.4.3.3",
  "1.2.840.10045.4.3.4",
]);

/** Whether a CRL is signed, inside and outside, by what nearly every CRL is signed by. */
export function isCommonlySigned({ form, signature, signatureAlgorithm }: Crl): boolean {
  const isOuterCommon = form === "tbs" || commonAlgorithms.has(signatureAlgorithm?.oid ?? "");
  return isOuterCommon && commonAlgorithms.has(signature?.oid ?? "");
}

/** The extensions that nearly every CRL has. */
const commonExtensions: ReadonlySet<string> = new Set([
  Oid.authorityKeyIdentifier,
  Oid.crlNumber,
  Oid.issuingDistributionPoint,
]);

/** Whether crlExtensions holds anything but the extensions that nearly every CRL has, or what cannot be read. */
export function hasUncommonExtension({ crlExtensions }: Crl): boolean {
  return crlExtensions?.list.some(({ oid }) => oid === undefined || !commonExtensions.has(oid)) === true;
}

/** Whether a CRL has an extension. */
export function hasExtension(crl: Crl, oid: string): boolean {
  return findExtension(crl, oid) !== undefined;
}

/** Whether any entry has an extension other than reasonCode. */
export function hasUncommonEntryExtension({ extensions }: Entries): boolean {
  return extensions.size > 1 || (extensions.size === 1 && !extensions.has(Oid.reasonCode));
}

/** So many entries without a reasonCode, and none with one, are a sign of software that writes none. */
export const manyWithoutReason = 100;

/** Whether there are many entries, all can be read, and none has a reasonCode. */
export function lacksReasons({ count, reasons, broken }: Entries): boolean {
  return count >= manyWithoutReason && !broken && reasons.get(noReason)?.count === count;
}

/** The attributes of nearly every CA's name. Each has room for 64 characters (RFC 5280 Appendix A). */
const commonAttributes: ReadonlySet<string> = new Set([
  AttributeOid.commonName,
  // organizationName, organizationalUnitName
  "2.5.4.10",
  "2.5.4.11",
]);

/** Whether a Name is as plain as nearly every CA's: single attributes, short text in the usual types, a country code. */
export function isPlainName(name: Name | undefined): boolean {
  if (name === undefined || name.broken) return false;
  return name.rdns.every(({ attributes: [first, second] }) => {
    return first !== undefined && second === undefined && isPlain(first);
  });
}

function isPlain({ oid = "", valueTag, text = "" }: Attribute): boolean {
  const isPrintable = valueTag === Tag.printableString;
  if (oid === AttributeOid.countryName) return isPrintable && /^[A-Z]{2}$/u.test(text);
  if (!commonAttributes.has(oid) || (!isPrintable && valueTag !== Tag.utf8String)) return false;
  return text.length <= 64 && /^[!-~]+(?: [!-~]+)*$/u.test(text);
}
