import { reportOf, rules } from "../index.ts";
import { exitCode, lintOne, type LintOptions } from "../lint/lint.ts";
import type { Report, Run } from "../lint/report.ts";
import { type Selection, selectRules } from "../lint/select.ts";
import { countFindings } from "../report/counts.ts";
import { loadRenderer } from "../report/formats.ts";
import { sources } from "../sources/profiles.ts";
import { nodeVerifier } from "../verify/node.ts";
import { escapePath } from "./escape-path.ts";
import { gather, type Gathered } from "./gather.ts";
import { type ExitCode, type Io, UsageError } from "./io.ts";
import { findNearest } from "./nearest.ts";
import type { LintFlags } from "./options.ts";
import { type OwnFinding, ownRun } from "./own-run.ts";
import { chooseStyle } from "./style.ts";

/**
 * Judges the CRLs among some files by the certificates among them, and writes one report.
 *
 * @throws UsageError where there is nothing to judge or a rule is named that does not exist
 */
export async function lint(operands: readonly string[], flags: LintFlags, io: Io): Promise<ExitCode> {
  if (operands.length === 0) throw new UsageError("missing argument: no file is named");
  const options = optionsOf(flags, io);
  checkPatterns(options.selection);
  const form = flags.tbs === true ? "tbs" : "crl";
  const inputs = { operands, issuerFiles: flags.issuer ?? [], stdinName: flags.stdinName, form } as const;
  const gathered = await gather(inputs, io, options.verifier);
  const runs = judge(gathered, flags, options);
  await write(reportOf(runs), flags, io);
  const code = exitCode(runs, flags.failOn);
  return code === 0 && hasTooManyWarnings(runs, flags) ? 1 : code;
}

function optionsOf(flags: LintFlags, io: Io): LintOptions {
  return {
    selection: {
      profiles: [...new Set(flags.profile)],
      select: flags.select ?? [],
      ignore: flags.ignore ?? [],
      severity: flags.severity ?? [],
    },
    allDates: flags.allDates === true,
    maxFindings: flags.maxFindings,
    now: flags.now ?? io.now(),
    scope: flags.scope,
    completeness: flags.full === true ? "full" : flags.partitioned === true ? "partitioned" : undefined,
    signature: flags.signature,
    verifier: nodeVerifier(),
    failOnSkipped: flags.failOnSkipped === true,
  };
}

/** A pattern that no rule matches is a mistyped one: a gate would go on without the rule that it was meant for. */
function checkPatterns(selection: Selection): void {
  const [pattern] = selectRules(rules, selection).unmatched;
  if (pattern === undefined) return;
  const known = new Set([
    ...rules.map(({ id }) => id),
    ...rules.map(({ id }) => id.slice(0, id.indexOf("/"))),
    ...Object.keys(sources).map((source) => `source:${source}`),
  ]);
  const nearest = findNearest(pattern, known);
  const hint = nearest === undefined ? "" : `; did you mean ${nearest}?`;
  throw new UsageError(`no rule matches ${escapePath(pattern)}${hint}`);
}

function judge(gathered: Gathered, flags: LintFlags, options: LintOptions): readonly Run[] {
  const { objects, certificates, issuers, findings } = gathered;
  const { profiles } = options.selection;
  const form = flags.tbs === true ? "tbs" : "crl";
  const issuersChosen = flags.issuer !== undefined;
  const given = issuersChosen ? { issuers, others: certificates } : { issuers: certificates, others: [] };
  const runs = objects.map((object) => lintOne(rules, { object, form, issuersChosen, ...given }, options));
  runs.push(...findings.map((finding) => ownRun(finding, form, profiles)));
  if (runs.every(({ judged, rules: outcomes }) => judged && outcomes.length === 0)) {
    runs.push(ownRun(nothingToLint(gathered, form), form, profiles));
  }
  return runs.toSorted((a, b) => (a.crl < b.crl ? -1 : a.crl > b.crl ? 1 : 0));
}

function nothingToLint({ certificates }: Gathered, form: "crl" | "tbs"): OwnFinding {
  const [first] = certificates;
  const wanted = form === "tbs" ? "TBSCertList" : "CRL";
  const given = certificates.length === 1 ? "a certificate was" : `${certificates.length} certificates were`;
  return {
    rule: "crllint/no-crl",
    severity: "error",
    file: first?.artefact.name ?? "",
    length: first?.artefact.bytes.length ?? 0,
    message: `there is nothing to lint: ${given} given, but no ${wanted}`,
    help: "give the CRL too: crllint ca.pem crl.der",
  };
}

async function write(report: Report, flags: LintFlags, io: Io): Promise<void> {
  const isHuman = flags.format === "human";
  const render = await loadRenderer(flags.format);
  const width = flags.width ?? (io.isTty ? io.columns : undefined);
  const pieces = render(report, {
    ...(isHuman ? { color: await chooseStyle(flags.color, io) } : {}),
    ...(width === undefined ? {} : { width: Math.max(20, width) }),
    quiet: flags.quiet === true,
    verbose: flags.verbose === true,
  });
  let batch = "";
  for (const piece of pieces) {
    batch += piece;
    if (batch.length < 2 ** 16) continue;
    if (!(await io.write(batch))) return;
    batch = "";
  }
  await io.write(batch);
}

function hasTooManyWarnings(runs: readonly Run[], { maxWarnings, failOn }: LintFlags): boolean {
  return maxWarnings !== undefined && failOn !== "never" && countFindings(runs).warning > maxWarnings;
}
