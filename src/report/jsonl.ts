import type { Report } from "../lint/report.ts";
import { findingOf, runOf, summaryOf } from "./json.ts";
import { serializeLine } from "./serialize.ts";

/**
 * JSON lines, with the fields of `json`: each finding as it is met, behind those of a CRL its run (without them), and
 * at the end the summary. `type` says which of the three a line is.
 */
export function* renderJsonl({ version, tool, runs }: Report): Iterable<string> {
  for (const run of runs) {
    for (const finding of run.findings) {
      yield* serializeLine({ type: "finding", crl: run.crl, ...findingOf(finding) });
      yield "\n";
    }
    const { findings: _, ...others } = runOf({ ...run, findings: [] });
    yield* serializeLine({ type: "run", ...others });
    yield "\n";
  }
  const { name } = tool;
  yield* serializeLine({ type: "summary", version, tool: { name, version: tool.version }, ...summaryOf(runs) });
  yield "\n";
}
