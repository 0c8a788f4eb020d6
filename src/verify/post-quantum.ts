import type { SignatureAlgorithm } from "../algorithm/signature-algorithm.ts";
import { loadNoble } from "./noble.ts";

type SlhDsa = typeof import("@noble/post-quantum/slh-dsa.js");

/** One parameter set of ML-DSA or SLH-DSA, as @noble/post-quantum implements it. */
interface Signer {
  readonly lengths: { readonly publicKey?: number };
  readonly internal: {
    verify: (signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array) => boolean;
  };
}

/** Returns the parameter set of an algorithm in @noble/post-quantum; undefined if the package cannot be loaded. */
export function findSigner({ family, set = "" }: SignatureAlgorithm): Signer | undefined {
  if (family === "ml-dsa") {
    const signers = loadNoble("@noble/post-quantum/ml-dsa.js");
    return signers?.[set.replace("ml-dsa-", "ml_dsa") as "ml_dsa44" | "ml_dsa65" | "ml_dsa87"];
  }
  const signers = loadNoble("@noble/post-quantum/slh-dsa.js");
  return signers?.[set.replaceAll("-", "_") as Extract<keyof SlhDsa, `slh_dsa_${string}`>];
}

/** Each digest that can be signed instead of the message: the DER of its OID, and its length in bytes. */
const digests: Readonly<Record<string, { readonly oid: string; readonly length: number }>> = {
  sha256: { oid: "0609608648016503040201", length: 32 },
  sha512: { oid: "0609608648016503040203", length: 64 },
  shake128: { oid: "060960864801650304020b", length: 32 },
  shake256: { oid: "060960864801650304020c", length: 64 },
};

/**
 * Returns the bytes that ML-DSA and SLH-DSA sign for a message with an empty context (FIPS 204 5.2 and 5.4, FIPS 205
 * 10.2). They are a byte for the variant, the length of the context, and then the message, or the OID and value of its
 * digest.
 *
 * @param digest computes a digest by its name, with an output length in bytes
 */
export function formatMessage(
  data: Uint8Array,
  { preHash }: SignatureAlgorithm,
  digest: (name: string, length: number, data: Uint8Array) => Uint8Array,
): Uint8Array {
  const known = digests[preHash ?? ""];
  if (preHash === undefined || known === undefined) return Buffer.concat([Uint8Array.of(0, 0), data]);
  return Buffer.concat([Uint8Array.of(1, 0), Buffer.from(known.oid, "hex"), digest(preHash, known.length, data)]);
}
