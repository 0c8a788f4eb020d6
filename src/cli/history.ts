import { join } from "node:path";
import { queryHistory } from "../monitor/query.ts";
import { parseDuration } from "../options/duration.ts";
import type { Flags } from "../options/values.ts";
import type { ExitCode, Io } from "./io.ts";

/**
 * Lists what a monitor has seen: CRLs, findings that began or ended, events, and failed fetches, the latest first.
 *
 * @param about a URL, or part of the name of a CA or its owner; undefined for everything
 * @throws UsageError if the directory has no history
 */
export async function history(about: string | undefined, flags: Flags<"history">, io: Io): Promise<ExitCode> {
  const { out, format } = flags;
  const length = flags.since === undefined ? undefined : parseDuration(flags.since);
  const since = length === undefined ? undefined : io.now() - length;
  for (const text of await queryHistory(join(out, "history.db"), { about, since }, format)) {
    if (!(await io.write(text))) break;
  }
  return 0;
}
