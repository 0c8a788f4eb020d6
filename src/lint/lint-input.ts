import type { Limits } from "../der/limits.ts";
import type { Ccadb } from "../given/ccadb.ts";
import type { GivenCertificate, ScopeKind, Stated } from "../given/given.ts";
import type { IssuerStore } from "../given/issuer-store.ts";
import type { SetPosition } from "../given/crl-set.ts";
import type { Manifest } from "../given/manifest.ts";
import type { GivenCrl, Transport } from "../given/other-crl.ts";
import type { ShardPosition } from "../given/shards.ts";
import type { InputObject } from "../input/read.ts";
import type { Finding, Severity } from "../rule/report.ts";
import type { FailOn } from "../rule/verdict.ts";
import type { ProfileId } from "../sources/profiles.ts";
import type { Verifier } from "../verify/verifier.ts";

/** One CRL and everything that goes with it. */
export interface LintInput {
  /** The object to lint; an input that is not a CRL is reported as such. */
  readonly object: InputObject;
  readonly form: "crl" | "tbs";
  /** Certificates, one of which may be the issuing CA's. */
  readonly issuers: readonly GivenCertificate[];
  /** Whether the user named them as issuers: others are then tried only for a note. */
  readonly issuersChosen: boolean;
  /** Certificates of many CAs, in which the issuing CA is looked for if none was named. */
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
  /** How an HTTP server sent it. */
  readonly transport?: Transport;
  /** The CRLs at other URLs that must return this CRL. */
  readonly copies?: readonly GivenCrl[];
  /** The CRL that was linted before signing: a TBSCertList, or a CRL signed with a test key. */
  readonly tbsWas?: GivenCrl;
  /** The CRLs and certificates of the call, and which of the CRLs this one is. */
  readonly together?: SetPosition;
  /** The manifest of the RPKI that must list the CRL. */
  readonly manifest?: Manifest;
  /** What a configuration says of this CRL, instead of what the options say of all. */
  readonly stated?: Partial<Pick<LintOptions, "scope" | "completeness" | "noIssuer">>;
  /** What the call does not check, other than this CRL, if the run of this CRL reports it. */
  readonly unjudged?: readonly Unjudged[];
}

/** Something that the call names and that was not checked, so the run that reports it is undecided. */
export type Unjudged = Pick<Finding, "rule" | "message" | "location" | "related" | "help">;

/** Which rules run, and the severity of their findings. */
export interface Selection extends Patterns {
  readonly profiles: readonly ProfileId[];
  /** The same as a configuration file or the environment says it. It does not apply to core checks. */
  readonly settings?: Patterns & {
    /** Where each pattern of `ignore` and `severity` is written: `severity idp` in `crllint.yaml:3`. */
    readonly places: Readonly<Record<string, string>>;
  };
}

/** Patterns that choose rules. */
export interface Patterns {
  /** Patterns, one of which a rule must match; empty for all rules. */
  readonly select: readonly string[];
  /** Patterns, none of which a rule may match. */
  readonly ignore: readonly string[];
  /** Another severity for the rules that match a pattern; the last match counts. */
  readonly severity: readonly { readonly pattern: string; readonly severity: Severity | "off" }[];
}

/** How CRLs are linted. */
export interface LintOptions {
  readonly selection: Selection;
  /** Whether requirements apply whatever their dates. */
  readonly allDates: boolean;
  /** Maximum violations of one rule that are kept with their place; 0 keeps all. */
  readonly maxFindings: number;
  /** The time to lint as of: in seconds since 1970, or the CRL's own thisUpdate; without it, rules about age are skipped. */
  readonly now: number | "thisUpdate" | undefined;
  /** For how many seconds after `now` the CRL must be valid, at least. */
  readonly validFor?: number | undefined;
  readonly scope: Exclude<ScopeKind, "unknown" | "timestamp"> | undefined;
  readonly completeness: Stated["completeness"];
  /** `ignore` for a CRL signed with a test key: the signature is not verified, and the report says so. */
  readonly signature: "verify" | "ignore";
  /** What says that there is no certificate of the issuing CA to compare with: `--no-issuer`. */
  readonly noIssuer?: string;
  /** The mildest severity that fails the run. */
  readonly failOn: FailOn;
  /** The same for findings of core checks, if `failOn` comes from a setting that does not apply to them. */
  readonly coreFailOn?: FailOn;
  /** Why a setting on the signature was not applied, for the report. */
  readonly unapplied?: string;
  readonly verifier: Verifier | undefined;
  /** Whether the run contains the SHA-256 of the CRL and of its issuer: they take a tenth of the time. */
  readonly digests: boolean;
  /** Whether rules that could not be checked are errors. */
  readonly failOnSkipped: boolean;
  /** Limits on reading inputs. */
  readonly limits: Limits;
}
