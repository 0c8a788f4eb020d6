import type { InputObject } from "../input/read.ts";
import { lintOne } from "../lint/lint.ts";
import type { Limits } from "../der/limits.ts";
import type { Run } from "../rule/report.ts";
import { loadableRules } from "../rules/heads.ts";
import { type FileSettings, issuersFor } from "./bind-files.ts";
import type { Operand } from "./expand.ts";
import { changed, unreadable } from "./input-findings.ts";
import { ownRun } from "./own-run.ts";
import { readFile } from "./read-files.ts";
import type { Setting } from "./setting.ts";
import { sortFile } from "./sort-file.ts";

/** A file that was found to hold what is to be linted. */
export interface CrlFile extends Operand, FileSettings {
  /** Its path as reports show it. */
  readonly name: string;
  /** Whether it is for this call to lint. */
  readonly isOurs: boolean;
  /** Octets. */
  readonly size: number;
  /** How many objects it holds that are linted. */
  readonly count: number;
  /** Those objects, where they were kept; the others are read once more. */
  readonly objects: readonly InputObject[] | undefined;
}

/**
 * Judges all CRLs of a file, each by itself; keeps none of its octets. A file that cannot be read any more, or holds
 * something else than when it was found, is told as such.
 */
export function judgeFile(file: CrlFile, { alike, pairs, options }: Setting): readonly Run[] {
  const found = file.objects ?? readAgain(file, alike.form, options.limits);
  if ("rule" in found) return [ownRun(found, alike.form, options.selection.profiles)];
  const issuers = issuersFor(file, pairs, alike);
  return found.map((object) =>
    lintOne(loadableRules, { ...alike, ...issuers, object }, { ...options, ...file.stated }),
  );
}

function readAgain(file: CrlFile, form: "crl" | "tbs", limits: Limits) {
  const content = readFile(file.path, limits.size);
  if ("fault" in content) return unreadable(file.name, `this file could be read before: ${content.fault}`);
  const { objects } = sortFile({ name: file.name, bytes: content.bytes }, file, form, limits);
  return objects.length === file.count ? objects : changed(file.name, file.count, objects.length);
}
