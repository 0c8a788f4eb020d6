import { dotInBase64 } from "../pem/base64.ts";
import { fewestBytes } from "../pem/loose.ts";
import { openCertificate } from "../cert/open.ts";
import type { Limits } from "../der/limits.ts";
import { latin1 } from "../der/strings.ts";
import { identify } from "../input/identify.ts";
import type { Kind } from "../input/kinds.ts";
import { type InputObject, isMislabeled, isUnread, readInput } from "../input/read.ts";
import type { GivenCertificate } from "../given/given.ts";
import { isNamedLikeObject, type Operand } from "./expand.ts";
import { brokenCertificate, furtherUnusableBlocks, ignored, maximumOthers } from "./input-findings.ts";
import type { OwnFinding } from "./own-run.ts";
import type { FileHead, InputFile, Reader, UnreadFile } from "./read-files.ts";

/** A file, and its objects, sorted by kind. */
export interface SortedFile {
  readonly file: InputFile;
  /** All of its objects. */
  readonly all: readonly InputObject[];
  /** Objects to lint: CRLs, and objects that were given as CRLs but are not. */
  readonly objects: InputObject[];
  readonly certificates: GivenCertificate[];
  /** Errors in the other objects. */
  readonly findings: OwnFinding[];
}

/** Criteria for sorting the objects of a file. */
interface Sorting {
  readonly form: "crl" | "tbs";
  readonly limits: Limits;
  /** Whether it should contain a CRL or certificate: it was named, or found in a directory under a name for these. */
  readonly isMeant: boolean;
  /**
   * Whether it was found in a directory under any other name. A directory may contain other files in addition to CRLs.
   */
  readonly isIncidental: boolean;
}

/**
 * Kinds other than CRL and certificate that are plausible for a file in a directory with the extension .pem or .der.
 */
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

/** Kinds of files in a directory that are read in full: a CRL may follow text or any other object. */
const mayHoldObjects: ReadonlySet<Kind> = new Set([
  ...ofOtherUse,
  "crl",
  "certificate",
  "ldif",
  "hex",
  "text",
  "html",
  "xml",
  "json",
  "http",
]);

/**
 * Reads a file and sorts its objects. If it was found in a directory under a name that no CRL or certificate has, and
 * its first bytes show that it is of another kind, only these bytes are read.
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
  const content = isNamed
    ? await reader.read(path, large)
    : reader.readFound(path, isNamedLikeObject(path) ? () => true : mayHold, large);
  return "bytes" in content ? sortFile(content, operand, form, reader.limits) : content;
}

/** Whether a file may contain a CRL or certificate, by its first bytes. For files of a directory with other names. */
export function mayHold(head: Uint8Array): boolean {
  // DER after PEM is neither text nor one object.
  return mayHoldObjects.has(identify(head).kind) || latin1(head).includes("-----BEGIN ");
}

/** Finds the objects of a file and sorts them by kind. The result depends only on the arguments. */
export function sortFile(
  file: InputFile,
  { isNamed, path }: Pick<Operand, "path" | "isNamed">,
  form: "crl" | "tbs",
  limits: Limits,
): SortedFile {
  const { name, bytes } = file;
  const all = readInput(name, bytes, limits);
  const sorted: SortedFile = { file, all, objects: [], certificates: [], findings: [] };
  const isMeant = isNamed || isMisnamed(path, all, form);
  const sorting = { form, limits, isMeant, isIncidental: !isNamed && !isNamedLikeObject(path) };
  let others = 0;
  for (const object of all) {
    // Of a named file, the number of further objects is an error.
    const isAlwaysSorted = isUseful(object, form) || isUnread(object) || (!isNamed && isDamaged(object));
    if (!isUseful(object, form)) others += 1;
    if (isAlwaysSorted || others <= maximumOthers) sortObject(object, sorting, sorted);
  }
  if (others > maximumOthers && !sorting.isIncidental)
    sorted.findings.push(furtherUnusableBlocks(name, others - maximumOthers));
  return sorted;
}

/** Whether a file has a name for CRLs and certificates, holds neither, and no other object that may have this name. */
export function isMisnamed(path: string, all: readonly InputObject[], form: "crl" | "tbs"): boolean {
  if (!isNamedLikeObject(path) || all.some((object) => isUseful(object, form))) return false;
  return !/\.(?:pem|der)$/iu.test(path) || all.some(({ kind }) => !ofOtherUse.has(kind));
}

function isUseful({ kind }: InputObject, form: "crl" | "tbs"): boolean {
  return kind === form || kind === "certificate";
}

/** Whether an object should be a CRL or a certificate by its PEM label, or contain one, and cannot be read as such. */
export function isDamaged(object: InputObject): boolean {
  const { kind, artefact, pemFaults } = object;
  if (artefact.label === undefined || artefact.bytes.length < fewestBytes) return false;
  const invalid = pemFaults.find(({ code }) => code === "input/base64-invalid")?.first[0];
  if (invalid?.message === dotInBase64) return false;
  return kind === "pkcs7" ? invalid !== undefined : isMislabeled(object);
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
  } else if (!isMeant && !isDamaged(object)) {
    // A directory may contain other files in addition to CRLs: these are only counted.
    if (!isIncidental) sorted.findings.push(ignored(file, identity));
  } else if (kind === "private-key" || kind === "pkcs12") {
    const message = `${identity.name} was given; its content was not kept and is not shown`;
    sorted.findings.push({ rule: "crllint/private-key", severity: "error", message, file, help: identity.advice });
  } else {
    sorted.objects.push(object);
  }
}
