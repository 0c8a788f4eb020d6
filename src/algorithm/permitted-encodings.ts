/** The sources that list the bytes of every AlgorithmIdentifier that they permit. */
export type EncodingSource = "tls-br" | "mozilla" | "smime-br";

/** One row of the table: an AlgorithmIdentifier, and the sources that permit its bytes. */
export interface PermittedEncoding {
  readonly oid: string;
  /** Digest of an RSASSA-PSS signature, which its OID does not determine. */
  readonly hash?: string;
  /** The whole AlgorithmIdentifier in hexadecimal. */
  readonly hex: string;
  readonly sources: readonly EncodingSource[];
}

const everyone: readonly EncodingSource[] = ["tls-br", "mozilla", "smime-br"];
const smime: readonly EncodingSource[] = ["smime-br"];

const pkcs1 = "1.2.840.113549.1.1";
const ecdsa = "1.2.840.10045.4.3";
const mlDsa = "2.16.840.1.101.3.4.3";

/**
 * Returns RSASSA-PSS with MGF1 of the same hash, and a salt as long as the hash.
 *
 * @param arc last arc of the hash's OID, in hexadecimal
 * @param salt length of the salt in bytes, in hexadecimal
 */
function pss(hash: string, arc: string, salt: string): PermittedEncoding {
  const identifier = `300d060960864801650304020${arc}0500`;
  const mask = `301a06092a864886f70d010108${identifier}`;
  const hex = `304106092a864886f70d01010a3034a00f${identifier}a11c${mask}a2030201${salt}`;
  return { oid: `${pkcs1}.10`, hash, hex, sources: everyone };
}

/**
 * The encodings of TLS BR 7.1.3.2, S/MIME BR 7.1.3.2, and MRSP 5.1.1 and 5.1.2, which are byte-for-byte the same for
 * the same algorithm. The key determines which ECDSA row applies (TLS BR 7.1.3.2.2). S/MIME BR 1.0.11 (2025-08-22)
 * added ML-DSA; the older list is not applied to earlier CRLs.
 */
export const permittedEncodings: readonly PermittedEncoding[] = [
  { oid: `${pkcs1}.11`, hex: "300d06092a864886f70d01010b0500", sources: everyone },
  { oid: `${pkcs1}.12`, hex: "300d06092a864886f70d01010c0500", sources: everyone },
  { oid: `${pkcs1}.13`, hex: "300d06092a864886f70d01010d0500", sources: everyone },
  pss("sha256", "1", "20"),
  pss("sha384", "2", "30"),
  pss("sha512", "3", "40"),
  { oid: `${ecdsa}.2`, hex: "300a06082a8648ce3d040302", sources: everyone },
  { oid: `${ecdsa}.3`, hex: "300a06082a8648ce3d040303", sources: everyone },
  { oid: `${ecdsa}.4`, hex: "300a06082a8648ce3d040304", sources: everyone },
  { oid: "1.3.101.112", hex: "300506032b6570", sources: smime },
  { oid: "1.3.101.113", hex: "300506032b6571", sources: smime },
  { oid: `${mlDsa}.17`, hex: "300b0609608648016503040311", sources: smime },
  { oid: `${mlDsa}.18`, hex: "300b0609608648016503040312", sources: smime },
  { oid: `${mlDsa}.19`, hex: "300b0609608648016503040313", sources: smime },
];

/**
 * Returns the encoding of an algorithm that a source permits.
 *
 * @param hash the digest, which distinguishes the RSASSA-PSS rows
 * @returns undefined if the source does not permit the algorithm in any encoding
 */
export function findPermittedEncoding(
  source: EncodingSource,
  oid: string,
  hash: string | undefined,
): PermittedEncoding | undefined {
  return permittedEncodings.find(
    (row) => row.oid === oid && (row.hash === undefined || row.hash === hash) && row.sources.includes(source),
  );
}
