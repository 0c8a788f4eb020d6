import type { PssField } from "../algorithm/pss-parameters.ts";

/** The inputs of a signature check: DER bytes exactly as in the CRL and the certificate, never re-encoded. */
export interface SignatureCheck {
  /** The signer's subjectPublicKeyInfo. */
  readonly publicKey: Uint8Array;
  /** The AlgorithmIdentifier of the signature. */
  readonly algorithm: Uint8Array;
  /** The signed bytes. */
  readonly data: Uint8Array;
  /** The bytes of signatureValue, without the first byte, the number of unused bits. */
  readonly signature: Uint8Array;
}

/** A part of an AlgorithmIdentifier that is not what a signature was made with: its OID, or a field of its parameters. */
export type Misstated = "algorithm" | PssField;

/** Outcome of the check of a signature that does not verify. */
export interface Invalid {
  readonly verdict: "invalid";
  readonly why: string;
  /**
   * The only error, if the key made the signature over these bytes: the AlgorithmIdentifier states another algorithm or
   * other RSASSA-PSS parameters, the key's parameters forbid those of the signature, or the SM2 user identity differs.
   */
  readonly apartFrom?: "algorithm" | "key-parameters" | "user-identity";
  /** With the error `algorithm`: what is stated wrongly. */
  readonly misstated?: readonly Misstated[];
}

/**
 * Outcome of a signature check. If the verifier does not support the algorithm, `why` names it; the signature is then
 * not checked, never invalid.
 */
export type Verdict =
  | { readonly verdict: "valid" }
  | Invalid
  | {
      readonly verdict: "not-checked";
      readonly why: string;
      /**
       * Set if the CRL itself is the reason: the parameters of its algorithm cannot be read, or the algorithm means
       * that there is no signature. No software can then verify it.
       */
      readonly isMalformed?: true;
    };

/** Cryptography that the caller passes in, so the engine does not depend on a platform. */
export interface Verifier {
  /** Verifies a signature. Never throws, for any bytes. */
  verify(check: SignatureCheck): Verdict;
  /**
   * Returns the reason why a signature does not verify, if the key made it over these bytes with an algorithm that is
   * not stated. Called once for a CRL whose signature `verify` found invalid, with the key of its CA. Never throws.
   */
  explain?(check: SignatureCheck): Invalid | undefined;
  /** Returns the SHA-256 of some bytes in lower-case hexadecimal. */
  sha256(bytes: Uint8Array): string;
  /** Returns the SHA-1 of some bytes: RFC 5280 4.2.1.2 derives key identifiers with it. */
  sha1(bytes: Uint8Array): Uint8Array;
}
