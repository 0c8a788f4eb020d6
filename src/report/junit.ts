import type { Run } from "../rule/report.ts";
import { type Case, caseOfCall, casesOf } from "./cases.ts";
import { describeStatus } from "../status/run.ts";
import { limitsOfCore, Totals } from "./counts.ts";
import { textOf } from "./finding-text.ts";
import { escapeMarkup } from "./markup.ts";
import type { Renderer, RenderOptions, ReportHead } from "./renderer.ts";

/**
 * Writes JUnit XML: a suite for each CRL, a case for each rule. A case fails if its findings make the run fail; other
 * findings are its output. If the run is undecided, the case of the cause is an error. If the verdict of the call is worse
 * than that of each CRL, a last suite has a case that states why. Each suite has its counts. Sums over all suites are optional, and omitted because they would be before the first suite.
 */
export function renderJunit(head: ReportHead, options: RenderOptions): Renderer {
  const totals = new Totals(options, head);
  return {
    start: () => ['<?xml version="1.0" encoding="UTF-8"?>\n', '<testsuites name="crllint">\n'],
    *run(run) {
      totals.add(run);
      const cases = casesOf(run, options);
      yield `  <testsuite name="${escapeMarkup(run.crl)}" ${countsOf(cases)}>\n`;
      yield* properties(run);
      for (const each of cases) yield* testCase(each, run.crl, textOf(run, each.findings));
      yield "  </testsuite>\n";
    },
    *end() {
      const ofCall = caseOfCall(totals);
      if (ofCall !== undefined) {
        yield `  <testsuite name="crllint" ${countsOf([ofCall])}>\n`;
        yield* testCase(ofCall, "crllint", []);
        yield "  </testsuite>\n";
      }
      yield `  <!-- verdict: ${totals.verdict} -->\n`;
      yield "</testsuites>\n";
    },
  };
}

function countsOf(cases: readonly Case[]): string {
  const count = (outcome: Case["outcome"]): number => cases.filter((each) => each.outcome === outcome).length;
  const [failures, errors, skipped] = [count("failed"), count("error"), count("skipped")];
  return `tests="${cases.length}" failures="${failures}" errors="${errors}" skipped="${skipped}"`;
}

function* properties(run: Run): Iterable<string> {
  const { verdict, certificate, sha256, pairing, profiles, baselines, scope } = run;
  yield "    <properties>\n";
  const values = {
    verdict,
    status: certificate && describeStatus(certificate),
    limits: limitsOfCore(run).join("; ") || undefined,
    sha256,
    issuer: pairing?.certificate,
    "issuer.sha256": pairing?.sha256,
    profile: profiles.join(","),
    baselines: baselines?.sources.join(","),
    scope: scope.kind,
  };
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined) yield `      <property name="${name}" value="${escapeMarkup(value)}"/>\n`;
  }
  yield "    </properties>\n";
}

/** @param lines text of the findings */
function* testCase({ rule, outcome, why, findings }: Case, name: string, lines: readonly string[]): Iterable<string> {
  const start = `    <testcase classname="${escapeMarkup(name)}" name="${escapeMarkup(rule)}"`;
  if (outcome === "passed") {
    yield `${start}/>\n`;
    return;
  }
  yield `${start}>\n`;
  const [first] = findings;
  const message = escapeMarkup(why ?? first?.message ?? "");
  const text = findings.length === 0 ? message : lines.map(escapeMarkup).join("\n");
  if (outcome === "skipped") yield `      <skipped message="${message}"/>\n`;
  else if (outcome === "noted") yield `      <system-out>${text}</system-out>\n`;
  else {
    const element = outcome === "failed" ? "failure" : "error";
    yield `      <${element} type="${first?.severity ?? "error"}" message="${message}">${text}</${element}>\n`;
  }
  yield "    </testcase>\n";
}
