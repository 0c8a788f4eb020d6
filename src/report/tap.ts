import type { Finding } from "../rule/report.ts";
import { type Case, caseOfCall, casesOf } from "./cases.ts";
import { remarksOn, Totals } from "./counts.ts";
import type { Renderer, RenderOptions, ReportHead } from "./renderer.ts";
import { serializeLine } from "./serialize.ts";
import { escapeLine } from "./escape-line.ts";

/**
 * Writes TAP version 14: a test point for each rule on each CRL. A point is `not ok` if it causes an exit code other
 * than 0; less severe findings are only in its diagnostics. A last point is `not ok` if the verdict of the call is worse
 * than that of each CRL. The plan is at the end, when the number of points is known.
 */
export function renderTap(head: ReportHead, options: RenderOptions): Renderer {
  const totals = new Totals(options, head);
  let number = 0;
  return {
    start: () => ["TAP version 14\n"],
    *run(run) {
      totals.add(run);
      for (const each of casesOf(run, options)) {
        number += 1;
        yield* point(number, run.crl, each);
      }
      for (const line of [`verdict ${run.verdict}`, ...remarksOn(run)])
        yield `# ${escapeLine(`${run.crl}: ${line}`)}\n`;
    },
    *end() {
      const ofCall = caseOfCall(totals);
      if (ofCall !== undefined) {
        number += 1;
        yield* point(number, "crllint", ofCall);
      }
      yield `# verdict ${totals.verdict}\n`;
      yield `1..${number}\n`;
    },
  };
}

function* point(number: number, crl: string, each: Case): Iterable<string> {
  const fails = each.outcome === "failed" || each.outcome === "error";
  const skip = each.outcome === "skipped" ? ` # SKIP ${describe(each.why ?? "")}` : "";
  yield `${fails ? "not ok" : "ok"} ${number} - ${describe(`${crl}: ${each.rule}`)}${skip}\n`;
  if (each.outcome !== "skipped" && each.outcome !== "passed") yield* diagnostics(each);
}

/** Escapes a description: `#` starts a directive unless a backslash precedes it. */
function describe(text: string): string {
  return escapeLine(text).replace(/[\\#]/gu, String.raw`\$&`);
}

/** Returns a YAML block in which each finding is one line of JSON, which is valid YAML (YAML 1.2 section 1.3). */
function* diagnostics({ why, findings }: Case): Iterable<string> {
  yield "  ---\n";
  if (why !== undefined) yield `  why: ${[...serializeLine(why)].join("")}\n`;
  if (findings.length > 0) yield "  findings:\n";
  for (const finding of findings) yield `    - ${[...serializeLine(diagnosticOf(finding))].join("")}\n`;
  yield "  ...\n";
}

function diagnosticOf({ severity, message, location, help, count }: Finding) {
  const { path, offset, length } = location;
  return { severity, message, count, path, offset, length, help };
}
