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

/**
 * Attributes that contain certificates and CRLs, with their object identifiers (RFC 4523 section 2; X.509 (2019) 19.2 for
 * attribute certificates), and those of the ICAO PKD.
 */
const attributes: ReadonlyMap<string, string> = new Map(
  [
    ["certificateRevocationList", "2.5.4.39"],
    ["authorityRevocationList", "2.5.4.38"],
    ["deltaRevocationList", "2.5.4.53"],
    ["attributeCertificateRevocationList", "2.5.4.59"],
    ["attributeAuthorityRevocationList", "2.5.4.63"],
    ["cACertificate", "2.5.4.37"],
    ["userCertificate", "2.5.4.36"],
    ["crossCertificatePair", "2.5.4.40"],
    ["pkdMasterListContent"],
    ["CscaMasterListData"],
  ].flatMap(([name = "", oid]) => [name.toLowerCase(), oid ?? []].flat().map((key) => [key, name] as const)),
);

/** Maximum length of an attribute name, including options. Longer ones are skipped. */
const maximumName = 128;

const colon = 0x3a;
const space = 0x20;

/**
 * Finds the values that may contain certificates or CRLs: those of the attributes for them, and those of any attribute
 * if its base64 starts like DER or PEM. A line that starts with a space continues the line before it. Time is linear in the
 * size of the part.
 *
 * @param from offset of the part of the file to read
 * @param limit end of the part
 * @param firstLine number of its first line
 */
export function* readLdif(bytes: Uint8Array, from = 0, limit = bytes.length, firstLine = 1): Iterable<LdifValue> {
  let line = firstLine;
  for (let at = from; at < limit;) {
    const start = at;
    const lineOfName = line;
    let end = at;
    do {
      const feed = bytes.indexOf(0x0a, at);
      end = feed === -1 ? limit : Math.min(feed, limit);
      at = Math.min(end + 1, limit);
      line += 1;
    } while (at < limit && bytes[at] === space);
    const value = readLine(bytes, start, end, lineOfName);
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
  const isWanted = attribute !== undefined || (form === "base64" && startsLikeObject(bytes, range.start, end));
  return isWanted ? { attribute, form, range, start } : undefined;
}

/**
 * Returns the name of an attribute in its usual spelling, with the option `binary`: `certificateRevocationList;binary`.
 * A description may have the object identifier instead of the name (RFC 4512 2.5).
 */
function nameOf(description: string): string | undefined {
  const [name = "", ...options] = description.split(";");
  const known = attributes.get(name.toLowerCase().replace(/^oid\./u, ""));
  if (known === undefined) return undefined;
  return options.some((option) => option.toLowerCase() === "binary") ? `${known};binary` : known;
}

/** First characters of the base64 of "-----BEGIN ". */
const pem = Array.from("LS0tLS1CRUdJTi", (each) => each.charCodeAt(0));

/** Whether base64 starts like a SEQUENCE, with "M" and one of "A" to "P", or like PEM. */
function startsLikeObject(bytes: Uint8Array, from: number, end: number): boolean {
  let at = from;
  while (at < end && (bytes[at] ?? 0) <= space) at += 1;
  const second = bytes[at + 1] ?? 0;
  return (bytes[at] === 0x4d && second >= 0x41 && second <= 0x50) || pem.every((byte, i) => bytes[at + i] === byte);
}
