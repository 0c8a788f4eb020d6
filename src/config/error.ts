/**
 * Thrown if a configuration or a baseline is invalid. Its message is escaped, shows each place, and is the complete
 * text for standard error. The exit code is 2.
 */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}
