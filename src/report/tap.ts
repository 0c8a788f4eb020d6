import type { Finding, Report } from "../lint/report.ts";
import { type Case, casesOf } from "./cases.ts";
import type { RenderOptions } from "./renderer.ts";
import { serializeLine } from "./serialize.ts";
import { tame } from "./tame.ts";

/**
 * TAP version 14: a test point for each rule on each CRL. It is `not ok` where the exit code is not 0 because of it;
 * milder findings are only told in its diagnostics.
 */
export function* renderTap({ runs }: Report, { failOn }: RenderOptions): Iterable<string> {
  const points = runs.flatMap((run) => casesOf(run, failOn).map((each) => ({ run, each })));
  yield `TAP version 14\n1..${points.length}\n`;
  let number = 0;
  for (const { run, each } of points) {
    number += 1;
    const fails = each.outcome === "failed" || each.outcome === "error";
    const skip = each.outcome === "skipped" ? ` # SKIP ${describe(each.why ?? "")}` : "";
    yield `${fails ? "not ok" : "ok"} ${number} - ${describe(`${run.crl}: ${each.rule}`)}${skip}\n`;
    if (each.outcome !== "skipped" && each.outcome !== "passed") yield* diagnostics(each);
  }
}

/** A description: `#` starts a directive, a backslash escapes it. */
function describe(text: string): string {
  return tame(text).replace(/[\\#]/gu, String.raw`\$&`);
}

/** A block of YAML, of which each finding is one line of JSON (YAML 1.2 section 1.3). */
function* diagnostics({ why, findings }: Case): Iterable<string> {
  yield "  ---\n";
  if (why !== undefined) yield `  why: ${[...serializeLine(why)].join("")}\n`;
  if (findings.length > 0) yield "  findings:\n";
  for (const finding of findings) yield `    - ${[...serializeLine(briefOf(finding))].join("")}\n`;
  yield "  ...\n";
}

function briefOf({ severity, message, location, help, count }: Finding) {
  const { path, offset, length } = location;
  return { severity, message, count, path, offset, length, help };
}
