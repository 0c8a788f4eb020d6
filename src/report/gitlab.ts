import type { Run, Severity } from "../rule/report.ts";
import { lastFindings, limitsOfCore, Totals } from "./counts.ts";
import { fingerprintsOf, fnv128 } from "./fingerprint.ts";
import type { Renderer, RenderOptions, ReportHead } from "./renderer.ts";
import { type Json, JsonParts } from "./serialize.ts";
import { withSuppressionInMessage } from "./suppressed.ts";
import { formatCount } from "../rule/format-count.ts";

const severities = { error: "critical", warning: "major", notice: "info" } as const satisfies Readonly<
  Record<Severity, string>
>;

/** Name of the issue for a core check that was left out. */
const coreCheck = "crllint/core-check";

/** Name of the issue for a call whose verdict is worse than that of each run. */
const ofCall = "crllint/verdict";

/**
 * Writes GitLab's Code Quality report: a list of all findings. An error on an undecided input is a blocker. The format
 * has no other place for the core checks that were left out, so each is an issue of severity info, nor for a verdict of
 * the call that is worse than that of each CRL.
 */
export function renderGitlab(head: ReportHead, options: RenderOptions): Renderer {
  const issues = new JsonParts("[]");
  const totals = new Totals(options, head);
  let first: string | undefined;
  return {
    start: () => [issues.open()],
    *run(run) {
      totals.add(run);
      first ??= run.crl;
      for (const issue of issuesOf(run)) yield* issues.item(issue);
    },
    *end() {
      const { cause, verdict } = totals;
      if (cause !== undefined) {
        yield* issues.item({
          description: cause,
          check_name: ofCall,
          fingerprint: fnv128([ofCall, verdict].join("\n")),
          severity: verdict === "undecided" ? "blocker" : severities.error,
          // An issue must have a path.
          location: locationOf(first ?? "crllint"),
          verdict,
        });
      }
      yield `${issues.close()}\n`;
    },
  };
}

function* issuesOf(run: Run): Iterable<Json> {
  for (const limit of limitsOfCore(run)) {
    yield {
      description: limit,
      check_name: coreCheck,
      fingerprint: fnv128([coreCheck, limit, run.crl].join("\n")),
      severity: severities.notice,
      location: locationOf(run.crl),
      verdict: run.verdict,
    };
  }
  const fingerprints = fingerprintsOf(run);
  const heldBack = lastFindings(run);
  for (const finding of run.findings) {
    const { rule, severity, message, location } = withSuppressionInMessage(finding);
    const more = heldBack.get(finding);
    yield {
      description: more === undefined ? message : `${message} (and ${formatCount(more)} more)`,
      check_name: rule,
      fingerprint: fingerprints.get(finding) ?? "",
      severity: !run.judged && severity === "error" ? "blocker" : severities[severity],
      location: locationOf(location.file, location.pem?.line),
      // GitLab ignores unknown fields.
      verdict: run.verdict,
    };
  }
}

/** Returns a location. Paths must be relative to the root of the repository, without a leading dot. */
function locationOf(file: string, line = 1): Json {
  return { path: file.replace(/^(?:\.\/+)+/u, ""), lines: { begin: line } };
}
