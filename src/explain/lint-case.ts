import type { CrlCase } from "../fixture/index.ts";
import { lintCrl, type LintCrlOptions, type Run } from "../index.ts";
import type { AnyRule, Example } from "../rule/rule.ts";
import { profileOf } from "../sources/profiles.ts";

/** Lints the output of the kit: an example of a rule, or a test case. */
export function lintCase(made: CrlCase, options: Partial<LintCrlOptions> = {}): Run {
  return lintCrl({
    crl: made.crl,
    ...(made.form === undefined ? {} : { form: made.form }),
    ...(made.ca === undefined ? {} : { issuer: made.ca }),
    ...(made.previous === undefined ? {} : { previous: made.previous }),
    ...(made.base === undefined ? {} : { base: made.base }),
    ...(made.certificates === undefined ? {} : { certificates: made.certificates }),
    ...(made.shards === undefined ? {} : { shards: made.shards }),
    ...(made.now === undefined ? {} : { now: new Date(made.now) }),
    ...options,
    ...(made.options as Partial<LintCrlOptions> | undefined),
  });
}

/** Returns the profile under which an example of a rule is linted. */
export function profileFor(rule: AnyRule, example: Example): NonNullable<LintCrlOptions["profile"]> {
  const [first] = rule.requirements;
  if (example.profile !== undefined) return example.profile;
  return first === undefined ? "rfc5280" : profileOf(first.source);
}
