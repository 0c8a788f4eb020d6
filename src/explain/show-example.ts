import { kit } from "../fixture/index.ts";
import { type LintCrlOptions, reportOf, type Run } from "../index.ts";
import type { AnyRule, Example } from "../rule/rule.ts";
import { render } from "../report/index.ts";
import { lintCase, profileFor } from "./lint-case.ts";

/** Returns the findings of a rule for its bad example as crllint prints them, without color and in 100 columns. */
export function showExample(rule: AnyRule, example: Example): Promise<string> {
  return showRun(rule, lintExample(rule, example));
}

/** Lints an example of a rule, with the file name that its page shows. */
export function lintExample(rule: AnyRule, example: Example, options: Partial<LintCrlOptions> = {}): Run {
  const made = example.make(kit);
  const name = made.form === "tbs" ? "bad.tbs" : "bad.crl";
  return lintCase(made, { profile: profileFor(rule, example), name, ...options });
}

/** Returns the findings of a rule in a run as `showExample` does. */
export async function showRun(rule: AnyRule, run: Run): Promise<string> {
  const findings = run.findings.filter((finding) => finding.rule === rule.id);
  return await render(reportOf([{ ...run, findings }]), "human", { width: 100, quiet: true });
}
