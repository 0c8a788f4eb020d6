import { ecdsaWithSha2, rsaWithSha2 } from "../algorithm/signature-algorithm.ts";
import { crlNames } from "../checks/general-names.ts";
import { repeatsSubject } from "../checks/issuer-faults.ts";
import type { Crl } from "../crl/crl.ts";
import type { Entries } from "../crl/entries.ts";
import { Tag } from "../der/tag.ts";
import { Oid } from "../extension/oids.ts";
import { AttributeOid } from "../name/attribute-limits.ts";
import type { Attribute, Name } from "../name/parse.ts";
import type { Uncommon } from "../rule/aspects.ts";
import type { Facts } from "../rule/rule.ts";

/** Whether a part of a CRL differs from nearly all CRLs. */
export function hasUncommon(part: Uncommon, facts: Facts): boolean {
  switch (part) {
    case "algorithm":
      return !isCommonlySigned(facts.crl);
    case "issuer":
      return !repeatsSubject(facts);
    case "issuer attributes":
      return !isPlainName(facts.crl.issuer);
    case "extensions":
      return hasOtherExtension(facts.crl);
    case "general names":
      return hasOtherName(facts);
    case "entry extensions":
      return hasOtherEntryExtension(facts.entries);
    default:
      return facts.anyCa?.verification.verdict === "invalid";
  }
}

/** RSA and ECDSA with the SHA-2 family. */
const commonAlgorithms: ReadonlySet<string> = new Set([...rsaWithSha2.values(), ...ecdsaWithSha2.values()]);

function isCommonlySigned({ form, signature, signatureAlgorithm }: Crl): boolean {
  const isOuterCommon = form === "tbs" || commonAlgorithms.has(signatureAlgorithm?.oid ?? "");
  return isOuterCommon && commonAlgorithms.has(signature?.oid ?? "");
}

const commonExtensions: ReadonlySet<string> = new Set([
  Oid.authorityKeyIdentifier,
  Oid.crlNumber,
  Oid.issuingDistributionPoint,
]);

/** Whether crlExtensions has another extension, or one that cannot be read. */
function hasOtherExtension({ crlExtensions }: Crl): boolean {
  return crlExtensions?.list.some(({ oid }) => oid === undefined || !commonExtensions.has(oid)) === true;
}

function hasOtherEntryExtension({ extensions }: Entries): boolean {
  return extensions.size > 1 || (extensions.size === 1 && !extensions.has(Oid.reasonCode));
}

const commonUri = /^http:\/\/(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}\/[A-Za-z0-9._/-]+$/u;

function hasOtherName({ crl, entries }: Facts): boolean {
  if (entries.extensions.has(Oid.certificateIssuer)) return true;
  return crlNames(crl).some(
    ([{ kind, text = "" }]) => kind !== "uniformResourceIdentifier" || !commonUri.test(text) || text.includes("xn--"),
  );
}

/** Attributes with an upper bound of 64 characters (RFC 5280 Appendix A). */
const commonAttributes: ReadonlySet<string> = new Set([
  AttributeOid.commonName,
  // organizationName, organizationalUnitName
  "2.5.4.10",
  "2.5.4.11",
]);

/** Whether a Name has only single attributes, with short text in the usual types or a country code. */
function isPlainName(name: Name | undefined): boolean {
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
