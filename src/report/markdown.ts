import { type Finding, type Run, severities } from "../rule/report.ts";
import { groupByRule, highestSeverityOf } from "./cases.ts";
import { countFindings, countingOf, countRules, countSuppressed, remarksOn, Totals } from "./counts.ts";
import { textOf } from "./finding-text.ts";
import { noStart, type Renderer, type RenderOptions, type ReportHead } from "./renderer.ts";
import { summarizeReport } from "./summary.ts";
import { noStyle } from "./style.ts";
import { escapeLine } from "./escape-line.ts";
import { countOf, formatCount } from "../rule/format-count.ts";

/** Maximum number of rules of one CRL whose findings are shown in full. */
const maximumRulesShown = 50;

/** Maximum number of inputs with findings in the table, and of inputs without. */
const maximumRows = 500;

/** Maximum number of characters about inputs with and without findings: GitHub rejects a summary of more than 1 MiB. */
const maximumText = { found: 600_000, clean: 100_000 };

/**
 * Writes Markdown for job summaries of GitHub, GitLab and Gitea: a table of the CRLs, then their findings. The sums
 * come first, so all text is kept until the end. CRLs that do not fit into a summary are counted.
 */
export function renderMarkdown(head: ReportHead, options: RenderOptions): Renderer {
  const totals = new Totals(options, head);
  const rows = { found: new BoundedList(maximumRows, () => 1), clean: new BoundedList(maximumRows, () => 1) };
  const texts = { found: new BoundedList(maximumText.found), clean: new BoundedList(maximumText.clean) };
  const table: string[] = [];
  const details: string[] = [];
  return {
    start: noStart,
    run(run) {
      totals.add(run);
      const kind = countingOf(run).findings.length > 0 ? "found" : "clean";
      rows[kind].add(table, () => `| ${rowOf(run).join(" | ")} |\n`);
      texts[kind].add(details, () => [...describeRun(run)].join(""));
      return [];
    },
    *end() {
      yield `## crllint: ${escapeMarkdown(summarizeReport(totals, noStyle))}\n\n`;
      yield "| CRL | Verdict | Errors | Warnings | Notices | Rules passed | failed | skipped |\n";
      yield "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |\n";
      yield* table;
      yield* countOmitted(rows.found.omitted, "with findings");
      yield* countOmitted(rows.clean.omitted, "without findings");
      yield* details;
      yield* countOmitted(texts.found.omitted, "whose findings are not shown");
    },
  };
}

/** Limits the total size of texts. The first text that exceeds the limit and all later ones are only counted. */
class BoundedList {
  /** Number of texts that were not kept. */
  omitted = 0;
  #capacity: number;
  readonly #sizeOf: (text: string) => number;

  constructor(capacity: number, sizeOf = (text: string) => text.length) {
    this.#capacity = capacity;
    this.#sizeOf = sizeOf;
  }

  /** Makes a text and appends it to a list, if its size is within the limit. */
  add(list: string[], make: () => string): void {
    const text = this.omitted === 0 ? make() : "";
    this.#capacity -= this.#sizeOf(text);
    if (this.omitted === 0 && this.#capacity >= 0) list.push(text);
    else this.omitted += 1;
  }
}

function* countOmitted(count: number, which: string): Iterable<string> {
  if (count > 0) yield `\n... and ${countOf(count, "more input")} ${which}\n`;
}

function rowOf(wholeRun: Run): readonly string[] {
  const run = countingOf(wholeRun);
  const { error, warning, notice } = countFindings([run]);
  const result = [run.verdict, ...remarksOn(run).map(escapeMarkdown)].join("; ");
  const rules = (["passed", "failed", "skipped"] as const).map((status) => countRules(run, status));
  return [code(run.crl), result, ...[error, warning, notice, ...rules].map(formatCount)];
}

function* describeRun(wholeRun: Run): Iterable<string> {
  const run = countingOf(wholeRun);
  const skipped = run.rules.filter(({ status }) => status === "skipped");
  if (wholeRun.findings.length + skipped.length === 0) return;
  yield `\n### ${code(run.crl)}\n`;
  const groups = [...groupByRule(run.findings).values()];
  const sorted = severities.toReversed().flatMap((kind) => groups.filter((group) => highestSeverityOf(group) === kind));
  for (const group of sorted.slice(0, maximumRulesShown)) yield* describeFindings(group, run);
  const more = sorted.length - maximumRulesShown;
  if (more > 0) yield `\n... and findings of ${countOf(more, "more rule")}\n`;
  yield* listSuppressed(wholeRun);
  if (skipped.length === 0) return;
  yield `\n<details><summary>${countOf(skipped.length, "rule")} skipped</summary>\n\n`;
  yield "| Rule | Why |\n| --- | --- |\n";
  for (const { rule, why = "" } of skipped) yield `| ${code(rule)} | ${escapeMarkdown(why)} |\n`;
  yield "\n</details>\n";
}

/** Lists the suppressed findings of a run, with their reasons. */
function* listSuppressed(run: Run): Iterable<string> {
  const count = countSuppressed(run);
  if (count === 0) return;
  yield `\n<details><summary>${countOf(count, "finding")} suppressed</summary>\n\n`;
  yield "| Rule | Finding | Why | Until |\n| --- | --- | --- | --- |\n";
  for (const { rule, message, suppressed } of run.findings) {
    if (suppressed === undefined) continue;
    const { reason, until = "" } = suppressed;
    yield `| ${[code(rule), ...[message, reason, until].map(escapeMarkdown)].join(" | ")} |\n`;
  }
  yield "\n</details>\n";
}

/** Describes all findings of one rule. */
function* describeFindings(findings: readonly Finding[], run: Run): Iterable<string> {
  const [first] = findings;
  if (first === undefined) return;
  const more = findings.length === 1 ? "" : ` (and ${formatCount(findings.length - 1)} more)`;
  const title = `**${highestSeverityOf(findings)}** ${code(first.rule)}: ${escapeMarkdown(first.message)}${more}`;
  const text = textOf(run, findings);
  const fence = fenceFor(text);
  yield `\n${title}\n\n<details><summary>Details</summary>\n\n${fence}text\n${text.join("\n")}\n${fence}\n\n</details>\n`;
}

/** Returns a fence that is longer than any run of backticks in the text. */
function fenceFor(lines: readonly string[]): string {
  const longest = lines.reduce(
    (maximum, line) => Math.max(maximum, ...(line.match(/`+/gu) ?? []).map((run) => run.length)),
    2,
  );
  return "`".repeat(longest + 1);
}

/** Escapes text for Markdown: replaces all characters that can have a meaning in Markdown by character references. */
function escapeMarkdown(text: string): string {
  return escapeLine(text)
    .replace(/[\\`*_[\]<>|~&@#$]/gu, reference)
    .replace(/:(?=\/\/)|(?<=\bwww)\./giu, reference);
}

function reference(character: string): string {
  return `&#${character.charCodeAt(0)};`;
}

/** Returns text as code. HTML allows references; in a code span of Markdown, a pipe would still end the table cell. */
function code(text: string): string {
  return `<code>${escapeMarkdown(text)}</code>`;
}
