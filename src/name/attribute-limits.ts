import { Tag } from "../der/tag.ts";

/** The string types that an attribute may have: the CHOICE DirectoryString (RFC 5280 4.1.2.4), or one fixed type. */
export type AttributeSyntax = "directory" | "printable" | "ia5";

/** The values that documents allow for an attribute of a Name. */
export interface AttributeLimits {
  readonly syntax: AttributeSyntax;
  /** Maximum number of characters (not bytes), RFC 5280 appendix A.1. */
  readonly upperBound?: number;
  /** Whether RFC 5280 appendix A.1 allows an empty value. */
  readonly mayBeEmpty?: boolean;
  /** Position in the required order, and maximum number of characters: the table of TLS BR 7.1.4.2. */
  readonly tlsOrder?: number;
  readonly tlsBound?: number;
}

function directory(upperBound?: number, tlsOrder?: number, tlsBound?: number): AttributeLimits {
  return {
    syntax: "directory",
    ...(upperBound === undefined ? {} : { upperBound }),
    ...(tlsOrder === undefined ? {} : { tlsOrder }),
    ...(tlsBound === undefined ? {} : { tlsBound }),
  };
}

/** RFC 5280 appendix A.1, ub-name. */
const ubName = 32_768;

const limits = new Map<string, AttributeLimits>([
  ["2.5.4.41", directory(ubName)], // name
  ["2.5.4.4", directory(ubName, 8, 64)], // surname
  ["2.5.4.42", directory(ubName, 9, 64)], // givenName
  ["2.5.4.43", directory(ubName)], // initials
  ["2.5.4.44", directory(ubName)], // generationQualifier
  ["2.5.4.3", directory(64, 11, 64)], // commonName
  ["2.5.4.7", directory(128, 4, 128)], // localityName
  ["2.5.4.8", directory(128, 3, 128)], // stateOrProvinceName
  ["2.5.4.10", directory(64, 7, 64)], // organizationName
  ["2.5.4.11", directory(64, 10, 64)], // organizationalUnitName
  ["2.5.4.12", directory(64)], // title
  ["2.5.4.65", directory(128)], // pseudonym
  ["2.5.4.46", { syntax: "printable", mayBeEmpty: true }], // dnQualifier
  ["2.5.4.6", { syntax: "printable", tlsOrder: 2 }], // countryName: SIZE (2), which issuer/name-country checks
  ["2.5.4.5", { syntax: "printable", upperBound: 64, tlsBound: 64 }], // serialNumber
  ["0.9.2342.19200300.100.1.25", { syntax: "ia5", mayBeEmpty: true, tlsOrder: 1, tlsBound: 63 }], // domainComponent
  ["1.2.840.113549.1.9.1", { syntax: "ia5", upperBound: 255 }], // emailAddress
  // X.520 defines these as DirectoryStrings, now without bounds; RFC 5280 does not define them.
  ["2.5.4.17", directory(undefined, 5, 40)], // postalCode
  ["2.5.4.9", directory(undefined, 6, 128)], // streetAddress
  ["2.5.4.15", directory(undefined, undefined, 128)], // businessCategory
  ["2.5.4.97", directory()], // organizationIdentifier
  ["1.3.6.1.4.1.311.60.2.1.1", directory(undefined, undefined, 128)], // jurisdictionLocalityName
  ["1.3.6.1.4.1.311.60.2.1.2", directory(undefined, undefined, 128)], // jurisdictionStateOrProvinceName
  ["1.3.6.1.4.1.311.60.2.1.3", { syntax: "printable" }], // jurisdictionCountryName
]);

/** OIDs that rules refer to by name. */
export const AttributeOid = {
  commonName: "2.5.4.3",
  serialNumber: "2.5.4.5",
  countryName: "2.5.4.6",
  streetAddress: "2.5.4.9",
  domainComponent: "0.9.2342.19200300.100.1.25",
  jurisdictionCountryName: "1.3.6.1.4.1.311.60.2.1.3",
} as const;

/** Returns the limits of an attribute type; undefined if no document that crllint uses has limits for it. */
export function findLimits(oid: string | undefined): AttributeLimits | undefined {
  return limits.get(oid ?? "");
}

/** The identifier octets that a syntax allows. */
export const syntaxTags: Readonly<Record<AttributeSyntax, readonly number[]>> = {
  directory: [Tag.printableString, Tag.utf8String],
  printable: [Tag.printableString],
  ia5: [Tag.ia5String],
};
