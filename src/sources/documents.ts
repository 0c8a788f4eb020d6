/** A document that demands something of CRLs, in the version that was read. */
export interface Document {
  /** As a finding cites it, with its version: `CABF TLS BR 2.2.6`. */
  readonly name: string;
  readonly title: string;
  /** Version or month of publication. */
  readonly version: string;
  /** Where the document, or one of its sections, can be read; undefined where it is not public. */
  readonly url?: (section: string) => string;
}

/** Address of an RFC: the first section number that is named is its anchor. */
function rfc(number: number): (section: string) => string {
  return (section) => {
    const page = `https://www.rfc-editor.org/rfc/rfc${number}`;
    const first = /^(?:Appendix )?(?<section>[0-9A-Z]+(?:\.[0-9]+)*)/u.exec(section)?.groups?.["section"];
    if (first === undefined) return page;
    return `${page}#${section.startsWith("Appendix") ? "appendix" : "section"}-${first}`;
  };
}

function page(url: string): () => string {
  return () => url;
}

const cabForum = "https://cabforum.org/working-groups";

/** Every document that a requirement cites, by its id. */
export const documents = {
  x690: {
    name: "X.690",
    title: "ITU-T X.690 | ISO/IEC 8825-1: ASN.1 encoding rules, BER, CER and DER",
    version: "02/2021",
    url: page("https://www.itu.int/rec/T-REC-X.690-202102-I"),
  },
  x509: {
    name: "X.509",
    title: "ITU-T X.509 | ISO/IEC 9594-8: public-key and attribute certificate frameworks",
    version: "10/2019",
    url: page("https://www.itu.int/rec/T-REC-X.509-201910-I"),
  },
  rfc2585: { name: "RFC 2585", title: "Operational protocols: FTP and HTTP", version: "May 1999", url: rfc(2585) },
  rfc3279: {
    name: "RFC 3279",
    title: "Algorithms and identifiers for the Internet X.509 PKI certificate and CRL profile",
    version: "April 2002",
    url: rfc(3279),
  },
  rfc3280: {
    name: "RFC 3280",
    title: "Internet X.509 PKI certificate and CRL profile (obsoleted by RFC 5280)",
    version: "April 2002",
    url: rfc(3280),
  },
  rfc4055: {
    name: "RFC 4055",
    title: "Additional algorithms and identifiers for RSA cryptography",
    version: "June 2005",
    url: rfc(4055),
  },
  rfc5280: {
    name: "RFC 5280",
    title: "Internet X.509 PKI certificate and CRL profile",
    version: "May 2008",
    url: rfc(5280),
  },
  rfc5480: {
    name: "RFC 5480",
    title: "Elliptic curve cryptography subject public key information",
    version: "March 2009",
    url: rfc(5480),
  },
  rfc5756: {
    name: "RFC 5756",
    title: "Updates for RSAES-OAEP and RSASSA-PSS algorithm parameters (updates RFC 4055)",
    version: "January 2010",
    url: rfc(5756),
  },
  rfc5758: {
    name: "RFC 5758",
    title: "Additional algorithms and identifiers for DSA and ECDSA",
    version: "January 2010",
    url: rfc(5758),
  },
  rfc6487: {
    name: "RFC 6487",
    title: "A profile for X.509 PKIX resource certificates",
    version: "February 2012",
    url: rfc(6487),
  },
  rfc7468: {
    name: "RFC 7468",
    title: "Textual encodings of PKIX, PKCS and CMS structures",
    version: "April 2015",
    url: rfc(7468),
  },
  rfc7935: { name: "RFC 7935", title: "Algorithms and key sizes for the RPKI", version: "August 2016", url: rfc(7935) },
  rfc8017: {
    name: "RFC 8017",
    title: "PKCS #1 v2.2: RSA cryptography specifications",
    version: "November 2016",
    url: rfc(8017),
  },
  rfc8399: {
    name: "RFC 8399",
    title: "Internationalization updates to RFC 5280 (obsoleted by RFC 9549)",
    version: "May 2018",
    url: rfc(8399),
  },
  rfc8410: {
    name: "RFC 8410",
    title: "Algorithm identifiers for Ed25519, Ed448, X25519 and X448",
    version: "August 2018",
    url: rfc(8410),
  },
  rfc8603: { name: "RFC 8603", title: "CNSA Suite certificate and CRL profile", version: "May 2019", url: rfc(8603) },
  rfc8692: {
    name: "RFC 8692",
    title: "RSASSA-PSS and ECDSA with SHAKE in the Internet X.509 PKI",
    version: "December 2019",
    url: rfc(8692),
  },
  rfc9215: {
    name: "RFC 9215",
    title: "GOST R 34.10-2012 in the Internet X.509 PKI",
    version: "March 2022",
    url: rfc(9215),
  },
  rfc9829: {
    name: "RFC 9829",
    title: "Handling of RPKI CRL number extensions (updates RFC 6487)",
    version: "July 2025",
    url: rfc(9829),
  },
  rfc9881: { name: "RFC 9881", title: "ML-DSA in the Internet X.509 PKI", version: "2025", url: rfc(9881) },
  rfc9909: { name: "RFC 9909", title: "SLH-DSA in the Internet X.509 PKI", version: "2025", url: rfc(9909) },
  rfc10007: {
    name: "RFC 10007",
    title: "Update to the CRL issuer's key usage check (updates RFC 5280)",
    version: "June 2026",
    url: rfc(10007),
  },
  "tls-br": {
    name: "CABF TLS BR 2.2.6",
    title: "CA/Browser Forum Baseline Requirements for TLS server certificates",
    version: "2.2.6 (2026-03-31)",
    url: page(`${cabForum}/server/baseline-requirements/requirements/`),
  },
  "tls-br-1.7.1": {
    name: "CABF BR 1.7.1",
    title: "CA/Browser Forum Baseline Requirements",
    version: "1.7.1 (2020-08-20)",
    url: page(`${cabForum}/server/baseline-requirements/documents/`),
  },
  "tls-br-1.8.6": {
    name: "CABF BR 1.8.6",
    title: "CA/Browser Forum Baseline Requirements",
    version: "1.8.6 (2022-12-11)",
    url: page(`${cabForum}/server/baseline-requirements/documents/`),
  },
  "tls-br-1.8.7": {
    name: "CABF BR 1.8.7",
    title: "CA/Browser Forum Baseline Requirements",
    version: "1.8.7 (2023)",
    url: page(`${cabForum}/server/baseline-requirements/documents/`),
  },
  "smime-br": {
    name: "CABF S/MIME BR 1.0.12",
    title: "CA/Browser Forum Baseline Requirements for S/MIME certificates",
    version: "1.0.12 (2025-10-13)",
    url: page(`${cabForum}/smime/requirements/`),
  },
  "cs-br": {
    name: "CABF CS BR 3.10.0",
    title: "CA/Browser Forum Baseline Requirements for code signing certificates",
    version: "3.10.0 (2025-11-17)",
    url: page(`${cabForum}/code-signing/requirements/`),
  },
  mozilla: {
    name: "MRSP 3.1",
    title: "Mozilla Root Store Policy",
    version: "3.1 (2026-07-01)",
    url: page("https://www.mozilla.org/about/governance/policies/security-group/certs/policy/"),
  },
  ccadb: {
    name: "CCADB Policy 2.1",
    title: "CCADB Policy",
    version: "2.1 (2026-03-20)",
    url: page("https://www.ccadb.org/policy"),
  },
  "ccadb-fields": {
    name: "CCADB fields",
    title: "CCADB: description of the fields of CA records",
    version: "2026",
    url: page("https://www.ccadb.org/cas/fields"),
  },
  microsoft: {
    name: "Microsoft TRP",
    title: "Microsoft Trusted Root Program requirements",
    version: "1.1/1.2 (2026-05-20)",
    url: page("https://learn.microsoft.com/security/trusted-root/program-requirements"),
  },
  "microsoft-adcs": { name: "Microsoft AD CS", title: "Microsoft AD CS: CRL extensions", version: "undated" },
  "etsi-411-1": {
    name: "ETSI EN 319 411-1 V1.5.1",
    title: "Policy and security requirements for trust service providers issuing certificates; part 1",
    version: "V1.5.1 (2025-04)",
    url: page("https://www.etsi.org/deliver/etsi_en/319400_319499/31941101/"),
  },
  "etsi-411-2": {
    name: "ETSI EN 319 411-2 V2.6.1",
    title: "Policy and security requirements for trust service providers issuing EU qualified certificates; part 2",
    version: "V2.6.1 (2025-06)",
    url: page("https://www.etsi.org/deliver/etsi_en/319400_319499/31941102/"),
  },
  fpki: {
    name: "FPKI CRL profile",
    title: "US Federal PKI X.509 certificate and CRL extensions profile, worksheet 5",
    version: "draft of 2017",
    url: page("https://www.idmanagement.gov/fpki/"),
  },
  "fpki-common": { name: "FPKI Common Policy", title: "US Federal PKI common policy framework", version: "2.x" },
  icao: {
    name: "ICAO Doc 9303-12",
    title: "ICAO Doc 9303 part 12: PKI for machine readable travel documents",
    version: "8th edition, 2021",
    url: page("https://www.icao.int/publications/doc-series/doc-9303"),
  },
  matter: { name: "Matter Core", title: "CSA Matter core specification", version: "1.3/1.4" },
  gsma: { name: "GSMA SGP.22", title: "GSMA RSP technical specification", version: "2.x/3.1" },
  opcua: {
    name: "OPC UA Part 6",
    title: "OPC 10000-6: OPC UA mappings",
    version: "1.05",
    url: page("https://reference.opcfoundation.org/Core/Part6/v105/docs/"),
  },
  advice: { name: "crllint", title: "advice of this linter: no document demands it", version: "" },
} as const satisfies Readonly<Record<string, Document>>;

/** Id of a document that a requirement can cite. */
export type DocumentId = keyof typeof documents;

/** A document by its id. */
export function findDocument(id: DocumentId): Document {
  return documents[id];
}
