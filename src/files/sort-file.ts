import { readCertificate } from "../cert/certificate.ts";
import type { Limits } from "../der/limits.ts";
import { type InputObject, readInput } from "../input/read.ts";
import type { GivenCertificate } from "../given/given.ts";
import type { Operand } from "./expand.ts";
import { brokenCertificate, ignored, manyOthers, maximumOthers } from "./input-findings.ts";
import type { OwnFinding } from "./own-run.ts";
import type { NamedFile } from "./setting.ts";

/** What one file among the operands holds. */
export interface SortedFile {
  /** What is linted: CRLs, and what was named to be one and is none. */
  readonly objects: readonly InputObject[];
  readonly certificates: readonly GivenCertificate[];
  /** What is wrong with the rest. */
  readonly findings: readonly OwnFinding[];
}

interface Piles {
  readonly objects: InputObject[];
  readonly certificates: GivenCertificate[];
  readonly findings: OwnFinding[];
}

/** Finds the objects of a file and sorts them by what they are; the same octets in the same way, always. */
export function sortFile(
  { name, bytes }: NamedFile,
  operand: Operand,
  form: "crl" | "tbs",
  limits: Limits,
): SortedFile {
  const objects = readInput(name, bytes, limits);
  const piles: Piles = { objects: [], certificates: [], findings: [] };
  let others = 0;
  for (const object of objects) {
    if (!isUseful(object, form)) others += 1;
    if (isUseful(object, form) || others <= maximumOthers) sortObject(object, { operand, form, limits }, piles);
  }
  const [first] = objects;
  if (first !== undefined && others > maximumOthers) {
    piles.findings.push(manyOthers(first.artefact.name, others - maximumOthers));
  }
  return piles;
}

function isUseful({ kind }: InputObject, form: "crl" | "tbs"): boolean {
  return kind === form || kind === "certificate";
}

function sortObject(
  object: InputObject,
  { operand, form, limits }: { readonly operand: Operand; readonly form: "crl" | "tbs"; readonly limits: Limits },
  piles: Piles,
): void {
  const { kind, identity, artefact } = object;
  const file = artefact.name;
  if (kind === form) {
    piles.objects.push(object);
  } else if (kind === "certificate") {
    const certificate = readCertificate(artefact.bytes, { limits });
    if (certificate === undefined) piles.findings.push(brokenCertificate(artefact));
    else piles.certificates.push({ certificate, artefact });
  } else if (!operand.isNamed && !operand.path.toLowerCase().endsWith(".crl")) {
    // Beside its CRLs a directory may hold anything; what is called .crl is meant to be one.
    piles.findings.push(ignored(file, identity));
  } else if (kind === "private-key" || kind === "pkcs12") {
    const message = `${identity.name} was given; its content was not kept and is not shown`;
    piles.findings.push({ rule: "crllint/private-key", severity: "error", message, file, help: identity.advice });
  } else {
    piles.objects.push(object);
  }
}
