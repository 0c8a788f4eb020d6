import type { Certificate } from "../cert/certificate.ts";
import { openCertificate } from "../cert/open.ts";
import { type Artefact, isUnread, readInput } from "../input/read.ts";
import type { GivenCertificate } from "../given/given.ts";
import type { Verifier } from "../verify/verifier.ts";
import {
  brokenCertificate,
  furtherUnusableBlocks,
  maximumOthers,
  notACertificate,
  unread,
  unreadable,
} from "./input-findings.ts";
import type { OwnFinding } from "./own-run.ts";
import type { Reader } from "./read-files.ts";

/** Certificates without duplicates, in any number of files. */
export class CertificateList {
  readonly list: GivenCertificate[] = [];
  readonly #byDigest = new Map<string, GivenCertificate>();
  readonly #verifier: Verifier | undefined;

  constructor(verifier: Verifier | undefined) {
    this.#verifier = verifier;
  }

  /** Adds a certificate, unless the list has it. */
  add(certificate: Certificate, artefact: Artefact): void {
    const given = { certificate, artefact };
    const digest = this.#verifier?.sha256(artefact.bytes);
    if (digest !== undefined) {
      if (this.#byDigest.has(digest)) return;
      this.#byDigest.set(digest, given);
    }
    this.list.push(given);
  }

  /** Adds all certificates of another list. */
  addAll({ list }: CertificateList): void {
    for (const { certificate, artefact } of list) this.add(certificate, artefact);
  }

  /** Returns the certificate with a SHA-256 in lower-case hexadecimal. */
  withDigest(digest: string): GivenCertificate | undefined {
    return this.#byDigest.get(digest);
  }
}

/** Reads the files in an option, which must contain only certificates. */
export async function readCertificateFiles(
  option: string,
  wanted: string,
  paths: readonly string[],
  reader: Reader,
  into: { readonly certificates: CertificateList; readonly findings: OwnFinding[] },
): Promise<void> {
  for (const path of paths) {
    const content = await reader.read(path);
    const { name: file } = content;
    if ("fault" in content) {
      into.findings.push(unreadable(file, content.fault));
      continue;
    }
    const others: OwnFinding[] = [];
    const objects = readInput(file, content.bytes, reader.limits);
    const hasCertificate = objects.some(({ kind }) => kind === "certificate");
    for (const object of objects) {
      const { kind, identity, artefact } = object;
      const certificate = kind === "certificate" ? openCertificate(artefact.bytes, reader) : undefined;
      if (certificate !== undefined) into.certificates.add(certificate, artefact);
      else if (isUnread(object)) into.findings.push(unread(option, object));
      else if (kind === "certificate") others.push(brokenCertificate(artefact));
      // A container may contain CRLs in addition to certificates: that is not an error.
      else if (kind !== "crl" || artefact.origin?.container === undefined || !hasCertificate) {
        others.push(notACertificate(option, wanted, file, identity));
      }
    }
    into.findings.push(...others.slice(0, maximumOthers));
    if (others.length > maximumOthers) into.findings.push(furtherUnusableBlocks(file, others.length - maximumOthers));
  }
}
