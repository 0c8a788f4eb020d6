import { signatureHash } from "../algorithm/parameter-faults.ts";
import { type EncodingSource, findPermittedEncoding } from "../algorithm/permitted-encodings.ts";
import { ecdsaWithSha2, findSignatureAlgorithm, rsassaPss, rsaWithSha2 } from "../algorithm/signature-algorithm.ts";
import type { AlgorithmIdentifier } from "../crl/crl.ts";
import type { Requirement } from "../rule/rule.ts";

/**
 * The requirements that permit only listed signature algorithms. Each rule that finds why an algorithm is not on a list
 * (its digest, its parameters) cites them with its own; `algorithm/not-permitted` reports the rest.
 */
export const algorithmLists = {
  "tls-br": {
    source: "tls-br",
    section: "7.1.3.2",
    severity: "error",
    from: "2020-09-30",
    quote: "No other encodings are permitted for these fields.",
  },
  mozilla: {
    source: "mozilla",
    section: "5.1, 5.1.2",
    severity: "error",
    from: "2020-01-01",
    quote: "only the following algorithms MAY be used, and with the following encoding requirements",
  },
  "smime-br": {
    source: "smime-br",
    section: "7.1.3.2",
    severity: "error",
    from: "2023-09-01",
    quote: "No other encodings are permitted for these fields.",
  },
  "cs-br": {
    source: "cs-br",
    section: "7.1.3.2",
    severity: "error",
    from: "2022-06-29",
    quote:
      "All objects signed by a CA Private Key MUST conform to these requirements on the use of the `AlgorithmIdentifier`",
  },
  fpki: {
    source: "fpki",
    document: "fpki-common",
    section: "6.1.5",
    severity: "error",
    // Version 2.6; earlier versions were not read for this sentence.
    from: "2023-11-03",
    quote:
      "CAs that generate certificates and CRLs under this policy must use the SHA-256, SHA-384, or SHA-512 hash algorithm when generating digital signatures.",
  },
  rpki: {
    source: "rpki",
    document: "rfc7935",
    section: "2",
    severity: "error",
    quote: "The Object Identifier (OID) sha256WithRSAEncryption from [RFC4055] MUST be used in these products.",
  },
  cnsa: {
    source: "cnsa",
    section: "4.1, 7",
    severity: "error",
    quote:
      "The SHA-384 hashing algorithm MUST be used for all certificate and CRL signatures irrespective of the type of key used.",
  },
  icao: {
    source: "icao",
    section: "4.1.6.4",
    severity: "error",
    quote: "SHA-224, SHA-256, SHA-384 and SHA-512, are the only permitted hashing algorithms.",
  },
} as const satisfies Partial<Record<Requirement["source"], Requirement>>;

/** A source that lists the permitted signature algorithms. */
export type ListSource = keyof typeof algorithmLists;

/** The sources that list the exact bytes of algorithm identifiers. */
export const encodingSources: ReadonlySet<string> = new Set<ListSource>(["tls-br", "mozilla", "smime-br"]);

/** All lists. */
export const allLists: readonly Requirement[] = Object.values(algorithmLists);

/**
 * Whether a source permits an algorithm, by OID and digest. Another rule reports RSASSA-PSS with an unreadable digest.
 */
type Permits = (oid: string, hash: string | undefined) => boolean;

const dsaWithSha256 = "2.16.840.1.101.3.4.3.2";

/** Whether an algorithm is RSA, with either padding, or ECDSA, with SHA-256, SHA-384 or SHA-512. */
function isUsual(oid: string, hash = ""): boolean {
  return (
    rsaWithSha2.get(hash) === oid || ecdsaWithSha2.get(hash) === oid || (oid === rsassaPss && rsaWithSha2.has(hash))
  );
}

function encodings(source: EncodingSource): Permits {
  return (oid, hash) => findPermittedEncoding(source, oid, hash) !== undefined;
}

const permits: Readonly<Record<ListSource, Permits>> = {
  "tls-br": encodings("tls-br"),
  mozilla: encodings("mozilla"),
  "smime-br": encodings("smime-br"),
  // CS BR 7.1.3.2 lists no encodings and does not assign digests to curves; DSA with SHA-256 is on its list.
  "cs-br": (oid, hash) => isUsual(oid, hash) || oid === dsaWithSha256,
  fpki: isUsual,
  rpki: (oid) => oid === rsaWithSha2.get("sha256"),
  cnsa: (oid, hash) => hash === "sha384" && isUsual(oid, hash),
  // RSA, DSA and ECDSA (4.1.6.1 to 4.1.6.3), with any of the four digests.
  icao(oid, hash = "") {
    const { family = "" } = findSignatureAlgorithm(oid) ?? {};
    return ["rsa", "dsa", "ec"].includes(family) && ["sha224", "sha256", "sha384", "sha512"].includes(hash);
  },
};

/** Whether a source permits an algorithm, if its parameters are correct. */
export function isOnList(source: ListSource, bytes: Uint8Array, identifier: AlgorithmIdentifier): boolean {
  const hash = signatureHash(bytes, identifier);
  if (identifier.oid === rsassaPss && hash === undefined) return source !== "rpki";
  return permits[source](identifier.oid ?? "", hash);
}

/** Whether a requirement is one of the lists. */
export function isList(requirement: Requirement): requirement is Requirement & { readonly source: ListSource } {
  return allLists.includes(requirement);
}
