import type { InputObject } from "../input/read.ts";
import type { LintOptions } from "../lint/lint.ts";
import type { Operand } from "./expand.ts";

/** What a configuration says of one file. */
export interface FileSettings {
  /** Which of its pairs the file belongs to, by index. */
  readonly pair?: number;
  /** What its CRLs are said to be. */
  readonly stated?: Partial<Pick<LintOptions, "scope" | "completeness" | "noIssuer">>;
}

/** A file that holds what is linted. */
export interface CrlFile extends Operand, FileSettings {
  /** Its path as reports show it. */
  readonly name: string;
  /** Whether it is for this call to lint. */
  readonly isInShard: boolean;
  /** Size in bytes. */
  readonly size: number;
  /** How many objects it holds that are linted. */
  readonly count: number;
  /** Whether it is a stream, which cannot be read again. */
  readonly isStream: boolean;
  /** Those objects, where they were kept; the others are read once more. */
  readonly objects: readonly InputObject[] | undefined;
}
