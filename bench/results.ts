import type { Sample } from "./measure.ts";
import type { Share } from "./profile.ts";
import type { Resident } from "./resident.ts";
import type { Serving } from "./serving.ts";

/** Time and memory of one program for one scenario. */
export interface Row extends Sample {
  readonly program: string;
  readonly does: string;
}

/** A target and the measured value. */
export interface Outcome {
  readonly what: string;
  /** Limit in the unit of the target: a ratio of seconds, or bytes. */
  readonly limit: number;
  readonly measured: number;
  readonly met: boolean;
  /** The value that was measured before, at the commit that `page.ts` names. */
  readonly before?: number | undefined;
}

export interface Measured {
  readonly scenario: string;
  readonly what: string;
  /** Number of entries, or of files. */
  readonly count: number;
  /** Size of the CRL in bytes. */
  readonly bytes: number;
  readonly rows: readonly Row[];
  readonly outcomes: readonly Outcome[];
}

/** All results of one run of the benchmark. */
export interface Results {
  readonly machine: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly measured: readonly Measured[];
  readonly growth: readonly Measured[];
  readonly resident: Resident | undefined;
  readonly serving: Serving | undefined;
  /** Parts of the time with 1,000,000 entries. */
  readonly profile: readonly Share[] | undefined;
}

/** Time on the clock and on processors, in seconds. On a busy machine, only the latter is reliable. */
export interface Spent {
  readonly wall: number;
  readonly cpu: number;
}

/** Cost of the monitor. Memory is in bytes. */
export interface Watching {
  /** Cost of opening the reports of the CCADB; undefined if they were not given. */
  readonly reports:
    | { readonly certificates: number; readonly records: number; readonly spent: Spent; readonly peak: number }
    | undefined;
  /** Cost of a round over gzip bodies that unpack to `bytes` each. */
  readonly bombs: { readonly count: number; readonly bytes: number; readonly peak: number | undefined };
  readonly year: {
    readonly crls: number;
    readonly rounds: number;
    /** Size of history.db in bytes. */
    readonly bytes: number;
    /** Bookkeeping of a round: the median. `slow` is the 99th percentile. */
    readonly median: Spent;
    readonly slow: Spent;
    /** Cost of all pages, then of the pages after one more round. */
    readonly pages: { readonly first: Spent; readonly next: Spent };
    readonly peak: number;
  };
}
