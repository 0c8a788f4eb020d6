import { readCertificate } from "../cert/certificate.ts";
import type { Limits } from "../der/limits.ts";
import { type InputObject, readInput } from "../input/read.ts";
import type { GivenCertificate } from "../given/given.ts";
import type { Operand } from "./expand.ts";
import { brokenCertificate, ignored, furtherUnusableBlocks, maximumOthers } from "./input-findings.ts";
import type { OwnFinding } from "./own-run.ts";
import type { InputFile } from "./read-files.ts";

/** The objects of a file, sorted by what they are. */
export interface SortedObjects {
  /** What is linted: CRLs, and what was given as one and is not one. */
  readonly objects: InputObject[];
  readonly certificates: GivenCertificate[];
  /** What is wrong with the rest. */
  readonly findings: OwnFinding[];
}

/** Finds the objects of a file and sorts them by what they are; the same bytes always in the same way. */
export function sortFile(
  { name, bytes }: InputFile,
  operand: Operand,
  form: "crl" | "tbs",
  limits: Limits,
): SortedObjects {
  const objects = readInput(name, bytes, limits);
  const sorted: SortedObjects = { objects: [], certificates: [], findings: [] };
  let others = 0;
  for (const object of objects) {
    if (!isUseful(object, form)) others += 1;
    if (isUseful(object, form) || others <= maximumOthers) sortObject(object, { operand, form, limits }, sorted);
  }
  const [first] = objects;
  if (first !== undefined && others > maximumOthers) {
    sorted.findings.push(furtherUnusableBlocks(first.artefact.name, others - maximumOthers));
  }
  return sorted;
}

function isUseful({ kind }: InputObject, form: "crl" | "tbs"): boolean {
  return kind === form || kind === "certificate";
}

function sortObject(
  object: InputObject,
  { operand, form, limits }: { readonly operand: Operand; readonly form: "crl" | "tbs"; readonly limits: Limits },
  sorted: SortedObjects,
): void {
  const { kind, identity, artefact } = object;
  const file = artefact.name;
  if (kind === form) {
    sorted.objects.push(object);
  } else if (kind === "certificate") {
    const certificate = readCertificate(artefact.bytes, { limits });
    if (certificate === undefined) sorted.findings.push(brokenCertificate(artefact));
    else sorted.certificates.push({ certificate, artefact });
  } else if (!operand.isNamed && !operand.path.toLowerCase().endsWith(".crl")) {
    // A directory may hold anything besides CRLs; a file called .crl is meant to be one.
    sorted.findings.push(ignored(file, identity));
  } else if (kind === "private-key" || kind === "pkcs12") {
    const message = `${identity.name} was given; its content was not kept and is not shown`;
    sorted.findings.push({ rule: "crllint/private-key", severity: "error", message, file, help: identity.advice });
  } else {
    sorted.objects.push(object);
  }
}
