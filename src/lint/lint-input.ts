import type { Limits } from "../der/limits.ts";
import type { Ccadb } from "../given/ccadb.ts";
import type { GivenCertificate, ScopeKind, Stated } from "../given/given.ts";
import type { IssuerStore } from "../given/issuer-store.ts";
import type { SetPosition } from "../given/crl-set.ts";
import type { Manifest } from "../given/manifest.ts";
import type { GivenCrl, Transport } from "../given/other-crl.ts";
import type { ShardPosition } from "../given/shards.ts";
import type { InputObject } from "../input/read.ts";
import type { Aspect } from "../rule/aspects.ts";
import type { Finding, Severity } from "../rule/report.ts";
import type { FailOn } from "../rule/verdict.ts";
import type { ProfileId } from "../sources/profiles.ts";
import type { Verifier } from "../verify/verifier.ts";

/** One CRL, and all inputs to lint it with. */
export interface LintInput {
  /** The object to lint; an input that is not a CRL is reported as such. */
  readonly object: InputObject;
  readonly form: "crl" | "tbs";
  /** Certificates, one of which may be the issuing CA's. */
  readonly issuers: readonly GivenCertificate[];
  /** Whether the user gave them as issuers: other certificates are then tried only for a note. */
  readonly issuersChosen: boolean;
  /** Certificates of many CAs, in which the issuing CA is searched for if no issuer was given. */
  readonly issuerStore?: IssuerStore;
  /** Further certificates, tried only to show which CA issued the CRL. */
  readonly others: readonly GivenCertificate[];
  /** The CRL that this one replaces. */
  readonly previous?: GivenCrl;
  /** The complete CRL that this delta CRL updates. */
  readonly base?: GivenCrl;
  /** Certificates that the CRL may list. */
  readonly certificates?: readonly GivenCertificate[];
  /** Certificates that the user expects to be revoked, or good. */
  readonly expected?: { readonly revoked: readonly GivenCertificate[]; readonly good: readonly GivenCertificate[] };
  /** The set of partitions of one CA that the CRL belongs to, and its position in the set. */
  readonly shards?: ShardPosition;
  /** The URLs that the CA has disclosed for its CRLs. */
  readonly disclosedUrls?: readonly string[];
  /** A CCADB export, which may have a record of the CA. */
  readonly ccadb?: Ccadb;
  /** The URL that the CRL is served from. */
  readonly url?: string;
  /** The HTTP response that contained it. */
  readonly transport?: Transport;
  /** The CRLs at other URLs that must return this CRL. */
  readonly copies?: readonly GivenCrl[];
  /** The CRL that was linted before signing: a TBSCertList, or a CRL signed with a test key. */
  readonly tbsWas?: GivenCrl;
  /** The CRLs and certificates of the call, and the position of this CRL among the CRLs. */
  readonly together?: SetPosition;
  /** The manifest of the RPKI that must list the CRL. */
  readonly manifest?: Manifest;
  /** Properties that a configuration states for this CRL; they override the options for all CRLs. */
  readonly stated?: Partial<Pick<LintOptions, "scope" | "completeness" | "issuerLeftOutBy">>;
  /** Inputs of the call, other than this CRL, that were not checked and that the run of this CRL reports. */
  readonly unjudged?: readonly Unjudged[];
}

/** An input of the call that was not checked. The run that reports it is undecided. */
export type Unjudged = Pick<Finding, "rule" | "message" | "location" | "related" | "help">;

/** Selection of the rules that run, and the severity of their findings. */
export interface Selection extends Patterns {
  readonly profiles: readonly ProfileId[];
  /** Selection from a configuration file or the environment. It does not apply to core checks. */
  readonly settings?: Patterns & {
    /**
     * Place where each pattern of `ignore` and `severity`, and all of `select`, are written: `severity idp` is at
     * `crllint.yaml:3`.
     */
    readonly places: Readonly<Record<string, string>>;
    /** Inputs with which the call states what it expects. The settings do not apply to rules that look at these. */
    readonly expects?: readonly Aspect[];
  };
}

/** Patterns that choose rules. */
export interface Patterns {
  /** A rule must match one of these patterns; empty for all rules. */
  readonly select: readonly string[];
  /** A rule must match none of these patterns. */
  readonly ignore: readonly string[];
  /** Another severity for the rules that match a pattern; the last match counts. */
  readonly severity: readonly { readonly pattern: string; readonly severity: Severity | "off" }[];
}

/** Options for linting CRLs. */
export interface LintOptions {
  readonly selection: Selection;
  /** Whether requirements apply regardless of their dates. */
  readonly allDates: boolean;
  /** Maximum number of violations of one rule whose locations are kept; 0 keeps all. */
  readonly maxFindings: number;
  /**
   * The time to lint as of: seconds since 1970, or the CRL's own thisUpdate. Without it, rules about age are skipped.
   */
  readonly now: number | "thisUpdate" | undefined;
  /** Minimum number of seconds after `now` for which the CRL must be valid. */
  readonly validFor?: number | undefined;
  readonly scope: Exclude<ScopeKind, "unknown" | "timestamp"> | undefined;
  readonly completeness: Stated["completeness"];
  /** `ignore` for a CRL signed with a test key: the signature is not verified, and the report states this. */
  readonly signature: "verify" | "ignore";
  /** The choice to lint without a certificate of the issuing CA, for reports: `--no-issuer`. */
  readonly issuerLeftOutBy?: string;
  /** The lowest severity that fails the run. */
  readonly failOn: FailOn;
  /**
   * The lowest severity that fails the run for core checks, if `failOn` comes from a setting that does not apply to
   * them.
   */
  readonly coreFailOn?: FailOn;
  /**
   * The lowest severity that fails the run for findings that a rule was skipped, if `failOn` comes from a setting that
   * `failOnSkipped` overrides.
   */
  readonly skippedFailOn?: FailOn;
  /** Reason why a setting on the signature was not applied, for the report. */
  readonly unapplied?: string;
  readonly verifier: Verifier | undefined;
  /** Whether the run contains the SHA-256 of the CRL and of its issuer: computing them takes a tenth of the time. */
  readonly digests: boolean;
  /** Whether rules that could not be checked are errors. */
  readonly failOnSkipped: boolean;
  /** Inputs that need not be given: no error reports a rule that is skipped without one. */
  readonly without?: readonly string[] | undefined;
  /** Limits on reading inputs. */
  readonly limits: Limits;
}
