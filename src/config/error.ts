/**
 * A configuration or a baseline cannot be followed. Its message is escaped, shows each place, and is the whole of what
 * goes to standard error; the exit code is 2.
 */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}
