import { type Identity, namesWhatItIsNot } from "../input/kinds.ts";
import type { Artefact, InputObject } from "../input/read.ts";
import { locate } from "../rule/location.ts";
import type { OwnFinding } from "./own-run.ts";

/** Maximum number of unusable objects of one file that are reported; the others are only counted. */
export const maximumOthers = 20;

/** Reports an input that cannot be read, with the reason. */
export function unreadable(file: string, fault: string, rule = "crllint/unreadable"): OwnFinding {
  const help = "give files that hold CRLs and the certificates of their CAs";
  return { rule, severity: "error", message: fault, file, help };
}

/** Reports a part of the files of --issuers that is not in the store of issuers. */
export function notStored(file: string, why: string): OwnFinding {
  const message = `not in the store of issuers: ${why}`;
  const help = "if the certificate of a CA was expected there, give it in DER or PEM";
  return { rule: "crllint/ignored-file", severity: "notice", message, file, help };
}

/** Reports further objects that are not in the store of issuers, in one finding with the place of the first. */
export function furtherNotStored(file: string, count: number): OwnFinding {
  return notStored(file, `${count} more, starting here`);
}

/** Reports a file whose content changed since it was first read. */
export function changed(file: string, before: number, now: number): OwnFinding {
  const message = `this file changed during the run: it held ${before} to lint, and now holds ${now}`;
  const help = "lint it again while nothing writes to it";
  return { rule: "crllint/unreadable", severity: "error", message, file, help };
}

/** Reports a file whose worker ran out of memory. */
export function outOfMemory(file: string): OwnFinding {
  const message = "the thread that linted this file ran out of memory";
  const help = "lint it by itself, or with more memory: NODE_OPTIONS=--max-old-space-size=4096";
  return { rule: "crllint/not-linted", severity: "error", message, file, help };
}

/** Reports the number of unusable objects of a file that have no finding of their own. */
export function furtherUnusableBlocks(file: string, count: number): OwnFinding {
  const message = `${count} more objects of this file are neither a CRL nor a certificate`;
  const help = "remove from the file what is neither a CRL nor a certificate";
  return { rule: "crllint/no-input", severity: "error", message, file, help };
}

/** Reports a certificate that cannot be read. */
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

/** Reports a file in an option for certificates that contains something else. */
export function notACertificate(option: string, wanted: string, file: string, { name }: Identity): OwnFinding {
  const message = notWanted(option, name, wanted);
  const help =
    option === "--issuer"
      ? "give the certificate of the CA that issued the CRL, in DER or PEM"
      : "give certificates in DER or PEM; a PEM file may hold many";
  return { rule: "crllint/not-a-certificate", severity: "error", message, file, help };
}

/**
 * Reports an input of an option that was not read in full: bytes that belong to no object, or objects beyond the limit.
 */
export function unread(option: string, { kind, identity, artefact }: InputObject): OwnFinding {
  return {
    rule: kind === "over-limit" ? "input/over-limit" : "crllint/unreadable",
    severity: "error",
    message: `${option}: ${identity.message ?? identity.name}`,
    file: artefact.name,
    location: locate(artefact, { start: 0, end: artefact.bytes.length }, ""),
    help: identity.advice,
  };
}

/** Reports a file in an option for CRLs that contains something else. */
export function notACrl(option: string, wanted: string, file: string, { name }: Identity): OwnFinding {
  const message = notWanted(option, name, wanted);
  return { rule: "crllint/not-a-crl", severity: "error", message, file, help: `give ${wanted}, in DER or PEM` };
}

function notWanted(option: string, name: string, wanted: string): string {
  const [kind] = name.split(", not ");
  return namesWhatItIsNot({ name }) ? `${option} names what is ${name}` : `${option} names ${kind}, not ${wanted}`;
}

/** Reports an input that may belong to several CRLs, or to none. */
export function ambiguous(file: string, message: string, help: string): OwnFinding {
  return { rule: "crllint/ambiguous-input", severity: "error", message, file, help };
}

/** Reports the file of --base if the CRL that is linted is not a delta CRL. */
export function unusedBase(file: string): OwnFinding {
  const message = "--base is not used: the CRL to lint is not a delta CRL";
  const help = "give --base with the delta CRL that updates it";
  return { rule: "crllint/ignored-file", severity: "notice", message, file, help };
}

/** Reports a file of a directory that is not linted. */
export function ignored(file: string, { name }: Identity): OwnFinding {
  const message = `not linted: ${name}`;
  const help = "name the file itself to lint it, or keep it elsewhere";
  return { rule: "crllint/ignored-file", severity: "notice", message, file, help };
}
