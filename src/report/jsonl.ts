import type { Run } from "../rule/report.ts";
import { Totals } from "./counts.ts";
import { findingOf, inputsOf, runOf, summaryOf } from "./json.ts";
import { noStart, type Renderer, type RenderOptions, type ReportHead } from "./renderer.ts";
import { serializeLine } from "./serialize.ts";

/**
 * JSON lines, with the fields of `json`: each finding as it is met, behind those of a CRL its run (without them), and
 * at the end the summary. `type` says which of the three a line is.
 */
export function renderJsonl(
  { version, tool: { name, version: release }, inputs }: ReportHead,
  options: RenderOptions,
): Renderer {
  const totals = new Totals(options);
  return {
    start: noStart,
    run(run) {
      totals.add(run);
      return linesOf(run);
    },
    *end() {
      const summary = { type: "summary", version, tool: { name, version: release }, ...summaryOf(totals) };
      yield* serializeLine({ ...summary, ...(inputs && { inputs: inputsOf(inputs) }) });
      yield "\n";
    },
  };
}

function* linesOf(run: Run): Iterable<string> {
  for (const finding of run.findings) {
    yield* serializeLine({ type: "finding", crl: run.crl, ...findingOf(finding) });
    yield "\n";
  }
  const { findings: _, ...others } = runOf({ ...run, findings: [] });
  yield* serializeLine({ type: "run", ...others });
  yield "\n";
}
