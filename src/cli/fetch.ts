import { evidenceFiles } from "../fetch/evidence.ts";
import { lintUrls } from "../fetch/lint-urls.ts";
import { type Configured, settingsFiles } from "../files/configure.ts";
import { markSuppressed } from "../files/mark-suppressed.ts";
import { UsageError } from "../options/usage-error.ts";
import { type Flags, libraryOptionsFrom, pathsIn } from "../options/values.ts";
import { writeReports } from "./finish.ts";
import type { ExitCode, Io } from "./io.ts";
import { FetchProgress } from "./progress.ts";
import { checkReportFiles } from "./report-files.ts";

/**
 * Fetches CRLs over HTTP, and lints them and how they are served.
 *
 * @throws UsageError as `lintUrls`, or if a report or the output would replace an input, or the output is for several
 * URLs
 */
export async function fetchCrls(
  operands: readonly string[],
  given: Configured<Flags<"fetch">>,
  io: Io,
): Promise<ExitCode> {
  const { flags, config: loaded } = given;
  const evidence = flags.output === undefined ? [] : evidenceFiles(flags.output);
  checkReportFiles(flags.report ?? [], [...pathsIn(flags), ...settingsFiles(given)], evidence);
  const urls = [...new Set(operands)];
  if (evidence.length > 0 && urls.length > 1) throw new UsageError("--output takes what one URL returns");
  const progress = new FetchProgress(io, urls.length);
  const options = { ...libraryOptionsFrom(flags), ...given.core, loaded };
  const runs = await lintUrls(urls, options, flags, io, progress).finally(() => progress.clear());
  return writeReports(await markSuppressed(runs, given, io), { ...flags, ...given.core }, io);
}
