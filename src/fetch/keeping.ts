import { escapePath } from "../files/escape-path.ts";
import { reasonOf } from "../files/system-error.ts";
import { UsageError } from "../options/usage-error.ts";

/**
 * Does work that writes into a directory.
 *
 * @throws UsageError if it fails: a full disk is not an error of the server
 */
export function keeping<T>(directory: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`cannot write to directory ${escapePath(directory)}: ${reasonOf(error)}`, { cause: error });
  }
}
