import type { Kind } from "./kinds.ts";

/** Number of bytes at the start of a file that are examined. */
const window = 4096;

/** First bytes of archives, compressed files and key stores. */
const marks: readonly { readonly kind: Kind; readonly mark: readonly number[]; readonly at?: number }[] = [
  { kind: "gzip", mark: [0x1f, 0x8b] },
  { kind: "bzip2", mark: [0x42, 0x5a, 0x68] },
  { kind: "xz", mark: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00] },
  { kind: "zstd", mark: [0x28, 0xb5, 0x2f, 0xfd] },
  { kind: "7z", mark: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c] },
  { kind: "tar", mark: [0x75, 0x73, 0x74, 0x61, 0x72], at: 257 },
  { kind: "keystore", mark: [0xfe, 0xed, 0xfe, 0xed] },
];

/** Matches the bytes of a DER SEQUENCE in hexadecimal, in the format of xxd and hexdump, with or without offsets. */
const hexDump = /^(?:0{6,8}:?\s+)?30[ :]?8[0-4](?:[ :]?[0-9a-f]{2}){6}/iu;

/** Matches the first line of LDIF that is not a comment (RFC 2849). */
const ldif = /^(?:#[^\r\n]*[\r\n]+(?: [^\r\n]*[\r\n]+)*|[\r\n]+)*(?:version: *[0-9]+ *(?:[\r\n]|$)|dn::? ?)/iu;

/**
 * Identifies a file that is not DER: by its first bytes if they are a known mark, or by its first words if it is text.
 */
export function identifyText(bytes: Uint8Array): Kind {
  const head = bytes.subarray(0, window);
  const [first, second] = head;
  const marked = marks.find(({ at = 0, mark }) => mark.every((byte, i) => head[at + i] === byte));
  if (marked !== undefined) return marked.kind;
  if (first === 0x50 && second === 0x4b && (head[2] ?? 0) <= 8) return "zip";
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return "utf-16";
  if (head.every((byte) => byte === 0)) return "zeros";
  // The body after the header may be DER.
  if ([0x48, 0x54, 0x54, 0x50, 0x2f].every((byte, i) => head[i] === byte)) return "http";
  if (isUtf16WithoutMark(head)) return "utf-16";
  if (head.some(isControl)) return "unknown";
  const kind = textKind(new TextDecoder().decode(head).trimStart());
  return kind === "text" && !isUtf8(head) ? "unknown" : kind;
}

function textKind(text: string): Kind {
  // Checks the first character before each pattern: compiling all of them takes longer than reading a CRL.
  if (text.startsWith("<")) {
    if (/^<(?:!doctype\s+html|html|head|body)\b/iu.test(text) || /^<[?!][^]*<html\b/iu.test(text)) return "html";
    if (/^<[?!a-z]/iu.test(text)) return "xml";
  }
  if (text.startsWith("{") && /^\{\s*["}]/u.test(text)) return "json";
  if (text.startsWith("[") && /^\[\s*["{[\]]/u.test(text)) return "json";
  if (/^[vd#]/iu.test(text) && ldif.test(text)) return "ldif";
  if (text.startsWith("3") || text.startsWith("0")) if (hexDump.test(text)) return "hex";
  if (text.includes("PRIVATE KEY") || text.startsWith("PuTTY-User-Key-File")) return "private-key";
  return "text";
}

/** Whether bytes are UTF-8. The last character may be truncated. */
function isUtf8(head: Uint8Array): boolean {
  if (head.every((byte) => byte < 0x80)) return true;
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(head, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** Whether bytes are UTF-16 without a byte order mark: in ASCII text, every second byte is zero. */
function isUtf16WithoutMark(head: Uint8Array): boolean {
  const pairs = Math.min(head.length >> 1, 16);
  let high = 0;
  let low = 0;
  for (let i = 0; i < pairs; i += 1) {
    if (head[2 * i] === 0 && isPlain(head[2 * i + 1] ?? 0)) high += 1;
    if (head[2 * i + 1] === 0 && isPlain(head[2 * i] ?? 0)) low += 1;
  }
  return pairs >= 2 && (high === pairs || low === pairs);
}

function isPlain(byte: number): boolean {
  return byte !== 0 && byte < 0x7f && !isControl(byte);
}

/** Whether a byte is a control character other than tab, line feed, vertical tab, form feed and carriage return. */
export function isControl(byte: number): boolean {
  return (byte < 0x20 && (byte < 0x09 || byte > 0x0d)) || byte === 0x7f;
}
