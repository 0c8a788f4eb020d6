import { findKnown, writeBaseline } from "../config/baseline.ts";
import { formatCount } from "../rule/format-count.ts";
import { loadableRules } from "../rules/heads.ts";
import type { Finding } from "../rule/report.ts";
import { fails } from "../rule/verdict.ts";
import { isExpected, type KnownFinding, knownFinding } from "../lint/suppress.ts";
import type { Configured } from "../files/configure.ts";
import { type InputOptions, lintInputs } from "../files/lint-inputs.ts";
import { fixedTime } from "../options/time.ts";
import { type Flags, libraryOptionsFrom } from "../options/values.ts";
import type { ExitCode, Io } from "./io.ts";
import { markSuppressed } from "../files/mark-suppressed.ts";
import { StatusLine, worldOf } from "./progress.ts";
import { loadBaseline, Suppressor } from "../files/suppressor.ts";
import { writeNamed } from "../files/write-whole.ts";

/** Name of the baseline that --prune uses if none is given. */
const usualName = "crllint-baseline.json";

/**
 * Maximum number of places of one rule in one CRL that are kept apart. There may be more entries, but those share one
 * path.
 */
const maximumPlaces = 1000;

/** Maximum number of findings that a message names. */
const maximumNamed = 10;

/**
 * Writes a baseline of the current findings to standard output, so a gate can start with it. Names the findings of core
 * checks in it on standard error. With --prune, removes findings that no longer occur from a baseline.
 *
 * @returns 1 if there is a finding that fails and cannot be in a baseline
 * @throws ConfigError, UsageError as `lint`; UsageError if the baseline cannot be written
 */
export async function baseline(
  operands: readonly string[],
  given: Configured<Flags<"baseline">>,
  io: Io,
): Promise<ExitCode> {
  return given.flags.prune === true ? prune(operands, given, io) : write(operands, given, io);
}

function lintAll(operands: readonly string[], { flags, config: loaded, core }: Configured<Flags<"baseline">>, io: Io) {
  const status = new StatusLine(io);
  const options: InputOptions = { ...libraryOptionsFrom(flags), ...core, maxFindings: maximumPlaces, loaded };
  return lintInputs(operands, options, worldOf(io, status));
}

async function write(operands: readonly string[], given: Configured<Flags<"baseline">>, io: Io): Promise<ExitCode> {
  const { baseline: _, ...flags } = given.flags;
  const { runs } = await lintAll(operands, given, io);
  const rules = new Map(loadableRules.map((rule) => [rule.id, rule]));
  const entries: KnownFinding[] = [];
  const core: string[] = [];
  const left: Finding[] = [];
  const expected: Finding[] = [];
  const { expects = [] } = given.core;
  const gate = { ...flags, ...given.core };
  let [unjudged, isFailed] = [0, false];
  for await (const run of await markSuppressed(runs, { ...given, flags }, io)) {
    if (!run.judged) unjudged += 1;
    for (const entry of findKnown(run, rules, expects)) {
      entries.push(entry);
      if (entry.caSha256 !== undefined) core.push(`${entry.rule} in ${run.crl}`);
    }
    for (const finding of run.findings) {
      if (finding.suppressed !== undefined || knownFinding(finding, run, rules, expects) !== undefined) continue;
      const isFailing = fails(finding, run.core, gate);
      isFailed ||= isFailing;
      // With --fail-on never, errors do not fail the run, but the baseline is still incomplete.
      if (finding.severity !== "error" && !isFailing) continue;
      (isExpected(finding.rule, rules, expects) ? expected : left).push(finding);
    }
  }
  await io.write(writeBaseline(entries));
  if (core.length > 0) await io.writeError(describeCore(core));
  if (left.length > 0) await io.writeError(describeLeftOut("something was not checked", left));
  if (expected.length > 0) await io.writeError(describeLeftOut("the command line states what it expects", expected));
  return unjudged > 0 ? 2 : isFailed ? 1 : 0;
}

/** Describes the core checks in the baseline: a gate that uses it passes although they failed. */
function describeCore(core: readonly string[]): string {
  const which = "each for one CRL and one CA certificate";
  return `warning: the baseline accepts findings of core checks, ${which}: ${nameSome(core)}\n`;
}

function describeLeftOut(why: string, left: readonly Finding[]): string {
  const named = nameSome(left.map(({ rule, location }) => `${rule} in ${location.file}`));
  return `error: ${why}, so these findings are not in the baseline: ${named}\n`;
}

function nameSome(findings: readonly string[]): string {
  const named = findings.slice(0, maximumNamed).join(", ");
  const more = findings.length - maximumNamed;
  return more > 0 ? `${named}, and ${formatCount(more)} more` : named;
}

async function prune(operands: readonly string[], given: Configured<Flags<"baseline">>, io: Io): Promise<ExitCode> {
  const { flags, config } = given;
  const path = flags.baseline ?? usualName;
  const { name, entries } = await loadBaseline(path);
  const suppressor = new Suppressor(config, { name, entries }, fixedTime(flags.now, io.now), given.core.expects);
  const unjudged: string[] = [];
  const { runs } = await lintAll(operands, given, io);
  for await (const run of runs) {
    suppressor.mark(run);
    if (!run.judged) unjudged.push(run.crl);
  }
  if (unjudged.length > 0) {
    await io.writeError(`error: nothing was removed from ${name}, because ${unjudged[0]} could not be linted\n`);
    return 2;
  }
  const idle = suppressor.idleEntries();
  if (idle.size > 0) writeNamed(path, writeBaseline(entries.filter((entry) => !idle.has(entry))));
  await io.write(`removed ${formatCount(idle.size)} of ${formatCount(entries.length)} entries from ${name}\n`);
  return 0;
}
