import { readCrl } from "../crl/read.ts";
import { identityOf } from "../input/kinds.ts";
import type { LintOptions } from "./lint-input.ts";
import { type Run, withoutCrl } from "../rule/report.ts";
import type { Disclosure } from "../given/given.ts";
import type { LoadableRule } from "../rule/rule.ts";
import { withVerdict } from "../rule/verdict.ts";
import { runRules } from "./run-rules.ts";
import { selectRules } from "./select.ts";

/**
 * Lints the CCADB record of a CA by itself, once for all CRLs of the CA. Runs only the rules that look at nothing else.
 * The name of the run is the place of the record.
 */
export function lintRecord(allRules: readonly LoadableRule[], disclosure: Disclosure, options: LintOptions): Run {
  const selected = selectRules(allRules, options.selection);
  const rules = selected.rules.filter(
    ({ head: { looksAt = [] } }) => looksAt.length > 0 && looksAt.every((aspect) => aspect === "disclosure"),
  );
  const name = disclosure.record.place;
  const crl = readCrl(new Uint8Array(0), "crl");
  const { findings, outcomes } = runRules(
    rules,
    {
      given: { form: "crl", issuers: [], issuersChosen: false, others: [] },
      options,
      crl,
      artefact: { name, bytes: crl.source.bytes },
      identity: identityOf("empty"),
      bytes: crl.source.bytes,
      entries: crl.entries,
      isDelta: false,
      pemFaults: [],
      objectsInFile: { total: 1, crls: 0, certificates: 0 },
      anyVerification: withoutCrl.signature,
      verifier: options.verifier,
      scope: withoutCrl.scope,
      disclosure,
      stated: { beforeSigning: false, isLive: false },
    },
    { sources: selected.sources, allDates: true, maxFindings: options.maxFindings, severityOf: selected.severityOf },
  );
  const run = {
    crl: name,
    form: "crl",
    judged: !outcomes.some(({ status }) => status === "crashed"),
    ...withoutCrl,
    profiles: options.selection.profiles,
    findings,
    rules: outcomes,
  } as const;
  return withVerdict(run, options);
}
