/**
 * Short names of the attribute types that CAs use in names. They are from RFC 4519 section 2 if it has one (C, CN, DC,
 * L, O, OU, ST, STREET, UID), else from X.520, RFC 2985, RFC 3739 and the TLS Baseline Requirements 7.1.4.2.
 */
const names = new Map<string, string>([
  ["2.5.4.3", "CN"],
  ["2.5.4.4", "SN"],
  ["2.5.4.5", "serialNumber"],
  ["2.5.4.6", "C"],
  ["2.5.4.7", "L"],
  ["2.5.4.8", "ST"],
  ["2.5.4.9", "STREET"],
  ["2.5.4.10", "O"],
  ["2.5.4.11", "OU"],
  ["2.5.4.12", "title"],
  ["2.5.4.13", "description"],
  ["2.5.4.15", "businessCategory"],
  ["2.5.4.16", "postalAddress"],
  ["2.5.4.17", "postalCode"],
  ["2.5.4.18", "postOfficeBox"],
  ["2.5.4.20", "telephoneNumber"],
  ["2.5.4.24", "x121Address"],
  ["2.5.4.41", "name"],
  ["2.5.4.42", "GN"],
  ["2.5.4.43", "initials"],
  ["2.5.4.44", "generationQualifier"],
  ["2.5.4.45", "x500UniqueIdentifier"],
  ["2.5.4.46", "dnQualifier"],
  ["2.5.4.51", "houseIdentifier"],
  ["2.5.4.54", "dmdName"],
  ["2.5.4.65", "pseudonym"],
  ["2.5.4.97", "organizationIdentifier"],
  ["0.9.2342.19200300.100.1.1", "UID"],
  ["0.9.2342.19200300.100.1.3", "mail"],
  ["0.9.2342.19200300.100.1.25", "DC"],
  ["1.2.840.113549.1.9.1", "emailAddress"],
  ["1.2.840.113549.1.9.2", "unstructuredName"],
  ["1.2.840.113549.1.9.8", "unstructuredAddress"],
  ["1.3.6.1.4.1.311.60.2.1.1", "jurisdictionL"],
  ["1.3.6.1.4.1.311.60.2.1.2", "jurisdictionST"],
  ["1.3.6.1.4.1.311.60.2.1.3", "jurisdictionC"],
  ["1.3.6.1.5.5.7.9.1", "dateOfBirth"],
  ["1.3.6.1.5.5.7.9.2", "placeOfBirth"],
  ["1.3.6.1.5.5.7.9.3", "gender"],
  ["1.3.6.1.5.5.7.9.4", "countryOfCitizenship"],
  ["1.3.6.1.5.5.7.9.5", "countryOfResidence"],
]);

/** Returns the short name of an attribute type (`CN`), or the dotted OID if it has none. */
export function attributeTypeName(oid: string): string {
  return names.get(oid) ?? oid;
}
