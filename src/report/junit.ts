import type { Report, Run } from "../lint/report.ts";
import { type Case, casesOf } from "./cases.ts";
import { textOf } from "./finding-text.ts";
import { escapeMarkup } from "./markup.ts";
import type { RenderOptions } from "./renderer.ts";

/**
 * JUnit XML: a suite for each CRL, a case for each rule. A case fails where its findings make the run fail; milder ones
 * are its output. An input that could not be judged is an error.
 */
export function* renderJunit(report: Report, { failOn }: RenderOptions): Iterable<string> {
  const suites = report.runs.map((run) => ({ run, cases: casesOf(run, failOn) }));
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield `<testsuites name="crllint" ${countsOf(suites.flatMap(({ cases }) => cases))}>\n`;
  for (const { run, cases } of suites) {
    yield `  <testsuite name="${escapeMarkup(run.crl)}" ${countsOf(cases)}>\n`;
    yield* properties(run);
    for (const each of cases) yield* testCase(each, run, report);
    yield "  </testsuite>\n";
  }
  yield "</testsuites>\n";
}

function countsOf(cases: readonly Case[]): string {
  const count = (outcome: Case["outcome"]): number => cases.filter((each) => each.outcome === outcome).length;
  const [failures, errors, skipped] = [count("failed"), count("error"), count("skipped")];
  return `tests="${cases.length}" failures="${failures}" errors="${errors}" skipped="${skipped}"`;
}

function* properties({ sha256, pairing, profiles, scope }: Run): Iterable<string> {
  yield "    <properties>\n";
  const values = {
    sha256,
    issuer: pairing?.certificate,
    "issuer.sha256": pairing?.sha256,
    profile: profiles.join(","),
    scope: scope.kind,
  };
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined) yield `      <property name="${name}" value="${escapeMarkup(value)}"/>\n`;
  }
  yield "    </properties>\n";
}

function* testCase({ rule, outcome, why, findings }: Case, run: Run, report: Report): Iterable<string> {
  const start = `    <testcase classname="${escapeMarkup(run.crl)}" name="${escapeMarkup(rule)}"`;
  if (outcome === "passed") {
    yield `${start}/>\n`;
    return;
  }
  yield `${start}>\n`;
  const [first] = findings;
  const message = escapeMarkup(why ?? first?.message ?? "");
  const text = findings.length === 0 ? message : textOf(report, run, findings).map(escapeMarkup).join("\n");
  if (outcome === "skipped") yield `      <skipped message="${message}"/>\n`;
  else if (outcome === "noted") yield `      <system-out>${text}</system-out>\n`;
  else {
    const name = outcome === "failed" ? "failure" : "error";
    yield `      <${name} type="${first?.severity ?? "error"}" message="${message}">${text}</${name}>\n`;
  }
  yield "    </testcase>\n";
}
