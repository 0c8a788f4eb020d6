import { kit } from "../fixture/index.ts";
import { reportOf } from "../index.ts";
import type { AnyRule, Example } from "../rule/rule.ts";
import { render } from "../report/index.ts";
import { lintCase, profileFor } from "./lint-case.ts";

/** Returns the findings of a rule for its bad example as crllint prints them, without color and in 100 columns. */
export async function showExample(rule: AnyRule, example: Example): Promise<string> {
  const made = example.make(kit);
  const run = lintCase(made, { profile: profileFor(rule, example), name: made.form === "tbs" ? "bad.tbs" : "bad.crl" });
  const findings = run.findings.filter((finding) => finding.rule === rule.id);
  return await render(reportOf([{ ...run, findings }]), "human", { width: 100, quiet: true });
}
