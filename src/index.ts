/**
 * Lints X.509 CRLs: bytes in, a report out. Synchronous and pure, without I/O, clock or Node.
 *
 * @packageDocumentation
 */
export { noReason } from "./crl/entry-batch.ts";
export { Reason } from "./crl/reason.ts";
export { entryExtension, entryReason, extension } from "./rule/aspects.ts";
export { defineRule } from "./rule/rule.ts";
export { CrlLintError } from "./library/error.ts";
export { certificateStatus, type CertificateStatusOptions } from "./library/certificate-status.ts";
export { lintCrl, lintShards } from "./library/lint-crl.ts";
export { reportOf } from "./library/report-of.ts";
export { passes } from "./library/verdict.ts";
export { escapeText, type EscapeOptions } from "./name/escape.ts";
export { rules } from "./rules/index.ts";
export { profiles } from "./sources/profiles.ts";
export { version } from "./version.ts";
export type { Certificate } from "./cert/certificate.ts";
export type { Crl } from "./crl/crl.ts";
export type { Entries } from "./crl/entries.ts";
export type { Entry } from "./crl/entry-reader.ts";
export type { Span } from "./der/span.ts";
export type { IssuerStore } from "./given/issuer-store.ts";
export type { Transport } from "./given/other-crl.ts";
export type { Pairing, Scope, ScopeKind } from "./given/given.ts";
export type { Aspect, Input, Inputs, Occasion } from "./rule/aspects.ts";
export type * from "./rule/report.ts";
export type {
  AnyRule,
  BaseContext,
  Context,
  EntryTally,
  EntryVisitor,
  Example,
  Examples,
  Facts,
  OwnDocument,
  RelatedPlace,
  Requirement,
  Rule,
  RuleHead,
  TallyOptions,
  Violation,
} from "./rule/rule.ts";
export type { Invalid, SignatureCheck, Verdict, Verifier } from "./verify/verifier.ts";
export type { Limits } from "./der/limits.ts";
export type { LintCrlOptions, LintShardsOptions } from "./library/options.ts";
export type { ProfileId, SourceId } from "./sources/profiles.ts";
