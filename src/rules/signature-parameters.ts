import type { ParameterRule } from "../algorithm/parameter-faults.ts";
import { findSignatureAlgorithm } from "../algorithm/signature-algorithm.ts";
import { algorithmLists } from "../checks/algorithm-lists.ts";
import { reportParameters } from "../checks/report-parameters.ts";
import type { AlgorithmName, KeyName } from "../fixture/index.ts";
import { defineRule, type Example, type Requirement, type Rule } from "../rule/rule.ts";

/** An AlgorithmIdentifier for an example. */
interface Identifier extends Omit<Example, "make"> {
  /** Its DER in hexadecimal; default: the encoding of `algorithm`, or of the key's usual algorithm. */
  readonly der?: string;
  readonly key?: KeyName;
  readonly algorithm?: AlgorithmName;
  /** Set for an algorithm or parameters that the kit cannot sign with. */
  readonly unsigned?: true;
  readonly withoutCa?: true;
}

/** A row of the rules on the parameters in `tbsCertList.signature`, with everything in which the rules differ. */
interface Row extends Pick<Rule, "title" | "requirements" | "why" | "fix"> {
  readonly id: ParameterRule;
  readonly bad: readonly Identifier[];
  readonly good: readonly Identifier[];
  /** Whether a requirement applies to an algorithm. Default: all requirements apply. */
  readonly applies?: (requirement: Requirement, oid: string) => boolean;
}

const oidAlone = "omit the parameters: the AlgorithmIdentifier must be a SEQUENCE that contains only the OID";

const comparing =
  "Some verifiers compare the AlgorithmIdentifier byte for byte with the encoding that they know. They reject the CRL.";

const fixedByOid = "The OID fixes the parameter set. Verifiers reject any parameters.";

/** RFC 5758 3.1: DSA with SHA-224 and SHA-256. */
const dsaSha2: Requirement = {
  source: "rfc5280",
  document: "rfc5758",
  section: "3.1",
  severity: "error",
  quote: "the encoding SHALL omit the parameters field",
};

/** RFC 3279 2.2.2: DSA with SHA-1. */
const dsaSha1: Requirement = { source: "rfc5280", document: "rfc3279", section: "2.2.2", severity: "error" };

/** RFC 4055 3.1, for RSASSA-PSS-params. */
const pss = { source: "rfc5280", document: "rfc4055", section: "3.1" } as const;

/** RFC 8603 4.1, about protocols that use RSASSA-PSS: only warnings, because "must" is not in capitals. */
const cnsaPss = { source: "cnsa", section: "4.1", severity: "warning" } as const;

const pssLists = [algorithmLists["tls-br"], algorithmLists.mozilla, algorithmLists["smime-br"]];

const rows: readonly Row[] = [
  {
    id: "algorithm/dsa-params-present",
    title: "DSA signature algorithm has parameters",
    requirements: [dsaSha2, dsaSha1],
    applies: (requirement, oid) => requirement === (findSignatureAlgorithm(oid)?.hash === "sha1" ? dsaSha1 : dsaSha2),
    why: `The parameters of DSA belong to the public key. ${comparing}`,
    fix: oidAlone,
    bad: [
      {
        title: "NULL after id-dsa-with-sha256",
        der: "300d06096086480165030403020500",
        unsigned: true,
        withoutCa: true,
      },
      {
        title: "NULL after id-dsa-with-sha1",
        also: ["algorithm/sha1"],
        der: "300b06072a8648ce3804030500",
        unsigned: true,
        withoutCa: true,
      },
    ],
    good: [{ title: "id-dsa-with-sha256 alone", der: "300b0609608648016503040302", unsigned: true, withoutCa: true }],
  },
  {
    id: "algorithm/ecdsa-params-present",
    title: "ECDSA with SHA-2 has parameters",
    requirements: [
      {
        source: "rfc5280",
        document: "rfc5758",
        section: "3.2",
        severity: "error",
        quote: "the encoding MUST omit the parameters field",
      },
      algorithmLists.mozilla,
      algorithmLists["tls-br"],
      algorithmLists["smime-br"],
    ],
    why: `NULL is required for RSA and forbidden for ECDSA. ${comparing}`,
    fix: oidAlone,
    bad: [
      { title: "NULL after ecdsa-with-SHA256", der: "300c06082a8648ce3d0403020500", key: "p256" },
      {
        title: "NULL after ecdsa-with-SHA256, under the TLS BR",
        profile: "tls-br",
        der: "300c06082a8648ce3d0403020500",
        key: "p256",
      },
    ],
    good: [{ title: "ecdsa-with-SHA384 alone", key: "p384" }],
  },
  {
    id: "algorithm/ecdsa-sha1-params-present",
    title: "ecdsa-with-SHA1 has parameters",
    requirements: [
      {
        source: "rfc5280",
        document: "rfc3279",
        section: "2.2.3",
        severity: "error",
        quote: "the encoding MUST omit the parameters field",
      },
    ],
    why: comparing,
    fix: "omit the parameters, and sign with the SHA-2 digest that matches the curve",
    bad: [
      {
        title: "NULL after ecdsa-with-SHA1",
        also: ["algorithm/sha1"],
        der: "300b06072a8648ce3d04010500",
        key: "p256",
        algorithm: "ecdsa-with-SHA1",
      },
    ],
    good: [{ title: "ecdsa-with-SHA1 alone", also: ["algorithm/sha1"], key: "p256", algorithm: "ecdsa-with-SHA1" }],
  },
  {
    id: "algorithm/eddsa-params-present",
    title: "Ed25519 or Ed448 has parameters",
    requirements: [
      {
        source: "rfc5280",
        document: "rfc8410",
        section: "3, 6",
        severity: "error",
        quote: "When used to identify signature algorithms, the parameters MUST be absent.",
      },
      algorithmLists["smime-br"],
    ],
    why: fixedByOid,
    fix: "omit the parameters: `30 05 06 03 2b 65 70` for Ed25519, `30 05 06 03 2b 65 71` for Ed448",
    bad: [{ title: "NULL after id-Ed25519", der: "300706032b65700500", key: "ed25519" }],
    good: [{ title: "id-Ed448 alone", key: "ed448" }],
  },
  {
    id: "algorithm/gost-params-present",
    title: "GOST R 34.10 signature algorithm has parameters",
    requirements: [
      {
        source: "rfc5280",
        document: "rfc9215",
        section: "2.1-2.2",
        severity: "error",
        quote: "the encoding MUST omit the parameters field",
      },
    ],
    why: `The parameters of GOST R 34.10 belong to the public key. ${comparing}`,
    fix: oidAlone,
    bad: [
      {
        title: "NULL after GOST R 34.10-2012 with a key of 256 bits",
        der: "300c06082a850307010103020500",
        withoutCa: true,
      },
    ],
    good: [
      { title: "GOST R 34.10-2012 with a key of 512 bits, alone", der: "300a06082a85030701010303", withoutCa: true },
    ],
  },
  {
    id: "algorithm/mldsa-params-present",
    title: "ML-DSA has parameters",
    requirements: [
      {
        source: "rfc5280",
        document: "rfc9881",
        section: "2-3",
        severity: "error",
        quote: "The contents of the `parameters` component for each `algorithm` MUST be absent.",
      },
      algorithmLists["smime-br"],
    ],
    why: fixedByOid,
    fix: oidAlone,
    bad: [{ title: "NULL after id-ml-dsa-65", der: "300d06096086480165030403120500", unsigned: true, withoutCa: true }],
    good: [{ title: "id-ml-dsa-87 alone", der: "300b0609608648016503040313", unsigned: true, withoutCa: true }],
  },
  {
    id: "algorithm/pss-hash-params",
    title: "hash identifier in RSASSA-PSS-params has no NULL parameters",
    requirements: [
      {
        ...pss,
        section: "2.1",
        // The same section calls both forms "legal and equivalent".
        severity: "notice",
        quote: "the following algorithm identifiers are used when a NULL parameter MUST be present",
      },
      ...pssLists,
    ],
    why: "RFC 4055 requires verifiers to accept both forms. Verifiers that compare with the encodings that they know accept only the form with NULL.",
    fix: "end each hash identifier with NULL: `30 0d 06 09 60 86 48 01 65 03 04 02 01 05 00` for SHA-256",
    bad: [
      {
        title: "SHA-256 without NULL",
        algorithm: "rsassa-pss-sha256",
        der: "303d06092a864886f70d01010a3030a00d300b0609608648016503040201a11a301806092a864886f70d010108300b0609608648016503040201a203020120",
      },
      {
        title: "SHA-256 without NULL in MGF1 only, under the TLS BR",
        profile: "tls-br",
        algorithm: "rsassa-pss-sha256",
        der: "303f06092a864886f70d01010a3032a00f300d06096086480165030402010500a11a301806092a864886f70d010108300b0609608648016503040201a203020120",
      },
    ],
    good: [{ title: "SHA-256 with NULL", algorithm: "rsassa-pss-sha256" }],
  },
  {
    id: "algorithm/pss-mgf-hash-mismatch",
    title: "hash of MGF1 in RSASSA-PSS-params is not the hash of the message",
    requirements: [
      {
        ...pss,
        severity: "warning",
        quote:
          "it is strongly RECOMMENDED that the underlying hash function be the same as the one identified by hashAlgorithm",
      },
      ...pssLists,
      {
        ...cnsaPss,
        quote: "the hash algorithm (used for both mask generation and signature generation) must be SHA-384",
      },
    ],
    why: "Much software uses one hash for both, and then rejects the signature.",
    fix: "use the hash of hashAlgorithm in maskGenAlgorithm",
    bad: [
      {
        title: "SHA-384 with MGF1 over SHA-256",
        der: "304106092a864886f70d01010a3034a00f300d06096086480165030402020500a11c301a06092a864886f70d010108300d06096086480165030402010500a203020130",
        unsigned: true,
      },
      {
        title: "SHA-256 without maskGenAlgorithm, whose DEFAULT is MGF1 over SHA-1, under the TLS BR",
        profile: "tls-br",
        der: "302306092a864886f70d01010a3016a00f300d06096086480165030402010500a203020120",
        unsigned: true,
      },
    ],
    good: [{ title: "SHA-384 for both", algorithm: "rsassa-pss-sha384" }],
  },
  {
    id: "algorithm/pss-params-missing",
    title: "id-RSASSA-PSS has no usable RSASSA-PSS-params",
    requirements: [
      {
        source: "rfc5280",
        document: "rfc5756",
        section: "2",
        severity: "error",
        quote:
          "the RSASSA-PSS-params structure MUST be included in the TBSCertificate or TBSCertList signature parameters field",
      },
      ...pssLists,
    ],
    why: "The OID alone does not identify the hash and the length of the salt, so no client can verify the signature.",
    fix: "add RSASSA-PSS-params with hashAlgorithm, maskGenAlgorithm and saltLength",
    bad: [
      { title: "the OID alone", algorithm: "rsassa-pss-sha256", der: "300b06092a864886f70d01010a" },
      {
        title: "NULL instead of RSASSA-PSS-params, under the TLS BR",
        profile: "tls-br",
        algorithm: "rsassa-pss-sha256",
        der: "300d06092a864886f70d01010a0500",
      },
      {
        title: "a field that RSASSA-PSS-params does not have",
        algorithm: "rsassa-pss-sha256",
        der: "301206092a864886f70d01010a3005a403020101",
      },
      {
        title: "a salt of -1 bytes",
        algorithm: "rsassa-pss-sha256",
        der: "304106092a864886f70d01010a3034a00f300d06096086480165030402010500a11c301a06092a864886f70d010108300d06096086480165030402010500a2030201ff",
      },
    ],
    good: [
      {
        title: "no salt",
        der: "304106092a864886f70d01010a3034a00f300d06096086480165030402010500a11c301a06092a864886f70d010108300d06096086480165030402010500a203020100",
        unsigned: true,
        also: ["algorithm/pss-salt-length"],
      },
      {
        title: "SHA-512 with a salt of 64 bytes, under the TLS BR",
        profile: "tls-br",
        algorithm: "rsassa-pss-sha512",
      },
    ],
  },
  {
    id: "algorithm/pss-salt-length",
    title: "salt of RSASSA-PSS is not as long as the hash",
    requirements: [
      {
        ...pss,
        severity: "warning",
        quote: "the recommended value of saltLength is the number of octets in the hash value",
      },
      ...pssLists,
      { ...cnsaPss, quote: "the salt length must be 48 octets" },
    ],
    why: "The TLS and S/MIME BR allow only a salt as long as the hash. OpenSSL uses the longest salt that fits unless it is configured.",
    fix: "sign with a salt as long as the hash (`-sigopt rsa_pss_saltlen:digest` in OpenSSL)",
    bad: [
      {
        title: "SHA-384 with the longest salt that fits, 206 bytes",
        der: "304206092a864886f70d01010a3035a00f300d06096086480165030402020500a11c301a06092a864886f70d010108300d06096086480165030402020500a204020200ce",
        unsigned: true,
      },
      {
        title: "SHA-256 with a salt of 33 bytes, under the TLS BR",
        profile: "tls-br",
        der: "304106092a864886f70d01010a3034a00f300d06096086480165030402010500a11c301a06092a864886f70d010108300d06096086480165030402010500a203020121",
        unsigned: true,
      },
    ],
    good: [{ title: "SHA-256 with a salt of 32 bytes", algorithm: "rsassa-pss-sha256" }],
  },
  {
    id: "algorithm/pss-sha1-default-encoded",
    title: "RSASSA-PSS-params encodes a DEFAULT value",
    requirements: [
      {
        ...pss,
        severity: "error",
        quote: "Implementations that perform signature generation MUST omit the hashAlgorithm field when SHA-1 is used",
      },
      { source: "x690", section: "11.5", severity: "error" },
    ],
    why: "DER has one encoding for one value. Verifiers that re-encode the parameters get other bytes than were signed.",
    fix: "omit the field, or better sign with SHA-256 and a salt of 32 bytes",
    bad: [
      {
        title: "SHA-1, MGF1 with SHA-1 and salt length 20 encoded",
        also: ["algorithm/sha1"],
        der: "303906092a864886f70d01010a302ca00b300906052b0e03021a0500a118301606092a864886f70d010108300906052b0e03021a0500a203020114",
        unsigned: true,
      },
    ],
    good: [
      { title: "SHA-1 by DEFAULT", also: ["algorithm/sha1"], der: "300d06092a864886f70d01010a3000", unsigned: true },
    ],
  },
  {
    id: "algorithm/pss-trailer-field-present",
    title: "RSASSA-PSS-params has a trailerField",
    requirements: [
      {
        ...pss,
        severity: "error",
        quote: "perform signature generation MUST omit the trailerField field",
      },
      ...pssLists,
    ],
    why: `The only value of the field is its DEFAULT, which DER omits. ${comparing}`,
    fix: "omit trailerField",
    bad: [
      {
        title: "trailerField 1",
        algorithm: "rsassa-pss-sha256",
        der: "304606092a864886f70d01010a3039a00f300d06096086480165030402010500a11c301a06092a864886f70d010108300d06096086480165030402010500a203020120a303020101",
      },
      {
        title: "trailerField 2",
        algorithm: "rsassa-pss-sha256",
        der: "304606092a864886f70d01010a3039a00f300d06096086480165030402010500a11c301a06092a864886f70d010108300d06096086480165030402010500a203020120a303020102",
      },
    ],
    good: [{ title: "no trailerField", algorithm: "rsassa-pss-sha256" }],
  },
  {
    id: "algorithm/rsa-legacy-params-not-null",
    title: "RSA with MD2, MD5 or SHA-1 has parameters other than NULL",
    requirements: [
      {
        source: "rfc5280",
        document: "rfc3279",
        section: "2.2.1",
        severity: "error",
        quote: "the parameters component of that type SHALL be the ASN.1 type NULL",
      },
    ],
    why: comparing,
    fix: "sign with sha256WithRSAEncryption and NULL parameters, `30 0d 06 09 2a 86 48 86 f7 0d 01 01 0b 05 00`",
    bad: [
      {
        title: "sha1WithRSAEncryption without NULL",
        also: ["algorithm/sha1"],
        algorithm: "sha1WithRSAEncryption",
        der: "300b06092a864886f70d010105",
      },
    ],
    good: [{ title: "sha1WithRSAEncryption with NULL", also: ["algorithm/sha1"], algorithm: "sha1WithRSAEncryption" }],
  },
  {
    id: "algorithm/rsa-parameters-not-null",
    title: "RSA PKCS#1 v1.5 has parameters other than NULL",
    requirements: [
      {
        source: "rfc5280",
        document: "rfc4055",
        section: "5",
        severity: "error",
        quote: "the parameters MUST be NULL",
      },
      algorithmLists.mozilla,
      algorithmLists["tls-br"],
      algorithmLists["smime-br"],
    ],
    why: "Verifiers that compare the AlgorithmIdentifier byte for byte reject the CRL. Verifiers that re-encode it check the signature over other bytes than were signed.",
    fix: "end the AlgorithmIdentifier with NULL, `05 00`, in tbsCertList.signature and in signatureAlgorithm",
    bad: [
      { title: "sha256WithRSAEncryption without NULL", der: "300b06092a864886f70d01010b" },
      {
        title: "sha256WithRSAEncryption without NULL, under the TLS BR",
        profile: "tls-br",
        der: "300b06092a864886f70d01010b",
      },
      {
        title: "sha512WithRSAEncryption with an empty SEQUENCE",
        algorithm: "sha512WithRSAEncryption",
        der: "300d06092a864886f70d01010d3000",
      },
    ],
    good: [{ title: "sha384WithRSAEncryption with NULL", algorithm: "sha384WithRSAEncryption" }],
  },
  {
    id: "algorithm/shake-params-present",
    title: "signature algorithm with SHAKE has parameters",
    requirements: [
      {
        source: "rfc5280",
        document: "rfc8692",
        section: "3, 4.1",
        severity: "error",
        quote: "The parameters for the four identifiers above MUST be absent.",
      },
    ],
    why: "These OIDs fix everything that RSASSA-PSS and ECDSA leave open. Verifiers reject any parameters.",
    fix: oidAlone,
    bad: [
      {
        title: "NULL after id-RSASSA-PSS-SHAKE128",
        der: "300c06082b0601050507061e0500",
        unsigned: true,
        withoutCa: true,
      },
    ],
    good: [{ title: "id-ecdsa-with-shake256 alone", der: "300a06082b06010505070621", unsigned: true, withoutCa: true }],
  },
  {
    id: "algorithm/slhdsa-params-present",
    title: "SLH-DSA has parameters",
    requirements: [
      {
        source: "rfc5280",
        document: "rfc9909",
        section: "3",
        severity: "error",
        quote: "The contents of the parameters component for each algorithm MUST be absent.",
      },
    ],
    why: fixedByOid,
    fix: oidAlone,
    bad: [
      {
        title: "NULL after id-slh-dsa-sha2-128s",
        der: "300d06096086480165030403140500",
        unsigned: true,
        withoutCa: true,
      },
      {
        title: "NULL after id-hash-slh-dsa-shake-256f-with-shake256",
        der: "300d060960864801650304032e0500",
        unsigned: true,
        withoutCa: true,
      },
    ],
    good: [
      { title: "id-slh-dsa-shake-256f alone", der: "300b060960864801650304031f", unsigned: true, withoutCa: true },
    ],
  },
];

/** The rules on the parameters of the signature algorithm. One function finds the violations of all of them. */
export default rows.map(({ bad, good, applies, ...row }) =>
  defineRule({
    ...row,
    looksAt: ["signature", "faults"],
    create(ctx) {
      const oid = ctx.signature.oid ?? "";
      reportParameters(ctx, row.id, applies && ((requirement) => applies(requirement, oid)));
    },
    examples: () => ({ bad: bad.map(exampleOf), good: good.map(exampleOf) }),
  }),
);

function exampleOf({ der, key, algorithm, unsigned, withoutCa, ...example }: Identifier): Example {
  return {
    ...example,
    make(kit) {
      const identifier = der === undefined ? undefined : kit.der.raw(der);
      return kit.crl({
        ...(key && { ca: kit.caWith({ key }) }),
        ...(algorithm && { algorithm }),
        ...(identifier && { signature: identifier, signatureAlgorithm: identifier }),
        ...(withoutCa && { issuerCertificate: null }),
        ...(unsigned && { options: { signature: "ignore" } }),
      });
    },
  };
}
