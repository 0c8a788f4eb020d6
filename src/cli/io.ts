/** What a command takes from the process. */
export interface Io {
  /** Writes to standard output; false if its reader closed the pipe, so further writes are useless. */
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
  /** What Node runs as crllint: its file, after options of Node. Empty if crllint and Node are one executable. */
  readonly program: readonly string[];
  /** The clock, in seconds since 1970. */
  readonly now: () => number;
  /** Waits for some seconds; undefined to wait for as long as the clock says. */
  readonly sleep?: (seconds: number) => Promise<void>;
  /** Called after a run of `lint`, when its reports are written. */
  readonly onLinted?: () => void;
}

/** 0 nothing found that fails, 1 found something, 2 could not lint. */
export type ExitCode = 0 | 1 | 2;
