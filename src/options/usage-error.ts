/** Thrown if a command line is invalid. Its message is escaped and goes to standard error. The exit code is 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
