/** Parts of the process that linting files uses. */
export interface World {
  /** Opens standard input. */
  readonly readStdin: () => AsyncIterable<Uint8Array>;
  /** The clock, in seconds since 1970. */
  readonly now: () => number;
  /** Shows the current activity, and replaces the text shown before. */
  readonly showStatus?: (text: () => string) => void;
}
