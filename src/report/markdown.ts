import { type Finding, type Report, type Run, severities } from "../lint/report.ts";
import { gravestOf, groupByRule } from "./cases.ts";
import { countFindings, countOf, countRules, formatCount } from "./counts.ts";
import { textOf } from "./finding-text.ts";
import { summariseReport } from "./summary.ts";
import { noStyle } from "./style.ts";
import { tame } from "./tame.ts";

/** Rules of one CRL whose findings are told in full; a job's summary on GitHub may have 1 MiB. */
const maximumTold = 50;

/** Markdown as GitHub, GitLab and Gitea show it, for the summary of a job: a table of the CRLs, then their findings. */
export function* renderMarkdown(report: Report): Iterable<string> {
  yield `## crllint: ${escapeMarkdown(summariseReport(report, noStyle))}\n\n`;
  yield "| CRL | Result | Errors | Warnings | Notices | Rules passed | failed | skipped |\n";
  yield "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |\n";
  for (const run of report.runs) yield `| ${rowOf(run).join(" | ")} |\n`;
  for (const run of report.runs) yield* describeRun(run, report);
}

function rowOf(run: Run): readonly string[] {
  const { error, warning, notice } = countFindings([run]);
  const result = !run.judged ? "not judged" : run.findings.length === 0 ? "no findings" : "findings";
  const rules = (["passed", "failed", "skipped"] as const).map((status) => countRules(run, status));
  return [code(run.crl), result, ...[error, warning, notice, ...rules].map(formatCount)];
}

function* describeRun(run: Run, report: Report): Iterable<string> {
  const skipped = run.rules.filter(({ status }) => status === "skipped");
  if (run.findings.length + skipped.length === 0) return;
  yield `\n### ${code(run.crl)}\n`;
  const groups = [...groupByRule(run.findings).values()];
  const sorted = severities.toReversed().flatMap((kind) => groups.filter((group) => gravestOf(group) === kind));
  for (const group of sorted.slice(0, maximumTold)) yield* describeFindings(group, run, report);
  const more = sorted.length - maximumTold;
  if (more > 0) yield `\n... and findings of ${countOf(more, "more rule")}\n`;
  if (skipped.length === 0) return;
  yield `\n<details><summary>${countOf(skipped.length, "rule")} skipped</summary>\n\n`;
  yield "| Rule | Why |\n| --- | --- |\n";
  for (const { rule, why = "" } of skipped) yield `| ${code(rule)} | ${escapeMarkdown(why)} |\n`;
  yield "\n</details>\n";
}

/** All findings of a rule. */
function* describeFindings(findings: readonly Finding[], run: Run, report: Report): Iterable<string> {
  const [first] = findings;
  if (first === undefined) return;
  const more = findings.length === 1 ? "" : ` (and ${formatCount(findings.length - 1)} more)`;
  const title = `**${gravestOf(findings)}** ${code(first.rule)}: ${escapeMarkdown(first.message)}${more}`;
  const text = textOf(report, run, findings);
  const fence = fenceFor(text);
  yield `\n${title}\n\n<details><summary>Details</summary>\n\n${fence}text\n${text.join("\n")}\n${fence}\n\n</details>\n`;
}

/** More backticks than the text has in a row. */
function fenceFor(lines: readonly string[]): string {
  const longest = lines.reduce(
    (most, line) => Math.max(most, ...(line.match(/`+/gu) ?? []).map((run) => run.length)),
    2,
  );
  return "`".repeat(longest + 1);
}

/** Characters that stand for themselves nowhere in Markdown: references to them never have a meaning of their own. */
function escapeMarkdown(text: string): string {
  return tame(text)
    .replace(/[\\`*_[\]<>|~&@#$]/gu, reference)
    .replace(/:(?=\/\/)|(?<=\bwww)\./giu, reference);
}

function reference(character: string): string {
  return `&#${character.charCodeAt(0)};`;
}

/** In a code span a pipe would still end the cell of a table: HTML takes references. */
function code(text: string): string {
  return `<code>${escapeMarkdown(text)}</code>`;
}
