import { serialText } from "../cert/serial.ts";
import type { Entry } from "../crl/entry-reader.ts";
import type { Span } from "../der/span.ts";
import type { Artefact } from "../input/read.ts";
import type { Location } from "./report.ts";

/** Returns the location of a range of bytes of an artefact, for a report. */
export function locate(artefact: Artefact, span: Span, path: string): Location {
  const { origin } = artefact;
  const base = {
    file: artefact.name,
    path,
    offset: span.start,
    length: span.end - span.start,
    ...(origin && {
      object: { offset: origin.offset, ...(origin.container !== undefined && { in: origin.container }) },
    }),
  };
  if (artefact.pem === undefined) return base;
  const from = artefact.pem.locate(span.start);
  // A byte may share its last character with the next one: its last bit determines the character.
  const to = artefact.pem.locate(Math.max(span.start, span.end - 1 / 8));
  return { ...base, pem: { line: from.line, column: from.column, endLine: to.line, endColumn: to.column + 1 } };
}

/** Returns the location of an entry of revokedCertificates, with its serial, for a report. */
export function locateEntry(artefact: Artefact, bytes: Uint8Array, entry: Entry, path: string): Location {
  const serial = serialText(bytes.subarray(entry.serialContent, entry.serialEnd));
  if (artefact.pem !== undefined || artefact.origin !== undefined) return { ...locate(artefact, entry, path), serial };
  // There may be 1,000,000: an object made in one step takes half the memory of a copy with one more property.
  return { file: artefact.name, path, offset: entry.start, length: entry.end - entry.start, serial };
}

/** Returns an ASN.1 path without the index of an entry: the index changes with every CRL that the CA issues. */
export function stablePath(path: string): string {
  return path.replace(/\brevokedCertificates\[\d+\]/u, "revokedCertificates[]");
}
