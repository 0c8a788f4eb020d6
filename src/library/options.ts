import type { Transport } from "../given/other-crl.ts";
import type { ContentOptions } from "../options/values.ts";
import type { AnyRule } from "../rule/rule.ts";
import type { Verifier } from "../verify/verifier.ts";

/**
 * Options of `lintCrl`: the options of the command for one CRL, with contents instead of files, and options for code
 * only.
 */
export interface LintCrlOptions extends ContentOptions {
  /**
   * The CRL: DER, PEM, bare base64, or in a PKCS#7 message, LDIF or a bundle. If there are several, the first is
   * linted.
   */
  readonly crl: Uint8Array;
  /** The other partitions of the CA that issued this one. `lintShards` lints all of them in one call. */
  readonly shards?: readonly Uint8Array[];
  /** Other CRLs that clients also have: they are checked as a set. */
  readonly together?: readonly Uint8Array[];
  /** The URLs that the CA has disclosed for its CRLs, as an array in the CCADB. */
  readonly disclosedUrls?: readonly string[];
  /** The HTTP response that contained the CRL, for the rules in `transport/`. */
  readonly transport?: Transport;
  /** The responses of other URLs that must return the same CRL. */
  readonly copies?: readonly Uint8Array[];
  /**
   * Rules instead of the built-in ones: `[...rules, mine]`. The core checks, and the rules on input that cannot be read,
   * always run.
   */
  readonly rules?: readonly AnyRule[];
  /** Verifier of signatures. Default: that of Node.js; elsewhere none, and signatures are "not checked". */
  readonly verifier?: Verifier;
  /** Name of the CRL in the report. Default `crl`. */
  readonly name?: string;
}

/** Options of `lintShards`: those of `lintCrl`, with all CRLs of the set. */
export interface LintShardsOptions extends Omit<LintCrlOptions, "crl" | "shards"> {
  /** All partitions of the CA: each DER, PEM or bare base64. */
  readonly crls: readonly Uint8Array[];
}
