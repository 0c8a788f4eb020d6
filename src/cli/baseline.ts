import { findKnown, writeBaseline } from "../config/baseline.ts";
import { formatCount } from "../rule/format-count.ts";
import { loadableRules } from "../rules/heads.ts";
import { type Finding, isAtLeast } from "../rule/report.ts";
import { type KnownFinding, knownFinding } from "../lint/suppress.ts";
import type { Configured } from "../files/configure.ts";
import { escapePath } from "../files/escape-path.ts";
import { type ExitCode, type Io, UsageError } from "./io.ts";
import { judgeOperands } from "./lint.ts";
import { markSuppressed } from "../files/mark-suppressed.ts";
import type { LintFlags } from "./options.ts";
import { StatusLine } from "./progress.ts";
import { loadBaseline, Suppressor } from "../files/suppressor.ts";
import { writeWhole } from "../files/write-whole.ts";

/** Options of `crllint baseline`. */
export interface BaselineFlags extends LintFlags {
  readonly prune?: true;
}

/** The baseline that is pruned where none is named. */
const usualName = "crllint-baseline.json";

/** Places of one rule in one CRL that are told apart; entries, of which there may be more, share one path. */
const maximumPlaces = 1000;

/** Most findings that are named because they cannot be in a baseline. */
const maximumNamed = 10;

/**
 * Writes what is found in CRLs today to standard output, so that a gate can start with it; or, with --prune, takes out
 * of a baseline what is found no more.
 *
 * @returns 1 where something was found that cannot be in a baseline, and that fails
 * @throws ConfigError, UsageError as `lint`; UsageError where the baseline cannot be written
 */
export async function baseline(
  operands: readonly string[],
  given: Configured<BaselineFlags>,
  io: Io,
): Promise<ExitCode> {
  const flags: BaselineFlags = { ...given.flags, maxFindings: maximumPlaces };
  return flags.prune === true ? prune(operands, { ...given, flags }, io) : write(operands, { ...given, flags }, io);
}

async function write(operands: readonly string[], given: Configured<BaselineFlags>, io: Io): Promise<ExitCode> {
  const { baseline: _, ...flags } = given.flags;
  const runs = await judgeOperands(operands, given, io, new StatusLine(io));
  const rules = new Map(loadableRules.map((rule) => [rule.id, rule]));
  const entries: KnownFinding[] = [];
  const left: string[] = [];
  let unjudged = 0;
  for await (const run of await markSuppressed(runs, { ...given, flags }, io)) {
    if (!run.judged) unjudged += 1;
    for (const entry of findKnown(run, rules)) entries.push(entry);
    const others = run.findings.filter(
      (finding) => knownFinding(finding, run, rules) === undefined && fails(finding, flags),
    );
    left.push(...others.map(({ rule, location }) => `${rule} in ${location.file}`));
  }
  await io.write(writeBaseline(entries));
  if (left.length > 0) await io.writeError(tellOf(left));
  return unjudged > 0 ? 2 : left.length > 0 ? 1 : 0;
}

function fails({ severity, suppressed }: Finding, { failOn }: Pick<LintFlags, "failOn">): boolean {
  return suppressed === undefined && failOn !== "never" && isAtLeast(severity, failOn);
}

function tellOf(left: readonly string[]): string {
  const named = left.slice(0, maximumNamed).join(", ");
  const more = left.length > maximumNamed ? `, and ${formatCount(left.length - maximumNamed)} more` : "";
  return `error: what says that something was not judged cannot be in a baseline: ${named}${more}\n`;
}

async function prune(operands: readonly string[], given: Configured<BaselineFlags>, io: Io): Promise<ExitCode> {
  const { flags, config } = given;
  const path = flags.baseline ?? usualName;
  const { name, entries } = await loadBaseline(path);
  const suppressor = new Suppressor(config, { name, entries }, flags.now ?? io.now());
  const unjudged: string[] = [];
  for await (const run of await judgeOperands(operands, given, io, new StatusLine(io))) {
    suppressor.mark(run);
    if (!run.judged) unjudged.push(run.crl);
  }
  if (unjudged.length > 0) {
    await io.writeError(`error: nothing was taken out of ${name}, because ${unjudged[0]} could not be judged\n`);
    return 2;
  }
  const idle = suppressor.idleEntries();
  if (idle.size > 0) rewrite(path, name, writeBaseline(entries.filter((entry) => !idle.has(entry))));
  await io.write(`took ${formatCount(idle.size)} of ${formatCount(entries.length)} entries out of ${name}\n`);
  return 0;
}

function rewrite(path: string, name: string, text: string): void {
  try {
    writeWhole(path, text);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new UsageError(`${name} was not written: ${escapePath(code)}`);
  }
}
