import { resolve } from "node:path";
import { reportOf, rules } from "../index.ts";
import { exitCode } from "../lint/lint.ts";
import type { Report, Run } from "../lint/report.ts";
import { countFindings } from "../report/counts.ts";
import { loadRenderer } from "../report/formats.ts";
import type { RenderOptions } from "../report/renderer.ts";
import type { ExitCode, Io } from "./io.ts";
import type { LintFlags } from "./options.ts";
import { batch, writeReport } from "./report-files.ts";
import { chooseStyle } from "./style.ts";

/**
 * Writes the reports of all runs, in the order of their names, and says what they mean for a gate. A report that cannot
 * be written makes the exit code 2: a gate must not go on without what it asked for.
 */
export async function finish(runs: readonly Run[], flags: LintFlags, io: Io): Promise<ExitCode> {
  const sorted = runs.toSorted((a, b) => (a.crl < b.crl ? -1 : a.crl > b.crl ? 1 : 0));
  const report = reportOf(sorted);
  const faults = await writeFiles(report, flags, io);
  await write(report, flags, io);
  if (faults.length > 0) {
    await io.writeError(faults.map((fault) => `error: ${fault}\n`).join(""));
    return 2;
  }
  const code = exitCode(sorted, flags.failOn);
  return code === 0 && hasTooManyWarnings(sorted, flags) ? 1 : code;
}

/** Writes the reports that go into files; each is tried, whatever becomes of the others. */
async function writeFiles(report: Report, flags: LintFlags, io: Io): Promise<readonly string[]> {
  const faults: string[] = [];
  const summary = io.env["GITHUB_STEP_SUMMARY"] ?? "";
  for (const { format, file } of flags.report ?? []) {
    const render = await loadRenderer(format);
    const isShared = summary !== "" && resolve(file) === resolve(summary);
    const fault = writeReport(file, render(report, optionsOf(flags)), isShared);
    if (fault !== undefined) faults.push(fault);
  }
  return faults;
}

/** What every format takes; nothing in it depends on the screen. */
function optionsOf({ failOn, width, quiet, verbose }: LintFlags): RenderOptions {
  return {
    rules,
    failOn,
    ...(width === undefined ? {} : { width }),
    quiet: quiet === true,
    verbose: verbose === true,
  };
}

async function write(report: Report, flags: LintFlags, io: Io): Promise<void> {
  const isHuman = flags.format === "human";
  const render = await loadRenderer(flags.format);
  const width = flags.width ?? (io.isTty ? io.columns : undefined);
  const pieces = render(report, {
    ...optionsOf(flags),
    ...(isHuman ? { color: await chooseStyle(flags.color, io) } : {}),
    ...(width === undefined ? {} : { width: Math.max(20, width) }),
  });
  for (const text of batch(pieces)) if (!(await io.write(text))) return;
}

function hasTooManyWarnings(runs: readonly Run[], { maxWarnings, failOn }: LintFlags): boolean {
  return maxWarnings !== undefined && failOn !== "never" && countFindings(runs).warning > maxWarnings;
}
