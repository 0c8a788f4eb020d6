import type { Sample } from "./measure.ts";
import type { Share } from "./profile.ts";
import type { Resident } from "./resident.ts";

/** What one program took for one scenario. */
export interface Row extends Sample {
  readonly program: string;
  readonly does: string;
}

/** A target, and what was measured. */
export interface Outcome {
  readonly what: string;
  /** As in the target: seconds by seconds, or octets. */
  readonly limit: number;
  readonly measured: number;
  readonly met: boolean;
}

export interface Measured {
  readonly scenario: string;
  readonly what: string;
  /** Number of entries, or of files. */
  readonly count: number;
  /** Size of the CRL. */
  readonly octets: number;
  readonly rows: readonly Row[];
  readonly outcomes: readonly Outcome[];
}

/** Everything that one run of the benchmark found. */
export interface Results {
  readonly machine: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly measured: readonly Measured[];
  readonly growth: readonly Measured[];
  readonly resident: Resident | undefined;
  /** Where the time goes with a million entries. */
  readonly profile: readonly Share[] | undefined;
}
