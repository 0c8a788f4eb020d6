import { identify } from "../input/identify.ts";
import type { Kind } from "../input/kinds.ts";
import type { InputObject } from "../input/read.ts";
import type { LookedAt } from "../rule/report.ts";
import type { GivenCertificate } from "../given/given.ts";
import type { Verifier } from "../verify/verifier.ts";
import { yieldToEventLoop } from "./event-loop.ts";
import { CertificateList, readCertificateFiles } from "./certificate-list.ts";
import { type EmptyOperand, expandOperands, type Operand } from "./expand.ts";
import { unreadable } from "./input-findings.ts";
import type { CrlFile } from "./lint-file.ts";
import type { OwnFinding } from "./own-run.ts";
import type { Part } from "../options/type.ts";
import type { PathOptions } from "../options/values.ts";
import { largeFile, listOf, type Reader } from "./read-files.ts";
import { belongsTo } from "./shard.ts";
import { readSorted, type SortedFile } from "./sort-file.ts";
import type { World } from "./world.ts";

/** All inputs, sorted by their content. */
export interface Gathered {
  /** Files with objects to lint. */
  readonly files: readonly CrlFile[];
  /** Certificates among the operands, without duplicates. */
  readonly certificates: readonly GivenCertificate[];
  /** Certificates of --issuer; undefined if the option was not given. */
  readonly issuers: readonly GivenCertificate[] | undefined;
  /** Errors in inputs that cannot be linted. */
  readonly findings: readonly OwnFinding[];
  /** Counts of the files and directories of the operands. */
  readonly looked: LookedAt;
}

/** Sources of inputs. */
export interface GatherInputs {
  readonly operands: readonly string[];
  /** Value of --issuer. */
  readonly issuer: PathOptions["issuer"];
  readonly form: "crl" | "tbs";
  /** The part of the files that this call lints. Certificates are read from all files. */
  readonly shard: Part | undefined;
  /**
   * Returns the maximum number of bytes of CRLs that are kept until they are linted. If there are more, all are read
   * again. Called once, when the number of files is known.
   */
  readonly keep: (files: number) => number | Promise<number>;
}

/** The usual maximum number of bytes that are kept. */
export const usuallyKept = largeFile;

/** Number of bytes that a kept file takes in addition to its content. */
const sizeOfKept = 2048;

/** Reads all inputs and sorts them by their content, independently of their order and names. */
export async function gather(
  inputs: GatherInputs,
  reader: Reader,
  verifier: Verifier | undefined,
  showStatus: World["showStatus"],
): Promise<Gathered> {
  const operands = await expandOperands(inputs.operands);
  const maximumKept = await inputs.keep(operands.length);
  const collector = new InputCollector(inputs, maximumKept, verifier);
  // Files that are compared with others are read in full.
  const large = maximumKept === Number.POSITIVE_INFINITY ? undefined : largeFile;
  for (const [i, operand] of operands.entries()) {
    await yieldToEventLoop(i);
    showStatus?.(() => `reading ${i} of ${operands.length} files`);
    if ("fault" in operand) {
      if (operand.isCounted === true) collector.looked.addUnreadable();
      const finding = unreadable(reader.nameOf(operand.path), operand.fault, "crllint/no-input");
      collector.addFault(operand, { ...finding, severity: operand.severity });
      continue;
    }
    if (operand.folder !== undefined) collector.looked.addDirectory(operand.folder);
    const found = await readSorted(operand, inputs.form, reader, large);
    if ("head" in found) collector.addOther(found.head);
    else if ("fault" in found) collector.addUnreadable(operand, unreadable(found.name, found.fault));
    else collector.add(operand, found);
  }
  collector.reportUseless(operands, reader);
  const { files, certificates, findings } = collector;
  const issuers = await readIssuers(inputs.issuer, reader, verifier, findings);
  return { files, certificates: certificates.list, issuers, findings, looked: collector.looked.counts };
}

/** Reads the files of --issuer; undefined if it was not given, or if --no-issuer was. */
export async function readIssuers(
  issuer: PathOptions["issuer"],
  reader: Reader,
  verifier: Verifier | undefined,
  findings: OwnFinding[],
): Promise<readonly GivenCertificate[] | undefined> {
  if (issuer === undefined || issuer === "none") return undefined;
  const certificates = new CertificateList(verifier);
  await readCertificateFiles("--issuer", "a CA certificate", listOf(issuer), reader, { certificates, findings });
  return certificates.list;
}

/** Collects inputs as they are read. */
class InputCollector {
  readonly files: CrlFile[] = [];
  readonly certificates: CertificateList;
  readonly findings: OwnFinding[] = [];
  readonly looked: Looked;
  /** Directories among the operands that contain a CRL, a certificate, or an error that was reported. */
  readonly #useful = new Set<string>();
  readonly #shard: Part | undefined;
  readonly #maximumKept: number;
  #size = 0;
  #released = 0;

  constructor(
    { shard, form }: Pick<GatherInputs, "shard" | "form">,
    maximumKept: number,
    verifier: Verifier | undefined,
  ) {
    this.looked = new Looked(form);
    this.#shard = shard;
    this.#maximumKept = maximumKept;
    this.certificates = new CertificateList(verifier);
  }

  addFault({ path }: Operand | EmptyOperand, finding: OwnFinding): void {
    if (belongsTo(this.#shard, path)) this.findings.push(finding);
  }

  addUnreadable(operand: Operand, finding: OwnFinding): void {
    this.looked.addUnreadable();
    if (operand.folder !== undefined) this.#useful.add(operand.folder);
    this.addFault(operand, finding);
  }

  /** Counts a file of a directory that contains neither a CRL nor a certificate, by its first bytes. */
  addOther(head: Uint8Array): void {
    this.looked.addOther(identify(head).kind);
  }

  /** Reports each directory that contains neither CRLs nor certificates. */
  reportUseless(operands: readonly (Operand | EmptyOperand)[], reader: Reader): void {
    const files = new Map<string, number>();
    for (const operand of operands) {
      if ("fault" in operand || operand.folder === undefined) continue;
      files.set(operand.folder, (files.get(operand.folder) ?? 0) + 1);
    }
    for (const [path, count] of files) {
      if (this.#useful.has(path)) continue;
      const message = `this directory holds no file with a CRL or a certificate; files looked at: ${count}`;
      this.addFault({ path, isNamed: true }, unreadable(reader.nameOf(path), message, "crllint/no-input"));
    }
  }

  add(operand: Operand, { file, all, objects, certificates, findings }: SortedFile): void {
    const { name, bytes } = file;
    this.looked.add(all);
    const isUseful = objects.length + certificates.length + findings.length > 0;
    if (isUseful && operand.folder !== undefined) this.#useful.add(operand.folder);
    for (const { certificate, artefact } of certificates) this.certificates.add(certificate, artefact);
    const isInShard = belongsTo(this.#shard, operand.path);
    // The findings are added singly: a file may have more than the maximum number of arguments of a call.
    if (isInShard) for (const finding of findings) this.findings.push(finding);
    if (objects.length === 0) return;
    const isStream = file.isStream === true;
    this.files.push({ name, isInShard, size: bytes.length, count: objects.length, objects, isStream, ...operand });
    this.#size += bytes.length + sizeOfKept;
    if (this.files.length > 1 && this.#size > this.#maximumKept) this.#dropContents();
  }

  /** Drops the contents of all files that can be read again. */
  #dropContents(): void {
    for (; this.#released < this.files.length; this.#released += 1) {
      const file = this.files[this.#released];
      if (file?.isStream === false) this.files[this.#released] = { ...file, objects: undefined };
    }
  }
}

/** Counts files by their content. */
class Looked {
  readonly #form: GatherInputs["form"];
  readonly #directories = new Set<string>();
  #files = 0;
  #crls = 0;
  #certificates = 0;
  #unreadable = 0;
  readonly #neither = new Map<Kind, number>();

  /** @param form kind of the objects that are linted; those of the other kind do not count as CRLs */
  constructor(form: GatherInputs["form"]) {
    this.#form = form;
  }

  /** Counts a directory. Repeated calls have no effect. */
  addDirectory(path: string): void {
    this.#directories.add(path);
  }

  /** Counts a file by its objects. */
  add(objects: readonly InputObject[]): void {
    const has = (wanted: Kind): boolean => objects.some(({ kind }) => kind === wanted);
    const hasCrl = has(this.#form);
    const hasCertificate = has("certificate");
    this.#files += 1;
    if (hasCrl) this.#crls += 1;
    if (hasCertificate) this.#certificates += 1;
    if (!hasCrl && !hasCertificate) this.#count(objects[0]?.kind ?? "unknown");
  }

  /** Counts a file that contains neither a CRL nor a certificate. */
  addOther(kind: Kind): void {
    this.#files += 1;
    this.#count(kind);
  }

  /** Counts a file that cannot be read. */
  addUnreadable(): void {
    this.#files += 1;
    this.#unreadable += 1;
  }

  /** Returns the counts for a report. */
  get counts(): LookedAt {
    const neither = Object.fromEntries([...this.#neither].sort(([a], [b]) => (a < b ? -1 : 1)));
    return {
      files: this.#files,
      directories: this.#directories.size,
      crls: this.#crls,
      certificates: this.#certificates,
      unreadable: this.#unreadable,
      neither,
    };
  }

  #count(kind: Kind): void {
    this.#neither.set(kind, (this.#neither.get(kind) ?? 0) + 1);
  }
}
