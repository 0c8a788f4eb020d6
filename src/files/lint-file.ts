import type { Limits } from "../der/limits.ts";
import { FileChanged } from "../der/in-file.ts";
import type { InputObject } from "../input/read.ts";
import { type LintInput, lintOne } from "../lint/lint.ts";
import type { Run } from "../rule/report.ts";
import { loadableRules } from "../rules/heads.ts";
import { hashOnTheWay } from "../verify/hash-on-the-way.ts";
import type { Operand } from "./expand.ts";
import { changed, unreadable } from "./input-findings.ts";
import { type FileSettings, issuersFor, type LintSetup } from "./lint-setup.ts";
import { type OwnFinding, ownRun } from "./own-run.ts";
import { largeFile, readFileAgain } from "./read-files.ts";
import { sortFile } from "./sort-file.ts";

/** A file with objects to lint. */
export interface CrlFile extends Operand, FileSettings {
  /** Its path in reports. */
  readonly name: string;
  /** Whether this call lints it. */
  readonly isInShard: boolean;
  /** Size in bytes. */
  readonly size: number;
  /** Number of objects in it that are linted. */
  readonly count: number;
  /** Whether it is a stream, which cannot be read again. */
  readonly isStream: boolean;
  /** Objects to lint, if they were kept. Otherwise they are read again. */
  readonly objects: readonly InputObject[] | undefined;
}

/** Returns the inputs for linting the objects of a file, one for each object. */
export function inputsOf(
  file: CrlFile,
  objects: readonly InputObject[],
  { shared, pairs }: LintSetup,
): readonly LintInput[] {
  const { pair, stated } = file;
  const isUsual = pair === undefined && stated === undefined;
  const ofFile = isUsual ? shared : { ...shared, ...issuersFor(file, pairs, shared), ...(stated && { stated }) };
  // In Node 20, each object literal that starts with a spread has its own hidden class, which costs more time than a
  // rule.
  return objects.map((object) => Object.assign({ object }, ofFile));
}

/**
 * Lints all CRLs of a file, each by itself, and keeps none of its bytes. Reports a file that can no longer be read, or
 * whose content has changed since it was found.
 */
export function lintFile(file: CrlFile, setup: LintSetup): readonly Run[] {
  const { shared, options } = setup;
  const found = file.objects ?? readAgain(file, shared.form, options.limits);
  const withOwn = (finding: OwnFinding): readonly Run[] => [ownRun(finding, shared.form, options.selection.profiles)];
  if ("rule" in found) return withOwn(found);
  const inputs = inputsOf(file, found, setup);
  try {
    for (const { object, issuers, issuerStore } of inputs) {
      const hasCandidates = issuers.length > 0 || issuerStore !== undefined;
      const signed = hasCandidates && options.signature === "verify";
      hashOnTheWay(object.artefact.bytes, { signed, whole: options.digests });
    }
    return inputs.map((input) => lintOne(loadableRules, input, options));
  } catch (error) {
    // The entries of a large file are read while it is linted.
    if (error instanceof FileChanged) return withOwn(unreadable(file.name, unreadableNow(error.message)));
    throw error;
  }
}

function unreadableNow(fault: string): string {
  return `this file was readable earlier in this run and is not now: ${fault}`;
}

function readAgain(file: CrlFile, form: "crl" | "tbs", limits: Limits) {
  const content = readFileAgain(file.path, limits.size, file.name, largeFile);
  if ("fault" in content) {
    return unreadable(file.name, unreadableNow(content.fault));
  }
  const { objects } = sortFile(content, file, form, limits);
  return objects.length === file.count ? objects : changed(file.name, file.count, objects.length);
}
