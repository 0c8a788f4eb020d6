/** The command line cannot be followed. Its message is escaped and goes to standard error; the exit code is 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
