/** Object identifiers of the extensions in CRLs, CRL entries and CA certificates. */
export const Oid = {
  subjectKeyIdentifier: "2.5.29.14",
  keyUsage: "2.5.29.15",
  subjectAltName: "2.5.29.17",
  issuerAltName: "2.5.29.18",
  basicConstraints: "2.5.29.19",
  crlNumber: "2.5.29.20",
  reasonCode: "2.5.29.21",
  holdInstructionCode: "2.5.29.23",
  invalidityDate: "2.5.29.24",
  deltaCrlIndicator: "2.5.29.27",
  issuingDistributionPoint: "2.5.29.28",
  certificateIssuer: "2.5.29.29",
  crlDistributionPoints: "2.5.29.31",
  certificatePolicies: "2.5.29.32",
  authorityKeyIdentifier: "2.5.29.35",
  extKeyUsage: "2.5.29.37",
  freshestCrl: "2.5.29.46",
  expiredCertsOnCrl: "2.5.29.60",
  authorityInfoAccess: "1.3.6.1.5.5.7.1.1",
} as const;

const names = new Map<string, string>([
  ["2.5.29.9", "subjectDirectoryAttributes"],
  [Oid.subjectKeyIdentifier, "subjectKeyIdentifier"],
  [Oid.keyUsage, "keyUsage"],
  ["2.5.29.16", "privateKeyUsagePeriod"],
  [Oid.subjectAltName, "subjectAltName"],
  [Oid.issuerAltName, "issuerAltName"],
  [Oid.basicConstraints, "basicConstraints"],
  [Oid.crlNumber, "cRLNumber"],
  [Oid.reasonCode, "reasonCode"],
  [Oid.holdInstructionCode, "holdInstructionCode"],
  [Oid.invalidityDate, "invalidityDate"],
  [Oid.deltaCrlIndicator, "deltaCRLIndicator"],
  [Oid.issuingDistributionPoint, "issuingDistributionPoint"],
  [Oid.certificateIssuer, "certificateIssuer"],
  ["2.5.29.30", "nameConstraints"],
  [Oid.crlDistributionPoints, "cRLDistributionPoints"],
  [Oid.certificatePolicies, "certificatePolicies"],
  ["2.5.29.33", "policyMappings"],
  [Oid.authorityKeyIdentifier, "authorityKeyIdentifier"],
  ["2.5.29.36", "policyConstraints"],
  [Oid.extKeyUsage, "extKeyUsage"],
  ["2.5.29.40", "cRLStreamIdentifier"],
  ["2.5.29.44", "crlScope"],
  ["2.5.29.45", "statusReferrals"],
  [Oid.freshestCrl, "freshestCRL"],
  ["2.5.29.47", "orderedList"],
  ["2.5.29.51", "baseUpdateTime"],
  ["2.5.29.53", "deltaInfo"],
  ["2.5.29.54", "inhibitAnyPolicy"],
  ["2.5.29.58", "toBeRevoked"],
  ["2.5.29.59", "revokedGroups"],
  [Oid.expiredCertsOnCrl, "expiredCertsOnCRL"],
  ["2.5.29.63", "aAissuingDistributionPoint"],
  ["2.5.29.72", "subjectAltPublicKeyInfo"],
  ["2.5.29.73", "altSignatureAlgorithm"],
  ["2.5.29.74", "altSignatureValue"],
  [Oid.authorityInfoAccess, "authorityInfoAccess"],
  ["1.3.6.1.4.1.311.21.1", "microsoftCAVersion"],
  ["1.3.6.1.4.1.311.21.2", "microsoftPreviousCertHash"],
  ["1.3.6.1.4.1.311.21.3", "microsoftCRLVirtualBase"],
  ["1.3.6.1.4.1.311.21.4", "microsoftNextCRLPublish"],
  ["1.3.6.1.4.1.311.21.14", "microsoftCRLSelfCDP"],
  ["2.23.146.1.2.0.1", "gsmaExpirationDate"],
  ["2.23.146.1.2.0.2", "gsmaTotalPartialCrlNumber"],
  ["2.23.146.1.2.0.3", "gsmaPartialCrlNumber"],
]);

/** Whether crllint knows the name of an extension with this object identifier. */
export function isKnownExtension(oid: string): boolean {
  return names.has(oid);
}

/** Returns the name of a known extension, `cRLNumber`, or the dotted form of any other. */
export function extensionName(oid: string): string {
  return names.get(oid) ?? oid;
}

/**
 * Returns the name and object identifier of a known extension, `cRLNumber (2.5.29.20)`, or the dotted form of any
 * other.
 */
export function extensionLabel(oid: string): string {
  const name = names.get(oid);
  return name === undefined ? oid : `${name} (${oid})`;
}
