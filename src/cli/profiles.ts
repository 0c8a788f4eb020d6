import { profileTable } from "../explain/profile-table.ts";
import type { ExitCode, Io } from "./io.ts";
import { toFit } from "./to-fit.ts";

/** Lists the profiles, with the sources of requirements that each includes. */
export async function listProfiles(io: Io): Promise<ExitCode> {
  await io.write(toFit(profileTable(), io));
  return 0;
}
