import { type Finding, type Run, type RunVerdict, severities, type Severity } from "../rule/report.ts";
import { fails, type Gate } from "../rule/verdict.ts";
import { countingOf, type Totals } from "./counts.ts";
import type { RenderOptions } from "./renderer.ts";
import { describeSuppressed } from "./suppressed.ts";
import { groupBy } from "../der/group-by.ts";

/** Result of one rule on one CRL, for the formats of test results. */
export interface Case {
  readonly rule: string;
  /**
   * `failed` if its findings make the run fail, `noted` if their severity is too low for that, `error` if the rule or a
   * core check was not completed.
   */
  readonly outcome: "passed" | "failed" | "noted" | "skipped" | "error";
  /** Reason for a skip or an error. */
  readonly why?: string;
  readonly findings: readonly Finding[];
}

/**
 * Returns a case for every rule of a run, and for the findings of crllint about its own work. At least one case has
 * failed if and only if the run causes exit code 1, and at least one is an error if and only if it causes exit code 2.
 */
export function casesOf(
  wholeRun: Run,
  { failOn = "error", coreFailOn, skippedFailOn }: RenderOptions,
): readonly Case[] {
  const gate = { failOn, coreFailOn, skippedFailOn };
  const run = countingOf(wholeRun);
  const acceptances = new Map(
    wholeRun.findings.flatMap(({ rule, suppressed }) => (suppressed ? [[rule, suppressed]] : [])),
  );
  const findings = groupByRule(run.findings);
  const outcomes = new Map(run.rules.map((outcome) => [outcome.rule, outcome]));
  // Findings of crllint about its own work do not belong to a rule of the profile, so they have no outcome.
  const cases = [...new Set([...outcomes.keys(), ...findings.keys(), ...acceptances.keys()])].map((rule): Case => {
    const found = findings.get(rule) ?? [];
    if (found.length > 0) return { rule, outcome: outcomeOf(found, run, gate), findings: found };
    const core = wholeRun.verdict === "undecided" ? wholeRun.core.find((check) => check.rule === rule) : undefined;
    if (core?.status === "not-made" || core?.status === "prevented") {
      return { rule, outcome: "error", ...(core.why !== undefined && { why: core.why }), findings: found };
    }
    const accepted = acceptances.get(rule);
    if (accepted !== undefined) return { rule, outcome: "skipped", why: describeSuppressed(accepted), findings: found };
    const { status, why } = outcomes.get(rule) ?? { status: "passed" };
    if (status === "passed") return { rule, outcome: "passed", findings: found };
    const outcome = status === "crashed" ? "error" : status === "failed" ? "noted" : "skipped";
    return { rule, outcome, why: why === undefined ? status : `${status}: ${why}`, findings: found };
  });
  const { verdict } = run;
  const expected = outcomeFor(verdict);
  const isShown = verdict === "pass" || cases.some(({ outcome }) => outcome === expected);
  // A run of an earlier report keeps its verdict, whatever fails a run in this call.
  return isShown ? cases : [...cases, verdictCase(verdict, `the verdict on this input is ${verdict}`)];
}

/** Returns a case for the call, if its verdict is worse than that of each run. */
export function caseOfCall({ verdict, cause }: Totals): Case | undefined {
  return cause === undefined ? undefined : verdictCase(verdict, cause);
}

function verdictCase(verdict: RunVerdict, why: string): Case {
  return { rule: "verdict", outcome: outcomeFor(verdict), why, findings: [] };
}

function outcomeFor(verdict: RunVerdict): Case["outcome"] {
  return verdict === "pass" ? "passed" : verdict === "fail" ? "failed" : "error";
}

/** Returns the findings of each rule, in their order. */
export function groupByRule(findings: readonly Finding[]): Map<string, readonly Finding[]> {
  return groupBy(findings, ({ rule }) => rule);
}

/** Returns the highest severity of some findings. */
export function highestSeverityOf(findings: readonly Finding[]): Severity {
  return severities.findLast((kind) => findings.some(({ severity }) => severity === kind)) ?? "notice";
}

function outcomeOf(findings: readonly Finding[], run: Run, gate: Gate): Case["outcome"] {
  if (!run.judged && findings.some(({ severity }) => severity === "error")) return "error";
  return findings.some((finding) => fails(finding, run.core, gate)) ? "failed" : "noted";
}
