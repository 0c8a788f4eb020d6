import type { Aspect } from "../rule/aspects.ts";
import { limitsFrom } from "../der/limits.ts";
import type { LintOptions } from "../lint/lint.ts";
import type { Selection } from "../lint/lint-input.ts";
import { parseDuration } from "../options/duration.ts";
import { optionTable } from "../options/table.ts";
import type { AsOf } from "../options/time.ts";
import { type CommonOptions, type EngineOption, engineOptionsFrom } from "../options/values.ts";
import type { Verifier } from "../verify/verifier.ts";

/** Options for the core checks, in addition to the options that functions with paths and with contents share. */
export interface CoreOptions {
  /** Settings that do not apply to the core checks. The options of the call do. */
  readonly settings?: Selection["settings"];
  readonly coreFailOn?: LintOptions["coreFailOn"];
  readonly skippedFailOn?: LintOptions["skippedFailOn"];
  /** Inputs with which the command line states what it expects: no setting hides a finding about these. */
  readonly expects?: readonly Aspect[];
  /** Reason why a setting on the signature was not applied. */
  readonly unapplied?: string;
}

/**
 * Converts the options of the library, which are those of the command, to options of the engine.
 *
 * @param now the time to lint as of; undefined skips rules about age
 */
export function toLintOptions(
  options: CommonOptions & CoreOptions & { readonly issuer?: unknown },
  now: AsOf | undefined,
  verifier: Verifier | undefined,
): LintOptions {
  const { profile = optionTable.profile.default, select = [], ignore = [], severity = {}, limits, validFor } = options;
  return {
    ...(engineOptionsFrom(options) as Pick<LintOptions, EngineOption>),
    selection: {
      profiles: [...new Set([profile].flat())],
      select,
      ignore,
      severity: Object.entries(severity).map(([pattern, level]) => ({ pattern, severity: level })),
      ...(options.settings && { settings: options.settings }),
    },
    ...(options.issuer === "none" && { issuerLeftOutBy: "--no-issuer" }),
    ...(options.coreFailOn && { coreFailOn: options.coreFailOn }),
    ...(options.skippedFailOn && { skippedFailOn: options.skippedFailOn }),
    ...(options.unapplied !== undefined && { unapplied: options.unapplied }),
    now: now === "thisUpdate" ? now : now && now.getTime() / 1000,
    validFor: validFor === undefined ? undefined : parseDuration(validFor),
    verifier,
    digests: true,
    limits: limitsFrom(limits),
  };
}
