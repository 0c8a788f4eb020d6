import type { Kind } from "./kinds.ts";

/** Octets at the start of a file that are looked at. */
const window = 4096;

/**
 * Tells what a file is that is no DER: by its first octets where they are a known mark, by its first words where it is
 * text.
 */
export function identifyText(bytes: Uint8Array): Kind {
  const head = bytes.subarray(0, window);
  const [first, second] = head;
  if (first === 0x1f && second === 0x8b) return "gzip";
  if (first === 0x50 && second === 0x4b && (head[2] ?? 0) <= 8) return "zip";
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return "utf-16";
  if (head.every((octet) => octet === 0)) return "zeros";
  // The body behind the header may be DER.
  if ([0x48, 0x54, 0x54, 0x50, 0x2f].every((octet, i) => head[i] === octet)) return "http";
  if (isUtf16WithoutMark(head)) return "utf-16";
  if (head.some(isControl)) return "unknown";
  const kind = textKind(new TextDecoder().decode(head).trimStart());
  return kind === "text" && !isUtf8(head) ? "unknown" : kind;
}

function textKind(text: string): Kind {
  // By the first character: to compile all these patterns takes longer than to read a CRL.
  if (text.startsWith("<")) {
    if (/^<(?:!doctype\s+html|html|head|body)\b/iu.test(text) || /^<[?!][^]*<html\b/iu.test(text)) return "html";
    if (/^<[?!a-z]/iu.test(text)) return "xml";
  }
  if (text.startsWith("{") && /^\{\s*["}]/u.test(text)) return "json";
  if (text.startsWith("[") && /^\[\s*["{[\]]/u.test(text)) return "json";
  if (text.includes("PRIVATE KEY") || text.startsWith("PuTTY-User-Key-File")) return "private-key";
  return "text";
}

/** Whether octets are UTF-8 as far as they go: the last character may be cut off. */
function isUtf8(head: Uint8Array): boolean {
  if (head.every((octet) => octet < 0x80)) return true;
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(head, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** ASCII in UTF-16 has a zero at every other octet. */
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

function isPlain(octet: number): boolean {
  return octet !== 0 && octet < 0x7f && !isControl(octet);
}

/** Control characters but for tab, line feed, vertical tab, form feed and carriage return. */
function isControl(octet: number): boolean {
  return (octet < 0x20 && (octet < 0x09 || octet > 0x0d)) || octet === 0x7f;
}
