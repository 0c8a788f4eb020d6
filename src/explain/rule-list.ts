import type { InputName } from "../lint/input-names.ts";
import { matchesPattern } from "../lint/select.ts";
import type { AnyRule, Requirement } from "../rule/rule.ts";
import { severities, type Severity } from "../rule/report.ts";
import { findDocument } from "../sources/documents.ts";
import { firstDay } from "../sources/first-day.ts";
import { type ProfileId, type SourceId, sources, sourcesOf } from "../sources/profiles.ts";
import { neededInputs } from "./rule-page.ts";

/** Conditions for the rules of a list. */
export interface RuleFilter {
  /** Profiles; a rule must have an active requirement under one of them. Undefined for all. */
  readonly profiles?: readonly ProfileId[];
  /** Parts, ids, `source:NAME` or `needs:INPUT`, as in `--ignore`; a rule must match each. Undefined for all. */
  readonly patterns?: readonly string[];
}

/** A rule in a list, with the requirements that are active under the profiles. */
export interface ListedRule {
  readonly id: string;
  readonly title: string;
  /** Highest severity of its requirements. */
  readonly severity: Severity;
  /** Inputs that it needs in addition to the CRL. */
  readonly needs: readonly string[];
  readonly requirements: readonly ListedRequirement[];
}

/** A requirement in a list. */
export interface ListedRequirement {
  readonly source: SourceId;
  readonly document: string;
  readonly section: string;
  readonly severity: Severity;
  readonly quote?: string;
  readonly from?: string;
  readonly to?: string;
  /** Text that the rule follows instead of the document, which was not available. Absent if the document was read. */
  readonly unverified?: string;
}

/** Returns the patterns of the rules of a part, that a source requires, and that need an input. */
export function patternsFor(conditions: {
  readonly part?: string | undefined;
  readonly source?: string | undefined;
  readonly needs?: InputName | undefined;
}): readonly string[] {
  const { part, source, needs } = conditions;
  return [
    ...(part === undefined ? [] : [`${part}/*`]),
    ...(source === undefined ? [] : [`source:${source}`]),
    ...(needs === undefined ? [] : [`needs:${needs}`]),
  ];
}

/** Returns the rules that match a filter, each with its active requirements. */
export function listRules(rules: readonly AnyRule[], filter: RuleFilter): readonly ListedRule[] {
  const active = filter.profiles && sourcesOf(filter.profiles);
  const { patterns = [] } = filter;
  return rules.flatMap((rule) => {
    const requirements = rule.requirements.filter(({ source }) => active === undefined || active.has(source));
    if (requirements.length === 0) return [];
    if (!patterns.every((pattern) => matchesPattern(rule, pattern))) return [];
    return {
      id: rule.id,
      title: rule.title,
      severity: severities.findLast((severity) => requirements.some((item) => item.severity === severity)) ?? "notice",
      needs: neededInputs(rule),
      requirements: requirements.map(describe),
    };
  });
}

function describe(requirement: Requirement): ListedRequirement {
  const { source, section, severity, quote, to } = requirement;
  const from = firstDay(requirement);
  const { name, unverified } = findDocument(requirement.document ?? sources[source]);
  return {
    source,
    document: name,
    section,
    severity,
    ...(quote === undefined ? {} : { quote }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(unverified === undefined ? {} : { unverified }),
  };
}

/** Returns the number of all requirements in a list. */
export function countRequirements(list: readonly ListedRule[]): number {
  return list.reduce((sum, { requirements }) => sum + requirements.length, 0);
}

/**
 * Formats a list for a terminal: in aligned columns, or one rule after another if the columns do not fit into the
 * width.
 */
export function ruleTable(list: readonly ListedRule[], width = Infinity): string {
  const rows = [
    ["ID", "SEVERITY", "IN FORCE", "DOCUMENT", "NEEDS"],
    ...list.map(({ id, severity, needs, requirements }) => [
      id,
      severity,
      since(requirements),
      cites(requirements),
      // The names of inputs are Markdown.
      needs.join("; ").replaceAll("`", ""),
    ]),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const aligned = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  const fits = aligned.every((line) => line.length <= width);
  const lines = fits ? aligned : rows.map((row) => row.filter((cell) => cell !== "").join("  "));
  return `${lines.join("\n")}\n${list.length} rules with ${countRequirements(list)} requirements; crllint explain <id> shows more\n`;
}

/** Returns the first day on which one of the requirements is in force; empty for always. */
function since(requirements: readonly ListedRequirement[]): string {
  const days = requirements.map(({ from = "" }) => from);
  return days.includes("") ? "" : (days.sort()[0] ?? "");
}

/** Returns the first two documents with sections, and the number of further ones. */
function cites(requirements: readonly ListedRequirement[]): string {
  const all = [
    ...new Set(
      requirements.map(({ document, section, unverified }) =>
        `${document} ${section}${unverified === undefined ? "" : " (not verified)"}`.trim(),
      ),
    ),
  ];
  return all.length > 2 ? `${all.slice(0, 2).join(", ")} and ${all.length - 2} more` : all.join(", ");
}
