import { readCertificate } from "../cert/certificate.ts";
import { type InputObject, readInput } from "../input/read.ts";
import type { GivenCertificate } from "../lint/rule.ts";
import type { Verifier } from "../lint/verifier.ts";
import { CertificateList, readCertificateFiles } from "./certificate-list.ts";
import { expandOperands, type Operand } from "./expand.ts";
import { brokenCertificate, ignored, manyOthers, maximumOthers, unreadable } from "./input-findings.ts";
import type { OwnFinding } from "./own-run.ts";
import type { Reader } from "./reader.ts";

/** All inputs, sorted by what they hold. */
export interface Gathered {
  /** What is linted: CRLs, and what was named to be one and is none. */
  readonly objects: readonly InputObject[];
  /** Certificates among the operands, each once. */
  readonly certificates: readonly GivenCertificate[];
  /** Certificates that --issuer names; undefined where it was not given. */
  readonly issuers: readonly GivenCertificate[] | undefined;
  /** What is wrong with inputs that cannot be linted. */
  readonly findings: readonly OwnFinding[];
}

/** Where inputs come from. */
export interface Inputs {
  readonly operands: readonly string[];
  /** Files that --issuer names. */
  readonly issuerFiles: readonly string[] | undefined;
  readonly form: "crl" | "tbs";
}

/** Reads all inputs and sorts them by their content: neither their order nor their names matter. */
export async function gather(inputs: Inputs, reader: Reader, verifier: Verifier | undefined): Promise<Gathered> {
  const piles: Piles = { objects: [], certificates: new CertificateList(verifier), findings: [] };
  const { objects, certificates, findings } = piles;
  for (const operand of await expandOperands(inputs.operands)) {
    const file = reader.nameOf(operand.path);
    if ("fault" in operand) findings.push(unreadable(file, operand.fault, "crllint/no-input"));
    else {
      const content = await reader.read(operand.path);
      if ("fault" in content) findings.push(unreadable(file, content.fault));
      else sortFile(readInput(file, content.bytes), operand, inputs.form, piles);
    }
  }
  const issuers = await readIssuers(inputs.issuerFiles, reader, verifier, findings);
  return { objects, certificates: certificates.list, issuers, findings };
}

/** Reads the files that --issuer names; undefined where it was not given. */
export async function readIssuers(
  paths: readonly string[] | undefined,
  reader: Reader,
  verifier: Verifier | undefined,
  findings: OwnFinding[],
): Promise<readonly GivenCertificate[] | undefined> {
  if (paths === undefined) return undefined;
  const certificates = new CertificateList(verifier);
  await readCertificateFiles("--issuer", "a CA certificate", paths, reader, { certificates, findings });
  return certificates.list;
}

interface Piles {
  readonly objects: InputObject[];
  readonly certificates: CertificateList;
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
    piles.findings.push(ignored(file, identity));
  } else if (kind === "private-key" || kind === "pkcs12") {
    const message = `${identity.name} was given; its content was not kept and is not shown`;
    piles.findings.push({ rule: "crllint/private-key", severity: "error", message, file, help: identity.advice });
  } else {
    piles.objects.push(object);
  }
}
