import type { Cite, Finding, Location, Run, Severity } from "../rule/report.ts";
import { findDocument } from "../sources/documents.ts";
import { namedSection } from "../sources/named-section.ts";
import { countingOf, lastFindings, limitsOfCore, Totals } from "./counts.ts";
import { drawNames } from "./names.ts";
import { noStart, type Renderer, type RenderOptions, type ReportHead } from "./renderer.ts";
import { noStyle, type Style } from "./style.ts";
import { describeMissing, RunSummaries, summarizeInputs, summarizeReport } from "./summary.ts";
import { foldLines, wrap } from "./text.ts";
import { formatCount } from "../rule/format-count.ts";

/** Default width of human text in columns: enough for two names of a CA side by side. */
const defaultWidth = 120;

/** Maximum width of prose in columns: longer lines are hard to read, even on a wide terminal. */
const maximumProse = 100;

/** The gutter, used where only its width matters: indentation, and an arrow or a bar. */
const gutter = "   | ";

/**
 * Writes text for people: every finding with its places, a drawing of names, its requirement and fix; then a summary.
 */
export function renderHuman(head: ReportHead, options: RenderOptions): Renderer {
  const { inputs } = head;
  const { width = defaultWidth, color: style = noStyle, verbose = false, quiet = false } = options;
  const page: Page = { width, foldAt: options.width, style, verbose };
  const totals = new Totals(options, head);
  const summaries = new RunSummaries(style, verbose);
  const counts = new Map<string, number>();
  let isFirst = true;
  // The CRL without findings, if there is only one: it has its own lines, but several are only counted.
  let only: Run | undefined;
  return {
    start: noStart,
    *run(wholeRun) {
      const run = countingOf(wholeRun);
      if (options.statistics === true) countByRule(run, counts);
      for (const finding of describeFindings(run, page)) {
        if (!isFirst) yield "\n";
        isFirst = false;
        yield* finding;
      }
      if (quiet) return;
      totals.add(wholeRun);
      if (isClean(wholeRun) && !verbose) {
        only = totals.runs === 1 ? wholeRun : undefined;
        return;
      }
      if (run.findings.length > 0) yield "\n";
      yield* fold(summaries.of(wholeRun), page);
      isFirst = false;
    },
    *end() {
      if (counts.size > 0) yield* statisticsOf(counts, isFirst);
      if (only !== undefined && totals.runs === 1) yield* fold(summaries.of(only), page);
      if (quiet) return;
      // The lines about one CRL have its verdict, and what is missing.
      if (totals.runs !== 1 || totals.cause !== undefined) {
        const missing = totals.runs > 1 ? describeMissing(totals.missing, verbose) : "";
        const parts = [summarizeReport(totals, style), missing].filter((part) => part !== "");
        yield* fold([...(isFirst ? [] : [""]), parts.join("; ")], page);
      }
      if (inputs !== undefined) yield* fold([summarizeInputs(inputs)], page);
    },
  };
}

/** Adds the findings of a run to counts, including those that are only counted. */
function countByRule(run: Run, counts: Map<string, number>): void {
  const hidden = lastFindings(run);
  for (const finding of run.findings) {
    const { rule, count = 1 } = finding;
    counts.set(rule, (counts.get(rule) ?? 0) + count + (hidden.get(finding) ?? 0));
  }
}

/** Returns the number of findings of each rule, most first. */
function* statisticsOf(counts: ReadonlyMap<string, number>, isFirst: boolean): Iterable<string> {
  const rows = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const width = Math.max(...rows.map(([, count]) => formatCount(count).length));
  if (!isFirst) yield "\n";
  for (const [rule, count] of rows) yield `${formatCount(count).padStart(width)}  ${rule}\n`;
}

/**
 * Whether there is nothing to report about a CRL but that it passed. The status of a certificate is always reported.
 */
function isClean(run: Run): boolean {
  if (run.certificate !== undefined) return false;
  return run.verdict === "pass" && run.findings.length === 0 && limitsOfCore(run).length === 0;
}

/** Returns all findings of a run as text without colors, with the default width. */
export function findingsAsText(run: Run): string {
  const page: Page = { width: defaultWidth, foldAt: undefined, style: noStyle, verbose: false };
  return Array.from(describeFindings(run, page), (pieces) => [...pieces].join("")).join("\n");
}

/** Returns the text of each finding of a run. */
function* describeFindings(run: Run, page: Page): Iterable<Iterable<string>> {
  const heldBack = lastFindings(run);
  const seen = new Map<string, string>();
  for (const finding of run.findings) yield renderFinding(finding, heldBack.get(finding) ?? 0, seen, page);
}

interface Page {
  readonly width: number;
  /** Width at which all lines are wrapped: that of a terminal, or the one of an option. */
  readonly foldAt: number | undefined;
  readonly style: Style;
  readonly verbose: boolean;
}

/** Returns lines that fit the page. A line that is too long continues indented on the next one. */
function* fold(texts: Iterable<string>, { foldAt }: Page): Iterable<string> {
  for (const text of texts) {
    const folded = foldAt === undefined ? text : foldLines(text, foldAt);
    for (const line of folded.split("\n")) yield `${line}\n`;
  }
}

/**
 * Returns the text of one finding.
 *
 * @param heldBack number of hidden violations of its rule, which are mentioned after it
 * @param seen citations and advice that were shown, by rule, and are not repeated for the next finding of the rule
 */
function* renderFinding(finding: Finding, heldBack: number, seen: Map<string, string>, page: Page): Iterable<string> {
  const { rule, severity, message, location, entries, related, names } = finding;
  const { style, width } = page;
  const bar = style.blue("   |");
  const label = `${severity}[${rule}]`;
  for (const line of fold([`${label}: ${message}`], page)) {
    const text = line.trimEnd();
    const isStart = text.startsWith(label);
    yield `${isStart ? paintSeverity(severity, label, style) : ""}${style.bold(isStart ? text.slice(label.length) : text)}\n`;
  }
  const places = entries === undefined || entries.length === 0 ? [location] : entries;
  for (const place of places) yield* drawPlace("-->", place, page);
  for (const place of related) yield* drawPlace(":::", place, page);
  const more = heldBack + (finding.count ?? 1) - places.length;
  if (more > 0) {
    const hidden = `... and ${formatCount(more)} more (--max-findings 0 shows all)`;
    for (const line of wrap(hidden, width - gutter.length - 2)) yield `${bar}   ${line}\n`;
  }
  if (names !== undefined) {
    yield `${bar}\n`;
    for (const line of drawNames(names, width - gutter.length - 2, style)) {
      yield line === "" ? `${bar}\n` : `${bar}   ${line}\n`;
    }
    yield `${bar}\n`;
  }
  const footer = [...finding.cites.flatMap((cite) => describeCite(cite, page.verbose)), ...adviceOf(finding)];
  const isRepeated = seen.get(rule) === footer.join("\n");
  seen.set(rule, footer.join("\n"));
  if (!isRepeated) for (const text of footer) yield* hang(text, page);
}

function* drawPlace(arrow: string, place: Location, page: Page): Iterable<string> {
  for (const line of fold([`  ${arrow} ${formatPlace(place)}`], page)) {
    yield line.replace(`  ${arrow}`, `  ${page.style.blue(arrow)}`);
  }
}

/**
 * Returns a place: `ca.pem:5:15  bytes 155..246 (0x9b..0xf6)  tbsCertificate.subject`. For an object that is not the
 * whole file: `two.der  object at byte 1047 (0x417)  bytes 26..117 ...`.
 */
export function formatPlace({ file, path, offset, length, serial, object, pem }: Location): string {
  const place = [pem === undefined ? file : `${file}:${pem.line}:${pem.column}`];
  if (object !== undefined) place.push(formatObject(object));
  // An unreadable file has no bytes to show. The end of a truncated file is a place, although no byte is there.
  if (length > 0 || offset > 0 || path !== "") place.push(formatRange(offset, offset + length));
  if (path !== "") place.push(serial === undefined ? path : `${path}, serial ${serial}`);
  return place.join("  ");
}

/** Returns the position of an object in its file: `PKCS#7, object at byte 1047 (0x417)`. */
function formatObject({ offset, in: container }: NonNullable<Location["object"]>): string {
  const parts = container === undefined ? [] : [container];
  if (offset > 0) parts.push(`object at ${formatRange(offset, offset)}`);
  return parts.join(", ");
}

/** Returns a half-open range, `bytes 26..117 (0x1a..0x75)`: byte 117 is the first one after the range. */
export function formatRange(start: number, end: number): string {
  if (start === end) return `byte ${start} (0x${start.toString(16)})`;
  return `bytes ${start}..${end} (0x${start.toString(16)}..0x${end.toString(16)})`;
}

/** Returns a citation: `CABF TLS BR 2.2.6 s.7.2: "MUST be ..."`. */
function describeCite({ document, section, quote, url }: Cite, verbose: boolean): readonly string[] {
  const where = section === "" ? document : `${document} ${namedSection(section, "s.")}`;
  const text = quote === undefined ? where : `${where}: "${quote}"`;
  return verbose && url !== undefined ? [text, url] : [text];
}

function adviceOf(finding: Finding): readonly string[] {
  const { notes, help } = finding;
  return [
    ...notes.map((note) => `note: ${note}`),
    ...(help === "" ? [] : [`help: ${help}`]),
    ...(hasPage(finding) ? [`crllint explain ${finding.rule}`] : []),
  ];
}

/**
 * Whether `crllint explain` has a page: not for findings of crllint about its own work, nor for rules of other authors.
 */
function hasPage({ rule, cites }: Finding): boolean {
  return (
    !rule.startsWith("crllint/") &&
    cites.every(({ document, documentId }) => document === findDocument(documentId).name)
  );
}

function* hang(text: string, { width, style }: Page): Iterable<string> {
  const [first = "", ...rest] = wrap(text, Math.min(width, maximumProse) - gutter.length);
  yield `${style.blue("   =")} ${first}\n`;
  for (const line of rest) yield `     ${line}\n`;
}

/** Returns text in the color of a severity. */
function paintSeverity(severity: Severity, text: string, style: Style): string {
  if (severity === "error") return style.bold(style.red(text));
  return severity === "warning" ? style.bold(style.yellow(text)) : style.bold(style.cyan(text));
}
