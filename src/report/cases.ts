import { type Finding, type Run, severities, type Severity } from "../rule/report.ts";
import { fails, type Gate } from "../rule/verdict.ts";
import { countingOf } from "./counts.ts";
import type { RenderOptions } from "./renderer.ts";
import { describeSuppressed } from "./suppressed.ts";

/** One rule on one CRL, as formats for test results show it. */
export interface Case {
  readonly rule: string;
  /**
   * `failed` where it makes the run fail, `noted` where it found something milder, `error` where the check itself could
   * not be made.
   */
  readonly outcome: "passed" | "failed" | "noted" | "skipped" | "error";
  /** Why it was skipped, or what went wrong. */
  readonly why?: string;
  readonly findings: readonly Finding[];
}

/**
 * Every rule of a run, and what the tool says of its own work. Something has failed if and only if the run makes the
 * exit code 1, and there is an error if and only if it makes it 2.
 */
export function casesOf(judged: Run, { failOn = "error", coreFailOn }: RenderOptions): readonly Case[] {
  const gate = { failOn, coreFailOn };
  const run = countingOf(judged);
  const reasons = new Map(judged.findings.flatMap(({ rule, suppressed }) => (suppressed ? [[rule, suppressed]] : [])));
  const findings = groupByRule(run.findings);
  const outcomes = new Map(run.rules.map((outcome) => [outcome.rule, outcome]));
  // What the tool says of its own work belongs to no rule of the profile.
  return [...new Set([...outcomes.keys(), ...findings.keys(), ...reasons.keys()])].map((rule): Case => {
    const found = findings.get(rule) ?? [];
    if (found.length > 0) return { rule, outcome: outcomeOf(found, run, gate), findings: found };
    const unmade = judged.verdict === "undecided" ? judged.core.find((check) => check.rule === rule) : undefined;
    if (unmade?.status === "not-made" || unmade?.status === "prevented") {
      return { rule, outcome: "error", ...(unmade.why !== undefined && { why: unmade.why }), findings: found };
    }
    const accepted = reasons.get(rule);
    if (accepted !== undefined) return { rule, outcome: "skipped", why: describeSuppressed(accepted), findings: found };
    const { status, why } = outcomes.get(rule) ?? { status: "passed" };
    if (status === "passed") return { rule, outcome: "passed", findings: found };
    const outcome = status === "crashed" ? "error" : status === "failed" ? "noted" : "skipped";
    return { rule, outcome, why: why === undefined ? status : `${status}: ${why}`, findings: found };
  });
}

/** Findings by rule, in their order. */
export function groupByRule(findings: readonly Finding[]): Map<string, readonly Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const group = groups.get(finding.rule);
    if (group === undefined) groups.set(finding.rule, [finding]);
    else group.push(finding);
  }
  return groups;
}

/** Severity of the worst of some findings. */
export function gravestOf(findings: readonly Finding[]): Severity {
  return severities.findLast((kind) => findings.some(({ severity }) => severity === kind)) ?? "notice";
}

function outcomeOf(findings: readonly Finding[], run: Run, gate: Gate): Case["outcome"] {
  if (!run.judged && findings.some(({ severity }) => severity === "error")) return "error";
  return findings.some((finding) => fails(finding, run.core, gate)) ? "failed" : "noted";
}
