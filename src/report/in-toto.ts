import type { Finding, Run } from "../rule/report.ts";
import { sourcesFor } from "../sources/profiles.ts";
import { nodeVerifier } from "../verify/node.ts";
import { predicateType, type Statement, type StatementResult, statementType } from "./attestation.ts";
import { Totals } from "./counts.ts";
import { noStart, type Renderer, type RenderOptions, type ReportHead } from "./renderer.ts";
import { documentsOf, ruleSetText } from "./rule-set.ts";
import { serialize } from "./serialize.ts";

/**
 * Writes an in-toto statement, version 1, about all CRLs of a call: their digests, those of their CAs' certificates,
 * and the result for each. It depends only on the inputs, the options and the time to lint as of. Keeps one result for
 * each run.
 */
export function renderInToto(head: ReportHead, options: RenderOptions): Renderer {
  const { tool } = head;
  const totals = new Totals(options, head);
  const results: StatementResult[] = [];
  return {
    start: noStart,
    run(run) {
      totals.add(run);
      if (run.form !== "certificate") results.push(resultOf(run, options));
      return [];
    },
    *end() {
      const { rules = [], failOn = "error" } = options;
      const statement: Statement = {
        _type: statementType,
        subject: subjectsOf(results),
        predicateType,
        predicate: {
          tool: { name: tool.name, version: tool.version },
          ruleSet: { sha256: digestOf(ruleSetText(rules)), rules: rules.length },
          verdict: totals.verdict,
          failOn,
          results,
        },
      };
      yield* serialize(statement);
      yield "\n";
    },
  };
}

/**
 * Returns the SHA-256 of text in hexadecimal.
 *
 * @throws TypeError if no cryptography is available
 */
export function digestOf(text: string): string {
  const verifier = nodeVerifier();
  if (verifier === undefined) throw new TypeError("a statement needs SHA-256, which this platform does not have");
  return verifier.sha256(new TextEncoder().encode(text));
}

function resultOf(run: Run, { rules = [] }: RenderOptions): StatementResult {
  const { pairing, facts } = run;
  const sources = sourcesFor(run.profiles, run.baselines);
  // A statement names what was off and what was not selected alike: neither was checked.
  const isOn = new Set(run.rules.flatMap(({ rule, status }) => (status === "off" ? [] : [rule])));
  const ofProfiles = rules.filter(({ requirements }) => requirements.some(({ source }) => sources.has(source)));
  return {
    crl: { name: run.crl, form: run.form === "tbs" ? "tbs" : "crl", ...(run.sha256 && { sha256: run.sha256 }) },
    ...(pairing && { ca: { name: pairing.certificate, ...(pairing.sha256 && { sha256: pairing.sha256 }) } }),
    verdict: run.verdict,
    ...(facts?.asOf !== undefined && { judgedAt: facts.asOf }),
    profiles: [...run.profiles],
    documents: [...documentsOf(rules, sources)],
    core: run.core.map(({ rule, status, why }) => ({ rule, status, ...(why !== undefined && { why }) })),
    off: run.core.length === 0 ? [] : ofProfiles.filter(({ id }) => !isOn.has(id)).map(({ id }) => id),
    severities: run.rules.flatMap(({ rule, status, why }) =>
      status === "failed" && why !== undefined ? [{ rule, why }] : [],
    ),
    findings: run.findings.map(findingOf),
  };
}

function findingOf({ rule, severity, count, suppressed }: Finding): StatementResult["findings"][number] {
  return {
    rule,
    severity,
    ...(count !== undefined && { count }),
    ...(suppressed && { suppressed: suppressed.reason }),
  };
}

/** Returns all CRLs and certificates without duplicates. */
function subjectsOf(results: readonly StatementResult[]): Statement["subject"] {
  const subjects = new Map<string, string>();
  for (const { name, sha256 } of results.flatMap(({ crl, ca }) => (ca === undefined ? [crl] : [crl, ca]))) {
    if (sha256 !== undefined && !subjects.has(sha256)) subjects.set(sha256, name);
  }
  return Array.from(subjects, ([sha256, name]) => ({ name, digest: { sha256 } }));
}
