import { isoTime } from "../der/time.ts";
import { countOf, limitsOfCore } from "../report/counts.ts";
import type { RunVerdict } from "../rule/report.ts";
import { fails, type Gate } from "../rule/verdict.ts";
import type { FinishedRun, KeptFinding, Result } from "./state.ts";

/** A finding, and what it is about. */
export interface ReportedFinding extends KeptFinding {
  readonly subject: string;
  readonly ca: string;
}

/** What changed between two runs. */
export interface Changes {
  /** Seconds since 1970; undefined if there was no earlier run. */
  readonly since: number | undefined;
  readonly appeared: readonly ReportedFinding[];
  readonly gone: readonly ReportedFinding[];
  readonly stayed: readonly ReportedFinding[];
}

/**
 * Compares two runs. Findings are the same if subject, rule and path are. A finding about what could not be linted this
 * time is not reported as gone.
 */
export function compareRuns(run: FinishedRun, before: FinishedRun | undefined): Changes {
  const now = findingsOf(run.results);
  const then = findingsOf(before?.results ?? []);
  const known = new Set(then.map(keyOf));
  const present = new Set(now.map(keyOf));
  const judged = new Set(run.results.filter((result) => result.judged).map(({ subject }) => subject));
  const asked = new Set(run.results.map(({ subject }) => subject));
  return {
    since: before?.startedAt,
    appeared: now.filter((finding) => !known.has(keyOf(finding))),
    gone: then.filter(
      (finding) => !present.has(keyOf(finding)) && (judged.has(finding.subject) || !asked.has(finding.subject)),
    ),
    stayed: now.filter((finding) => known.has(keyOf(finding))),
  };
}

function findingsOf(results: readonly Result[]): readonly ReportedFinding[] {
  return results.flatMap(({ subject, ca, findings }) => findings.map((finding) => ({ ...finding, subject, ca })));
}

function keyOf({ subject, rule, path }: ReportedFinding): string {
  return JSON.stringify([subject, rule, path]);
}

/**
 * The verdict on a run: undecided if a CRL, or another input, could not be checked. That a server sends no CRL is a
 * finding about the server.
 */
export function verdictOn(results: readonly Result[], gate: Gate): RunVerdict {
  const isUndecided = ({ core, verdict, findings }: Result): boolean =>
    (core.length > 0 && verdict === "undecided") ||
    findings.some(({ rule, severity }) => rule.startsWith("crllint/") && severity === "error");
  if (results.some(isUndecided)) return "undecided";
  return results.some(({ core, findings }) => findings.some((each) => fails(each, core, gate))) ? "fail" : "pass";
}

/** The report for people: what is new first. */
export function* renderChanges(
  { startedAt, results }: FinishedRun,
  verdict: RunVerdict,
  changes: Changes,
): Iterable<string> {
  const judged = results.filter((result) => result.judged).length;
  yield `crllint monitor, ${isoTime(startedAt)}: ${verdict}, ${results.length} URLs and records, ${judged} linted\n`;
  for (const [limit, count] of countLimits(results)) yield `  ${countOf(count, "CRL")}: ${limit}\n`;
  const since = changes.since === undefined ? "this is the first run" : `since ${isoTime(changes.since)}`;
  yield* section(`New (${since})`, changes.appeared, true);
  if (changes.since !== undefined) yield* section(`Gone (${since})`, changes.gone, false);
  yield* section("Still there", changes.stayed, false);
}

/** What limits the core checks, and on how many CRLs. */
function countLimits(results: readonly Result[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const limit of results.flatMap(limitsOfCore)) counts.set(limit, (counts.get(limit) ?? 0) + 1);
  return counts;
}

function* section(title: string, list: readonly ReportedFinding[], inFull: boolean): Iterable<string> {
  yield `\n${title}: ${list.length}\n`;
  for (const { severity, rule, subject, ca, message, notes, help } of list) {
    yield `\n${severity}[${rule}]: ${message}\n  --> ${subject}\n`;
    if (!inFull) continue;
    if (ca !== "") yield `   = CA: ${ca}\n`;
    for (const note of notes) yield `   = note: ${note}\n`;
    yield `   = help: ${help}\n`;
  }
}

/** The report for programs, version 1. */
export function jsonOf(run: FinishedRun, verdict: RunVerdict, { since, appeared, gone, stayed }: Changes): string {
  const report = {
    version: 1,
    verdict,
    startedAt: isoTime(run.startedAt),
    since: since === undefined ? null : isoTime(since),
    new: appeared,
    gone,
    still: stayed,
    results: run.results.map(({ findings, ...result }) => ({ ...result, findings: findings.length })),
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
