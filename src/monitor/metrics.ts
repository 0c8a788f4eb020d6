import { severities } from "../rule/report.ts";
import { exitCodes } from "../rule/verdict.ts";
import type { ReportedRound } from "./report.ts";
import { countResults } from "./results.ts";

/** Labels of a sample with their values. */
type Labels = Readonly<Record<string, string>>;

/** Renders the results of a round and the fields of each CRL in the text format of Prometheus, version 0.0.4. */
export function* renderMetrics({ startedAt, verdict, results, changes }: ReportedRound): Iterable<string> {
  const { crls: _, ...counts } = countResults(results);
  yield* family("crllint_monitor_round_timestamp_seconds", "Time at which the last round began.", [[{}, startedAt]]);
  yield* family("crllint_monitor_verdict", "Verdict of the last round: 0 pass, 1 fail, 2 undecided.", [
    [{}, exitCodes[verdict]],
  ]);
  yield* family("crllint_monitor_crls", "Number of CRLs, by what was done.", [
    [{ done: "linted" }, counts.linted],
    [{ done: "without_ca" }, counts.unchecked],
    [{ done: "not_fetched" }, counts.notFetched],
  ]);
  const lists = { new: changes.appeared, still: changes.stayed, ended: changes.ended };
  const findings = Object.entries(lists).flatMap(([since, list]) =>
    severities.map((severity): readonly [Labels, number] => {
      return [{ since, severity }, list.filter((each) => each.severity === severity).length];
    }),
  );
  yield* family("crllint_monitor_findings", "Number of findings: new, still there, ended.", findings);
  const watched = results.filter(({ kind }) => kind === "crl");
  const labelsOf = ({ run, owner, ca }: (typeof watched)[number]): Labels => ({ url: run.crl, owner, ca });
  yield* family(
    "crllint_crl_errors",
    "Number of findings of severity error that count.",
    watched.map((result) => {
      const errors = result.run.findings.filter(({ severity, suppressed }) => severity === "error" && !suppressed);
      return [labelsOf(result), errors.length];
    }),
  );
  yield* family("crllint_crl_next_update_timestamp_seconds", "nextUpdate of the CRL.", samples("nextUpdate"));
  yield* family("crllint_crl_this_update_timestamp_seconds", "thisUpdate of the CRL.", samples("thisUpdate"));
  yield* family("crllint_crl_entries", "Number of entries of the CRL.", samples("entries"));
  yield* family("crllint_crl_size_bytes", "Size of the CRL.", samples("size"));

  function samples(field: "nextUpdate" | "thisUpdate" | "entries" | "size"): readonly (readonly [Labels, number])[] {
    return watched.flatMap((result) => {
      const value = result.crl?.[field];
      return value === undefined ? [] : [[labelsOf(result), value] as const];
    });
  }
}

function* family(name: string, help: string, list: readonly (readonly [Labels, number])[]): Iterable<string> {
  if (list.length === 0) return;
  yield `# HELP ${name} ${help}\n# TYPE ${name} gauge\n`;
  for (const [labels, value] of list) {
    const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escapeLabel(text)}"`);
    yield `${name}${pairs.length === 0 ? "" : `{${pairs.join(",")}}`} ${value}\n`;
  }
}

function escapeLabel(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}
