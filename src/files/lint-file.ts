import type { InputObject } from "../input/read.ts";
import { type LintInput, lintOne } from "../lint/lint.ts";
import type { Limits } from "../der/limits.ts";
import type { Run } from "../rule/report.ts";
import { loadableRules } from "../rules/heads.ts";
import { issuersFor } from "./bind-files.ts";
import type { CrlFile, FileSettings } from "./crl-file.ts";
import { changed, unreadable } from "./input-findings.ts";
import { ownRun } from "./own-run.ts";
import { readFile } from "./read-files.ts";
import type { LintSetup } from "./setup.ts";
import { sortFile } from "./sort-file.ts";

/** An object to lint, with what it alone is linted with. */
export interface Candidate extends Partial<Omit<LintInput, "object">>, Pick<LintInput, "object"> {
  /** What a configuration says that it is, instead of what options say of all. */
  readonly stated?: FileSettings["stated"];
  /** Whether it is there only for the others, and another call lints it. */
  readonly isInOtherShard?: boolean;
}

/** The objects of a file that are linted, each with what the file's pair and a configuration say of it. */
export function candidatesOf(
  file: CrlFile,
  objects: readonly InputObject[],
  { shared, pairs }: LintSetup,
): readonly Candidate[] {
  const { stated, isInShard } = file;
  const roles = issuersFor(file, pairs, shared);
  return objects.map((object) => ({ object, ...roles, ...(stated && { stated }), isInOtherShard: !isInShard }));
}

/** Lints one object. */
export function lintCandidate(
  { stated, ...own }: Candidate,
  { shared, options }: Pick<LintSetup, "shared" | "options">,
): Run {
  return lintOne(loadableRules, { ...shared, ...own }, { ...options, ...stated });
}

/**
 * Lints all CRLs of a file, each by itself; keeps none of its bytes. A file that can no longer be read, or holds
 * something else than when it was found, is reported as such.
 */
export function lintFile(file: CrlFile, setup: LintSetup): readonly Run[] {
  const { shared, options } = setup;
  const found = file.objects ?? readAgain(file, shared.form, options.limits);
  if ("rule" in found) return [ownRun(found, shared.form, options.selection.profiles)];
  return candidatesOf(file, found, setup).map((candidate) => lintCandidate(candidate, setup));
}

function readAgain(file: CrlFile, form: "crl" | "tbs", limits: Limits) {
  const content = readFile(file.path, limits.size, file.name);
  if ("fault" in content) {
    return unreadable(file.name, `this file was readable earlier in this run and is not now: ${content.fault}`);
  }
  const { objects } = sortFile(content, file, form, limits);
  return objects.length === file.count ? objects : changed(file.name, file.count, objects.length);
}
