import { type Finding, type Run, severities, type Severity } from "../rule/report.ts";
import { groupByRule, highestSeverityOf } from "./cases.ts";
import { countingOf, Totals } from "./counts.ts";
import { textOf } from "./finding-text.ts";
import { noStart, type Renderer, type RenderOptions, type ReportHead } from "./renderer.ts";
import { escapeLine } from "./escape-line.ts";
import { countOf } from "../rule/format-count.ts";

/** Maximum number of annotations of each kind that GitHub shows for a step; the log contains all of them. */
const maximumShown = 10;

interface Annotation {
  readonly severity: Severity;
  readonly file: string;
  readonly lines: readonly [number, number] | undefined;
  readonly rule: string;
  readonly text: readonly string[];
}

/**
 * Writes workflow commands of GitHub Actions: an annotation for each rule with findings on a CRL, most severe first,
 * at the end one for the call if its verdict is worse than that of each CRL, and a line with the counts. GitHub shows the first 10 annotations of each kind.
 */
export function renderGithub(head: ReportHead, options: RenderOptions): Renderer {
  const totals = new Totals(options, head);
  const annotated = { error: 0, warning: 0, notice: 0 };
  return {
    start: noStart,
    *run(run) {
      totals.add(run);
      const annotations = annotationsOf(countingOf(run));
      for (const severity of severities.toReversed()) {
        for (const annotation of annotations) {
          if (annotation.severity !== severity) continue;
          annotated[severity] += 1;
          yield command(annotation);
        }
      }
    },
    *end() {
      const { cause } = totals;
      if (cause !== undefined) {
        annotated.error += 1;
        yield `::error title=crllint::${data(cause)}\n`;
      }
      yield `${lastLine(totals, Math.max(...Object.values(annotated)))}\n`;
    },
  };
}

function lastLine({ verdict, cause, findings, verdicts, suppressed, limits }: Totals, maximum: number): string {
  const { error, warning, notice } = findings;
  const counts = `crllint: ${verdict}: ${countOf(error, "error")}, ${countOf(warning, "warning")}, ${countOf(notice, "notice")}`;
  const undecided = verdicts.undecided > 0 ? `; ${countOf(verdicts.undecided, "input")} undecided` : "";
  const isCut = maximum > maximumShown;
  const log = isCut ? `; GitHub shows ${maximumShown} annotations of each kind, the log contains all of them` : "";
  const accepted = suppressed > 0 ? `; ${countOf(suppressed, "finding")} suppressed` : "";
  const left = [...limits].map((limit) => `; ${escapeLine(limit)}`).join("");
  const why = cause === undefined ? "" : `; ${cause}`;
  return `${counts}${left}${undecided}${accepted}${why}${log}`;
}

function annotationsOf(run: Run): readonly Annotation[] {
  return Array.from(groupByRule(run.findings), ([rule, findings]) => {
    const [first] = findings as readonly [Finding, ...Finding[]];
    const { file, pem } = first.location;
    const lines = pem && ([pem.line, pem.endLine] as const);
    return { severity: highestSeverityOf(findings), file, lines, rule, text: textOf(run, findings) };
  });
}

/** Returns `::error file=...,line=1,title=...::...`. GitHub shows no annotation without a line, so DER gets line 1. */
function command({ severity, file, lines = [1, 1], rule, text }: Annotation): string {
  const [line, endLine] = lines;
  const place = `file=${property(file)},line=${line}${endLine > line ? `,endLine=${endLine}` : ""}`;
  return `::${severity} ${place},title=${property(rule)}::${text.map(data).join("%0A")}\n`;
}

/** Escapes a message: the runner ends a command at a line break, and decodes percent signs. */
function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(escapeLine(text)).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
