import type { Limits } from "../der/limits.ts";
import type { Transport } from "../given/other-crl.ts";
import type { ScopeKind } from "../given/given.ts";
import type { Severity } from "../rule/report.ts";
import type { AnyRule } from "../rule/rule.ts";
import type { Verifier } from "../verify/verifier.ts";
import type { ProfileId } from "../sources/profiles.ts";

/** What `lintCrl` judges, and how. */
export interface LintCrlOptions {
  /** The CRL: DER, PEM or bare base64. */
  readonly crl: Uint8Array;
  /** `tbs` where it is a bare TBSCertList. Default `crl`. */
  readonly form?: "crl" | "tbs";
  /**
   * The issuing CA's certificate, or several of which one may be it: DER, PEM (bundles too) or bare base64. Without it
   * the verdict is `undecided`; `none` says that there is none, and leaves out issuer and signature.
   */
  readonly issuer?: Uint8Array | readonly Uint8Array[] | "none";
  /** The CRL that this one replaces. */
  readonly previous?: Uint8Array;
  /** The complete CRL that a delta CRL updates. */
  readonly base?: Uint8Array;
  /** Certificates that the CRL may list: each DER, PEM (bundles too) or bare base64. */
  readonly certificates?: readonly Uint8Array[];
  /** Certificates that are revoked: the CRL must list them. They are in scope as well. */
  readonly expectRevoked?: readonly Uint8Array[];
  /** Certificates that are good: the CRL must not list them. They are in scope as well. */
  readonly expectGood?: readonly Uint8Array[];
  /** The other CRLs of the CA's partition that this one is part of; `lintShards` judges all of them at once. */
  readonly shards?: readonly Uint8Array[];
  /** The URLs that the CA has disclosed for its CRLs, as an array in the CCADB. */
  readonly disclosedUrls?: readonly string[];
  /** An export of the CCADB: the report of all certificate records, as CSV. */
  readonly ccadb?: Uint8Array;
  /** The URL that the CRL is served from; nothing is fetched. */
  readonly url?: string;
  /** How an HTTP server sent it, for the rules below `transport/`. */
  readonly transport?: Transport;
  /** What other URLs give that are to give this very CRL. */
  readonly copies?: readonly Uint8Array[];
  /** What was linted before it was signed: a TBSCertList, or a CRL signed with a throw-away key. */
  readonly tbsWas?: Uint8Array;
  /** One profile or several. Default `tls-br`. */
  readonly profile?: ProfileId | readonly ProfileId[];
  /** Rule ids, parts (`idp`, `idp/*`) or sources (`source:mozilla`) to run; default all of the profile. */
  readonly select?: readonly string[];
  /** Those not to run. */
  readonly ignore?: readonly string[];
  /** Another severity for a rule or a part, or `off`. */
  readonly severity?: Readonly<Record<string, Severity | "off">>;
  /** The moment to judge at. Without it rules about age are skipped: the library has no clock. */
  readonly now?: Date;
  /** What the CRL covers, where it cannot say so itself. */
  readonly scope?: Exclude<ScopeKind, "unknown" | "timestamp">;
  /** Whether the CRL is full and complete or one of several partitions. */
  readonly completeness?: "full" | "partitioned";
  /** Judge by requirements whatever their dates. */
  readonly allDates?: boolean;
  /** `ignore` for a CRL signed with a throw-away key. Default `verify`. */
  readonly signature?: "verify" | "ignore";
  /** The mildest severity that makes `run.verdict` `fail`; `never` if no finding does. Default `error`. */
  readonly failOn?: Severity | "never";
  /** Make rules that could not be judged errors. */
  readonly failOnSkipped?: boolean;
  /** Violations of one rule that are kept with their place; 0 keeps all. Default 20. */
  readonly maxFindings?: number;
  /** How far octets are read; what lies beyond is `input/over-limit`. `size` is about files: see `lintFiles`. */
  readonly limits?: Partial<Limits>;
  /** Rules in place of the built-in ones: `[...rules, mine]`. */
  readonly rules?: readonly AnyRule[];
  /** Cryptography; default: that of Node, and none elsewhere (signatures are then "not checked"). */
  readonly verifier?: Verifier;
  /** Name of the CRL in the report. Default `crl`. */
  readonly name?: string;
}

/** What `lintShards` judges, and how: as for one CRL, with all CRLs of the partition. */
export interface LintShardsOptions extends Omit<LintCrlOptions, "crl" | "shards"> {
  /** All CRLs of the partition: each DER, PEM or bare base64. */
  readonly crls: readonly Uint8Array[];
}
