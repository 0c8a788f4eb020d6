import type { TextRange } from "../pem/base64.ts";

/** One attribute value of LDIF (RFC 2849) that may hold certificates or CRLs. */
export interface LdifValue {
  /** What the attribute is called, as it may be shown; undefined for one of another name. */
  readonly attribute: string | undefined;
  /** How the value is given: in base64, as plain text, or as the URL of a file. */
  readonly form: "base64" | "text" | "url";
  /** Where the value is, folded lines included. */
  readonly range: TextRange;
  /** Offset of the first byte of its line. */
  readonly start: number;
}

/** Attributes that hold certificates and CRLs (RFC 4523 section 2), and those of the ICAO PKD. */
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

/** Longer names of attributes, options included, are not looked at. */
const maximumName = 128;

const colon = 0x3a;
const space = 0x20;

/**
 * Finds the values that may hold certificates or CRLs: those of the attributes for them, and those of any attribute
 * whose base64 starts like DER. A line that starts with a space goes on with the one before it. Time is linear in the
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

/** `certificateRevocationList;binary`: the name of the attribute in its usual spelling, and its options. */
function nameOf(description: string): string | undefined {
  const [name = "", ...options] = description.split(";");
  const known = attributes.get(name.toLowerCase());
  if (known === undefined) return undefined;
  return options.some((option) => option.toLowerCase() === "binary") ? `${known};binary` : known;
}

/** Base64 of a SEQUENCE is "M" and one of "A" to "P". */
function startsLikeDer(bytes: Uint8Array, from: number, end: number): boolean {
  let at = from;
  while (at < end && (bytes[at] ?? 0) <= space) at += 1;
  const second = bytes[at + 1] ?? 0;
  return bytes[at] === 0x4d && second >= 0x41 && second <= 0x50;
}
