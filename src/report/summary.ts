import type { Report, Run } from "../lint/report.ts";
import { countFindings, countOf, countRules, formatCount } from "./counts.ts";
import type { Style } from "./style.ts";

/** Most reasons for skipping that the summary names; --verbose lists every rule with its own. */
const maximumReasons = 3;

/** What came out for one CRL, which rules were judged, and with which certificate. */
export function* summariseRun(run: Run, style: Style, verbose: boolean): Iterable<string> {
  const profile = `profile ${run.profiles.join(",")}`;
  if (!run.judged) {
    yield `${run.crl}: ${style.red("not judged")}${withComma(countAll([run], style))}`;
  } else if (run.findings.length === 0 && run.rules.length > 0) {
    yield `${run.crl}: ${style.green("no findings")} (${profile}: ${describeRules(run, ": ")}; ${entriesOf(run)})`;
  } else {
    yield `${run.crl}: ${countAll([run], style) || "no findings"}`;
    if (run.rules.length > 0) yield `  ${profile}: ${describeRules(run, " (", ")")}`;
  }
  if (!run.judged && !run.rules.some(({ status }) => status === "passed" || status === "failed")) return;
  const { pairing, scope } = run;
  if (pairing !== undefined) {
    const digest = pairing.sha256 === undefined ? "" : ` (sha256 ${shorten(pairing.sha256)})`;
    yield `  issuer ${pairing.certificate}${digest}, ${pairing.why}`;
  }
  if (!verbose) return;
  yield `  scope ${scope.kind}: ${scope.evidence}`;
  if (run.sha256 !== undefined) yield `  sha256 ${run.sha256}; ${entriesOf(run)}`;
  for (const { rule, status, why } of run.rules) yield `  ${status} ${rule}${why === undefined ? "" : `: ${why}`}`;
}

/** One line about all inputs together. */
export function summariseReport({ runs }: Report, style: Style): string {
  const unjudged = runs.filter(({ judged }) => !judged).length;
  const counts = countAll(runs, style) || style.green("no findings");
  return `${countOf(runs.length, "input")}: ${counts}${unjudged === 0 ? "" : `; ${formatCount(unjudged)} not judged`}`;
}

function countAll(runs: readonly Run[], style: Style): string {
  const { error, warning, notice } = countFindings(runs);
  const counts: string[] = [];
  if (error > 0) counts.push(style.red(countOf(error, "error")));
  if (warning > 0) counts.push(style.yellow(countOf(warning, "warning")));
  if (notice > 0) counts.push(style.cyan(countOf(notice, "notice")));
  return counts.join(", ");
}

function withComma(text: string): string {
  return text === "" ? "" : `, ${text}`;
}

function entriesOf({ entries }: Run): string {
  return entries === 1 ? "1 entry" : `${formatCount(entries)} entries`;
}

/** `41 rules passed, 1 failed, 2 skipped (no previous CRL given)`. */
function describeRules(run: Run, open: string, close = ""): string {
  const parts = [`${countOf(countRules(run, "passed"), "rule")} passed`];
  for (const status of ["failed", "crashed", "skipped"] as const) {
    const count = countRules(run, status);
    if (count > 0) parts.push(`${formatCount(count)} ${status}`);
  }
  const reasons = [...new Set(run.rules.flatMap(({ status, why }) => (status === "skipped" && why ? [why] : [])))];
  if (reasons.length === 0) return parts.join(", ");
  const more = reasons.length > maximumReasons ? "; ..." : "";
  return `${parts.join(", ")}${open}${reasons.slice(0, maximumReasons).join("; ")}${more}${close}`;
}

/** `9f3c..41d0`: enough to recognise a digest by. */
function shorten(digest: string): string {
  return `${digest.slice(0, 4)}..${digest.slice(-4)}`;
}
