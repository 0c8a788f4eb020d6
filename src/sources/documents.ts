/** A document with requirements on CRLs, in the version that was read. */
export interface Document {
  /** Name and version, as a finding cites them: `CABF TLS BR 2.2.6`. */
  readonly name: string;
  readonly title: string;
  /** Version or month of publication. */
  readonly version: string;
  /** Returns the URL of the document or of one of its sections; undefined if it is not public. */
  readonly url?: (section: string) => string;
  /**
   * First day, `YYYY-MM-DD`, on which it was in force: the start of each requirement without its own. If only the month
   * or the year is known, this is the first day of the next one, so no CRL must follow a text that was not published.
   */
  readonly from?: string;
  /** Reason why its requirements need no date; a requirement may still have one. */
  readonly undated?: string;
  /**
   * Source that the rules follow instead of its text, which was not available; its requirements are then only notices.
   */
  readonly unverified?: string;
  /** The latest versions that were reviewed, and their changes for CRLs. */
  readonly recent?: string;
}

/** Returns a function for the address of an RFC: the first section number in its argument becomes the anchor. */
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
    undated: "DER has been the encoding of every CRL since the first version of X.509",
  },
  x509: {
    name: "X.509",
    title: "ITU-T X.509 | ISO/IEC 9594-8: public-key and attribute certificate frameworks",
    version: "10/2019",
    url: page("https://www.itu.int/rec/T-REC-X.509-201910-I"),
    undated: "it defines what the fields and values of a CRL mean, whatever its age",
  },
  rfc2585: {
    name: "RFC 2585",
    title: "Operational protocols: FTP and HTTP",
    version: "May 1999",
    url: rfc(2585),
    undated: "it states what a file or a server delivers today, whatever the age of the CRL",
  },
  rfc3279: {
    name: "RFC 3279",
    title: "Algorithms and identifiers for the Internet X.509 PKI certificate and CRL profile",
    version: "April 2002",
    url: rfc(3279),
    from: "2002-05-01",
  },
  rfc3280: {
    name: "RFC 3280",
    title: "Internet X.509 PKI certificate and CRL profile (obsoleted by RFC 5280)",
    version: "April 2002",
    url: rfc(3280),
    from: "2002-05-01",
  },
  rfc4055: {
    name: "RFC 4055",
    title: "Additional algorithms and identifiers for RSA cryptography",
    version: "June 2005",
    url: rfc(4055),
    from: "2005-07-01",
  },
  rfc5280: {
    name: "RFC 5280",
    title: "Internet X.509 PKI certificate and CRL profile",
    version: "May 2008",
    url: rfc(5280),
    undated: "it restates RFC 2459 (1999) and RFC 3280 (2002), and clients of today read older CRLs by it",
  },
  rfc5480: {
    name: "RFC 5480",
    title: "Elliptic curve cryptography subject public key information",
    version: "March 2009",
    url: rfc(5480),
    from: "2009-04-01",
  },
  rfc5756: {
    name: "RFC 5756",
    title: "Updates for RSAES-OAEP and RSASSA-PSS algorithm parameters (updates RFC 4055)",
    version: "January 2010",
    url: rfc(5756),
    from: "2010-02-01",
  },
  rfc5758: {
    name: "RFC 5758",
    title: "Additional algorithms and identifiers for DSA and ECDSA",
    version: "January 2010",
    url: rfc(5758),
    from: "2010-02-01",
  },
  rfc6487: {
    name: "RFC 6487",
    title: "A profile for X.509 PKIX resource certificates",
    version: "February 2012",
    url: rfc(6487),
    from: "2012-03-01",
  },
  rfc7468: {
    name: "RFC 7468",
    title: "Textual encodings of PKIX, PKCS and CMS structures",
    version: "April 2015",
    url: rfc(7468),
    undated: "it states how a PEM file is read today, whatever the age of the CRL in it",
  },
  rfc7935: {
    name: "RFC 7935",
    title: "Algorithms and key sizes for the RPKI",
    version: "August 2016",
    url: rfc(7935),
    from: "2016-09-01",
  },
  rfc8017: {
    name: "RFC 8017",
    title: "PKCS #1 v2.2: RSA cryptography specifications",
    version: "November 2016",
    url: rfc(8017),
    undated: "PKCS #1 has had this form of signature since version 1.5 (RFC 2313, 1998)",
  },
  rfc8399: {
    name: "RFC 8399",
    title: "Internationalization updates to RFC 5280 (obsoleted by RFC 9549)",
    version: "May 2018",
    url: rfc(8399),
    from: "2018-06-01",
    recent: "RFC 9549 (March 2024) obsoletes it; its text was not compared",
  },
  rfc8410: {
    name: "RFC 8410",
    title: "Algorithm identifiers for Ed25519, Ed448, X25519 and X448",
    version: "August 2018",
    url: rfc(8410),
    from: "2018-09-01",
  },
  rfc8603: {
    name: "RFC 8603",
    title: "CNSA Suite certificate and CRL profile",
    version: "May 2019",
    url: rfc(8603),
    from: "2019-06-01",
  },
  rfc8692: {
    name: "RFC 8692",
    title: "RSASSA-PSS and ECDSA with SHAKE in the Internet X.509 PKI",
    version: "December 2019",
    url: rfc(8692),
    from: "2020-01-01",
  },
  rfc9215: {
    name: "RFC 9215",
    title: "GOST R 34.10-2012 in the Internet X.509 PKI",
    version: "March 2022",
    url: rfc(9215),
    from: "2022-04-01",
  },
  rfc9549: {
    name: "RFC 9549",
    title: "Internationalization updates to RFC 5280 (obsoletes RFC 8399)",
    version: "March 2024",
    url: rfc(9549),
    from: "2024-04-01",
  },
  rfc9286: {
    name: "RFC 9286",
    title: "Manifests for the RPKI",
    version: "June 2022",
    url: rfc(9286),
    from: "2022-07-01",
  },
  rfc9608: {
    name: "RFC 9608",
    title: "No revocation available for X.509 public key certificates (updates RFC 5280)",
    version: "June 2024",
    url: rfc(9608),
    from: "2024-07-01",
  },
  rfc9802: {
    name: "RFC 9802",
    title: "HSS and XMSS hash-based signature algorithms in the Internet X.509 PKI",
    version: "June 2025",
    url: rfc(9802),
    from: "2025-07-01",
  },
  rfc9829: {
    name: "RFC 9829",
    title: "Handling of RPKI CRL number extensions (updates RFC 6487)",
    version: "July 2025",
    url: rfc(9829),
    from: "2025-08-01",
  },
  rfc9881: {
    name: "RFC 9881",
    title: "ML-DSA in the Internet X.509 PKI",
    version: "October 2025",
    url: rfc(9881),
    from: "2025-11-01",
  },
  rfc9909: {
    name: "RFC 9909",
    title: "SLH-DSA in the Internet X.509 PKI",
    version: "December 2025",
    url: rfc(9909),
    from: "2026-01-01",
  },
  rfc9925: {
    name: "RFC 9925",
    title: "Unsigned X.509 certificates (updates RFC 5280)",
    version: "February 2026",
    url: rfc(9925),
    from: "2026-03-01",
  },
  rfc10007: {
    name: "RFC 10007",
    title: "Update to the CRL issuer's key usage check (updates RFC 5280)",
    version: "June 2026",
    url: rfc(10007),
    from: "2026-07-01",
  },
  "tls-br": {
    name: "CABF TLS BR 2.2.6",
    title: "CA/Browser Forum Baseline Requirements for TLS server certificates",
    version: "2.2.6 (2026-03-31)",
    url: page(`${cabForum}/server/baseline-requirements/requirements/`),
    recent:
      "2.2.7 to 2.3.1 (2026-05 to 2026-10): sections 4.9.7, 4.9.13, 4.10.1 and 7.2 of 2.3.0 are the same; 2.3.1 (SC-104) makes OCSP URLs a SHOULD, so the 4 days of 4.9.7 apply to more CAs",
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
    name: "CABF S/MIME BR 1.0.16",
    title: "CA/Browser Forum Baseline Requirements for S/MIME certificates",
    version: "1.0.16 (2026-09-28)",
    url: page(`${cabForum}/smime/requirements/`),
    from: "2023-09-01",
    recent:
      "1.0.13 to 1.0.16: 6.1.5 requires 4096 bits of RSA keys in CA certificates from 2026-09-15, and 3072 bits of the keys that sign certificates from 2027-09-15 (SMC017); SHA-1 ends in certificates, and was never on the list for CRLs (SMC016); 4.9.7 and 7.2 are the same",
  },
  "cs-br": {
    name: "CABF CS BR 3.10.0",
    title: "CA/Browser Forum Baseline Requirements for code signing certificates",
    version: "3.10.0 (2025-11-17)",
    url: page(`${cabForum}/code-signing/requirements/`),
    from: "2019-08-13",
    recent: "3.11.0 (CSC-32): policy identifiers only, no change for CRLs",
  },
  mozilla: {
    name: "MRSP 3.1",
    title: "Mozilla Root Store Policy",
    version: "3.1 (2026-07-01)",
    recent:
      "3.0 and 3.1: no change for CRLs since 2.9 (2023-09-01), except that 3.1 leaves the disclosure of their URLs (4.1) to the CCADB Policy",
    url: page("https://www.mozilla.org/about/governance/policies/security-group/certs/policy/"),
  },
  "mrsp-2.9": {
    name: "MRSP 2.9",
    title: "Mozilla Root Store Policy",
    version: "2.9 (2023-09-01)",
    url: page("https://wiki.mozilla.org/CA/Root_Store_Policy_Archive"),
    from: "2023-09-01",
  },
  "mrsp-2.8": {
    name: "MRSP 2.8",
    title: "Mozilla Root Store Policy",
    version: "2.8 (2022-06-01)",
    url: page("https://wiki.mozilla.org/CA/Root_Store_Policy_Archive"),
  },
  "ccadb-2.0": {
    name: "CCADB Policy 2.0",
    title: "CCADB Policy",
    version: "2.0 (2025-07-15)",
    url: page("https://github.com/mozilla/www.ccadb.org/blob/master/policy_archive/version_2_0.md"),
    from: "2025-07-15",
  },
  ccadb: {
    name: "CCADB Policy 2.1",
    title: "CCADB Policy",
    version: "2.1 (2026-03-20)",
    url: page("https://www.ccadb.org/policy"),
    from: "2025-07-15",
  },
  "ccadb-fields": {
    name: "CCADB fields",
    title: "CCADB: description of the fields of CA records",
    version: "2026",
    url: page("https://www.ccadb.org/cas/fields"),
    undated: "it describes the fields of the present export, whatever the age of the CRL",
  },
  microsoft: {
    name: "Microsoft TRP",
    title: "Microsoft Trusted Root Program requirements",
    version: "1.1/1.2 (2026-05-20)",
    url: page("https://learn.microsoft.com/security/trusted-root/program-requirements"),
    from: "2026-05-20",
  },
  "microsoft-adcs": {
    name: "Microsoft AD CS",
    title: "Microsoft AD CS: CRL extensions",
    version: "undated",
    undated: "it describes what an extension contains, and is not an obligation that began on some day",
  },
  "etsi-411-1": {
    name: "ETSI EN 319 411-1 V1.5.1",
    title: "Policy and security requirements for trust service providers issuing certificates; part 1",
    version: "V1.5.1 (2025-04)",
    url: page("https://www.etsi.org/deliver/etsi_en/319400_319499/31941101/"),
    from: "2016-03-01",
  },
  "etsi-411-2": {
    name: "ETSI EN 319 411-2 V2.6.1",
    title: "Policy and security requirements for trust service providers issuing EU qualified certificates; part 2",
    version: "V2.6.1 (2025-06)",
    url: page("https://www.etsi.org/deliver/etsi_en/319400_319499/31941102/"),
    from: "2018-05-01",
  },
  fpki: {
    name: "FPKI CRL profile",
    title: "US Federal PKI X.509 certificate and CRL extensions profile, worksheet 5",
    version: "draft of 2017",
    url: page("https://www.idmanagement.gov/fpki/"),
    from: "2021-09-01",
  },
  "fpki-common": {
    name: "FPKI Common Policy 2.6",
    title: "US Federal PKI common policy framework",
    version: "2.6 (2023-11-03)",
    from: "2021-09-01",
  },
  icao: {
    name: "ICAO Doc 9303-12",
    title: "ICAO Doc 9303 part 12: PKI for machine readable travel documents",
    version: "8th edition, 2021, with amendment 1 (2024-06-14)",
    url: page("https://www.icao.int/publications/doc-series/doc-9303"),
    from: "2022-01-01",
  },
  matter: {
    name: "Matter Core",
    title: "CSA Matter core specification",
    version: "1.3/1.4",
    from: "2024-06-01",
    unverified: "the text was not available; the rule follows what the project's tools check",
  },
  gsma: {
    name: "GSMA SGP.22",
    title: "GSMA RSP technical specification",
    version: "2.x/3.1",
    from: "2022-11-01",
    unverified: "the text was not available; the rules follow remarks in a public ASN.1 module",
  },
  opcua: {
    name: "OPC UA Part 6",
    title: "OPC 10000-6: OPC UA mappings",
    version: "1.05",
    url: page("https://reference.opcfoundation.org/Core/Part6/v105/docs/"),
    from: "2022-11-01",
  },
  advice: {
    name: "crllint",
    title: "advice of crllint, in addition to what documents require",
    version: "",
    undated: "advice is about what clients do with a CRL today",
  },
} as const satisfies Readonly<Record<string, Document>>;

/** Id of a document that a requirement can cite. */
export type DocumentId = keyof typeof documents;

/** Ids of all documents, in the order of the pages. */
export const documentIds = Object.keys(documents) as readonly DocumentId[];

/** Returns a document by its id. */
export function findDocument(id: DocumentId): Document {
  return documents[id];
}
