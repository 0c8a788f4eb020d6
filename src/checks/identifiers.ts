import type { AlgorithmIdentifier } from "../crl/crl.ts";
import { bytesOf, sameBytes, type Span } from "../der/span.ts";
import { matchesKeyIdentifier } from "../given/pair.ts";
import type { Context, Facts, RelatedPlace } from "../rule/rule.ts";
import type { Misstated } from "../verify/verifier.ts";

/** Returns the place of the outer signatureAlgorithm if it repeats the inner one: it must be fixed as well. */
export function equalOuter({ crl, bytes, signature, artefact }: Context<"signature">): readonly RelatedPlace[] {
  const outer = crl.signatureAlgorithm;
  if (outer === undefined || !sameBytes(bytesOf(bytes, outer), bytesOf(bytes, signature))) return [];
  return [{ at: outer, path: "signatureAlgorithm", artefact }];
}

/** An AlgorithmIdentifier of the CRL, and its place for a finding. */
export interface FoundIdentifier {
  readonly identifier: AlgorithmIdentifier;
  readonly oid: string;
  readonly place: { readonly at: Span; readonly path: string; readonly related: readonly RelatedPlace[] };
}

/**
 * Returns the first of the two AlgorithmIdentifiers that meets a condition: the inner one, or the outer one if the
 * inner one does not. One finding reports both.
 */
export function findIdentifier(
  ctx: Context<"signature">,
  holds: (identifier: AlgorithmIdentifier, oid: string) => boolean,
): FoundIdentifier | undefined {
  const { signature, crl } = ctx;
  const outer = crl.signatureAlgorithm;
  if (signature.oid !== undefined && holds(signature, signature.oid)) {
    const place = { at: signature, path: "tbsCertList.signature", related: equalOuter(ctx) };
    return { identifier: signature, oid: signature.oid, place };
  }
  if (outer?.oid === undefined || !holds(outer, outer.oid)) return undefined;
  return { identifier: outer, oid: outer.oid, place: { at: outer, path: "signatureAlgorithm", related: [] } };
}

/**
 * Whether both AlgorithmIdentifiers state another algorithm, or other values of some fields, than the signature was
 * made with. What rules compare is then not what the CA does, and `signature/invalid` reports it.
 */
export function isMisstated(
  { anyVerification, crl, bytes }: Facts,
  ...compared: readonly [Misstated, ...Misstated[]]
): boolean {
  if (anyVerification.verdict !== "invalid") return false;
  const { misstated = [] } = anyVerification;
  const { signature, signatureAlgorithm } = crl;
  if (signature === undefined || signatureAlgorithm === undefined) return false;
  // `algorithm/inner-outer-differ` reports that only one of them is wrong.
  if (!sameBytes(bytesOf(bytes, signature), bytesOf(bytes, signatureAlgorithm))) return false;
  return misstated.includes("algorithm") || compared.some((field) => misstated.includes(field));
}

/**
 * Whether the CRL's authorityKeyIdentifier names a key that is not the CA certificate's. Rules that compare the key
 * with the signature then report nothing: `aki/ski-mismatch` reports that CRL and certificate do not belong together.
 */
export function namesAnotherKey({ crl, ca }: Context<"ca">): boolean {
  const answers = new Set(ca.sameKey.map(({ certificate }) => matchesKeyIdentifier(crl, certificate)));
  return answers.has(false) && !answers.has(true);
}

/**
 * Whether the CA certificate has a key that is unrelated to the CRL: the key does not verify the signature, and the CRL
 * does not name it. The certificate's dates and key usage then do not apply to the CRL.
 */
export function isOfAnotherKey(ctx: Context<"ca">): boolean {
  return ctx.ca.verification.verdict !== "valid" && namesAnotherKey(ctx);
}
