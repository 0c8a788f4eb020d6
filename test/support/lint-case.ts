import type { CrlCase } from "../../src/fixture/index.ts";
import { lintCrl, type LintCrlOptions, type Run } from "../../src/index.ts";
import type { AnyRule, Example } from "../../src/lint/rule.ts";
import { profileOf } from "../../src/sources/profiles.ts";

/** Lints what the kit made. */
export function lintCase(made: CrlCase, options: Partial<LintCrlOptions> = {}): Run {
  return lintCrl({
    crl: made.crl,
    ...(made.form === undefined ? {} : { form: made.form }),
    ...(made.ca === undefined ? {} : { issuer: made.ca }),
    ...(made.previous === undefined ? {} : { previous: made.previous }),
    ...(made.certificates === undefined ? {} : { certificates: made.certificates }),
    ...(made.now === undefined ? {} : { now: new Date(made.now) }),
    ...options,
    ...(made.options as Partial<LintCrlOptions> | undefined),
  });
}

/** The profile that an example of a rule is judged under. */
export function profileFor(rule: AnyRule, example: Example): NonNullable<LintCrlOptions["profile"]> {
  const [first] = rule.requirements;
  if (example.profile !== undefined) return example.profile;
  return first === undefined ? "rfc5280" : profileOf(first.source);
}

/** Ids of the rules that found something, each once, without what the tool says of its own work. */
export function tripped(run: Run): readonly string[] {
  return [...new Set(run.findings.map(({ rule }) => rule).filter((rule) => !rule.startsWith("crllint/")))].sort();
}
