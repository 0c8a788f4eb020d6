import { UsageError } from "../options/usage-error.ts";

/**
 * Returns the error for a file without which a command cannot do its work.
 *
 * @param name the escaped name of the file
 * @param fault the reason why it cannot be read
 */
export function cannotRead(name: string, fault: string, options?: ErrorOptions): UsageError {
  return new UsageError(`cannot read ${name}: ${fault}`, options);
}
