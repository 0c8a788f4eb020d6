import { escapePath } from "../files/escape-path.ts";
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
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new UsageError(`cannot write to directory ${escapePath(directory)}: ${escapePath(code)}`, { cause: error });
  }
}
