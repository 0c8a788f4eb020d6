import type { Limits } from "../der/limits.ts";
import type { GivenCertificate } from "../given/given.ts";
import type { Verifier } from "../verify/verifier.ts";
import { yieldToEventLoop } from "./event-loop.ts";
import { CertificateList, readCertificateFiles } from "./certificate-list.ts";
import { type EmptyOperand, expandOperands, type Operand } from "./expand.ts";
import { unreadable } from "./input-findings.ts";
import type { CrlFile } from "./crl-file.ts";
import type { OwnFinding } from "./own-run.ts";
import type { Part } from "../options/type.ts";
import type { InputFile } from "./read-files.ts";
import type { Reader } from "./reader.ts";
import { belongsTo } from "./shard.ts";
import { sortFile } from "./sort-file.ts";
import type { World } from "./world.ts";

/** All inputs, sorted by what they hold. */
export interface Gathered {
  /** Files that hold what is linted. */
  readonly files: readonly CrlFile[];
  /** Certificates among the operands, each once. */
  readonly certificates: readonly GivenCertificate[];
  /** The files that hold those. */
  readonly certificateFiles: readonly InputFile[];
  /** Certificates that --issuer names; undefined where it was not given. */
  readonly issuers: readonly GivenCertificate[] | undefined;
  /** The files that hold those. */
  readonly issuerFiles: readonly InputFile[] | undefined;
  /** Certificates of the pairs of a configuration, by their index, and the files that hold them. */
  readonly pairs: readonly (readonly GivenCertificate[])[];
  readonly pairFiles: readonly (readonly InputFile[])[];
  /** What is wrong with inputs that cannot be linted. */
  readonly findings: readonly OwnFinding[];
}

/** Where inputs come from. */
export interface Inputs {
  readonly operands: readonly string[];
  /** Files that --issuer names. */
  readonly issuerFiles: readonly string[] | undefined;
  readonly form: "crl" | "tbs";
  /** Which of the files are for this call to lint; certificates are taken from all. */
  readonly shard: Part | undefined;
  /** Whether CRLs are kept however many there are, because they are linted together. */
  readonly keepAllCrls: boolean;
  /** Called once it is known how many files are going to be read. */
  readonly onCount?: (files: number) => void;
}

/** Files, and bytes of more than one, that are kept until they are linted; if there are more, CRLs are read again. */
const maximumKept = { files: 32, bytes: 2 ** 25 } as const;

/** Reads all inputs and sorts them by their content: neither their order nor their names matter. */
export async function gather(
  inputs: Inputs,
  reader: Reader,
  verifier: Verifier | undefined,
  showStatus: World["showStatus"],
): Promise<Gathered> {
  const collector = new InputCollector(inputs, reader.limits, verifier);
  const operands = await expandOperands(inputs.operands);
  inputs.onCount?.(operands.length);
  for (const [i, operand] of operands.entries()) {
    await yieldToEventLoop(i);
    showStatus?.(() => `reading ${i} of ${operands.length} files`);
    if ("fault" in operand) {
      const finding = unreadable(reader.nameOf(operand.path), operand.fault, "crllint/no-input");
      collector.addFault(operand, finding);
      continue;
    }
    const content = await reader.read(operand.path);
    if ("fault" in content) collector.addFault(operand, unreadable(content.name, content.fault));
    else collector.add(operand, content);
  }
  const { files, certificates, certificateFiles, findings } = collector;
  const read: InputFile[] = [];
  const issuers = await readIssuers(inputs.issuerFiles, reader, verifier, findings, read);
  const issuerFiles = issuers && read;
  const pairs = { pairs: [], pairFiles: [] };
  return { files, certificates: certificates.list, certificateFiles, issuers, issuerFiles, ...pairs, findings };
}

/**
 * Reads the files that --issuer names; undefined where it was not given.
 *
 * @param files takes them as they were read
 */
export async function readIssuers(
  paths: readonly string[] | undefined,
  reader: Reader,
  verifier: Verifier | undefined,
  findings: OwnFinding[],
  files: InputFile[] = [],
): Promise<readonly GivenCertificate[] | undefined> {
  if (paths === undefined) return undefined;
  const certificates = new CertificateList(verifier);
  await readCertificateFiles("--issuer", "a CA certificate", paths, reader, { certificates, findings, files });
  return certificates.list;
}

/** What has been read so far. */
class InputCollector {
  readonly files: CrlFile[] = [];
  readonly certificates: CertificateList;
  readonly certificateFiles: InputFile[] = [];
  readonly findings: OwnFinding[] = [];
  readonly #inputs: Inputs;
  readonly #limits: Limits;
  #bytes = 0;
  #released = 0;

  constructor(inputs: Inputs, limits: Limits, verifier: Verifier | undefined) {
    this.#inputs = inputs;
    this.#limits = limits;
    this.certificates = new CertificateList(verifier);
  }

  addFault({ path }: Operand | EmptyOperand, finding: OwnFinding): void {
    if (belongsTo(this.#inputs.shard, path)) this.findings.push(finding);
  }

  add(operand: Operand, file: InputFile): void {
    const { form, shard } = this.#inputs;
    const { name, bytes } = file;
    const { objects, certificates, findings } = sortFile(file, operand, form, this.#limits);
    const before = this.certificates.list.length;
    for (const { certificate, artefact } of certificates) this.certificates.add(certificate, artefact);
    if (this.certificates.list.length > before) this.certificateFiles.push(file);
    const isInShard = belongsTo(shard, operand.path);
    // One by one: a file may hold more than a call takes arguments.
    if (isInShard) for (const finding of findings) this.findings.push(finding);
    if (objects.length === 0) return;
    this.files.push({ ...operand, name, isInShard, size: bytes.length, count: objects.length, objects });
    this.#bytes += bytes.length;
    this.#dropContents();
  }

  /** Drops the contents of files if there are too many, and they can be read again. */
  #dropContents(): void {
    const { files } = this;
    const exceedsKeepLimit = files.length > maximumKept.files || (files.length > 1 && this.#bytes > maximumKept.bytes);
    if (!exceedsKeepLimit || this.#inputs.keepAllCrls) return;
    for (const [i, file] of files.slice(this.#released).entries()) {
      if (file.path !== "-") files[this.#released + i] = { ...file, objects: undefined };
    }
    this.#released = files.length;
  }
}
