import { isoTime } from "../der/time.ts";
import { limitsOfCore } from "../report/counts.ts";
import { countOf, formatCount } from "../rule/format-count.ts";
import type { Finding, Run, RunVerdict } from "../rule/report.ts";
import { type Changes, identityOf, type KeptFinding, keyOf } from "./history.ts";
import { countResults, type Counts, type Result } from "./results.ts";

/** A round as reports show it. */
export interface ReportedRound {
  readonly startedAt: number;
  readonly verdict: RunVerdict;
  readonly results: readonly Result[];
  readonly changes: Changes;
}

/**
 * Describes numbers of CRLs.
 *
 * `3,012 CRLs: 2,940 linted, 41 without their CA's certificate (issuer and signature not checked), 31 not fetched`.
 */
export function describeCounts({ crls, linted, unchecked, notFetched }: Counts): string {
  const parts = [
    `${formatCount(linted)} linted`,
    ...(unchecked > 0
      ? [`${formatCount(unchecked)} without their CA's certificate (issuer and signature not checked)`]
      : []),
    ...(notFetched > 0 ? [`${formatCount(notFetched)} not fetched`] : []),
  ];
  return `${countOf(crls, "CRL")}: ${parts.join(", ")}`;
}

/** Renders the report for people, which begins with the new findings. */
export function* renderChanges({ startedAt, verdict, results, changes }: ReportedRound): Iterable<string> {
  yield `crllint monitor, ${isoTime(startedAt)}: ${verdict}; ${describeCounts(countResults(results))}\n`;
  for (const [limit, count] of countLimits(results)) yield `  ${countOf(count, "CRL")}: ${limit}\n`;
  const isFirst = changes.since === undefined;
  const since = isFirst ? "this is the first round" : `since ${isoTime(changes.since)}`;
  yield* section(`New (${since})`, changes.appeared, true);
  if (!isFirst) yield* section(`Ended (${since})`, changes.ended, false);
  yield* section("Still there", changes.stayed, false);
  if (changes.pastEvents > 0) yield `\nEvents of earlier rounds: ${changes.pastEvents} (crllint history lists them)\n`;
}

/** Returns the limits of the core checks, each with the number of CRLs that it applies to. */
function countLimits(results: readonly Result[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const limit of results.flatMap(({ run }) => limitsOfCore(run))) counts.set(limit, (counts.get(limit) ?? 0) + 1);
  return counts;
}

function* section(title: string, list: readonly KeptFinding[], inFull: boolean): Iterable<string> {
  yield `\n${title}: ${list.length}\n`;
  for (const { severity, rule, subject, owner, ca, message, help, began } of list) {
    yield `\n${severity}[${rule}]: ${message}\n  --> ${subject}\n`;
    const names = [owner, ca].filter((name) => name !== "").join(", ");
    // The name of a record does not show its CA.
    if (names !== "" && (inFull || !URL.canParse(subject))) yield `   = CA: ${names}\n`;
    if (inFull) yield `   = help: ${help}\n`;
    else yield `   = found first: ${isoTime(began)}\n`;
  }
}

/** Returns a finding as JSON for programs. */
export function jsonFinding({ began, ended, ...finding }: KeptFinding) {
  return { ...finding, began: isoTime(began), ended: ended === undefined ? null : isoTime(ended) };
}

/** Renders the report for programs, version 2. */
export function jsonOf({ startedAt, verdict, results, changes }: ReportedRound): string {
  const { since, appeared, ended, stayed, pastEvents } = changes;
  const report = {
    version: 2,
    verdict,
    startedAt: isoTime(startedAt),
    since: since === undefined ? null : isoTime(since),
    counts: countResults(results),
    new: appeared.map(jsonFinding),
    ended: ended.map(jsonFinding),
    still: stayed.map(jsonFinding),
    pastEvents,
    results: results.map(
      ({ run: { crl, verdict: own, judged, core, entries, findings }, kind, owner, ca, crl: facts }) => {
        return {
          subject: crl,
          kind,
          owner,
          ca,
          verdict: own,
          judged,
          core,
          entries,
          crl: facts,
          findings: findings.length,
        };
      },
    ),
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

/**
 * Returns the runs for all formats of reports: those with new findings first. A note of each finding states whether it
 * is new.
 */
export function runsOf(results: readonly Result[], { appeared, stayed, since }: Changes): readonly Run[] {
  const began = new Map([...stayed, ...appeared].map((finding) => [keyOf(finding), finding]));
  const fresh = new Set(appeared.map(keyOf));
  const noted = results.map((result) => {
    const { run } = result;
    let isNew = false;
    const findings = run.findings.map((finding): Finding => {
      if (finding.suppressed !== undefined) return finding;
      const key = keyOf(identityOf(result, finding));
      const first = began.get(key);
      if (fresh.has(key)) isNew = true;
      const note = fresh.has(key)
        ? since === undefined
          ? "found in the first round"
          : `new since ${isoTime(since)}`
        : first && `found first: ${isoTime(first.began)}`;
      return note === undefined ? finding : { ...finding, notes: [...finding.notes, note] };
    });
    return { run: { ...run, findings }, isNew };
  });
  return [...noted.filter(({ isNew }) => isNew), ...noted.filter(({ isNew }) => !isNew)].map(({ run }) => run);
}

/** Returns a function that states whether a finding is new in a round. */
export function newnessIn({ appeared }: Changes): (result: Result, finding: Finding) => boolean {
  const fresh = new Set(appeared.map(keyOf));
  return (result, finding) => fresh.has(keyOf(identityOf(result, finding)));
}
