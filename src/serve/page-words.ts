import { options } from "../options/table.ts";
import { longFlag } from "../options/values.ts";
import type { Finding, RuleOutcome, Run } from "../rule/report.ts";
import { pageFiles, pageTexts } from "./page-fields.ts";

/** Labels of the options that have a field on the page, by the option's flag. */
const labels = new Map<string, string>(
  [
    ...Object.entries(pageFiles),
    ...Object.entries(pageTexts),
    ["issuer", ["CA certificate"]] as const,
    ["signature", ["Signature"]] as const,
    ["profile", ["Profile"]] as const,
  ].flatMap(([name, [label]]) => {
    const flag = longFlag(options.get(name)?.flags);
    return flag === undefined ? [] : [[flag, `"${label}"`]];
  }),
);

/** An option of the command line in a text. */
const flags = /--[a-z]+(?:-[a-z]+)*/gu;

/** A call of the command at the end of advice. */
const call = /: crllint [^;]*/gu;

/** Returns a run whose texts name fields of the page instead of options of the command line. */
export function inPageWords(run: Run): Run {
  return { ...run, findings: run.findings.map(findingInWords), rules: run.rules.map(outcomeInWords) };
}

function findingInWords(finding: Finding): Finding {
  const { message, help, notes } = finding;
  return { ...finding, message: inWords(message), help: inWords(help), notes: notes.map(inWords) };
}

function outcomeInWords(outcome: RuleOutcome): RuleOutcome {
  if (outcome.why === undefined) return outcome;
  const named = outcome.why.match(flags) ?? [];
  const isHere = named.every((flag) => labels.has(flag));
  return { ...outcome, why: isHere ? inWords(outcome.why) : "needs an input that this page does not take" };
}

/** Returns a text that names fields of the page instead of options of the command line. */
export function inWords(text: string): string {
  return text.replace(call, "").replace(flags, (flag) => labels.get(flag) ?? flag.slice(2));
}
