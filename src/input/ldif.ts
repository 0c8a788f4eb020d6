import type { TextRange } from "../pem/base64.ts";

/** One attribute value of LDIF (RFC 2849) that may contain certificates or CRLs. */
export interface LdifValue {
  /** Name of the attribute, as text for messages; undefined for an unknown attribute. */
  readonly attribute: string | undefined;
  /** Form of the value: base64, plain text, or the URL of a file. */
  readonly form: "base64" | "text" | "url";
  /** Range of the value, including folded lines. */
  readonly range: TextRange;
  /** Offset of the first byte of its line. */
  readonly start: number;
}

/** Attributes that contain certificates and CRLs (RFC 4523 section 2), and those of the ICAO PKD. */
const attributes: ReadonlyMap<string, string> = new Map(
  [
    "certificateRevocationList",
    "authorityRevocationList",
    "deltaRevocationList",
    "attributeCertificateRevocationList",
    "attributeAuthorityRevocationList",
    "cACertificate",
    "userCertificate",
    "crossCertificatePair",
    "pkdMasterListContent",
    "CscaMasterListData",
  ].map((name) => [name.toLowerCase(), name]),
);

/** Maximum length of an attribute name, including options. Longer ones are skipped. */
const maximumName = 128;

const colon = 0x3a;
const space = 0x20;

/**
 * Finds the values that may contain certificates or CRLs: those of the attributes for them, and those of any attribute
 * if its base64 starts like DER. A line that starts with a space continues the line before it. Time is linear in the
 * size of the file.
 */
export function* readLdif(bytes: Uint8Array): Iterable<LdifValue> {
  let line = 1;
  for (let at = 0; at < bytes.length;) {
    const start = at;
    const firstLine = line;
    let end = at;
    do {
      const feed = bytes.indexOf(0x0a, at);
      end = feed === -1 ? bytes.length : feed;
      at = Math.min(end + 1, bytes.length);
      line += 1;
    } while (at < bytes.length && bytes[at] === space);
    const value = readLine(bytes, start, end, firstLine);
    if (value !== undefined) yield value;
  }
}

function readLine(bytes: Uint8Array, start: number, end: number, line: number): LdifValue | undefined {
  const limit = Math.min(end, start + maximumName);
  let at = start;
  while (at < limit && bytes[at] !== colon) at += 1;
  if (bytes[at] !== colon || at === start) return undefined;
  const attribute = nameOf(String.fromCharCode(...bytes.subarray(start, at)));
  const mark = bytes[at + 1];
  const form = mark === colon ? "base64" : mark === 0x3c ? "url" : "text";
  const range = { start: Math.min(form === "text" ? at + 1 : at + 2, end), end, line, lineStart: start };
  const isWanted = attribute !== undefined || (form === "base64" && startsLikeDer(bytes, range.start, end));
  return isWanted ? { attribute, form, range, start } : undefined;
}

/**
 * Returns the name of an attribute in its usual spelling, with the option `binary`: `certificateRevocationList;binary`.
 */
function nameOf(description: string): string | undefined {
  const [name = "", ...options] = description.split(";");
  const known = attributes.get(name.toLowerCase());
  if (known === undefined) return undefined;
  return options.some((option) => option.toLowerCase() === "binary") ? `${known};binary` : known;
}

/** Whether base64 starts like a SEQUENCE: with "M" and one of "A" to "P". */
function startsLikeDer(bytes: Uint8Array, from: number, end: number): boolean {
  let at = from;
  while (at < end && (bytes[at] ?? 0) <= space) at += 1;
  const second = bytes[at + 1] ?? 0;
  return bytes[at] === 0x4d && second >= 0x41 && second <= 0x50;
}
