/** What a signature check needs: all of it DER octets as they stand in the artefacts, nothing encoded anew. */
export interface SignatureCheck {
  /** subjectPublicKeyInfo of the signer. */
  readonly publicKey: Uint8Array;
  /** The AlgorithmIdentifier that the signature goes by. */
  readonly algorithm: Uint8Array;
  /** The signed octets. */
  readonly data: Uint8Array;
  /** The octets of signatureValue, without the count of unused bits. */
  readonly signature: Uint8Array;
}

/** Outcome of a check: an algorithm that cannot be checked here is named, and never counts as a bad signature. */
export type Verdict =
  | { readonly verdict: "valid" }
  | {
      readonly verdict: "invalid";
      readonly why: string;
      /**
       * The one thing that is wrong, if the key made the signature over these bytes: a salt of another length than the
       * RSASSA-PSS parameters say, RSASSA-PSS parameters that those of the key forbid, or another SM2 user identity.
       */
      readonly apartFrom?: "salt-length" | "key-parameters" | "user-identity";
    }
  | { readonly verdict: "not-checked"; readonly why: string };

/** Cryptography handed in from outside, so that the engine itself needs no platform. */
export interface Verifier {
  /** Checks a signature; never throws on what the octets hold. */
  verify(check: SignatureCheck): Verdict;
  /** SHA-256 of some octets as lower-case hexadecimal. */
  sha256(bytes: Uint8Array): string;
  /** SHA-1 of some octets: RFC 5280 4.2.1.2 derives key identifiers with it. */
  sha1(bytes: Uint8Array): Uint8Array;
}
