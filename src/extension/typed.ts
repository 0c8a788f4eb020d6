// The only module that imports the ASN.1 packages. It is loaded with `await import()`, so linting does not load them.
import { AsnConvert } from "@peculiar/asn1-schema";
import {
  AuthorityInfoAccessSyntax,
  AuthorityKeyIdentifier,
  BaseCRLNumber,
  CertificateIssuer,
  CRLNumber,
  CRLReason,
  FreshestCRL,
  InvalidityDate,
  IssueAlternativeName,
  IssuingDistributionPoint,
} from "@peculiar/asn1-x509";
import { Cursor, newSource } from "../der/cursor.ts";
import { checkNested } from "../der/nested.ts";
import { bytesOf } from "../der/span.ts";
import { Oid } from "./oids.ts";

/**
 * Maximum size in bytes of an extnValue that is decoded: objects for every name in a longer one would cost too much.
 */
const maximumLength = 1_048_576;

/** The value of a known extension, decoded as its ASN.1 type. */
export type TypedExtension =
  | { readonly type: "AuthorityInfoAccessSyntax"; readonly value: AuthorityInfoAccessSyntax }
  | { readonly type: "AuthorityKeyIdentifier"; readonly value: AuthorityKeyIdentifier }
  | { readonly type: "BaseCRLNumber"; readonly value: BaseCRLNumber }
  | { readonly type: "CRLNumber"; readonly value: CRLNumber }
  | { readonly type: "CRLReason"; readonly value: CRLReason }
  | { readonly type: "CertificateIssuer"; readonly value: CertificateIssuer }
  | { readonly type: "FreshestCRL"; readonly value: FreshestCRL }
  | { readonly type: "InvalidityDate"; readonly value: InvalidityDate }
  | { readonly type: "IssuerAltName"; readonly value: IssueAlternativeName }
  | { readonly type: "IssuingDistributionPoint"; readonly value: IssuingDistributionPoint };

const parse = AsnConvert.parse.bind(AsnConvert);

const decoders: Readonly<Record<string, (der: Uint8Array) => TypedExtension>> = {
  [Oid.authorityInfoAccess]: (der) => ({
    type: "AuthorityInfoAccessSyntax",
    value: parse(der, AuthorityInfoAccessSyntax),
  }),
  [Oid.authorityKeyIdentifier]: (der) => ({
    type: "AuthorityKeyIdentifier",
    value: parse(der, AuthorityKeyIdentifier),
  }),
  [Oid.deltaCrlIndicator]: (der) => ({ type: "BaseCRLNumber", value: parse(der, BaseCRLNumber) }),
  [Oid.crlNumber]: (der) => ({ type: "CRLNumber", value: parse(der, CRLNumber) }),
  [Oid.reasonCode]: (der) => ({ type: "CRLReason", value: parse(der, CRLReason) }),
  [Oid.certificateIssuer]: (der) => ({ type: "CertificateIssuer", value: parse(der, CertificateIssuer) }),
  [Oid.freshestCrl]: (der) => ({ type: "FreshestCRL", value: parse(der, FreshestCRL) }),
  [Oid.invalidityDate]: (der) => ({ type: "InvalidityDate", value: parse(der, InvalidityDate) }),
  [Oid.issuerAltName]: (der) => ({ type: "IssuerAltName", value: parse(der, IssueAlternativeName) }),
  [Oid.issuingDistributionPoint]: (der) => ({
    type: "IssuingDistributionPoint",
    value: parse(der, IssuingDistributionPoint),
  }),
};

/**
 * Decodes the value of an extension for display. Strict readers check the same bytes elsewhere. A value is decoded here
 * only if its frames are valid and not nested too deep.
 *
 * @param oid dotted extnID
 * @param extnValue contents octets of the OCTET STRING extnValue
 * @returns undefined for an unknown extension, and for a value that is not of its type
 */
export function typeExtension(oid: string, extnValue: Uint8Array): TypedExtension | undefined {
  const decode = Object.hasOwn(decoders, oid) ? decoders[oid] : undefined;
  if (decode === undefined || extnValue.length > maximumLength) return undefined;
  const source = newSource(extnValue, { keep: 0 });
  const value = new Cursor(source, { start: 0, end: extnValue.length }, "").read("");
  if (value === undefined || !checkNested(source, value, "")) return undefined;
  try {
    return decode(bytesOf(extnValue, value));
  } catch {
    // The decoder throws many kinds of errors if the value is not of the type.
    return undefined;
  }
}
