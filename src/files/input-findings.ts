import type { Identity } from "../input/kinds.ts";
import type { Artefact, InputObject } from "../input/read.ts";
import type { OwnFinding } from "./own-run.ts";

/** Maximum number of unusable objects of one file that are reported; the rest are counted. */
export const maximumOthers = 20;

/** An input that cannot be read, and why. */
export function unreadable(file: string, fault: string, rule = "crllint/unreadable"): OwnFinding {
  const help = "give files that hold CRLs and the certificates of their CAs";
  return { rule, severity: "error", message: fault, file, help };
}

/** Something of the files that --issuers names that is not in the store of issuers. */
export function notStored(file: string, why: string): OwnFinding {
  const message = `not in the store of issuers: ${why}`;
  const help = "if the certificate of a CA was expected there, give it in DER or PEM";
  return { rule: "crllint/ignored-file", severity: "notice", message, file, help };
}

/** The further objects that are not in the store of issuers, in one finding at the place of the first of them. */
export function furtherNotStored(file: string, count: number): OwnFinding {
  return notStored(file, `${count} more, starting here`);
}

/** A file that held something else when it was first read. */
export function changed(file: string, before: number, now: number): OwnFinding {
  const message = `this file changed during the run: it held ${before} to lint, and now holds ${now}`;
  const help = "lint it again while nothing writes to it";
  return { rule: "crllint/unreadable", severity: "error", message, file, help };
}

/** The unusable objects of a file that are not reported one by one. */
export function furtherUnusableBlocks(file: string, count: number): OwnFinding {
  const message = `${count} more objects of this file are neither a CRL nor a certificate`;
  const help = "remove from the file what is neither a CRL nor a certificate";
  return { rule: "crllint/no-input", severity: "error", message, file, help };
}

/** A certificate that cannot be read. */
export function brokenCertificate({ name, bytes }: Artefact): OwnFinding {
  return {
    rule: "crllint/unreadable-certificate",
    severity: "error",
    message: "this certificate lacks a required field, or its encoding ends early",
    file: name,
    length: bytes.length,
    help: "give the certificate as it was issued; look at it with: openssl x509 -text -in FILE",
  };
}

/** A file that an option for certificates names, and that holds something else. */
export function notACertificate(option: string, wanted: string, file: string, { name }: Identity): OwnFinding {
  const message = `${option} names ${name}, not ${wanted}`;
  const help =
    option === "--issuer"
      ? "give the certificate of the CA that issued the CRL, in DER or PEM"
      : "give certificates in DER or PEM; a PEM file may hold many";
  return { rule: "crllint/not-a-certificate", severity: "error", message, file, help };
}

/** An input of an option that was not read in whole: bytes that belong to no object, or more objects than the limit. */
export function unread(option: string, { kind, identity, artefact }: InputObject): OwnFinding {
  return {
    rule: kind === "over-limit" ? "input/over-limit" : "crllint/unreadable",
    severity: "error",
    message: `${option}: ${identity.message ?? identity.name}`,
    file: artefact.name,
    help: identity.advice,
  };
}

/** A file that an option for CRLs names, and that holds something else. */
export function notACrl(option: string, wanted: string, file: string, { name }: Identity): OwnFinding {
  const message = `${option} names ${name}, not ${wanted}`;
  return { rule: "crllint/not-a-crl", severity: "error", message, file, help: `give ${wanted}, in DER or PEM` };
}

/** An input that may belong to several CRLs, or to none. */
export function ambiguous(file: string, message: string, help: string): OwnFinding {
  return { rule: "crllint/ambiguous-input", severity: "error", message, file, help };
}

/** A file of a directory that is not linted. */
export function ignored(file: string, { name }: Identity): OwnFinding {
  const message = `not linted: ${name}`;
  const help = "name the file itself to lint it, or keep it elsewhere";
  return { rule: "crllint/ignored-file", severity: "notice", message, file, help };
}
