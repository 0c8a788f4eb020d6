import { findEcdsaFault } from "../algorithm/ecdsa-value.ts";
import { canSign, findSignatureAlgorithm, type SignatureAlgorithm } from "../algorithm/signature-algorithm.ts";
import { modulusBits } from "../cert/certificate.ts";
import { bytesOf, type Span } from "../der/span.ts";
import type { GivenCa } from "../given/given.ts";
import { countOf, formatCount } from "../rule/format-count.ts";
import type { BaseContext, Facts } from "../rule/rule.ts";

/** The rules on the form of signatureValue. */
export type SignatureRule =
  | "signature/dummy"
  | "signature/ecdsa-not-der"
  | "signature/eddsa-length"
  | "signature/malformed-value"
  | "signature/pqc-length";

/** The reason why no key can have made a signatureValue. */
export interface SignatureFault {
  readonly rule: SignatureRule;
  readonly at: Span;
  readonly message: string;
  readonly notes: readonly string[];
}

/**
 * Finds the defect in the form of signatureValue. Each defect belongs to one rule, and if there is one,
 * signature/invalid reports nothing. A value made with a test key is not checked.
 */
export function findSignatureFault(facts: Facts): SignatureFault | undefined {
  const { crl, bytes, anyCa, stated } = facts;
  const bits = crl.signatureValue?.bits;
  if (bits === undefined || stated.beforeSigning) return undefined;
  const at = { start: bits.start, end: bits.end };
  const placeholder = describePlaceholder(bytesOf(bytes, bits));
  if (placeholder !== undefined) return { rule: "signature/dummy", at, message: placeholder, notes: [] };
  const algorithm = findSignatureAlgorithm(crl.signatureAlgorithm?.oid ?? "");
  const key = anyCa?.isAnother === true ? undefined : anyCa;
  // If the key cannot sign with the algorithm, only algorithm/key-type-mismatch reports.
  if (algorithm === undefined) return undefined;
  if (key !== undefined && canSign(key.certificate.publicKey, algorithm) === false) return undefined;
  switch (algorithm.family) {
    case "rsa":
      return findRsaFault(at, key);
    case "ec":
    case "dsa": {
      const fault = findEcdsaFault(bytes, bits, key?.certificate.publicKey.curve);
      return fault && { rule: "signature/ecdsa-not-der", ...fault, notes: plainForm(at) };
    }
    default:
      return findLengthFault(bytes, at, algorithm);
  }
}

/** Describes a value whose bytes are all equal, or that has none: the content of a template before it is signed. */
function describePlaceholder(signature: Uint8Array): string | undefined {
  const [first] = signature;
  if (first === undefined) return "signatureValue is empty";
  if (signature.length < 2 || signature.some((byte) => byte !== first)) return undefined;
  return `signatureValue is ${signature.length} times the byte ${first.toString(16).padStart(2, "0")}`;
}

/** Finds a length other than that of the modulus (RFC 8017 8.2.1). */
function findRsaFault(at: Span, ca: GivenCa | undefined): SignatureFault | undefined {
  const bits = ca && modulusBits(ca.certificate);
  if (bits === undefined) return undefined;
  const expected = Math.ceil(bits / 8);
  const length = at.end - at.start;
  // A length that is a multiple of 512 bits indicates another RSA key: signature/invalid reports it.
  if (length === expected || length % 64 === 0) return undefined;
  return {
    rule: "signature/malformed-value",
    at,
    message: `signatureValue has ${countOf(length, "byte")}; signatures by the CA's RSA key of ${bits} bits have ${formatCount(expected)}`,
    notes: length < expected ? ["leading zero bytes are part of an RSA signature"] : [],
  };
}

/** Returns a note if the length is that of r and s concatenated: 64, 96 and 132 bytes for P-256, P-384 and P-521. */
function plainForm({ start, end }: Span): readonly string[] {
  const length = end - start;
  return [64, 96, 132].includes(length)
    ? [`${length} bytes are r and s concatenated (IEEE P1363), the output of many libraries`]
    : [];
}

/** Finds a wrong length. All signatures of one algorithm have the same length: RFC 8410 6, RFC 9881 and RFC 9909. */
function findLengthFault(
  bytes: Uint8Array,
  at: Span,
  { name, family, signatureLength }: SignatureAlgorithm,
): SignatureFault | undefined {
  const length = at.end - at.start;
  if (signatureLength === undefined || length === signatureLength) return undefined;
  const isWrapped = bytes[at.start] === 0x04 && length > signatureLength;
  return {
    rule: family === "ed25519" || family === "ed448" ? "signature/eddsa-length" : "signature/pqc-length",
    at,
    message: `signatureValue has ${countOf(length, "byte")}; every signature by ${name} has ${formatCount(signatureLength)}`,
    notes: isWrapped ? ["it starts like an OCTET STRING; a BIT STRING must contain the signature without one"] : [],
  };
}

/** Reports the defect that `findSignatureFault` finds, if it belongs to this rule. */
export function reportSignatureFault(ctx: BaseContext, rule: SignatureRule): void {
  const fault = findSignatureFault(ctx);
  if (fault?.rule === rule) ctx.report({ ...fault, path: "signatureValue" });
}
