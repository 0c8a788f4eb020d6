import { limitsFrom } from "../der/limits.ts";
import type { LintOptions } from "../lint/lint.ts";
import { parseDuration } from "../options/duration.ts";
import { optionTable } from "../options/table.ts";
import type { AsOf } from "../options/time.ts";
import { type CommonOptions, type EngineOption, engineOptionsFrom } from "../options/values.ts";
import type { Verifier } from "../verify/verifier.ts";

/**
 * What the options of the library, which are those of the command, mean for the engine.
 *
 * @param now the time to lint as of; undefined skips rules about age
 */
export function toLintOptions(
  options: CommonOptions,
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
    },
    now: now === "thisUpdate" ? now : now && now.getTime() / 1000,
    validFor: validFor === undefined ? undefined : parseDuration(validFor),
    verifier,
    digests: true,
    limits: limitsFrom(limits),
  };
}
