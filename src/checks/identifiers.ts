import type { AlgorithmIdentifier } from "../crl/crl.ts";
import { octets, sameOctets, type Span } from "../der/span.ts";
import { matchesKeyIdentifier } from "../given/pair.ts";
import type { Context, RelatedPlace } from "../rule/rule.ts";

/** The outer signatureAlgorithm where it repeats the inner one: what has to be mended there too. */
export function outerTwin({ crl, bytes, signature, artefact }: Context<"signature">): readonly RelatedPlace[] {
  const outer = crl.signatureAlgorithm;
  if (outer === undefined || !sameOctets(octets(bytes, outer), octets(bytes, signature))) return [];
  return [{ at: outer, path: "signatureAlgorithm", artefact }];
}

/** An AlgorithmIdentifier of the CRL, and what has to be said of its place. */
export interface FoundIdentifier {
  readonly identifier: AlgorithmIdentifier;
  readonly oid: string;
  readonly place: { readonly at: Span; readonly path: string; readonly related: readonly RelatedPlace[] };
}

/**
 * The first of the two AlgorithmIdentifiers of which something holds: the inner one, or the outer one where only that
 * does. One finding speaks of both.
 */
export function findIdentifier(
  ctx: Context<"signature">,
  holds: (identifier: AlgorithmIdentifier, oid: string) => boolean,
): FoundIdentifier | undefined {
  const { signature, crl } = ctx;
  const outer = crl.signatureAlgorithm;
  if (signature.oid !== undefined && holds(signature, signature.oid)) {
    const place = { at: signature, path: "tbsCertList.signature", related: outerTwin(ctx) };
    return { identifier: signature, oid: signature.oid, place };
  }
  if (outer?.oid === undefined || !holds(outer, outer.oid)) return undefined;
  return { identifier: outer, oid: outer.oid, place: { at: outer, path: "signatureAlgorithm", related: [] } };
}

/**
 * Whether the CRL's authorityKeyIdentifier names another key than the CA certificate's. What the key lets one expect
 * of the signature is then not asked: `aki/ski-mismatch` says that the two do not belong together.
 */
export function namesAnotherKey({ crl, ca }: Context<"ca">): boolean {
  const answers = new Set(ca.sameKey.map(({ certificate }) => matchesKeyIdentifier(crl, certificate)));
  return answers.has(false) && !answers.has(true);
}

/**
 * Whether the CA certificate is that of a key which has nothing to do with the CRL: neither does it verify the
 * signature nor is it named. Its dates and key usage then say nothing of the CRL.
 */
export function isOfAnotherKey(ctx: Context<"ca">): boolean {
  return ctx.ca.verification.verdict !== "valid" && namesAnotherKey(ctx);
}
