/**
 * Thrown if a command cannot do its work: a wrong argument, or a file, directory or address that cannot be used. Its
 * message is escaped and goes to standard error. The exit code is 2.
 */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
