/** What linting files takes from the process. */
export interface World {
  /** Opens standard input. */
  readonly readStdin: () => AsyncIterable<Uint8Array>;
  /** The clock, in seconds since 1970. */
  readonly now: () => number;
  /** Shows what is being done, instead of what it showed before. */
  readonly showStatus?: (text: () => string) => void;
}
