import { openCertificate } from "../cert/open.ts";
import type { Limits } from "../der/limits.ts";
import { latin1 } from "../der/strings.ts";
import { identify } from "../input/identify.ts";
import type { Kind } from "../input/kinds.ts";
import { type InputObject, isUnread, readInput } from "../input/read.ts";
import type { GivenCertificate } from "../given/given.ts";
import { isNamedLikeObject, type Operand } from "./expand.ts";
import { brokenCertificate, furtherUnusableBlocks, ignored, maximumOthers } from "./input-findings.ts";
import type { OwnFinding } from "./own-run.ts";
import type { FileHead, InputFile, Reader, UnreadFile } from "./read-files.ts";

/** A file, and its objects, sorted by what they are. */
export interface SortedFile {
  readonly file: InputFile;
  /** All of its objects. */
  readonly all: readonly InputObject[];
  /** What is linted: CRLs, and what was given as one and is not one. */
  readonly objects: InputObject[];
  readonly certificates: GivenCertificate[];
  /** What is wrong with the rest. */
  readonly findings: OwnFinding[];
}

/** How the objects of a file are sorted. */
interface Sorting {
  readonly form: "crl" | "tbs";
  readonly limits: Limits;
  /** Whether it was named, or found in a directory under the name of a CRL or certificate: it is meant to hold one. */
  readonly isMeant: boolean;
  /** Whether it was found in a directory under any other name; a directory may have other files in addition to CRLs. */
  readonly isIncidental: boolean;
}

/** Kinds that are neither, and that a file in a directory may well be that is called .pem or .der. */
const ofOtherUse: ReadonlySet<Kind> = new Set([
  "tbs",
  "tbs-certificate",
  "certification-request",
  "attribute-certificate",
  "ocsp-response",
  "ocsp-request",
  "timestamp",
  "private-key",
  "public-key",
  "parameters",
  "pkcs7",
  "pkcs12",
  "pgp",
]);

/** Kinds of files in a directory that are read in whole: a CRL may follow text, and any other object. */
const mayHoldObjects: ReadonlySet<Kind> = new Set([
  ...ofOtherUse,
  "crl",
  "certificate",
  "ldif",
  "text",
  "html",
  "xml",
  "json",
  "http",
]);

/**
 * Reads a file and sorts its objects. Of a file that a directory was found to hold, and whose name says nothing, only the
 * first bytes are read if these show that it is of another kind.
 *
 * @param large size from which the entries of a CRL stay in the file until they are needed
 */
export async function readSorted(
  operand: Operand,
  form: "crl" | "tbs",
  reader: Reader,
  large?: number,
): Promise<SortedFile | UnreadFile | FileHead> {
  const { path, isNamed } = operand;
  const isMeant = isNamedLikeObject(path);
  const content = isNamed
    ? await reader.read(path, large)
    : reader.readFound(path, isMeant ? () => true : mayHold, large);
  return "bytes" in content ? sortFile(content, operand, form, reader.limits) : content;
}

/** Whether a file of a directory whose name says nothing may hold a CRL or certificate, by its first bytes. */
export function mayHold(head: Uint8Array): boolean {
  // DER after PEM is neither text nor one object.
  return mayHoldObjects.has(identify(head).kind) || latin1(head).includes("-----BEGIN ");
}

/** Finds the objects of a file and sorts them by what they are; the same bytes in the same way, always. */
export function sortFile(
  file: InputFile,
  { isNamed, path }: Pick<Operand, "path" | "isNamed">,
  form: "crl" | "tbs",
  limits: Limits,
): SortedFile {
  const { name, bytes } = file;
  const all = readInput(name, bytes, limits);
  const sorted: SortedFile = { file, all, objects: [], certificates: [], findings: [] };
  const holdsNeither = all.every((object) => !isUseful(object, form));
  const isGeneric = /\.(?:pem|der)$/iu.test(path) && all.every(({ kind }) => ofOtherUse.has(kind));
  const isLikely = isNamedLikeObject(path);
  const isMeant = isNamed || (isLikely && holdsNeither && !isGeneric);
  const sorting = { form, limits, isMeant, isIncidental: !isNamed && !isLikely };
  let others = 0;
  for (const object of all) {
    if (!isUseful(object, form)) others += 1;
    if (isUseful(object, form) || isUnread(object) || others <= maximumOthers) sortObject(object, sorting, sorted);
  }
  if (others > maximumOthers && !sorting.isIncidental)
    sorted.findings.push(furtherUnusableBlocks(name, others - maximumOthers));
  return sorted;
}

function isUseful({ kind }: InputObject, form: "crl" | "tbs"): boolean {
  return kind === form || kind === "certificate";
}

function sortObject(object: InputObject, { form, limits, isMeant, isIncidental }: Sorting, sorted: SortedFile): void {
  const { kind, identity, artefact } = object;
  const file = artefact.name;
  if (kind === form || isUnread(object)) {
    sorted.objects.push(object);
  } else if (kind === "certificate") {
    const certificate = openCertificate(artefact.bytes, { limits });
    if (certificate !== undefined) sorted.certificates.push({ certificate, artefact });
    else sorted.findings.push(isIncidental ? ignored(file, identity) : brokenCertificate(artefact));
  } else if (!isMeant) {
    // A directory may have other files in addition to CRLs: these are only counted.
    if (!isIncidental) sorted.findings.push(ignored(file, identity));
  } else if (kind === "private-key" || kind === "pkcs12") {
    const message = `${identity.name} was given; its content was not kept and is not shown`;
    sorted.findings.push({ rule: "crllint/private-key", severity: "error", message, file, help: identity.advice });
  } else {
    sorted.objects.push(object);
  }
}
