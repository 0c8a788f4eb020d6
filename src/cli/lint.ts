import { type Configured, settingsFiles } from "../files/configure.ts";
import { lintInputs } from "../files/lint-inputs.ts";
import { markSuppressed, suppresses } from "../files/mark-suppressed.ts";
import { type Flags, libraryOptionsFrom, pathsIn } from "../options/values.ts";
import { formatsWithDigests } from "../report/formats.ts";
import { writeReports } from "./finish.ts";
import type { ExitCode, Io } from "./io.ts";
import { StatusLine, worldOf } from "./progress.ts";
import { partOfJob } from "./part-of-job.ts";
import { checkReportFiles } from "./report-files.ts";

/**
 * Lints the CRLs among some files with the certificates among them, and writes reports.
 *
 * @throws UsageError as `lintInputs`, or if a report would replace an input
 */
export async function lint(
  operands: readonly string[],
  settings: Configured<Flags<"lint">>,
  io: Io,
): Promise<ExitCode> {
  const given = { ...settings, flags: withPart(settings.flags, io) };
  const { flags, config: loaded } = given;
  checkReportFiles(flags.report ?? [], [...operands, ...pathsIn(flags), ...settingsFiles(given)]);
  const status = new StatusLine(io);
  // Suppressions may use digests, even if no report states them.
  const digests = reportsDigests(flags) || suppresses(given);
  const world = worldOf(io, status);
  const { runs, inputs } = await lintInputs(
    operands,
    { ...libraryOptionsFrom(flags), ...given.core, loaded, digests },
    world,
  );
  // The number of files is reported only for directories: files that were named individually need not be counted.
  const about = { status, ...(inputs.directories > 0 && { inputs }) };
  const code = await writeReports(await markSuppressed(runs, given, io), { ...flags, ...given.core }, io, about);
  if (code !== 2) io.onLinted?.();
  return code;
}

/**
 * Adds the part of a Kubernetes Job to the flags, if no part is given. A Job must set JOB_COMPLETIONS for that; without
 * it, each pod lints all files. A gate must not depend on variables.
 */
function withPart(flags: Flags<"lint">, { env }: Io): Flags<"lint"> {
  if (flags.shard !== undefined || flags.gate === true || env["JOB_COMPLETIONS"] === undefined) return flags;
  const shard = partOfJob(env);
  return shard === undefined ? flags : { ...flags, shard };
}

/** Whether a report states the digests of CRLs. */
function reportsDigests({ format, report = [], verbose }: Flags<"lint">): boolean {
  if (format === "human" && verbose === true) return true;
  return [format, ...report.map((one) => one.format)].some((one) => formatsWithDigests.has(one));
}
