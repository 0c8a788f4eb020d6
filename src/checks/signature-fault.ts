import { findEcdsaFault } from "../algorithm/ecdsa-value.ts";
import { canSign, findSignatureAlgorithm, type SignatureAlgorithm } from "../algorithm/signature-algorithm.ts";
import { modulusBits } from "../cert/certificate.ts";
import { octets, type Span } from "../der/span.ts";
import type { GivenCa } from "../given/given.ts";
import type { BaseContext, Facts } from "../rule/rule.ts";

/** The rules on the form of signatureValue. */
export type SignatureRule =
  | "signature/dummy"
  | "signature/ecdsa-not-der"
  | "signature/eddsa-length"
  | "signature/malformed-value"
  | "signature/pqc-length";

/** What makes a signatureValue one that no key can have made. */
export interface SignatureFault {
  readonly rule: SignatureRule;
  readonly at: Span;
  readonly message: string;
  readonly notes: readonly string[];
}

/**
 * Finds the one thing that is wrong with the form of signatureValue: each fault belongs to one rule, and where there is
 * one, signature/invalid has nothing to add. A value signed with a throw-away key is not judged.
 */
export function findSignatureFault(facts: Facts): SignatureFault | undefined {
  const { crl, bytes, anyCa, stated } = facts;
  const bits = crl.signatureValue?.bits;
  if (bits === undefined || stated.beforeSigning) return undefined;
  const at = { start: bits.start, end: bits.end };
  const placeholder = describePlaceholder(octets(bytes, bits));
  if (placeholder !== undefined) return { rule: "signature/dummy", at, message: placeholder, notes: [] };
  const algorithm = findSignatureAlgorithm(crl.signatureAlgorithm?.oid ?? "");
  const key = anyCa?.isAnother === true ? undefined : anyCa;
  // Of an algorithm that the key cannot sign with, only algorithm/key-type-mismatch has something to say.
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

/** All octets the same, or none: what a template holds before it is signed. */
function describePlaceholder(signature: Uint8Array): string | undefined {
  const [first] = signature;
  if (first === undefined) return "signatureValue has no octets";
  if (signature.length < 2 || signature.some((octet) => octet !== first)) return undefined;
  return `signatureValue is ${signature.length} octets 0x${first.toString(16).padStart(2, "0")}`;
}

/** RFC 8017 8.2.1: as many octets as the modulus has. */
function findRsaFault(at: Span, ca: GivenCa | undefined): SignatureFault | undefined {
  const bits = ca && modulusBits(ca.certificate);
  if (bits === undefined) return undefined;
  const expected = Math.ceil(bits / 8);
  const length = at.end - at.start;
  // A multiple of 512 bits is what another RSA key makes: signature/invalid says so.
  if (length === expected || length % 64 === 0) return undefined;
  return {
    rule: "signature/malformed-value",
    at,
    message: `signatureValue has ${length} octets; the CA's RSA key of ${bits} bits makes ${expected}`,
    notes: length < expected ? ["leading zero octets of an RSA signature belong to it"] : [],
  };
}

/** Lengths of r and s side by side: P-256, P-384, P-521. */
function plainForm({ start, end }: Span): readonly string[] {
  const length = end - start;
  return [64, 96, 132].includes(length)
    ? [`${length} octets are r and s side by side (IEEE P1363), as many libraries give them`]
    : [];
}

/** RFC 8410 6, RFC 9881 and RFC 9909: all signatures of one algorithm have the same length. */
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
    message: `signatureValue has ${length} octets; every signature by ${name} has ${signatureLength}`,
    notes: isWrapped ? ["it starts like an OCTET STRING: the signature stands in the BIT STRING without one"] : [],
  };
}

/** Reports what `findSignatureFault` finds, where it belongs to this rule. */
export function reportSignatureFault(ctx: BaseContext, rule: SignatureRule): void {
  const fault = findSignatureFault(ctx);
  if (fault?.rule === rule) ctx.report({ ...fault, path: "signatureValue" });
}
