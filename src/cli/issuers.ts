import type { Limits } from "../der/limits.ts";
import { readStore } from "../files/read-store.ts";
import type { OwnFinding } from "../files/own-run.ts";
import type { IssuerStore } from "../given/issuer-store.ts";
import { UsageError } from "../options/usage-error.ts";
import type { Io } from "./io.ts";

/**
 * Opens the store that --issuers names, for a command that does not report on its inputs. Writes a message to standard
 * error for what could not be added to the store.
 *
 * @throws UsageError if a path cannot be read
 */
export async function readStoreOf(
  paths: readonly string[] | undefined,
  limits: Limits,
  io: Pick<Io, "writeError">,
): Promise<IssuerStore | undefined> {
  const findings: OwnFinding[] = [];
  const store = await readStore(paths, limits, findings);
  for (const { severity, file, message } of findings) {
    if (severity === "error") throw new UsageError(`--issuers ${file}: ${message}`);
    await io.writeError(`${severity}: ${file}: ${message}\n`);
  }
  return store;
}
