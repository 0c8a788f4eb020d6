/** The parts of the process that a command uses. */
export interface Io {
  /** Writes to standard output. Returns false if the reader closed the pipe, so further writes are useless. */
  readonly write: (text: string) => Promise<boolean>;
  /** Writes to standard error. */
  readonly writeError: (text: string) => Promise<boolean>;
  /** Opens standard input. */
  readonly readStdin: () => AsyncIterable<Uint8Array>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether standard output is a terminal, whose width is `columns`. */
  readonly isTty: boolean;
  readonly columns: number | undefined;
  /** Whether standard error is a terminal. */
  readonly isErrorTty: boolean;
  /**
   * Arguments with which Node runs crllint: options of Node, then its file. Empty if crllint and Node are one
   * executable.
   */
  readonly program: readonly string[];
  /** Returns the current time in seconds since 1970. */
  readonly now: () => number;
  /** Waits for some seconds. Undefined to use a timer. */
  readonly sleep?: (seconds: number) => Promise<void>;
  /** Called after a run of `lint` that could lint its inputs, when its reports are written. */
  readonly onLinted?: () => void;
}

/**
 * 0: pass. 1: fail: a finding is at or above `--fail-on`. 2: undecided: a core check was not made, an input cannot be
 * read, a rule crashed, or a usage error. Commands that lint nothing have other meanings of 0 and 1.
 */
export type ExitCode = 0 | 1 | 2;
