/** What a command has of the world around it. */
export interface Io {
  /** Writes to standard output; false where its reader has gone away, so that there is no use in writing more. */
  readonly write: (text: string) => Promise<boolean>;
  /** Writes to standard error. */
  readonly writeError: (text: string) => Promise<boolean>;
  /** Opens standard input. */
  readonly readStdin: () => AsyncIterable<Uint8Array>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether standard output is a terminal, and how many columns it has. */
  readonly isTty: boolean;
  readonly columns: number | undefined;
  /** Whether standard error is a terminal. */
  readonly isErrorTty: boolean;
  /** The clock, in seconds since 1970. */
  readonly now: () => number;
}

/** 0 go, 1 the CRL is bad, 2 the check is bad. */
export type ExitCode = 0 | 1 | 2;

/** The command line cannot be followed. Its message is escaped and goes to standard error; the exit code is 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/**
 * A configuration or a baseline cannot be followed. Its message is escaped, shows each place, and is the whole of what
 * goes to standard error; the exit code is 2.
 */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}
