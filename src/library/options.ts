import type { Transport } from "../given/other-crl.ts";
import type { ContentOptions } from "../options/values.ts";
import type { AnyRule } from "../rule/rule.ts";
import type { Verifier } from "../verify/verifier.ts";

/** Options of `lintCrl`: those of the command that are about one CRL, files as their contents, and what only code has. */
export interface LintCrlOptions extends ContentOptions {
  /** The CRL: DER, PEM, bare base64, or in a PKCS#7 message, LDIF or a bundle. With several, the first is linted. */
  readonly crl: Uint8Array;
  /** The other partitions of the CA that this CRL is part of; `lintShards` lints all of them at once. */
  readonly shards?: readonly Uint8Array[];
  /** Other CRLs that clients have as well: the set is checked as a whole. */
  readonly together?: readonly Uint8Array[];
  /** The URLs that the CA has disclosed for its CRLs, as an array in the CCADB. */
  readonly disclosedUrls?: readonly string[];
  /** How an HTTP server sent it, for the rules below `transport/`. */
  readonly transport?: Transport;
  /** The responses of other URLs that must return this very CRL. */
  readonly copies?: readonly Uint8Array[];
  /** Rules instead of the built-in ones: `[...rules, mine]`. */
  readonly rules?: readonly AnyRule[];
  /** Cryptography; default: that of Node, and none elsewhere (signatures are then "not checked"). */
  readonly verifier?: Verifier;
  /** Name of the CRL in the report. Default `crl`. */
  readonly name?: string;
}

/** Options of `lintShards`: as for one CRL, with all CRLs of the set. */
export interface LintShardsOptions extends Omit<LintCrlOptions, "crl" | "shards"> {
  /** All partitions of the CA: each DER, PEM or bare base64. */
  readonly crls: readonly Uint8Array[];
}
