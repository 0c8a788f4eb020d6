import { reportOf } from "../index.ts";
import { exitCode } from "../lint/lint.ts";
import type { Report, Run } from "../lint/report.ts";
import { countFindings } from "../report/counts.ts";
import { loadRenderer } from "../report/formats.ts";
import type { ExitCode, Io } from "./io.ts";
import type { LintFlags } from "./options.ts";
import { chooseStyle } from "./style.ts";

/** Writes one report of all runs, in the order of their names, and says what it means for a gate. */
export async function finish(runs: readonly Run[], flags: LintFlags, io: Io): Promise<ExitCode> {
  const sorted = runs.toSorted((a, b) => (a.crl < b.crl ? -1 : a.crl > b.crl ? 1 : 0));
  await write(reportOf(sorted), flags, io);
  const code = exitCode(sorted, flags.failOn);
  return code === 0 && hasTooManyWarnings(sorted, flags) ? 1 : code;
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
