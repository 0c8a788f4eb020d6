import { type Finding, type Report, type Run, severities, type Severity } from "../lint/report.ts";
import { gravestOf, groupByRule } from "./cases.ts";
import { countFindings, countOf } from "./counts.ts";
import { textOf } from "./finding-text.ts";
import { tame } from "./tame.ts";

/** Annotations of one kind that GitHub shows for a step; the log has them all. */
const shown = 10;

interface Annotation {
  readonly severity: Severity;
  readonly file: string;
  readonly lines: readonly [number, number] | undefined;
  readonly rule: string;
  readonly text: readonly string[];
}

/**
 * Workflow commands of GitHub Actions: an annotation for each rule that found something in a CRL, the gravest first,
 * since GitHub shows the first ten of each kind; then a line that counts them.
 */
export function* renderGithub(report: Report): Iterable<string> {
  const annotations = report.runs.flatMap((run) => [...annotationsOf(run, report)]);
  for (const severity of severities.toReversed()) {
    for (const annotation of annotations) if (annotation.severity === severity) yield command(annotation);
  }
  const { error, warning, notice } = countFindings(report.runs);
  const counts = `crllint: ${countOf(error, "error")}, ${countOf(warning, "warning")}, ${countOf(notice, "notice")}`;
  const unjudged = report.runs.filter(({ judged }) => !judged).length;
  const most = Math.max(...severities.map((kind) => annotations.filter(({ severity }) => severity === kind).length));
  yield counts;
  if (unjudged > 0) yield `; ${countOf(unjudged, "input")} not judged`;
  if (most > shown) yield `; GitHub shows ${shown} annotations of each kind, the lines above are all`;
  yield "\n";
}

function* annotationsOf(run: Run, report: Report): Iterable<Annotation> {
  for (const [rule, findings] of groupByRule(run.findings)) {
    const [first] = findings as readonly [Finding, ...Finding[]];
    const { file, pem } = first.location;
    const lines = pem && ([pem.line, pem.endLine] as const);
    yield { severity: gravestOf(findings), file, lines, rule, text: textOf(report, run, findings) };
  }
}

/** `::error file=...,line=1,title=...::...`; DER has no lines, but without one no annotation is shown. */
function command({ severity, file, lines = [1, 1], rule, text }: Annotation): string {
  const [line, endLine] = lines;
  const place = `file=${property(file)},line=${line}${endLine > line ? `,endLine=${endLine}` : ""}`;
  return `::${severity} ${place},title=${property(rule)}::${text.map(data).join("%0A")}\n`;
}

/** The runner ends a command at the line's end, and decodes percent signs. */
function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(tame(text)).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
