import { type Certificate, readCertificate } from "../cert/certificate.ts";
import type { Identity } from "../input/kinds.ts";
import { type Artefact, type InputObject, readInput } from "../input/read.ts";
import type { GivenCertificate } from "../lint/rule.ts";
import type { Verifier } from "../lint/verifier.ts";
import { escapePath } from "./escape-path.ts";
import { expandOperands, type Operand } from "./expand.ts";
import type { Io } from "./io.ts";
import type { OwnFinding } from "./own-run.ts";
import { type FileContent, readFile, readStdin } from "./read-files.ts";

/** All inputs, sorted by what they hold. */
export interface Gathered {
  /** What is linted: CRLs, and what was named to be one and is none. */
  readonly objects: readonly InputObject[];
  /** Certificates among the operands, each once. */
  readonly certificates: readonly GivenCertificate[];
  /** Certificates that --issuer names. */
  readonly issuers: readonly GivenCertificate[];
  /** What is wrong with inputs that cannot be linted. */
  readonly findings: readonly OwnFinding[];
}

/** Where inputs come from. */
export interface Inputs {
  readonly operands: readonly string[];
  /** Files that --issuer names. */
  readonly issuerFiles: readonly string[];
  /** What standard input is called. */
  readonly stdinName: string;
  readonly form: "crl" | "tbs";
}

/** Reads all inputs and sorts them by their content: neither their order nor their names matter. */
export async function gather(inputs: Inputs, io: Io, verifier: Verifier | undefined): Promise<Gathered> {
  const piles: Piles = { objects: [], certificates: new Certificates(verifier), findings: [] };
  const { objects, certificates, findings } = piles;
  for (const operand of await expandOperands(inputs.operands)) {
    const file = nameOf(operand.path, inputs);
    if ("fault" in operand) findings.push(unreadable(file, operand.fault, "crllint/no-input"));
    else {
      const content = await read(operand.path, io);
      if ("fault" in content) findings.push(unreadable(file, content.fault));
      else sortFile(readInput(file, content.bytes), operand, inputs.form, piles);
    }
  }
  const issuers = new Certificates(verifier);
  for (const path of inputs.issuerFiles) await readIssuer(path, inputs, io, issuers, findings);
  return { objects, certificates: certificates.list, issuers: issuers.list, findings };
}

function nameOf(path: string, { stdinName }: Inputs): string {
  return escapePath(path === "-" ? stdinName : path);
}

function read(path: string, io: Io): FileContent | Promise<FileContent> {
  return path === "-" ? readStdin(io) : readFile(path);
}

/** Certificates, each once, however often and in however many files it was given. */
class Certificates {
  readonly list: GivenCertificate[] = [];
  readonly #known = new Set<string>();
  readonly #verifier: Verifier | undefined;

  constructor(verifier: Verifier | undefined) {
    this.#verifier = verifier;
  }

  add(certificate: Certificate, artefact: Artefact): void {
    const digest = this.#verifier?.sha256(artefact.bytes);
    if (digest !== undefined) {
      if (this.#known.has(digest)) return;
      this.#known.add(digest);
    }
    this.list.push({ certificate, artefact });
  }
}

/** Most objects of one file that are judged although they are neither CRL nor certificate; the rest is counted. */
const maximumOthers = 20;

interface Piles {
  readonly objects: InputObject[];
  readonly certificates: Certificates;
  readonly findings: OwnFinding[];
}

function isUseful({ kind }: InputObject, form: "crl" | "tbs"): boolean {
  return kind === form || kind === "certificate";
}

function sortFile(objects: readonly InputObject[], operand: Operand, form: "crl" | "tbs", piles: Piles): void {
  let others = 0;
  for (const object of objects) {
    if (!isUseful(object, form)) others += 1;
    if (isUseful(object, form) || others <= maximumOthers) sortObject(object, operand, form, piles);
  }
  const [first] = objects;
  if (first !== undefined && others > maximumOthers) {
    piles.findings.push(manyOthers(first.artefact.name, others - maximumOthers));
  }
}

function sortObject(object: InputObject, operand: Operand, form: "crl" | "tbs", piles: Piles): void {
  const { kind, identity, artefact } = object;
  const file = artefact.name;
  if (kind === form) {
    piles.objects.push(object);
  } else if (kind === "certificate") {
    const certificate = readCertificate(artefact.bytes);
    if (certificate === undefined) piles.findings.push(brokenCertificate(artefact));
    else piles.certificates.add(certificate, artefact);
  } else if (!operand.isNamed && !operand.path.toLowerCase().endsWith(".crl")) {
    // Beside its CRLs a directory may hold anything; what is called .crl is meant to be one.
    const message = `not linted: ${identity.name}`;
    const help = "name the file itself to have it judged, or keep it elsewhere";
    piles.findings.push({ rule: "crllint/ignored-file", severity: "notice", message, file, help });
  } else if (kind === "private-key" || kind === "pkcs12") {
    const message = `${identity.name} was given; its content was not kept and is not shown`;
    piles.findings.push({ rule: "crllint/private-key", severity: "error", message, file, help: identity.advice });
  } else {
    piles.objects.push(object);
  }
}

async function readIssuer(
  path: string,
  inputs: Inputs,
  io: Io,
  issuers: Certificates,
  findings: OwnFinding[],
): Promise<void> {
  const file = nameOf(path, inputs);
  const isRead = path === "-" && inputs.operands.includes("-");
  const content = isRead ? { fault: "standard input can be read only once" } : await read(path, io);
  if ("fault" in content) {
    findings.push(unreadable(file, content.fault));
    return;
  }
  const others: OwnFinding[] = [];
  for (const { kind, identity, artefact } of readInput(file, content.bytes)) {
    const certificate = kind === "certificate" ? readCertificate(artefact.bytes) : undefined;
    if (certificate !== undefined) issuers.add(certificate, artefact);
    else others.push(kind === "certificate" ? brokenCertificate(artefact) : notACertificate(file, identity));
  }
  findings.push(...others.slice(0, maximumOthers));
  if (others.length > maximumOthers) findings.push(manyOthers(file, others.length - maximumOthers));
}

function notACertificate(file: string, { name }: Identity): OwnFinding {
  const message = `--issuer names ${name} where a CA certificate is wanted`;
  const help = "give the certificate of the CA that issued the CRL, in DER or PEM";
  return { rule: "crllint/not-a-certificate", severity: "error", message, file, help };
}

function unreadable(file: string, fault: string, rule = "crllint/unreadable"): OwnFinding {
  const help = "give files that hold CRLs and the certificates of their CAs";
  return { rule, severity: "error", message: fault, file, help };
}

function manyOthers(file: string, count: number): OwnFinding {
  const message = `${count} more PEM blocks of this file are not what is wanted here either`;
  const help = "take out of the file what is neither a CRL nor a certificate";
  return { rule: "crllint/no-input", severity: "error", message, file, help };
}

function brokenCertificate({ name, bytes }: Artefact): OwnFinding {
  return {
    rule: "crllint/unreadable-certificate",
    severity: "error",
    message: "this certificate lacks a field that every certificate has, or its encoding breaks off",
    file: name,
    length: bytes.length,
    help: "give the CA certificate as it was issued; look at it with: openssl x509 -text -in FILE",
  };
}
