import type { Identity } from "../input/kinds.ts";
import type { Artefact } from "../input/read.ts";
import type { OwnFinding } from "./own-run.ts";

/** Most objects of one file that are named although they are not what is wanted there; the rest is counted. */
export const maximumOthers = 20;

/** An input that cannot be read, and why. */
export function unreadable(file: string, fault: string, rule = "crllint/unreadable"): OwnFinding {
  const help = "give files that hold CRLs and the certificates of their CAs";
  return { rule, severity: "error", message: fault, file, help };
}

/** A file of which something else was found before. */
export function changed(file: string, before: number, now: number): OwnFinding {
  const message = `this file changed while it was looked at: it held ${before} to lint, and now holds ${now}`;
  const help = "lint it once more, when nothing writes to it";
  return { rule: "crllint/unreadable", severity: "error", message, file, help };
}

/** What is left of a file full of other things. */
export function manyOthers(file: string, count: number): OwnFinding {
  const message = `${count} more PEM blocks of this file are not what is wanted here either`;
  const help = "take out of the file what is neither a CRL nor a certificate";
  return { rule: "crllint/no-input", severity: "error", message, file, help };
}

/** A certificate that cannot be read. */
export function brokenCertificate({ name, bytes }: Artefact): OwnFinding {
  return {
    rule: "crllint/unreadable-certificate",
    severity: "error",
    message: "this certificate lacks a field that every certificate has, or its encoding breaks off",
    file: name,
    length: bytes.length,
    help: "give the certificate as it was issued; look at it with: openssl x509 -text -in FILE",
  };
}

/** Another kind of file than an option wants. */
export function notACertificate(option: string, wanted: string, file: string, { name }: Identity): OwnFinding {
  const message = `${option} names ${name} where ${wanted} is wanted`;
  const help =
    option === "--issuer"
      ? "give the certificate of the CA that issued the CRL, in DER or PEM"
      : "give certificates in DER or PEM; a PEM file may hold many";
  return { rule: "crllint/not-a-certificate", severity: "error", message, file, help };
}

/** Another kind of file than an option wants that takes a CRL. */
export function notACrl(option: string, wanted: string, file: string, { name }: Identity): OwnFinding {
  const message = `${option} names ${name} where ${wanted} is wanted`;
  return { rule: "crllint/not-a-crl", severity: "error", message, file, help: `give ${wanted}, in DER or PEM` };
}

/** An input of which it cannot be told what it belongs to. */
export function ambiguous(file: string, message: string, help: string): OwnFinding {
  return { rule: "crllint/ambiguous-input", severity: "error", message, file, help };
}

/** A file of a directory that is left alone. */
export function ignored(file: string, { name }: Identity): OwnFinding {
  const message = `not linted: ${name}`;
  const help = "name the file itself to have it judged, or keep it elsewhere";
  return { rule: "crllint/ignored-file", severity: "notice", message, file, help };
}
