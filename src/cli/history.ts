import { join } from "node:path";
import { keeping } from "../fetch/keeping.ts";
import { escapePath } from "../files/escape-path.ts";
import { makeDirectory } from "../files/make-directory.ts";
import { joinHistories, type Place } from "../monitor/join.ts";
import { describePlaces, queryHistory } from "../monitor/query.ts";
import { parseDuration } from "../options/duration.ts";
import { UsageError } from "../options/usage-error.ts";
import type { Flags } from "../options/values.ts";
import type { ExitCode, Io } from "./io.ts";
import { Batch } from "./report-files.ts";

/** Name of the database in a monitor's directory. */
const fileName = "history.db";

/**
 * Lists what a monitor has recorded, latest first: CRLs, findings that began or ended, events, and failed fetches. Or
 * joins the histories of monitors in several places.
 *
 * @param about a URL, or part of the name of a CA or its owner; undefined for everything; `merge` to join the `places`
 * @throws UsageError if the directory has no history, or histories cannot be joined
 */
export async function history(
  about: string | undefined,
  places: readonly string[],
  flags: Flags<"history">,
  io: Io,
): Promise<ExitCode> {
  if (about === "merge") return merge(places, flags, io);
  if (places.length > 0) throw new UsageError("give one URL, or one part of a name");
  const { out, format } = flags;
  const length = flags.since === undefined ? undefined : parseDuration(flags.since);
  const since = length === undefined ? undefined : io.now() - length;
  const batch = new Batch();
  for await (const line of queryHistory(join(out, fileName), { about, since }, format)) {
    for (const text of batch.add([line])) if (!(await io.write(text))) return 0;
  }
  await io.write(batch.rest());
  return 0;
}

async function merge(operands: readonly string[], { out }: Flags<"history">, io: Io): Promise<ExitCode> {
  const places = operands.map(placeOf);
  if (places.length < 2)
    throw new UsageError("merge joins several places: crllint history merge --out DIR PLACE=DIR PLACE=DIR");
  if (new Set(places.map(({ name }) => name)).size < places.length) throw new UsageError("two places have one name");
  const target = join(out, fileName);
  keeping(out, () => makeDirectory(out));
  await joinHistories(target, places);
  await io.write(await describePlaces(target));
  return 0;
}

function placeOf(operand: string): Place {
  const { name, folder } = /^(?<name>[^=/\\]+)=(?<folder>.+)$/su.exec(operand)?.groups ?? {};
  if (name === undefined || folder === undefined) {
    throw new UsageError(`expected PLACE=DIR, where DIR is the --out of a monitor: ${escapePath(operand)}`);
  }
  return { name: escapePath(name), path: join(folder, fileName) };
}
