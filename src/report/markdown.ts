import { type Finding, type Run, severities } from "../rule/report.ts";
import { gravestOf, groupByRule } from "./cases.ts";
import {
  countFindings,
  countingOf,
  countOf,
  countRules,
  countSuppressed,
  formatCount,
  limitsOfCore,
  Totals,
} from "./counts.ts";
import { textOf } from "./finding-text.ts";
import { noStart, type Renderer, type RenderOptions, type ReportHead } from "./renderer.ts";
import { summariseReport } from "./summary.ts";
import { noStyle } from "./style.ts";
import { tame } from "./tame.ts";

/** Rules of one CRL whose findings are told in full. */
const maximumTold = 50;

/** Inputs that the table lists: so many with findings, and so many without. */
const maximumRows = 500;

/** Characters about inputs with findings, and about others: GitHub refuses a summary of more than 1 MiB as a whole. */
const maximumText = { found: 600_000, clean: 100_000 };

/**
 * Markdown as GitHub, GitLab and Gitea show it, for the summary of a job: a table of the CRLs, then their findings. The
 * sums stand first, so that text is kept until all is known; of many CRLs what a summary has no room for is counted.
 */
export function renderMarkdown(_: ReportHead, options: RenderOptions): Renderer {
  const totals = new Totals(options);
  const rows = { found: new Kept(maximumRows, () => 1), clean: new Kept(maximumRows, () => 1) };
  const texts = { found: new Kept(maximumText.found), clean: new Kept(maximumText.clean) };
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
      yield `## crllint: ${escapeMarkdown(summariseReport(totals, noStyle))}\n\n`;
      yield "| CRL | Verdict | Errors | Warnings | Notices | Rules passed | failed | skipped |\n";
      yield "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |\n";
      yield* table;
      yield* leftOut(rows.found.left, "with findings");
      yield* leftOut(rows.clean.left, "without findings");
      yield* details;
      yield* leftOut(texts.found.left, "whose findings are not told here");
    },
  };
}

/** Room for texts; those behind the first that it does not hold are counted. */
class Kept {
  /** How many it did not hold. */
  left = 0;
  #room: number;
  readonly #sizeOf: (text: string) => number;

  constructor(room: number, sizeOf = (text: string) => text.length) {
    this.#room = room;
    this.#sizeOf = sizeOf;
  }

  /** Makes a text and puts it into a list, where there is room. */
  add(list: string[], make: () => string): void {
    const text = this.left === 0 ? make() : "";
    this.#room -= this.#sizeOf(text);
    if (this.left === 0 && this.#room >= 0) list.push(text);
    else this.left += 1;
  }
}

function* leftOut(count: number, which: string): Iterable<string> {
  if (count > 0) yield `\n... and ${countOf(count, "more input")} ${which}\n`;
}

function rowOf(judged: Run): readonly string[] {
  const run = countingOf(judged);
  const { error, warning, notice } = countFindings([run]);
  const result = [run.verdict, ...limitsOfCore(run).map(escapeMarkdown)].join("; ");
  const rules = (["passed", "failed", "skipped"] as const).map((status) => countRules(run, status));
  return [code(run.crl), result, ...[error, warning, notice, ...rules].map(formatCount)];
}

function* describeRun(judged: Run): Iterable<string> {
  const run = countingOf(judged);
  const skipped = run.rules.filter(({ status }) => status === "skipped");
  if (judged.findings.length + skipped.length === 0) return;
  yield `\n### ${code(run.crl)}\n`;
  const groups = [...groupByRule(run.findings).values()];
  const sorted = severities.toReversed().flatMap((kind) => groups.filter((group) => gravestOf(group) === kind));
  for (const group of sorted.slice(0, maximumTold)) yield* describeFindings(group, run);
  const more = sorted.length - maximumTold;
  if (more > 0) yield `\n... and findings of ${countOf(more, "more rule")}\n`;
  yield* listSuppressed(judged);
  if (skipped.length === 0) return;
  yield `\n<details><summary>${countOf(skipped.length, "rule")} skipped</summary>\n\n`;
  yield "| Rule | Why |\n| --- | --- |\n";
  for (const { rule, why = "" } of skipped) yield `| ${code(rule)} | ${escapeMarkdown(why)} |\n`;
  yield "\n</details>\n";
}

/** What was accepted, and why. */
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

/** All findings of a rule. */
function* describeFindings(findings: readonly Finding[], run: Run): Iterable<string> {
  const [first] = findings;
  if (first === undefined) return;
  const more = findings.length === 1 ? "" : ` (and ${formatCount(findings.length - 1)} more)`;
  const title = `**${gravestOf(findings)}** ${code(first.rule)}: ${escapeMarkdown(first.message)}${more}`;
  const text = textOf(run, findings);
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
