import { limitsFrom } from "../der/limits.ts";
import { statusOfFiles } from "../files/status-of-files.ts";
import { timeOf } from "../options/time.ts";
import type { Flags } from "../options/values.ts";
import { writeReports } from "./finish.ts";
import type { ExitCode, Io } from "./io.ts";
import { StatusLine, worldOf } from "./progress.ts";
import { checkReportFiles } from "./report-files.ts";

/**
 * Reports the status of a certificate and of those above it, according to RFC 5280 6.3.3.
 *
 * @param leaf file with the certificate
 * @param operands files and directories with CRLs and further certificates
 * @throws UsageError if the first file contains no certificate, if a report would replace an input, or if the time is
 * thisUpdate
 */
export async function status(
  leaf: string,
  operands: readonly string[],
  flags: Flags<"status">,
  io: Io,
): Promise<ExitCode> {
  const { chain = [], now } = flags;
  const at = Math.floor(timeOf("status", now, io.now));
  checkReportFiles(flags.report ?? [], [leaf, ...operands, ...chain]);
  const line = new StatusLine(io);
  const files = {
    leaf,
    operands: [...chain, ...operands],
    at,
    limits: limitsFrom(flags.limit),
    isFull: flags.verbose === true,
  };
  const runs = await statusOfFiles(files, worldOf(io, line));
  return writeReports(runs, { ...flags, failOn: "error" }, io, { status: line });
}
