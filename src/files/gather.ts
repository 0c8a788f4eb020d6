import type { Limits } from "../der/limits.ts";
import type { GivenCertificate } from "../given/given.ts";
import type { Verifier } from "../verify/verifier.ts";
import { takeBreath } from "./breath.ts";
import { CertificateList, readCertificateFiles } from "./certificate-list.ts";
import { type EmptyOperand, expandOperands, type Operand } from "./expand.ts";
import { unreadable } from "./input-findings.ts";
import type { CrlFile } from "./judge-files.ts";
import type { OwnFinding } from "./own-run.ts";
import { type Part, takes } from "./part.ts";
import type { StatusLine } from "../cli/progress.ts";
import type { Reader } from "./reader.ts";
import type { NamedFile } from "./setting.ts";
import { sortFile } from "./sort-file.ts";

/** All inputs, sorted by what they hold. */
export interface Gathered {
  /** Files that hold what is linted. */
  readonly files: readonly CrlFile[];
  /** Certificates among the operands, each once. */
  readonly certificates: readonly GivenCertificate[];
  /** The files that hold those. */
  readonly certificateFiles: readonly NamedFile[];
  /** Certificates that --issuer names; undefined where it was not given. */
  readonly issuers: readonly GivenCertificate[] | undefined;
  /** The files that hold those. */
  readonly issuerFiles: readonly NamedFile[] | undefined;
  /** Certificates of the pairs of a configuration, by their index, and the files that hold them. */
  readonly pairs: readonly (readonly GivenCertificate[])[];
  readonly pairFiles: readonly (readonly NamedFile[])[];
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
  readonly part: Part | undefined;
  /** Whether CRLs are kept however many there are, because they are judged together. */
  readonly keepsAll: boolean;
  /** Called once it is known how many files are going to be read. */
  readonly onCount?: (files: number) => void;
}

/** Files, and octets of more than one, that are kept until they are judged; of more, CRLs are read once more for that. */
const maximumKept = { files: 32, octets: 2 ** 25 } as const;

/** Reads all inputs and sorts them by their content: neither their order nor their names matter. */
export async function gather(
  inputs: Inputs,
  reader: Reader,
  verifier: Verifier | undefined,
  status: StatusLine,
): Promise<Gathered> {
  const piles = new Piles(inputs, reader.limits, verifier);
  const operands = await expandOperands(inputs.operands);
  inputs.onCount?.(operands.length);
  for (const [i, operand] of operands.entries()) {
    await takeBreath(i);
    status.show(() => `reading ${i} of ${operands.length} files`);
    const file = reader.nameOf(operand.path);
    if ("fault" in operand) {
      piles.addFault(operand, unreadable(file, operand.fault, "crllint/no-input"));
      continue;
    }
    const content = await reader.read(operand.path);
    if ("fault" in content) piles.addFault(operand, unreadable(file, content.fault));
    else piles.add(operand, { name: file, bytes: content.bytes });
  }
  const { files, certificates, certificateFiles, findings } = piles;
  const read: NamedFile[] = [];
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
  files: NamedFile[] = [],
): Promise<readonly GivenCertificate[] | undefined> {
  if (paths === undefined) return undefined;
  const certificates = new CertificateList(verifier);
  await readCertificateFiles("--issuer", "a CA certificate", paths, reader, { certificates, findings, files });
  return certificates.list;
}

/** What has been read so far. */
class Piles {
  readonly files: CrlFile[] = [];
  readonly certificates: CertificateList;
  readonly certificateFiles: NamedFile[] = [];
  readonly findings: OwnFinding[] = [];
  readonly #inputs: Inputs;
  readonly #limits: Limits;
  #octets = 0;
  #released = 0;

  constructor(inputs: Inputs, limits: Limits, verifier: Verifier | undefined) {
    this.#inputs = inputs;
    this.#limits = limits;
    this.certificates = new CertificateList(verifier);
  }

  addFault({ path }: Operand | EmptyOperand, finding: OwnFinding): void {
    if (takes(this.#inputs.part, path)) this.findings.push(finding);
  }

  add(operand: Operand, file: NamedFile): void {
    const { form, part } = this.#inputs;
    const { name, bytes } = file;
    const { objects, certificates, findings } = sortFile(file, operand, form, this.#limits);
    const before = this.certificates.list.length;
    for (const { certificate, artefact } of certificates) this.certificates.add(certificate, artefact);
    if (this.certificates.list.length > before) this.certificateFiles.push(file);
    const isOurs = takes(part, operand.path);
    // One by one: a file may hold more than a call takes arguments.
    if (isOurs) for (const finding of findings) this.findings.push(finding);
    if (objects.length === 0) return;
    this.files.push({ ...operand, name, isOurs, size: bytes.length, count: objects.length, objects });
    this.#octets += bytes.length;
    this.#release();
  }

  /** Lets go of what there is too much of, and can be read once more. */
  #release(): void {
    const { files } = this;
    const isMuch = files.length > maximumKept.files || (files.length > 1 && this.#octets > maximumKept.octets);
    if (!isMuch || this.#inputs.keepsAll) return;
    for (const [i, file] of files.slice(this.#released).entries()) {
      if (file.path !== "-") files[this.#released + i] = { ...file, objects: undefined };
    }
    this.#released = files.length;
  }
}
