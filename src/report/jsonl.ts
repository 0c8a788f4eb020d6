import type { Run } from "../rule/report.ts";
import { Totals } from "./counts.ts";
import { findingOf, inputsOf, listOf, runOf, summaryOf } from "./json.ts";
import { Kinds } from "./kinds.ts";
import { noStart, type Renderer, type RenderOptions, type ReportHead } from "./renderer.ts";
import { serializeLine } from "./serialize.ts";

/**
 * Writes JSON lines with the fields of `json`. Each CRL has its findings, then its kind if it is the first of this
 * kind, then its run (without `findings`). The summary is at the end. The field `type` is "finding", "kind", "run" or
 * "summary".
 */
export function renderJsonl(head: ReportHead, options: RenderOptions): Renderer {
  const { version, tool, inputs } = head;
  const { name, version: release } = tool;
  const totals = new Totals(options, head);
  const kinds = new Kinds();
  return {
    start: noStart,
    run(run) {
      totals.add(run);
      return linesOf(run, kinds);
    },
    *end() {
      const summary = { type: "summary", version, tool: { name, version: release }, ...summaryOf(totals) };
      yield* serializeLine({ ...summary, ...(inputs && { inputs: inputsOf(inputs) }) });
      yield "\n";
    },
  };
}

function* linesOf(run: Run, kinds: Kinds): Iterable<string> {
  for (const finding of run.findings) {
    yield* serializeLine({ type: "finding", crl: run.crl, ...findingOf(finding) });
    yield "\n";
  }
  const outcomes = kinds.add(run.rules);
  const { kind, list } = outcomes;
  if (kind !== undefined && list !== undefined) {
    yield* serializeLine({ type: "kind", kind, rules: listOf(list) });
    yield "\n";
  }
  const { findings: _, ...fields } = runOf({ ...run, findings: [] }, outcomes);
  yield* serializeLine({ type: "run", ...fields });
  yield "\n";
}
