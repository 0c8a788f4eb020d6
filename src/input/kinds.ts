/** Kinds of input. Only a `crl` is linted, or a `tbs` on request. A `certificate` may be an issuer. */
export type Kind =
  | "crl"
  | "tbs"
  | "certificate"
  | "tbs-certificate"
  | "certification-request"
  | "attribute-certificate"
  | "pkcs7"
  | "pkcs12"
  | "ocsp-response"
  | "ocsp-request"
  | "timestamp"
  | "private-key"
  | "public-key"
  | "parameters"
  | "pgp"
  | "html"
  | "json"
  | "xml"
  | "http"
  | "text"
  | "utf-16"
  | "ldif"
  | "hex"
  | "gzip"
  | "bzip2"
  | "xz"
  | "zstd"
  | "7z"
  | "zip"
  | "tar"
  | "keystore"
  | "empty"
  | "zeros"
  | "stray"
  | "over-limit"
  | "unknown";

/** A kind of input in words: "this is an OCSP response; give the CRL itself ...". */
export interface Identity {
  readonly kind: Kind;
  /** Name with its article: "a certificate". */
  readonly name: string;
  /** Advice if a CRL was meant, imperative. */
  readonly advice: string;
  /** The error as a sentence, if "this is NAME, not a CRL" does not describe it. */
  readonly message?: string;
}

const identities: { readonly [K in Kind]: readonly [name: string, advice: string] } = {
  crl: ["a CertificateList", "also give the certificate of its issuing CA: crllint ca.pem crl.der"],
  tbs: ["a TBSCertList, not a CertificateList", "to lint it before signing: crllint --tbs ca.pem next.tbs"],
  certificate: ["a certificate", "also give the CRL: crllint ca.pem crl.der"],
  "tbs-certificate": ["a TBSCertificate, a certificate without its signature", "give the signed certificate"],
  "certification-request": ["a certification request (PKCS#10)", "give the certificate that was issued for it"],
  "attribute-certificate": ["an attribute certificate", "give the CRL itself"],
  pkcs7: [
    "a PKCS#7 or CMS message that contains neither certificates nor CRLs",
    "look at it with: openssl cms -cmsout -print -inform DER -in FILE",
  ],
  pkcs12: ["a PKCS#12 store", "export its certificates with: openssl pkcs12 -nokeys -in FILE -out certs.pem"],
  "ocsp-response": [
    "an OCSP response",
    "fetch the CRL from the URL in cRLDistributionPoints, not from the OCSP responder",
  ],
  "ocsp-request": ["an OCSP request", "give the CRL itself"],
  timestamp: ["a time-stamp request or response (RFC 3161)", "give the CRL itself"],
  "private-key": [
    "a private key",
    "take it out of the input: crllint never needs a private key, and this one was not read",
  ],
  "public-key": [
    "a public key",
    "give the CA certificate that holds it: its subject is compared with the CRL's issuer",
  ],
  parameters: ["key parameters without a key", "give the CRL or the CA certificate itself"],
  pgp: ["an OpenPGP message", "give an X.509 CRL"],
  html: ["an HTML page", "look at what the server answers at this URL: it is a page, not a CRL"],
  json: ["JSON text", "look at what the server answers at this URL: it is JSON, not a CRL"],
  xml: ["an XML document", "look at what the server answers at this URL: it is XML, not a CRL"],
  http: ["an HTTP response with its header", "save the body alone, for example with: curl --output crl.der URL"],
  text: ["text without a PEM block", "give DER, or PEM with its -----BEGIN X509 CRL----- line"],
  "utf-16": ["UTF-16 text", "convert it with: iconv -f UTF-16 -t UTF-8 FILE"],
  ldif: [
    "LDIF without a certificate or a CRL",
    "export the attributes certificateRevocationList;binary and cACertificate;binary",
  ],
  hex: ["a hex dump", "convert it with: xxd -r -p FILE, or xxd -r FILE if its lines start with offsets"],
  gzip: ["a gzip file", "unpack it with: gunzip FILE"],
  bzip2: ["a bzip2 file", "unpack it with: bunzip2 FILE"],
  xz: ["an xz file", "unpack it with: unxz FILE"],
  zstd: ["a Zstandard file", "unpack it with: unzstd FILE"],
  "7z": ["a 7z archive", "unpack it with: 7z x FILE"],
  zip: ["a ZIP archive", "unpack it with: unzip FILE"],
  tar: ["a tar archive", "unpack it with: tar -xf FILE"],
  keystore: ["a Java key store", "export its certificates with: keytool -exportcert -rfc -keystore FILE -alias ALIAS"],
  empty: ["an empty file", "look at what wrote or downloaded it: not one byte was saved"],
  zeros: ["a run of 00 bytes", "look at what wrote or downloaded it: the file was reserved, but not written"],
  stray: ["bytes that belong to no object", "write each object to a file of its own, or as PEM"],
  "over-limit": ["a file with too many objects", "split the file, or raise the limit with --limit blocks=NUMBER"],
  unknown: ["neither a CRL nor a certificate", "give a DER or PEM CertificateList (RFC 5280 section 5.1)"],
};

/** Whether a name already states what the object is not: "neither a CRL nor a certificate". */
export function namesWhatItIsNot({ name }: Pick<Identity, "name">): boolean {
  return name.startsWith("neither ");
}

/** Returns the identity of a kind: its name and the advice. */
export function identityOf(kind: Kind): Identity {
  const [name, advice] = identities[kind];
  return { kind, name, advice };
}
